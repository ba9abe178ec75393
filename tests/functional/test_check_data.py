"""`check --data` never tells how many few persons are, and never repeats what may be a person's own value."""

from __future__ import annotations

import json
from pathlib import Path

import polars as pl
import pytest
from click.testing import CliRunner

from harmonize.cli import main

MAPPING = """\
mapping: made/data
version: 1.0.0
title: A made census
source: {{producer: P, citation: C, documentation: D, checked_on: "2026-01-01"}}
sample: {{country: MEX, year: 2020}}
design: {{full_count: true}}
{expect}variables:
  sex: {{from: {column}, codes: {{male: 1, female: 2}}}}
  citizenship_status: {{from: CIT, codes: {{citizen: 1, foreign_citizen: 2, stateless: 3}}}}
"""


EXPECT = "expect: [{persons: 300, of: {citizenship_status: stateless}, seen_in: T}]\n"


@pytest.fixture
def checked(tmp_path: Path):
    """`checked(column, expect, more)` runs check on 200 persons of whom 7 are stateless."""

    def run(column: str = "SEX", expect: str = "", *more: str):
        rows = {"SEX": [1, 2] * 100, "CIT": [1] * 150 + [2] * 43 + [3] * 7, "NAME": [f"Person{i}" for i in range(200)]}
        pl.DataFrame(rows).write_csv(tmp_path / "p.csv")
        (tmp_path / "m.yaml").write_text(MAPPING.format(column=column, expect=expect))
        words = ["check", str(tmp_path / "m.yaml"), "--data", str(tmp_path / "p.csv"), "--ignore", "C001", *more]
        return CliRunner().invoke(main, words)

    return run


def test_a_total_of_few_persons_is_not_told(checked):
    told = checked("SEX", EXPECT, "--output-format", "concise")
    assert told.exit_code == 1
    assert "of whom the data have fewer than 10, where 300 are published" in told.stdout
    assert "7" not in told.stdout.split("D005")[1].split("published in")[0]


@pytest.mark.parametrize("command", ["check", "explain", "run"])
def test_values_of_persons_in_a_wrong_column_are_counted_and_not_repeated(checked, tmp_path, command):
    done = checked("NAME")
    if command != "check":
        more = {
            "explain": ["explain", "sex", "--mapping", str(tmp_path / "m.yaml"), "--data", str(tmp_path / "p.csv")],
            "run": ["run", str(tmp_path / "m.yaml"), str(tmp_path / "p.csv"), "-o", str(tmp_path / "out")],
        }[command]
        done = CliRunner().invoke(main, more)
    assert "(200 values of few persons each)" in done.output
    assert "Person1" not in done.output


def test_what_is_wrong_with_the_file_is_told_even_where_the_data_do_not_fit(checked):
    done = checked("LOST", "", "--output-format", "json", "--select", "D")
    assert done.exit_code == 4
    assert json.loads(done.stdout) == []
    assert "no column LOST" in done.stderr


def test_a_long_list_of_codes_that_nobody_has_is_told_once(tmp_path):
    codes = "\n".join(
        f"      {place}: {number}" for number, place in enumerate(("KEN", "UGA", "TZA", "ETH", "SOM", "SSD"))
    )
    text = MAPPING.format(column="SEX", expect="") + f"  country_of_birth:\n    from: BPL\n    codes:\n{codes}\n"
    (tmp_path / "m.yaml").write_text(text + "      RWA: 6\n")
    pl.DataFrame({"SEX": [1, 2], "CIT": [1, 1], "BPL": [6, 6]}).write_csv(tmp_path / "p.csv")
    words = ["check", str(tmp_path / "m.yaml"), "--data", str(tmp_path / "p.csv"), "--select", "D002"]
    told = CliRunner().invoke(main, [*words, "--output-format", "concise"]).stdout
    assert "m.yaml:10:3 D002 info: country_of_birth: no person has BPL 0, 1, 2, 3, 4 and 1 more\n" in told
    assert told.count("country_of_birth") == 1


def test_what_two_files_have_is_told_once_with_the_place_of_the_other(tmp_path):
    for name in ("a.yaml", "b.yaml"):
        (tmp_path / name).write_text(MAPPING.format(column="SEX", expect=""))
    told = CliRunner().invoke(main, ["check", str(tmp_path)]).stdout
    assert f"the same 1 more time: {tmp_path / 'b.yaml'}:1" in told
