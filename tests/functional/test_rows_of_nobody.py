"""A group of whom nobody answered: its row is there, with n = 0 and no number, and no table leaves it blank."""

from __future__ import annotations

import openpyxl
import polars as pl
import pytest

from tests.functional.example import MAPPING

GROUP = pl.col("migratory_status") == "migrant", pl.col("sex") == "female"


@pytest.fixture
def nobody_answered(harmonize, census, tmp_path):
    """`nobody_answered("round:5")`: 4.6.1 where it is of no foreign-born woman known whether she reads."""

    def unanswered(rows):
        return [row | {"LIT": "9"} if (row["NATIVITY"], row["SEX"]) == ("2", "2") else row for row in rows]

    def call(method):
        out = tmp_path / "out"
        words = ("--protect", method, "--indicator", "4.6.1", "--format", "csv,xlsx", "--quiet")
        assert harmonize("run", MAPPING, census(unanswered), "-o", out, *words).exit_code == 0
        table = pl.read_csv(out / "estimates.csv", infer_schema_length=None).filter(country="CRI")
        table = table.filter(series="literacy_15_plus", disaggregation="migratory_status*sex")
        return table, openpyxl.load_workbook(out / "estimates.xlsx")["4.6.1"]

    return call


def female(sheet):
    """The cells of migrants in the first line of women: estimate, standard error, interval, n."""
    first = next(cell.column for cell in sheet[2] if cell.value == "Migrants")
    line = next(row for row in sheet.iter_rows(values_only=True) if row[0] == "Female")
    return line[first - 1 : first + 4]


def test_beside_suppression_it_is_shown_with_n_0_and_says_that_all_are_left_out(nobody_answered):
    table, sheet = nobody_answered("suppress")
    (row,) = table.filter(*GROUP).to_dicts()
    assert (row["estimate"], row["n"], row["left_out_share"]) == (None, 0, 1.0)
    assert (row["obs_status"], row["conf_status"]) == ("M", "F")
    assert not table.filter(pl.col("statistic") == "difference", pl.col("sex") == "female").height
    assert female(sheet) == ("-", "-", "-", "-", 0)
    notes = " ".join(str(row[0]) for row in sheet.iter_rows(values_only=True))
    assert "-  nobody in the group, or nobody of whom enough is known (n is 0); or a number that can't" in notes


def test_beside_rounding_it_is_shown_too_and_the_notes_say_that_0_may_be_a_few(nobody_answered):
    table, sheet = nobody_answered("round:5")
    (row,) = table.filter(*GROUP).to_dicts()
    assert (row["estimate"], row["n"], row["left_out_share"], row["obs_status"]) == (None, 0, None, "M")
    assert female(sheet) == ("-", "-", "-", "-", 0)
    notes = " ".join(str(row[0]) for row in sheet.iter_rows(values_only=True))
    assert "(n is 0), or so few that rounding leaves none; or a number that can't be computed" in notes
