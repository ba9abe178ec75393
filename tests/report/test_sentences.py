"""What a sentence says of a difference is what its interval allows, and no more."""

from __future__ import annotations

import pytest

from harmonize.report.sentences import of_total
from harmonize.report.verdict import Verdict, verdict
from harmonize.words import words_in
from harmonize.writers.workbook.blocks import Line

WORDS = words_in("en")


def row(estimate, lower, upper, unit="percent", statistic="level", flag="A", hidden="F"):
    return {
        "estimate": estimate, "ci_lower": lower, "ci_upper": upper, "unit": unit, "statistic": statistic,
        "obs_status": flag, "conf_status": hidden,
    }  # fmt: skip


def line(difference, migrants=None, others=None):
    rows = {
        "migrant": migrants or row(30.0, 25.0, 35.0),
        "non_migrant": others or row(20.0, 18.0, 22.0),
        "difference": difference,
    }
    return Line("Total", rows)


def difference(estimate, lower, upper, **more):
    return row(estimate, lower, upper, "percentage_points", "difference", **more)


@pytest.mark.parametrize(
    ("found", "what", "said"),
    [
        (
            difference(10.0, 4.5, 15.5), Verdict.ABOVE,
            "Migrants 30.0 %, non-migrants 20.0 %. Migrants are 10.0 percentage points above non-migrants "
            "(95 % interval 4.5 to 15.5).",
        ),
        (
            difference(-10.0, -15.5, -4.5), Verdict.BELOW,
            "Migrants 30.0 %, non-migrants 20.0 %. Migrants are 10.0 percentage points below non-migrants "
            "(95 % interval 4.5 to 15.5).",
        ),
        (
            difference(-1.0, -1.96, -0.04), Verdict.BELOW,
            "Migrants 30.0 %, non-migrants 20.0 %. Migrants are 1.0 percentage points below non-migrants "
            "(95 % interval 0.04 to 2.0).",
        ),
        (
            difference(10.0, -0.1, 20.1), Verdict.NONE,
            "Migrants 30.0 %, non-migrants 20.0 %. No difference could be shown: 10.0 percentage points "
            "(95 % interval −0.1 to 20.1).",
        ),
        (
            difference(10.0, 4.5, 15.5, flag="U"), Verdict.UNRELIABLE,
            "Migrants 30.0 %, non-migrants 20.0 %. The difference is unreliable (u): too little is behind one of the "
            "numbers to draw on it.",
        ),
        (
            difference(10.0, None, None), Verdict.ABOVE,
            "Migrants 30.0 %, non-migrants 20.0 %. In this full count migrants are 10.0 percentage points above "
            "non-migrants.",
        ),
        (
            difference(None, None, None, hidden="D"), Verdict.HIDDEN,
            "Migrants and non-migrants can't be compared here: a number is not given, to protect persons.",
        ),
        (
            difference(None, None, None), Verdict.MISSING,
            "Migrants and non-migrants can't be compared here: one of the numbers is not there.",
        ),
    ],
)  # fmt: skip
def test_a_difference_is_told_by_its_interval(found, what, said):
    assert verdict(line(found)) is what
    assert of_total(WORDS, line(found), "percent", 95.0) == said


def test_a_difference_of_money_has_its_currency():
    one = line(
        row(-2.61, -4.3, -0.92, "currency", "difference"),
        row(13.73, 11.76, 15.0, "currency"), row(16.34, 15.69, 17.65, "currency"),
    )  # fmt: skip
    said = of_total(WORDS, one, "USD", 95)
    assert said.endswith("Migrants are 2.61 USD below non-migrants (95 % interval 0.92 to 4.30).")


def test_where_nobodys_status_is_known_everybody_is_told():
    alone = Line("Total", {"everybody": row(50.2, None, None)})
    assert of_total(WORDS, alone, "percent", 95.0) == "Everybody 50.2 %. Who is a migrant is not known here."


def test_an_interval_that_touches_0_shows_no_difference():
    assert verdict(line(difference(5.0, 0.0, 10.0))) is Verdict.NONE


def test_a_difference_of_an_unreliable_number_is_unreliable():
    assert verdict(line(difference(10.0, 4.5, 15.5), row(30.0, 0.5, 90.0, flag="U"))) is Verdict.UNRELIABLE


@pytest.mark.parametrize(
    ("found", "what", "said"),
    [
        (row(0.5, 0.3, 0.8, "ratio", "parity"), Verdict.BELOW,
         "Migrants have less: the parity is 0.50, below 1 (95 % interval 0.30 to 0.80)."),
        (row(0.965, 0.931, 0.9996, "ratio", "parity"), Verdict.BELOW,
         "Migrants have less: the parity is 0.96, below 1 (95 % interval 0.93 to 0.9996)."),
        (row(1.003, 1.0004, 1.006, "ratio", "parity"), Verdict.ABOVE,
         "Migrants have more: the parity is 1.003, above 1 (95 % interval 1.0004 to 1.01)."),
        (row(1.5, 1.1, 1.9, "ratio", "parity"), Verdict.ABOVE,
         "Migrants have more: the parity is 1.50, above 1 (95 % interval 1.10 to 1.90)."),
        (row(1.5, 0.9, 2.1, "ratio", "parity"), Verdict.NONE,
         "No difference from 1 could be shown: the parity is 1.50 (95 % interval 0.90 to 2.10)."),
    ],
)  # fmt: skip
def test_a_parity_is_told_against_1(found, what, said):
    alone = Line("Total", {"parity": found})
    assert verdict(alone) is what
    assert of_total(WORDS, alone, "ratio", 95.0) == said


def test_the_headline_puts_every_series_where_its_interval_does(page_of_one, one):
    rows = one.estimates.filter(
        (one.estimates["statistic"] == "difference") & (one.estimates["disaggregation"] == "migratory_status")
    )
    heads = {each.get("class"): "".join(each.itertext()) for each in page_of_one.all("li") if each.get("class")}
    titles = {(each["indicator"], each["series"]): each["title"] for each in one.methods.to_dicts()}
    found = {}
    for each in rows.to_dicts():
        if each["conf_status"] != "F":
            what = "hidden"
        elif each["obs_status"] == "U":
            what = "unreliable"
        else:
            what = "above" if each["ci_lower"] > 0 else "below" if each["ci_upper"] < 0 else "none"
        found.setdefault(what, []).append(titles[each["indicator"], each["series"]])
    assert set(heads) == set(found)
    for what, names in found.items():
        assert heads[what].partition(": ")[2].split("; ") == names
