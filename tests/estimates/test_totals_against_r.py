"""How many persons have it: `--totals` of a whole run gives the totals and standard errors of R's survey.

svytotal of the persons of each group (R takes the others as zeros), with missing values, a finite population, and
strata of a single cluster, on the designs of test_surveys_against_r; the schools of the survey package where R is here.
"""

from __future__ import annotations

import math
from functools import cache
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import polars as pl
import pytest

from harmonize import pipeline
from tests.estimates.test_surveys_against_r import (
    BY,
    CENSUS,
    DESIGNS,
    SCHOOLS,
    SPEC,
    Row,
    estimates_of,
    goldens,
    said_now,
)  # fmt: skip

__all__ = ["said_now"]  # the fixture

NUMBERS = ("estimate", "se", "ci_lower", "ci_upper", "population")
KEY = ("indicator", "series", "disaggregation", "status", "sex", "urban_rural")
GOLDENS = goldens(SPEC / "goldens" / "totals.csv")


def totals_of(table: pl.DataFrame) -> dict[tuple[str, ...], dict[str, Any]]:
    rows = table.filter(unit="count", status_of="self", definition="default").rename({"migratory_status": "status"})
    rows = rows.with_columns(pl.col("disaggregation").str.replace("migratory_status", "status", literal=True))
    return {tuple(row[name] for name in KEY): row for row in rows.iter_rows(named=True)}


def estimated(data: Path, design: str, singleton: str) -> dict[tuple[str, ...], dict[str, Any]]:
    return totals_of(estimates_of(data, design, singleton, totals=True, indicators=["4.6.1", "8.5.2"]))


@cache
def census() -> pl.DataFrame:
    with TemporaryDirectory() as name:
        out, only = Path(name) / "out", ["4.6.1", "7.1.1", "8.5.2"]
        run = pipeline.run(
            "ipums/international", [CENSUS], out, by=BY, protect="none", totals=True, indicators=only
        )  # fmt: skip
        return run.estimates


def ours_of(source: str, singleton: str) -> dict[tuple[str, ...], dict[str, Any]]:
    if source.startswith("census_"):
        return totals_of(census().filter(sample=source.removeprefix("census_")))
    data = SPEC / "inputs" / f"survey_{source.removesuffix('_no_fpc')}.csv"
    return estimated(data, DESIGNS[source], singleton)


def assert_equal(ours: dict[tuple[str, ...], dict[str, Any]], rows: list[Row]) -> None:
    for golden in rows:
        key = tuple(golden[name] for name in KEY)
        row = ours[key]
        assert (row["n"], row["df"]) == (int(golden["n"]), int(golden["df"])), key
        for name in NUMBERS:
            if golden[name]:
                assert row[name] is not None, (key, name)
                # what R has from sums of floats may not be 0 where it is
                near = math.isclose(row[name], float(golden[name]), rel_tol=1e-9, abs_tol=1e-9)
                assert near, (key, name, row[name], golden[name])
        assert row["deff"] is None, key


@pytest.mark.parametrize(("source", "singleton"), GOLDENS)
def test_a_run_gives_the_totals_of_r_with_their_standard_errors_and_intervals(source: str, singleton: str) -> None:
    assert_equal(ours_of(source, singleton), GOLDENS[source, singleton])


def test_the_goldens_hold_domains_with_an_error_in_every_design() -> None:
    assert {source for source, _ in GOLDENS} == {*DESIGNS, "census_188201101", "census_716201201"}
    assert {singleton for source, singleton in GOLDENS if source == "lonely"} == {"centered", "certainty"}
    for rows in GOLDENS.values():
        with_error = [row for row in rows if row["se"] and float(row["se"]) > 1e-9]
        assert {row["disaggregation"] for row in with_error} >= {"total", "status", "sex", "status*sex"}
        assert sum(row["ci_lower"] != "" for row in rows) >= 20
    assert any(row["estimate"] == "0" for rows in GOLDENS.values() for row in rows)
    lonely = [
        {row["se"] for row in GOLDENS["lonely", singleton] if row["disaggregation"] == "total"}
        for singleton in ("centered", "certainty")
    ]
    assert lonely[0].isdisjoint(lonely[1])


def test_r_says_today_the_totals_that_it_said_for_the_goldens(said_now: Path) -> None:
    now = goldens(said_now / "totals.csv")
    assert now.keys() == GOLDENS.keys()
    for place, rows in now.items():
        assert len(rows) == len(GOLDENS[place])
        for new, old in zip(rows, GOLDENS[place], strict=True):
            for name, text in new.items():
                if text and name in NUMBERS:
                    assert math.isclose(float(text), float(old[name]), rel_tol=1e-9, abs_tol=1e-9), (name, new, old)
                else:
                    assert text == old[name]


@pytest.mark.parametrize("source", SCHOOLS)
def test_the_schools_of_the_survey_package_have_the_totals_of_r(said_now: Path, source: str) -> None:
    rows = goldens(said_now / "schools_totals.csv")[source, "centered"]
    assert len(rows) > 10
    data = said_now / f"survey_{source.removesuffix('_no_fpc')}.csv"
    assert_equal(estimated(data, SCHOOLS[source], "centered"), rows)
