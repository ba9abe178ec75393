"""Each rule by which a number is suppressed, on tables small enough to see why."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import polars as pl
import pytest

from harmonize import pipeline
from harmonize.options import Options
from harmonize.protect.protection import Protection

MAPPING = """\
mapping: made/rules
version: 1.0.0
title: A made census
source: {producer: P, citation: C, documentation: D, checked_on: "2026-01-01"}
sample: {country: MEX, year: 2020}
design: {weight_kind: none, weight_factor: 1}
keys: {household: HH}
variables:
  sex: {from: SEX, codes: {male: 1, female: 2}}
  age: {from: AGE, number: {}}
  nativity: {from: NAT, codes: {native_born: 1, foreign_born: 2, unknown: 9}, concept: birthplace}
  citizenship_status: {from: CIT, codes: {citizen: 1, foreign_citizen: 2, unknown: 9}}
  electricity: {from: ELEC, codes: {"yes": 1, "no": 2}}
  birth_registered: {from: REG, codes: {"yes": 1, "no": 2}}
  labour_force_status: {from: LF, codes: {employed: 1, unemployed: 2}}
  status_in_employment: {from: SE, codes: {employee: 1}}
  industry: {from: IND, codes: {isic_c: 1, isic_g: 2}}
  health_insurance: {from: INS, codes: {"yes": 1, "no": 2}}
  earnings: {from: PAY, number: {}, period: month, currency: MXN}
  hours_worked_week: {from: HOURS, number: {}}
"""
PERSON = {
    "SEX": 1,
    "AGE": 3,
    "NAT": 1,
    "CIT": 1,
    "ELEC": 1,
    "REG": 1,
    "LF": 1,
    "SE": 1,
    "IND": 2,
    "INS": 1,
    "PAY": 1000,
    "HOURS": 40,
}
Group = tuple[int, dict[str, int]]
Release = Callable[..., pl.DataFrame]


@pytest.fixture
def release(tmp_path: Path) -> Release:
    """`release([(persons, traits), ...])` is the estimates of a census of such groups.

    HOUSEHOLDS among the traits is in how many households a group lives; each person has one without it.
    """

    def run(groups: list[Group], **options: object) -> pl.DataFrame:
        rows = []
        for number, (persons, traits) in enumerate(groups):
            homes = traits.get("HOUSEHOLDS", persons)
            own = PERSON | {name: value for name, value in traits.items() if name != "HOUSEHOLDS"}
            rows += [own | {"HH": 1000 * number + i % homes} for i in range(persons)]
        (tmp_path / "m.yaml").write_text(MAPPING)
        pl.DataFrame(rows).write_csv(tmp_path / "p.csv")
        return pipeline.run(str(tmp_path / "m.yaml"), [tmp_path / "p.csv"], tmp_path / "out", **options).estimates  # type: ignore[arg-type]

    return run


def statuses(estimates: pl.DataFrame, series: str, dimension: str, **more: str) -> dict[str, str]:
    """conf_status of the levels by one dimension."""
    traits = {"series": series, "statistic": "level", "adjustment": "none", "definition": "default"} | more
    rows = estimates.filter(*(pl.col(name) == value for name, value in traits.items()))
    rows = rows.filter(pl.col("disaggregation") == (dimension or "total"))
    return {row[dimension] if dimension else "_T": row["conf_status"] for row in rows.to_dicts()}


def rules(tmp_path: Path, series: str) -> set[str]:
    """The rules that the release log names for the levels of a series."""
    log = pl.read_csv(tmp_path / "out" / "private/release_log.csv")
    return set(log.filter((pl.col("series") == series) & (pl.col("statistic") == "level"))["rule"]) - {"shown"}


def test_a_cell_of_nine_persons_is_suppressed_and_one_of_ten_is_shown(release, tmp_path):
    by = {"by": ["sex"]}
    few = release([(200, {}), (100, {"SEX": 2}), (9, {"NAT": 2})], **by)
    assert statuses(few, "electricity", "nativity")["foreign_born"] == "C"
    assert rules(tmp_path, "electricity") == {"few_persons", "secondary"}
    enough = release([(200, {}), (100, {"SEX": 2}), (10, {"NAT": 2})], **by)
    assert set(statuses(enough, "electricity", "nativity").values()) == {"F"}


def test_the_minimum_can_be_set(release):
    groups = [(200, {}), (12, {"NAT": 2})]
    assert statuses(release(groups), "electricity", "nativity")["foreign_born"] == "F"
    protect = Protection(min_count=15)
    assert statuses(release(groups, protect=protect), "electricity", "nativity")["foreign_born"] == "C"


def test_ten_persons_of_four_households_are_suppressed(release, tmp_path):
    four = release([(200, {}), (30, {"NAT": 2, "HOUSEHOLDS": 4})])
    assert statuses(four, "electricity", "nativity")["foreign_born"] == "C"
    assert "few_households" in rules(tmp_path, "electricity")
    five = release([(200, {}), (30, {"NAT": 2, "HOUSEHOLDS": 5})])
    assert statuses(five, "electricity", "nativity")["foreign_born"] == "F"


def test_the_same_persons_under_another_name_are_one_decision(release):
    found = release([(200, {}), (9, {"NAT": 2})])
    assert statuses(found, "electricity", "nativity") == {"native_born": "D", "foreign_born": "C"}
    assert statuses(found, "electricity", "migratory_status") == {"non_migrant": "D", "migrant": "C"}


def test_who_is_unknown_is_not_everybody_less_the_known(release):
    found = statuses(release([(200, {}), (50, {"NAT": 2}), (4, {"NAT": 9})]), "electricity", "migratory_status")
    assert found["unknown"] == "C"
    assert "D" in (found["migrant"], found["non_migrant"])


def test_few_above_the_line_are_suppressed_of_a_sensitive_indicator_alone(release, tmp_path):
    groups = [(300, {}), (40, {"REG": 2, "ELEC": 2}), (50, {"NAT": 2}), (3, {"NAT": 2, "REG": 2, "ELEC": 2})]
    found = release(groups)
    assert statuses(found, "electricity", "migratory_status") == {"migrant": "F", "non_migrant": "F"}
    assert statuses(found, "birth_registration_under_5", "migratory_status") == {"migrant": "C", "non_migrant": "D"}
    assert rules(tmp_path, "birth_registration_under_5") == {"few_in_complement", "secondary"}


def test_that_nobody_is_above_the_line_is_shown_unless_group_disclosure_is_suppressed(release):
    groups = [(300, {}), (40, {"REG": 2}), (50, {"NAT": 2})]
    found = statuses(release(groups), "birth_registration_under_5", "migratory_status")
    assert found == {"migrant": "F", "non_migrant": "F"}
    strict = release(groups, protect=Protection(group_disclosure=True))
    assert statuses(strict, "birth_registration_under_5", "migratory_status")["migrant"] == "C"
    assert set(statuses(strict, "electricity", "migratory_status").values()) == {"F"}


def test_a_mean_that_one_person_makes_is_suppressed(release, tmp_path):
    adults = [(100, {"AGE": 30}), (19, {"AGE": 30, "NAT": 2})]
    # 19 with 1,000 a month each; one with 57,000 has three quarters of it all, one with 95,000 five sixths
    for most, status in ((57_000, "F"), (95_000, "C")):
        found = release([*adults, (1, {"AGE": 30, "NAT": 2, "PAY": most})], indicators=["8.5.1"])
        assert statuses(found, "mean_hourly", "migratory_status")["migrant"] == status
    assert "dominance" in rules(tmp_path, "mean_hourly")


@pytest.mark.parametrize("dearest", [1000, 100_000])
def test_what_shown_means_leave_of_a_total_is_not_made_by_one_person(release, dearest):
    """Five migrants of an age are few; other ages protect them: together their pay is not mostly one person's."""
    ages = [(1, 30, dearest), (4, 30, 1000), (20, 35, 1000), (20, 40, 1000), (200, 45, 1000)]
    migrants = [(persons, {"NAT": 2, "CIT": 2, "AGE": age, "PAY": pay}) for persons, age, pay in ages]
    made = release([*migrants, *[(300, {"AGE": age}) for age in (30, 35, 40, 45)]], by=["migratory_status*age_group"])
    of = (pl.col("series") == "mean_hourly") & (pl.col("statistic") == "level") & (pl.col("adjustment") == "none")
    levels = made.filter(of & (pl.col("migratory_status") == "migrant") & (pl.col("sex") == "_T"))
    by_age = levels.filter(pl.col("disaggregation") == "migratory_status*age_group")
    total = levels.filter(pl.col("disaggregation") == "migratory_status")
    paid = pl.col("estimate") * pl.col("population")  # all work the same hours
    left = total.select(paid).item() - (by_age.select(paid.sum()).item())
    assert (by_age["conf_status"] == "C").sum() == 1
    assert (by_age["conf_status"] == "D").sum() == (1 if dearest == 1000 else 2)
    assert dearest / (40 * 52 / 12) < 0.8 * left


def test_few_above_the_line_and_few_others_of_one_group_are_both_protected(release):
    """Of boys 4 and 8, of girls 20 and 3: that 11 migrants in all are not registered would leave 2 boys at least."""
    groups = [(4, 1, 1), (8, 1, 2), (20, 2, 1), (3, 2, 2)]
    migrants = [(persons, {"NAT": 2, "CIT": 2, "SEX": sex, "REG": answer}) for persons, sex, answer in groups]
    natives = [(100, {"SEX": sex, "REG": answer}) for sex in (1, 2) for answer in (1, 2)]
    made = release([*migrants, *natives], by=["migratory_status*sex"])
    assert statuses(made, "birth_registration_under_5", "migratory_status")["migrant"] != "F"
    of = (pl.col("series") == "birth_registration_under_5") & (pl.col("disaggregation") == "migratory_status*sex")
    own = made.filter(of & (pl.col("migratory_status") == "migrant") & (pl.col("statistic") == "level"))
    assert own["conf_status"].to_list() == ["C", "C"]


def test_that_few_are_there_at_all_does_not_tell_how_many(release):
    """Of ten ages of 30 migrants one each is insured: ten in all would tell that it is one in each."""
    ages = range(2, 52, 5)
    migrants = [
        (persons, {"NAT": 2, "CIT": 2, "AGE": age, "INS": answer})
        for age in ages
        for persons, answer in ((1, 1), (29, 2))
    ]
    natives = [(60, {"AGE": age, "INS": answer}) for age in ages for answer in (1, 2)]
    made = release([*migrants, *natives], by=["migratory_status*age_group"], indicators=["3.8.1"])
    own = made.filter((pl.col("migratory_status") == "migrant") & (pl.col("statistic") == "level"))
    by_age = own.filter(pl.col("disaggregation") == "migratory_status*age_group")
    assert set(by_age["conf_status"]) == {"C"}
    assert statuses(made, "health_insurance", "migratory_status")["migrant"] == "D"


def test_that_enough_are_above_the_line_elsewhere_does_not_tell_how_few_are_here(release):
    """Of men ten and of women one are insured: eleven in all, of whom men are ten at least, would tell of the one."""
    groups = [(90, 1, 2), (10, 1, 1), (99, 2, 2), (1, 2, 1)]
    migrants = [(persons, {"NAT": 2, "CIT": 2, "SEX": sex, "INS": answer}) for persons, sex, answer in groups]
    natives = [(100, {"SEX": sex, "INS": answer}) for sex in (1, 2) for answer in (1, 2)]
    made = release([*migrants, *natives], by=["migratory_status*sex"], indicators=["3.8.1"])
    of = (pl.col("disaggregation") == "migratory_status*sex") & (pl.col("migratory_status") == "migrant")
    own = made.filter(of & (pl.col("statistic") == "level"))
    assert dict(own.select("sex", "conf_status").rows()) == {"male": "D", "female": "C"}
    assert statuses(made, "health_insurance", "migratory_status")["migrant"] == "D"


def test_no_comparison_takes_a_suppressed_number(release):
    found = release([(200, {}), (9, {"NAT": 2})])
    compared = found.filter((pl.col("series") == "electricity") & (pl.col("statistic") != "level"))
    assert compared.height > 0
    assert set(compared["conf_status"]) == {"D"}
    assert compared["estimate"].null_count() == compared["n"].null_count() == compared.height


def test_a_definition_that_differs_by_few_persons_is_suppressed(release, tmp_path):
    """Else the difference of two numbers would be that of the few."""
    groups = [(300, {}), (100, {"NAT": 2, "CIT": 2}), (4, {"CIT": 2})]
    found = release(groups, options=Options(definitions=True))
    shown = statuses(found, "electricity", "migratory_status", definition="birth")
    other = statuses(found, "electricity", "migratory_status", definition="either")
    assert shown == {"migrant": "F", "non_migrant": "F"}
    assert other["migrant"] == "D"
    assert "like_another" in rules(tmp_path, "electricity")
    far = release([(300, {}), (100, {"NAT": 2, "CIT": 2}), (40, {"CIT": 2})], options=Options(definitions=True))
    assert set(statuses(far, "electricity", "migratory_status", definition="either").values()) == {"F"}


def test_who_is_employed_is_not_the_labour_force_less_the_unemployed(release):
    """9.2.2 counts the employed: with n and the unemployed of 8.5.2 their number would be known."""
    work = {"AGE": 30, "LF": 1}
    groups = [(200, work), (40, work | {"LF": 2}), (9, work | {"NAT": 2}), (6, work | {"NAT": 2, "LF": 2})]
    found = release(groups)
    assert statuses(found, "manufacturing", "nativity")["foreign_born"] == "C"
    assert statuses(found, "unemployment", "nativity")["foreign_born"] in ("C", "D")
    enough = release([*groups, (30, work | {"NAT": 2})])
    assert statuses(enough, "unemployment", "nativity")["foreign_born"] == "F"


def test_definitions_with_few_of_unknown_status_are_protected_too(release):
    found = release(
        [(300, {}), (100, {"NAT": 2, "CIT": 2}), (4, {"NAT": 9, "CIT": 9})], options=Options(definitions=True)
    )
    assert statuses(found, "electricity", "migratory_status", definition="either")["unknown"] == "C"


def test_a_standardised_rate_that_takes_a_small_age_is_suppressed(release):
    ages = [(60, {"AGE": age, "NAT": nat}) for age in (20, 40, 60) for nat in (1, 2)]
    options = Options(standardise=("age",))
    full = release(ages, options=options)
    of_age = {"adjustment": "standardised_age"}
    assert statuses(full, "electricity", "migratory_status", **of_age) == {"migrant": "F", "non_migrant": "F"}
    thin = release([*ages, (60, {"AGE": 70}), (5, {"AGE": 70, "NAT": 2})], options=options)
    assert statuses(thin, "electricity", "migratory_status", **of_age)["migrant"] == "D"


def test_the_log_counts_what_the_table_has(release, tmp_path):
    found = release([(200, {}), (100, {"SEX": 2}), (9, {"NAT": 2})])
    log = pl.read_csv(tmp_path / "out" / "private/release_log.csv")
    assert log["numbers"].sum() == found.height
    hidden = log.filter(pl.col("rule") != "shown")["numbers"].sum()
    assert hidden == (found["conf_status"] != "F").sum() > 0
    assert not log.filter(pl.col("numbers") < 1).height


def test_nothing_is_hidden_and_no_log_is_written_if_none_is_typed(release, tmp_path):
    found = release([(200, {}), (3, {"NAT": 2})], protect="none")
    assert set(found["conf_status"]) == {"F"}
    assert not (tmp_path / "out" / "private/release_log.csv").exists()
