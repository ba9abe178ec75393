"""Harmonised microdata cut into parts, tabulated apart and merged."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from itertools import pairwise
from pathlib import Path
from typing import Any

import polars as pl

from harmonize.errors import FitError
from harmonize.harmonised.description import SUFFIX
from harmonize.partial.merging import merge
from harmonize.partial.tabulating import tabulate_part
from harmonize.pipeline import tabulate
from harmonize.publishing import RunResult

FILES = ("estimates.csv", "methods.csv", "quality.csv")
RELEASE_LOG = "private/release_log.csv"


def both(make: Callable[..., RunResult], data: Sequence[Path], out: Path, **options: Any) -> RunResult:
    """What `make` writes: protected in `out`, with its result, and with nothing hidden beside it, see `unhidden`."""
    make(data, unhidden(out), protect="none", **options)
    return make(data, out, **options)


def unhidden(out: Path) -> Path:
    """The folder of the same tables with nothing hidden."""
    return out.with_name(f"{out.name}-unprotected")


def whole(harmonised: Path, out: Path, **options: Any) -> RunResult:
    """Everything tabulated at once, by `both`."""
    return both(tabulate, [harmonised], out, **options)


def rows_of(harmonised: Path) -> pl.DataFrame:
    """The cells of a harmonised file as they are."""
    if harmonised.suffix == ".parquet":
        return pl.read_parquet(harmonised)
    return pl.read_csv(harmonised, infer_schema=False)


def cut(harmonised: Path, cuts: Sequence[int]) -> list[Path]:
    """The file cut before the rows `cuts`, each piece with the description of the whole beside it."""
    frame = rows_of(harmonised)
    return [
        piece(harmonised, frame[start:end], number)
        for number, (start, end) in enumerate(pairwise((0, *cuts, frame.height)))
    ]


def piece(harmonised: Path, rows: pl.DataFrame, number: int) -> Path:
    """A file of some rows of a harmonised file."""
    path = harmonised.with_name(f"piece-{number}{harmonised.suffix}")
    if path.suffix == ".parquet":
        rows.write_parquet(path)
    else:
        rows.write_csv(path)
    told = harmonised.with_name(harmonised.name + SUFFIX)
    path.with_name(path.name + SUFFIX).write_bytes(told.read_bytes())
    return path


def states_of(parts: Sequence[Path], folder: Path, facts: Sequence[Path] = (), **options: Any) -> list[Path]:
    """The state of each part."""
    return [
        tabulate_part([part], folder / f"state-{number}", facts=facts, **options).state
        for number, part in enumerate(parts)
    ]


def merged(parts: Sequence[Path], folder: Path, **options: Any) -> tuple[RunResult, list[Path]]:
    """The parts tabulated and merged by `both`, as merge advises where small ones do not know what was asked."""
    states = states_of(parts, folder, **options)
    try:
        return both(merge, states, folder / "merged"), states
    except FitError as error:
        if "--facts" not in error.help:
            raise
    again = states_of(parts, folder / "again", facts=states, **options)
    return both(merge, again, folder / "merged"), again


def assert_same_files(one: Path, other: Path) -> None:
    """What `both` wrote at the two places is the same."""
    for name in (*FILES, RELEASE_LOG):
        assert (one / name).read_bytes() == (other / name).read_bytes(), name
    for name in FILES:
        assert (unhidden(one) / name).read_bytes() == (unhidden(other) / name).read_bytes(), f"unprotected {name}"
