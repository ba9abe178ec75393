"""Mean and median earnings an hour (8.5.1) and the gap of migrants in the ACS of 2011 and 2024: by hand in SQL too.

The files are ../shared/real/acs-pums-2011 and acs-pums-2024 (US Census Bureau, public domain; not part of the project).
"""

from __future__ import annotations

from pathlib import Path

import polars as pl
import pytest

from tests import unprotected

REAL = Path(__file__).resolve().parents[3] / "shared" / "real"
pytestmark = pytest.mark.skipif(not REAL.is_dir(), reason=f"the real files are not at {REAL}")
duckdb = pytest.importorskip("duckdb", reason="duckdb is not installed (pip install '.[dev]')")

# in 2011 weeks are classes, of which the middle is taken
CLASSES = (
    "case WKW::int when 1 then 51 when 2 then 48.5 when 3 then 43.5 when 4 then 33 when 5 then 20 when 6 then 7 end"
)
ACS_2011 = "acs-pums-2011/dpus.csv.gz"
FILES = {
    ACS_2011: ("read_csv($persons, all_varchar = true)", CLASSES),
    "acs-pums-2024/p_50.parquet": ("read_parquet($persons)", "WKWN"),
    "acs-pums-2024/p_56.parquet": ("read_parquet($persons)", "WKWN"),
}
MEANS = """
select case NATIVITY::int when 1 then 'non_migrant' else 'migrant' end as status, count(*) as n,
       sum(PWGTP::bigint) as population,
       sum(PWGTP::bigint * WAGP::double / ({weeks}) / WKHP::double) / sum(PWGTP::bigint) as mean,
       sum(PWGTP::bigint * WAGP::double) / sum(PWGTP::bigint * ({weeks}) * WKHP::double) as by_hours
from {persons}
where {who}
group by 1
"""
# employees (COW 1 to 5) at work or with a job, the armed forces too, with usual hours
EMPLOYEES = (
    "AGEP::int >= 16 and ESR::int in (1, 2, 4, 5) and COW::int between 1 and 5 and WKHP::int > 0 and WAGP is not null"
)
# the lowest earnings an hour up to which there is half the weight, of four decimals as they are kept
MEDIANS = """
with hourly as (
    select case NATIVITY::int when 1 then 'non_migrant' else 'migrant' end as status, PWGTP::bigint as weight,
           round(WAGP::double / ({weeks}) / WKHP::double, 4) as value
    from {persons}
    where {who}
), up_to as (
    select status, value, sum(weight) over (partition by status order by value) as reached,
           sum(weight) over (partition by status) as everybody
    from hourly
)
select status, min(value) from up_to where 2 * reached >= everybody group by 1
"""
EARNERS = "WAGP::int > 0 and WKHP::int > 0"


def means(name: str, who: str, weeks: str = "") -> dict[str, dict[str, float]]:
    """By migratory status: n, population, mean, by_hours."""
    persons, known = FILES[name]
    with duckdb.connect() as connection:
        sql = MEANS.format(persons=persons, weeks=weeks or known, who=who)
        cursor = connection.execute(sql, {"persons": str(REAL / name)})
        names = [column[0] for column in cursor.description]
        rows = [dict(zip(names, row, strict=True)) for row in cursor.fetchall()]
    assert {row["status"] for row in rows} == {"migrant", "non_migrant"}
    return {row["status"]: row for row in rows}


def medians(name: str) -> dict[str, float]:
    """Of employees by migratory status."""
    persons, weeks = FILES[name]
    with duckdb.connect() as connection:
        sql = MEDIANS.format(persons=persons, weeks=weeks, who=EMPLOYEES)
        return dict(connection.execute(sql, {"persons": str(REAL / name)}).fetchall())


def gap(found: dict[str, dict[str, float]], which: str) -> float:
    return 100 * (1 - found["migrant"][which] / found["non_migrant"][which])


@pytest.mark.parametrize("name", FILES)
def test_medians_are_those_of_sql_by_hand(name: str, tmp_path: Path) -> None:
    found = medians(name)
    assert set(found) == {"migrant", "non_migrant"}
    table = unprotected.run("usa/acs-pums", [REAL / name], tmp_path / "out", indicators=["8.5.1"]).estimates
    rows = table.filter(pl.col("series") == "median_hourly", pl.col("disaggregation") == "migratory_status")
    rows = rows.filter(pl.col("definition") == "default")
    for status, median in found.items():
        row = rows.filter(pl.col("statistic") == "level", pl.col("migratory_status") == status).row(0, named=True)
        assert row["estimate"] == pytest.approx(median, abs=2e-4)
        assert row["ci_lower"] <= row["estimate"] <= row["ci_upper"]
        assert 0 < row["se"] < row["estimate"] / 5
        assert "top_coded" not in row["proxy_reason"]
    ours = rows.filter(pl.col("statistic") == "gap").row(0, named=True)
    assert ours["estimate"] == pytest.approx(100 * (1 - found["migrant"] / found["non_migrant"]), abs=0.01)


@pytest.mark.parametrize("name", FILES)
def test_means_and_the_gap_are_those_of_sql_by_hand(name: str, tmp_path: Path) -> None:
    found = means(name, EMPLOYEES)
    table = unprotected.run("usa/acs-pums", [REAL / name], tmp_path / "out").estimates
    of_it = table.filter(pl.col("definition") == "default", pl.col("disaggregation") == "migratory_status")
    for series, which in (("mean_hourly", "mean"), ("mean_hourly_hours_weighted", "by_hours")):
        rows = of_it.filter(pl.col("series") == series)
        for status, theirs in found.items():
            row = rows.filter(pl.col("statistic") == "level", pl.col("migratory_status") == status).row(0, named=True)
            assert (row["n"], row["population"]) == (theirs["n"], theirs["population"])
            assert row["estimate"] == pytest.approx(theirs[which], rel=1e-5)  # four decimals are kept
            classes = name == ACS_2011
            assert ("weeks_in_classes" in row["proxy_reason"]) == classes
            assert "weeks_assumed" not in row["proxy_reason"]
        ours = rows.filter(pl.col("statistic") == "gap").row(0, named=True)
        assert ours["estimate"] == pytest.approx(gap(found, which), rel=1e-4)


def test_the_gap_of_all_who_have_wages_is_that_of_the_notes_on_methods() -> None:
    # of everybody with wages and hours in the past 12 months, whether employed at the survey or not
    found = means(ACS_2011, EARNERS)
    assert round(gap(found, "mean"), 1) == 13.0
    assert round(gap(found, "by_hours"), 1) == 20.2


def test_the_gap_of_employees_is_smaller_and_other_again_if_52_weeks_are_assumed() -> None:
    found, assumed = means(ACS_2011, EMPLOYEES), means(ACS_2011, EMPLOYEES, "52")
    assert [round(gap(found, which), 1) for which in ("mean", "by_hours")] == [10.1, 19.8]
    assert [round(gap(assumed, which), 1) for which in ("mean", "by_hours")] == [10.0, 19.4]
