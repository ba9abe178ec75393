"""Counting rows by what expressions say of their columns: as few goes through the rows as may be."""

from __future__ import annotations

import numpy as np
import pytest

from harmonize.distinct import tally as tally_module
from harmonize.distinct.group import grouped
from harmonize.distinct.memory import Memory
from harmonize.distinct.rows import Rows
from harmonize.distinct.tally import Tally
from tests.distinct.made_rows import AGE, BATCHES, BOTH, OTHER, SEX, watched


@pytest.fixture
def passes(monkeypatch: pytest.MonkeyPatch) -> list[int]:
    """How many rows each go through a batch had."""
    return watched(monkeypatch, tally_module, "counted")


def test_what_one_column_tells_follows_from_a_combination_that_was_counted(passes: list[int]) -> None:
    memory, groups = Memory(), grouped([BOTH, SEX, AGE, OTHER])
    for batch in BATCHES:
        passes.clear()
        rows, part = Rows(batch, memory), np.arange(batch.height, dtype=np.int32) % 2
        times = np.arange(batch.height, dtype=np.int64) + 1
        tally = Tally(rows, [("even",), ("odd",)], part, times)
        found = {name: counts.tolist() for group in groups for name, counts in tally.of(group)}
        expected = batch.select(BOTH, SEX, AGE, OTHER)
        for name, counts in found.items():
            holds = expected[name].to_numpy()
            assert counts == [int((times * holds)[part == each].sum()) for each in (0, 1)], name
        assert passes == [batch.height] * 2, "sex and age together, and the other"


def test_each_is_counted_by_itself_where_no_combination_was(passes: list[int]) -> None:
    rows = Rows(BATCHES[0], Memory())
    tally = Tally(rows, [()], np.zeros(4, np.int32))
    found = {name: counts.tolist() for group in grouped([SEX, AGE, BOTH]) for name, counts in tally.of(group)}
    assert found == {"sexf": [2], "age1": [3], "both": [1]}
    assert len(passes) == 3
