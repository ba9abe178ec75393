"""Sums of squared weights: exact beyond 64 bits, by part and code."""

from __future__ import annotations

import random

import numpy as np
import pytest

from harmonize.quality.squares import design_effect, squares


def test_sums_are_exact_where_a_square_passes_64_bits():
    drawn = random.Random(8)
    weights = [drawn.randrange(2**56) for _ in range(500)]
    part, at = [i % 3 for i in range(500)], [i % 2 for i in range(500)]
    found = squares(
        np.array(part, np.int32), 3, np.array([4, 1]), np.array(at, np.int32), np.ones(500, np.int64),
        np.array(weights), 5,
    )  # fmt: skip
    for p in range(3):
        for a, code in enumerate((4, 1)):
            mine = [w for w, p_, a_ in zip(weights, part, at, strict=True) if (p_, a_) == (p, a)]
            assert found[p, code] == sum(w * w for w in mine) > 2**64
    assert found[:, [0, 2, 3]].sum() == 0


def test_a_row_of_several_persons_is_as_many_of_its_share_and_of_nobody_none():
    one = np.zeros(3, np.int32)
    found = squares(one, 1, np.array([0]), one, np.array([4, 0, 1]), np.array([40, 9, 3]), 1)
    assert found.tolist() == [[4 * 10**2 + 3**2]]


def test_the_design_effect_is_that_of_kish():
    weights = [1, 1, 2, 5]
    assert design_effect(4, sum(weights), sum(w * w for w in weights)) == pytest.approx(4 * 31 / 81)
    assert design_effect(3, 3 * 2**40, 3 * 2**80) == 1
    assert design_effect(5, 0, 0) == 1
