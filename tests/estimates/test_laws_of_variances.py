"""What any standard error of the engine must obey, whoever the persons are; against formulas written out plainly."""

from __future__ import annotations

import math
from collections import defaultdict
from collections.abc import Sequence
from decimal import Decimal
from pathlib import Path
from typing import Any

import numpy as np
import polars as pl
from hypothesis import HealthCheck, assume, example, given, settings
from hypothesis import strategies as st

from harmonize import pipeline
from harmonize.estimate.taylor import Ratios, ratios
from tests.estimates.feeding import state_of, tables_of
from tests.estimates.test_engine_against_reference import FLAG_SETS, SERIES, by_household, flat, households
from tests.estimates.test_means_against_r import MAPPING

MEANS = Path(__file__).resolve().parents[1] / "spec_r" / "inputs" / "means.csv"
SLOW = settings(max_examples=60, suppress_health_check=[HealthCheck.too_slow])
COUNTED, HAS = FLAG_SETS[3], FLAG_SETS[4]
Person = dict[str, Any]


def estimated(persons: Sequence[Person], wanted: Sequence[tuple[str, ...]], clustered: bool = True) -> Ratios:
    """The engine's estimates of the one sample of these persons, with two decimals of weights."""
    series = tuple(persons[0]["series"])
    state = state_of(persons, tables_of(persons, wanted), series, decimals=2, clustered=clustered)
    return ratios(state, persons[0]["sample"], totals=True)


def alone(number: int, stratum: str, weight: str, flags: frozenset[str], status: str = "migrant") -> Person:
    """A person who is a household and a cluster of their own."""
    return {
        "sample": "AAA_2010", "stratum": stratum, "cluster": f"H{number}", "household": f"H{number}", "weight": weight,
        "labels": {"status": status}, "series": {"a": flags},
    }  # fmt: skip


def near(ours: float, plain: float, relative: float = 1e-9) -> bool:
    return math.isclose(ours, plain, rel_tol=relative, abs_tol=1e-15)


# ---- weights times a constant


@SLOW
@given(households(), st.integers(2, 999), st.booleans())
def test_weights_times_a_constant_leave_shares_and_differences_with_their_standard_errors(
    units: list[list[Person]], times: int, clustered: bool
) -> None:
    persons = flat(units if clustered else by_household(units))
    persons = [person for person in persons if person["sample"] == persons[0]["sample"]]
    heavier = [{**person, "weight": str(times * Decimal(person["weight"]))} for person in persons]
    wanted = ((), ("status",), ("status", "sex"))
    a, b = estimated(persons, wanted, clustered), estimated(heavier, wanted, clustered)
    assert a.ratio.shape[1] == len(SERIES)
    for name in ("cells", "n", "df", "counted"):
        np.testing.assert_array_equal(getattr(a, name), getattr(b, name))
    np.testing.assert_array_equal(times * a.y, b.y)
    np.testing.assert_allclose(times**2 * a.of_totals, b.of_totals, rtol=1e-9)
    np.testing.assert_allclose(a.ratio, b.ratio, rtol=1e-14)
    # a variance that is 0 but for rounding stays so
    np.testing.assert_allclose(a.variance, b.variance, rtol=1e-9, atol=1e-18)
    np.testing.assert_allclose(a.contrasts.covariance, b.contrasts.covariance, rtol=1e-9, atol=1e-15)
    np.testing.assert_array_equal(a.contrasts.df, b.contrasts.df)


def test_weights_times_a_constant_leave_means_rates_and_gaps_with_their_standard_errors(tmp_path: Path) -> None:
    (tmp_path / "means.yaml").write_text(MAPPING.replace("weight_decimals: 2", "weight_decimals: 3"), encoding="utf-8")
    rows = pl.read_csv(MEANS, infer_schema=False)
    heavier = rows.with_columns(
        pl.Series("W", [str(Decimal(weight) * Decimal("2.5")) for weight in rows["W"]], pl.String)
    )
    tables = []
    for name, persons in (("given", rows), ("heavier", heavier)):
        persons.write_csv(tmp_path / f"{name}.csv")
        run = pipeline.run(
            str(tmp_path / "means.yaml"), [tmp_path / f"{name}.csv"], tmp_path / name, by=["sex"], protect="none"
        )
        tables.append(run.estimates.filter(pl.col("series").is_in(["births_15_19", "mean_hourly"])))
    a, b = tables
    assert a.filter(pl.col("se").is_not_null())["statistic"].n_unique() >= 4
    for name in a.columns:
        if name == "population":
            np.testing.assert_allclose(2.5 * a[name].to_numpy(), b[name].to_numpy(), rtol=1e-12)
        elif a[name].dtype == pl.Float64:
            np.testing.assert_allclose(a[name].to_numpy(), b[name].to_numpy(), rtol=1e-9, err_msg=name)
        else:
            assert a[name].equals(b[name]), name


# ---- clusters of one person


def unclustered(persons: Sequence[Person]) -> float:
    """Variance of a weighted share in a stratified sample of persons, all persons of a stratum being its sample."""
    inside = ["universe" in person["series"]["a"] for person in persons]
    weight = [float(person["weight"]) * counts for person, counts in zip(persons, inside, strict=True)]
    has = ["numerator" in person["series"]["a"] for person in persons]
    total = sum(weight)
    share = sum(w for w, y in zip(weight, has, strict=True) if y) / total
    by_stratum: dict[str, list[float]] = defaultdict(list)
    for person, w, y in zip(persons, weight, has, strict=True):
        by_stratum[person["stratum"]].append(w * (y - share) / total)
    found = 0.0
    for values in by_stratum.values():
        n = len(values)
        mean = sum(values) / n
        # the only one of a stratum is compared with the mean of the sample, which is 0
        found += values[0] ** 2 if n == 1 else n / (n - 1) * sum((v - mean) ** 2 for v in values)
    return found


@SLOW
@given(
    st.lists(
        st.tuples(st.sampled_from("123"), st.integers(1, 50_000).map(lambda c: f"{c / 100:.2f}"),
                  st.sampled_from(FLAG_SETS)), min_size=2, max_size=40),
)  # fmt: skip
def test_clusters_of_one_person_give_the_formula_of_a_stratified_sample_of_persons(drawn: list[Any]) -> None:
    persons = [alone(number, *each) for number, each in enumerate(drawn)]
    assume(any("universe" in person["series"]["a"] for person in persons))
    for clustered in (True, False):
        found = estimated(persons, ((),), clustered)
        assert near(math.sqrt(found.variance[0, 0]), math.sqrt(unclustered(persons)))


@SLOW
@given(st.integers(1, 200), st.integers(1, 200))
@example(1, 1)
def test_of_a_simple_random_sample_the_variance_is_that_of_the_textbook(with_it: int, without: int) -> None:
    flags = [HAS] * with_it + [COUNTED] * without
    found = estimated([alone(number, "1", "12.50", each) for number, each in enumerate(flags)], ((),))
    n, p = with_it + without, with_it / (with_it + without)
    assert near(found.variance[0, 0], p * (1 - p) / (n - 1))
    assert found.df[0, 0] == n - 1


# ---- the jackknife

GROUPS = ("migrant", "non_migrant")


@st.composite
def balanced(draw: st.DrawFn) -> list[Person]:
    """Strata whose clusters have as many of either group, of one weight: shares are linear in the clusters."""
    persons = []
    for stratum in range(draw(st.integers(1, 3))):
        size = {group: draw(st.integers(1, 4)) for group in GROUPS}
        weight = f"{draw(st.integers(1, 9_999)) / 100:.2f}"
        for cluster in range(draw(st.integers(2, 6))):
            for group in GROUPS:
                for number in range(size[group]):
                    persons.append(
                        {
                            "sample": "AAA_2010",
                            "stratum": str(stratum),
                            "cluster": f"C{cluster}",
                            "weight": weight,
                            "household": f"S{stratum}C{cluster}H{number // 2}",
                            "labels": {"status": group},
                            "series": {"a": draw(st.sampled_from((COUNTED, HAS)))},
                        }
                    )
    return sorted(persons, key=lambda person: (person["household"], person["labels"]["status"]))


def share(persons: Sequence[Person], group: str, dropped: tuple[str, str] | None = None, times: float = 1.0) -> float:
    """The weighted share of a group; without one cluster, the others of its stratum weighing `times` as much."""
    x = y = 0.0
    for person in persons:
        place = (person["stratum"], person["cluster"])
        if person["labels"]["status"] == group and place != dropped:
            weight = float(person["weight"]) * (times if dropped and place[0] == dropped[0] else 1.0)
            y += weight
            x += weight * ("numerator" in person["series"]["a"])
    return x / y


def jackknife(persons: Sequence[Person]) -> tuple[dict[str, float], float]:
    """The variance of either share and of their difference, by leaving out one cluster at a time (JKn)."""
    clusters: dict[str, set[str]] = defaultdict(set)
    for person in persons:
        clusters[person["stratum"]].add(person["cluster"])
    whole = {group: share(persons, group) for group in GROUPS}
    variance, of_difference = dict.fromkeys(GROUPS, 0.0), 0.0
    for stratum, names in clusters.items():
        n = len(names)
        for name in names:
            off = {group: share(persons, group, (stratum, name), n / (n - 1)) - whole[group] for group in GROUPS}
            for group in GROUPS:
                variance[group] += (n - 1) / n * off[group] ** 2
            of_difference += (n - 1) / n * (off["migrant"] - off["non_migrant"]) ** 2
    return variance, of_difference


@SLOW
@given(balanced())
def test_where_shares_are_linear_in_the_clusters_taylor_is_the_jackknife(persons: list[Person]) -> None:
    variance, of_difference = jackknife(persons)
    found = estimated(persons, (("status",),))
    for place, group in enumerate(GROUPS):
        assert near(found.variance[place, 0], variance[group], 1e-9)
    own = found.variance[0, 0] + found.variance[1, 0] - 2 * found.contrasts.covariance[0, 0]
    assert math.isclose(own, of_difference, rel_tol=1e-9, abs_tol=1e-14)


@st.composite
def any_clusters(draw: st.DrawFn) -> list[Person]:
    """Strata of two clusters or more, of any persons and weights; some clusters have nobody of a group."""
    persons = []
    for stratum in range(draw(st.integers(1, 3))):
        for cluster in range(draw(st.integers(2, 5))):
            drawn = st.tuples(st.sampled_from(GROUPS), st.integers(1, 99_999), st.sampled_from(FLAG_SETS))
            for number, (group, weight, flags) in enumerate(draw(st.lists(drawn, min_size=1, max_size=4))):
                persons.append(
                    {
                        "sample": "AAA_2010",
                        "stratum": str(stratum),
                        "cluster": f"C{cluster}",
                        "weight": f"{weight / 100:.2f}",
                        "household": f"S{stratum}C{cluster}H{number}",
                        "labels": {"status": group},
                        "series": {"a": flags},
                    }
                )
    return persons


def by_leaving_out(persons: Sequence[Person], groups: Sequence[str]) -> tuple[float, float]:
    """How many persons of the groups have it, weighted, and its variance by leaving out a cluster at a time (JKn)."""
    sums: dict[str, dict[str, float]] = defaultdict(lambda: defaultdict(float))
    for person in persons:
        has = "numerator" in person["series"]["a"] and person["labels"]["status"] in groups
        sums[person["stratum"]][person["cluster"]] += float(person["weight"]) * has
    whole = sum(sum(clusters.values()) for clusters in sums.values())
    variance = 0.0
    for clusters in sums.values():
        n, stratum = len(clusters), sum(clusters.values())
        for own in clusters.values():
            without = whole - stratum + (stratum - own) * n / (n - 1)  # the others of the stratum stand for it too
            variance += (n - 1) / n * (without - whole) ** 2
    return whole, variance


@SLOW
@given(any_clusters())
def test_of_a_total_taylor_is_the_jackknife_whoever_is_in_the_clusters(persons: list[Person]) -> None:
    found = estimated(persons, ((), ("status",)))
    assert found.of_totals is not None
    assume(len(found.cells))
    for place, code in enumerate(found.cells):  # the first is of everybody
        groups = GROUPS if code == 0 else GROUPS[code - 1 : code]
        total, variance = by_leaving_out(persons, groups)
        assert near(found.x[place, 0] / 100, total)
        # the jackknife is made of floats: where all clusters are alike it is not quite 0
        assert math.isclose(found.of_totals[place, 0] / 100**2, variance, rel_tol=1e-9, abs_tol=1e-12 * total**2)


def test_the_error_of_a_total_is_right_where_clusters_differ_by_a_cent_of_a_million() -> None:
    cents = {"1": [0, 1, 0, 0, 1, 0, 0], "2": [0, 0, 3], "3": [0, 0, 0, 0]}
    drawn = [(stratum, 123456789 + more) for stratum, all_more in cents.items() for more in all_more]
    persons = [alone(number, stratum, f"{w / 100:.2f}", HAS) for number, (stratum, w) in enumerate(drawn)]
    found = estimated(persons, ((),))
    assert found.of_totals is not None
    assert found.x[0, 0] == sum(w for _, w in drawn)
    # a constant more in every cluster changes no spread
    exact = sum(len(d) / (len(d) - 1) * (sum(x * x for x in d) - sum(d) ** 2 / len(d)) for d in cents.values())
    assert near(found.of_totals[0, 0], exact, 1e-12)
