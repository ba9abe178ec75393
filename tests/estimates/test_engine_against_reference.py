"""On generated samples the engine agrees with the slow reference; order and cuts change not one bit."""

from __future__ import annotations

import math
from typing import Any

import numpy as np
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from harmonize.estimate.taylor import Ratios, ratios
from tests.estimates.feeding import state_of, tables_of
from tests.reference.estimates import estimate_contrast, estimate_level

SERIES = ("a", "b", "c")
WANTED = ((), ("status",), ("sex",), ("status", "sex"))
FLAG_SETS: tuple[frozenset[str], ...] = (
    frozenset(),
    frozenset({"base"}),
    frozenset({"base", "left_out"}),
    frozenset({"base", "universe"}),
    frozenset({"base", "universe", "numerator"}),
)
PARTS = (
    "cells", "n", "households", "n_numerator", "x", "y", "left_out", "base", "ratio", "variance", "df",
)  # fmt: skip
SLOW = settings(max_examples=80, suppress_health_check=[HealthCheck.too_slow])

Person = dict[str, Any]
people = st.fixed_dictionaries(
    {
        "weight": st.one_of(st.integers(0, 3), st.integers(1, 50_000_00)).map(
            lambda cents: f"{cents // 100}.{cents % 100:02d}"
        ),
        "labels": st.fixed_dictionaries(
            {
                "status": st.sampled_from(("migrant", "non_migrant", "unknown")),
                "sex": st.sampled_from(("female", "male")),
            }
        ),
        "series": st.fixed_dictionaries({name: st.sampled_from(FLAG_SETS) for name in SERIES}),
    }
)  # fmt: skip


@st.composite
def households(draw: st.DrawFn) -> list[list[Person]]:
    """Households of up to two pooled samples; stratum and cluster labels are the same in both."""
    units = []
    for number in range(draw(st.integers(1, 14))):
        place = {
            "sample": draw(st.sampled_from(("AAA_2010", "BBB_2020"))),
            "stratum": draw(st.sampled_from(("1", "2", "3"))),
            "cluster": draw(st.sampled_from(("1", "2", "3"))),
            "household": f"H{number}",
        }
        units.append([{**place, **person} for person in draw(st.lists(people, min_size=1, max_size=4))])
    return units


def close(ours: float, theirs: float) -> bool:
    return math.isclose(ours, theirs, rel_tol=1e-9, abs_tol=1e-12)


def flat(units: list[list[Person]]) -> list[Person]:
    return [person for unit in units for person in unit]


def by_household(units: list[list[Person]]) -> list[list[Person]]:
    """The same persons in a design whose clusters are the households."""
    return [[{**person, "cluster": person["household"]} for person in unit] for unit in units]


def assert_agrees(units: list[list[Person]], singleton: str, clustered: bool) -> None:
    persons = flat(units)
    tables = tables_of(persons, WANTED)
    state = state_of(persons, tables, SERIES, decimals=2, clustered=clustered)
    for sample in sorted({p["sample"] for p in persons}):
        of_sample = [p for p in persons if p["sample"] == sample]
        found = ratios(state, sample, singleton)  # type: ignore[arg-type]
        for at, code in enumerate(found.cells.tolist()):
            table = next(t for t in tables if t.offset <= code < t.offset + t.size)
            for s, series in enumerate(SERIES):
                row = estimate_level(of_sample, series, tuple(table.label(code).items()), singleton=singleton)
                if row is None:
                    assert not found.y[at, s]
                    continue
                assert found.n[at, s] == row["n"]
                assert found.n_numerator[at, s] == row["n_numerator"]
                assert found.df[at, s] == row["df"]
                assert close(found.y[at, s] / 100, row["population"])
                assert close(found.ratio[at, s], row["estimate"])
                assert close(math.sqrt(found.variance[at, s]), row["se"])
                if row["left_out_share"] is not None:
                    assert close(found.left_out[at, s] / found.base[at, s], row["left_out_share"])
        assert_contrasts_agree(found, of_sample, tables, singleton)


def assert_contrasts_agree(found: Ratios, persons: list[Person], tables: list[Any], singleton: str) -> None:
    for pair in range(len(found.contrasts.first)):
        cells = []
        for position in (found.contrasts.first[pair], found.contrasts.second[pair]):
            code = int(found.cells[position])
            table = next(t for t in tables if t.offset <= code < t.offset + t.size)
            cells.append(tuple(table.label(code).items()))
        assert [dict(c)["status"] for c in cells] == ["migrant", "non_migrant"]
        for s, series in enumerate(SERIES):
            rows = estimate_contrast(persons, series, cells[0], cells[1], singleton=singleton)
            if rows:
                assert found.contrasts.df[pair, s] == rows["difference"]["df"]
                theirs = rows["difference"]["covariance"]
                assert math.isclose(found.contrasts.covariance[pair, s], theirs, rel_tol=1e-6, abs_tol=1e-14)


@SLOW
@given(households(), st.sampled_from(("centered", "certainty")))
def test_coarse_clusters_agree_with_the_reference(units: list[list[Person]], singleton: str) -> None:
    assert_agrees(units, singleton, clustered=True)


@SLOW
@given(households(), st.sampled_from(("centered", "certainty")))
def test_households_as_clusters_agree_with_the_reference(units: list[list[Person]], singleton: str) -> None:
    assert_agrees(by_household(units), singleton, clustered=False)


@SLOW
@given(households(), st.integers(1, 5), st.randoms(use_true_random=False), st.booleans())
def test_order_and_cuts_do_not_change_one_bit(
    units: list[list[Person]], size: int, shuffle: Any, clustered: bool
) -> None:
    units = units if clustered else by_household(units)
    tables = tables_of(flat(units), WANTED)
    other = list(units)
    shuffle.shuffle(other)
    whole = state_of(flat(units), tables, SERIES, decimals=2, clustered=clustered)
    cut = state_of(flat(other), tables, SERIES, decimals=2, clustered=clustered, households_a_batch=size)
    for sample in {p["sample"] for p in flat(units)}:
        a, b = ratios(whole, sample), ratios(cut, sample)
        for name in PARTS:
            np.testing.assert_array_equal(getattr(a, name), getattr(b, name), err_msg=name)
            assert getattr(a, name).tobytes() == getattr(b, name).tobytes(), name
        for name in ("first", "second", "covariance", "df"):
            assert getattr(a.contrasts, name).tobytes() == getattr(b.contrasts, name).tobytes(), name


def test_variances_keep_their_digits_where_nearly_everybody_has_it() -> None:
    persons = [
        {
            "sample": "AAA_2010", "stratum": str(number % 7), "cluster": "", "household": f"H{number}",
            "weight": f"{100 + number % 97}.25",
            "labels": {"status": "migrant" if number % 3 else "non_migrant"},
            "series": {"a": FLAG_SETS[3 if number % 2_500 == 1 else 4]},
        }
        for number in range(10_000)
    ]  # fmt: skip
    persons = [{**person, "cluster": person["household"]} for person in persons]
    tables = tables_of(persons, ((), ("status",)))
    found = ratios(state_of(persons, tables, ("a",), decimals=6, clustered=False), "AAA_2010")
    for at, code in enumerate(found.cells.tolist()):
        table = next(t for t in tables if t.offset <= code < t.offset + t.size)
        row = estimate_level(persons, "a", tuple(table.label(code).items()))
        assert row is not None
        assert math.isclose(math.sqrt(found.variance[at, 0]), row["se"], rel_tol=1e-9)
