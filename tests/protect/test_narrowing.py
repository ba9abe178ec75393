"""What rows and flags tell of a count is taken where nothing can hide it; what the relations alone tell never is."""

from __future__ import annotations

import numpy as np
import pytest
from scipy.sparse import csr_array

from harmonize.errors import FitError
from harmonize.protect.attack import System
from harmonize.protect.narrowing import Ends, give_room
from harmonize.protect.rules import CODE, first_of

TOGETHER = [[1.0, 1.0]]  # the two counts are 20 together


def system(matrix: list[list[float]], known: list[float], most_of_first: float = np.inf) -> System:
    """Two counts of nobody or more, in equations."""
    return System(
        np.arange(2), np.arange(len(known)), csr_array(np.array(matrix)), np.array(known),
        csr_array((0, 2)), np.zeros(0), np.zeros(2), np.array([most_of_first, np.inf]),
    )  # fmt: skip


def ends() -> Ends:
    return Ends(np.ones(2), np.full(2, 9.0))


def test_what_a_flag_alone_tells_is_taken_where_nothing_can_be_suppressed():
    taken = ends()
    missed = system(TOGETHER, [20.0], most_of_first=9.0).missed(1, up=False)
    assert missed.value == pytest.approx(11)
    give_room([missed], taken, lambda _: False)
    assert taken.least.tolist() == pytest.approx([1, 11])


def test_what_the_relations_alone_tell_is_suppressed_before_anything_is_taken():
    """The flag hides in its program that the first count is shown: that is found by the relations alone."""
    asked = []

    def suppress(missed):
        asked.append([each.system.upper.tolist() for each in missed])
        return len(asked) == 2

    untouched = ends()
    give_room(
        [system([*TOGETHER, [1.0, 0.0]], [20.0, 5.0], most_of_first=9.0).missed(1, up=False)], untouched, suppress
    )
    assert asked == [[[9.0, np.inf]], [[np.inf, np.inf]]]
    assert untouched.least.tolist() == [1, 1]


def test_what_the_relations_alone_tell_and_nothing_can_hide_is_refused():
    missed = system([*TOGETHER, [1.0, 0.0]], [20.0, 5.0]).missed(1, up=False)
    with pytest.raises(FitError, match="cannot be protected by suppression"):
        give_room([missed], ends(), lambda _: False)


def test_few_persons_come_before_a_definition_that_differs_by_few():
    """So a cell of nine is C, and a D cell has ten."""
    few, alike = CODE["few_persons"], CODE["like_another"]
    assert first_of(np.array([[0, alike], [few, alike], [0, 0]], np.uint8)).tolist() == [alike, few, 0]
