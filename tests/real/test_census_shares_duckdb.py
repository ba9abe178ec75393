"""Shares of three real files: our run and SQL by hand on the raw codes say the same.

Puerto Rico 2012 (ipumspy/usa_00172), the teaching file of England and Wales 2011 (gbr-2011) and the Mexican
dwellings of 2015 (mex-2015), all in ../shared/real, none of them part of the project.
"""

from __future__ import annotations

import gzip
from collections.abc import Iterable
from pathlib import Path
from typing import Any

import polars as pl
import pytest

from harmonize import pipeline
from tests import unprotected

REAL = Path(__file__).resolve().parents[3] / "shared" / "real"
DIMENSIONS = ("nativity", "sex", "age_group")

pytestmark = pytest.mark.skipif(not REAL.is_dir(), reason=f"the real files are not at {REAL}")
duckdb = pytest.importorskip("duckdb", reason="duckdb is not installed (pip install '.[dev]')")

# IPUMS USA asks nothing of ours in this extract, so the question is the sex, of persons in households.
STAND_IN = """\
mapping: stand-in
version: 1.0.0
title: A question made from the sex, since this extract asks none of ours
source: {producer: made, citation: made, documentation: made, checked_on: "2026-11-24"}
extends: ipums/usa
variables:
  electricity: {from: SEX, codes: {"yes": 1, "no": 2}}
"""
PUERTO_RICO = """
select '7.1.1' as indicator, 'electricity' as series, coalesce(age_group, '_T') as age_group, count(*) as n,
       count(*) filter (sex = 1) as n_numerator, sum(perwt) / 100.0 as population,
       100.0 * sum(perwt) filter (sex = 1) / sum(perwt) as estimate
from (select line[47:56]::bigint as perwt, line[57:57]::int as sex,
             case when line[58:60]::int >= 85 then '85_plus'
                  else format('{}_{}', line[58:60]::int // 5 * 5, line[58:60]::int // 5 * 5 + 4) end as age_group
      from read_csv($file, header = false, columns = {'line': 'varchar'}, delim = '|')
      where line[42:42] in ('1', '2', '5'))
group by grouping sets ((), (age_group))
"""

ENGLAND_AND_WALES = """
with person as (
    select case "Country of Birth" when 1 then 'native_born' when 2 then 'foreign_born' else 'not_applicable' end
               as nativity, case Sex when 1 then 'male' else 'female' end as sex, Age as age, Student as student,
           "Economic Activity" in (1, 2) or ("Economic Activity" = 4 and "Hours worked per week" > 0) as employed,
           "Economic Activity" = 3 or ("Economic Activity" = 4 and "Hours worked per week" = -9) as unemployed
    from read_csv($file) where "Population Base" = 1
), asked as (
    select '8.5.2' as indicator, 'unemployment' as series, nativity, sex, unemployed as yes from person
    where employed or unemployed
    union all
    select '8.6.1', 'neet', nativity, sex, not employed and student = 2 from person where age = 2
    union all
    select '4.3.1', 'participation_25_64', nativity, sex, student = 1 from person where age between 3 and 6
)
select indicator, series, coalesce(nativity, '_T') as nativity, coalesce(sex, '_T') as sex, count(*) as n,
       count(*) filter (yes) as n_numerator, 100.0 * count(*) as population,
       100.0 * count(*) filter (yes) / count(*) as estimate
from asked group by grouping sets ((indicator, series), (indicator, series, nativity), (indicator, series, sex),
                                   (indicator, series, nativity, sex))
"""

MEXICO = """
with dwelling as (
    select numpers::bigint as persons, factor::bigint * numpers::bigint as weight, electricidad, internet,
           agua_entubada as water, sersan, conagua, drenaje, combustible as fuel, lugar_cocina as place
    from read_parquet($file)
), asked as (
    select '7.1.1' as indicator, 'electricity' as series, persons, weight, electricidad = 5 as yes
    from dwelling where electricidad <> 9
    union all
    select '1.4.1', 'internet', persons, weight, internet = 5 from dwelling where internet <> 9
    union all
    select '1.4.1', 'piped_water', persons, weight, water in (1, 2) from dwelling where water <> 9
    union all
    -- a toilet that takes no water (conagua = 3) is not on the drain of the dwelling
    select '1.4.1', 'sewer_or_septic', persons, weight,
           sersan <> 3 and coalesce(conagua in (1, 2), false) and drenaje in (1, 2) from dwelling
    where sersan = 3 or (sersan <> 9 and conagua <> 9 and drenaje <> 9)
    union all
    select '1.4.1', 'clean_cooking', persons, weight, coalesce(fuel in (2, 3), false) from dwelling
    where fuel <> 9 or place = 4
)
select indicator, series, sum(persons)::bigint as n, coalesce(sum(persons) filter (yes), 0)::bigint as n_numerator,
       sum(weight)::double as population, 100.0 * sum(weight) filter (yes) / sum(weight) as estimate
from asked group by indicator, series
"""


def by_hand(sql: str, file: Path) -> list[dict[str, Any]]:
    with duckdb.connect() as connection:
        cursor = connection.execute(sql, {"file": str(file)})
        names = [column[0] for column in cursor.description]
        return [dict(zip(names, row, strict=True)) for row in cursor.fetchall()]


def assert_same(result: pipeline.RunResult, expected: Iterable[dict[str, Any]]) -> None:
    """Each row by hand is one of the run's, equal in counts, and in the share to 1e-12."""
    level = result.estimates.filter(
        pl.col("statistic") == "level", pl.col("definition") == "default", pl.col("status_of") == "self"
    )
    for row in expected:
        by = [name for name in DIMENSIONS if row.get(name, "_T") != "_T"]
        keys = {"indicator": row["indicator"], "series": row["series"], "disaggregation": "*".join(by) or "total"}
        keys |= {name: row[name] for name in by}
        mine = level.filter(pl.col(name).cast(pl.String) == value for name, value in keys.items())
        assert mine.height == 1, row
        for name in ("n", "n_numerator", "population"):
            assert mine[name].item() == row[name], (name, row)
        assert mine["estimate"].item() == pytest.approx(row["estimate"], rel=1e-12)


def test_men_by_age_in_puerto_rico_2012(tmp_path: Path) -> None:
    mapping, lines = tmp_path / "stand-in.yaml", tmp_path / "usa_00172.dat"
    mapping.write_text(STAND_IN, encoding="utf-8")
    source = REAL / "ipumspy" / "usa_00172.dat.gz"
    lines.write_bytes(gzip.decompress(source.read_bytes()))
    expected = by_hand(PUERTO_RICO, lines)
    assert len(expected) == 1 + 18
    result = unprotected.run(str(mapping), [source], tmp_path / "out", by=("age_group",))
    assert result.estimates["country"].unique().to_list() == ["PRI"]
    assert result.estimates["sample"].unique().to_list() == ["201202"]
    assert_same(result, expected)


def test_work_and_school_by_nativity_and_sex_in_england_and_wales_2011(tmp_path: Path) -> None:
    file = REAL / "gbr-2011" / "2011-census-microdata-small.csv"
    expected = by_hand(ENGLAND_AND_WALES, file)
    assert len(expected) >= 3 * (1 + 2 + 2 + 4)
    result = unprotected.run("gbr/census-2011-teaching", [file], tmp_path / "out", by=("sex", "nativity*sex"))
    assert result.run["unmapped"] == []
    assert_same(result, expected)


def test_the_sampled_fraction_makes_the_standard_errors_of_the_teaching_file_smaller(tmp_path: Path) -> None:
    """Of a simple random sample of n persons: sqrt((1 - f) p (1 - p) / (n - 1)), here but for the domain."""
    file = REAL / "gbr-2011" / "2011-census-microdata-small.csv"
    result = unprotected.run("gbr/census-2011-teaching", [file], tmp_path / "out")
    row = result.estimates.filter(pl.col("series") == "unemployment", pl.col("disaggregation") == "total").row(
        0, named=True
    )
    p, n, persons = row["estimate"] / 100, row["n"], 50_000
    expected = 100 * (0.99 * persons / (persons - 1) * p * (1 - p) / n) ** 0.5
    assert row["se"] == pytest.approx(expected, rel=1e-9)


@pytest.mark.parametrize("form", [".parquet", ".dta"])
def test_services_of_persons_in_mexican_dwellings_2015(form: str, tmp_path: Path) -> None:
    pyreadstat = pytest.importorskip("pyreadstat", reason="pyreadstat is not installed (pip install '.[dev]')")
    file, copy = REAL / "mex-2015" / "Tr_vivienda30_001.dta", tmp_path / "dwellings.parquet"
    pyreadstat.read_dta(str(file), output_format="polars")[0].write_parquet(copy)
    expected = by_hand(MEXICO, copy)
    assert len(expected) == 5
    data = file if form == ".dta" else copy
    result = unprotected.run("mex/eic-2015-dwellings", [data], tmp_path / "out")
    assert result.run["unmapped"] == []
    assert_same(result, expected)
