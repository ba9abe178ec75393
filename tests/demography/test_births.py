"""P/F ratios and the age shift of adolescent births."""

import numpy as np
import pytest

from harmonize.demography.births import age_shift, pf_ratios
from harmonize.demography.pf_multipliers import AT_BIRTH, AT_SURVEY, MEAN_AGE, P1_P2
from tests.demography.cases import MALAWI_PARITIES, MALAWI_RATES


def test_malawi_2008_is_reproduced_digit_by_digit():
    found = pf_ratios(MALAWI_RATES, MALAWI_PARITIES)
    assert round(found.mean_age, 3) == 29.273
    assert [round(value, 3) for value in found.cumulated] == [0.243, 1.259, 2.476, 3.536, 4.379, 4.890, 5.136]
    # The published ratios are of the rounded F: .283/.243 = 1.165.
    assert [round(value, 3) for value in found.ratios] == [1.165, 1.217, 1.151, 1.184, 1.191, 1.234, 1.256]
    assert round(found.total_fertility, 2) == 5.16
    assert round(found.total_fertility * found.factor(), 2) == 6.28


def test_the_factor_is_the_mean_of_the_age_groups_asked_for():
    found = pf_ratios(MALAWI_RATES, MALAWI_PARITIES)
    assert found.factor(["20-24", "25-29"]) == pytest.approx((found.ratios[1] + found.ratios[2]) / 2)
    with pytest.raises(ValueError, match="some of 15-19, 20-24"):
        found.factor(["20-29"])


def schedule(mean_age, shift):
    """Rates and parities of Brass's polynomial: f(a) ~ (a − s)(s + 33 − a)² from s to s + 33, by fine integration."""
    start = mean_age - 13.2
    step = 0.0005
    ages = np.arange(start + step / 2, 50, step)
    fertility = np.where(ages < start + 33, (ages - start) * (start + 33 - ages) ** 2, 0)
    had = np.cumsum(fertility) * step
    edges = np.arange(15, 55, 5)
    total = np.interp(edges - shift, ages, had, left=0)
    rates = np.diff(total) / 5
    rates[0] = total[1] / 5  # every birth before the end of the group is in the first rate
    means = [had[(ages >= low) & (ages < low + 5)].sum() * step / 5 for low in edges[:7]]
    return rates, np.array(means)


@pytest.mark.parametrize(("table", "shift"), [(AT_SURVEY, 0.5), (AT_BIRTH, 0.0)], ids=["at survey", "at birth"])
@pytest.mark.parametrize("column", range(8))
def test_the_multipliers_are_those_of_brass_polynomial(table, shift, column):
    rates, means = schedule(MEAN_AGE[column], shift)
    assert means[0] / means[1] == pytest.approx(P1_P2[column], abs=1.5e-3)
    rows = range(7) if rates[6] > 0 else range(6)  # at a mean age of 24.7 no births are left at 45–49
    expected = [(means[i] - 5 * rates[:i].sum()) / rates[i] for i in rows]
    assert [table.rows[i][column] for i in rows] == pytest.approx(expected, abs=6e-3)


@pytest.mark.parametrize(("births", "shift"), [("at_survey", 0.5), ("at_birth", 0.0)])
def test_where_fertility_was_constant_and_reported_in_full_every_ratio_is_one(births, shift):
    # The polynomial between two columns of the table; the mean age by group midpoints is half a year too high where
    # the age is that at the survey, so only women under 30, whose multiplier goes by P1/P2, are exact there.
    rates, means = schedule(29.2, shift)
    ratios = pf_ratios(rates, means, births).ratios
    assert ratios[1:3] == pytest.approx([1, 1], abs=2e-3)
    assert ratios[3:6] == pytest.approx([1, 1, 1], abs=4e-3)


def test_half_the_births_reported_double_the_ratios():
    whole = pf_ratios(MALAWI_RATES, MALAWI_PARITIES)
    half = pf_ratios([rate / 2 for rate in MALAWI_RATES], MALAWI_PARITIES)
    assert half.ratios == pytest.approx([2 * ratio for ratio in whole.ratios])


def test_age_at_birth_gives_a_smaller_f_than_age_at_the_survey_and_so_a_higher_ratio():
    at_survey, at_birth = (pf_ratios(MALAWI_RATES, MALAWI_PARITIES, births) for births in ("at_survey", "at_birth"))
    assert all(late > early for late, early in zip(at_birth.ratios, at_survey.ratios, strict=True))


@pytest.mark.parametrize(
    ("rates", "parities", "message"),
    [
        ([0.01, 0.05, 0.10, 0.12, 0.10, 0.08, 0.06], MALAWI_PARITIES, "the mean age of fertility is 34.5"),
        (MALAWI_RATES, [0.01, *MALAWI_PARITIES[1:]], "P1/P2 is 0.0065"),
        ([0.0, *MALAWI_RATES[1:]], MALAWI_PARITIES, "seven rates above 0"),
        (MALAWI_RATES[:6], MALAWI_PARITIES, "seven rates above 0"),
    ],
)
def test_fertility_that_the_multipliers_do_not_cover_is_refused(rates, parities, message):
    with pytest.raises(ValueError, match=message):
        pf_ratios(rates, parities)


# Ages 10 to 20 at the census.
BIRTHS = [0, 0, 1, 2, 7, 20, 40, 60, 80, 100, 120]
WOMEN = [1000, 1000, 1000, 1000, 1000, 1000, 1000, 1000, 1000, 1000, 1000]


def test_the_shift_by_hand_takes_half_of_15_and_half_of_20():
    # 15–19: (20/2 + 40 + 60 + 80 + 100 + 120/2) / (500 + 4,000 + 500) = 350 / 5,000 = 70 per 1,000.
    # 10–14: (0/2 + 0 + 1 + 2 + 7 + 20/2) / 5,000 = 20 / 5,000 = 4 per 1,000.
    found = age_shift(BIRTHS, WOMEN)
    assert found.aged_15_19 == pytest.approx(70)
    assert found.aged_10_14 == pytest.approx(4)


def test_the_shift_raises_the_rate_where_births_rise_with_age():
    unadjusted = 1000 * sum(BIRTHS[5:10]) / sum(WOMEN[5:10])
    assert unadjusted == 60
    assert age_shift(BIRTHS, WOMEN).aged_15_19 > unadjusted


def test_a_rate_that_is_the_same_at_every_age_is_not_moved():
    women = [900, 950, 1000, 1020, 980, 1100, 700, 1300, 800, 1200, 1000]
    found = age_shift([0.05 * number for number in women], women)
    assert found.aged_10_14 == pytest.approx(50)
    assert found.aged_15_19 == pytest.approx(50)


def test_doubling_births_and_women_changes_no_rate():
    assert age_shift([2 * n for n in BIRTHS], [2 * n for n in WOMEN]) == age_shift(BIRTHS, WOMEN)


def test_where_girls_under_12_were_not_asked_there_is_no_rate_for_10_to_14_and_one_for_15_to_19():
    found = age_shift([float("nan"), float("nan"), *BIRTHS[2:]], WOMEN)
    assert found.aged_10_14 is None
    assert found.aged_15_19 == pytest.approx(70)


def test_no_women_no_rate():
    assert age_shift([0] * 11, [0] * 11).aged_15_19 is None


@pytest.mark.parametrize(
    ("births", "women", "message"),
    [
        (BIRTHS[:10], WOMEN[:10], "single years of age, 10 to 20"),
        ([-1, *BIRTHS[1:]], WOMEN, "no negative numbers"),
        (BIRTHS, [*WOMEN[:10], 0], "women at every age that has births"),
    ],
)
def test_arrays_that_cannot_be_are_refused(births, women, message):
    with pytest.raises(ValueError, match=message):
        age_shift(births, women)
