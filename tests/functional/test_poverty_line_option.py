"""`--poverty-line N=AMOUNT/PERIOD`: each mistake has its own words, which say what to write instead."""

from __future__ import annotations

import dataclasses

import pytest

from harmonize.cli.poverty_lines import OF_A_LINE
from harmonize.indicators import INDICATORS
from harmonize.options import Options
from tests.functional.example import CENSUS, MAPPING

OPTIONS = {"definitions": True, "standardise": ("age*sex",), "lines": (("1.1.1", 3.0),), "own_parities": True}
WRONG = {
    "3.00/day": "3.00/day: of which indicator? Write the number before a =, as 1.1.1=3.00/day.",
    "8.6.1=3.00/day": "8.6.1=3.00/day: 8.6.1 takes no poverty line; 1.1.1 and 1.2.1 do. "
    "Write 1.1.1=3.00/day or 1.2.1=3.00/day.",
    "1.1.1=3.00": "1.1.1=3.00: the amount is of no period. Write 1.1.1=3.00/day, or /month or /year.",
    "1.2.1=950/months": "1.2.1=950/months: 'months' is not a period; the periods are day, month or year. "
    "Write 1.2.1=950/month.",
    "1.2.1=950/week": "1.2.1=950/week: 'week' is not a period; the periods are day, month or year. "
    "Write 1.2.1=950/day.",
    "1.2.1=11,400/year": "1.2.1=11,400/year: an amount is written without a comma, and with a point before decimals. "
    "Did you mean 1.2.1=11400/year?",
    "1.2.1=11,400.50/year": "1.2.1=11,400.50/year: an amount is written without a comma, and with a point before "
    "decimals. Did you mean 1.2.1=11400.50/year?",
    "1.1.1=3,5/day": "1.1.1=3,5/day: an amount is written without a comma, and with a point before decimals. "
    "Did you mean 1.1.1=3.5/day?",
    "1.1.1=$3/day": "1.1.1=$3/day: '$3' is not a number. Write digits alone, as 1.1.1=3.00/day.",
    "1.1.1=nan/day": "1.1.1=nan/day: 'nan' is not a number. Write digits alone, as 1.1.1=3.00/day.",
    "1.2.1=1_000/month": "1.2.1=1_000/month: '1_000' is not a number. Write digits alone, as 1.2.1=950/month.",
    "1.2.1=９５０/month": "1.2.1=９５０/month: '９５０' is not a number. Write digits alone, as 1.2.1=950/month.",
    "1.2.1=lots/year": "1.2.1=lots/year: 'lots' is not a number. Write digits alone, as 1.2.1=950/month.",
    "1.2.1=950/": "1.2.1=950/: a period is missing after the /. Write 1.2.1=950/month, or /day or /year.",
    "1.2.1=": "1.2.1=: the amount is missing. Write 1.2.1=950/month.",
    "1.1.1=/day": "1.1.1=/day: the amount is missing. Write 1.1.1=3.00/day.",
    "": "nothing is given. Write N=AMOUNT/PERIOD, as 1.1.1=3.00/day or 1.2.1=950/month.",
    "1.2.1=-5/month": "1.2.1=-5/month: a poverty line must be above 0. Write it as 1.2.1=950/month.",
    "1.1.1=0/day": "1.1.1=0/day: a poverty line must be above 0. Write it as 1.1.1=3.00/day.",
}


def refused(harmonize, tmp_path, *texts):
    lines = [word for text in texts for word in ("--poverty-line", text)]
    result = harmonize("run", MAPPING, CENSUS, "-o", tmp_path / "out", *lines)
    assert (result.exit_code, result.stdout) == (2, "")
    assert not (tmp_path / "out").exists()
    return result.stderr.splitlines()[-1]


@pytest.mark.parametrize("text", WRONG)
def test_each_mistake_is_told_with_what_to_write_instead(harmonize, tmp_path, text):
    assert refused(harmonize, tmp_path, text) == f"Error: Invalid value for '--poverty-line': {WRONG[text]}"


def test_an_indicator_has_one_line(harmonize, tmp_path):
    message = refused(harmonize, tmp_path, "1.2.1=950/month", "1.2.1=20/day")
    assert message.endswith("1.2.1 has two lines, 1.2.1=950/month and 1.2.1=20/day: give one, or make two runs.")


def test_those_that_take_a_line_are_those_of_the_registry():
    assert set(OF_A_LINE) == {number for number, one in INDICATORS.items() if any(by_line(s) for s in one.series)}


def by_line(series):
    return series.by_line is not None or (series.otherwise is not None and by_line(series.otherwise))


@pytest.mark.parametrize("line", ["3/day", "2.15/day", "950/month", "11400.5/year", "0.1/month"])
def test_a_line_is_told_as_it_was_typed(line):
    from harmonize.cli.poverty_lines import _line

    assert Options(lines=(_line(f"1.2.1={line}"),)).as_typed()["--poverty-line"] == [f"--poverty-line 1.2.1={line}"]


def test_every_option_has_its_words_on_the_command_line():
    """Parts of different options are told apart by them."""
    assert set(OPTIONS) == {field.name for field in dataclasses.fields(Options)}
    plain = Options().as_typed()
    assert not any(plain.values())
    for name, value in OPTIONS.items():
        assert Options(**{name: value}).as_typed() != plain
