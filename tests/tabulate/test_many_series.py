"""A state of more series than a word of a mask has bits: each has the sums that it has by itself."""

from __future__ import annotations

import random
from typing import Any

import numpy as np
import pytest

from harmonize.estimate.taylor import Ratios, ratios
from tests.estimates.feeding import state_of, tables_of

FLAGS: tuple[set[str], ...] = (set(), {"base", "universe"}, {"base", "universe", "numerator"}, {"base", "left_out"})
NAMES = tuple(f"s{number}" for number in range(150))


def persons() -> list[dict[str, Any]]:
    chance = random.Random(64)
    return [
        {
            "sample": "AAA_2010", "stratum": str(number % 3), "cluster": f"C{number // 6}",
            "household": f"H{number // 2}", "weight": f"{chance.randint(0, 900) / 100}",
            "series": {name: chance.choice(FLAGS) for name in NAMES},
            "labels": {"status": chance.choice(("migrant", "non_migrant"))},
        }
        for number in range(180)
    ]  # fmt: skip


def measured(rows: list[dict[str, Any]], series: tuple[str, ...]) -> Ratios:
    return ratios(state_of(rows, tables_of(rows, ((), ("status",))), series, decimals=2, clustered=False), "AAA_2010")


@pytest.fixture(scope="module")
def together() -> Ratios:
    return measured(persons(), NAMES)


@pytest.mark.parametrize("at", [0, 1, 62, 63, 64, 65, 127, 128, 149])
def test_each_of_150_series_has_the_numbers_that_it_has_alone(at: int, together: Ratios) -> None:
    alone = measured(persons(), (NAMES[at],))
    assert alone.n[0, 0] > 0
    for name in ("n", "n_numerator", "households", "x", "y", "left_out", "base", "variance", "df"):
        np.testing.assert_array_equal(getattr(together, name)[:, at], getattr(alone, name)[:, 0], err_msg=name)
    np.testing.assert_array_equal(together.contrasts.covariance[:, at], alone.contrasts.covariance[:, 0])
