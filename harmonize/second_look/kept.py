"""Rows that are looked at a second time: of those persons who count, what a second look needs, in a temporary file.

A batch of the pass is two tables, of persons and of units (see State.add), as Parquet one after another in
one file without a name, which goes with the program however it ends.
"""

from __future__ import annotations

import io
import tempfile
import weakref
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from functools import cached_property
from io import BufferedRandom

import numpy as np
import numpy.typing as npt
import polars as pl

from harmonize.plan import Plan
from harmonize.prepared import Prepared
from harmonize.readers.written import in_text
from harmonize.tabulate.blocks import spilling
from harmonize.tabulate.state import State
from harmonize.tabulate.tables import Table
from harmonize.units import drawn_by

UNIT = "_unit"
REPLICATES = "replicates"
FPC = "_fpc"


@dataclass(frozen=True)
class Batch:
    """rows: see kept_of, with the place of each one's unit, ascending. units: `_sample`, the design's columns, fpc."""

    rows: pl.DataFrame
    units: pl.DataFrame

    def array(self, name: str) -> npt.NDArray[np.int64]:
        """A column of the rows, not copied where that can be."""
        return self.rows[name].to_numpy()

    def samples(self, names: Sequence[str]) -> npt.NDArray[np.int64]:
        """The place of each row's sample in `names`, -1 of a sample that is not there."""
        place = {name: at for at, name in enumerate(names)}
        of_unit = self.units["_sample"].replace_strict(place, default=-1, return_dtype=pl.Int64).to_numpy()
        return of_unit[self.array(UNIT)]

    def words(self, mask: str) -> npt.NDArray[np.uint64]:
        """A mask of the rows, (rows, words)."""
        names = [name for name in self.rows.columns if name.removeprefix(mask).isdecimal()]
        return self.rows.select(names).to_numpy()


class Kept:
    """All batches of a pass, or of a part of an extract."""

    def __init__(self, plan: Plan) -> None:
        self.plan = plan
        self.pieces: list[tuple[int, int]] = []  # where each table starts in the file, and its bytes

    @cached_property
    def _file(self) -> BufferedRandom:
        """Opened when something is kept: most runs keep nothing."""
        file = tempfile.TemporaryFile()  # noqa: SIM115 - open as long as this object
        weakref.finalize(self, file.close)
        return file

    def put(self, prepared: Prepared) -> None:
        """Keep the rows of a batch that count in a series that is looked at again."""
        self.put_batch(kept_of(self.plan, prepared))

    def put_batch(self, batch: Batch) -> None:
        """Keep a batch."""
        for table in (batch.rows, batch.units):
            self.put_bytes(as_bytes(table))

    def put_bytes(self, content: bytes) -> None:
        """Keep a table that is Parquet already."""
        with spilling():
            self._file.seek(0, io.SEEK_END)
            start = self._file.tell()
            self._file.write(content)
        self.pieces.append((start, len(content)))

    def contents(self) -> Iterator[bytes]:
        """The tables as Parquet, persons and units by turns."""
        for start, length in self.pieces:
            with spilling():
                self._file.seek(start)
                yield self._file.read(length)

    def batches(self, columns: Iterable[str] | None = None) -> Iterator[Batch]:
        """The batches, as kept. columns: of the rows, beside UNIT; None for all."""
        wanted = None if columns is None else list(dict.fromkeys((UNIT, *columns)))
        tables = self.contents()
        for rows, units in zip(tables, tables, strict=True):
            yield Batch(pl.read_parquet(io.BytesIO(rows), columns=wanted), pl.read_parquet(io.BytesIO(units)))


def as_bytes(table: pl.DataFrame) -> bytes:
    """As Parquet."""
    content = io.BytesIO()
    table.write_parquet(content, compression="zstd", compression_level=1, statistics=False)
    return content.getvalue()


def kept_of(plan: Plan, prepared: Prepared) -> Batch:
    """The rows of a batch that are looked at again; all of its units."""
    base, left_out, universe, numerator = prepared.masks
    counts = np.zeros(len(prepared.weight), np.bool_)
    for mask, words in ((universe, plan.coding.looked_at_again), (base, plan.coding.kept_with_unknowns)):
        for word, bits in enumerate(words):
            counts |= (mask[:, word] & bits) != 0
    unit = np.repeat(np.arange(len(prepared.starts) - 1), np.diff(prepared.starts))
    columns: dict[str, npt.NDArray[np.generic]] = {UNIT: unit, "weight": prepared.weight}
    if prepared.persons is not None:
        columns["persons"] = prepared.persons
    columns |= {f"code{t}": prepared.codes[:, t] for t in range(prepared.codes.shape[1])}
    columns |= {f"universe{w}": universe[:, w] for w in range(universe.shape[1])}
    columns |= {f"numerator{w}": numerator[:, w] for w in range(numerator.shape[1])}
    columns |= {f"value{i}": prepared.values[:, i] for i in range(prepared.values.shape[1])}
    columns |= {f"amount{i}": prepared.amounts[:, i] for i in plan.coding.kept_amounts}
    if prepared.stay is not None:
        columns |= {f"base{w}": base[:, w] for w in range(base.shape[1])}
        columns |= {f"left_out{w}": left_out[:, w] for w in range(left_out.shape[1])}
        columns["stay"] = prepared.stay
    if prepared.replicates is not None and plan.coding.later:
        columns[REPLICATES] = prepared.replicates
    rows = pl.DataFrame({name: column[counts] for name, column in columns.items()})
    units = in_text(prepared.design, drawn_by(plan.mapping.design))
    if prepared.fpc is not None:
        units = units.with_columns(pl.Series(FPC, prepared.fpc))
    return Batch(rows, units)


def starts_of(batch: Batch) -> npt.NDArray[np.int64]:
    """(units + 1) first row of each unit."""
    return np.searchsorted(batch.array(UNIT), np.arange(batch.units.height + 1)).astype(np.int64)


def replicates_in(batch: Batch) -> npt.NDArray[np.int64]:
    """(rows, replicates) the weights of the rows of a run that has replicate weights."""
    return np.ascontiguousarray(batch.array(REPLICATES))


def feed(
    state: State,
    plan: Plan,
    batch: Batch,
    masks: Sequence[npt.NDArray[np.uint64]],
    codes: npt.NDArray[np.int32],
    amounts: npt.NDArray[np.uint64] | None = None,
) -> None:
    """Add a batch to a state.

    masks, amounts: as State.add has them; codes: (rows, tables of the state).
    """
    design = plan.mapping.design
    persons = batch.array("persons") if "persons" in batch.rows.columns else None
    fpc = batch.units[FPC].to_numpy() if FPC in batch.units.columns else None
    state.add(
        starts_of(batch), batch.units, design.stratum, design.cluster, np.ascontiguousarray(codes),
        batch.array("weight"), masks, persons, fpc, amounts,
    )  # fmt: skip


def tables_of(plan: Plan, series: int) -> dict[int, Table]:
    """The tables that a series is in, by their place in the plan, for a state of that series alone."""
    return {t: replace(table, series=None) for t, table in enumerate(plan.tables) if table.has(series)}


def bit(batch: Batch, mask: str, s: int) -> npt.NDArray[np.bool_]:
    """Whether each row has the bit of series `s` in `universe` or `numerator`."""
    word, place = divmod(s, 64)
    found: npt.NDArray[np.bool_] = (batch.rows[f"{mask}{word}"].to_numpy() >> np.uint64(place)) & np.uint64(1) == 1
    return found


def as_masks(universe: npt.NDArray[np.uint64], numerator: npt.NDArray[np.uint64]) -> list[npt.NDArray[np.uint64]]:
    """Masks (rows, words) of persons who all count: the base is the universe, nobody is left out."""
    return [universe, np.zeros_like(universe), universe, numerator]
