"""Names in a message: the first few, and how many more there are."""

from __future__ import annotations

from collections.abc import Sequence


def first_of(names: Sequence[str], most: int) -> str:
    """`PWGTP1, PWGTP2, PWGTP3 and 77 more`, where `most` is 3."""
    more = len(names) - most
    return ", ".join(names[:most]) + (f" and {more} more" if more > 0 else "")
