"""Whipple's and Myers' index against published populations and their published indices."""

from __future__ import annotations

import numpy as np
import pytest

from harmonize.quality.heaping import blend, myers, myers_ages, whipple, whipple_class
from tests.quality.age_counts import LEE_ZHANG, PASEX, PHILIPPINES


def whipple_of(counts):
    ages = range(23, 63)
    return whipple(sum(counts[a] for a in ages if a % 5 == 0), sum(counts[a] for a in ages if a % 5))


def myers_of(counts, first, last):
    return myers(blend(np.array(counts, np.float64), first, last))


def test_whipples_index_is_that_of_the_census_bureaus_spreadsheet():
    assert whipple_of(PASEX) == pytest.approx(234, abs=0.5)


def test_myers_index_is_the_published_one():
    assert myers_of(PHILIPPINES, 0, 99) == pytest.approx(1.927535, abs=1e-6)
    assert myers_of([0] * 10 + LEE_ZHANG, 10, 79) == pytest.approx(17.911, abs=1e-3)


def test_myers_index_differs_from_the_census_bureaus_in_the_first_decimals_alone():
    assert 2 * myers_of(PASEX, 10, 89) == pytest.approx(47.46, abs=0.25)


def test_a_population_that_falls_in_a_straight_line_has_no_heaping_whatever_its_slope():
    for slope in (0, 3, 10):
        falling = [1000 - slope * age for age in range(100)]
        assert whipple_of(falling) == pytest.approx(100)
        assert myers_of(falling, 10, 89) == pytest.approx(0, abs=1e-9)
        assert myers_of(falling, 10, 69) == pytest.approx(0, abs=1e-9)


def test_where_all_ages_end_in_one_digit_the_indices_are_the_highest():
    tens = [int(age % 10 == 0) for age in range(100)]
    assert whipple_of(tens) == 500
    assert myers_of(tens, 10, 89) == pytest.approx(90)


def test_nobody_has_no_index():
    assert np.isnan(whipple(0, 0))
    assert np.isnan(myers(np.zeros(10)))


@pytest.mark.parametrize(
    ("index", "words"),
    [
        (104.9, "highly accurate"), (105, "fairly accurate"), (110, "approximate"), (125, "rough"),
        (174.9, "rough"), (175, "very rough"), (80, "highly accurate"),
    ],
)  # fmt: skip
def test_the_classes_are_those_of_the_united_nations(index, words):
    assert whipple_class(index) == words


@pytest.mark.parametrize(
    ("index", "step", "chance", "words"),
    [
        (107.5, 5, 5, "fairly accurate"),  # 105 to less than 110
        (107.5, 5, 5.1, ""), (105, 2.5, 1, ""), (100, 50, 1, ""), (90, 10, 5, "highly accurate"), (102, 0, 7, ""),
        (150, 50, 50, "rough"), (150, 50, 70, ""), (125, 1, 1, ""), (300, 50, 300, "very rough"),
    ],
)  # fmt: skip
def test_a_class_is_told_only_where_what_is_told_lies_in_it_and_chance_is_no_wider(index, step, chance, words):
    assert whipple_class(index, step, chance) == words


@pytest.mark.parametrize(
    ("top", "ages"),
    [(None, (10, 89)), (98, (10, 89)), (90, (10, 89)), (89, (10, 79)), (85, (10, 79)), (80, (10, 79)), (65, (10, 59)),
     (50, (10, 49)), (49, None)],
)  # fmt: skip
def test_myers_index_takes_whole_decades_below_the_age_that_stands_for_all_older_ones(top, ages):
    assert myers_ages(top) == ages
