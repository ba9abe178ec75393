"""8.7.1 on a few children, the shares worked out by hand."""

from __future__ import annotations

LABOUR, WITH_CHORES = ("8.7.1", "child_labour"), ("8.7.1", "child_labour_and_chores")

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
    # Of eleven children known, three work the hours of their age (1 at 5, 14 at 14, 43 at 17) and one works
    # at what is hazardous. Hours of one, and the work of another, are unknown.
    has = sample("age", "labour_force_status", "hours_worked_week", "hazardous_work")
    assert estimate(LABOUR, has, persons(CHILDREN)) == (100 * 4 / 11, 11, 2, 0)
    assert status(has, *LABOUR) == ("proxy", ["own_chores_apart"])


def test_chores_of_21_hours_count_up_to_14(sample, persons, estimate, status):
    # Two more: at 12 and at 8; the 30 hours at 15 do not count. One has unknown chores: of ten.
    has = sample("age", "labour_force_status", "hours_worked_week", "chores_hours_week", "hazardous_work")
    assert estimate(WITH_CHORES, has, persons(CHILDREN)) == (100 * 6 / 10, 10, 3, 0)
    assert status(has, *WITH_CHORES) == ("exact", [])


def test_where_hazardous_work_was_not_asked_hours_alone_count(sample, persons, estimate, status):
    has = sample("age", "labour_force_status", "hours_worked_week", "chores_hours_week")
    assert estimate(LABOUR, has, persons(CHILDREN)) == (100 * 3 / 11, 11, 2, 0)
    assert status(has, *WITH_CHORES) == ("proxy", ["no_hazardous_work"])


def test_work_asked_from_ten_on_narrows_the_children(sample, status):
    has = sample("age", "hours_worked_week", labour_force_status={"min_age": 10})
    assert "not_asked_under_10" in status(has, *LABOUR)[1]


def test_work_asked_from_fifteen_on_leaves_no_chores_to_judge(sample, status):
    has = sample("age", "hours_worked_week", "chores_hours_week", labour_force_status={"min_age": 18})
    assert status(has, *WITH_CHORES) == ("unavailable", ["not_asked_of_these_ages"])
