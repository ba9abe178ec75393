"""Sums by replicate weight are exact in any order, batches, parts; their rank is numpy's; a linear jackknife."""

from __future__ import annotations

import tempfile
from collections.abc import Sequence
from functools import partial
from pathlib import Path
from typing import Any

import numpy as np
import polars as pl
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from harmonize import pipeline
from harmonize.apply import apply
from harmonize.errors import FitError
from harmonize.options import Options
from harmonize.tabulate.kinds import Mean
from harmonize.tabulate.replicates import ReplicateSums, SavedReplicates
from harmonize.tabulate.table import Table
from tests import unprotected
from tests.functional.jackknifed import PERSONS, POOLED, REPLICATED
from tests.functional.parts import assert_same_files, both, cut, merged

TABLES = [
    Table((), "", (), (), 0),
    Table(("a",), "", ("a",), (("x", "y", "z"),), 1),
    Table(("b",), "", ("b",), (("u", "v"),), 4, series=frozenset({0, 2, 66})),
]
SERIES = 67  # more than a word of 64 bits; those used are 0 and 66, shares; 1, a mean; 2, a ratio of two amounts
MEANS = {1: Mean(0), 2: Mean(1, per=2)}
USED = (0, 1, 2, 66)
R = 6


class Person(dict[str, Any]):
    """sample, a, b, universe and numerator (sets of series), amounts (three), weights (R)."""


@st.composite
def persons_drawn(draw: st.DrawFn) -> list[Person]:
    weights = st.one_of(
        st.lists(st.integers(-5, 9), min_size=R, max_size=R),
        st.sampled_from([[2, 0, 2, 2, 2, 2], [4, 0, 4, 4, 4, 4], [3, 3, 3, 0, 3, 3], [0] * R, [7] * R]),
    )
    return draw(
        st.lists(
            st.fixed_dictionaries(
                {
                    "sample": st.sampled_from(["A", "B"]), "a": st.integers(0, 2), "b": st.integers(0, 1),
                    "universe": st.frozensets(st.sampled_from(USED)), "numerator": st.frozensets(st.sampled_from(USED)),
                    "amounts": st.tuples(*[st.integers(0, 50)] * 3), "weights": weights,
                }
            ).map(Person),
            min_size=1, max_size=40,
        )
    )  # fmt: skip


def words(series: Sequence[int]) -> list[int]:
    return [sum(1 << (s % 64) for s in series if s // 64 == word) for word in range(2)]


def sums_of(persons: Sequence[Person], ends: Sequence[int], patterns: int = 50) -> ReplicateSums:
    """The sums of the persons, in batches that end before those numbers."""
    found = ReplicateSums(TABLES, SERIES, R, means=MEANS, patterns=patterns)
    for first, last in zip([0, *ends], [*ends, len(persons)], strict=True):
        batch = persons[first:last]
        if not batch:
            continue
        universe = np.array([words(p["universe"]) for p in batch], np.uint64)
        numerator = np.array([words(p["numerator"] & p["universe"]) for p in batch], np.uint64)
        found.add(
            np.arange(len(batch) + 1),
            pl.DataFrame({"_sample": [p["sample"] for p in batch]}),
            np.array([[0, 1 + p["a"], 4 + p["b"]] for p in batch], np.int32),
            [universe, np.zeros_like(universe), universe, numerator],
            np.array([p["weights"] for p in batch], np.int64),
            np.array([p["amounts"] for p in batch], np.uint64),
        )
    return found


def assert_same(one: SavedReplicates, other: SavedReplicates) -> None:
    assert one.samples == other.samples
    for name in ("sample", "cell", "series", "x", "y", "lists", "hashes", "directions"):
        assert getattr(one, name).tobytes() == getattr(other, name).tobytes(), name


@given(persons_drawn(), st.data())
def test_no_order_no_batches_and_no_parts_change_a_bit(persons: list[Person], data: st.DataObject) -> None:
    expected = sums_of(persons, []).saved()
    shuffled = data.draw(st.permutations(persons), label="order")
    ends = sorted(data.draw(st.sets(st.integers(1, len(persons)), max_size=4), label="batches"))
    patterns = data.draw(st.sampled_from((1, 2, 50)), label="patterns")
    assert_same(sums_of(shuffled, ends, patterns).saved(), expected)
    parts = [shuffled[a:b] for a, b in zip([0, *ends], [*ends, len(persons)], strict=True)]
    joined = ReplicateSums(TABLES, SERIES, R, means=MEANS)
    for part in data.draw(st.permutations(parts), label="parts"):
        joined.join(sums_of(part, [], patterns).saved())
    assert_same(joined.saved(), expected)


def by_hand(persons: Sequence[Person], sample: str, inside: Any, s: int) -> tuple[list[int], list[int]]:
    x, y = [0] * R, [0] * R
    for p in persons:
        if p["sample"] == sample and inside(p) and s in p["universe"]:
            above = {1: p["amounts"][0], 2: p["amounts"][1]}.get(s, int(s in p["numerator"]))
            below = p["amounts"][2] if s == 2 else 1
            for r, weight in enumerate(p["weights"]):
                x[r] += weight * above
                y[r] += weight * below
    return x, y


@given(persons_drawn(), st.sampled_from((1, 3, 50)))
def test_sums_and_ranks_are_those_of_each_person_by_hand(persons: list[Person], patterns: int) -> None:
    found = sums_of(persons, [], patterns)
    cells: dict[int, Any] = {0: lambda _: True, 2: lambda p: p["a"] == 1, 5: lambda p: p["b"] == 1}
    for sample in ("A", "B"):
        for s in USED:
            for cell, inside in cells.items():
                if cell == 5 and s == 1:  # a series that the table does not have
                    continue
                x, y = found.sums(sample, np.array([cell]), s)
                assert (x[0].tolist(), y[0].tolist()) == by_hand(persons, sample, inside, s)
                rows = [p["weights"] for p in persons if p["sample"] == sample and inside(p) and s in p["universe"]]
                rank = int(np.linalg.matrix_rank(np.array(rows))) if rows else 0
                assert found.ranks(sample, np.array([cell]), s).tolist() == [rank]


@given(persons_drawn())
def test_the_rank_of_two_cells_is_that_of_the_persons_of_both(persons: list[Person]) -> None:
    found = sums_of(persons, [])
    rows = [p["weights"] for p in persons if p["sample"] == "A" and p["a"] in (0, 2) and 0 in p["universe"]]
    rank = int(np.linalg.matrix_rank(np.array(rows))) if rows else 0
    assert found.ranks("A", np.array([1]), 0, np.array([3]), 0).tolist() == [rank]


def test_sums_beyond_whole_numbers_are_refused() -> None:
    person = Person(
        sample="A", a=0, b=0, universe=frozenset([1]), numerator=frozenset(), amounts=(2**20, 0, 0), weights=[2**42] * R
    )  # fmt: skip
    sums_of([person], [])
    with pytest.raises(FitError, match="too large for exact sums"):
        sums_of([person, person], [])
    half = sums_of([person], [])
    with pytest.raises(FitError, match="too large for exact sums"):
        half.join(sums_of([person], []).saved())


MAPPING = """\
mapping: balanced
version: 1.0.0
title: Clusters of one size
source: {producer: P, citation: C, documentation: D, checked_on: "2026-01-01"}
sample: {country: MEX, year: 2020}
design: {person_weight: W, weight_decimals: 6, %s}
keys: {household: HH}
variables:
  electricity: {from: E, codes: {"no": 1, "yes": 2}}
"""


@settings(max_examples=15, suppress_health_check=[HealthCheck.too_slow])
@given(st.integers(2, 9), st.integers(1, 5), st.randoms(use_true_random=False))
def test_where_clusters_are_of_one_size_the_jackknife_is_linearisation(clusters: int, size: int, random: Any) -> None:
    # a share is then a total over a number that no replicate changes: nothing is linearised, and both are the same
    rows = [
        {"HH": c * size + i, "CL": c, "W": clusters - 1, "E": random.choice((1, 2))}
        | {f"R{r + 1}": 0 if r == c else clusters for r in range(clusters)}
        for c in range(clusters)
        for i in range(size)
    ]
    replicated = f"replicate_weights: {{columns: R1..R{clusters}, method: jk1}}"
    found = {}
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        pl.DataFrame(rows).write_csv(folder / "rows.csv")
        for design in ("cluster: CL", replicated):
            (folder / "made.yaml").write_text(MAPPING % design, encoding="utf-8")
            table = unprotected.run(
                str(folder / "made.yaml"), [folder / "rows.csv"], folder / "out", indicators=["7.1.1"], formats=["csv"]
            ).estimates
            found[design] = table.filter(disaggregation="total", series="electricity").row(0, named=True)
    taylor, jackknife = found.values()
    assert jackknife["df"] == taylor["df"] == clusters - 1
    assert jackknife["se"] == pytest.approx(taylor["se"], rel=1e-9, abs=1e-9)


@settings(max_examples=10, suppress_health_check=[HealthCheck.too_slow])
@given(st.data())
def test_any_rows_cut_anywhere_in_any_order_give_the_bytes_of_a_run(data: st.DataObject) -> None:
    start = data.draw(st.integers(0, PERSONS.height - 2), label="start")
    rows = PERSONS[start : start + data.draw(st.integers(2, 150), label="rows")]
    mapping = data.draw(st.sampled_from((REPLICATED, POOLED)), label="samples")
    cuts = data.draw(st.sets(st.integers(1, rows.height - 1), min_size=1, max_size=4), label="cuts")
    chunk_size = data.draw(st.sampled_from((20, 65_536)), label="chunk_size")
    order = data.draw(st.permutations(rows["HH"].unique(maintain_order=True).to_list()), label="households")
    asked: dict[str, Any] = {
        "indicators": ["7.1.1", "8.5.1", "8.6.1", "10.2.1"], "options": Options(standardise=("age",)), "by": ["sex"],
    }  # fmt: skip
    place = {household: at for at, household in enumerate(order)}
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        (folder / "made.yaml").write_text(mapping, encoding="utf-8")
        rows.write_csv(folder / "rows.csv")
        other = rows.sort(pl.col("HH").replace_strict(place), maintain_order=True)
        other.write_csv(folder / "other.csv")
        run = partial(pipeline.run, str(folder / "made.yaml"))
        both(run, [folder / "rows.csv"], folder / "run", **asked)
        both(run, [folder / "other.csv"], folder / "other", chunk_size=chunk_size, **asked)
        assert_same_files(folder / "run", folder / "other")
        apply(str(folder / "made.yaml"), [folder / "rows.csv"], folder / "all.parquet")
        merged(cut(folder / "all.parquet", sorted(cuts)), folder, chunk_size=chunk_size, **asked)
        assert_same_files(folder / "run", folder / "merged")
