"""8.5.1 where earnings are of a year and the weeks worked in it are known, worked out by hand."""

from __future__ import annotations

import polars as pl
import pytest

from tests import unprotected

MEAN = ("8.5.1", "mean_hourly")
VARIABLES = ("age", "labour_force_status", "status_in_employment", "hours_worked_week")
WORKED, IN_CLASSES = "weeks_worked_12_months", "weeks_worked_12_months_in_classes"
CLASSES = ((1.0, 13.0), (14.0, 49.0), (50.0, 52.0))

PEOPLE = """
weight | age | labour_force_status | status_in_employment | earnings | hours_worked_week | {weeks}
1      | 30  | employed            | employee             | 20400    | 40                | {most}
3      | 30  | employed            | employee             | 4200     | 20                | {few}
1      | 30  | employed            | employee             | 400      | 10                | 0
1      | 30  | employed            | employee             | 400      | 10                | ?
1      | 30  | employed            | own_account          | 900      | 40                | ?
"""

MAPPING = """\
mapping: weeks
version: 1.0.0
title: A made survey
source: {producer: P, citation: C, documentation: D, checked_on: "2026-01-01"}
sample: {country: MEX, year: 2020}
design: {weight_kind: none, weight_factor: 1}
variables:
  age: {from: AGE, number: {}}
  nativity: {from: NAT, codes: {native_born: 1, foreign_born: 2}, concept: birthplace}
  labour_force_status: {from: LF, codes: {employed: 1}}
  status_in_employment: {from: SE, codes: {employee: 1}}
  earnings: {from: PAY, number: {}, period: year, currency: MXN}
  hours_worked_week: {from: HOURS, number: {}}
  weeks_worked_12_months: {from: WEEKS, optional: true, number: {}, same_period_as: earnings}
  weeks_worked_12_months_in_classes:
    from: CLASS
    optional: true
    bands: {1..13: 1, 14..49: 2, 50..52: 3}
    same_period_as: earnings
"""
ROWS = ((1, 20400, 40, 51, 3), (1, 4200, 20, 7, 1), (2, 5100, 10, 51, 3), (2, 10200, 40, 51, 3))


def of_a_year(sample, **weeks):
    return sample(*VARIABLES, earnings={"options": {"period": "year"}}, **weeks)


def stated(**facts):
    return {"options": {"same_period_as": "earnings"}, **facts}


def test_earnings_of_a_year_are_of_the_weeks_worked_in_it(sample, persons, mean, status):
    # 20,400 by 51 weeks of 40 hours: 10 an hour. 4,200 by 7 weeks of 20 hours: 30, thrice. 100 by 4. Without a week of
    # work one is outside; of unknown weeks one is left out.
    has = of_a_year(sample, **{WORKED: stated()})
    rows = persons(PEOPLE.format(weeks=WORKED, most=51, few=7))
    assert mean(MEAN, has, rows) == (25.0, 2, 1, 0)
    assert status(has, *MEAN) == ("exact", [])


def test_of_a_class_of_weeks_the_middle_is_taken(sample, persons, mean, status):
    # The column has the lowest of each class, 50 and 1: the middles are 51 and 7.
    has = of_a_year(sample, **{IN_CLASSES: stated(bands=CLASSES)})
    rows = persons(PEOPLE.format(weeks=IN_CLASSES, most=50, few=1))
    assert mean(MEAN, has, rows) == (25.0, 2, 1, 0)
    assert status(has, *MEAN) == ("proxy", ["weeks_in_classes"])


def test_an_open_class_ends_with_the_year(sample, persons, mean):
    has = of_a_year(sample, **{IN_CLASSES: stated(bands=((1.0, 49.0), (50.0, float("inf"))))})
    rows = persons(PEOPLE.format(weeks=IN_CLASSES, most=50, few=1))[:1]
    assert mean(MEAN, has, rows) == (10.0, 1, 0, 0)


def test_weeks_are_better_than_classes_and_classes_than_none(sample, status):
    both = {WORKED: stated(), IN_CLASSES: stated(bands=CLASSES)}
    assert status(of_a_year(sample, **both), *MEAN) == ("exact", [])
    assert status(of_a_year(sample), *MEAN) == ("proxy", ["weeks_assumed"])
    blurred = {WORKED: stated(bands=CLASSES)}
    assert status(of_a_year(sample, **blurred), *MEAN) == ("proxy", ["weeks_assumed"])


def test_weeks_that_are_not_stated_to_be_those_of_the_earnings_are_not_read(sample, status):
    assert status(of_a_year(sample, **{WORKED: {}}), *MEAN) == ("proxy", ["weeks_assumed"])


@pytest.mark.parametrize(("column", "reason"), [("WEEKS", ""), ("CLASS", "weeks_in_classes"), ("", "weeks_assumed")])
def test_a_run_has_means_medians_and_the_gap_by_weeks(tmp_path, column, reason):
    # Natives 10 and 30 an hour, migrants 10 and 5. All earnings over all hours: natives 24,600 by 2,040 + 140, migrants
    # 15,300 by 510 + 2,040. Without weeks 52 are assumed.
    header = ["AGE", "NAT", "LF", "SE", "PAY", "HOURS", "WEEKS", "CLASS"]
    dropped = {"WEEKS", "CLASS"} - {column}
    lines = [dict(zip(header, (30, nat, 1, 1, *rest), strict=True)) for nat, *rest in ROWS]
    frame = pl.DataFrame([{name: value for name, value in line.items() if name not in dropped} for line in lines])
    (tmp_path / "m.yaml").write_text(MAPPING)
    frame.write_csv(tmp_path / "p.csv")
    run = unprotected.run(str(tmp_path / "m.yaml"), [tmp_path / "p.csv"], tmp_path / "out")
    of_it = run.estimates.filter(pl.col("disaggregation") == "migratory_status", pl.col("indicator") == "8.5.1")
    assert set(of_it["proxy_reason"].fill_null("")) == {reason}
    found = {
        (row["series"], row["migratory_status"]): row["estimate"]
        for row in of_it.filter(pl.col("statistic") == "level").to_dicts()
    }
    gaps = {row["series"]: row["estimate"] for row in of_it.filter(pl.col("statistic") == "gap").to_dicts()}
    if column:
        wanted = (20.0, 7.5, 10.0, 5.0, 24_600 / 2_180, 15_300 / 2_550)
    else:
        natives, migrants = (20_400 / 52 / 40, 4_200 / 52 / 20), (5_100 / 52 / 10, 10_200 / 52 / 40)
        overall = (24_600 / 52 / 60, 15_300 / 52 / 50)
        wanted = (sum(natives) / 2, sum(migrants) / 2, min(natives), min(migrants), *overall)
    names = [("mean_hourly", s) for s in ("non_migrant", "migrant")]
    names += [("median_hourly", s) for s in ("non_migrant", "migrant")]
    names += [("mean_hourly_hours_weighted", s) for s in ("non_migrant", "migrant")]
    assert [found[name] for name in names] == pytest.approx(wanted, rel=1e-5)
    assert gaps["mean_hourly"] == pytest.approx(100 * (1 - wanted[1] / wanted[0]), rel=1e-3)  # of four decimals
