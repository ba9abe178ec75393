"""A finite population correction from a column is one value a stratum, or the run ends and says what to mend."""

from __future__ import annotations

from typing import Any

import numpy as np
import pytest

from harmonize.errors import FitError
from harmonize.estimate.taylor import ratios
from harmonize.tabulate.state import State
from tests.estimates.feeding import state_of, tables_of

SERIES = ("a",)


def persons(sample: str = "AAA_2010") -> list[dict[str, Any]]:
    """Twelve households in strata 1 (four) and 2 (eight)."""
    return [
        {
            "sample": sample, "stratum": "1" if number < 4 else "2", "cluster": f"{number}", "household": f"H{number}",
            "weight": f"{10 + number}", "labels": {},
            "series": {"a": {"base", "universe", "numerator"} if number % 3 else {"base", "universe"}},
        }
        for number in range(12)
    ]  # fmt: skip


def state(fpc: dict[str, float] | None, people: list[dict[str, Any]] | None = None) -> State:
    """The state of these households, with the fpc of each stratum."""
    people = people or persons()
    if fpc is not None:
        people = [{**each, "fpc": fpc[each["stratum"]]} for each in people]
    return fed(people)


def fed(people: list[dict[str, Any]], households_a_batch: int = 10**9) -> State:
    tables = tables_of(people, ((),))
    return state_of(people, tables, SERIES, decimals=0, clustered=False, households_a_batch=households_a_batch)


def test_a_share_is_taken_off_the_variance_of_its_stratum() -> None:
    none, half = ratios(state(None), "AAA_2010").variance, ratios(state({"1": 0.5, "2": 0.5}), "AAA_2010").variance
    assert none[0, 0] > 0
    assert half[0, 0] == pytest.approx(none[0, 0] / 2, rel=1e-14)


def test_a_stratum_taken_whole_adds_nothing() -> None:
    assert ratios(state({"1": 4.0, "2": 8.0}), "AAA_2010").variance[0, 0] == 0
    one = ratios(state({"1": 4.0, "2": 1e9}), "AAA_2010").variance[0, 0]
    assert 0 < one < ratios(state(None), "AAA_2010").variance[0, 0]


def test_a_stratum_of_one_cluster_in_all_may_have_a_population_of_one() -> None:
    people = [{**each, "stratum": "1" if number == 0 else "2"} for number, each in enumerate(persons())]
    assert ratios(state({"1": 1.0, "2": 22.0}, people), "AAA_2010").variance[0, 0] > 0


@pytest.mark.parametrize("bad", [float("nan"), 0.0, -3.0, float("inf")])
def test_a_blank_or_impossible_value_is_refused(bad: float) -> None:
    with pytest.raises(FitError, match="FPC is blank, not a number or not above 0 in stratum 2 of sample AAA_2010"):
        state({"1": 40.0, "2": bad})


def test_fewer_clusters_than_in_the_extract_are_refused() -> None:
    with pytest.raises(FitError, match=r"FPC says that there are fewer clusters .* in stratum 2 of sample AAA_2010"):
        state({"1": 40.0, "2": 7.0})


def test_shares_and_numbers_in_one_sample_are_refused() -> None:
    with pytest.raises(FitError, match="FPC is above 1 in some strata of sample AAA_2010 and below 1 in others"):
        state({"1": 40.0, "2": 0.5})


def test_shares_in_one_sample_and_numbers_in_another_are_fine() -> None:
    people = persons() + [{**each, "stratum": "9"} for each in persons("BBB_2020")]
    both = state({"1": 0.5, "2": 0.5, "9": 24.0}, people)
    np.testing.assert_array_equal(both.sampled_share, [0.5, 0.5, 0.5])


@pytest.mark.parametrize("households_a_batch", [1, 100])
def test_two_values_in_a_stratum_are_refused(households_a_batch: int) -> None:
    people = [{**each, "fpc": 41.0 if number == 3 else 40.0} for number, each in enumerate(persons())]
    with pytest.raises(FitError, match="FPC has more than one value in stratum 1 of sample AAA_2010"):
        fed(people, households_a_batch)
