"""A notice as it is printed."""

from __future__ import annotations

import shutil
import textwrap


def note(text: str) -> str:
    """`note: ...`, folded to the terminal and to at most 80 columns."""
    width = min(shutil.get_terminal_size().columns, 80)
    return textwrap.fill(f"note: {text}", width, break_long_words=False, break_on_hyphens=False)
