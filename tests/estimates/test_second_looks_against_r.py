"""Medians, half-median poverty, hours-weighted means and standardised rates, with their errors, equal R's survey.

The persons are in clusters of households within strata, sampled from a population without end and from a finite one;
once more each household is a cluster of its own. R rounds amounts to four decimals, as the program keeps them; what
that changes is seen beside R's numbers without rounding.
"""

from __future__ import annotations

import csv
import math
from pathlib import Path

import polars as pl
import pytest

from harmonize.options import Options
from tests import unprotected
from tests.spec_r.second_looks_mapping import ARRIVAL, BIRTHS
from tests.spec_r.second_looks_mapping import MAPPING as PLAIN

MAPPING = PLAIN + BIRTHS + ARRIVAL

SPEC = Path(__file__).parent.parent / "spec_r"
with (SPEC / "goldens" / "second_looks.csv").open(encoding="utf-8", newline="") as file:
    GOLDENS = [{name: text.strip() for name, text in row.items()} for row in csv.DictReader(file)]
KEPT = [row for row in GOLDENS if row["decimals"] == "4"]
NUMBERS = ("estimate", "se", "ci_lower", "ci_upper")

DESIGNS = {
    "clusters": MAPPING,
    "finite": MAPPING.replace("cluster: CL", "cluster: CL, fpc: {column: N}"),
    "households": MAPPING.replace(", cluster: CL", ""),
}


@pytest.fixture(scope="module")
def tables(tmp_path_factory: pytest.TempPathFactory) -> dict[str, pl.DataFrame]:
    """The estimates by each design."""
    found = {}
    for name, mapping in DESIGNS.items():
        folder = tmp_path_factory.mktemp(name)
        (folder / "made.yaml").write_text(mapping, encoding="utf-8")
        found[name] = unprotected.run(
            str(folder / "made.yaml"),
            [SPEC / "inputs" / "second_looks.csv"],
            folder / "out",
            by=["sex"],
            options=Options(standardise=("age", "age*sex")),
        ).estimates
    return found


def row_of(tables: dict[str, pl.DataFrame], golden: dict[str, str]) -> dict[str, object]:
    """The row of the golden; electricity is that of 7.1.1, which 1.4.1 has too."""
    by = {"total": "total", "status": "migratory_status", "sex": "sex"}[golden["by"]]
    found = tables[golden["design"]].filter(
        pl.col("series") == golden["series"],
        pl.col("indicator") != "1.4.1",
        pl.col("statistic") == golden["statistic"],
        pl.col("adjustment") == golden["adjustment"],
        pl.col("disaggregation") == by,
        pl.col("migratory_status") == (golden["group"] if by == "migratory_status" else "_T"),
        pl.col("sex") == (golden["group"] if by == "sex" else "_T"),
    )
    assert found.height == 1
    return found.row(0, named=True)


def name_of(row: dict[str, str]) -> str:
    return "-".join(row[k] for k in ("design", "series", "adjustment", "statistic", "group"))


@pytest.mark.parametrize("golden", KEPT, ids=name_of)
def test_a_second_look_and_its_error_are_those_of_r(golden: dict[str, str], tables: dict[str, pl.DataFrame]) -> None:
    row = row_of(tables, golden)
    assert (row["n"], row["df"]) == (int(golden["n"]), int(golden["df"]))
    assert row["comparison"] == ("" if golden["statistic"] == "level" else "migrant:non_migrant")
    # what standardised rates are made of is rounded to whole units, as fine as 64 bits leave room for
    close = 1e-9 if golden["adjustment"] == "none" else 1e-6
    for name in NUMBERS:
        assert math.isclose(float(str(row[name])), float(golden[name]), rel_tol=close), name


def test_there_are_goldens_of_every_second_look() -> None:
    assert {row["series"] for row in KEPT} == {
        "median_hourly", "below_half_median", "mean_hourly_hours_weighted", "electricity", "neet", "births_15_19",
        "mean_hourly",
    }  # fmt: skip
    assert {row["adjustment"] for row in KEPT} == {"none", "standardised_age", "standardised_age_sex"}
    assert len(KEPT) == 3 * 55


@pytest.mark.parametrize("golden", [row for row in GOLDENS if row["decimals"] == "all"], ids=name_of)
def test_four_decimals_of_an_amount_are_enough(golden: dict[str, str], tables: dict[str, pl.DataFrame]) -> None:
    """Of amounts about 10: a median moves by 0.0001 at most, and so do its ends; what is summed hardly at all."""
    row = row_of(tables, golden)
    by_value = golden["series"] == "median_hourly"
    far = {"gap": 0.01, "ratio": 1e-4}.get(golden["statistic"], 2e-4) if by_value else 0.0
    for name in NUMBERS:
        assert math.isclose(float(str(row[name])), float(golden[name]), rel_tol=1e-6, abs_tol=far), name


@pytest.mark.parametrize("golden", [row for row in KEPT if row["laeken"] != "NA"], ids=name_of)
def test_half_median_poverty_is_that_of_laeken(golden: dict[str, str], tables: dict[str, pl.DataFrame]) -> None:
    """R package laeken, arpr(p = 0.5), with the line of everybody in every group: written by others, for Eurostat."""
    assert golden["series"] == "below_half_median"
    assert row_of(tables, golden)["estimate"] == pytest.approx(float(golden["laeken"]), rel=1e-12)


def test_neither_a_median_nor_a_standardised_rate_has_a_deff_and_half_median_poverty_has(
    tables: dict[str, pl.DataFrame],
) -> None:
    for table in tables.values():
        median = table.filter(pl.col("series") == "median_hourly")
        adjusted = table.filter(pl.col("adjustment") != "none")
        assert median["deff"].null_count() == median.height > 0
        assert adjusted["deff"].null_count() == adjusted.height > 0
        poor = table.filter(series="below_half_median", disaggregation="total").row(0, named=True)
        p = poor["estimate"] / 100
        assert poor["deff"] == pytest.approx((poor["se"] / 100) ** 2 * (poor["n"] - 1) / (p * (1 - p)), rel=1e-12)
