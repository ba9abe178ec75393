"""`usa/acs-pums-5-year` on made rows: a pool of five years is one sample, and what is not such a pool is refused."""

from __future__ import annotations

from pathlib import Path

import polars as pl
import pytest
from click.testing import CliRunner

from harmonize import apply
from harmonize.cli import main
from harmonize.errors import FitError
from harmonize.mapping import load_mapping
from harmonize.mapping.closest import shipped_fits
from harmonize.mapping.model import FromColumn
from tests import unprotected

# Last year: its factor to dollars, and those of the four years before it, by the Bureau's five-year dictionaries
# (copies in walkerke/tidycensus, data-raw/pums-dict_acs5-*.csv; those until 2019 and 2021 by these lines alone).
FACTORS = {
    2017: [1011189, 1029257, 1035988, 1045195, 1061971],
    2018: [1013097, 1035838, 1054346, 1061242, 1070673],
    2019: [1010145, 1031452, 1054606, 1073449, 1080470],
    2020: [1006149, 1022755, 1044328, 1067771, 1086849],
    2021: [1029928, 1053131, 1070512, 1093093, 1117630],
    2022: [1042311, 1113261, 1140108, 1159866, 1184371],
    2023: [1019518, 1085308, 1159185, 1187140, 1207712],
}
HEADER = "SERIALNO,SPORDER,ADJINC,PWGTP,AGEP,SEX,CIT,NATIVITY,POBP,YOEP,MIG,MAR,SCH,SCHL,ESR,HICOV,DIS,NOP,{}\n"


def extract(folder: Path, last: int, factors: list[int]) -> Path:
    """A native who works and a naturalised woman of South Sudan who looks for work, for each factor."""
    column, head = ("RELP", 0) if last < 2019 else ("RELSHIPP", 20)
    lines = [HEADER.format(column)]
    for ago, factor in enumerate(factors):
        lines.append(f"{last - ago}HU0000001,1,{factor},10,40,1,1,1,6,,1,5,1,16,1,1,2,,{head}\n")
        lines.append(f"{last - ago}HU0000002,1,{factor},10,31,2,4,2,463,2004,3,1,2,21,3,1,2,,{head}\n")
    path = folder / "persons.csv"
    path.write_text("".join(lines), encoding="utf-8")
    return path


@pytest.mark.parametrize("last", FACTORS)
def test_the_five_years_of_a_file_are_one_sample_of_its_last_year(tmp_path: Path, last: int) -> None:
    path = extract(tmp_path, last, FACTORS[last])
    result = unprotected.run("usa/acs-pums-5-year", [path], tmp_path / "out", by=("country_of_birth",))
    assert result.run["unmapped"] == []
    assert set(result.estimates["sample"]) == {f"USA_{last - 4}_{last}"}
    assert set(result.estimates["year"]) == {last}
    assert {"SSD", "domestic"} <= set(result.estimates["country_of_birth"].cast(str))


@pytest.mark.parametrize("last", FACTORS)
def test_a_file_of_one_year_is_refused_though_its_factor_is_that_of_a_last_year(tmp_path: Path, last: int) -> None:
    with pytest.raises(FitError) as error:
        unprotected.run("usa/acs-pums-5-year", [extract(tmp_path, last, FACTORS[last][:1])], tmp_path / "out")
    assert error.value.exit_code == 4
    assert f"ADJINC holds {FACTORS[last][0]}, and not all of the 5 codes" in str(error.value)
    assert "`harmonize mappings` lists the one for it" in str(error.value.help)
    assert not (tmp_path / "out" / "run.json").exists()


@pytest.mark.parametrize("last", FACTORS)
def test_years_of_stay_count_until_the_year_a_row_was_asked_in(tmp_path: Path, last: int) -> None:
    """The woman came in 2004: asked in 2013 she has stayed nine years, whatever the last year of the file."""
    path = extract(tmp_path, last, FACTORS[last])
    rows = tmp_path / "rows.csv"
    apply.apply("usa/acs-pums-5-year", [path], rows)
    asked = pl.read_csv(rows).filter(pl.col("nativity") == "foreign_born")["year_asked"].to_list()
    assert asked == [last, last - 1, last - 2, last - 3, last - 4]
    result = unprotected.run("usa/acs-pums-5-year", [path], tmp_path / "out", by=("duration_of_stay",))
    one = result.estimates.filter(
        pl.col("disaggregation").cast(pl.String) == "duration_of_stay", pl.col("indicator").cast(pl.String) == "3.8.1"
    )
    counted = dict(zip(one["duration_of_stay"].cast(pl.String), one["n"], strict=True))
    assert counted == {
        stay: n
        for stay, n in {
            "5_9": sum(year - 2004 < 10 for year in asked),
            "10_plus": sum(year - 2004 >= 10 for year in asked),
            "not_applicable": 5,
        }.items()
        if n
    }


def test_it_is_not_written_out_as_harmonised_rows_either(tmp_path: Path) -> None:
    path = extract(tmp_path, 2023, FACTORS[2023][:1])
    with pytest.raises(FitError, match="not all of the 5 codes"):
        apply.apply("usa/acs-pums-5-year", [path], tmp_path / "rows.parquet")
    assert not (tmp_path / "rows.parquet").exists()


@pytest.mark.parametrize(
    ("file", "factors"),
    [
        ("five years, 2008 to 2012", [1010207, 1039508, 1061121, 1069920, 1086024]),
        ("five years, 2020 to 2024", [1015250, 1049470, 1117193, 1193241, 1222017]),
    ],
)
def test_five_years_that_were_not_looked_at_are_refused(tmp_path: Path, file: str, factors: list[int]) -> None:
    with pytest.raises(FitError, match=r"ADJINC holds a code that sample\.id does not know; it knows USA_2013_2017"):
        unprotected.run("usa/acs-pums-5-year", [extract(tmp_path, 2023, factors)], tmp_path / "out")


def test_the_mapping_of_one_year_refuses_a_file_of_five(tmp_path: Path) -> None:
    for last, factors in FACTORS.items():
        with pytest.raises(FitError, match=r"ADJINC holds a code that sample\.year does not know"):
            unprotected.run("usa/acs-pums", [extract(tmp_path, last, factors)], tmp_path / "out")


def test_the_factors_are_those_of_the_dictionaries_and_the_last_is_that_of_the_one_year_file() -> None:
    pooled, yearly = (load_mapping(name).sample.year for name in ("usa/acs-pums-5-year", "usa/acs-pums"))
    assert isinstance(pooled, FromColumn)
    assert isinstance(yearly, FromColumn)
    told = {int(year): sorted(int(code.text) for code in codes) for year, codes in pooled.codes}
    assert told == {year: sorted(factors) for year, factors in FACTORS.items()}
    of_one_year = {int(year): codes[0].text for year, codes in yearly.codes}
    assert {year: str(factors[0]) for year, factors in FACTORS.items()}.items() <= of_one_year.items()


def test_a_check_against_the_data_refuses_it_too(tmp_path: Path) -> None:
    arguments = ["check", "usa/acs-pums-5-year", "--data", str(extract(tmp_path, 2023, FACTORS[2023][:1]))]
    result = CliRunner().invoke(main, arguments)
    assert result.exit_code == 4
    assert "not all of the 5 codes" in result.output


def test_a_file_whose_columns_fit_both_is_first_that_of_one_year() -> None:
    columns = [*HEADER.format("RELP").strip().split(","), *(f"PWGTP{n}" for n in range(1, 81))]
    names = [fit.name for fit in shipped_fits(columns)]
    assert names[:3] == ["usa/acs-pums", "usa/acs-pums-2012", "usa/acs-pums-5-year"]


def test_the_file_until_2015_has_its_places_and_years_in_two_columns_each(tmp_path: Path) -> None:
    """Those of 2011 in the one, those of later years in the other; -09 stands in the one that is not theirs."""
    head = HEADER.format("RELP").replace("POBP,YOEP", "POBP05,YOEP05,POBP12,YOEP12")
    lines = [head]
    for year, factor in enumerate([1073094, 1042852, 1025215, 1009585, 1001264], 2011):
        old, new = ("338,1931", "-09,-009") if year == 2011 else ("-09,-009", "168,1932")
        lines.append(f"{year}000000001,1,{factor},10,40,1,5,2,{old},{new},1,5,1,16,1,1,2,,0\n")
    path = tmp_path / "persons.csv"
    path.write_text("".join(lines), encoding="utf-8")
    result = unprotected.run("usa/acs-pums-5-year-2015", [path], tmp_path / "out", by=("country_of_birth",))
    assert result.run["unmapped"] == []
    assert set(result.estimates["sample"]) == {"USA_2011_2015"}
    assert {"KNA", "MNE"} <= set(result.estimates["country_of_birth"].cast(str))


def test_in_the_file_until_2016_the_code_of_south_sudan_is_only_an_area(tmp_path: Path) -> None:
    path = extract(tmp_path, 2016, [1007588, 1013916, 1022342, 1038170, 1056030])
    result = unprotected.run("usa/acs-pums-5-year-2016", [path], tmp_path / "out", by=("country_of_birth",))
    assert result.run["unmapped"] == []
    assert set(result.estimates["sample"]) == {"USA_2012_2016"}
    assert set(result.estimates["country_of_birth"].cast(str)) >= {"M49:014", "domestic"}
