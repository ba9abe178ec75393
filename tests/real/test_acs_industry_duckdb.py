"""Manufacturing (9.2.2) by nativity in the ACS files of 2011 and 2024: our run and SQL by hand say the same.

The files are ../shared/real/acs-pums-2011 and acs-pums-2024 (US Census Bureau, public domain; not part of the project).
Manufacturing is what the Bureau's dictionary labels so (MFG): for 2024 that of 2023, whose codes are "2023 and later".
"""

from __future__ import annotations

from pathlib import Path
from typing import Any

import polars as pl
import pytest

from harmonize import pipeline
from tests import unprotected

REAL = Path(__file__).resolve().parents[3] / "shared" / "real"
DIMENSIONS = ("nativity", "sex")
EMPLOYED = {"employee", "self_employed", "contributing_family_worker"}

pytestmark = pytest.mark.skipif(not REAL.is_dir(), reason=f"the real files are not at {REAL}")
duckdb = pytest.importorskip("duckdb", reason="duckdb is not installed (pip install '.[dev]')")

# employed: ESR 1, 2 at work or with a job, 4, 5 the same in the armed forces; all of them have an industry
SHARE = """
select coalesce(nativity, '_T') as nativity, coalesce(sex, '_T') as sex, count(*) as n,
       count(*) filter (manufacturing) as n_numerator, sum(weight) as population,
       100.0 * coalesce(sum(weight) filter (manufacturing), 0) / sum(weight) as estimate
from (select PWGTP::bigint as weight, {manufacturing} as manufacturing,
             case NATIVITY::int when 1 then 'native_born' when 2 then 'foreign_born' end as nativity,
             case SEX::int when 1 then 'male' when 2 then 'female' end as sex
      from {persons} where AGEP::int >= 15 and ESR::int in (1, 2, 4, 5))
group by grouping sets ((), (nativity), (sex), (nativity, sex))
"""
# in PUMSDataDict11 the labels MFG-... begin at 1070, animal food, and end at 3990, not specified
IN_2011 = SHARE.format(
    persons="read_csv($persons, all_varchar = true)", manufacturing="INDP::int between 1070 and 3990"
)
IN_2024 = SHARE.format(
    persons="read_parquet($persons)",
    manufacturing="""INDP in (select column4::int from read_csv($dictionary, header = false, all_varchar = true,
        null_padding = true) where column0 = 'VAL' and column1 = 'INDP' and column6 like 'MFG-%')""",
)


def by_hand(sql: str, parameters: dict[str, str]) -> list[dict[str, Any]]:
    with duckdb.connect() as connection:
        cursor = connection.execute(sql, parameters)
        names = [column[0] for column in cursor.description]
        return [dict(zip(names, row, strict=True)) for row in cursor.fetchall()]


def assert_same(result: pipeline.RunResult, expected: list[dict[str, Any]]) -> None:
    """Each row by hand is one of the run's, equal in counts, and in the share to 1e-12."""
    assert len(expected) == 1 + 2 + 2 + 4
    level = result.estimates.filter(
        pl.col("indicator") == "9.2.2", pl.col("statistic") == "level", pl.col("definition") == "default"
    )
    for row in expected:
        by = [name for name in DIMENSIONS if row[name] != "_T"]
        mine = level.filter(
            pl.col("disaggregation") == ("*".join(by) or "total"),
            *[pl.col(name).cast(pl.String) == row[name] for name in by],
        )
        assert mine.height == 1, row
        for name in ("n", "n_numerator", "population"):
            assert mine[name].item() == row[name], (name, row)
        assert mine["estimate"].item() == pytest.approx(row["estimate"], rel=1e-12)
        assert mine["left_out_share"].item() == 0


def test_manufacturing_by_nativity_and_sex_in_2011(tmp_path: Path) -> None:
    folder = REAL / "acs-pums-2011"
    expected = by_hand(IN_2011, {"persons": str(folder / "dpus.csv.gz")})
    result = unprotected.run(
        "usa/acs-pums",
        [folder / "dpus.csv.gz"],
        tmp_path / "out",
        households=folder / "dhus.csv.gz",
        by=("sex", "nativity*sex"),
    )
    assert result.run["unmapped"] == []
    assert_same(result, expected)


@pytest.mark.parametrize("state", ["50", "56"])
def test_manufacturing_by_nativity_and_sex_in_2024(state: str, tmp_path: Path) -> None:
    folder = REAL / "acs-pums-2024"
    dictionary = REAL / "codes" / "pums-dict_acs1-2023.csv"
    expected = by_hand(IN_2024, {"persons": str(folder / f"p_{state}.parquet"), "dictionary": str(dictionary)})
    result = unprotected.run(
        "usa/acs-pums",
        [folder / f"p_{state}.parquet"],
        tmp_path / "out",
        households=folder / f"h_{state}.parquet",
        by=("sex", "nativity*sex"),
    )
    assert result.run["unmapped"] == []
    assert_same(result, expected)


def test_every_employed_person_of_2011_has_a_status_and_an_industry(tmp_path: Path) -> None:
    out = tmp_path / "harmonised.parquet"
    from harmonize.cli import main

    with pytest.raises(SystemExit) as ended:
        main(["apply", "usa/acs-pums", str(REAL / "acs-pums-2011" / "dpus.csv.gz"), "-o", str(out)])
    assert ended.value.code in (0, None)
    employed = pl.read_parquet(out).filter(pl.col("labour_force_status") == "employed")
    assert employed.height == 2675 + 55 + 18
    assert set(employed["status_in_employment"].cast(str).unique()) == EMPLOYED
    assert not {"unknown", "not_applicable"} & set(employed["industry"].cast(str).unique())
