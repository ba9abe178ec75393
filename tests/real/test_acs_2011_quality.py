"""Age heaping and sex ratios of the ACS 2011 sample: quality.csv, and SQL by hand on the raw codes (duckdb)."""

from __future__ import annotations

import polars as pl
import pytest

from tests.real.test_acs_2011_duckdb import HERE, HOUSEHOLDS, PERSONS

pytestmark = pytest.mark.skipif(
    not PERSONS.is_file(), reason=f"the ACS 2011 sample is not there: {PERSONS} (see shared/real/README.md)"
)
MEASURES = ("whipple", "myers", "sex_ratio", "sex_ratio_65_plus")


@pytest.fixture(scope="module")
def quality(tmp_path_factory):
    """`quality(protect)` is the table of a run."""
    from harmonize import pipeline

    def made(protect):
        out = tmp_path_factory.mktemp(protect)
        pipeline.run(
            "usa/acs-pums",
            [PERSONS],
            out,
            households=HOUSEHOLDS,
            indicators=["8.5.2"],
            formats=["csv"],
            protect=protect,
        )
        return pl.read_csv(out / "quality.csv", infer_schema_length=None)

    return {protect: made(protect) for protect in ("none", "suppress")}


@pytest.fixture(scope="module")
def by_sql():
    duckdb = pytest.importorskip("duckdb", reason="duckdb is not installed (pip install '.[dev]')")
    query = (HERE / "acs_2011_quality.sql").read_text(encoding="utf-8")
    with duckdb.connect() as connection:
        cursor = connection.execute(query, {"persons": str(PERSONS)})
        names = [column[0] for column in cursor.description]
        return {row[0]: dict(zip(names, row, strict=True)) for row in cursor.fetchall()}


def test_the_indices_are_those_of_sql_on_the_raw_codes(quality, by_sql):
    rows = {(row["measure"], row["status"]): row for row in quality["none"].iter_rows(named=True)}
    assert set(by_sql) == {"_T", "migrant", "non_migrant"}
    for status, own in by_sql.items():
        for measure in MEASURES:
            assert rows[measure, status]["value"] == pytest.approx(own[measure], abs=5.1e-5), (measure, status)
        assert rows["whipple", status]["n"] == own["n_whipple"]
        assert rows["sex_ratio", status]["n"] == own["n_sex_ratio"]


def test_protected_they_are_near_and_their_persons_are_tens(quality, by_sql):
    of_these = quality["suppress"].filter(pl.col("measure").is_in(MEASURES))
    shown = of_these.filter(pl.col("conf_status") == "F")
    hidden = {(row["measure"], row["status"]) for row in of_these.filter(conf_status="C").iter_rows(named=True)}
    assert hidden == {("sex_ratio_65_plus", "migrant")}
    assert shown.height + len(hidden) == of_these.height
    assert set(shown.filter(pl.col("n").is_not_null())["measure"]) == {"sex_ratio"}  # of whole statuses
    persons = {(row["measure"], row["status"]): row["n"] for row in quality["none"].iter_rows(named=True)}
    for row in shown.iter_rows(named=True):
        n = persons[row["measure"], row["status"]]
        assert row["n"] in (None, 10 * round(n / 10))
        exact = by_sql[row["status"]][row["measure"]]
        if row["measure"].startswith("sex_ratio"):
            within = row["within"]
            assert row["value"] == pytest.approx(exact, abs=within), row
            assert (
                within <= {"_T": 1.25, "non_migrant": 1.25, "migrant": 10}[row["status"]] or "65" in row["measure"]
            ), row
        else:  # Whipple's index in steps of 500 over 25 persons or more finely, Myers' to a decimal
            assert row["value"] == pytest.approx(exact, abs=6250 / n if row["measure"] == "whipple" else 0.051), row
