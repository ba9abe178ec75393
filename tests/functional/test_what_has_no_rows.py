"""What was asked for and can't be had is said: in the summary, and in methods.csv."""

from __future__ import annotations

import csv
import re

import polars as pl
import pytest

from harmonize import __version__, run_record
from harmonize.cli.summary import no_rows_lines
from tests.functional.example import CENSUS, MAPPING


@pytest.fixture
def ran(harmonize, tmp_path):
    """`ran(*options)` is stderr without its line breaks, and the rows of methods.csv."""

    def call(*options):
        result = harmonize("run", MAPPING, CENSUS, "-o", tmp_path / "out", *options)
        assert result.exit_code == 0, result.output
        with (tmp_path / "out" / "methods.csv").open(encoding="utf-8", newline="") as file:
            return " ".join(result.stderr.split()), list(csv.DictReader(file))

    return call


def test_an_indicator_that_the_extract_does_not_have_is_said_in_a_line_and_the_other_is_not(ran):
    said, _ = ran("--indicator", "3.2.1", "--indicator", "8.6.1")
    assert "3.2.1 has no rows: the sample lacks a variable" in said
    assert "8.6.1 has no rows" not in said


def test_without_asking_for_one_no_indicator_has_a_line_of_its_own(ran):
    said, _ = ran()
    assert "has no rows" not in said
    beside = r"\(4\.5\.1 by comparisons alone, in estimates\.csv\)"
    assert re.search(rf" \d+ indicators measured {beside}, \d+ not with this extract ", said)


def test_the_lines_gather_what_is_lacking_and_name_the_samples_if_not_all():
    methods = pl.DataFrame(
        [
            ("A_2000", "1.4.1", "unavailable", "the sample lacks a variable: water_source"),
            ("A_2000", "1.4.1", "unavailable", "the sample lacks a variable: sanitation"),
            ("A_2000", "7.1.1", "unavailable", "the sample lacks a variable: electricity"),
            ("B_2001", "1.4.1", "unavailable", "the sample lacks a variable: sanitation"),
            ("B_2001", "1.4.1", "exact", ""),
            ("B_2001", "7.1.1", "unavailable", "the sample lacks a variable: electricity"),
        ],
        schema=["sample", "indicator", "measurement", "reasons"],
        orient="row",
    )
    assert no_rows_lines(methods, ["1.4.1", "7.1.1", "7.1.1"]) == [
        " 1.4.1 has no rows for A_2000: the sample lacks a variable: water_source, sanitation",
        " 7.1.1 has no rows: the sample lacks a variable: electricity",
    ]


def test_a_row_without_numbers_says_why_and_nothing_else(ran):
    _, rows = ran()
    without = [row for row in rows if row["measurement"] == "unavailable"]
    assert without
    for row in without:
        assert row["reasons"]
        held = {name for name, value in row.items() if value}
        assert held == {
            "country", "year", "sample", "indicator", "series", "adjustment", "title", "measurement", "reasons",
            "status_of",
        }  # fmt: skip


def test_a_note_is_the_indicators_own(ran):
    _, rows = ran()
    notes = {row["indicator"]: row["notes"] for row in rows if row["measurement"] != "unavailable"}
    assert len(set(notes.values())) == len(notes)
    assert "urban residence" in notes["7.1.1"]


def test_the_record_knows_the_version_where_the_tool_is_not_installed(monkeypatch):
    def unknown(name):
        raise run_record.PackageNotFoundError(name)

    monkeypatch.setattr(run_record, "version", unknown)
    assert run_record.versions()["harmonize"] == __version__
