"""Women whose children ever born are not stated, and are childless."""

import pytest

from harmonize.demography.el_badry import el_badry

WOMEN = [1000.0, 1000, 1000, 1000, 1000, 1000, 1000]
REALLY_CHILDLESS = [800.0, 400, 200, 120, 100, 90, 80]
# One in five childless women was left blank; 3 % are not stated in truth, at every age (of the women who aren't blank).
CHILDLESS = [0.8 * number for number in REALLY_CHILDLESS]
NOT_STATED = [0.2 * number + 30 for number in REALLY_CHILDLESS]


def test_blanks_in_proportion_to_childless_women_are_given_back_to_them_exactly():
    found = el_badry(WOMEN, CHILDLESS, NOT_STATED)
    assert found.applies
    assert found.intercept == pytest.approx(0.03)
    assert found.slope == pytest.approx(0.25)
    assert found.correlation == pytest.approx(1)
    assert found.childless == pytest.approx([number / 1000 for number in REALLY_CHILDLESS])
    assert found.not_stated == pytest.approx([0.03] * 7)


def test_no_woman_is_lost_or_made():
    blanks = [190.0, 120, 60, 55, 50, 45, 47]
    found = el_badry(WOMEN, CHILDLESS, blanks)
    for before, blank, childless, not_stated in zip(CHILDLESS, blanks, found.childless, found.not_stated, strict=True):
        assert childless + not_stated == pytest.approx((before + blank) / 1000)


def test_sums_of_weights_do_as_well_as_counts():
    scaled = el_badry([7.3 * n for n in WOMEN], [7.3 * n for n in CHILDLESS], [7.3 * n for n in NOT_STATED])
    assert scaled.childless == pytest.approx(el_badry(WOMEN, CHILDLESS, NOT_STATED).childless)


@pytest.mark.parametrize(
    "blanks",
    [[30.0, 40, 50, 60, 70, 80, 90], [200.0, 80, 20, 2, 0, 0, 0], [50.0] * 7],
    ids=["blanks rise with age", "fewer than none would be left", "blanks the same at every age"],
)
def test_where_the_pattern_is_not_there_nothing_is_corrected(blanks):
    found = el_badry(WOMEN, CHILDLESS, blanks)
    assert not found.applies
    assert found.childless == pytest.approx([number / 1000 for number in CHILDLESS])
    assert found.not_stated == pytest.approx([number / 1000 for number in blanks])


@pytest.mark.parametrize(
    ("women", "childless", "message"),
    [
        (WOMEN[:6], CHILDLESS, "same age groups"),
        ([0.0, *WOMEN[1:]], CHILDLESS, "women in every age group"),
        (WOMEN, [900.0, *CHILDLESS[1:]], "no more childless and not stated than women"),
    ],
)
def test_numbers_that_cannot_be_are_refused(women, childless, message):
    with pytest.raises(ValueError, match=message):
        el_badry(women, childless, NOT_STATED)
