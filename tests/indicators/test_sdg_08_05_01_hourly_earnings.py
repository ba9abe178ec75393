"""8.5.1 on a few employees, the means and the median worked out by hand."""

from __future__ import annotations

import pytest

from tests import unprotected

MEAN = ("8.5.1", "mean_hourly")
MEDIAN = ("8.5.1", "median_hourly")
BY_HOURS = ("8.5.1", "mean_hourly_hours_weighted")
VARIABLES = ("age", "labour_force_status", "status_in_employment", "hours_worked_week")


def asked(sample, period, **more):
    return sample(*VARIABLES, earnings={"options": {"period": period}, **more})


PEOPLE = """
weight | age | labour_force_status | status_in_employment | earnings | hours_worked_week
1      | 30  | employed            | employee             | 400      | 40
3      | 30  | employed            | employee             | 300      | 15
1      | 30  | employed            | employee             | 0        | 10
1      | 30  | employed            | employee             | 500      | 0
1      | 30  | employed            | employee             | ?        | 40
1      | 30  | employed            | employee             | 400      | ?
1      | 30  | employed            | own_account          | 900      | 40
1      | 30  | employed            | ?                    | 400      | 40
1      | 30  | unemployed          | -                    | -        | -
1      | 30  | ?                   | employee             | 400      | 40
1      | 14  | employed            | employee             | 400      | 40
1      | 30  | -                   | -                    | -        | -
"""


def test_it_is_the_mean_over_employees_of_each_ones_earnings_by_hours(sample, persons, mean):
    # Three count, with a weight of five: 10 an hour, 20 (thrice), and nothing: 70 by 5. Without an hour of work
    # one is outside; of unknown earnings, hours, status in employment or work, one each is left out.
    assert mean(MEAN, asked(sample, "week"), persons(PEOPLE)) == (14.0, 3, 4, 1)


@pytest.mark.parametrize(("period", "weeks"), [("month", 52 / 12), ("year", 52)])
def test_a_month_is_a_twelfth_of_52_weeks(sample, persons, mean, period, weeks):
    value, *counts = mean(MEAN, asked(sample, period), persons(PEOPLE))
    assert value == pytest.approx(14 / weeks, rel=1e-12)
    assert counts == [3, 4, 1]


def test_earnings_of_an_hour_are_not_divided(sample, persons, mean):
    # 400, 300 thrice and nothing: 1,300 by 5.
    assert mean(MEAN, asked(sample, "hour"), persons(PEOPLE))[0] == 260.0


def test_earnings_of_a_year_may_be_of_fewer_weeks_and_a_top_code_makes_the_mean_too_low(sample, status):
    assert status(asked(sample, "week"), *MEAN) == ("exact", [])
    assert status(asked(sample, "year"), *MEAN) == ("proxy", ["weeks_assumed"])
    assert status(asked(sample, "month", top_coded=True), *MEAN) == ("proxy", ["top_coded"])


def test_a_mapping_that_does_not_say_of_what_time_the_earnings_are_has_no_mean(sample, status):
    assert status(sample(*VARIABLES, "earnings"), *MEAN) == ("unavailable", ["option_not_stated"])


def test_a_loss_is_no_wage(sample, persons, mean):
    rows = persons(PEOPLE)
    rows[0]["earnings"] = -400.0
    assert mean(MEAN, asked(sample, "week"), rows) == (15.0, 2, 4, 1)


def test_the_median_and_all_earnings_over_all_hours_are_of_the_same_persons(sample, persons, masked):
    has = asked(sample, "week")
    rows = persons(PEOPLE)
    of_mean = masked(MEAN, has, rows)
    assert masked(BY_HOURS, has, rows) == of_mean
    # of the median, whom half of them earn less than is decided when all were seen: all who count have the mark
    assert masked(MEDIAN, has, rows) == [found | {"numerator"} if "universe" in found else found for found in of_mean]
    assert sum("universe" in found for found in of_mean) == 3


def test_a_top_code_makes_means_too_low_and_leaves_the_median(sample, status):
    has = asked(sample, "week", top_coded=True)
    assert status(has, *MEDIAN) == ("exact", [])
    assert status(has, *BY_HOURS) == ("proxy", ["top_coded"])
    assert status(asked(sample, "year"), *MEDIAN) == ("proxy", ["weeks_assumed"])


MAPPING = """\
mapping: made
version: 1.0.0
title: A few employees
source: {producer: made, citation: made, documentation: made, checked_on: "2026-11-24"}
sample: {country: MEX, year: 2020}
design: {person_weight: W, weight_decimals: 0}
variables:
  nativity: {from: NAT, codes: {native_born: n, foreign_born: f}, concept: birthplace}
  age: {from: AGE, number: {}}
  labour_force_status: {from: LF, codes: {employed: e}}
  status_in_employment: {from: SE, codes: {employee: e, own_account: o}}
  earnings: {from: PAY, number: {}, missing: {unknown: "?"}, period: PERIOD, currency: MXN}
  hours_worked_week: {from: HOURS, number: {}}
"""
EMPLOYEES = """
NAT | AGE | LF | SE | PAY | HOURS | W
f   | 30  | e  | e  | 100 | 10    | 1
f   | 30  | e  | e  | 600 | 50    | 2
f   | 30  | e  | e  | 800 | 40    | 1
n   | 30  | e  | e  | 600 | 40    | 1
n   | 30  | e  | e  | 640 | 40    | 3
n   | 30  | e  | e  | 900 | 30    | 3
n   | 30  | e  | e  | 0   | 20    | 1
n   | 30  | e  | o  | 1   | 40    | 9
n   | 30  | e  | e  | ?   | 40    | 1
"""


@pytest.fixture
def measured(tmp_path):
    """`measured("week")`: (series, statistic, status) -> estimate of the employees, whose pay is of that time."""

    def call(period):
        lines = [[cell.strip() for cell in line.split("|")] for line in EMPLOYEES.strip().splitlines()]
        (tmp_path / "made.yaml").write_text(MAPPING.replace("PERIOD", period), encoding="utf-8")
        (tmp_path / "made.csv").write_text("".join(f"{','.join(line)}\n" for line in lines), encoding="utf-8")
        table = unprotected.run(str(tmp_path / "made.yaml"), [tmp_path / "made.csv"], tmp_path / "out").estimates
        table = table.filter(table["disaggregation"].is_in(["total", "migratory_status"]))
        named = ("indicator", "series", "disaggregation", "statistic", "migratory_status", "estimate")
        rows = table.filter(indicator="8.5.1").select(named).rows()
        return {(row[1], row[3], "total" if row[2] == "total" else row[4]): row[5] for row in rows}

    return call


def test_the_median_is_the_lowest_value_up_to_which_there_is_half_the_weight(measured):
    found = measured("week")
    # Migrants have 10, 12 twice and 20: of four by weight two are up to 12. Non-migrants have 0, 15, 16 thrice and 30
    # thrice: of eight by weight five are up to 16. Everybody: 0, 10, 12, 12, 15, 16, ...: of twelve the sixth.
    median = {status: found["median_hourly", "level", status] for status in ("total", "migrant", "non_migrant")}
    assert median == {"total": 16.0, "migrant": 12.0, "non_migrant": 16.0}
    assert found["median_hourly", "difference", "_T"] == -4.0
    assert found["median_hourly", "ratio", "_T"] == 0.75
    assert found["median_hourly", "gap", "_T"] == 25.0


def test_all_earnings_over_all_hours_weigh_each_hour(measured):
    found = measured("week")
    # Migrants earn 100, 600 twice and 800 in 10, 50 twice and 40 hours: 2,100 in 150. Non-migrants earn 600, 640
    # thrice, 900 thrice and nothing in 40, 40 thrice, 30 thrice and 20 hours: 5,220 in 270.
    name = "mean_hourly_hours_weighted"
    means = {status: found[name, "level", status] for status in ("total", "migrant", "non_migrant")}
    assert means == pytest.approx({"total": 7320 / 420, "migrant": 14.0, "non_migrant": 5220 / 270}, rel=1e-12)
    assert found[name, "gap", "_T"] == pytest.approx(100 * (1 - 14 / (5220 / 270)), rel=1e-12)
    # the mean over persons is another: 10, 12, 12 and 20
    assert found["mean_hourly", "level", "migrant"] == pytest.approx(13.5, rel=1e-12)


def test_earnings_of_an_hour_are_those_of_all_hours_of_the_week(measured):
    found = measured("hour")
    # The median is of the earnings as they are: 100, 600, 600, 800.
    assert found["median_hourly", "level", "migrant"] == 600.0
    # 100 in 10 hours, 600 in 50 twice, 800 in 40: 93,000 in 150.
    assert found["mean_hourly_hours_weighted", "level", "migrant"] == pytest.approx(93_000 / 150, rel=1e-12)
