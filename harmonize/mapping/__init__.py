"""Mapping files: strict YAML with positions, the model, and the checks that find all mistakes at once.

`find_mapping`, `load_mapping`, `check_mapping` and `mappings_dir` are what the rest of the program calls.
They are imported when first used: harmonize.rules needs located.py of this package, and load.py needs
harmonize.rules.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from harmonize.mapping.check import check_mapping
    from harmonize.mapping.find import find_mapping, mappings_dir, shipped_mappings
    from harmonize.mapping.load import load_mapping
    from harmonize.mapping.model import Mapping
    from harmonize.mapping.render import render_finding

__all__ = [
    "Mapping",
    "check_mapping",
    "find_mapping",
    "load_mapping",
    "mappings_dir",
    "render_finding",
    "shipped_mappings",
]

_HOMES = {
    "Mapping": "model",
    "check_mapping": "check",
    "find_mapping": "find",
    "load_mapping": "load",
    "mappings_dir": "find",
    "render_finding": "render",
    "shipped_mappings": "find",
}


def __getattr__(name: str) -> Any:
    """The public names, each from its own file."""
    if name not in _HOMES:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    from importlib import import_module

    return getattr(import_module(f"{__name__}.{_HOMES[name]}"), name)
