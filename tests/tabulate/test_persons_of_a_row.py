"""A row that stands for several persons, as in a dwelling file, counts as that many in one cluster."""

from __future__ import annotations

from typing import Any

import numpy as np

from harmonize.estimate.taylor import ratios
from tests.estimates.feeding import state_of, tables_of

SERIES = ("a",)
FLAGS = ({"base", "universe"}, {"base", "universe", "numerator"}, {"base", "left_out"})


def dwellings() -> list[dict[str, Any]]:
    return [
        {
            "sample": "AAA_2010", "stratum": str(number % 3), "cluster": f"H{number}", "household": f"H{number}",
            "size": number % 5, "weight": f"{(7 + number % 4) * (number % 5)}", "series": {"a": FLAGS[number % 3]},
            "labels": {"status": ("migrant", "non_migrant")[number % 2]},
        }
        for number in range(90)
    ]  # fmt: skip


def one_by_one(rows: list[dict[str, Any]]) -> list[dict[str, Any]]:
    """The same with a row a person; a dwelling where nobody lives keeps one row that counts for nothing."""
    people = []
    for row in rows:
        person = {name: value for name, value in row.items() if name != "size"}
        if row["size"] == 0:
            people.append({**person, "series": {"a": set()}})
            continue
        people += [{**person, "weight": str(int(row["weight"]) // row["size"])}] * row["size"]
    return people


def test_a_dwelling_of_four_is_four_persons_of_one_household() -> None:
    rows = dwellings()
    tables = tables_of(rows, ((), ("status",)))
    found, expected = (
        ratios(state_of(each, tables, SERIES, decimals=0, clustered=False), "AAA_2010")
        for each in (rows, one_by_one(rows))
    )
    assert found.n[0, 0] == sum(row["size"] for number, row in enumerate(rows) if number % 3 < 2) > 90
    assert found.clusters == 90
    for name in ("n", "n_numerator", "households", "x", "y", "left_out", "base", "variance", "df"):
        np.testing.assert_array_equal(getattr(found, name), getattr(expected, name), err_msg=name)
