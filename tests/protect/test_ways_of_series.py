"""Which series are shares, which are rates of events, and which are kept as they are."""

from __future__ import annotations

import numpy as np

from harmonize.coding import Coding
from harmonize.indicators import INDICATORS
from harmonize.protect.perturb import Ways, by_cell_key
from harmonize.tabulate.kinds import kinds_of
from harmonize.tabulate.record_sums import RecordSums, SavedRecordSums
from tests.protect.made_ratios import column, made

WANTED = [series for indicator in INDICATORS.values() for series in indicator.series]
SERIES = list(dict.fromkeys(each.key for one in WANTED for each in one.and_stand_ins))
WAYS = Ways.of(Coding(SERIES, WANTED, []))


def named(flags: np.ndarray) -> set[str]:
    return {f"{indicator} {series}" for (indicator, series), flag in zip(SERIES, flags, strict=True) if flag}


def test_money_and_under_five_mortality_are_kept() -> None:
    kept = named(~WAYS.share & ~WAYS.rate)
    shown = {name for name in kept if "parity" not in name and not name.startswith("3.2.1 under_five_mortality_")}
    assert shown == {
        "3.2.1 under_five_mortality", "8.5.1 mean_hourly", "8.5.1 median_hourly", "8.5.1 mean_hourly_hours_weighted",
    }  # fmt: skip


def test_births_and_deaths_are_rates_and_all_else_is_a_share() -> None:
    assert {name.split()[0] for name in named(WAYS.rate)} == {"3.1.1", "3.7.2"}
    assert "3.7.2 births_15_19_age_shift" in named(WAYS.rate & ~WAYS.counts)  # women, whose births fall at two ages
    assert "3.7.2 births_15_19" in named(WAYS.rate & WAYS.counts)
    assert named(WAYS.share) >= {
        "8.6.1 neet", "10.2.1 below_half_median",
    }  # fmt: skip
    assert not (WAYS.share & (WAYS.rate | WAYS.counts)).any()


def test_what_a_second_look_decides_has_keys_of_its_own() -> None:
    assert named(WAYS.later) == {"8.5.1 median_hourly", "10.2.1 below_half_median"}
    size = 3_000
    keys = np.arange(size, dtype=np.uint32) * np.uint32(2_654_435_761)
    sums = RecordSums(size, kinds_of(1, 1, {}))
    cells = np.arange(size, dtype=np.int32)
    sums.join(SavedRecordSums(["A"], cells, np.stack([keys, 0 * keys], axis=1)[None, :, None, :]))
    ways = Ways(*(np.array([flag]) for flag in (True, False, False, True)))
    found = made([300] * size, [120] * size, [0.4] * size)
    noisy = by_cell_key(found, "A", sums, ways, 1.0)
    noise, of_numerator = (noisy.n - found.n)[:, 0], (noisy.n_numerator - found.n_numerator)[:, 0]
    assert abs(of_numerator.mean()) < 4 * np.sqrt(3 / size)
    assert 2.6 < of_numerator.var() < 3.4
    assert abs(np.corrcoef(noise, of_numerator)[0, 1]) < 4 / np.sqrt(size)
    again = by_cell_key(found, "A", sums, ways, 1.0)
    assert np.array_equal(again.n_numerator, noisy.n_numerator)
    edges = made([300] * size, [0, 300] * (size // 2), [0.0, 1.0] * (size // 2))
    noisy = by_cell_key(edges, "A", sums, ways, 1.0)
    assert np.array_equal(noisy.n_numerator, column([0, 1] * (size // 2)) * noisy.n)
