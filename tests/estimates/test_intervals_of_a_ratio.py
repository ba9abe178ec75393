"""The interval of a ratio of two levels, at the ends of what a float holds."""

import numpy as np

from harmonize.estimate.intervals import of_ratio


def test_a_level_that_may_be_next_to_nothing_makes_the_ratio_as_small_and_no_warning() -> None:
    one, least = np.array([1.0]), np.array([5e-324])
    lower, upper = of_ratio(one, one / 2, least, one, one / 4, one)
    assert lower[0] == 0
    assert 2 < upper[0] < 5
    lower, upper = of_ratio(one, one / 2, one / 2, one, least, one)
    assert 0 < lower[0] < 2
    assert upper[0] == np.inf  # which the tables leave out
