"""Which combination of some columns each row of a batch has, found in as few goes through the rows as may be."""

from __future__ import annotations

from collections.abc import Callable, Sequence

import numpy as np

from harmonize.distinct.combinations import Combinations, Named
from harmonize.distinct.lookup import Lookup
from harmonize.distinct.memory import Memory

Side = tuple[Named | Combinations, Lookup]
Combined = tuple[Named | Combinations, Lookup]


def combine(memory: Memory, sides: Sequence[Side], nothing: Lookup) -> Combined | None:
    """The combinations of the sides, and which of them each row has; None where there are too many.

    Sides that follow from one index are combined in their tables. nothing: 0 for each row, of which constants follow.
    """
    index: dict[int, list[Side]] = {}
    for part, lookup in _with_constants(sides, nothing):
        index.setdefault(id(lookup.index), []).append((part, lookup))
    parts = [_all(_in_tables, memory, each) for each in index.values()]
    there = [part for part in parts if part is not None]
    return _all(_by_row, memory, there) if len(there) == len(parts) else None


def narrowed(memory: Memory, wide: Combined, names: tuple[str, ...]) -> Combined | None:
    """The combinations of some columns of those that are combined; None where there are too many."""
    combinations, lookup = wide
    narrow = memory.narrow(combinations, names) if isinstance(combinations, Combinations) else None
    codes = None if narrow is None else narrow.codes
    return None if narrow is None or codes is None else (narrow.combinations, lookup.then(codes))


def _with_constants(sides: Sequence[Side], nothing: Lookup) -> list[Side]:
    """A constant follows from any index."""
    other = next((lookup for _, lookup in sides if lookup.index is not nothing.index), nothing)
    found = []
    for part, lookup in sides:
        if lookup.index is nothing.index:
            code = lookup.of(np.arange(part.count, dtype=np.int32))[0]
            found.append((part, Lookup(other.index, np.full(other.reach, code, np.int32))))
        else:
            found.append((part, lookup))
    return found


def _all(
    find: Callable[[Memory, Sequence[Side]], Combined | None], memory: Memory, sides: Sequence[Side]
) -> Combined | None:
    """What `find` makes of the sides; where that would be too many together, of the first two, then with the next."""
    left = list(sides)
    while len(left) > 1:
        if (found := find(memory, left)) is not None:
            return found
        first = find(memory, left[:2]) if len(left) > 2 else None
        if first is None:
            return None
        left = [first, *left[2:]]
    return left[0]


def _in_tables(memory: Memory, sides: Sequence[Side]) -> Combined | None:
    """Of sides with one index."""
    reach = min(lookup.reach for _, lookup in sides)
    combinations = memory.combinations([part for part, _ in sides])
    found = combinations.find([lookup.of(np.arange(part.count, dtype=np.int32))[:reach] for part, lookup in sides])
    return None if found is None else (combinations, Lookup(sides[0][1].index, found))


def _by_row(memory: Memory, sides: Sequence[Side]) -> Combined | None:
    combinations = memory.combinations([part for part, _ in sides])
    found = combinations.find([lookup.numbers for _, lookup in sides])
    return None if found is None else (combinations, Lookup(found, count=combinations.count))
