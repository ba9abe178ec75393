"""Shares, totals, means, ratios of amounts, medians, standardised rates and comparisons by replicates equal R's survey.

The persons are those of tests/spec_r/replicates.R: jackknives with and without a finite population, balanced weights,
Fay's, a bootstrap, one with negative weights, successive differences. Where R is, the goldens are made anew.
"""

from __future__ import annotations

import csv
import math
import shutil
import subprocess
from pathlib import Path

import polars as pl
import pytest

from harmonize.options import Options
from tests import unprotected

SPEC = Path(__file__).parent.parent / "spec_r"
MADE_BY_R = ("replicates.csv", "replicate_designs.csv")

MAPPING = """\
mapping: replicates
version: 1.0.0
title: Schools as persons
source: {producer: P, citation: C, documentation: D, checked_on: "2026-01-01"}
sample: {country: MEX, year: 2020}
design: {person_weight: W, weight_decimals: 4, replicate_weights: {%s}}
keys: {household: HH}
variables:
  sex: {from: SEX, codes: {male: 1, female: 2}}
  age: {from: AGE, number: {}}
  urban_rural: {from: URB, codes: {urban: 1, rural: 2}}
  nativity: {from: NAT, codes: {native_born: 1, foreign_born: 2}, concept: birthplace}
  labour_force_status: {from: LF, codes: {employed: 1, unemployed: 2, outside_labour_force: 3}}
  status_in_employment: {from: LF, codes: {employee: 1, not_applicable: 2}}
  earnings: {from: EARN, number: {}, period: week, currency: MXN}
  hours_worked_week: {from: HRS, number: {}, hours: usual}
"""


def rows_of(name: str) -> list[dict[str, str]]:
    with (SPEC / "goldens" / name).open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


DESIGNS = {row["design"]: row for row in rows_of("replicate_designs.csv")}
GOLDENS = rows_of("replicates.csv")


def mapping_of(design: dict[str, str]) -> str:
    said = [f"columns: R1..R{design['replicates']}", f"method: {design['method']}"]
    said += [f"{name}: {design[name].strip()}" for name in ("scale", "rho") if design[name]]
    if design["rscales"]:
        said.append(f"rscales: [{', '.join(design['rscales'].split())}]")
    return MAPPING % ", ".join(said)


@pytest.fixture(scope="module")
def tables(tmp_path_factory: pytest.TempPathFactory) -> dict[str, pl.DataFrame]:
    """The estimates by each design."""
    found = {}
    for name, design in DESIGNS.items():
        folder = tmp_path_factory.mktemp(name)
        (folder / "made.yaml").write_text(mapping_of(design), encoding="utf-8")
        data = SPEC / "inputs" / f"replicates_{name}.csv"
        options = Options(standardise=("age",))
        found[name] = unprotected.run(
            str(folder / "made.yaml"), [data], folder / "out", by=["sex", "urban_rural"], options=options, totals=True
        ).estimates
    return found


COLUMNS = {"total": "total", "status": "migratory_status", "standardised": "migratory_status", "sex": "sex"}


def row_of(table: pl.DataFrame, golden: dict[str, str]) -> dict[str, object]:
    by = COLUMNS.get(golden["by"], "urban_rural")
    level, total = golden["statistic"] in ("level", "total"), golden["statistic"] == "total"
    found = table.filter(
        pl.col("series") == golden["series"],
        pl.col("statistic") == ("level" if total else golden["statistic"]),
        (pl.col("unit") == "count") == total,
        pl.col("adjustment") == ("standardised_age" if golden["by"] == "standardised" else "none"),
        pl.col("disaggregation") == by,
        *([pl.col(by) == golden["group"]] if by != "total" and level else []),
    )
    return found.row(0, named=True)


def same(ours: object, theirs: str, close: float = 1e-6) -> bool:
    return math.isclose(float(str(ours)), float(theirs), rel_tol=close, abs_tol=1e-9)


@pytest.mark.parametrize(
    "golden", GOLDENS, ids=lambda row: "-".join(row[k] for k in ("design", "series", "by", "statistic", "group"))
)
def test_an_estimate_and_its_error_are_those_of_r(golden: dict[str, str], tables: dict[str, pl.DataFrame]) -> None:
    row = row_of(tables[golden["design"]], golden)
    assert row["n"] == int(golden["n"])
    assert row["df"] == int(golden["df"])
    if golden["estimate"]:
        assert same(row["estimate"], golden["estimate"])
    if row["se"] is None:  # one direction of the weights tells nothing of how they vary; R has no error, or 0
        assert golden["df"] == "0" or golden["se"] in ("", "0")
    else:
        assert same(row["se"], golden["se"])
    if golden["ci_lower"] and golden["ci_upper"]:
        assert same(row["ci_lower"], golden["ci_lower"])
        assert same(row["ci_upper"], golden["ci_upper"])


def test_every_kind_of_number_was_compared_with_an_error() -> None:
    told = [row for row in GOLDENS if row["se"] and float(row["se"]) > 1e-9]
    assert {row["series"] for row in told} == {
        "unemployment", "mean_hourly", "mean_hourly_hours_weighted", "median_hourly"
    }  # fmt: skip
    assert {row["statistic"] for row in told} == {"level", "total", "difference", "ratio"}
    assert {row["by"] for row in told} == {"total", "status", "sex", "place", "standardised"}
    assert {row["design"] for row in told} == set(DESIGNS)


def test_replicates_in_which_a_domain_is_empty_are_counted(tmp_path: Path) -> None:
    (tmp_path / "made.yaml").write_text(mapping_of(DESIGNS["jk1"]), encoding="utf-8")
    data = SPEC / "inputs" / "replicates_jk1.csv"
    by = unprotected.run(
        str(tmp_path / "made.yaml"), [data], tmp_path / "out", by=["urban_rural"], indicators=["8.5.2"]
    ).run
    assert by["variance"] == "replicate weights (jk1, 15)"
    told = by["samples"][0]["design"]["replicates"]
    assert (told["method"], told["number"]) == ("jk1", 15)
    # that which leaves the only urban district out has nobody urban, among all, migrants and others
    assert told["dropped"] >= 1
    with data.open(encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file))
    empty = sum(all(float(row[f"R{r}"]) == 0 for row in rows if row["URB"] == "1") for r in range(1, 16))
    assert empty == 1


@pytest.mark.skipif(shutil.which("Rscript") is None, reason="R is not installed")
def test_r_still_says_what_is_checked_in(tmp_path: Path) -> None:
    for folder in ("inputs", "goldens"):
        (tmp_path / folder).mkdir()
    shutil.copy(SPEC / "replicates.R", tmp_path)
    try:
        subprocess.run(["Rscript", str(tmp_path / "replicates.R")], check=True, capture_output=True, text=True)
    except subprocess.CalledProcessError as error:
        if "survey" in error.stderr and "there is no package" in error.stderr:
            pytest.skip("R's survey is not installed")
        raise
    for name in MADE_BY_R:
        with (tmp_path / "goldens" / name).open(encoding="utf-8", newline="") as file:
            fresh = list(csv.DictReader(file))
        kept = rows_of(name)
        assert len(fresh) == len(kept)
        for ours, theirs in zip(kept, fresh, strict=True):
            for column, text in theirs.items():
                numeric = column in ("estimate", "se", "ci_lower", "ci_upper") and text and ours[column]
                assert same(ours[column], text, 1e-9) if numeric else ours[column] == text, (name, column)
