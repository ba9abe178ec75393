"""Indicators that `ipums/...` can have, on made rows of extracts: numbers worked by hand from the codes."""

from __future__ import annotations

import math
from collections.abc import Iterable
from pathlib import Path
from typing import Any

import polars as pl
import pytest

from harmonize import pipeline
from tests import unprotected


def extract(folder: Path, columns: str, *rows: Iterable[Any]) -> Path:
    """A .csv of these columns, a person a row."""
    path = folder / "persons.csv"
    lines = [columns, *(",".join(str(cell) for cell in row) for row in rows)]
    path.write_text("\n".join(lines) + "\n", encoding="utf-8")
    return path


def run(folder: Path, mapping: str, path: Path, indicator: str) -> pipeline.RunResult:
    result = unprotected.run(mapping, [path], folder / "out", indicators=[indicator])
    assert result.run["unmapped"] == []
    return result


def estimate(result: pipeline.RunResult, series: str, column: str = "estimate") -> Any:
    """The number of everybody."""
    found = result.estimates.filter(
        pl.col("series") == series,
        pl.col("disaggregation") == "total",
        pl.col("statistic") == "level",
        pl.col("adjustment") == "none",
        pl.col("definition") == "default",
    )
    return found[column].item()


def test_births_of_the_last_year_to_women_of_15_to_19_are_those_of_fertyr(tmp_path: Path) -> None:
    columns = "YEAR,SAMPLE,SERIAL,PERNUM,PERWT,GQ,SEX,AGE,BPLD,FERTYR"
    women = [(2019, 201901, serial, 1, "1.00", 1, 2, 17, "01600", 2 if serial == 1 else 1) for serial in range(1, 5)]
    older = (2019, 201901, 5, 1, "1.00", 1, 2, 30, "01600", 2)
    man = (2019, 201901, 6, 1, "1.00", 1, 1, 17, "01600", 0)
    result = run(tmp_path, "ipums/usa", extract(tmp_path, columns, *women, older, man), "3.7.2")
    assert estimate(result, "births_15_19") == pytest.approx(250)
    assert estimate(result, "births_15_19", "n") == 4


@pytest.mark.parametrize(("weeks", "measured", "dollars"), [("50,6", "exact", 26), (",6", "proxy", 52000 / 40 / 51)])
def test_hourly_earnings_divide_by_the_weeks_or_by_the_middle_of_their_class(
    tmp_path: Path, weeks: str, measured: str, dollars: float
) -> None:
    columns = "YEAR,SAMPLE,SERIAL,PERNUM,PERWT,GQ,SEX,AGE,BPLD,EMPSTAT,CLASSWKRD,UHRSWORK,INCWAGE,WKSWORK1,WKSWORK2"
    clerks = [(2019, 201901, serial, 1, "1.00", 1, 1, 40, "01600", 1, 22, 40, 52000, weeks) for serial in range(1, 4)]
    child = (2019, 201901, 1, 2, "1.00", 1, 1, 4, "01600", 0, 0, 0, 999999, ",0" if weeks[0] == "," else "0,0")
    result = run(tmp_path, "ipums/usa", extract(tmp_path, columns, *clerks, child), "8.5.1")
    assert estimate(result, "mean_hourly") == pytest.approx(dollars)
    assert estimate(result, "mean_hourly", "measurement") == measured


def test_hourly_earnings_of_the_supplement_are_those_of_the_year_before(tmp_path: Path) -> None:
    columns = "YEAR,MONTH,SERIAL,PERNUM,ASECWT,SEX,AGE,EMPSTAT,CLASSWKR,UHRSWORKLY,WKSWORK1,INCWAGE"
    rows = [(2016, 3, serial, 1, "1.0000", 2, 40, 10, 21, 36, 52, 74880) for serial in (1, 2)]
    none = (2016, 3, 3, 1, "1.0000", 2, 10, 0, 0, 999, 0, 99999999)
    result = run(tmp_path, "ipums/cps", extract(tmp_path, columns, *rows, none), "8.5.1")
    assert estimate(result, "mean_hourly") == pytest.approx(40)


def test_women_who_married_before_18_are_of_all_women_the_single_too(tmp_path: Path) -> None:
    columns = "COUNTRY,YEAR,SAMPLE,SERIAL,PERNUM,PERWT,SEX,AGE,MARST,AGEMARR,NATIVITY"
    women = [("2", "17"), ("2", "18"), ("1", "00"), ("3", "10")]
    rows = [(360, 2000, 360200001, s, 1, "1.00", 2, 22, *woman, 1) for s, woman in enumerate(women, start=1)]
    result = run(tmp_path, "ipums/international", extract(tmp_path, columns, *rows), "5.3.1")
    assert estimate(result, "union_before_18") == pytest.approx(50)
    assert estimate(result, "union_before_15") == pytest.approx(25)


def test_more_than_three_persons_a_room_is_crowded_and_a_part_of_a_room_always(tmp_path: Path) -> None:
    columns = "COUNTRY,YEAR,SAMPLE,SERIAL,PERNUM,PERWT,GQ,URBAN,PERSONS,ROOMS,FLOOR,NATIVITY"
    dwellings = [(6, "02", 202), (7, "02", 202), (1, "00", 100), (3, "99", 0)]
    rows = [(484, 2000, 484200001, s, 1, "1.00", 10, 2, *home, 1) for s, home in enumerate(dwellings, start=1)]
    result = run(tmp_path, "ipums/international", extract(tmp_path, columns, *rows), "11.1.1")
    assert estimate(result, "lacking_living_area") == pytest.approx(200 / 3)
    assert estimate(result, "lacking_durable_structure") == pytest.approx(100 / 3)


def test_a_child_works_too_much_from_the_hours_of_its_age_on(tmp_path: Path) -> None:
    columns = "COUNTRY,YEAR,SAMPLE,SERIAL,PERNUM,PERWT,SEX,AGE,EMPSTAT,HRSWORK1,NATIVITY"
    children = [(10, 1, "001"), (13, 1, "013"), (13, 1, "014"), (16, 1, "042"), (16, 3, "999")]
    rows = [(484, 2000, 484200001, s, 1, "1.00", 1, *child, 1) for s, child in enumerate(children, start=1)]
    result = run(tmp_path, "ipums/international", extract(tmp_path, columns, *rows), "8.7.1")
    assert estimate(result, "child_labour") == pytest.approx(40)


@pytest.mark.parametrize(
    ("mapping", "keys", "main", "replicates"),
    [
        ("ipums/usa-replicates", ("YEAR,SAMPLE,BPLD", "2019,201901,01600"), "PERWT", 80),
        ("ipums/cps-replicates", ("YEAR,MONTH,NATIVITY", "2019,3,1"), "ASECWT", 160),
    ],
)
def test_the_standard_error_is_that_of_successive_differences(
    tmp_path: Path, mapping: str, keys: tuple[str, str], main: str, replicates: int
) -> None:
    names = ",".join(f"REPWTP{r}" for r in range(1, replicates + 1))
    rows, weights = [], []
    for serial in range(1, 41):
        unemployed = serial % 4 == 0
        own = [100 + (serial * 7 + r * serial % 11) % 13 for r in range(replicates + 1)]
        weights.append((unemployed, own))
        status = {True: 20, False: 10} if main == "ASECWT" else {True: 2, False: 1}
        rows.append((keys[1], serial, 1, 1, 30, status[unemployed], *own))
    path = extract(tmp_path, f"{keys[0]},SERIAL,PERNUM,SEX,AGE,EMPSTAT,{main},{names}", *rows)
    result = run(tmp_path, mapping, path, "8.5.2")
    shares = [
        100 * sum(own[r] for out, own in weights if out) / sum(own[r] for _, own in weights)
        for r in range(replicates + 1)
    ]
    expected = math.sqrt(4 / replicates * sum((share - shares[0]) ** 2 for share in shares[1:]))
    assert expected > 0
    assert estimate(result, "unemployment") == pytest.approx(shares[0])
    assert estimate(result, "unemployment", "se") == pytest.approx(expected)


def test_without_nativity_who_was_born_in_the_country_of_the_sample_is_native(tmp_path: Path) -> None:
    columns = "COUNTRY,YEAR,SAMPLE,SERIAL,PERNUM,PERWT,AGE,EMPSTAT,BPLCOUNTRY"
    born = [(630, 630200001, 21180), (630, 630200001, 24040), (231, 231198401, 11051), (231, 231198401, 80000)]
    rows = [(c, 2000, sample, s, 1, "1.00", 30, 1, place) for s, (c, sample, place) in enumerate(born, start=1)]
    result = run(tmp_path, "ipums/international", extract(tmp_path, columns, *rows), "8.5.2")
    found = result.estimates.filter(
        pl.col("series") == "unemployment",
        pl.col("disaggregation") == "nativity",
        pl.col("statistic") == "level",
        pl.col("definition") == "default",
    )
    counted = {(row["country"], row["nativity"]): row["n"] for row in found.iter_rows(named=True)}
    # Ethiopia with Eritrea holds the country of the sample, so that it does not tell
    assert counted == {
        ("PRI", "native_born"): 1,
        ("PRI", "foreign_born"): 1,
        ("ETH", "foreign_born"): 1,
        ("ETH", "unknown"): 1,
    }
