"""Combinations have the number in whose order they were met, and one batch with too many of them changes none."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
import polars as pl
import pytest
from hypothesis import given
from hypothesis import strategies as st

from harmonize.distinct import combinations
from harmonize.distinct.combinations import Combinations, Named
from harmonize.distinct.values import Codes, Listed

KINDS = ("a", "b", "c", "d", "e")
Pairs = Sequence[tuple[int, int]]


def of_two_columns() -> Combinations:
    listed = Listed(pl.Enum(KINDS))
    return Combinations([Named("first", listed), Named("second", listed)])


def as_codes(pairs: Pairs) -> list[Codes]:
    return [np.array(side, np.int32) for side in zip(*pairs, strict=True)]


@given(st.lists(st.lists(st.tuples(st.integers(0, 5), st.integers(0, 5)), min_size=1), max_size=5))
def test_numbers_are_in_the_order_in_which_they_are_met(batches: list[Pairs]) -> None:
    made = of_two_columns()
    met: dict[tuple[int, int], int] = {}
    for pairs in batches:
        found = made.find(as_codes(pairs))
        assert found is not None
        assert found.tolist() == [met.setdefault(pair, len(met)) for pair in pairs]
    values = [column.to_list() for column in made.at(np.arange(made.count, dtype=np.int32))]
    names = [*KINDS, None]
    assert list(zip(*values, strict=True)) == [(names[a], names[b]) for a, b in met]


def test_a_batch_with_too_many_leaves_the_numbers_as_they_were(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(combinations, "MOST_MET", 3)
    made = of_two_columns()
    assert made.find(as_codes([(0, 0), (1, 1), (0, 0)])).tolist() == [0, 1, 0]  # type: ignore[union-attr]
    assert made.find(as_codes([(2, 2), (0, 0), (3, 3)])) is None
    assert made.count == 2
    assert made.find(as_codes([(3, 3), (1, 1)])).tolist() == [2, 1]  # type: ignore[union-attr]
    assert made.find(as_codes([(2, 2)])) is None


def test_what_could_not_be_kept_has_no_number(monkeypatch: pytest.MonkeyPatch) -> None:
    made = of_two_columns()
    assert made.find(as_codes([(0, 0)])) is not None

    def no_room(*_: object) -> None:
        raise MemoryError

    with monkeypatch.context() as patched:
        patched.setattr(combinations.np, "vstack", no_room)
        with pytest.raises(MemoryError):
            made.find(as_codes([(1, 1), (2, 2)]))
    assert made.count == 1
    assert made.find(as_codes([(2, 2), (1, 1), (0, 0)])).tolist() == [1, 2, 0]  # type: ignore[union-attr]
    assert made.count == 3
