"""The coefficients against a simulated population: constant fertility after Brass's polynomial, mortality of level 12.

South and East were seen in one typing only, so they are checked against what they must say: in a population with the
family's own mortality, k(i) times the proportion dead is q(x), and t(i) grows as the mean time since the children's
deaths. Manual X's fertility schedules and reference dates are not these, hence the room left.
"""

from functools import cache

import numpy as np
import pytest

from harmonize.demography.brass_trussell import AGES_OF_CHILDREN, FAMILIES, multipliers, reference_times
from harmonize.demography.coale_demeny import probabilities

LEVEL = 12
STEP = 0.02


@cache
def simulated(family):
    """Parities, proportions dead and mean years since death of the dead children, by age group of mothers."""
    q = np.array([probabilities(x, family)[LEVEL - 1] for x in AGES_OF_CHILDREN])
    ages = np.arange(STEP / 2, 36, STEP)
    dead_by = np.interp(ages, [0, *AGES_OF_CHILDREN, 35], [0, *q, q[-1] + 4 * (q[-1] - q[-2])])
    dead_by = np.where(ages < 1, q[0] * ages**0.35, dead_by)  # most infant deaths are early
    years_dead = np.cumsum(dead_by) * STEP
    start = 16.0
    at = np.arange(10 + STEP / 2, 50, STEP)
    births = np.where((at > start) & (at < start + 33), (at - start) * (start + 33 - at) ** 2, 0)
    sums = np.zeros((7, 3))
    for group in range(7):
        for mother in np.arange(15 + 5 * group + 0.25, 20 + 5 * group, 0.5):
            past, ago = births[at < mother], mother - at[at < mother]
            sums[group] += (
                past.sum(),
                past @ np.interp(ago, ages, dead_by),
                past @ np.interp(ago, ages, years_dead),
            )
    return sums[:, 0], sums[:, 1] / sums[:, 0], sums[:, 2] / sums[:, 1], q


@pytest.mark.parametrize("family", FAMILIES)
def test_the_multiplier_turns_the_simulated_proportion_dead_into_the_familys_own_probability(family):
    parities, dead, _, q = simulated(family)
    off = np.array(multipliers(parities, family)) * dead / q - 1
    assert np.abs(off[2:]) == pytest.approx(0, abs=0.01)
    assert np.abs(off[:2]) == pytest.approx(0, abs=0.05)


@pytest.mark.parametrize("family", FAMILIES)
def test_the_reference_time_stands_to_the_simulated_time_since_death_alike_in_all_families(family):
    ratios = {}
    for name in FAMILIES:
        parities, _, since, _ = simulated(name)
        ratios[name] = np.array(reference_times(parities, name)) / since
    others = np.mean([ratios[name] for name in FAMILIES if name != family], axis=0)
    assert np.abs(ratios[family] / others - 1) == pytest.approx(0, abs=0.02)
    assert np.all((ratios[family] > 0.85) & (ratios[family] < 1))
