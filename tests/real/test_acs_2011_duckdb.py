"""Indicators of the ACS 2011 sample: our run, SQL by hand on the raw codes, and R's survey say the same.

The file is ../shared/real/acs-pums-2011 (US Census Bureau, public domain; not part of the project).
Levels come from acs_2011.sql by duckdb, standard errors from make_acs_goldens.R.
"""

from __future__ import annotations

import csv
import math
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import polars as pl
import pytest

HERE = Path(__file__).parent
ACS = HERE.parents[2] / "shared" / "real" / "acs-pums-2011"
PERSONS = ACS / "dpus.csv.gz"
HOUSEHOLDS = ACS / "dhus.csv.gz"
DIMENSIONS = ("nativity", "citizenship_status", "duration_of_stay", "sex")
COUNTS = ("n", "n_numerator", "population")

pytestmark = pytest.mark.skipif(
    not PERSONS.is_file(), reason=f"the ACS 2011 sample is not there: {PERSONS} (see shared/real/README.md)"
)

Key = tuple[str, ...]


def golden(name: str) -> list[dict[str, str]]:
    with (HERE / "goldens" / f"{name}.csv").open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def key_of(row: Mapping[str, Any]) -> Key:
    return tuple(row[name] for name in ("indicator", "series", *DIMENSIONS))


@pytest.fixture(scope="module")
def by_sql() -> dict[Key, dict[str, Any]]:
    """The cells that acs_2011.sql counts."""
    duckdb = pytest.importorskip("duckdb", reason="duckdb is not installed (pip install '.[dev]')")
    query = (HERE / "acs_2011.sql").read_text(encoding="utf-8")
    with duckdb.connect() as connection:
        cursor = connection.execute(query, {"persons": str(PERSONS)})
        names = [column[0] for column in cursor.description]
        rows = [dict(zip(names, values, strict=True)) for values in cursor.fetchall()]
    assert len({key_of(row) for row in rows}) == len(rows) > 50
    return {key_of(row): row for row in rows}


def estimates_of(persons: Path, out: Path) -> pl.DataFrame:
    """The estimates table of a run of `usa/acs-pums`."""
    from harmonize import pipeline

    result = pipeline.run(
        "usa/acs-pums", [persons], out, households=HOUSEHOLDS, by=("sex", "nativity*sex"), protect="none", totals=True
    )
    return result.estimates.filter(pl.col("definition") == "default", pl.col("adjustment") == "none")


@pytest.fixture(scope="module")
def by_replicates(tmp_path_factory: pytest.TempPathFactory) -> pl.DataFrame:
    """The estimates of the sample as it comes: with its replicate weights."""
    return estimates_of(PERSONS, tmp_path_factory.mktemp("acs-2011"))


@pytest.fixture(scope="module")
def estimates(tmp_path_factory: pytest.TempPathFactory) -> pl.DataFrame:
    """The estimates of the sample without its replicate weights."""
    folder = tmp_path_factory.mktemp("acs-2011-without")
    persons = pl.read_csv(PERSONS, infer_schema=False)
    persons.drop([f"PWGTP{r}" for r in range(1, 81)]).write_csv(folder / "persons.csv")
    return estimates_of(folder / "persons.csv", folder / "out")


def cells(
    estimates: pl.DataFrame, statistic: str, names: tuple[str, ...] = DIMENSIONS, totals: bool = False
) -> dict[Key, dict[str, Any]]:
    """Our rows of a statistic that use no other dimension than `names`, by key; each key once."""
    from harmonize.tabulate.tables import DIMENSIONS as always

    extra = [name for name in estimates.columns if name in always and name not in names]
    rows = estimates.filter(
        pl.col("statistic") == statistic,
        (pl.col("unit") == "count") == totals,
        *[pl.col(name).cast(pl.String) == "_T" for name in extra],
    ).to_dicts()
    found = {tuple(row[name] for name in ("indicator", "series", *names)): row for row in rows}
    assert len(found) == len(rows)
    return found


def close(ours: float | None, theirs: float, relative: float) -> bool:
    return ours is not None and math.isclose(ours, theirs, rel_tol=relative, abs_tol=1e-12)


def test_sql_and_r_count_the_same_cells(by_sql: dict[Key, dict[str, Any]]) -> None:
    by_r = {key_of(row): row for row in golden("acs_2011_levels")}
    assert by_r.keys() == by_sql.keys()
    for key, row in by_sql.items():
        for name in (*COUNTS, "estimate"):
            assert close(float(row[name]), float(by_r[key][name]), 1e-12), (key, name)


def test_every_person_of_the_file_is_in_its_published_population() -> None:
    persons = pl.read_csv(PERSONS, columns=["SERIALNO", "PWGTP"])
    assert persons.height == 6_279
    assert persons["PWGTP"].sum() == 645_569


def test_our_levels_equal_the_sql(estimates: pl.DataFrame, by_sql: dict[Key, dict[str, Any]]) -> None:
    ours = cells(estimates, "level")
    for key, row in by_sql.items():
        assert key in ours, key
        for name in COUNTS:
            assert ours[key][name] == row[name], (key, name)
        assert close(ours[key]["estimate"], row["estimate"], 1e-12), key


def test_we_have_no_cell_that_the_sql_has_not(estimates: pl.DataFrame, by_sql: dict[Key, dict[str, Any]]) -> None:
    tables = {tuple(name for name, value in zip(DIMENSIONS, key[2:], strict=True) if value != "_T") for key in by_sql}
    series = {key[1] for key in by_sql}
    ours = {
        key
        for key, row in cells(estimates, "level").items()
        if key[1] in series
        and row["n"]
        and tuple(name for name, value in zip(DIMENSIONS, key[2:], strict=True) if value != "_T") in tables
    }
    assert ours == by_sql.keys()


def test_our_standard_errors_equal_survey_with_households_as_clusters(estimates: pl.DataFrame) -> None:
    ours = cells(estimates, "level")
    for row in golden("acs_2011_levels"):
        mine = ours[key_of(row)]
        assert close(mine["se"], float(row["se_taylor"]), 1e-6), key_of(row)
        assert mine["df"] == float(row["df_taylor"]), key_of(row)
        assert close(mine["deff"], float(row["deff"]), 1e-6), key_of(row)
        if 0 < float(row["estimate"]) < 100:
            assert close(mine["ci_lower"], float(row["ci_lower"]), 1e-6), key_of(row)
            assert close(mine["ci_upper"], float(row["ci_upper"]), 1e-6), key_of(row)


def test_our_totals_equal_survey_by_households_and_by_replicate_weights(
    estimates: pl.DataFrame, by_replicates: pl.DataFrame
) -> None:
    rows = golden("acs_2011_totals")
    assert len(rows) > 50
    for found, se in ((estimates, "se_taylor"), (by_replicates, "se_sdr")):
        ours = cells(found, "level", totals=True)
        for row in rows:
            mine = ours[key_of(row)]
            assert close(mine["estimate"], float(row["estimate"]), 1e-12), key_of(row)
            assert close(mine["se"], float(row[se]), 1e-9), key_of(row)
            assert mine["deff"] is None


@pytest.mark.parametrize("statistic", ["difference", "ratio"])
def test_our_contrasts_carry_the_covariance_of_shared_households(estimates: pl.DataFrame, statistic: str) -> None:
    ours = cells(estimates.filter(pl.col("comparison") == "migrant:non_migrant"), statistic, ("sex",))
    compared = 0
    for row in golden("acs_2011_contrasts"):
        if row["statistic"] != statistic:
            continue
        key = (row["indicator"], row["series"], row["sex"])
        assert close(ours[key]["estimate"], float(row["estimate"]), 1e-9), key
        assert close(ours[key]["se"], float(row["se_taylor"]), 1e-6), key
        compared += 1
    assert compared == 12


def test_with_its_replicate_weights_our_errors_equal_survey_with_them(by_replicates: pl.DataFrame) -> None:
    ours = cells(by_replicates, "level")
    for row in golden("acs_2011_levels"):
        mine, inside = ours[key_of(row)], 0 < float(row["estimate"]) < 100
        assert close(mine["se"], float(row["se_sdr"]), 1e-6), key_of(row)
        assert mine["df"] == float(row["df_sdr"]), key_of(row)
        assert mine["deff"] is None if not inside else close(mine["deff"], float(row["deff_sdr"]), 1e-6), key_of(row)
        if inside:
            assert close(mine["ci_lower"], float(row["ci_lower_sdr"]), 1e-6), key_of(row)
            assert close(mine["ci_upper"], float(row["ci_upper_sdr"]), 1e-6), key_of(row)


@pytest.mark.parametrize("statistic", ["difference", "ratio"])
def test_with_replicate_weights_our_contrasts_carry_their_covariance(
    by_replicates: pl.DataFrame, statistic: str
) -> None:
    ours = cells(by_replicates.filter(pl.col("comparison") == "migrant:non_migrant"), statistic, ("sex",))
    compared = 0
    for row in golden("acs_2011_contrasts"):
        if row["statistic"] == statistic:
            key = (row["indicator"], row["series"], row["sex"])
            assert close(ours[key]["se"], float(row["se_sdr"]), 1e-6), key
            assert ours[key]["df"] == float(row["df_sdr"]), key
            compared += 1
    assert compared == 12


def test_earnings_by_replicate_weights_have_the_errors_of_survey(by_replicates: pl.DataFrame) -> None:
    for row in golden("acs_2011_earnings_replicates"):
        found = by_replicates.filter(
            pl.col("series") == row["series"],
            pl.col("statistic") == row["statistic"],
            pl.col("disaggregation")
            == (
                "migratory_status" if row["statistic"] == "gap" else "total" if row["nativity"] == "_T" else "nativity"
            ),
            pl.col("nativity") == row["nativity"],
        )
        mine = found.row(0, named=True)
        assert (mine["n"], mine["df"]) == (int(row["n"]), int(row["df"])), row
        assert close(mine["estimate"], float(row["estimate"]), 1e-6), row
        assert close(mine["se"], float(row["se_sdr"]), 1e-6), row
        if row["ci_lower_sdr"]:
            assert close(mine["ci_lower"], float(row["ci_lower_sdr"]), 1e-6), row
            assert close(mine["ci_upper"], float(row["ci_upper_sdr"]), 1e-6), row
