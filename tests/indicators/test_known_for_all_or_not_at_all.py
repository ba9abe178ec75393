"""A person counts only if everything needed of this person is known; examples a statistician can check."""

from __future__ import annotations

IN, YES, OUT = {"base", "universe"}, {"base", "universe", "numerator"}, {"base", "left_out"}
NEET = ("8.6.1", "neet")
WATER = ("1.4.1", "basic_water")


def youth(work, school, age=20.0):
    return {"age": age, "labour_force_status": work, "school_attendance": school}


def test_an_employed_youth_of_unknown_attendance_is_left_out_of_neet(sample, masked):
    has = sample("age", "labour_force_status", "school_attendance")
    rows = [
        youth("employed", "unknown"),
        youth("unknown", "attending"),
        youth("employed", "attending"),
        youth("outside_labour_force", "never_attended"),
        youth("unemployed", "not_attending"),
    ]
    assert masked(NEET, has, rows) == [OUT, OUT, IN, YES, YES]


def test_a_youth_whom_the_form_did_not_ask_about_work_leaves_the_base_and_is_counted(sample, masked):
    has = sample("age", "labour_force_status", "school_attendance")
    assert masked(NEET, has, [youth("not_applicable", "unknown")]) == [{"narrowed"}]


def test_a_person_of_unknown_age_is_outside_every_age_limited_base(sample, masked):
    has = sample("age", "labour_force_status", "school_attendance")
    assert masked(NEET, has, [youth("unemployed", "not_attending", age=None)]) == [set()]


def test_youth_is_15_to_24_completed_years(sample, masked):
    has = sample("age", "labour_force_status", "school_attendance")
    rows = [youth("unemployed", "not_attending", age) for age in (14.0, 15.0, 24.0, 25.0)]
    assert masked(NEET, has, rows) == [set(), YES, YES, set()]


def test_unemployment_is_of_the_labour_force_and_nobody_known_to_be_outside_it_counts_among_the_left_out(
    sample, masked
):
    has = sample("age", "labour_force_status")
    rows = [
        {"age": 40.0, "labour_force_status": status}
        for status in ("employed", "unemployed", "outside_labour_force", "unknown")
    ]
    assert masked(("8.5.2", "unemployment"), has, rows) == [IN, YES, set(), OUT]


def test_water_counts_up_to_thirty_minutes_and_the_time_must_be_known(sample, masked):
    reaches = {"improved_on_premises", "improved_off_premises", "unimproved"}
    has = sample("water_time_minutes", water_source={"reaches": frozenset(reaches)})
    rows = [
        {"water_source": "improved_off_premises", "water_time_minutes": 30.0},
        {"water_source": "improved_off_premises", "water_time_minutes": 31.0},
        {"water_source": "improved_off_premises", "water_time_minutes": None},
        {"water_source": "improved_on_premises", "water_time_minutes": None},
        {"water_source": "unimproved", "water_time_minutes": None},
        {"water_source": "unimproved", "water_time_minutes": "not_applicable"},
    ]
    assert masked(WATER, has, rows) == [YES, IN, OUT, YES, OUT, IN]


def test_without_the_question_on_time_every_improved_source_counts(sample, masked):
    has = sample(water_source={"reaches": frozenset({"improved_off_premises", "surface"})})
    rows = [{"water_source": "improved_off_premises"}, {"water_source": "surface"}]
    assert masked(WATER, has, rows) == [YES, IN]


def test_services_are_of_persons_in_private_households(sample, masked):
    has = sample("living_quarters", "electricity")
    rows = [
        {"living_quarters": quarters, "electricity": "yes"}
        for quarters in ("private_household", "institution", "homeless", "unknown")
    ]
    assert masked(("7.1.1", "electricity"), has, rows) == [YES, set(), set(), OUT]


def test_who_may_belong_to_the_base_but_is_not_known_to_is_left_out(sample, masked):
    has = sample("age", "sex", "marital_status")
    rows = [{"age": 16, "sex": sex, "marital_status": "never_married"} for sex in ("female", "unknown", "male")]
    rows.append({"age": None, "sex": "female", "marital_status": "never_married"})
    assert masked(("5.3.1", "ever_in_union_15_17"), has, rows) == [IN, OUT, set(), set()]


def test_all_asked_leaves_out_whoever_has_one_service_unknown(sample, masked):
    has = sample("electricity", "internet")
    rows = [
        {"electricity": "yes", "internet": "yes"},
        {"electricity": "no", "internet": "unknown"},
        {"electricity": "yes", "internet": "no"},
        {"electricity": "not_applicable", "internet": "yes"},
    ]
    assert masked(("1.4.1", "all_asked"), has, rows) == [YES, OUT, IN, OUT]


def test_a_time_not_asked_where_the_place_is_not_told_means_on_the_premises(sample, masked):
    reaches = frozenset({"improved_unspecified", "improved_off_premises"})
    has = sample("water_time_minutes", water_source={"reaches": reaches})
    rows = [
        {"water_source": "improved_unspecified", "water_time_minutes": "not_applicable"},
        {"water_source": "improved_off_premises", "water_time_minutes": "not_applicable"},
    ]
    assert masked(WATER, has, rows) == [YES, OUT]


def test_a_youth_whom_the_form_did_not_ask_about_training_was_in_none(sample, masked):
    has = sample("age", "labour_force_status", "school_attendance", "training_12_months")
    rows = [
        {**youth("unemployed", "not_attending"), "training_12_months": training}
        for training in ("not_applicable", "no", "yes", "unknown")
    ]
    assert masked(NEET, has, rows) == [YES, YES, IN, OUT]
