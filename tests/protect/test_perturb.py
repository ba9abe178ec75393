"""Estimates of perturbed counts, against hand computation."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from harmonize.estimate.about import SampleMeta, SeriesMeta
from harmonize.estimate.cells import contrast, levels
from harmonize.protect.noise import NoiseTable
from harmonize.protect.perturb import by_rounding, coarse, perturbed
from tests.protect.made_ratios import column, made, ways

NONE = column([0, 0, 0])


def one(array: np.ndarray, cell: int = 0) -> float:
    return array[cell, 0].item()


def test_a_share_of_equal_weights_is_the_share_of_the_perturbed_counts() -> None:
    found = made([50, 80], [20, 60], [0.4, 0.75], se=0.05)
    after = perturbed(found, ways("share"), column([2, -3]), column([-1, 2]), 3.0, 1.0)
    assert after.n[:, 0].tolist() == [52, 77]
    assert after.n_numerator[:, 0].tolist() == [19, 62]
    assert after.weight[:, 0].tolist() == after.y[:, 0].tolist() == [520, 770]
    assert after.ratio[:, 0] == pytest.approx([19 / 52, 62 / 77])
    assert after.x[:, 0].tolist() == [190, 620]
    p = 19 / 52
    deff = 0.52  # 0.05² 50/(0.4 · 0.6) = 0.5208, of which 0.01 is at most a part in 52
    assert one(after.variance) == pytest.approx(deff * p * (1 - p) / 52 + 3 * (1 + p * p) / 52**2)


def test_a_share_keeps_the_mean_weights_of_those_who_have_it_and_of_the_others() -> None:
    # 20 persons of weight 3 among 50, the other 30 of weight 8
    p = 60 / 300
    found = made([50, 50], [20, 20], [p, p], se=0.02)
    after = perturbed(found, ways("share"), column([2, 0]), column([-1, 0]), 3.0, 1.0)
    x, others = 19 * 0.375, 33  # 3/8 is a multiple of 0.001, which is at most its part in 52
    share = x / (x + others)
    assert one(after.ratio) == pytest.approx(share)
    of_m = (0.375 * others + x) / (x + others) ** 2  # the derivatives by the perturbed numerator and n
    of_n = -x / (x + others) ** 2
    deff = 0.125  # 0.02² · 50 / 0.16
    assert one(after.variance) == pytest.approx(deff * share * (1 - share) / 52 + 3 * (of_m**2 + of_n**2))
    assert one(after.ratio, 1) == pytest.approx(p)


def test_a_rate_of_events_changes_as_its_two_counts_do() -> None:
    found = made([200, 200], [30, 30], [0.12, 0.12], se=0.01)
    after = perturbed(found, ways("rate"), column([-4, 0]), column([5, 0]), 3.0, 1.0)
    rate = 35 / 196 * 0.8
    assert one(after.ratio) == pytest.approx(rate)
    more = 0.208  # 0.01² · 30 / 0.12² = 0.2083, of which 0.001 is at most a part in 35
    assert one(after.variance) == pytest.approx(more * rate**2 / 35 + 3 * rate**2 * (1 / 35**2 + 1 / 196**2))
    assert (one(after.n), one(after.n_numerator), one(after.weight)) == (196, 35, 1960)
    assert one(after.x) == round(240 * 35 / 30)


def test_there_may_be_more_events_than_persons() -> None:
    found = made([10, 10], [12, 12], [1.2, 1.2])
    after = perturbed(found, ways("rate"), column([-3, 0]), column([4, 0]), 3.0, 1.0)
    assert (one(after.n), one(after.n_numerator)) == (7, 16)
    assert one(after.ratio) == pytest.approx(16 / 7)


def test_a_mean_of_amounts_is_kept_and_its_counts_are_perturbed() -> None:
    found = made([200, 200], [150, 150], [31.4159265, 31.4159265], se=1.5)
    after = perturbed(found, ways("kept"), column([-4, 0]), column([5, 0]), 3.0, 1.0)
    assert one(after.ratio) == pytest.approx(31.4)  # of which 0.1 is at most a part in 196
    assert one(after.variance) == pytest.approx(0.456 * 31.4**2 / 196)  # 1.5² · 200 / 31.4159² = 0.4559
    assert (one(after.n), one(after.n_numerator), one(after.weight)) == (196, 155, 1960)


def test_zero_stays_zero_and_all_stay_all() -> None:
    found = made([40, 40, 0], [0, 40, 0], [0.0, 1.0, np.nan])
    after = perturbed(found, ways("share"), column([3, -2, 4]), column([4, 1, 4]), 3.0, 1.0)
    assert after.n[:, 0].tolist() == [43, 38, 0]
    assert after.n_numerator[:, 0].tolist() == [0, 38, 0]
    assert after.ratio[:2, 0].tolist() == [0.0, 1.0]
    assert after.variance[:2, 0].tolist() == [0.0, 0.0]
    assert np.isnan(after.ratio[2, 0])
    assert np.isnan(after.variance[2, 0])


def test_a_share_that_becomes_0_or_100_looks_like_one_that_is() -> None:
    found = made([40, 40], [2, 38], [0.05, 0.95], se=0.03)
    after = perturbed(found, ways("share"), column([1, -4]), column([-2, 1]), 3.0, 1.0)
    assert after.n_numerator[:, 0].tolist() == [0, 36]
    assert after.ratio[:, 0].tolist() == [0.0, 1.0]
    assert after.variance[:, 0].tolist() == [0.0, 0.0]


@pytest.mark.parametrize("kind", ["share", "rate", "kept"])
def test_a_cell_that_becomes_empty_has_no_estimate(kind: str) -> None:
    found = made([2, 50], [1, 20], [0.5, 0.4], se=0.2)
    found.limits[0] = (np.array([0.1, 0.3]), np.array([0.9, 0.5]))
    after = perturbed(found, ways(kind), column([-2, 0]), column([2, 0]), 3.0, 1.0)
    assert (one(after.n), one(after.n_numerator), one(after.weight)) == (0, 0, 0)
    assert np.isnan([one(after.ratio), one(after.variance), after.limits[0][0][0], after.limits[0][1][0]]).all()
    assert (after.limits[0][0][1], after.limits[0][1][1]) == (0.3, 0.5)


def test_degrees_of_freedom_do_not_tell_n_where_each_cluster_is_one_person() -> None:
    found = made([4, 30], [2, 10], [0.5, 1 / 3], se=0.1, counted=[4, 30], strata=1)
    after = perturbed(found, ways("share"), column([3, -5]), column([0, 0]), 3.0, 1.0)
    assert after.counted[:, 0].tolist() == [7, 25]
    assert after.df[:, 0].tolist() == [6, 24]
    assert one(after.contrasts.df) == 17 + 3 - 5


def test_degrees_of_freedom_of_coarse_clusters_stay() -> None:
    found = made([900, 800], [300, 300], [1 / 3, 3 / 8], se=0.1, counted=[20, 20])
    after = perturbed(found, ways("share"), column([4, -5]), column([0, 0]), 3.0, 1.0)
    assert after.df[:, 0].tolist() == [18, 18]
    assert one(after.contrasts.df) == 17


def test_correlations_stay_and_the_levels_carry_the_noise() -> None:
    found = made([50, 80], [20, 60], [0.4, 0.75], se=0.05)
    after = perturbed(found, ways("share"), column([0, 0]), column([0, 0]), 3.0, 1.0)
    assert after.contrasts.covariance[0] == pytest.approx(0.0001, rel=0.01)  # 0.04 of 0.05²
    assert after.ratio == pytest.approx(found.ratio)
    assert np.all(after.variance > found.variance)


def test_one_cluster_has_no_se_by_its_noise_alone() -> None:
    found = made([9, 50], [3, 20], [1 / 3, 0.4], se=0.0, counted=[1, 20], strata=1)
    after = perturbed(found, ways("share"), column([9, 0]), column([3, 0]), 3.0, 1.0)
    assert np.isnan(one(after.variance))
    assert one(after.variance, 1) > 0


COUNTS = st.integers(1, 60).flatmap(lambda n: st.tuples(st.just(n), st.integers(0, n)))


@given(st.lists(COUNTS, min_size=2, max_size=20), st.data())
def test_whatever_the_noise_a_share_is_one(cells: list[tuple[int, int]], data: st.DataObject) -> None:
    table = NoiseTable()
    n, m = (column(each) for each in zip(*cells, strict=True))
    keys = np.array(data.draw(st.lists(st.integers(0, 2**32 - 1), min_size=2 * len(cells), max_size=2 * len(cells))))
    of_n, of_m = keys.astype(np.uint32).reshape(2, -1, 1)
    weights = data.draw(st.tuples(st.floats(0.01, 100), st.floats(0.01, 100)))
    share = m * weights[0] / (m * weights[0] + (n - m) * weights[1])
    found = made(n[:, 0].tolist(), m[:, 0].tolist(), share[:, 0].tolist(), se=0.05)
    after = perturbed(found, ways("share"), table.look_up(n, of_n), table.look_up(m, of_m), table.variance, 1.0)
    assert np.all((after.n_numerator >= 0) & (after.n_numerator <= after.n))
    assert not np.isin(after.n, [1, 2]).any()
    there = after.n > 0
    assert np.all((after.ratio[there] >= 0) & (after.ratio[there] <= 1))
    assert np.all(after.variance[there] >= 0)
    assert np.array_equal(after.ratio[there] == 0, after.n_numerator[there] == 0)
    assert np.array_equal(after.ratio[there] == 1, after.n_numerator[there] == after.n[there])
    assert np.all(after.n_numerator[m == 0] == 0)


def test_noise_adds_what_the_formula_says() -> None:
    """Of very many keys, the spread of the perturbed shares is the variance that is added."""
    table, size = NoiseTable(), 40_000
    rng = np.random.default_rng(5)
    n, m = column([300] * size), column([120] * size)
    found = made([300] * size, [120] * size, [0.25] * size)  # unequal weights: 40 % of the persons
    of_n, of_m = (rng.integers(0, 2**32, (size, 1), np.uint32) for _ in range(2))
    after = perturbed(found, ways("share"), table.look_up(n, of_n), table.look_up(m, of_m), 3.0, 1.0)
    calm = perturbed(
        made([300, 300], [120, 120], [0.25, 0.25], se=0.001), ways("share"), 0 * n[:2], 0 * m[:2], 3.0, 1.0
    )
    assert after.ratio.mean() == pytest.approx(0.25, abs=5e-5)
    # the variance of a variance of so many is 0.7 % of it
    assert after.ratio.var() == pytest.approx(one(calm.variance) - 1e-6, rel=0.03)
    assert one(calm.variance) > 20e-6


def test_rounding_is_the_same_with_the_nearest_multiples() -> None:
    found = made([52, 78, 3], [21, 78, 1], [0.4, 1.0, 1 / 3], se=0.05)
    after = by_rounding(found, 5, ways("share"), 1.0)
    assert after.n[:, 0].tolist() == [50, 80, 5]
    assert after.n_numerator[:, 0].tolist() == [20, 80, 0]
    p = one(after.ratio)
    assert p / (1 - p) == pytest.approx(20 / 30 * 0.98)  # 0.4/0.6 · 31/21 = 0.984 is how the mean weights differ
    # which is little: and in place of V stands N²/12
    sampling = 0.54 * p * (1 - p) / 50  # 0.05² · 52 / 0.24 = 0.5417
    assert one(after.variance) == pytest.approx(sampling + 25 / 12 * (1 + p * p) / 50**2, rel=0.01)
    assert after.ratio[1:, 0].tolist() == [1.0, 0.0]


ABOUT = SampleMeta("AAA", 2010, "AAA_2010", "nativity", 1.0, 1.0, True, 95.0)
META = SeriesMeta("8.6.1", "neet", "percent", "self", "exact", "", False, ("difference",))


def test_a_table_of_them_shows_neither_what_is_left_out_nor_deff_but_keeps_the_flags() -> None:
    found = made([400, 500, 600], [100, 200, 300], [0.25, 0.4, 0.5], se=0.02, left_out=[100, 1000, 9000])
    after = perturbed(found, ways("share"), NONE, NONE, 3.0, 1.0)
    cells = np.arange(3)
    before, shown = (levels(each, cells, 0, META, 1.5, ABOUT) for each in (found, after))
    assert before["left_out_share"] == pytest.approx([100 / 4100, 1000 / 6000, 9000 / 15000])
    assert np.isnan(shown["left_out_share"]).all()
    assert np.isnan(shown["deff"]).all()
    assert not np.isnan(before["deff"][:2]).any()
    assert shown["unreliable"].tolist() == before["unreliable"].tolist() == [0, 1, 1]
    assert shown["missing"].tolist() == before["missing"].tolist() == [0, 0, 1]
    pair = contrast(after, np.array([0]), 0, "difference", META, 1.5, ABOUT)
    assert np.isnan(pair["left_out_share"]).all()
    assert pair["estimate"] == pytest.approx([-15])
    added = 3 * ((1 + 0.25**2) / 400**2 + (1 + 0.4**2) / 500**2)
    # the two deffs are 0.853 and 0.833, the correlation a quarter
    assert pair["se"] == pytest.approx([100 * np.sqrt(2 * 0.02**2 + added - 2 * 0.0001)], rel=0.001)


NEIGHBOURS = [(n, m) for n in range(6, 16) for m in range(1, n)]


def row_of(n: int, m: int, kind: str) -> dict[str, np.ndarray]:
    """What is published of a cell of n households of one, all of one weight, m with the trait: shown as 4 of 10."""
    share, clusters = m / n, 5_000
    found = made([n, n], [m, m], [share, share], mean_weight=7, counted=[n, n], strata=1)
    unit = share * (1 - share) if kind == "share" else share
    found.variance[:] = clusters / (clusters - 1) * unit / n
    after = perturbed(found, ways(kind), column([10 - n] * 2), column([4 - m] * 2), 3.0, 1.0)
    meta = SeriesMeta("8.6.1", "neet", "percent", "self", "exact", "", kind != "share", ("difference",))
    return levels(after, np.array([0]), 0, meta, 1.5, ABOUT)


@pytest.mark.parametrize("kind", ["share", "rate"])
def test_cells_that_are_shown_with_the_same_counts_are_shown_the_same(kind: str) -> None:
    """No other number of the row, to its last digit, tells which of all counts it was."""
    expected = row_of(10, 4, kind)
    assert expected["estimate"] == pytest.approx([40])
    assert expected["se"] > 0
    for n, m in NEIGHBOURS:
        found = row_of(n, m, kind)
        for name, value in expected.items():
            assert found[name].tolist() == pytest.approx(value.tolist(), rel=1e-12, nan_ok=True), (n, m, name)


def test_the_digits_of_unequal_weights_do_not_tell_the_count() -> None:
    """Of weights that are whole numbers, every n that may be has totals that give the same population."""
    for n in range(5, 16):
        total = round(137.3 * n)
        found = made([n, n], [2, 2], [0.4, 0.4])
        found.weight[:] = found.y[:] = total
        after = perturbed(found, ways("share"), column([10 - n] * 2), column([0, 0]), 3.0, 1.0)
        assert one(after.weight) == 1400
        assert one(after.weight) % 100 == 0


@given(st.floats(1e-6, 1e9), st.integers(1, 10**7))
def test_coarse_is_near_and_has_few_digits(value: float, parts: int) -> None:
    found = float(coarse(np.array([value]), np.array([parts]))[0])
    assert abs(found - value) <= value / parts / 2 * (1 + 1e-9)
    assert float(f"{found:.9g}") == pytest.approx(found, rel=1e-14)
    assert coarse(np.array([-value]), np.array([parts]))[0] == -found


def test_coarse_leaves_what_is_no_number_and_one() -> None:
    values = np.array([np.nan, 0.0, np.inf, 1.0, 5.5])
    shown = coarse(values, np.array([10, 10, 10, 77, 0]))
    assert shown.tolist()[1:] == [0.0, np.inf, 1.0, 5.5]
    assert np.isnan(shown[0])
