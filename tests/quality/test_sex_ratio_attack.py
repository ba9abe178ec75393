"""What an attacker learns of numbers of men: with the numbers of persons, exact, and sex ratios as they are told."""

from __future__ import annotations

from collections import defaultdict
from itertools import product

import numpy as np
import pytest
from scipy.optimize import Bounds, LinearConstraint, milp

from harmonize.quality.coarse_ratio import WIDE, Told, class_width, coarse_ratio
from harmonize.quality.persons import Part
from tests.quality.conftest import persons

MINIMUM = 10
WIDTH = WIDE * MINIMUM  # where all weights are 1
SPANS, GROUPS = 4, 3  # the last span is of unknown age, of which no ratio is told
SEEDS = range(40)


def told(n: int) -> dict[Told | None, list[int]]:
    """Ratio as quality.csv tells it -> the numbers of men, neither sex few, that give it, where weights are equal."""
    found = defaultdict(list)
    for men in range(MINIMUM, n - MINIMUM + 1):
        found[coarse_ratio(men, n - men, WIDTH)].append(men)
    return found


@pytest.mark.parametrize("n", [30, 100, 150, 743, 999, 1000, 1001, 2499, 5017, 10_000, 25_003])
def test_with_the_number_of_persons_a_ratio_leaves_20_numbers_of_men(n):
    found = {ratio: men for ratio, men in told(n).items() if ratio is not None}
    assert all(len(men) >= WIDTH for men in found.values())
    assert all(men == [*range(men[0], men[-1] + 1)] for men in found.values())
    assert bool(found) == (n >= 150)


@pytest.mark.parametrize("n", [150, 743, 1000, 6279, 25_003])
def test_the_exact_ratio_is_within_what_is_told(n):
    for ratio, men in told(n).items():
        if ratio is not None:
            assert all(abs(100 * each / (n - each) - ratio.value) <= ratio.within + 1e-9 for each in men)


def test_beside_the_number_of_men_a_ratio_leaves_as_many_numbers_of_persons():
    """Who has a table of men alone, or guesses their class, has not the exact number of persons of those ages."""
    for men in (45, 90, 210, 2110):
        by_ratio = defaultdict(list)
        for n in range(men + 2 * WIDTH, 6 * men):
            by_ratio[coarse_ratio(men, n - men, WIDTH)].append(n)
        inner = [ns for ns in by_ratio.values() if ns[0] > men + 2 * WIDTH and ns[-1] < 6 * men - 1]
        assert np.mean([len(ns) for ns in inner]) >= MINIMUM


def release(seed: int) -> tuple[np.ndarray, np.ndarray]:
    """Men and persons of each group and span of ages, some near the ends of their classes."""
    random = np.random.default_rng(seed)
    n = random.integers(60, 900, (GROUPS, SPANS))
    men = random.binomial(n, 0.49)
    if seed % 2:  # where a corner is near
        men = men // WIDTH * WIDTH + random.choice([0, 1, WIDTH - 1], men.shape)
    return np.clip(men, MINIMUM, n - MINIMUM), n


def sums() -> list[np.ndarray]:
    """Each group and everybody, of each span of known ages and of all ages: which cells it is of."""
    found = []
    for group, span in product([*range(GROUPS), None], [*range(SPANS - 1), None]):
        cells = np.zeros((GROUPS, SPANS))
        cells[slice(None) if group is None else group, slice(None) if span is None else span] = 1
        found.append(cells.ravel())
    return found


def narrowest(men: np.ndarray, n: np.ndarray) -> int:
    """The fewest numbers of men that all ratios of a release together leave to one sum of which a ratio is told."""
    rows, low, high = sums(), [], []
    for cells in rows:
        own, whole = int(cells @ men.ravel()), int(cells @ n.ravel())
        ratio = coarse_ratio(own, whole - own, WIDTH)
        some = [each for each in range(whole + 1) if coarse_ratio(each, whole - each, WIDTH) == ratio]
        low.append(MINIMUM if ratio is None else some[0])
        high.append(whole - MINIMUM if ratio is None else some[-1])
    within = LinearConstraint(np.array(rows), low, high)
    bounds = Bounds(np.zeros(n.size), n.ravel())
    found = []
    for cells in rows:
        ends = [milp(sign * cells, constraints=within, bounds=bounds, integrality=np.ones(n.size)).fun
                for sign in (1, -1)]  # fmt: skip
        found.append(round(-ends[1] - ends[0]) + 1)
    return min(found)


@pytest.mark.parametrize("seed", SEEDS)
def test_all_ratios_of_a_release_together_leave_the_minimum_of_numbers_of_men(seed):
    assert narrowest(*release(seed)) >= MINIMUM


def test_classes_that_are_centred_on_multiples_would_not():
    """Two groups at the lower ends of such classes, and everybody at the upper end of one."""

    def centred(men):
        return (men + WIDTH // 2) // WIDTH

    men = (110, 110)  # each the first that rounds to 120; together 220, the first of its class being 210
    alike = [
        (a, b) for a in range(300) for b in range(300)
        if (centred(a), centred(b), centred(a + b)) == tuple(map(centred, (*men, sum(men))))
    ]  # fmt: skip
    assert len({a for a, _ in alike}) < WIDTH
    ours = [
        (a, b) for a in range(300) for b in range(300)
        if (a // WIDTH, b // WIDTH, (a + b) // WIDTH) == tuple(each // WIDTH for each in (*men, sum(men)))
    ]  # fmt: skip
    assert len({a for a, _ in ours}) >= WIDTH - 1


def test_a_class_is_as_wide_where_persons_weigh_most():
    parts = [Part(1000, 0, 3000), Part(100, 0, 700), Part(9, 0, 900), Part(0, 0, 0)]
    assert class_width(parts, MINIMUM) == WIDTH * 7
    assert class_width([Part(3, 0, 30)], MINIMUM) == 1


def test_the_table_tells_the_same_of_all_of_a_class(quality):
    """1,000 persons, 480 to 499 of them men: the attacker who has the 1,000 from the estimates sees one table."""
    tables = [
        quality([*persons(men, SEX=1, AGE=30), *persons(1000 - men, SEX=2, AGE=30)], "suppress") for men in (480, 499)
    ]
    of_sex = [{key: row for key, row in table.items() if key[1] == "sex"} for table in tables]
    assert of_sex[0] == of_sex[1]
    row = of_sex[0]["sex_ratio", "sex", "_T"]
    assert (row["value"], row["note"]) == (96, "within 5 of the exact ratio")


def test_the_ratio_told_is_near_the_true_one(quality):
    many = [*persons(2400, SEX=1, AGE=30, W=3), *persons(2600, SEX=2, AGE=30, W=2)]
    exact = 100 * 7200 / 5200
    row = quality(many, "suppress")["sex_ratio", "sex", "_T"]
    assert abs(row["value"] - exact) <= 1.75
    assert row["note"] == "within 1.75 of the exact ratio"
    row = quality(many)["sex_ratio", "sex", "_T"]
    assert row["value"] == pytest.approx(exact, abs=1e-4)
    assert row["note"] is None


def test_a_ratio_of_905_is_not_told_as_1000(quality):
    """1,000 persons, 475 men and 525 women."""
    row = quality([*persons(475, SEX=1), *persons(525, SEX=2)], "suppress")["sex_ratio", "sex", "_T"]
    assert abs(row["value"] - 90.5) <= 5
