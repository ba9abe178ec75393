"""The plain reference equals R's survey on the made samples (goldens by tests/spec_r/make_goldens.R)."""

from __future__ import annotations

import math
from typing import Any

import pytest

from tests.reference.estimates import estimate_contrast, estimate_level, estimates_table
from tests.reference.made_samples import DESIGNS, DIMENSIONS, read_golden, read_persons

PERSONS = {design: read_persons(design) for design in DESIGNS}
LEVELS = read_golden("levels")
CONTRASTS = read_golden("contrasts")
NUMBERS = (
    "n", "n_numerator", "population", "left_out_share", "estimate", "se", "df", "deff",
    "ci_lower", "ci_upper",
)  # fmt: skip


def name_of(row: dict[str, str]) -> str:
    keys = ("design", "singleton", "series", "status", "sex", "region", "statistic")
    return "-".join(row[key] for key in keys if key in row)


def assert_equal(ours: Any, golden: str, what: str) -> None:
    if golden == "":
        assert ours is None, what
    else:
        assert ours is not None, what
        assert math.isclose(ours, float(golden), rel_tol=1e-9, abs_tol=1e-12), (what, ours, golden)


def test_the_goldens_hold_enough_cells_to_prove_something() -> None:
    assert len(LEVELS) > 150
    assert len(CONTRASTS) > 40
    assert {row["design"] for row in LEVELS} == set(DESIGNS)
    assert {row["singleton"] for row in LEVELS} == {"centered", "certainty"}
    assert {"0", "1"} <= {row["estimate"] for row in LEVELS}


@pytest.mark.parametrize("golden", LEVELS, ids=name_of)
def test_a_level_equals_svyratio(golden: dict[str, str]) -> None:
    cell = tuple((d, golden[d]) for d in DIMENSIONS if golden[d] != "_T")
    persons = PERSONS[golden["design"]]
    row = estimate_level(persons, golden["series"], cell, singleton=golden["singleton"])
    assert row is not None
    for number in NUMBERS:
        assert_equal(row[number], golden[number], number)


@pytest.mark.parametrize("golden", CONTRASTS, ids=name_of)
def test_a_contrast_equals_svycontrast_with_its_covariance(golden: dict[str, str]) -> None:
    sex = (("sex", golden["sex"]),) if golden["sex"] != "_T" else ()
    rows = estimate_contrast(
        PERSONS[golden["design"]],
        golden["series"],
        (("status", "migrant"), *sex),
        (("status", "non_migrant"), *sex),
        singleton=golden["singleton"],
    )
    for number in ("estimate", "se", "covariance", "df"):
        assert_equal(rows[golden["statistic"]][number], golden[number], number)


def test_a_table_adds_up_to_its_total() -> None:
    rows = estimates_table(PERSONS["clustered"], ["unemployment"], [(), ("status",), ("status", "sex")])
    total = next(row for row in rows if row["cell"] == ())
    for width in (1, 2):
        parts = [row for row in rows if len(row["cell"]) == width]
        assert sum(row["n"] for row in parts) == total["n"]
        assert math.isclose(sum(row["population"] for row in parts), total["population"])
