"""The codes of a rule, sorted by how a cell is compared with them: as a number, as a text, or with a range."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Generic, TypeVar

from harmonize.errors import FitError
from harmonize.rules.source_codes import Code

V = TypeVar("V")


@dataclass(frozen=True)
class SortedCodes(Generic[V]):
    """What each code stands for. others: ranges, and the missing cell, in the order of the mapping."""

    numbers: dict[float, V]
    texts: dict[str, V]
    others: list[tuple[Code, V]]


def sorted_codes(entries: Iterable[tuple[Sequence[Code], V]], numeric: bool, column: str) -> SortedCodes[V]:
    """The codes of a column that is numeric or not. FitError where it is, and one number would be two values.

    The mapping is checked, so that this is told only of a column which a codebook, and not its codes, calls numeric.
    """
    numbers: dict[float, V] = {}
    texts: dict[str, V] = {}
    singles: list[tuple[Code, V]] = []
    others: list[tuple[Code, V]] = []
    for codes, value in entries:
        for code in codes:
            if code.is_blank or code.is_range:
                others.append((code, value))
            elif numeric and code.low is not None:
                if numbers.setdefault(code.low, value) != value:
                    raise _collision(column, code.text)
                singles.append((code, value))
            else:
                texts[code.text.strip() if numeric else code.text.rstrip(" ")] = value
    for code, value in others if numeric else ():
        for single, other in singles if code.is_range else ():
            if other != value and single.low is not None and code.holds_number(single.low):
                raise _collision(column, single.text)
    return SortedCodes(numbers, texts, others)


def _collision(column: str, code: str) -> FitError:
    message = f"{column} is numeric, and the mapping gives {code} to two values"
    return FitError(message, "numbers ignore leading zeros; kind: text compares as text")
