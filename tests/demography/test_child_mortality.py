"""Under-five mortality as a whole: the published examples and what must hold for any numbers."""

import pytest

from harmonize.demography.brass_trussell import FAMILIES
from harmonize.demography.child_mortality import child_mortality, mean_parities
from harmonize.demography.coale_demeny import probabilities
from tests.demography.cases import (
    BANGLADESH_BORN,
    BANGLADESH_DEAD,
    BANGLADESH_WOMEN,
    PANAMA_BORN,
    PANAMA_DEAD,
    PANAMA_WOMEN,
)


def panama(sex="both", **options):
    return child_mortality(PANAMA_WOMEN, PANAMA_BORN[sex], PANAMA_DEAD[sex], sex=sex, **options)


def bangladesh():
    return child_mortality(BANGLADESH_WOMEN, BANGLADESH_BORN, BANGLADESH_DEAD, family="south")


def column(result, name, digits):
    return [round(getattr(group, name), digits) for group in result.groups]


def test_panama_1976_both_sexes_is_reproduced_digit_by_digit():
    result = panama()
    assert column(result, "proportion_dead", 4) == [0.0718, 0.0494, 0.0656, 0.0715, 0.0946, 0.1077, 0.1306]
    assert column(result, "multiplier", 4) == [1.0664, 1.0405, 0.9938, 1.0042, 1.0221, 1.0100, 1.0022]
    assert [group.x for group in result.groups] == [1, 2, 3, 5, 10, 15, 20]
    assert column(result, "q", 5) == [0.07658, 0.05137, 0.06518, 0.07179, 0.09671, 0.10882, 0.13087]
    assert column(result, "t", 3) == [1.048, 2.365, 4.315, 6.637, 9.194, 11.924, 14.856]
    assert column(result, "q5", 4) == [0.1068, 0.0582, 0.0702, 0.0718, 0.0886, 0.0936, 0.1033]


@pytest.mark.parametrize(
    ("sex", "published"),
    [
        ("male", [0.0952, 0.0580, 0.0707, 0.0757, 0.1021, 0.1201, 0.1308]),
        ("female", [0.0589, 0.0440, 0.0594, 0.0676, 0.0908, 0.0965, 0.1309]),
    ],
)
def test_panama_1976_by_sex_has_the_published_probabilities_of_dying(sex, published):
    # Published to four digits; the males' .10215 and .12015 fall on the edge.
    assert [group.q for group in panama(sex).groups] == pytest.approx(published, abs=5.5e-5)


def test_the_headline_of_panama_is_the_mean_of_mothers_25_to_34_at_the_mean_of_their_dates():
    result = panama()
    assert result.q5 == pytest.approx((0.07020 + 0.07179) / 2, abs=2e-5)
    assert result.t == pytest.approx((4.315 + 6.637) / 2, abs=1e-3)


def test_bangladesh_1974_is_reproduced_in_the_south_family():
    result = bangladesh()
    assert column(result, "q", 4) == [0.1701, 0.2026, 0.2113, 0.2299, 0.2468, 0.2660, 0.2830]
    assert column(result, "t", 3) == [1.180, 2.573, 4.591, 6.972, 9.602, 12.427, 15.522]
    q5 = column(result, "q5", 4)
    assert q5[:1] + q5[2:] == [0.2937, 0.2298, 0.2299, 0.2292, 0.2373, 0.2392]


def test_bangladesh_mothers_20_to_24_differ_from_u5mr_because_its_south_table_has_a_misprint():
    q = bangladesh().groups[1].q
    q2, q5 = probabilities(2, "south"), probabilities(5, "south")

    def between(low, high, q2_low, q2_high):
        share = (q2_low - q) / (q2_low - q2_high)
        return round(q5[low - 1] + share * (q5[high - 1] - q5[low - 1]), 4)

    # With .21022 for level 12 (printed in u5mr), q(2) falls between levels 12 and 13; with .20122 between 11 and 12.
    assert between(12, 13, 0.21022, q2[12]) == 0.2394
    assert between(11, 12, q2[10], 0.20122) == 0.2477
    assert round(bangladesh().groups[1].q5, 4) == 0.2477


@pytest.mark.parametrize("family", FAMILIES)
def test_doubling_every_count_changes_nothing(family):
    once = child_mortality(PANAMA_WOMEN, PANAMA_BORN["both"], PANAMA_DEAD["both"], family=family)
    twice = child_mortality(
        *([2 * number for number in numbers] for numbers in (PANAMA_WOMEN, PANAMA_BORN["both"], PANAMA_DEAD["both"])),
        family=family,
    )
    assert twice == once


def test_a_group_with_the_ratios_of_the_whole_sample_keeps_its_own_deaths():
    # A subgroup whose young women have few children: its own ratios move k, the whole sample's don't.
    women = [500, 400, 350, 300, 260, 210, 170]
    born, dead = [20, 300, 700, 1000, 1100, 1000, 850], [2, 20, 55, 90, 120, 130, 130]
    whole = mean_parities(PANAMA_WOMEN, PANAMA_BORN["both"]).parities
    own, borrowed = child_mortality(women, born, dead), child_mortality(women, born, dead, parities=whole)
    assert [group.multiplier for group in borrowed.groups] == [group.multiplier for group in panama().groups]
    assert [group.t for group in borrowed.groups] == [group.t for group in panama().groups]
    assert column(borrowed, "proportion_dead", 9) == column(own, "proportion_dead", 9)
    assert abs(own.groups[0].multiplier / borrowed.groups[0].multiplier - 1) > 0.1
    assert own.q5 != borrowed.q5


def test_the_whole_samples_ratios_for_the_whole_sample_change_nothing():
    whole = mean_parities(PANAMA_WOMEN, PANAMA_BORN["both"]).parities
    assert panama(parities=whole) == panama()


def test_more_deaths_mean_more_mortality_in_every_age_group():
    worse = child_mortality(PANAMA_WOMEN, PANAMA_BORN["both"], [1.2 * dead for dead in PANAMA_DEAD["both"]])
    for before, after in zip(panama().groups, worse.groups, strict=True):
        assert after.q == pytest.approx(1.2 * before.q)
        assert after.q5 > before.q5


def test_an_age_group_without_a_death_has_no_q5_and_says_why_and_the_others_stand():
    dead = [0, *PANAMA_DEAD["both"][1:]]
    result = child_mortality(PANAMA_WOMEN, PANAMA_BORN["both"], dead)
    assert result.groups[0].q == 0
    assert result.groups[0].q5 is None
    assert "outside the Coale–Demeny tables" in result.groups[0].reason
    assert result.q5 == panama().q5


def test_no_children_of_mothers_30_to_34_means_no_headline():
    whole = mean_parities(PANAMA_WOMEN, PANAMA_BORN["both"]).parities
    born, dead = list(PANAMA_BORN["both"]), list(PANAMA_DEAD["both"])
    born[3] = dead[3] = 0
    result = child_mortality(PANAMA_WOMEN, born, dead, parities=whole)
    assert result.q5 is None
    assert result.groups[3].reason == "no children ever born to women aged 30-34"


@pytest.mark.parametrize(
    ("born", "dead", "message"),
    [
        (PANAMA_BORN["both"], [558, *PANAMA_DEAD["both"][1:]], "mothers 15-19: 558 children dead of 557 ever born"),
        (PANAMA_BORN["both"][:6], PANAMA_DEAD["both"], "children born: seven numbers"),
        (PANAMA_BORN["both"], [-1, *PANAMA_DEAD["both"][1:]], "children dead: seven numbers from 0 up"),
        (
            [557, 0, *PANAMA_BORN["both"][2:]],
            [40, 0, *PANAMA_DEAD["both"][2:]],
            "Take the parities of the whole sample",
        ),
    ],
)
def test_numbers_that_cannot_be_are_refused(born, dead, message):
    with pytest.raises(ValueError, match=message):
        child_mortality(PANAMA_WOMEN, born, dead)


def test_women_not_stated_leave_the_mean_parities_when_they_are_few():
    few = [0.01 * women for women in PANAMA_WOMEN]
    found = mean_parities(PANAMA_WOMEN, PANAMA_BORN["both"], childless=[10.0] * 7, not_stated=few)
    assert found.correction is None
    assert found.parities == mean_parities(PANAMA_WOMEN, PANAMA_BORN["both"]).parities
    assert found.share_not_stated == pytest.approx([0.01 / 1.01] * 7)


def test_above_two_percent_not_stated_the_childless_among_them_join_the_denominator():
    # 1,000 women each; 800 … 80 childless, of whom one in five was left blank; 30 more not stated in truth.
    really_childless = [800.0, 400, 200, 120, 100, 90, 80]
    blank = [0.2 * number + 30 for number in really_childless]
    stated = [1000 - number for number in blank]
    born = [200.0, 1000, 2000, 3000, 3800, 4300, 4500]
    found = mean_parities(stated, born, childless=[0.8 * n for n in really_childless], not_stated=blank)
    assert found.correction is not None
    assert found.parities == pytest.approx([children / 970 for children in born])
    uncorrected = mean_parities(stated, born, not_stated=blank)
    assert uncorrected.correction is None
    assert uncorrected.parities[0] == pytest.approx(200 / 810)
