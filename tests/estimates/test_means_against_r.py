"""Means and rates (births per 1,000 women, earnings an hour) with their standard errors equal R's survey."""

from __future__ import annotations

import csv
import math
from pathlib import Path

import polars as pl
import pytest

from tests import unprotected

SPEC = Path(__file__).parent.parent / "spec_r"
with (SPEC / "goldens" / "means.csv").open(encoding="utf-8", newline="") as file:
    GOLDENS = [row for row in csv.DictReader(file) if (row["series"], row["statistic"]) != ("births_15_19", "gap")]

MAPPING = """\
mapping: means
version: 1.0.0
title: A made survey
source: {producer: P, citation: C, documentation: D, checked_on: "2026-01-01"}
sample: {country: MEX, year: 2020}
design: {person_weight: W, weight_decimals: 2, stratum: ST, cluster: CL}
keys: {household: HH, person: P}
variables:
  sex: {from: SEX, codes: {male: 1, female: 2}}
  age: {from: AGE, number: {}}
  nativity: {from: NAT, codes: {native_born: 1, foreign_born: 2}, concept: birthplace}
  labour_force_status: {from: LF, codes: {employed: 1, unemployed: 2, outside_labour_force: 3}}
  status_in_employment: {from: STATUS, codes: {employee: 1, own_account: 2, not_applicable: blank}}
  earnings:
    from: EARN
    number: {}
    missing: {unknown: 999999, not_applicable: blank}
    period: month
    currency: MXN
  hours_worked_week: {from: HRS, number: {}, missing: {unknown: 999, not_applicable: blank}, hours: usual}
  births_12_months: {from: BIRTHS, number: {}, missing: {unknown: 9, not_applicable: blank}}
"""


@pytest.fixture(scope="module")
def table(tmp_path_factory: pytest.TempPathFactory) -> pl.DataFrame:
    folder = tmp_path_factory.mktemp("means")
    (folder / "means.yaml").write_text(MAPPING, encoding="utf-8")
    return unprotected.run(
        str(folder / "means.yaml"), [SPEC / "inputs" / "means.csv"], folder / "out", by=["sex"]
    ).estimates


def row_of(table: pl.DataFrame, golden: dict[str, str]) -> dict[str, object]:
    of_total = golden["group"] == "_T" and golden["statistic"] == "level"
    found = table.filter(
        pl.col("series") == golden["series"],
        pl.col("statistic") == golden["statistic"],
        pl.col("adjustment") == "none",
        pl.col("disaggregation")
        == ("total" if of_total else "migratory_status" if golden["by"] == "status" else "sex"),
        pl.col("migratory_status") == (golden["group"] if golden["by"] == "status" else "_T"),
        pl.col("sex") == (golden["group"] if golden["by"] == "sex" else "_T"),
    )
    return found.row(0, named=True)


@pytest.mark.parametrize("golden", GOLDENS, ids=lambda row: "-".join(row[k] for k in ("series", "statistic", "group")))
def test_a_mean_and_its_error_are_those_of_r(golden: dict[str, str], table: pl.DataFrame) -> None:
    row = row_of(table, golden)
    assert (row["n"], row["df"]) == (int(golden["n"]), int(golden["df"]))
    # amounts are kept to four decimals, of about a hundred
    close = 1e-12 if golden["series"] == "births_15_19" else 1e-6
    for name in ("estimate", "se", "ci_lower", "ci_upper"):
        assert math.isclose(float(str(row[name])), float(golden[name]), rel_tol=max(close, 1e-9)), name


def test_a_mean_has_no_deff_and_a_gap_is_what_migrants_have_less_in_per_cent(table: pl.DataFrame) -> None:
    means = table.filter(pl.col("series").is_in(["births_15_19", "mean_hourly"]))
    assert means["deff"].null_count() == means.height
    of_all = means.filter(pl.col("disaggregation") == "migratory_status", pl.col("series") == "mean_hourly")
    level = dict(of_all.filter(pl.col("statistic") == "level").select("migratory_status", "estimate").iter_rows())
    gap = of_all.filter(pl.col("statistic") == "gap").row(0, named=True)
    assert gap["unit"] == "percent"
    assert gap["estimate"] == pytest.approx(100 * (1 - level["migrant"] / level["non_migrant"]), rel=1e-12)


def test_the_numerator_of_a_birth_rate_is_children(table: pl.DataFrame) -> None:
    with (SPEC / "inputs" / "means.csv").open(encoding="utf-8", newline="") as file:
        women = [row for row in csv.DictReader(file) if row["SEX"] == "2" and 15 <= int(row["AGE"]) < 20]
    children = sum(int(row["BIRTHS"] or 0) for row in women if row["BIRTHS"] != "9")
    total = table.filter(pl.col("series") == "births_15_19", pl.col("disaggregation") == "total").row(0, named=True)
    assert total["n_numerator"] == children > sum(row["BIRTHS"] in ("1", "2") for row in women)
