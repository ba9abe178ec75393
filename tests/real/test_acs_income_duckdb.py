"""Half the median (10.2.1) and poverty (1.2.1) in the ACS files of 2011 and 2024: SQL by hand says the same.

The files are ../shared/real/acs-pums-2011 and acs-pums-2024 (US Census Bureau, public domain; not part of the project).
"""

from __future__ import annotations

from pathlib import Path
from typing import Any

import polars as pl
import pytest

from harmonize.options import Options
from tests import unprotected

REAL = Path(__file__).resolve().parents[3] / "shared" / "real"
pytestmark = pytest.mark.skipif(not REAL.is_dir(), reason=f"the real files are not at {REAL}")
duckdb = pytest.importorskip("duckdb", reason="duckdb is not installed (pip install '.[dev]')")

CSV, PARQUET = "read_csv($persons, all_varchar = true)", "read_parquet($persons)"
# persons, households, how SQL reads them, the factor of the year (ADJINC), who lives in a private household
FILES = {
    "2011": ("acs-pums-2011/dpus.csv.gz", "acs-pums-2011/dhus.csv.gz", CSV, 1.018237, "p.RELP::int <= 15"),
    "Vermont": ("acs-pums-2024/p_50.parquet", "acs-pums-2024/h_50.parquet", PARQUET, 1.01525, "h.TYPEHUGQ = 1"),
    "Wyoming": ("acs-pums-2024/p_56.parquet", "acs-pums-2024/h_56.parquet", PARQUET, 1.01525, "h.TYPEHUGQ = 1"),
}
# income of the household a person and day, to four decimals, with the weight of the person
PEOPLE = """
with people as (
    select case p.NATIVITY::int when 1 then 'non_migrant' else 'migrant' end as status, p.PWGTP::bigint as weight,
           round(h.HINCP::double * {factor} / h.NP::int / 365, 4) as amount, p.POVPIP::int as poverty
    from {persons} p join {households} h using (SERIALNO)
    where {private}
),
"""
# half the lowest amount up to which there is half the weight
LINE = """
up_to as (select amount, sum(sum(weight)) over (order by amount) as weight from people group by amount),
line as (select min(amount) / 2 as half from up_to where 2 * weight >= (select sum(weight) from people))
"""
BELOW = """
select coalesce(status, '_T') as status, count(*) as n, count(*) filter (amount < half) as below,
       100 * sum(case when amount < half then weight else 0 end) / sum(weight)::double as share, min(half) as half
from people, line group by grouping sets ((), (status))
"""
UNDER = """
select coalesce(status, '_T') as status, count(*) as n, count(*) filter ({under}) as below,
       100 * sum(case when {under} then weight else 0 end) / sum(weight)::double as share
from people where {known} group by grouping sets ((), (status))
"""


def by_sql(name: str, query: str) -> dict[str, dict[str, Any]]:
    """Rows by migratory status."""
    persons, households, how, factor, private = FILES[name]
    people = PEOPLE.format(
        persons=how, households=how.replace("$persons", "$households"), factor=factor, private=private
    )
    with duckdb.connect() as connection:
        files = {"persons": str(REAL / persons), "households": str(REAL / households)}
        cursor = connection.execute(people + query, files)
        names = [column[0] for column in cursor.description]
        rows = [dict(zip(names, row, strict=True)) for row in cursor.fetchall()]
    assert {row["status"] for row in rows} == {"_T", "migrant", "non_migrant"}
    return {row["status"]: row for row in rows}


def by_us(name: str, out: Path, lines: tuple[tuple[str, float], ...] = ()) -> pl.DataFrame:
    persons, households, *_ = FILES[name]
    options = Options(lines=lines)
    run = unprotected.run("usa/acs-pums", [REAL / persons], out, households=REAL / households, options=options)
    assert run.run["unmapped"] == []
    return run.estimates.filter(
        pl.col("statistic") == "level",
        pl.col("definition") == "default",
        pl.col("disaggregation").is_in(["total", "migratory_status"]),
    )


def agree(ours: pl.DataFrame, series: str, theirs: dict[str, dict[str, Any]]) -> None:
    found = {row["migratory_status"]: row for row in ours.filter(pl.col("series") == series).to_dicts()}
    assert found.keys() == theirs.keys()
    for status, row in theirs.items():
        mine = found[status]
        assert (mine["n"], mine["n_numerator"]) == (row["n"], row["below"]), status
        assert mine["estimate"] == pytest.approx(row["share"], rel=1e-12), status
        assert mine["measurement"] == "exact"


@pytest.mark.parametrize("name", FILES)
def test_those_below_half_the_median_are_those_of_sql_by_hand(name: str, tmp_path: Path) -> None:
    theirs = by_sql(name, LINE + BELOW)
    agree(by_us(name, tmp_path / "out"), "below_half_median", theirs)


@pytest.mark.parametrize("name", FILES)
def test_half_the_median_given_as_a_line_finds_the_same_persons(name: str, tmp_path: Path) -> None:
    theirs = by_sql(name, LINE + BELOW)
    line = theirs["_T"]["half"] - 0.00005  # amounts are compared with a line that is given as they are, not rounded
    agree(by_us(name, tmp_path / "out", (("1.2.1", line),)), "national_poverty", theirs)


@pytest.mark.parametrize("name", FILES)
def test_without_a_line_poverty_is_the_official_one(name: str, tmp_path: Path) -> None:
    # unrelated children have no ratio of their own; they are left out
    official = UNDER.format(under="poverty < 100", known="poverty is not null").strip()
    theirs = by_sql(name, f"none as (select 1) {official}")
    agree(by_us(name, tmp_path / "out"), "national_poverty", theirs)


def test_the_line_of_2011_and_who_is_below() -> None:
    theirs = by_sql("2011", LINE + BELOW)
    assert theirs["_T"]["half"] == pytest.approx(25.2932)  # dollars of 2011 a person and day
    assert [round(theirs[status]["share"], 1) for status in ("_T", "migrant", "non_migrant")] == [21.3, 28.3, 20.0]


def test_some_households_of_2024_have_lost_money() -> None:
    lost = by_sql("Vermont", f"none as (select 1) {UNDER.format(under='amount < 0', known='true')}")
    assert lost["_T"]["below"] > 0
