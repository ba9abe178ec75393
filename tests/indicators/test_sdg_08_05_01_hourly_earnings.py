"""8.5.1 on a few employees, the mean worked out by hand."""

from __future__ import annotations

import pytest

MEAN = ("8.5.1", "mean_hourly")
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
