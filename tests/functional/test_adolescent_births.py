"""3.7.2 through a whole run: Malawi 2008 written out as persons, whose P/F ratios were published."""

from __future__ import annotations

import csv

import polars as pl
import pytest

from harmonize.options import Options
from tests import unprotected

RATES = (0.111, 0.245, 0.230, 0.195, 0.147, 0.072, 0.032)
PARITIES = (0.283, 1.532, 2.849, 4.185, 5.214, 6.034, 6.453)
# recomputed from the published table with Brass's multipliers: F and P/F of women aged 20-24
PF_20_24 = 1.217

MAPPING = """\
mapping: made/malawi
version: 1.0.0
title: Malawi 2008 written out
source: {producer: made, citation: made, documentation: made, checked_on: "2026-11-24"}
sample: {id: MWI_2008, country: MWI, year: 2008}
design: {weight_kind: none}
variables:
  sex: {from: SEX, codes: {male: 1, female: 2}}
  age: {from: AGE, number: {}}
  nativity: {from: NAT, codes: {native_born: 1, foreign_born: 2}}
  births_12_months: {from: BIRTHS, number: {}}
  children_ever_born: {from: CEB, number: {}}
"""


@pytest.fixture(scope="module")
def measured(tmp_path_factory):
    folder = tmp_path_factory.mktemp("malawi")
    (folder / "made.yaml").write_text(MAPPING)
    with (folder / "made.csv").open("w", newline="") as file:
        writer = csv.writer(file)
        writer.writerow(["SEX", "AGE", "NAT", "BIRTHS", "CEB"])
        for group, (rate, parity) in enumerate(zip(RATES, PARITIES, strict=True)):
            births, children = round(rate * 1000), round(parity * 1000)
            for i in range(1000):
                mine = children // 1000 + (i < children % 1000)
                writer.writerow([2, 15 + 5 * group + i % 5, 1 + i % 4 // 3, int(i < births), mine])
    return unprotected.run(
        str(folder / "made.yaml"), [folder / "made.csv"], folder / "out", indicators=["3.7.2"],
        options=Options(standardise=("age",)), formats=["csv", "xlsx"],
    )  # fmt: skip


@pytest.fixture(scope="module")
def table(measured):
    return measured.estimates


def rate(table, adjustment, status="_T"):
    (row,) = table.filter(
        (pl.col("series") == "births_15_19") & (pl.col("statistic") == "level")
        & (pl.col("adjustment") == adjustment) & (pl.col("migratory_status") == status)
        & pl.col("disaggregation").is_in(["total"] if status == "_T" else ["migratory_status"])
    ).to_dicts()  # fmt: skip
    return row


def test_the_rate_as_told_is_that_of_the_table(table):
    assert rate(table, "none")["estimate"] == pytest.approx(111)


def test_raised_by_p_over_f_it_is_the_published_ratio_times_as_much(table):
    row = rate(table, "pf")
    assert row["estimate"] == pytest.approx(111 * PF_20_24, abs=111 * 0.0005)
    assert row["se"] / row["estimate"] == pytest.approx(rate(table, "none")["se"] / 111)


def test_raised_by_p_over_f_it_still_is_by_the_age_at_the_census(table):
    row = rate(table, "pf")
    assert (row["measurement"], row["proxy_reason"]) == ("proxy", "age_at_census")


def test_every_rate_finds_its_row_of_methods_by_the_names_it_has_itself(measured):
    """A standardised rate is measured as the one that is not."""
    own = pl.col("adjustment").is_in(["age_shift", "pf"])
    rows = measured.estimates.with_columns(adjustment=pl.when(own).then("adjustment").otherwise(pl.lit("none")))
    assert set(rows["adjustment"]) == {"none", "age_shift", "pf"}
    names = ["sample", "indicator", "series", "adjustment"]
    assert not measured.methods.select(names).is_duplicated().any()
    found = rows.join(measured.methods, on=names, how="left")
    assert found["title"].null_count() == 0
    titles = dict(found.filter(series="births_15_19").select("adjustment", "title").iter_rows())
    assert "when they gave birth" in titles["age_shift"]
    assert "P/F" in titles["pf"]
    assert (found["measurement"] == found["measurement_right"]).all()


def test_p_over_f_is_of_everybody_alone(table):
    adjusted = table.filter(adjustment="pf")
    assert adjusted["disaggregation"].to_list() == ["total"]


def test_shifted_by_half_a_year_the_rate_is_that_of_the_ages_at_birth(table):
    """Births are of the first women of each hundred and eleven: none at 20 is lost, so it is counted by hand here."""
    ages = [15 + i % 5 for i in range(1000)]
    births = sum((0.5 if age == 15 else 1.0) for i, age in enumerate(ages) if i < 111)
    women = sum((0.5 if age == 15 else 1.0) for age in ages)
    births += 0.5 * sum(1 for i in range(245) if i % 5 == 0)
    women += 0.5 * 200
    row = rate(table, "age_shift")
    assert row["estimate"] == pytest.approx(1000 * births / women)
    assert row["series"] == "births_15_19"
    assert rate(table, "age_shift", "migrant")["estimate"] is not None


def test_helpers_of_the_method_are_not_shown(table):
    # girls of 10 to 14 when they gave birth are in part 15 now
    assert set(table["series"]) == {"births_10_14", "births_15_19"}


def test_women_who_arrived_within_the_year_are_not_among_the_migrants(tmp_path):
    """They gave birth elsewhere: of 40 foreign-born women 10 came this year, and all 10 gave birth."""
    mapping = MAPPING + "  years_since_arrival: {from: STAY, number: {}, missing: {not_applicable: blank}}\n"
    (tmp_path / "made.yaml").write_text(mapping)
    with (tmp_path / "made.csv").open("w", newline="") as file:
        writer = csv.writer(file)
        writer.writerow(["SEX", "AGE", "NAT", "BIRTHS", "CEB", "STAY"])
        writer.writerows([2, 17, 2, 1, 1, 0] for _ in range(10))
        writer.writerows([2, 17, 2, int(i < 3), 1, 5] for i in range(30))
        writer.writerows([2, 17, 1, int(i < 6), 1, ""] for i in range(60))
    run = unprotected.run(str(tmp_path / "made.yaml"), [tmp_path / "made.csv"], tmp_path / "out", indicators=["3.7.2"])
    found = run.estimates
    assert rate(found, "none", "migrant")["estimate"] == pytest.approx(1000 * 3 / 30)
    assert rate(found, "none", "non_migrant")["estimate"] == pytest.approx(1000 * 6 / 60)
    assert rate(found, "none", "unknown")["n"] == 10
    assert rate(found, "none")["estimate"] == pytest.approx(1000 * 19 / 100)
    foreign = found.filter(
        pl.col("series") == "births_15_19", pl.col("adjustment") == "none", pl.col("nativity") == "foreign_born",
        pl.col("statistic") == "level",
    )  # fmt: skip
    assert foreign["estimate"].to_list() == pytest.approx([1000 * 13 / 40])


# By birth, by citizenship, by either and as recent: migrants and the births of theirs, non-migrants, unknown.
BY_DEFINITION = {
    "birth": {"migrant": (30, 3), "non_migrant": (60, 6), "unknown": (10, 10)},
    "citizenship": {"migrant": (40, 4), "non_migrant": (54, 9), "unknown": (6, 6)},
    "either": {"migrant": (50, 5), "non_migrant": (40, 4), "unknown": (10, 10)},
    "recent": {"migrant": (20, 2), "non_migrant": (70, 7), "unknown": (10, 10)},
}


def test_nor_are_they_among_the_migrants_of_any_other_definition(tmp_path):
    """Of 40 foreign-born women 10 came this year, of whom 4 are citizens; 20 native-born ones are foreign citizens."""
    mapping = MAPPING + "  years_since_arrival: {from: STAY, number: {}, missing: {not_applicable: blank}}\n"
    mapping += "  citizenship_status: {from: CIT, codes: {citizen: 1, foreign_citizen: 2}}\n"
    (tmp_path / "made.yaml").write_text(mapping)
    with (tmp_path / "made.csv").open("w", newline="") as file:
        writer = csv.writer(file)
        writer.writerow(["SEX", "AGE", "NAT", "BIRTHS", "CEB", "STAY", "CIT"])
        writer.writerows([2, 17, 2, 1, 1, 0, 1 if i < 4 else 2] for i in range(10))
        writer.writerows([2, 17, 2, int(i % 10 == 0), 1, 3 if i < 20 else 5, 1 if i < 10 else 2] for i in range(30))
        writer.writerows([2, 17, 1, int(i % 10 == 0), 1, "", 2 if i >= 40 else 1] for i in range(60))
    run = unprotected.run(
        str(tmp_path / "made.yaml"), [tmp_path / "made.csv"], tmp_path / "out", indicators=["3.7.2"],
        options=Options(definitions=True),
    )  # fmt: skip
    rows = run.estimates.filter(
        series="births_15_19", statistic="level", adjustment="none", disaggregation="migratory_status"
    )
    for definition, wanted in BY_DEFINITION.items():
        mine = rows.filter(definition=definition).to_dicts()
        found = {row["migratory_status"]: (row["n"], row["estimate"]) for row in mine}
        assert found == {status: (n, pytest.approx(1000 * births / n)) for status, (n, births) in wanted.items()}
