"""8.7.1 on a few children, the shares worked out by hand."""

from __future__ import annotations

LABOUR, WITH_CHORES, OR_HAZARD = (
    ("8.7.1", f"child_labour{more}") for more in ("", "_and_chores", "_or_hazardous_work")
)

CHILDREN = """
age | labour_force_status | hours_worked_week | chores_hours_week | hazardous_work
5   | employed            | 1                 | 0                 | no
11  | employed            | 0                 | 0                 | no
12  | employed            | 13                | 21                | no
14  | employed            | 14                | 0                 | no
15  | employed            | 42                | 30                | no
17  | employed            | 43                | -                 | no
16  | employed            | 10                | -                 | yes
8   | outside_labour_force | -                | 20                | -
8   | outside_labour_force | -                | 21                | -
8   | outside_labour_force | -                | -                 | -
18  | employed            | 60                | -                 | yes
4   | outside_labour_force | -                | 40                | -
9   | employed            | ?                 | 0                 | no
9   | outside_labour_force | -                | ?                 | -
9   | ?                   | -                 | 0                 | -
"""


def test_the_hours_of_child_labour_rise_with_age(sample, persons, estimate, status):
    # Of eleven children known, three work the hours of their age (1 at 5, 14 at 14, 43 at 17). Ten hours of
    # hazardous work at 16 do not count: hours stand for hazards. Of two the hours or the work are unknown.
    has = sample("age", "labour_force_status", "hours_worked_week", "hazardous_work")
    assert estimate(LABOUR, has, persons(CHILDREN)) == (100 * 3 / 11, 11, 2, 0)
    assert status(has, *LABOUR) == ("exact", [])


def test_chores_of_21_hours_count_up_to_14(sample, persons, estimate, status):
    # Two more: at 12 and at 8; the 30 hours at 15 do not count. One has unknown chores: five of ten.
    has = sample("age", "labour_force_status", "hours_worked_week", "chores_hours_week")
    assert estimate(WITH_CHORES, has, persons(CHILDREN)) == (50.0, 10, 3, 0)
    assert status(has, *WITH_CHORES) == ("exact", [])


def test_hazardous_work_counts_in_a_series_of_its_own(sample, persons, estimate, status):
    # The child of 16 beside the three: four of eleven.
    has = sample("age", "labour_force_status", "hours_worked_week", "hazardous_work")
    assert estimate(OR_HAZARD, has, persons(CHILDREN)) == (100 * 4 / 11, 11, 2, 0)
    assert status(has, *OR_HAZARD) == ("proxy", ["with_hazardous_work"])


def test_a_working_child_of_whom_hazards_are_not_known_is_left_out_of_that_series(sample, persons, estimate):
    # One of two: the hours of the first would decide it, but what is needed is known for all or not at all.
    has = sample("age", "labour_force_status", "hours_worked_week", "hazardous_work")
    rows = persons("""
    age | labour_force_status  | hours_worked_week | hazardous_work
    13  | employed             | 20                | ?
    13  | employed             | 20                | no
    13  | outside_labour_force | -                 | -
    """)
    assert estimate(OR_HAZARD, has, rows) == (50.0, 2, 1, 0)


def test_without_a_question_on_hazards_or_chores_hours_alone_are_measured(sample, status):
    has = sample("age", "labour_force_status", "hours_worked_week")
    assert status(has, *LABOUR) == ("exact", [])
    assert status(has, *WITH_CHORES) == ("unavailable", ["missing_variable"])
    assert status(has, *OR_HAZARD) == ("unavailable", ["missing_variable"])


def test_hours_that_are_not_those_of_the_week_make_child_labour_a_proxy(sample, status):
    for hours in ("usual", "differs"):
        has = sample("age", "labour_force_status", hours_worked_week={"options": {"hours": hours}})
        assert status(has, *LABOUR) == ("proxy", ["hours_not_actual"])
    actual = sample("age", "labour_force_status", hours_worked_week={"options": {"hours": "actual"}})
    assert status(actual, *LABOUR) == ("exact", [])


def test_work_asked_from_ten_on_narrows_the_children(sample, status):
    has = sample("age", "hours_worked_week", labour_force_status={"min_age": 10})
    assert status(has, *LABOUR) == ("proxy", ["not_asked_under_10"])


def test_work_asked_from_fifteen_on_leaves_no_chores_to_judge(sample, status):
    has = sample("age", "hours_worked_week", "chores_hours_week", labour_force_status={"min_age": 18})
    assert status(has, *WITH_CHORES) == ("unavailable", ["not_asked_of_these_ages"])
