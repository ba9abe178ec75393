"""The perturbation table: what the noise of a count may be, on the average and at most."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from harmonize.protect.noise import NoiseTable, rounding

PARAMETERS = [NoiseTable(), NoiseTable(2, 1.08, 1), NoiseTable(3, 1.5, 0), NoiseTable(5, 2, 2), NoiseTable(10, 4, 3)]
KEYS = np.random.default_rng(11).integers(0, 2**32, 400_000, np.uint32)

# Published with R's ptable: create_cnt_ptable(D = 2, V = 1.08, js = 1), count -> noise -> probability, in
# sdcTools/CensusProtection, CellKey/SAS/ptable_d2_v108_js1.csv
PTABLE = {
    0: {0: 1.0},
    1: {-1: 0.513333333333334, 1: 0.459999999999997, 2: 0.0266666666666684},
    2: {-2: 0.165608346861048, 0: 0.546349918833711, 1: 0.244866774888386, 2: 0.043174959416855},
    3: {-1: 0.420784681404797, 0: 0.277645955785609, 1: 0.182354044214391, 2: 0.119215318595203},
    4: {-2: 0.0739466779323054, -1: 0.244213288270854, 0: 0.363680067593605, 1: 0.244213288271006,
        2: 0.0739466779322297},
}  # fmt: skip


def test_the_table_that_ptable_publishes() -> None:
    table = NoiseTable(2, 1.08, 1)
    assert len(table.probabilities) == len(PTABLE)
    for count, expected in PTABLE.items():
        found = dict(zip(table.noises.tolist(), table.probabilities[count], strict=True))
        for noise in table.noises.tolist():
            assert found[noise] == pytest.approx(expected.get(noise, 0.0), abs=1e-9), (count, noise)


@pytest.mark.parametrize("table", PARAMETERS)
def test_every_positive_count_has_noise_of_mean_zero_and_the_variance(table: NoiseTable) -> None:
    p, v = table.probabilities, table.noises
    assert p.min() >= 0
    assert p.sum(axis=1) == pytest.approx(1, abs=1e-12)
    assert p @ v == pytest.approx(0, abs=1e-9)
    assert (p @ v**2)[1:] == pytest.approx(table.variance, abs=1e-9)


@pytest.mark.parametrize("table", PARAMETERS)
def test_no_distribution_with_that_mean_and_variance_has_more_entropy(table: NoiseTable) -> None:
    rng = np.random.default_rng(3)
    for p in table.probabilities[1:]:
        v, own = table.noises[p > 1e-4], p[p > 1e-4]  # of the others nothing is seen in the sums
        if len(v) <= 3:  # there is but one distribution
            continue
        conditions = np.stack([np.ones(len(v)), v, v**2])
        for _ in range(20):
            step = rng.normal(size=len(v))
            step -= conditions.T @ np.linalg.lstsq(conditions.T, step, rcond=None)[0]
            other = own + step / np.abs(step / own).max() * 0.5
            assert -(other * np.log(other)).sum() < -(own * np.log(own)).sum()


@pytest.mark.parametrize("table", PARAMETERS)
@pytest.mark.parametrize("count", [1, 2, 3, 4, 5, 8, 30, 10**12])
def test_what_is_looked_up_over_many_keys(table: NoiseTable, count: int) -> None:
    noise = table.look_up(np.full(len(KEYS), count), KEYS)
    published = count + noise
    assert np.abs(noise).max() <= table.largest
    assert published.min() >= 0
    assert not np.isin(published, np.arange(1, table.smallest + 1)).any()
    p, v = table.probabilities[min(count, len(table.probabilities) - 1)], table.noises
    spread = np.sqrt(table.variance / len(KEYS)), np.sqrt((p @ v**4 - table.variance**2) / len(KEYS))
    assert abs(noise.mean()) < 4 * spread[0]
    assert abs((noise**2).mean() - table.variance) < 4 * spread[1] + 1e-9
    met = np.bincount(noise + table.largest, minlength=len(v))
    assert np.all(np.abs(met - len(KEYS) * p) <= 5 * np.sqrt(len(KEYS) * p * (1 - p)) + 1)


@pytest.mark.parametrize("table", PARAMETERS)
def test_zero_stays_zero(table: NoiseTable) -> None:
    assert not table.look_up(np.zeros(len(KEYS), np.int64), KEYS).any()


def test_the_first_and_the_last_key_have_a_noise_that_the_count_may_have() -> None:
    table = NoiseTable()
    counts = np.arange(50).repeat(2)
    noise = table.look_up(counts, np.tile(np.array([0, 2**32 - 1], np.uint32), 50))
    rows = table.probabilities[np.minimum(counts, len(table.probabilities) - 1)]
    assert np.all(np.take_along_axis(rows, noise[:, None] + table.largest, 1) > 0)


def test_arrays_of_any_shape() -> None:
    table = NoiseTable()
    counts = np.arange(12).reshape(3, 4)
    keys = KEYS[:12].reshape(3, 4)
    assert table.look_up(counts, keys).tolist() == table.look_up(counts.ravel(), keys.ravel()).reshape(3, 4).tolist()


def test_a_small_count_that_cannot_have_the_variance_has_the_nearest() -> None:
    table = NoiseTable(5, 1, 2)  # from 1 there is but -1 and +2 or more: no variance below 2
    assert table.probabilities[1][[4, 7]] == pytest.approx([2 / 3, 1 / 3])
    assert (table.probabilities @ table.noises**2)[3:] == pytest.approx(1, abs=1e-9)
    wide = NoiseTable(5, 12, 0)  # nor one above 5
    assert wide.probabilities[1][[4, 10]] == pytest.approx([5 / 6, 1 / 6])
    assert wide.probabilities @ wide.noises == pytest.approx(0, abs=1e-9)


@pytest.mark.parametrize("wrong", [(0, 1, 0), (2, 1, 3), (2, 0, 1), (2, 4.1, 1), (2, 1, -1)])
def test_parameters_of_no_table(wrong: tuple[int, float, int]) -> None:
    with pytest.raises(ValueError, match="must be"):
        NoiseTable(*wrong)


@given(st.integers(0, 10**15), st.integers(1, 1000))
def test_a_count_is_rounded_to_the_nearest_multiple(count: int, base: int) -> None:
    rounded = count + int(rounding(np.array([count]), base)[0])
    assert rounded % base == 0
    assert 2 * abs(rounded - count) <= base
    if 2 * abs(rounded - count) == base:
        assert rounded // base % 2 == 0


def test_rounding_by_hand() -> None:
    counts = np.array([0, 1, 2, 3, 4, 5, 7, 8, 15, 25, 104])
    assert (counts + rounding(counts, 5)).tolist() == [0, 0, 0, 5, 5, 5, 5, 10, 15, 25, 105]
    assert (counts + rounding(counts, 10)).tolist() == [0, 0, 0, 0, 0, 0, 10, 10, 20, 20, 100]
    assert (counts + rounding(counts, 1)).tolist() == counts.tolist()
