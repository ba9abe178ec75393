"""The Coale–Demeny tables and the way from q(x) to q(5)."""

import numpy as np
import pytest

from harmonize.demography.brass_trussell import AGES_OF_CHILDREN, FAMILIES
from harmonize.demography.coale_demeny import SEXES, OutsideTables, level, probabilities, probability, under_five

TABLES = [(family, sex) for family in FAMILIES for sex in SEXES]
# Step-by-Step Guide, table A.I.12, West, both sexes.
WEST_BOTH = {
    14: [0.11524, 0.14247, 0.15453, 0.16826, 0.18342, 0.19460, 0.21061],
    15: [0.10259, 0.12579, 0.13611, 0.14795, 0.16141, 0.17142, 0.18593],
    16: [0.09037, 0.10972, 0.11843, 0.12854, 0.14033, 0.14914, 0.16214],
    17: [0.07862, 0.09415, 0.10138, 0.11001, 0.12015, 0.12778, 0.13924],
    18: [0.06734, 0.07941, 0.08521, 0.09233, 0.10083, 0.10729, 0.11721],
    19: [0.05656, 0.06547, 0.06989, 0.07545, 0.08236, 0.08765, 0.09604],
    20: [0.04628, 0.05229, 0.05537, 0.05934, 0.06469, 0.06883, 0.07571],
    21: [0.03604, 0.03979, 0.04178, 0.04440, 0.04830, 0.05143, 0.05675],
}


def table(family, sex):
    return np.array([probabilities(x, family, sex) for x in AGES_OF_CHILDREN])


@pytest.mark.parametrize("number", WEST_BOTH)
def test_west_for_both_sexes_is_the_printed_table(number):
    assert table("west", "both")[:, number - 1].tolist() == WEST_BOTH[number]


@pytest.mark.parametrize(("family", "sex"), TABLES)
def test_more_children_are_dead_at_each_later_age_and_fewer_at_each_higher_level(family, sex):
    q = table(family, sex)
    assert q.shape == (7, 25)
    assert np.all(np.diff(q, axis=0) > 0)
    assert np.all(np.diff(q, axis=1) < 0)


@pytest.mark.parametrize("family", FAMILIES)
def test_both_sexes_are_the_tables_by_sex_at_105_boys_to_100_girls(family):
    # Rounding in three tables leaves 1.6e-5: one wrong digit anywhere in the 2,100 numbers shows.
    expected = (1.05 * table(family, "male") + table(family, "female")) / 2.05
    assert np.max(np.abs(table(family, "both") - expected)) < 1.6e-5


@pytest.mark.parametrize(("family", "sex"), TABLES)
def test_deaths_between_one_and_five_are_split_alike_at_neighbouring_levels(family, sex):
    # What gave the misprints in q(2) and q(3) away.
    q = table(family, sex)
    for row in (1, 2):
        split = (q[row] - q[0]) / (q[3] - q[0])
        assert np.max(np.abs(np.diff(split))) < 0.035


def test_the_misprint_of_west_female_level_22_is_not_carried_on():
    assert probabilities(2, "west", "female")[21] == 0.02470
    assert probabilities(3, "west", "female")[21] == 0.02575


@pytest.mark.parametrize(("family", "sex"), TABLES)
@pytest.mark.parametrize("x", AGES_OF_CHILDREN)
def test_a_level_is_found_again_from_its_own_probability(family, sex, x):
    for number in (1.0, 7.0, 13.5, 24.25, 25.0):
        assert level(probability(number, x, family, sex), x, family, sex) == pytest.approx(number, abs=1e-9)


def test_halfway_between_two_levels_in_one_probability_is_halfway_in_under_five_mortality():
    # West, both sexes: q(2) halfway from level 17 to 18 gives q(5) halfway from .11001 to .09233.
    assert under_five((0.09415 + 0.07941) / 2, 2) == pytest.approx((0.11001 + 0.09233) / 2, abs=1e-12)


def test_q5_is_left_as_it_is():
    assert under_five(0.0718, 5, "north", "male") == pytest.approx(0.0718, abs=1e-12)


@pytest.mark.parametrize("q", [0.0, 0.005, 0.6, float("nan")])
def test_a_probability_that_no_level_has_is_refused_with_the_reach_of_the_tables(q):
    with pytest.raises(OutsideTables, match=r"they reach from 0\.00581 \(level 25\) to 0\.39278 \(level 1\)"):
        level(q, 1)


def test_levels_end_at_25():
    with pytest.raises(OutsideTables, match="levels 1 to 25"):
        probability(25.1, 5)


@pytest.mark.parametrize(
    ("arguments", "message"),
    [((4, "west", "both"), "not at 4"), ((5, "latin", "both"), "'latin'"), ((5, "west", "boys"), "sex 'boys'")],
)
def test_what_the_tables_do_not_have_is_named(arguments, message):
    with pytest.raises(ValueError, match=message):
        probabilities(*arguments)


def test_the_tables_cannot_be_changed_by_a_caller():
    with pytest.raises(ValueError, match="read-only"):
        probabilities(5)[0] = 1
