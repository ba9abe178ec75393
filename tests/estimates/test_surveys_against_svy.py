"""A second opinion: the Python package svy gives the shares, totals, means and ratios of a run, with standard errors.

What it said is in tests/spec_svy/svy.csv, made by make_goldens.py beside it; where svy is installed it says it again.
Of replicate weights it agrees with R's survey on the 80 of the ACS. Of totals it agrees but for strata of a single
cluster, `centered`: R measures that one from nothing, as a run does, and svy from the mean of all clusters.
"""

from __future__ import annotations

import csv
import math
from collections.abc import Mapping
from typing import Any

import polars as pl
import pytest

from tests.estimates import test_totals_against_r as totals
from tests.estimates.test_surveys_against_r import ours_of
from tests.real.test_acs_2011_duckdb import PERSONS, golden
from tests.spec_svy import make_goldens

with (make_goldens.HERE / "svy.csv").open(encoding="utf-8", newline="") as file:
    GOLDENS = list(csv.DictReader(file))
PLACES = sorted({(row["source"], row["singleton"]) for row in GOLDENS})


def near(a: float, b: float, relative: float = 1e-6) -> bool:
    return math.isclose(a, b, rel_tol=relative, abs_tol=1e-12)


def key_of(row: Mapping[str, Any]) -> tuple[str, ...]:
    """The key of by_key, of a row of svy."""
    dimensions = [name for name in ("status", "sex") if row[name] != "_T"]
    compared = row["statistic"] != "level"
    return (
        row["indicator"], row["series"], row["statistic"], "migrant:non_migrant" if compared else "", "none",
        "status" if compared else "*".join(dimensions) or "total", row["status"], row["sex"], "_T",
    )  # fmt: skip


@pytest.mark.parametrize(("source", "singleton"), PLACES)
def test_a_run_gives_the_numbers_and_standard_errors_of_svy(source: str, singleton: str) -> None:
    ours = ours_of(source, singleton)
    compared = 0
    for row in GOLDENS:
        if (row["source"], row["singleton"]) != (source, singleton) or row["statistic"] == "total":
            continue
        mine = ours[key_of(row)]
        assert near(mine["estimate"], float(row["estimate"])), row
        if mine["se"] is None:  # one cluster tells nothing of how clusters vary
            assert mine["df"] < 1, row
            continue
        assert near(mine["se"], float(row["se"])), row
        if row["statistic"] == "level":
            assert (mine["df"], mine["n"]) == (int(row["df"]), int(row["n"])), row
        compared += 1
    assert compared >= 20


@pytest.mark.parametrize(("source", "singleton"), PLACES)
def test_a_run_gives_the_totals_and_standard_errors_of_svy(source: str, singleton: str) -> None:
    ours = totals.ours_of(source, singleton)
    compared = 0
    for row in GOLDENS:
        if (row["source"], row["singleton"], row["statistic"]) == (source, singleton, "total"):
            by = "*".join(name for name in ("status", "sex") if row[name] != "_T") or "total"
            mine = ours[row["indicator"], row["series"], by, row["status"], row["sex"], "_T"]
            assert near(mine["estimate"], float(row["estimate"])), row
            more = from_the_mean_of_clusters(row) if (source, singleton) == ("lonely", "centered") else 0.0
            assert near(math.sqrt(mine["se"] ** 2 + more), float(row["se"])), row
            compared += 1
    assert compared >= 15


def from_the_mean_of_clusters(row: Mapping[str, Any]) -> float:
    """What the variance of a total becomes more by where lonely clusters are measured from the mean of clusters.

    Those of the strata that have persons of the group: svy leaves the other strata out.
    """
    of = {"literacy_15_plus": "literacy", "unemployment": "unemployment"}[row["series"]]
    there = pl.col(f"of_{of}")
    for name in ("status", "sex"):
        there = there if row[name] == "_T" else there & (pl.col(name) == row[name])
    persons = make_goldens.read("lonely").filter(there.any().over("ST"))
    has = pl.when(there).then(pl.col("W") * pl.col(f"y_{of}")).otherwise(0.0)
    clusters = persons.group_by("ST", "CL").agg(x=has.sum())
    lonely = clusters.filter(pl.len().over("ST") == 1)["x"]
    return float(((lonely - clusters["x"].mean()) ** 2 - lonely**2).sum())


def test_the_opinion_is_of_shares_means_ratios_and_comparisons_of_each_design() -> None:
    assert len(PLACES) == 6
    assert {row["series"] for row in GOLDENS} == {
        "literacy_15_plus", "unemployment", "mean_hourly", "mean_hourly_hours_weighted",
    }  # fmt: skip
    assert {row["statistic"] for row in GOLDENS} == {"level", "total", "difference", "ratio"}
    assert len(GOLDENS) > 150


def test_svy_says_today_what_it_said_for_the_goldens() -> None:
    pytest.importorskip("svy", reason="svy is not installed (pip install '.[oracles]')")
    now = [{name: str(text) for name, text in row.items()} for row in make_goldens.all_rows()]
    assert len(now) == len(GOLDENS)
    for new, old in zip(now, GOLDENS, strict=True):
        for name, text in old.items():
            same = near(float(new[name]), float(text), 1e-9) if name in ("estimate", "se") else new[name] == text
            assert same, (name, new, old)


@pytest.mark.skipif(not PERSONS.is_file(), reason=f"the ACS 2011 sample is not there: {PERSONS}")
def test_by_the_eighty_replicate_weights_of_the_acs_svy_has_the_standard_errors_of_r() -> None:
    svy = pytest.importorskip("svy", reason="svy is not installed (pip install '.[oracles]')")
    columns = ["AGEP", "NATIVITY", "SCH", "PWGTP", *(f"PWGTP{i}" for i in range(1, 81))]
    persons = pl.read_csv(PERSONS, columns=columns, infer_schema_length=None).with_columns(
        y=pl.col("SCH").is_in([2, 3]).fill_null(False).cast(pl.Float64),
        young=pl.col("AGEP").is_between(15, 24) & pl.col("SCH").is_not_null(),
        older=pl.col("AGEP").is_between(25, 64) & pl.col("SCH").is_not_null(),
    )
    sample = svy.Sample(persons, svy.Design(wgt="PWGTP", rep_wgts=svy.SdrWgts(prefix="PWGTP", n_reps=80)))
    by_r = {
        (row["series"], row["nativity"]): (float(row["estimate"]), float(row["se_sdr"]))
        for row in golden("acs_2011_levels")
        if row["citizenship_status"] == row["duration_of_stay"] == row["sex"] == "_T"
    }
    compared = 0
    for series, asked in (("participation_15_24", "young"), ("participation_25_64", "older")):
        # deviations from the full estimate, not from the mean of the replicates (mse = TRUE)
        given = {"where": svy.col(asked), "method": "replication", "variance_center": "estimate"}
        found = [{"NATIVITY": 0, **sample.estimation.mean("y", **given).to_polars().row(0, named=True)}]
        found += sample.estimation.mean("y", by="NATIVITY", **given).to_polars().to_dicts()
        for row in found:
            estimate, se = by_r[series, ("_T", "native_born", "foreign_born")[row["NATIVITY"]]]
            assert near(100 * row["est"], estimate)
            assert near(100 * row["se"], se)
            compared += 1
    assert compared == 6
