"""Designs that offices have: the numbers of a whole run, and their standard errors, equal R's survey.

Persons drawn one by one from strata, whole clusters, two stages taken as ultimate clusters, strata of a single cluster,
and the households of the example census: levels, differences, ratios, gaps, parities, medians, standardised rates, with
domains and missing values. R says them in tests/spec_r/surveys.R; where R is at hand it says them again, and also of
the schools that come with its package.
"""

from __future__ import annotations

import csv
import math
import shutil
import subprocess
from collections import Counter
from functools import cache
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import polars as pl
import pytest

from harmonize import pipeline
from harmonize.options import Options

SPEC = Path(__file__).resolve().parents[1] / "spec_r"
CENSUS = SPEC.parents[1] / "examples" / "census" / "persons.csv.gz"
KEY = ("indicator", "series", "statistic", "comparison", "adjustment", "disaggregation", "status", "sex", "urban_rural")
NUMBERS = ("estimate", "se", "ci_lower", "ci_upper", "population")
BY = ["sex", "urban_rural"]
MAPPING = """\
mapping: survey
version: 1.0.0
title: A made survey
source: {producer: P, citation: C, documentation: D, checked_on: "2026-01-01"}
sample: {country: MEX, year: 2020}
design: {person_weight: W, weight_decimals: 6DESIGN}
keys: {household: HH}
variables:
  sex: {from: SEX, codes: {male: 1, female: 2}}
  age: {from: AGE, number: {}}
  urban_rural: {from: URB, codes: {urban: 1, rural: 2}}
  nativity: {from: NAT, codes: {native_born: 1, foreign_born: 2, unknown: 9}, concept: birthplace}
  literacy: {from: LIT, codes: {illiterate: 1, literate: 2, unknown: blank}}
  labour_force_status:
    from: LF
    codes: {employed: 1, unemployed: 2, outside_labour_force: 3, unknown: blank}
  status_in_employment: {from: LF, codes: {employee: 1, not_applicable: [2, 3], unknown: blank}}
  earnings: {from: EARN, number: {}, missing: {unknown: 999999, not_applicable: blank}, period: month, currency: MXN}
  hours_worked_week: {from: HRS, number: {}, missing: {unknown: 999, not_applicable: blank}, hours: usual}
"""
DESIGNS = {
    "strat": ", stratum: ST, fpc: {column: N}",
    "clus1": ", cluster: CL, fpc: {column: N}",
    "clus2": ", cluster: CL, fpc: {column: N}",
    "clus2_no_fpc": ", cluster: CL",
    "lonely": ", stratum: ST, cluster: CL",
}
SCHOOLS = {f"api{name}": DESIGNS[name] for name in ("strat", "clus1", "clus2", "clus2_no_fpc")}

Row = dict[str, str]


def goldens(path: Path) -> dict[tuple[str, str], list[Row]]:
    """By source and singleton."""
    found: dict[tuple[str, str], list[Row]] = {}
    with path.open(encoding="utf-8", newline="") as file:
        for row in csv.DictReader(file):
            found.setdefault((row["source"], row["singleton"]), []).append(row)
    return found


GOLDENS = goldens(SPEC / "goldens" / "surveys.csv")


def by_key(table: pl.DataFrame) -> dict[tuple[str, ...], dict[str, Any]]:
    """The rows of a table that use no other dimension than those of the goldens."""
    ours = table.rename({"migratory_status": "status"}).with_columns(
        pl.col("disaggregation").str.replace("migratory_status", "status", literal=True)
    )
    rows = ours.filter(pl.col("definition") == "default").to_dicts()
    wanted = [row for row in rows if set(row["disaggregation"].split("*")) <= {"total", "status", "sex", "urban_rural"}]
    found = {tuple(row[name] for name in KEY): row for row in wanted}
    assert len(found) == len(wanted)
    return found


def estimates_of(data: Path, design: str, singleton: str, **asked: Any) -> pl.DataFrame:
    """The estimates of a made survey. asked: further options of the run."""
    with TemporaryDirectory() as name:
        folder = Path(name)
        (folder / "survey.yaml").write_text(MAPPING.replace("DESIGN", design), encoding="utf-8")
        return pipeline.run(
            str(folder / "survey.yaml"), [data], folder / "out", by=BY, singleton=singleton, protect="none", **asked
        ).estimates


def estimated(data: Path, design: str, singleton: str) -> dict[tuple[str, ...], dict[str, Any]]:
    return by_key(estimates_of(data, design, singleton, options=Options(standardise=("age",))))


@cache
def census() -> pl.DataFrame:
    with TemporaryDirectory() as name:
        return pipeline.run("ipums/international", [CENSUS], Path(name) / "out", by=BY, protect="none").estimates


def ours_of(source: str, singleton: str) -> dict[tuple[str, ...], dict[str, Any]]:
    if source.startswith("census_"):
        return by_key(census().filter(sample=source.removeprefix("census_")))
    data = SPEC / "inputs" / f"survey_{source.removesuffix('_no_fpc')}.csv"
    return estimated(data, DESIGNS[source], singleton)


def assert_equal(ours: dict[tuple[str, ...], dict[str, Any]], rows: list[Row]) -> None:
    for golden in rows:
        key = tuple(golden[name] for name in KEY)
        assert key in ours, key
        row = ours[key]
        assert (row["n"], row["df"]) == (int(golden["n"]), int(golden["df"])), key
        for name in NUMBERS:
            if golden[name]:
                assert row[name] is not None, (key, name)
                near = math.isclose(row[name], float(golden[name]), rel_tol=1e-6, abs_tol=1e-12)
                assert near, (key, name, row[name], golden[name])


@pytest.mark.parametrize(("source", "singleton"), GOLDENS)
def test_a_run_gives_the_numbers_and_standard_errors_of_r(source: str, singleton: str) -> None:
    assert_equal(ours_of(source, singleton), GOLDENS[source, singleton])


def test_the_goldens_hold_every_statistic_and_design_many_times() -> None:
    rows = [row for each in GOLDENS.values() for row in each]
    assert {source for source, _ in GOLDENS} == {*DESIGNS, "census_188201101", "census_716201201"}
    assert {singleton for source, singleton in GOLDENS if source == "lonely"} == {"centered", "certainty"}
    statistics = Counter(row["statistic"] for row in rows)
    assert set(statistics) == {"level", "difference", "ratio", "gap", "parity"}
    assert min(statistics.values()) >= 30
    series = Counter(row["series"] for row in rows)
    assert {"median_hourly", "mean_hourly", "mean_hourly_hours_weighted", "literacy_15_plus"} <= set(series)
    assert sum(row["adjustment"] == "standardised_age" for row in rows) >= 6 * 4
    intervals = sum(row["ci_lower"] != "" for row in rows)
    assert intervals > 0.9 * len(rows)


@pytest.mark.parametrize("source", ["strat", "clus1", "clus2"])
def test_a_finite_population_makes_standard_errors_smaller(source: str) -> None:
    data = SPEC / "inputs" / f"survey_{source}.csv"
    finite = estimated(data, DESIGNS[source], "centered")
    endless = estimated(data, DESIGNS[source].split(", fpc")[0], "centered")
    both = [
        (row["se"], endless[key]["se"])
        for key, row in finite.items()
        if row["se"] and row["statistic"] == "level" and "median" not in row["series"]  # theirs come in steps
    ]
    assert len(both) > 20
    assert all(a < b for a, b in both)


def skip_without_survey() -> None:
    """Skip where R can't be asked."""
    asked = ["Rscript", "-e", "library(survey)"]
    if not shutil.which("Rscript") or subprocess.run(asked, capture_output=True, check=False).returncode:
        pytest.skip("R with its package survey is not here")


def assert_said_again(now: dict[tuple[str, str], list[Row]], before: dict[tuple[str, str], list[Row]]) -> None:
    assert now.keys() == before.keys()
    for place, rows in now.items():
        assert len(rows) == len(before[place]) > 0
        for a, b in zip(rows, before[place], strict=True):
            for name, text in a.items():
                if name in (*NUMBERS, "df"):
                    assert (text == "") == (b[name] == "")
                    assert text == "" or math.isclose(float(text), float(b[name]), rel_tol=1e-9, abs_tol=1e-12)
                else:
                    assert text == b[name]


@pytest.fixture(scope="module")
def said_now(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """What R says today, and the schools."""
    skip_without_survey()
    folder = tmp_path_factory.mktemp("r")
    subprocess.run(["Rscript", SPEC / "surveys.R", folder], check=True, timeout=300)
    return folder


def test_r_says_today_what_it_said_for_the_goldens(said_now: Path) -> None:
    assert_said_again(goldens(said_now / "surveys.csv"), GOLDENS)


@pytest.mark.parametrize("source", SCHOOLS)
def test_the_schools_of_the_survey_package_have_the_standard_errors_of_r(said_now: Path, source: str) -> None:
    rows = goldens(said_now / "schools.csv")[source, "centered"]
    assert len(rows) > 60
    assert_equal(
        estimated(said_now / f"survey_{source.removesuffix('_no_fpc')}.csv", SCHOOLS[source], "centered"), rows
    )
