"""A state too large for its memory goes to temporary files by stratum, and not one bit of the estimates changes."""

from __future__ import annotations

import gc
import os
import random
import tempfile
import weakref
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from harmonize.errors import OutputError
from harmonize.estimate.taylor import Ratios, ratios
from harmonize.tabulate import blocks, bundler, state, store
from harmonize.tabulate.blocks import Rows, Shelf
from harmonize.tabulate.state import State
from harmonize.tabulate.sums import FIELDS, FIRST_ORDER, XX
from tests.estimates.feeding import state_of, tables_of

SERIES = ("a", "b", "c")
SAMPLES = ("AAA_2010", "BBB_2020")
WANTED = ((), ("status",), ("sex",), ("status", "sex"))
FLAGS = (
    set(), {"base", "left_out"}, {"base", "universe"}, {"base", "universe"}, {"base", "universe", "numerator"},
)  # fmt: skip


def people(seed: int, clustered: bool) -> list[dict[str, Any]]:
    """Some hundred households of two samples in forty strata; those of a cluster are scattered."""
    draw = random.Random(seed)
    found = []
    for number in range(400):
        place = {"sample": draw.choice(SAMPLES), "stratum": str(draw.randrange(40)), "household": f"H{number}"}
        place["cluster"] = str(draw.randrange(3)) if clustered else place["household"]
        found += [
            {
                **place,
                "weight": f"{draw.randrange(1, 5_000_000_000)}.{draw.randrange(100):02d}",
                "labels": {
                    "status": draw.choice(("migrant", "non_migrant", "unknown")),
                    "sex": draw.choice(("female", "male")),
                },
                "series": {name: draw.choice(FLAGS) for name in SERIES},
            }
            for _ in range(draw.randint(1, 4))
        ]
    return found


def bits(found: Ratios) -> dict[str, bytes]:
    """Every number of the estimates, as bytes."""
    arrays = {name: value for name, value in vars(found).items() if isinstance(value, np.ndarray)}
    arrays |= {f"contrasts.{name}": value for name, value in vars(found.contrasts).items()}
    assert len(arrays) == 17
    return {name: value.tobytes() for name, value in arrays.items()}


@pytest.mark.parametrize("clustered", [True, False], ids=["coarse clusters", "households"])
@pytest.mark.parametrize("units", [1, 7, 10**9])
def test_estimates_are_the_same_bits_whether_the_state_spilled_or_not(
    clustered: bool, units: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    persons = people(3, clustered)
    tables = tables_of(persons, WANTED)
    whole = state_of(persons, tables, SERIES, decimals=2, clustered=clustered)
    assert whole.size["spilled"] == 0
    monkeypatch.setattr(bundler, "_ROOM", 1)
    monkeypatch.setattr(bundler, "_STEP", 5)
    monkeypatch.setattr(blocks, "_BLOCK", 50_000)
    monkeypatch.setattr(state, "lanes", lambda units: max(1, min(2, units // 3)))
    for limit in (1, 100_000):
        small = state_of(
            persons, tables, SERIES, decimals=2, clustered=clustered, households_a_batch=units, limit=limit
        )
        assert small.size["spilled"] > 0
        assert small.size["strata"] == whole.size["strata"] > 60
        for sample in SAMPLES:
            for singleton in ("centered", "certainty"):
                expected = bits(ratios(whole, sample, singleton))  # type: ignore[arg-type]
                assert bits(ratios(small, sample, singleton)) == expected  # type: ignore[arg-type]
    assert np.nanmax(np.abs(ratios(whole, SAMPLES[0]).contrasts.covariance)) > 0


def test_blocks_of_any_size_give_the_same_bits_in_memory_too(monkeypatch: pytest.MonkeyPatch) -> None:
    persons = people(4, clustered=False)
    whole = state_of(persons, tables_of(persons, WANTED), SERIES, decimals=2, clustered=False)
    expected = bits(ratios(whole, SAMPLES[1]))
    assert len(list(whole.blocks(SAMPLES[1]))) == 1
    monkeypatch.setattr(blocks, "_BLOCK", 1)
    assert len(list(whole.blocks(SAMPLES[1]))) > 20
    assert bits(ratios(whole, SAMPLES[1])) == expected


def test_a_state_that_meets_the_same_strata_over_and_over_does_not_fill_the_disk(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(store, "_MERGE_AT", 4)
    monkeypatch.setattr(bundler, "_ROOM", 1)
    persons = people(5, clustered=False)
    tables = tables_of(persons, WANTED)
    once = state_of(persons, tables, SERIES, decimals=2, clustered=False, limit=200_000)
    many = [{**p, "household": f"{p['household']}-{again}"} for again in range(8) for p in persons]
    spilled = []
    put = Shelf.put

    def counted(self: Shelf, found: Rows, part: Any) -> None:
        spilled.append(found.rows.nbytes)
        put(self, found, part)

    monkeypatch.setattr(Shelf, "put", counted)
    often = state_of(many, tables, SERIES, decimals=2, clustered=False, households_a_batch=50, limit=200_000)
    assert once.closed.shelf is not None
    assert often.closed.shelf is not None
    assert sum(spilled) > 8 * once.closed.shelf.nbytes
    assert often.closed.shelf.nbytes < 4 * once.closed.shelf.nbytes
    assert bits(ratios(often, SAMPLES[0])) == bits(
        ratios(state_of(many, tables, SERIES, decimals=2, clustered=False), SAMPLES[0])
    )


@pytest.mark.parametrize("fields", [FIELDS, FIRST_ORDER])
def test_rows_of_one_key_are_added_exactly_over_the_limbs(fields: int) -> None:
    most = 2**64 - 1
    rows = np.full((1, 2, fields), 3, np.uint64)
    rows[0, :, XX::2] = most
    pairs = np.full((1, 2, 9), most, np.uint64)
    pairs[0, :, 1::2] = 5
    one = Rows(np.array([7 << 32], np.uint64), rows, np.array([0], np.int64), pairs)
    shelf = Shelf(2, fields)
    for _ in range(3):
        shelf.put(one, np.array([4], np.int64))
    found = shelf.take(4, 5)
    assert found.keys.tolist() == [7 << 32]
    for s in range(2):
        assert found.rows[0, s, :FIRST_ORDER].tolist() == [9] * FIRST_ORDER
        squares = found.rows[0, s, FIRST_ORDER:].tolist()
        for low, high in zip(squares[::2], squares[1::2], strict=True):
            assert (high << 64) + low == 3 * ((3 << 64) + most)
        cross = found.pairs[0, s].tolist()
        for low, high in zip(cross[:8:2], cross[1:8:2], strict=True):
            assert (high << 64) + low == 3 * ((5 << 64) + most)
        assert cross[8] == 3 * most % 2**64


def spilled_state() -> State:
    persons = people(6, clustered=True)
    return state_of(persons, tables_of(persons, WANTED), SERIES, decimals=2, limit=1)


def test_temporary_files_go_with_the_state(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setattr(tempfile, "tempdir", str(tmp_path))
    made = spilled_state()
    shelf = made.closed.shelf
    assert shelf is not None
    files = shelf._files
    gone = weakref.ref(shelf)
    del made, shelf
    gc.collect()
    assert gone() is None
    assert all(file.closed for file in files)
    assert not any(tmp_path.iterdir())


@pytest.mark.skipif(not os.path.exists("/dev/full"), reason="needs a device that is always full")
def test_a_full_temporary_folder_ends_with_advice(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(tempfile, "TemporaryFile", lambda: open("/dev/full", "w+b"))  # noqa: SIM115
    with pytest.raises(OutputError, match=r"temporary folder is full\n.*TMPDIR"):
        spilled_state()


def test_a_temporary_folder_that_is_not_there_ends_with_advice(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setattr(tempfile, "tempdir", str(tmp_path / "nowhere"))
    with pytest.raises(OutputError, match=r"temporary folder cannot be written\n.*TMPDIR"):
        spilled_state()
