"""The masks of every series, against the plain reference, on persons that Hypothesis makes up."""

from __future__ import annotations

import importlib.util
import random
import sys
from pathlib import Path

import polars as pl
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from harmonize.indicators import measured_series, series_masks
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

STRADDLING = {"piped", "not_piped", "sewer_or_septic", "no_sewer_or_septic"}
STANDARD = {
    "improved_on_premises",
    "improved_off_premises",
    "improved_unspecified",
    "improved_not_shared",
    "improved_shared",
}
ALWAYS = ("age", "labour_force_status", "school_attendance", "literacy")
SOMETIMES = (
    "living_quarters",
    "training_12_months",
    "water_source",
    "water_time_minutes",
    "sanitation",
    "electricity",
    "cooking_fuel",
    "internet",
)
AGES = st.one_of(st.none(), st.sampled_from([0.0, 14.0, 15.0, 15.9, 16.0, 24.0, 24.5, 25.0, 64.0, 65.0, 99.0]))
MINUTES_ASKED = [None, "not_applicable", 0.0, 29.0, 30.0, 30.5, 45.0]
WITH_STRADDLING = ("piped_water", "sewer_or_septic")
WITHOUT_STRADDLING = ("basic_water", "basic_sanitation")


@st.composite
def samples_with_people(draw):
    chosen = draw(st.sets(st.sampled_from(SOMETIMES)))
    straddling = draw(st.booleans())
    floor = draw(st.sampled_from([0, 15, 16, 18]))
    has = sample_of.sample(
        *ALWAYS,
        *sorted(chosen),
        without=STANDARD if straddling else STRADDLING,
        labour_force_status={"min_age": floor},
    )
    person = {}
    for name, asked in has.variables.items():
        if name == "age":
            person[name] = AGES
        elif VARIABLES[name].kind == "number":
            person[name] = st.sampled_from(MINUTES_ASKED)
        else:
            person[name] = st.one_of(st.none(), st.sampled_from(sorted(asked.reaches)))
    rows = draw(st.lists(st.fixed_dictionaries(person), min_size=1, max_size=40))
    return has, rows, {*has.variables, *(["straddling"] if straddling else [])}, floor


def check(has, rows, asked, floor):
    persons = sample_of.people(rows, has)
    masks = series_masks(measured_series(), has)
    assert ("8.6.1", "neet") in masks
    assert ("4.6.1", "literacy_15_plus") in masks
    for key, mask in masks.items():
        found = persons.with_columns(**mask.named).select(list(mask.named))
        assert set(found.dtypes) == {pl.Boolean}
        assert found.null_count().sum_horizontal().item() == 0
        for row, got in zip(rows, found.iter_rows(named=True), strict=True):
            verdict = reference.judge(key, row, asked, floor)
            expected = {
                "base": verdict in ("left_out", "apart", "no", "yes"),
                "left_out": verdict == "left_out",
                "universe": verdict in ("no", "yes"),
                "numerator": verdict == "yes",
                "narrowed": verdict == "narrowed",
            }
            assert got == expected, (key, row, verdict)
    return set(masks)


@given(samples_with_people())
@settings(max_examples=150, deadline=None)
def test_every_mask_says_of_each_person_what_the_reference_says(made):
    check(*made)


@pytest.mark.parametrize("straddling", [False, True])
@pytest.mark.parametrize("lacking", ["", *SOMETIMES])
def test_the_masks_agree_on_two_thousand_persons_of_every_kind(lacking, straddling):
    has = sample_of.sample(
        *ALWAYS,
        *(name for name in SOMETIMES if name != lacking),
        without=STANDARD if straddling else STRADDLING,
    )
    chance = random.Random(f"{lacking}{straddling}")
    values = {
        name: [None, *sorted(asked.reaches)] if VARIABLES[name].kind != "number" else MINUTES_ASKED
        for name, asked in has.variables.items()
    }
    values["age"] = [None, 14.0, 15.0, 19.0, 24.0, 24.9, 25.0, 64.0, 65.0]
    rows = [{name: chance.choice(among) for name, among in values.items()} for _ in range(2_000)]
    asked = {*has.variables, *(["straddling"] if straddling else [])}
    measured = check(has, rows, asked, 0)
    if not lacking:
        left = {("1.4.1", name) for name in (WITHOUT_STRADDLING if straddling else WITH_STRADDLING)}
        assert measured == set(reference.JUDGES) - left


def test_the_reference_judges_every_measured_series():
    assert set(reference.JUDGES) == {series.key for series in measured_series()}
