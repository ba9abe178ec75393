"""The first lines of a mapping alone: enough to list it, without reading its rules."""

from __future__ import annotations

from pathlib import Path
from typing import NamedTuple

from harmonize.mapping.located import Block, Text, load_located


class Head(NamedTuple):
    """What a list of mappings says of one."""

    version: str
    title: str


def read_head(path: Path) -> Head | None:
    """Version and title of a mapping file; None where it can't be read as YAML or lacks one of them."""
    value, _ = load_located(path)
    if not isinstance(value, Block):
        return None
    version, title = value.get(Text("version")), value.get(Text("title"))
    return Head(str(version), str(title)) if isinstance(version, Text) and isinstance(title, Text) else None
