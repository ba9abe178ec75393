"""Unemployment in the ACS files of Wyoming and Vermont 2024: our run and SQL by hand on the raw codes say the same.

The files are ../shared/real/acs-pums-2024 (US Census Bureau, public domain; not part of the project).
"""

from __future__ import annotations

from pathlib import Path
from typing import Any

import polars as pl
import pytest

from tests import unprotected

ACS = Path(__file__).resolve().parents[3] / "shared" / "real" / "acs-pums-2024"
DIMENSIONS = ("nativity", "citizenship_status", "sex")

pytestmark = pytest.mark.skipif(not ACS.is_dir(), reason=f"the ACS files of 2024 are not there: {ACS}")

SQL = """
select coalesce(nativity, '_T') as nativity, coalesce(citizenship, '_T') as citizenship_status,
       coalesce(sex, '_T') as sex,
       count(*) as n, count(*) filter (unemployed) as n_numerator, sum(PWGTP) as population,
       100.0 * coalesce(sum(PWGTP) filter (unemployed), 0) / sum(PWGTP) as estimate
from (select PWGTP, ESR = 3 as unemployed,
             case NATIVITY when 1 then 'native_born' when 2 then 'foreign_born' end as nativity,
             case when CIT = 5 then 'foreign_citizen' else 'citizen' end as citizenship,
             case SEX when 1 then 'male' when 2 then 'female' end as sex
      from read_parquet($persons) where AGEP >= 16 and ESR between 1 and 5)
group by grouping sets ((), (nativity), (citizenship), (sex), (nativity, sex))
"""


@pytest.mark.parametrize("state", ["50", "56"])
def test_unemployment_by_nativity_citizenship_and_sex_is_that_of_sql(state: str, tmp_path: Path) -> None:
    duckdb = pytest.importorskip("duckdb", reason="duckdb is not installed (pip install '.[dev]')")
    persons, households = (ACS / f"{part}_{state}.parquet" for part in "ph")
    with duckdb.connect() as connection:
        cursor = connection.execute(SQL, {"persons": str(persons)})
        names = [column[0] for column in cursor.description]
        expected: list[dict[str, Any]] = [dict(zip(names, row, strict=True)) for row in cursor.fetchall()]
    assert len(expected) == 1 + 2 + 2 + 2 + 4
    result = unprotected.run(
        "usa/acs-pums", [persons], tmp_path / "out", households=households, by=("sex", "nativity*sex")
    )
    level = result.estimates.filter(
        pl.col("indicator") == "8.5.2",
        pl.col("statistic") == "level",
        pl.col("definition") == "default",
        pl.col("disaggregation").is_in(["total", "nativity", "citizenship_status", "sex", "nativity*sex"]),
    )
    assert level["sample"].unique().to_list() == ["USA_2024"]
    for row in expected:
        mine = level.filter(pl.col(name).cast(pl.String) == row[name] for name in DIMENSIONS)
        assert mine.height == 1, row
        for name in ("n", "n_numerator", "population"):
            assert mine[name].item() == row[name], (name, row)
        assert mine["estimate"].item() == pytest.approx(row["estimate"], rel=1e-12)
