"""Which columns may come as numbers that stand for their texts; see written.py."""

from __future__ import annotations

from collections.abc import Iterable
from typing import NamedTuple


class AsNumbers(NamedTuple):
    """codes: what rules tell apart, as whole numbers or packed. names: of households and clusters, which are compared
    as they stand, as whole numbers. amounts: weights and the like, which are reckoned with, as any numbers.
    """

    codes: frozenset[str] = frozenset()
    names: frozenset[str] = frozenset()
    amounts: frozenset[str] = frozenset()

    def but(self, columns: Iterable[str]) -> AsNumbers:
        """Without these."""
        return AsNumbers(*(some.difference(columns) for some in self))

    def among(self, columns: Iterable[str]) -> AsNumbers:
        """Of these alone."""
        return AsNumbers(*(some.intersection(columns) for some in self))

    def in_key(self, key: Iterable[str]) -> AsNumbers:
        """Where these are compared as they stand."""
        columns = frozenset(key)
        asked = frozenset().union(*self)
        return AsNumbers(self.codes - columns, self.names | (columns & asked), self.amounts - columns)


ALL_TEXT = AsNumbers()
