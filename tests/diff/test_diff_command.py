"""`harmonize diff` and `harmonize crosswalk` at the command line."""

from __future__ import annotations

import json
import re
from pathlib import Path

import polars as pl
from click.testing import CliRunner
from openpyxl import load_workbook

from harmonize import pipeline
from harmonize.cli import main
from harmonize.mapping import load_mapping, shipped_mappings
from harmonize.rules.translation import translation
from tests.functional.example import CENSUS, MAPPING


def edited(tmp_path: Path, before: str, after: str) -> str:
    """The path of the example's mapping with one text changed."""
    text = shipped_mappings()[MAPPING].read_text(encoding="utf-8")
    assert before in text
    path = tmp_path / "new.yaml"
    path.write_text(text.replace(before, after), encoding="utf-8")
    return str(path)


def test_exit_code_1_tells_that_something_breaks(tmp_path):
    same = CliRunner().invoke(main, ["diff", MAPPING, MAPPING])
    assert (same.exit_code, same.stdout) == (0, "")
    new = edited(tmp_path, "citizen: 1..3, foreign_citizen: 4", "citizen: [1, 2], foreign_citizen: [3, 4]")
    found = CliRunner().invoke(main, ["diff", MAPPING, new])
    assert found.exit_code == 1
    assert found.stdout == "citizenship_status\n  ! CITIZEN 3: citizen -> foreign_citizen\n"
    assert found.stderr == "1 change, 1 breaking\n"
    table = CliRunner().invoke(main, ["diff", MAPPING, new, "--output-format", "markdown"]).stdout
    assert "| breaking | `citizenship_status` | CITIZEN 3: citizen → foreign_citizen |" in table


def test_with_data_it_says_what_the_change_does_to_the_numbers(tmp_path):
    new = edited(tmp_path, "citizen: 1..3, foreign_citizen: 4", "citizen: [1, 2], foreign_citizen: [3, 4]")
    asked = ["diff", MAPPING, new, "--data", str(CENSUS), "--indicator", "8.6.1", "--indicator", "7.1.1"]
    found = json.loads(CliRunner().invoke(main, [*asked, "--output-format", "json"]).stdout)
    counted = {}
    for mapping in (MAPPING, new):
        made = pipeline.run(mapping, [CENSUS], tmp_path / "out", indicators=["7.1.1", "8.6.1"]).estimates
        of = (pl.col("disaggregation") == "citizenship_status") & (pl.col("citizenship_status") == "citizen")
        levels = made.filter(of & (pl.col("statistic") == "level") & (pl.col("definition") == "default"))
        counted[mapping] = {(row["sample"], row["series"]): row for row in levels.to_dicts()}
    told = {(row["series"], row["group"]): row for row in found["numbers"]}
    for (sample, series), before in counted[MAPPING].items():
        after, row = counted[new][sample, series], told[f"{series} {sample}", "citizenship_status citizen"]
        assert row["before"] == f"{before['estimate']:.1f}"
        assert row["after"] == f"{after['estimate']:.1f}"
        assert row["persons"] == (f"{after['n'] - before['n']}" if before["n"] - after["n"] >= 10 else "-<10")


def test_mappings_of_the_same_meaning_differ_in_no_number(tmp_path):
    new = edited(tmp_path, "stateless: 5", "stateless: [5]")
    found = CliRunner().invoke(main, ["diff", MAPPING, new, "--data", str(CENSUS), "--indicator", "7.1.1"])
    assert (found.exit_code, found.stdout.strip()) == (0, "No number differs.")
    assert re.fullmatch(r"0 changes, 0 breaking; 0 numbers differ, \d+ are suppressed with both\n", found.stderr)


def test_a_crosswalk_shows_every_code_that_a_mapping_gives(tmp_path):
    path = tmp_path / "status.csv"
    assert CliRunner().invoke(main, ["crosswalk", "citizenship_status", "-o", str(path)]).exit_code == 0
    rows = pl.read_csv(path, infer_schema=False)
    for name in shipped_mappings():
        rule = load_mapping(name).variables.get("citizenship_status")
        written = rows.filter(pl.col("mapping") == name).select("value", "code").rows()
        given = [] if rule is None else [(line.value, line.code) for line in translation(rule.rule)]
        assert [(value, code or "") for value, code in written] == given


def test_a_crosswalk_names_the_mappings_that_give_a_value_the_same_codes():
    shown = CliRunner().invoke(
        main, ["crosswalk", "citizenship_status", "ipums/cps", "ipums/cps-basic", "usa/acs-pums"]
    )
    assert "    CITIZEN 1..4                              ipums/cps, ipums/cps-basic\n" in shown.stdout
    assert "    CIT 1..4                                  usa/acs-pums\n" in shown.stdout


def test_a_crosswalk_in_a_workbook_has_a_column_a_mapping(tmp_path):
    path = tmp_path / "sex.xlsx"
    CliRunner().invoke(main, ["crosswalk", "sex", "ipums/cps", "usa/acs-pums", "-o", str(path)])
    wide = list(load_workbook(path)["crosswalk"].iter_rows(values_only=True))
    assert wide == [
        ("sex", "ipums/cps", "usa/acs-pums"), ("male", "SEX 1", "SEX 1"), ("female", "SEX 2", "SEX 2"),
        ("not_applicable", "SEX 9", None),
    ]  # fmt: skip


def test_an_unknown_variable_or_ending_is_refused():
    unknown = CliRunner().invoke(main, ["crosswalk", "citizenship"])
    assert unknown.exit_code == 2
    assert "citizenship_status" in unknown.stderr
    assert CliRunner().invoke(main, ["crosswalk", "sex", "-o", "sex.txt"]).exit_code == 2


def test_what_a_mapping_does_not_measure_is_not_called_suppressed(tmp_path):
    rule = re.search(r"  electricity:\n(    .*\n)+", shipped_mappings()[MAPPING].read_text(encoding="utf-8"))
    new = edited(tmp_path, rule[0], '  electricity: {unavailable: "Not asked"}\n')
    asked = ["diff", MAPPING, new, "--data", str(CENSUS), "--indicator", "7.1.1", "--output-format", "json"]
    numbers = json.loads(CliRunner().invoke(main, asked).stdout)["numbers"]
    assert numbers
    assert {row["after"] for row in numbers} == {"not measured"}


def test_a_crosswalk_that_can_not_be_written_says_why(tmp_path):
    for name in ("no/x.csv", "no/x.xlsx"):
        result = CliRunner().invoke(main, ["crosswalk", "sex", "ipums/cps", "-o", str(tmp_path / name)])
        assert result.exit_code == 5
        assert f"there is no folder {tmp_path / 'no'}" in result.stderr


def test_a_crosswalk_with_the_mapping_first_says_which_comes_first():
    result = CliRunner().invoke(main, ["crosswalk", "ipums/cps", "sex"])
    assert result.exit_code == 2
    assert "The variable comes first" in result.stderr
