"""`--reliability n=30,df=8,...`: on run, tabulate and merge; each mistake says what to write."""

from __future__ import annotations

import json

import openpyxl
import polars as pl
import pytest
from click.testing import CliRunner

from harmonize.cli import main, reliability
from harmonize.estimate.reliability import Reliability
from tests.functional.example import CENSUS, MAPPING

EXAMPLE = "n=30,df=8,left-out=10,cv=30,width=20"
WRONG = {
    "": f"a threshold is missing. Write NAME=NUMBER joined by commas, as {EXAMPLE}.",
    "n=30,": f"a threshold is missing. Write NAME=NUMBER joined by commas, as {EXAMPLE}.",
    "persons=30": "persons=30: there is no threshold 'persons'; they are n, df, left-out, cv and width. Write those "
    f"that you change, as {EXAMPLE}.",
    "left_out=5": "left_out=5: there is no threshold 'left_out'; did you mean left-out? They are n, df, left-out, "
    f"cv and width. Write those that you change, as {EXAMPLE}.",
    "=30": "=30: of which threshold? Write one of n, df, left-out, cv and width before the =, as n=30.",
    "n": "n: the number is missing. Write n=30.",
    "df=8,cv=": "cv=: the number is missing. Write cv=30.",
    "cv=large": "cv=large: 'large' is not a number. Write digits alone, as cv=30.",
    "cv=nan": "cv=nan: 'nan' is not a number. Write digits alone, as cv=30.",
    "left-out=10%": "left-out=10%: it is in percent without the sign. Write left-out=10.",
    "width=-5": "width=-5: a threshold can't be negative. Write width=0 or more, as width=20.",
    "n=30.5": "n=30.5: n is a whole number. Write n=30.",
    "n=30,n=50": "n is given twice. Write it once, as n=30.",
}


@pytest.mark.parametrize("text", WRONG)
def test_each_mistake_is_told_with_what_to_write_instead(harmonize, tmp_path, text):
    result = harmonize("run", MAPPING, CENSUS, "-o", tmp_path / "out", "--reliability", text)
    assert (result.exit_code, result.stdout) == (2, "")
    assert result.stderr.splitlines()[-1] == f"Error: Invalid value for '--reliability': {WRONG[text]}"
    assert not (tmp_path / "out").exists()


def test_given_twice_all_that_both_say_counts(harmonize, tmp_path):
    twice = ("--reliability", "n=200", "--reliability", "left-out=2.5,cv=20")
    result = harmonize("run", MAPPING, CENSUS, "-o", tmp_path / "out", *twice, "--indicator", "7.1.1", "--quiet")
    assert result.exit_code == 0, result.stderr
    told = json.loads((tmp_path / "out" / "run.json").read_text(encoding="utf-8"))
    assert told["reliability"] == {"n": 200, "df": 8, "left_out": 2.5, "cv": 20.0, "width": 20.0}


def test_given_twice_with_the_same_threshold_it_is_refused(harmonize, tmp_path):
    twice = ("--reliability", "n=200", "--reliability", "cv=20,n=100")
    result = harmonize("run", MAPPING, CENSUS, "-o", tmp_path / "out", *twice)
    assert result.exit_code == 2
    assert "n is given twice. Write it once, as n=30." in result.stderr
    assert not (tmp_path / "out").exists()


def test_the_words_of_the_option_are_the_thresholds_of_the_program():
    usual = {name.replace("_", "-"): f"{value:g}" for name, value in Reliability().as_json().items()}
    assert usual == reliability.USUAL


@pytest.fixture(scope="module")
def made(tmp_path_factory):
    """The same thresholds on `run`, on `tabulate` and on `merge`."""
    folder = tmp_path_factory.mktemp("made")
    given = ["--reliability", "n=200, left-out=2.5", "--indicator", "7.1.1", "--indicator", "8.6.1", "--quiet"]
    shown = ["--reliability", "n=200, left-out=2.5", "--quiet", "--protect", "none"]
    given += ["--protect", "none"]
    for words in (
        ["run", MAPPING, CENSUS, "-o", folder / "run", *given, "--format", "csv,parquet,xlsx"],
        ["run", MAPPING, CENSUS, "-o", folder / "usual", *given[2:]],
        ["apply", MAPPING, CENSUS, "-o", folder / "h.parquet", "--quiet"],
        ["tabulate", folder / "h.parquet", "-o", folder / "tabulate", *given],
        ["tabulate", folder / "h.parquet", "-o", folder / "part", "--partial", *given[2:-2]],
        ["merge", folder / "part" / "state.zip", "-o", folder / "merge", *shown],
    ):
        result = CliRunner().invoke(main, [str(word) for word in words])
        assert result.exit_code == 0, result.stderr
    return folder


def test_run_tabulate_and_merge_flag_the_same_numbers_and_more_than_usual(made):
    asked = [(made / name / "estimates.csv").read_bytes() for name in ("run", "tabulate", "merge")]
    assert asked[0] == asked[1] == asked[2]
    found, usual = (pl.read_parquet(made / name / "estimates.parquet") for name in ("run", "usual"))
    assert (found["obs_status"] == "U").sum() > (usual["obs_status"] == "U").sum() > 0
    levels = found.filter(pl.col("statistic") == "level", pl.col("obs_status") == "A")
    assert levels.height > 0
    assert (levels["n"] >= 200).all()
    assert (levels["left_out_share"] <= 0.025).all()


@pytest.mark.parametrize("name", ["run", "tabulate", "merge"])
def test_run_json_tells_the_thresholds(made, name):
    told = json.loads((made / name / "run.json").read_text(encoding="utf-8"))
    assert told["reliability"] == {"n": 200, "df": 8, "left_out": 2.5, "cv": 30.0, "width": 20.0}


def test_the_workbook_tells_the_thresholds_in_words_on_every_sheet_with_marks(made):
    book = openpyxl.load_workbook(made / "run" / "estimates.xlsx")
    for sheet in ("Contents", "7.1.1", "8.6.1"):
        words = [str(row[0]) for row in book[sheet].iter_rows(values_only=True)]
        (line,) = [each for each in words if each.startswith("* (u), in grey: unreliable.")]
        assert "Fewer than 200 persons or 8 degrees of freedom" in line
        assert "more than 2.5 % of the persons left out" in line
        assert "more than 30 % of the number" in line
        assert "wider than 20 points" in line


def test_what_the_thresholds_flag_is_grey_and_marked_in_the_workbook(made):
    book = openpyxl.load_workbook(made / "run" / "estimates.xlsx")
    frame = pl.read_parquet(made / "run" / "estimates.parquet")
    sheet = book["7.1.1"]
    lines = [row for row in sheet.iter_rows() if row[0].value == "Total"]
    totals = frame.filter(indicator="7.1.1", disaggregation="total")
    assert len(lines) == totals.height == 2
    marked = {round(row[1].value, 9): row[1] for row in lines}
    for row in totals.iter_rows(named=True):
        cell = marked[round(row["estimate"], 9)]
        assert ("* (u)" in cell.number_format) == (row["obs_status"] == "U")
        assert (cell.font.color is not None and cell.font.color.rgb == "FF6B6B6B") == (row["obs_status"] == "U")
    of_migrants = frame.filter(indicator="7.1.1", disaggregation="migratory_status", migratory_status="migrant")
    assert set(of_migrants.filter(statistic="level")["obs_status"]) == {"U"}
    numbers = {round(value, 9) for value in of_migrants.filter(statistic="level")["estimate"]}
    grey = {
        round(cell.value, 9)
        for row in lines
        for cell in row
        if isinstance(cell.value, float) and cell.font.color is not None and cell.font.color.rgb == "FF6B6B6B"
    }
    assert numbers <= grey


def test_a_part_has_no_estimates_to_flag(harmonize, tmp_path):
    applied = harmonize("apply", MAPPING, CENSUS, "-o", tmp_path / "h.parquet", "--quiet")
    assert applied.exit_code == 0
    words = ["tabulate", tmp_path / "h.parquet", "-o", tmp_path / "p", "--partial", "--reliability", "n=50"]
    result = harmonize(*words)
    assert result.exit_code == 2
    assert "--reliability goes with estimates, which --partial does not make" in result.stderr
