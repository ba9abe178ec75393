"""Nobody can work out a suppressed count from everything that is published, and no suppression is for nothing."""

from __future__ import annotations

import os
import random
import subprocess
import sys
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path

import numpy as np
import polars as pl
import pytest

from harmonize import pipeline
from harmonize.indicators.sensitive import SENSITIVE
from tests.functional.conftest import Row, census, census_rows
from tests.functional.example import CENSUS, MAPPING
from tests.protect.outside import MINIMUM, Outside

__all__ = ["census", "census_rows"]
NEAR = 1e-6


def some_households(seed: int, share: float) -> Callable[[list[Row]], list[Row]]:
    """Keep a random share of the households, and forget the birthplace of a few persons."""

    def edit(rows: list[Row]) -> list[Row]:
        dice = random.Random(seed)
        kept = {key for key in sorted({(r["SAMPLE"], r["SERIAL"]) for r in rows}) if dice.random() < share}
        return [row for row in rows if (row["SAMPLE"], row["SERIAL"]) in kept]

    return edit


def attacked(data: Sequence[Path], out: Path, **options: object) -> tuple[pl.DataFrame, pl.DataFrame]:
    """The estimates protected and not."""
    made = []
    for protect in ("suppress", "none"):
        made.append(pipeline.run(MAPPING, data, out / protect, protect=protect, **options).estimates)  # type: ignore[arg-type]
    return made[0], made[1]


def of_persons(outside: Outside, truth: Outside) -> list[int]:
    """The counts of persons that are suppressed for themselves.

    Where a sensitive indicator has enough persons, what is suppressed is how many of them are above the line.
    """
    enough = {key for key, number in truth.names.items() if truth.known.get(number, 0) >= MINIMUM}
    suppressed = set(outside.suppressed())
    return [
        number
        for key, number in outside.names.items()
        if number in suppressed and not (key[0][0] in SENSITIVE and key in enough)
    ]


def narrowed(protected: pl.DataFrame, plain: pl.DataFrame, *, rows_tell: bool = True) -> list[str]:
    """The suppressed counts of persons that can be narrowed to less than 1 to 9."""
    found = []
    for sample, own in protected.group_by("sample", maintain_order=True):
        everybody = plain.filter(pl.col("sample") == sample[0])
        outside = Outside(own, plain=everybody)
        outside.rows_tell = rows_tell
        found += broken(outside, of_persons(outside, Outside(everybody)))
    return found


def broken(outside: Outside, numbers: Sequence[int], known: Mapping[int, float] | None = None) -> list[str]:
    """Those of some suppressed counts that can be narrowed to less than 1 to 9. known: what a reader knows besides.

    A count of which several rows are there has that many persons at least, whatever is suppressed; one of several rows
    of a group that is itself small has fewer than 9 at most.
    """
    bounds = outside.bounds(numbers, known)
    limits = outside.limits(
        number for number, (low, high) in bounds.items() if low > 1 + NEAR or high < MINIMUM - 1 - NEAR
    )
    found = []
    for number, (low, high) in bounds.items():
        least, most = limits.get(number, (1.0, np.inf))
        if low > max(1.0, least) + NEAR or high < min(MINIMUM - 1.0, most) - NEAR:
            cell = [name for name in outside.row_of[number].values() if isinstance(name, str) and name != "_T"]
            found.append(f"{cell}: {low:g} to {high:g}")
    return found


def widths(outside: Outside, plain: pl.DataFrame, known: Mapping[int, float] | None = None) -> list[float]:
    """Of each suppressed weighted count of a sample, how wide it is known, in mean weights of its series."""
    totals = plain.filter(pl.col("disaggregation") == "total").to_dicts()
    means = {(r["indicator"], r["series"]): r["population"] / r["n"] for r in totals if r["n"]}
    found = []
    for number, (low, high) in outside.bounds(of_persons(outside, Outside(plain)), known).items():
        row = outside.row_of[number]
        found.append((high - low) / means[str(row["indicator"]), str(row["series"])])
    return found


def least_widths(protected: pl.DataFrame, plain: pl.DataFrame) -> list[float]:
    """The same of all samples."""
    found = []
    for sample, own in protected.group_by("sample", maintain_order=True):
        everybody = plain.filter(pl.col("sample") == sample[0])
        found += widths(Outside(own, value="population", plain=everybody), everybody)
    return found


@pytest.mark.parametrize(
    ("seed", "share", "by"), [(1, 1.0, ()), (3, 0.3, ()), (4, 0.15, ()), (6, 0.2, ("sex*age_group",))]
)
def test_no_suppressed_count_of_random_samples_can_be_narrowed(census, tmp_path, seed, share, by):
    protected, plain = attacked([census(some_households(seed, share))], tmp_path, by=by)
    assert protected.height == plain.height
    assert (protected["conf_status"] == "C").sum() > 50, "there must be something to attack"
    # among few, categories happen to be the same persons, and series each other's: what the rows that are there tell is
    # then another number for the project, which knows, and for a reader, who does not
    assert not narrowed(protected, plain, rows_tell=share == 1)
    assert min(least_widths(protected, plain)) >= MINIMUM - 1e-6


def test_a_suppressed_row_has_no_number_at_all(census, tmp_path):
    protected, plain = attacked([census(some_households(5, 0.5))], tmp_path, by=("sex*age_group",))
    numbers = [name for name, dtype in protected.schema.items() if dtype.is_numeric() and name != "year"]
    hidden = protected.filter(pl.col("conf_status") != "F")
    assert hidden.select(pl.col(name).is_null().all() for name in numbers).row(0) == (True,) * len(numbers)
    shown = protected["conf_status"] == "F"
    as_before = [name for name in protected.columns if name not in ("conf_status", "left_out_share")]
    assert protected.filter(shown).select(as_before).equals(plain.filter(shown).select(as_before))
    assert protected.filter(shown & (pl.col("statistic") == "level") & (pl.col("n") > 0))["n"].min() >= MINIMUM
    key = protected.columns[: protected.columns.index("estimate")]
    few = plain.filter((pl.col("statistic") == "level") & pl.col("n").is_between(1, MINIMUM - 1)).select(key)
    assert few.join(hidden.filter(pl.col("conf_status") == "C"), on=key, how="anti", nulls_equal=True).height == 0


def test_without_one_of_the_further_suppressions_a_count_can_be_narrowed(census, tmp_path):
    protected, plain = attacked([census(some_households(2, 0.6))], tmp_path, indicators=["8.5.2"])
    sample = protected["sample"][0]
    outside = Outside(protected.filter(pl.col("sample") == sample))
    truth = Outside(plain.filter(pl.col("sample") == sample))
    assert not narrowed(protected, plain, rows_tell=False)  # as of other random samples
    needed = 0
    others = outside.suppressed("D")
    for number in others:
        key = next(key for key, own in outside.names.items() if own == number)
        known = {number: truth.known[truth.names[key]]}
        bounds = outside.bounds(outside.suppressed(), known)
        needed += any(low > 1 + 1e-6 or high < MINIMUM - 1 - 1e-6 for low, high in bounds.values())
    assert others
    assert needed >= 0.5 * len(others), f"{needed} of {len(others)} are needed"


def test_what_is_suppressed_does_not_depend_on_the_order_in_which_a_process_hashes(tmp_path):
    written = set()
    for seed in ("1", "2", "3"):
        out = tmp_path / seed
        command = [sys.executable, "-m", "harmonize", "run", MAPPING, str(CENSUS), "-o", str(out), "--quiet"]
        environment = os.environ | {"PYTHONPATH": str(CENSUS.parents[2]), "PYTHONHASHSEED": seed}
        subprocess.run(command, check=True, env=environment, timeout=120)
        written.add((out / "estimates.csv").read_bytes())
    assert len(written) == 1
