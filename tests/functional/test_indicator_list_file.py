"""--indicator-list: a user's own list of indicators, for `run`, `tabulate` and `indicators`."""

from __future__ import annotations

import json

import pytest

from harmonize.errors import UsageError
from harmonize.indicators.listed import nearest_number
from tests import unprotected
from tests.functional.example import CENSUS, MAPPING

LIST = "\ufeff# our list\r\n8.6.1   # NEET\r\n\r\n5.B.1\r\n8.6.1\r\n"


@pytest.fixture
def listed(tmp_path):
    """`listed(text)` is the path of a list with that text."""

    def write(text):
        path = tmp_path / "list.txt"
        path.write_bytes(text.encode("utf-8"))
        return path

    return write


def numbers_of(folder):
    record = json.loads((folder / "run.json").read_text(encoding="utf-8"))
    return {entry["number"] for entry in record["availability"]}


def test_run_measures_the_indicators_of_the_list_beside_those_that_are_named(harmonize, listed, tmp_path):
    out = tmp_path / "out"
    result = harmonize("run", MAPPING, CENSUS, "-o", out, "--indicator-list", listed(LIST), "--indicator", "3.2.1")
    assert result.exit_code == 0, result.output
    assert numbers_of(out) == {"3.2.1", "5.b.1", "8.6.1"}
    assert " 5.b.1 has no rows: " in result.stderr


def test_tabulate_takes_the_list_too(harmonize, listed, tmp_path):
    harmonised, out = tmp_path / "h.parquet", tmp_path / "out"
    assert harmonize("apply", MAPPING, CENSUS, "-o", harmonised, "-q").exit_code == 0
    assert harmonize("tabulate", harmonised, "-o", out, "-q", "--indicator-list", listed(LIST)).exit_code == 0
    assert numbers_of(out) == {"5.b.1", "8.6.1"}


def test_indicators_shows_those_of_the_list_alone(harmonize, listed):
    path = listed(LIST)
    lines = harmonize("indicators", "--indicator-list", path).output.splitlines()
    assert [line.split()[0] for line in lines if line[:1].isdigit()] == ["5.b.1", "8.6.1", "2"]
    lines = harmonize("indicators", "--indicator-list", path, "--mapping", MAPPING).output.splitlines()
    assert [line.split()[0] for line in lines if line[:1].isdigit()] == ["5.b.1", "8.6.1"]


def test_every_wrong_line_is_named_with_the_nearest_number_before_anything_runs(harmonize, listed, tmp_path):
    path = listed("8.6.1\n8.6.2\n# 9.9.9\n9.2.2 Manufacturing\n")
    out = tmp_path / "out"
    result = harmonize("run", MAPPING, CENSUS, "-o", out, "--indicator-list", path)
    assert (result.exit_code, result.stdout) == (2, "")
    assert result.stderr == (
        f"{path}:2: harmonize does not measure 8.6.2, did you mean 8.6.1?\n"
        f"{path}:4: '9.2.2 Manufacturing' is more than a number: write 9.2.2, and what follows after #\n"
        "  `harmonize indicators` lists what it does; # before a line skips it\n"
    )
    assert not out.exists()


@pytest.mark.parametrize(
    ("typed", "words"),
    [
        ("10.7.1", "harmonize does not measure 10.7.1"),  # of the global list, and no other of its target here
        ("1.2.2", "harmonize does not measure 1.2.2, did you mean 1.2.1?"),
        ("861", "harmonize does not measure '861', did you mean 8.6.1?"),
        ("youth", "harmonize does not measure 'youth'"),
        ("neet", "'neet' is a series of 8.6.1: write 8.6.1"),
    ],
)
def test_what_is_not_measured_is_told_alike_by_both_options(harmonize, listed, tmp_path, typed, words):
    path, out = listed(f"{typed}\n"), tmp_path / "out"
    named = harmonize("run", MAPPING, CENSUS, "-o", out, "--indicator", typed)
    in_list = harmonize("run", MAPPING, CENSUS, "-o", out, "--indicator-list", path)
    advice = "`harmonize indicators` lists what it does"
    assert (named.exit_code, named.stderr) == (2, f"--indicator: {words}\n  {advice}\n")
    assert (in_list.exit_code, in_list.stderr) == (2, f"{path}:1: {words}\n  {advice}; # before a line skips it\n")
    assert not out.exists()


@pytest.mark.parametrize("typed", ["8.6.1,8.5.2", "8.6.1, 8.5.2", "8.6.1 8.5.2"])
def test_several_numbers_in_one_are_told_to_be_given_one_by_one(harmonize, listed, tmp_path, typed):
    named = harmonize("run", MAPPING, CENSUS, "-o", tmp_path / "out", "--indicator", typed)
    assert (named.exit_code, named.stderr) == (
        2, "--indicator takes one number, not 2\n  repeat the option: --indicator 8.6.1 --indicator 8.5.2\n",
    )  # fmt: skip
    in_list = harmonize("indicators", "--indicator-list", listed(typed))
    assert in_list.exit_code == 2
    assert f":1: '{typed}' is 2 numbers: write one a line\n" in in_list.stderr


@pytest.mark.parametrize("number", ["16.b.1", "16.B.1"])
def test_the_second_number_of_an_indicator_is_taken_for_the_first_and_told(harmonize, listed, tmp_path, number):
    """The global list has 10.3.1 a second time as 16.b.1."""
    for out, asked in (("named", ["--indicator", number]), ("listed", ["--indicator-list", listed(f"{number}\n")])):
        result = harmonize("run", MAPPING, CENSUS, "-o", tmp_path / out, *asked)
        assert result.exit_code == 0, result.output
        assert numbers_of(tmp_path / out) == {"10.3.1"}
        assert " 10.3.1 (also 16.b.1) has no rows: " in result.stderr
    shown = harmonize("indicators", "--indicator-list", listed(f"{number}\n10.3.1\n")).output
    assert [line.split()[0] for line in shown.splitlines() if line[:1].isdigit()] == ["10.3.1", "1"]
    assert "(also 16.b.1)" in " ".join(shown.split())


@pytest.mark.parametrize("text", ["", "# nothing yet\n\n"])
def test_a_list_of_nothing_is_not_a_list_of_all(harmonize, listed, text):
    result = harmonize("indicators", "--indicator-list", listed(text))
    assert (result.exit_code, result.stdout) == (2, "")
    assert "names no indicator" in result.stderr


def test_a_list_that_is_not_there_or_is_no_text_ends_with_2(harmonize, tmp_path):
    for path in (tmp_path / "none.txt", tmp_path, CENSUS):
        result = harmonize("indicators", "--indicator-list", path)
        assert (result.exit_code, result.stdout) == (2, "")
        assert result.stderr.startswith(f"{path}: ")


@pytest.mark.parametrize(
    ("word", "nearest"),
    [("8.6.2", "8.6.1"), ("8.6.1.1", "8.6.1"), ("5.b.2", "5.b.1"), ("861", "8.6.1"), ("10.7.1", ""), ("8.60.1", "")],
)
def test_the_nearest_number_is_of_the_same_target(word, nearest):
    assert nearest_number(word) == nearest


def test_a_program_may_call_an_indicator_by_its_other_number_too(tmp_path):
    made = unprotected.run(MAPPING, [CENSUS], tmp_path / "out", indicators=["16.b.1"])
    assert set(made.methods["indicator"]) == {"10.3.1"}
    with pytest.raises(UsageError, match=r"does not measure 10\.7\.1"):
        unprotected.run(MAPPING, [CENSUS], tmp_path / "out", indicators=["10.7.1"])
