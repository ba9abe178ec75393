"""Multipliers and reference times of Brass–Trussell."""

import math

import pytest

from harmonize.demography.brass_trussell import FAMILIES, multipliers, reference_times
from tests.demography.cases import PANAMA_BORN, PANAMA_WOMEN


def panama_parities(sex):
    return [born / women for born, women in zip(PANAMA_BORN[sex], PANAMA_WOMEN, strict=True)]


@pytest.mark.parametrize(
    ("sex", "published"),
    [
        ("both", [1.0664, 1.0405, 0.9938, 1.0042, 1.0221, 1.0100, 1.0022]),
        ("male", [1.1029, 1.0395, 0.9850, 0.9939, 1.0109, 0.9984, 0.9909]),
        ("female", [1.0276, 1.0411, 1.0027, 1.0148, 1.0337, 1.0220, 1.0138]),
    ],
)
def test_panama_1976_has_the_published_multipliers_from_the_parities_of_the_sex(sex, published):
    assert [round(k, 4) for k in multipliers(panama_parities(sex))] == published


def test_panama_1976_has_the_published_years_before_the_survey():
    assert [round(t, 3) for t in reference_times(panama_parities("both"))] == [
        1.048,
        2.365,
        4.315,
        6.637,
        9.194,
        11.924,
        14.856,
    ]


def test_only_the_ratios_of_the_parities_count():
    parities = panama_parities("both")
    assert multipliers([3 * parity for parity in parities], "east") == pytest.approx(multipliers(parities, "east"))


@pytest.mark.parametrize("family", FAMILIES)
def test_every_family_gives_sensible_numbers_for_an_ordinary_population(family):
    # P1/P2 = .2 and P2/P3 = .55: multipliers near 1, each older group of mothers further back in time.
    ratios = [0.3, 1.5, 1.5 / 0.55]
    assert all(0.9 < k < 1.15 for k in multipliers(ratios, family))
    times = reference_times(ratios, family)
    assert list(times) == sorted(times)
    assert 0.5 < times[0] < 1.5
    assert 12 < times[-1] < 18


def test_an_unknown_family_is_named_with_the_ones_there_are():
    with pytest.raises(ValueError, match="unknown Coale–Demeny family 'wset'; the families are north, south, east, w"):
        multipliers([0.2, 1, 2], "wset")


@pytest.mark.parametrize("parities", [[0.2, 0, 2], [0.2, 1, math.nan], [-0.1, 1, 2]])
def test_no_parity_ratio_can_be_formed_without_children(parities):
    with pytest.raises(ValueError, match="Take the parities of the whole sample"):
        multipliers(parities)


def test_fewer_than_three_parities_are_refused():
    with pytest.raises(ValueError, match="P1, P2, P3 of women 15–29; 2 given"):
        reference_times([0.2, 1])
