"""What an attacker learns of the number of men: with the number of persons, exact, and the sex ratio as it is told."""

from __future__ import annotations

from collections import defaultdict

import pytest

from harmonize.quality.measures import RANGE, coarse_ratio
from tests.quality.conftest import persons

MINIMUM = 10


def told(n: int) -> dict[int | None, list[int]]:
    """Ratio as quality.csv tells it -> the numbers of men, neither sex few, that give it, where weights are equal."""
    found = defaultdict(list)
    for men in range(MINIMUM, n - MINIMUM + 1):
        ratio = coarse_ratio(men, n - men, n, MINIMUM)
        found[None if ratio is None else round(ratio)].append(men)
    return found


@pytest.mark.parametrize("n", [150, 743, 999, 1000, 1001, 2499, 2500, 5017, 9999, 10_000, 25_003, 50_000, 61_234])
def test_with_the_number_of_persons_a_ratio_leaves_50_numbers_of_men(n):
    found = told(n)
    assert min(len(men) for men in found.values()) >= RANGE * MINIMUM
    assert all(men == [*range(men[0], men[-1] + 1)] for ratio, men in found.items() if ratio is not None)
    assert (set(found) == {None}) == (n < 1000)


def test_the_table_tells_the_same_of_all_of_them(quality):
    """1,000 persons, 480 to 520 of them men: the attacker who has the 1,000 from the estimates sees one table."""
    tables = [
        quality([*persons(men, SEX=1, AGE=30), *persons(1000 - men, SEX=2, AGE=30)], "suppress") for men in (480, 520)
    ]
    of_sex = [{key: row for key, row in table.items() if key[1] == "sex"} for table in tables]
    assert of_sex[0] == of_sex[1]
    assert of_sex[0]["sex_ratio", "sex", "_T"]["value"] == 100


def test_the_ratio_told_is_near_the_true_one(quality):
    found = quality([*persons(2400, SEX=1, AGE=30, W=3), *persons(2600, SEX=2, AGE=30, W=2)], "suppress")
    assert found["sex_ratio", "sex", "_T"]["value"] == round(100 * 58 / 42)  # 58.06 % of the weight, in hundredths
    found = quality([*persons(2400, SEX=1, AGE=30, W=3), *persons(2600, SEX=2, AGE=30, W=2)])
    assert found["sex_ratio", "sex", "_T"]["value"] == pytest.approx(100 * 7200 / 5200, abs=1e-4)
