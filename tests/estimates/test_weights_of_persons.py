"""The weights of persons become whole numbers, or it is said whose is none: of texts and of numbers alike."""

from __future__ import annotations

from typing import Any

import polars as pl
import pytest
from hypothesis import given
from hypothesis import strategies as st

from harmonize.errors import FitError
from harmonize.weights import Weights

DECIMALS = Weights("W", 100.0, 1.0, 2)
NONE_STATED = Weights("W", 2.0**32, 1.0, None)


def checked(cells: list[Any], weights: Weights, keep: list[bool] | None = None) -> list[int]:
    kept = pl.Series([True] * len(cells) if keep is None else keep, dtype=pl.Boolean)
    return weights.checked(pl.DataFrame({"W": cells}), kept, 11).to_list()


@pytest.mark.parametrize("cells", [["1.25", "0", "-0", "3e1"], [1.25, 0.0, -0.0, 30.0]])
def test_a_weight_is_a_whole_number_of_its_last_decimal(cells: list[Any]) -> None:
    assert checked(cells, DECIMALS) == [125, 0, 0, 3000]


@given(st.lists(st.floats(0, 2.0**18), min_size=1))
def test_without_decimals_it_is_the_nearest_whole_number_of_units(cells: list[float]) -> None:
    expected = [round(cell * 2.0**32) for cell in cells]
    assert checked(cells, NONE_STATED) == checked([repr(cell) for cell in cells], NONE_STATED) == expected


@pytest.mark.parametrize(
    ("cell", "fault"),
    [
        (None, "is missing"),
        ("", "is missing"),
        ("x", "is not a number"),
        ("inf", "is not a number"),
        (float("inf"), "is not a number"),
        ("-1", "is negative"),
        (-1.0, "is negative"),
        (1e15, "is too large"),
        ("1.255", "has more decimals than declared"),
        (1.255, "has more decimals than declared"),
    ],
)
def test_a_weight_that_is_none_is_refused_but_of_who_is_left_out(cell: Any, fault: str) -> None:
    cells = ["1", cell, cell] if cell is None or isinstance(cell, str) else [1.0, cell, cell]
    with pytest.raises(FitError, match=rf"weight W {fault} \(first in row 12; 2 persons up to here\)"):
        checked(cells, DECIMALS)
    assert checked(cells, DECIMALS, [True, False, False]) == [100, 0, 0]


def test_of_several_faults_that_of_the_first_row_is_told() -> None:
    with pytest.raises(FitError, match=r"weight W is negative \(first in row 12; 2 persons up to here\)"):
        checked(["1", "-1", "x", None, "-1"], DECIMALS)
    with pytest.raises(FitError, match=r"weight W is missing \(first in row 12; 1 person up to here\)"):
        checked(["1.3", None, "x"], NONE_STATED)


def test_where_there_is_no_weight_each_row_has_one() -> None:
    assert checked(["a", "b"], Weights(None, 1.0, None, None), [True, False]) == [1, 1]
