"""2.1.2 on a few persons, the share worked out by hand."""

from __future__ import annotations

FOOD = ("2.1.2", "food_insecurity")
CLASSED = "food_insecurity_moderate_severe"


def test_persons_classed_stand_in_for_the_mean_of_their_probabilities(sample, persons, estimate, status):
    # One of four; one has no class, and one was not asked.
    has = sample(CLASSED)
    rows = persons(f"{CLASSED}\nyes\nno\nno\nno\n?\n-")
    assert estimate(FOOD, has, rows) == (25.0, 4, 1, 1)
    assert status(has, *FOOD) == ("proxy", ["classed_food_insecure"])


def test_children_count_with_the_answer_they_have(sample, persons, estimate):
    # The scale asked of the household is the answer of all its members: two of three.
    has = sample("age", CLASSED)
    rows = persons(f"""
    age | {CLASSED}
    40  | yes
    3   | yes
    40  | no
    """)
    assert estimate(FOOD, has, rows) == (100 * 2 / 3, 3, 0, 0)


def test_a_scale_asked_of_adults_alone_says_so(sample, status):
    has = sample("age", **{CLASSED: {"min_age": 15}})
    assert status(has, *FOOD) == ("proxy", ["classed_food_insecure", "not_asked_under_15"])


def test_without_the_scale_it_is_unavailable(sample, status):
    assert status(sample("age"), *FOOD) == ("unavailable", ["missing_variable"])
