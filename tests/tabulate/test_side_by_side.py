"""A batch in several lanes: each unit in one of them, and what goes wrong in any is raised."""

from __future__ import annotations

import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from harmonize.errors import OutputError
from harmonize.tabulate.side_by_side import LEAST, MOST, lanes, side_by_side


@given(many=st.integers(1, 9), units=st.integers(0, 9 * LEAST))
def test_every_unit_is_in_one_lane_and_they_are_of_like_length(many: int, units: int) -> None:
    found: dict[int, range] = {}
    side_by_side(lambda lane, first, last: found.__setitem__(lane, range(first, last)), range(many), units)
    assert [unit for lane in sorted(found) for unit in found[lane]] == list(range(units))
    lengths = [len(each) for each in found.values()]
    assert max(lengths) - min(lengths) <= 1


def test_few_units_stay_in_one_lane() -> None:
    assert lanes(0) == lanes(2 * LEAST - 1) == 1
    assert 1 <= lanes(10**6) <= MOST


@pytest.mark.parametrize("bad", [{0}, {3}, {1, 2}, {0, 3}])
def test_what_the_first_lane_that_fails_raises_is_raised_when_all_have_ended(bad: set[int]) -> None:
    ended: list[int] = []

    def call(lane: int, first: int, last: int) -> None:
        if lane in bad:
            raise OutputError(f"lane {lane}", "")
        time.sleep(0.05)
        ended.append(lane)

    with pytest.raises(OutputError, match=f"lane {min(bad)}"):
        side_by_side(call, range(4), 4 * LEAST)
    assert set(ended) == {0, 1, 2, 3} - bad
