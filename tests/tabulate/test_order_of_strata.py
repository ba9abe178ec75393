"""Strata have one order, in which floats are added: of their names, however a file format writes these."""

from __future__ import annotations

import random

import polars as pl
import pytest

from harmonize.tabulate.strata import PART_BITS, Strata

NAMES = [str(number) for number in range(1, 1200)]


def strata(names: list[str], sample: str = "AAA_2010", inner: str = "x") -> Strata:
    found = Strata()
    for name in names:
        found.of(pl.DataFrame({"_sample": [sample], "stratum": [name], "inner": [inner]}))
    return found


def ordered(found: Strata, sample: str = "AAA_2010") -> list[str]:
    names = list(found.index)
    return [names[number][1] for number in found.in_order(sample)]


def test_the_order_does_not_depend_on_which_stratum_came_first() -> None:
    shuffled = list(NAMES)
    random.Random(5).shuffle(shuffled)
    expected = ordered(strata(NAMES))
    assert sorted(expected) == sorted(NAMES)
    assert ordered(strata(shuffled)) == expected


@pytest.mark.parametrize("form", ["{:0>6}", "{:>6}", "{}.0", "{} ", "{:0>3}.00"])
def test_a_number_stands_where_it_does_in_another_format(form: str) -> None:
    names = NAMES[:50]
    assert ordered(strata([form.format(name) for name in names])) == [form.format(n) for n in ordered(strata(names))]


def test_texts_that_are_no_numbers_are_not_taken_for_some() -> None:
    names = ["A", "1A", "1.5", "01.5", "-0", "0", "", "1e3", "--1"]
    assert sorted(ordered(strata(names))) == sorted(names)


def test_the_parts_of_a_sample_are_ranges_of_the_order_and_no_other_samples() -> None:
    found = strata(NAMES)
    found.of(pl.DataFrame({"_sample": ["BBB_2020"], "stratum": ["1"], "inner": ["x"]}))
    parts = found.parts[found.in_order("AAA_2010")]
    low, high = found.parts_of("AAA_2010")
    assert (parts[1:] >= parts[:-1]).all()
    assert low <= parts.min() <= parts.max() < high
    assert high - low == 1 << PART_BITS
    assert not low <= found.parts[found.in_order("BBB_2020")][0] < high
    assert found.parts_of("CCC_2000")[1] <= 0
