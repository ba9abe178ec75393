"""10.2.1 and 1.2.1 by citizenship, stateless persons apart: equal to SQL written by hand, in duckdb."""

from __future__ import annotations

import csv
import random
from pathlib import Path

import duckdb
import polars as pl
import pytest

from harmonize.options import Options
from tests import unprotected

MAPPING = """\
mapping: made/incomes
version: 1.0.0
title: Incomes by citizenship
source: {producer: made, citation: made, documentation: made, checked_on: "2026-11-24"}
sample: {id: ABC_2020, country: MEX, year: 2020}
design: {person_weight: W, weight_decimals: 1}
keys: {household: HH}
variables:
  citizenship_status: {from: CIT, codes: {citizen: 1, foreign_citizen: 2, stateless: 3, unknown: 9}}
  living_quarters: {from: LQ, codes: {private_household: 1, institution: 2}}
  household_size: {from: SIZE, number: {}}
  household_income: {from: INC, number: {}, missing: {unknown: 999999}, period: month, currency: MXN}
"""
LINE = 950
SQL = """
with persons as (select * from read_csv('{path}') where LQ = 1 and INC <> 999999),
ranked as (
  select INC / SIZE as v, W,
         sum(W) over (order by INC / SIZE range between unbounded preceding and current row) as up_to,
         sum(W) over () as everybody
  from persons
),
median as (select min(v) as m from ranked where up_to >= everybody / 2)
select CIT, 100 * sum(case when INC / SIZE < m / 2 then W else 0 end) / sum(W),
       100 * sum(case when INC < {line} * SIZE then W else 0 end) / sum(W), count(*)
from persons, median group by CIT
"""


@pytest.fixture(scope="module")
def found(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, pl.DataFrame]:
    folder, chance = tmp_path_factory.mktemp("incomes"), random.Random("incomes by citizenship")
    (folder / "made.yaml").write_text(MAPPING)
    with (folder / "made.csv").open("w", newline="") as file:
        writer = csv.writer(file)
        writer.writerow(["HH", "W", "CIT", "LQ", "SIZE", "INC"])
        for household in range(600):
            size, income = chance.randint(1, 6), chance.choice([999999, *([LINE] * 2), *range(300, 9000, 37)])
            for _ in range(size):
                citizenship = chance.choice([1] * 6 + [2] * 3 + [3, 9])
                quarters = 2 if household % 40 == 0 else 1
                writer.writerow([household, chance.randint(10, 99) / 10, citizenship, quarters, size, income])
    run = unprotected.run(
        str(folder / "made.yaml"), [folder / "made.csv"], folder / "out", indicators=["10.2.1", "1.2.1"],
        options=Options(lines=(("1.2.1", LINE / (365 / 12)),)),
    )  # fmt: skip
    return folder, run.estimates


@pytest.mark.parametrize(
    ("code", "citizenship"), [(1, "citizen"), (2, "foreign_citizen"), (3, "stateless"), (9, "unknown")]
)
def test_the_shares_of_each_citizenship_are_those_of_sql(found, code, citizenship):
    folder, table = found
    rows = duckdb.sql(SQL.format(path=folder / "made.csv", line=LINE)).fetchall()
    below_half, below_line, persons = next(row[1:] for row in rows if row[0] == code)
    mine = table.filter(
        pl.col("statistic") == "level", pl.col("disaggregation") == "citizenship_status",
        pl.col("citizenship_status") == citizenship,
    )  # fmt: skip
    by_series = {row["series"]: row for row in mine.iter_rows(named=True)}
    assert by_series["below_half_median"]["estimate"] == pytest.approx(below_half, rel=1e-12)
    assert by_series["national_poverty"]["estimate"] == pytest.approx(below_line, rel=1e-12)
    assert by_series["below_half_median"]["n"] == by_series["national_poverty"]["n"] == persons


def test_the_line_is_of_everybody_whatever_the_group(found):
    """Migrants, foreign citizens and stateless persons, have no median of their own."""
    _, table = found
    levels = table.filter(series="below_half_median", statistic="level", disaggregation="migratory_status")
    total = table.filter(series="below_half_median", statistic="level", disaggregation="total")
    weighted = (levels["estimate"] * levels["population"]).sum() / levels["population"].sum()
    assert weighted == pytest.approx(total["estimate"].item(), rel=1e-12)


def test_the_currency_that_the_mapping_states_is_in_the_methods(found):
    """Rows of amounts have `currency` for their unit; the methods say which."""
    folder, _ = found
    methods = pl.read_csv(folder / "out" / "methods.csv")
    assert set(methods["currency"]) == {"household_income: MXN"}


def test_a_line_is_never_answered_by_the_poverty_that_the_producer_derived(tmp_path):
    """The extract lacks the income: no number by the line, whatever else is there."""
    mapping = MAPPING.replace("{from: SIZE,", "{from: SIZE, optional: true,").replace(
        "{from: INC,", "{from: INC, optional: true,"
    )
    mapping += "  below_national_poverty_line: {from: CIT, codes: {yes: 2, no: [1, 3], unknown: 9}}\n"
    (tmp_path / "made.yaml").write_text(mapping)
    rows = [f"{h},1,{1 + h % 2},1" for h in range(50)]
    (tmp_path / "made.csv").write_text("HH,W,CIT,LQ\n" + "\n".join(rows) + "\n")
    given = [str(tmp_path / "made.yaml"), [tmp_path / "made.csv"], tmp_path / "out"]
    assert unprotected.run(*given, indicators=["1.2.1"]).estimates.height > 0
    by_line = unprotected.run(*given, indicators=["1.2.1"], options=Options(lines=(("1.2.1", 30.0),)))
    assert by_line.estimates.height == 0
    (entry,) = by_line.run["availability"]
    assert "household_income" in str(entry["words"])
