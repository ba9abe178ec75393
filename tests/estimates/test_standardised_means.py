"""`--standardise` of means: births and earnings worked out by hand. Of any few persons see test_standardised_rates."""

from __future__ import annotations

import polars as pl
import pytest

from tests.estimates.test_standardised_rates import (
    ADJUSTMENTS,
    AGE,
    ARRIVAL,
    BOTH,
    WITH_MEANS,
    Row,
    by_status,
    estimated,
    person,
)


def mother(status: str, age: int, births: int, **more: str) -> Row:
    """A woman without a job, and her births."""
    of_work = {"LF": "o", "JOB": "", "EARN": "", "HRS": ""}
    return person(status, age, "y") | of_work | {"BIRTHS": str(births)} | more


def employee(status: str, age: int, earned: str, weight: int = 1, sex: str = "m") -> Row:
    """One at work for 40 hours a week, and what an hour earns."""
    at_work = {"LF": "e", "ATT": "n", "JOB": "e", "EARN": earned, "HRS": "40", "BIRTHS": "0" if sex == "f" else ""}
    return person(status, age, "y", weight, sex) | at_work


def test_births_are_standardised_by_single_years_of_age():
    # Half of the women are 15, half 19. Migrants: the one of 15 has two, of three of 19 one has a child: half of 2 and
    # of a third. Non-migrants: one of three of 15, the one of 19 none. Men are in no rate.
    rows = [mother("f", 15, 2), mother("f", 19, 1), *(2 * [mother("f", 19, 0)])]
    rows += [mother("n", 15, 1), *(2 * [mother("n", 15, 0)]), mother("n", 19, 0)]
    rows += [employee("n", 19, "5")] * 3
    table = estimated(rows, BOTH, WITH_MEANS)
    assert by_status(table, "births_15_19", "none") == {"migrant": 750.0, "non_migrant": 250.0}
    for adjustment in ADJUSTMENTS.values():
        found = by_status(table, "births_15_19", adjustment)
        assert found == {"migrant": pytest.approx(7000 / 6), "non_migrant": pytest.approx(1000 / 6)}


def test_earnings_are_standardised_by_groups_of_age():
    # Of ten employees six are 20 to 24: 0.6 of 3 and 0.4 of 100 is 41.8, where the crude mean is 19.1(6).
    rows = [employee("f", 20, "7"), *(4 * [employee("f", 24, "2")]), employee("f", 42, "100")]
    rows += [employee("n", 21, "10"), employee("n", 40, "20"), employee("n", 44, "40"), employee("n", 44, "0")]
    table = estimated(rows, AGE, WITH_MEANS)
    assert by_status(table, "mean_hourly", "none") == pytest.approx({"migrant": 115 / 6, "non_migrant": 17.5})
    assert by_status(table, "mean_hourly") == pytest.approx({"migrant": 41.8, "non_migrant": 14.0})
    compared = table.filter(series="mean_hourly", disaggregation="migratory_status", adjustment="standardised_age")
    values = dict(compared.select("statistic", "estimate").filter(pl.col("statistic") != "level").iter_rows())
    expected = {"difference": 27.8, "ratio": 41.8 / 14, "gap": 100 * (1 - 41.8 / 14)}
    assert values == pytest.approx(expected)


def test_a_woman_who_just_arrived_is_not_among_the_migrants_but_in_the_standard():
    # Of four women three are 15 by what the standard counts; the migrant of 15 who is left has no child.
    rows = [mother("f", 15, 1, SINCE="0"), mother("f", 15, 0, SINCE="1"), mother("f", 19, 1, SINCE="?")]
    rows += [mother("n", 15, 1, SINCE="")]
    table = estimated(rows, AGE, WITH_MEANS + ARRIVAL)
    assert by_status(table, "births_15_19") == {"migrant": 250.0, "non_migrant": None}
    # in a share she is a migrant
    shares = estimated([row | {"ELEC": "y" if row["SINCE"] == "0" else "n"} for row in rows], AGE, WITH_MEANS + ARRIVAL)
    assert by_status(shares, "electricity")["migrant"] == pytest.approx(100 / 3)


def test_a_group_standardised_to_its_own_structure_has_its_crude_mean():
    rows = [employee("f", age, str(age % 7), weight=age % 5 + 1) for age in range(16, 70, 3)]
    rows += [employee("f", age, str(age % 4), weight=age % 3 + 1, sex="f") for age in range(16, 70, 3)]
    rows += [mother("f", age, age % 3, W=str(age % 4 + 1)) for age in (15, 15, 16, 16, 16, 18)]
    table = estimated(rows, BOTH, WITH_MEANS)
    for series in ("mean_hourly", "births_15_19"):
        crude = by_status(table, series, "none")
        assert set(crude) == {"migrant"}
        for adjustment in ADJUSTMENTS.values():
            assert by_status(table, series, adjustment) == pytest.approx(crude, rel=1e-12), series


def test_a_mean_of_nothing_is_nothing_without_an_error_and_unreliable():
    rows = [mother(status, age, births) for age in (15, 19) for status, births in (("f", 0), ("f", 0), ("n", age % 2))]
    table = estimated(rows, AGE, WITH_MEANS).filter(series="births_15_19", adjustment="standardised_age")
    row = table.filter(statistic="level", migratory_status="migrant").row(0, named=True)
    assert (row["estimate"], row["se"], row["obs_status"]) == (0.0, 0.0, "U")


def test_a_mean_has_no_upper_end():
    # all have one child and more: neither 1 nor what is above it is an edge
    rows = [mother(status, age, 1 + (age + at) % 2) for age in (15, 19) for status in "fn" for at in range(4)]
    rows += [employee(status, age, "1.0") for age in (20, 30) for status in "fn"]
    table = estimated(rows, AGE, WITH_MEANS).filter(statistic="level", disaggregation="migratory_status")
    births = table.filter(series="births_15_19", adjustment="standardised_age")
    assert births["estimate"].to_list() == pytest.approx([1500.0, 1500.0])
    assert all(row["se"] > 0 and row["ci_upper"] > row["estimate"] for row in births.iter_rows(named=True))
    adjusted = table.filter(series="mean_hourly", adjustment="standardised_age")
    assert adjusted["estimate"].to_list() == pytest.approx([1.0, 1.0])


def test_neither_ratios_of_two_sums_nor_medians_are_standardised():
    rows = [employee(status, age, "5", sex=sex) for age in range(10, 25) for status in "fn" for sex in "fm"]
    table = estimated(rows, AGE, WITH_MEANS).filter(pl.col("indicator").is_in(["3.7.2", "8.5.1"]))
    births = {"births_10_14", "births_15_19"}
    assert set(table["series"]) == {*births, "mean_hourly", "median_hourly", "mean_hourly_hours_weighted"}
    assert set(table.filter(adjustment="age_shift")["series"]) == births
    assert set(table.filter(adjustment="standardised_age")["series"]) == {*births, "mean_hourly"}


def test_rounded_counts_stand_beside_standardised_means_where_there_is_a_median_too():
    rows = [employee(status, age, str(age % 7 + 1)) for status in ("f", "n") for age in range(16, 60)]
    table = estimated(rows, AGE, WITH_MEANS, protect="round:5")
    assert set(table["n"].drop_nulls() % 5) == {0}
    assert by_status(table, "mean_hourly")["migrant"] is not None
