"""The masks of every series, against the plain reference, on persons that Hypothesis makes up."""

from __future__ import annotations

import importlib.util
import random
import sys
from dataclasses import dataclass, replace
from pathlib import Path

import polars as pl
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from harmonize.indicators import INDICATORS, measured_series, series_masks
from harmonize.schema import VARIABLES

HERE = Path(__file__).parent


def _load(path: Path, name: str):
    spec = importlib.util.spec_from_file_location(name, path)
    module = importlib.util.module_from_spec(spec)
    sys.modules[name] = module
    spec.loader.exec_module(module)
    return module


reference = _load(HERE.parent / "reference" / "indicators.py", "reference_indicators")
sample_of = _load(HERE / "sample_of.py", "indicator_sample_of")


@dataclass(frozen=True)
class Topic:
    """Indicators that read the same variables; every sample has `always`, and any of `sometimes`.

    unstraddled, straddled: the series without and with which a sample is that tells water and sanitation
    only as piped or not, with a sewer or not, and does not split all secondary education.
    """

    indicators: tuple[str, ...]
    always: tuple[str, ...]
    sometimes: tuple[str, ...]
    unstraddled: frozenset[tuple[str, str]] = frozenset()
    straddled: frozenset[tuple[str, str]] = frozenset()
    oldest: int = 99  # of whom any of the series is about


STRADDLING = {"piped", "not_piped", "sewer_or_septic", "no_sewer_or_septic", "secondary"}
STANDARD = {
    "improved_on_premises",
    "improved_off_premises",
    "improved_unspecified",
    "improved_not_shared",
    "improved_shared",
}
TOPICS = {
    "youth": Topic(
        ("4.3.1", "4.6.1", "8.5.2", "8.6.1"),
        ("age", "labour_force_status", "school_attendance", "literacy"),
        ("training_12_months", "numeracy"),
    ),
    "services": Topic(
        ("1.4.1", "6.1.1", "6.2.1", "7.1.1", "17.8.1"),
        ("electricity",),
        (
            "living_quarters",
            "water_source",
            "water_time_minutes",
            "sanitation",
            "cooking_fuel",
            "internet",
            "internet_use",
            "handwashing",
        ),
        unstraddled=frozenset(
            {
                ("1.4.1", "basic_water"),
                ("1.4.1", "basic_sanitation"),
                ("6.1.1", "basic_water"),
                ("6.1.1", "limited_water"),
                ("6.1.1", "unimproved_water"),
                ("6.1.1", "surface_water"),
                ("6.2.1", "basic_sanitation"),
                ("6.2.1", "unimproved_sanitation"),
                ("6.2.1", "open_defecation"),
            }
        ),
        straddled=frozenset({("1.4.1", "piped_water"), ("1.4.1", "sewer_or_septic")}),
    ),
    "slums": Topic(
        ("11.1.1",),
        ("urban_rural", "secure_tenure"),
        (
            "living_quarters",
            "water_source",
            "sanitation",
            "rooms",
            "household_size",
            "wall_material",
            "roof_material",
            "floor_material",
        ),
        unstraddled=frozenset({("11.1.1", "lacking_water"), ("11.1.1", "lacking_sanitation")}),
    ),
    "jobs": Topic(
        ("8.3.1", "9.2.2"),
        ("age", "labour_force_status", "status_in_employment"),
        ("contributes_to_social_security", "paid_leave", "registered_enterprise", "occupation", "industry"),
    ),
    "health workers": Topic(("3.c.1",), ("age", "labour_force_status", "occupation_detail"), ("sex",)),
    "earnings and children": Topic(
        ("3.7.2", "8.5.1"),
        ("sex", "age", "labour_force_status", "status_in_employment", "earnings", "hours_worked_week"),
        ("births_12_months", "children_ever_born"),
    ),
    "mothers": Topic(
        ("3.1.1", "3.2.1"),
        (
            *("sex", "age", "children_ever_born", "children_surviving", "relationship_to_head", "births_12_months"),
            "pregnancy_related_deaths_12_months",
        ),
        ("living_quarters",),
    ),
    "protection and injury": Topic(
        ("1.2.1", "1.3.1", "8.8.1"),
        ("age", "labour_force_status", "social_protection_any", "receives_pension", "below_national_poverty_line"),
        ("contributes_to_social_security", "occupational_injury_12_months", "living_quarters"),
    ),
    "health and learning": Topic(
        ("2.2.1", "3.1.2", "3.8.1", "4.1.1"),
        ("sex", "age", "height_for_age_z", "last_birth_attendant_skilled", "health_insurance"),
        ("reading_proficiency", "mathematics_proficiency"),
    ),
    "violence": Topic(
        ("5.2.1", "10.3.1", "16.1.3"),
        ("sex", "age", "partner_violence_12_months", "discrimination_12_months", "violence_physical_12_months"),
        ("marital_status", "violence_psychological_12_months", "violence_sexual_12_months"),
    ),
    "parity in education": Topic(
        ("4.5.1",),
        ("age", "school_attendance", "literacy", "educational_attainment"),
        ("training_12_months", "numeracy", "reading_proficiency", "mathematics_proficiency"),
        unstraddled=frozenset({("4.5.1", "completion_lower_secondary"), ("4.5.1", "completion_upper_secondary")}),
    ),
    "incomes": Topic(
        ("1.1.1", "10.2.1"),
        ("age", "labour_force_status", "household_income", "household_size"),
        ("living_quarters",),
    ),
    "children at work": Topic(
        ("8.7.1",),
        ("age", "labour_force_status", "hours_worked_week"),
        ("chores_hours_week", "hazardous_work"),
        oldest=17,
    ),
    "schooling": Topic(
        ("4.1.2",),
        ("age", "educational_attainment"),
        ("sex",),
        unstraddled=frozenset({("4.1.2", "completion_lower_secondary"), ("4.1.2", "completion_upper_secondary")}),
    ),
    "women in unions": Topic(
        ("3.7.1", "5.6.1"),
        ("sex", "age", "marital_status", "family_planning_modern", "decides_health_care"),
        ("decides_contraception", "can_refuse_sex"),
    ),
    "food, phones and accounts": Topic(
        ("2.1.2", "3.3.1", "5.b.1", "8.10.2"),
        ("age", "food_insecurity_moderate_severe", "hiv_positive", "account_ownership", "mobile_phone"),
        ("mobile_phone_own", "living_quarters"),
    ),
    "safety": Topic(
        ("5.2.2", "16.1.4", "16.2.1", "16.2.3", "16.3.1"),
        (
            "sex",
            "age",
            "nonpartner_sexual_violence_12_months",
            "feels_safe_walking_alone",
            "violent_discipline_1_month",
            "sexual_violence_by_18",
            "violence_physical_12_months",
            "violence_physical_reported",
            "violence_sexual_12_months",
            "violence_sexual_reported",
        ),
        ("violence_psychological_12_months", "violence_psychological_reported"),
    ),
    "unions and births": Topic(
        ("5.3.1", "16.9.1"),
        ("sex", "age", "age_at_first_union"),
        ("marital_status", "birth_registered"),
    ),
}
# known only where the toilet is always told to be shared or not: samples here have all of its categories
NEVER = {("6.2.1", "limited_sanitation")}
NUMBERS = {
    "age": [
        *(None, 0.0, 0.9, 1.0, 4.9, 5.0, 11.9, 12.0, 13.9, 14.0, 15.0, 15.9, 16.0, 16.9, 17.0, 17.9, 18.0, 19.9),
        *(20.0, 22.9, 23.0, 24.0, 24.5, 25.0, 29.9, 30.0, 49.9, 50.0, 64.0, 65.0, 99.0),
    ],
    "water_time_minutes": [None, "not_applicable", 0.0, 29.0, 30.0, 30.5, 45.0],
    "rooms": [None, "not_applicable", 0.0, 1.0, 2.0, 3.0],
    "household_size": [None, "not_applicable", 0.0, 1.0, 3.0, 4.0, 6.0, 7.0, 9.0, 10.0],
    "children_ever_born": [None, "not_applicable", 0.0, 1.0, 2.0, 3.0],
    "children_surviving": [None, "not_applicable", 0.0, 1.0, 2.0, 3.0],
    "pregnancy_related_deaths_12_months": [None, "not_applicable", 0.0, 1.0],
    "births_12_months": [None, "not_applicable", 0.0, 1.0, 2.0],
    "height_for_age_z": [None, "not_applicable", -6.5, -6.0, -3.5, -2.0, -1.9, 0.0, 6.0, 6.5],
    "chores_hours_week": [None, "not_applicable", 0.0, 20.0, 21.0, 30.0],
    "household_income": [None, "not_applicable", -50.0, 0.0, 1000.0, 1095.0, 3000.0, 9000.0],
    "earnings": [None, "not_applicable", -5.0, 0.0, 400.5, 1000.0],
    "hours_worked_week": [None, "not_applicable", 0.0, 1.0, 10.0, 14.0, 40.0, 43.0],
    "age_at_first_union": [None, "not_applicable", 12.0, 14.5, 15.0, 17.0, 18.0, 22.0],
}


OCCUPATIONS = frozenset({"2211", "221", "2222", "322", "2261", "2262", "2250", "9999", "unknown", "not_applicable"})


def sample(topic, chosen, straddling, floor=0, **facts):
    if "labour_force_status" in topic.always:
        facts["labour_force_status"] = {"min_age": floor}
    if "earnings" in topic.always:
        facts["earnings"] = {"options": {"period": "month"}}
    if "occupation_detail" in topic.always:
        facts["occupation_detail"] = {"reaches": OCCUPATIONS, "options": {"classification": "isco_08"}}
    if "household_income" in topic.always:
        facts["household_income"] = {"options": {"period": "year"}}
    without = STANDARD if straddling else STRADDLING
    if "registered_enterprise" not in chosen:  # the one question that serves where own-account workers are not told
        without = without | {"self_employed"}
    return replace(sample_of.sample(*topic.always, *chosen, without=without, **facts), lines=reference.LINES)


def answers(name, asked):
    return NUMBERS[name] if VARIABLES[name].kind == "number" else [None, *sorted(asked.reaches)]


@st.composite
def samples_with_people(draw, topic):
    chosen = draw(st.sets(st.sampled_from(topic.sometimes)))
    straddling = draw(st.booleans())
    floor = draw(st.sampled_from([age for age in (0, 15, 16, 18) if age <= topic.oldest]))
    has = sample(topic, sorted(chosen), straddling, floor)
    person = {name: st.sampled_from(answers(name, asked)) for name, asked in has.variables.items()}
    person[reference.TELLS] = st.booleans()
    rows = draw(st.lists(st.fixed_dictionaries(person), min_size=1, max_size=30))
    return has, rows, {*has.variables, *(["straddling"] if straddling else [])}, floor


def check(topic, has, rows, asked, floor):
    persons = sample_of.people(rows, has)
    masks = series_masks([series for number in topic.indicators for series in INDICATORS[number].series], has)
    assert masks
    for key, mask in masks.items():
        found = persons.with_columns(**mask.named).select(list(mask.named))
        assert set(found.dtypes) == {pl.Boolean}
        assert found.null_count().sum_horizontal().item() == 0
        for amount, amounts in ((mask.amount, reference.AMOUNTS), (mask.per, reference.PER)):
            assert (amount is not None) == (key in amounts), key
            if amount is not None:
                added = persons.select(amount.alias("amount"))["amount"].to_list()
                inside = found["universe"].to_list()
                wanted = [amounts[key](row) if counted else 0.0 for row, counted in zip(rows, inside, strict=True)]
                assert added == pytest.approx(wanted, rel=1e-12)
        for row, got in zip(rows, found.iter_rows(named=True), strict=True):
            verdict = reference.judge(key, row, asked, floor)
            expected = {
                "base": verdict in ("left_out", "no", "yes"),
                "left_out": verdict == "left_out",
                "universe": verdict in ("no", "yes"),
                "numerator": verdict == "yes",
                "narrowed": verdict == "narrowed",
            }
            assert got == expected, (key, row, verdict)
    return set(masks)


@pytest.mark.parametrize("name", TOPICS)
def test_every_mask_says_of_each_person_what_the_reference_says(name):
    topic = TOPICS[name]

    @given(samples_with_people(topic))
    @settings(max_examples=60)
    def agree(made):
        check(topic, *made)

    agree()


@pytest.mark.parametrize(
    ("name", "lacking", "straddling"),
    [
        (name, lacking, straddling)
        for name, topic in TOPICS.items()
        for lacking in ("", *topic.sometimes)
        for straddling in ([False, True] if topic.unstraddled else [False])
    ],
)
def test_the_masks_agree_on_two_thousand_persons_of_every_kind(name, lacking, straddling):
    topic = TOPICS[name]
    has = sample(topic, [each for each in topic.sometimes if each != lacking], straddling)
    chance = random.Random(f"{name}{lacking}{straddling}")
    among = {each: answers(each, asked) for each, asked in has.variables.items()}
    among[reference.TELLS] = [False, True]
    rows = [{each: chance.choice(values) for each, values in among.items()} for _ in range(2_000)]
    measured = check(topic, has, rows, {*has.variables, *(["straddling"] if straddling else [])}, 0)
    if not lacking:
        every = {key for key in reference.JUDGES if key[0] in topic.indicators}
        assert measured == every - NEVER - (topic.unstraddled if straddling else topic.straddled)


def test_shared_toilets_agree_where_every_toilet_is_told_to_be_shared_or_not():
    reaches = frozenset({"improved_not_shared", "improved_shared", "unimproved", "open_defecation", "unknown"})
    has = sample(TOPICS["services"], ["living_quarters"], False, sanitation={"reaches": reaches})
    rows = [
        {"living_quarters": quarters, "sanitation": toilet, "electricity": "yes"}
        for quarters in ("private_household", "institution", "unknown")
        for toilet in (None, *sorted(reaches))
    ]
    assert check(TOPICS["services"], has, rows, set(has.variables), 0) >= NEVER


def test_the_reference_judges_every_measured_series():
    assert set(reference.JUDGES) == {series.key for series in measured_series()}


def test_every_measured_indicator_belongs_to_a_topic():
    assert {number for topic in TOPICS.values() for number in topic.indicators} == {key[0] for key in reference.JUDGES}
