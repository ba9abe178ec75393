"""Extracts as batches of text columns: fixed width with DDI, csv, parquet; persons with their households.

The names are imported when first used: a codebook is read without what reads data.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from harmonize.readers.batches import household_batches
    from harmonize.readers.ddi import Codebook, CodebookVariable, read_ddi
    from harmonize.readers.extract import Extract, open_extract
    from harmonize.readers.formats import FORMATS

__all__ = [
    "FORMATS",
    "Codebook",
    "CodebookVariable",
    "Extract",
    "household_batches",
    "open_extract",
    "read_ddi",
]

_HOMES = {
    "FORMATS": "formats",
    "Codebook": "ddi",
    "CodebookVariable": "ddi",
    "Extract": "extract",
    "household_batches": "batches",
    "open_extract": "extract",
    "read_ddi": "ddi",
}


def __getattr__(name: str) -> Any:
    """The public names, each from its own file."""
    if name not in _HOMES:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    from importlib import import_module

    return getattr(import_module(f"{__name__}.{_HOMES[name]}"), name)
