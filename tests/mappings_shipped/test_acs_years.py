"""`usa/acs-pums` on made rows of several years: each year is a sample, and a year it does not know is refused."""

from __future__ import annotations

from pathlib import Path

import polars as pl
import pytest
from click.testing import CliRunner

from harmonize.cli import main
from harmonize.errors import FitError
from tests import unprotected

FACTORS = {2019: 1010145, 2020: 1006149, 2021: 1029928, 2022: 1042311, 2023: 1019518, 2024: 1015250}
FACTORS_UNTIL_2018 = {
    2010: 1007624,
    2011: 1018237,
    2013: 1007549,
    2014: 1008425,
    2015: 1001264,
    2016: 1007588,
    2017: 1011189,
    2018: 1013097,
}
HEADER = "SERIALNO,SPORDER,ADJINC,PWGTP,AGEP,SEX,CIT,NATIVITY,POBP,YOEP,MIG,MAR,SCH,SCHL,ESR,HICOV,DIS,NOP,RELSHIPP\n"


def row(year: int, factor: int, household: int, rest: str) -> str:
    return f"{year}HU{household:07d},1,{factor},10,{rest}\n"


def extract(folder: Path, factors: dict[int, int]) -> Path:
    """A household of a native who works and one of a naturalised woman from South Sudan who looks for work, a year."""
    lines = [HEADER]
    for year, factor in factors.items():
        lines.append(row(year, factor, 1, "40,1,1,1,6,,1,5,1,16,1,1,2,,20"))
        lines.append(row(year, factor, 2, "31,2,4,2,463,2004,3,1,2,21,3,1,2,,20"))
    path = folder / "persons.csv"
    path.write_text("".join(lines), encoding="utf-8")
    return path


def test_each_yearly_file_from_2019_is_a_sample_of_its_own(tmp_path: Path) -> None:
    result = unprotected.run("usa/acs-pums", [extract(tmp_path, FACTORS)], tmp_path / "out", by=("country_of_birth",))
    assert result.run["unmapped"] == []
    assert sorted(result.estimates["sample"].unique()) == [f"USA_{year}" for year in FACTORS]
    assert sorted(result.estimates["year"].unique()) == list(FACTORS)
    assert {"SSD", "domestic"} <= set(result.estimates["country_of_birth"].cast(str))


def test_each_yearly_file_of_2010_2011_and_2013_to_2018_is_a_sample_of_its_own(tmp_path: Path) -> None:
    """Their relationships are RELP's, and place 463 is South Sudan since 2017."""
    path = extract(tmp_path, FACTORS_UNTIL_2018)
    text = path.read_text(encoding="utf-8").replace("RELSHIPP", "RELP").replace(",20\n", ",0\n")
    path.write_text(text, encoding="utf-8")
    by = ("country_of_birth",)
    result = unprotected.run("usa/acs-pums", [path], tmp_path / "out", by=by)
    assert result.run["unmapped"] == []
    places = result.estimates.with_columns(pl.col("country_of_birth").cast(pl.String))
    for place, years in {"SSD": {2017, 2018}, "M49:014": {2010, 2011, 2013, 2014, 2015, 2016}}.items():
        assert set(places.filter(pl.col("country_of_birth") == place)["year"]) == years
    assert sorted(result.estimates["sample"].unique()) == [f"USA_{year}" for year in FACTORS_UNTIL_2018]


@pytest.mark.parametrize(
    ("file", "factors"),
    [
        ("five years, 2017 to 2021", {2020: 1053131, 2021: 1029928}),
        ("five years, 2020 to 2024", {2020: 1222017, 2024: 1015250}),
        ("a year with a mapping of its own", {2012: 1010207}),
        ("a year without a dictionary", {2009: 999480}),
        ("a year that was not looked at", {2025: 1000000}),
    ],
)
def test_a_file_of_five_years_or_of_an_unknown_year_is_refused(
    tmp_path: Path, file: str, factors: dict[int, int]
) -> None:
    with pytest.raises(FitError) as error:
        unprotected.run("usa/acs-pums", [extract(tmp_path, factors)], tmp_path / "out")
    assert error.value.exit_code == 4
    told = "ADJINC holds a code that sample.year does not know; it knows 2010 (1007624), 2011 (1018237), 2013 (1007549)"
    assert told in str(error.value)
    assert not (tmp_path / "out" / "run.json").exists()


def test_without_the_factor_only_serial_numbers_of_2024_tell_the_year(tmp_path: Path) -> None:
    path = extract(tmp_path, {2023: 0, 2024: 0})
    path.write_text(path.read_text(encoding="utf-8").replace("ADJINC", "OTHER"), encoding="utf-8")
    with pytest.raises(FitError, match=r"SERIALNO \(the extract has no ADJINC\) holds a code"):
        unprotected.run("usa/acs-pums", [path], tmp_path / "out")


def test_the_file_of_2012_has_a_mapping_of_its_own_without_the_industries(tmp_path: Path) -> None:
    path = extract(tmp_path, {2012: 1010207})
    text = path.read_text(encoding="utf-8").replace("RELSHIPP", "RELP,INDP").replace(",20\n", ",0,170\n")
    path.write_text(text, encoding="utf-8")
    result = unprotected.run("usa/acs-pums-2012", [path], tmp_path / "out", by=("country_of_birth",))
    assert result.run["unmapped"] == []
    assert set(result.estimates["sample"]) == {"USA_2012"}
    assert "M49:014" in set(result.estimates["country_of_birth"].cast(str))
    assert "9.2.2" not in set(result.estimates["indicator"].cast(str))


@pytest.mark.parametrize(
    ("run_with", "factors", "told"),
    [
        ("usa/acs-pums", {2012: 1010207}, "usa/acs-pums-2012"),
        ("usa/acs-pums", {2020: 1053131, 2021: 1029928}, "usa/acs-pums-5-year"),
        ("usa/acs-pums", {2012: 1056030, 2016: 1007588}, "usa/acs-pums-5-year-2016"),
        ("usa/acs-pums-5-year", {2023: 1019518}, "usa/acs-pums"),
        ("usa/acs-pums-5-year", {2012: 1010207}, "usa/acs-pums-2012"),
    ],
)
def test_the_message_names_the_mapping_that_knows_the_code(
    tmp_path: Path, run_with: str, factors: dict[int, int], told: str
) -> None:
    result = CliRunner().invoke(main, ["run", run_with, str(extract(tmp_path, factors)), "-o", str(tmp_path / "out")])
    assert result.exit_code == 4
    assert f"{told} knows what ADJINC holds here" in result.output


def test_where_no_mapping_knows_the_code_none_is_named(tmp_path: Path) -> None:
    path = extract(tmp_path, {2025: 1000000})
    result = CliRunner().invoke(main, ["run", "usa/acs-pums", str(path), "-o", str(tmp_path / "out")])
    assert result.exit_code == 4
    assert "knows what" not in result.output
    assert "then add its code to sample.year" in result.output
