"""The files of one delivery as one table of text: persons, with the columns of their households."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from difflib import get_close_matches
from pathlib import Path
from types import TracebackType

import polars as pl
from polars.io.plugins import register_io_source

from harmonize.errors import DataFileError, FitError
from harmonize.readers.as_numbers import ALL_TEXT, AsNumbers
from harmonize.readers.blocks import sound
from harmonize.readers.ddi import Codebook, read_ddi
from harmonize.readers.drawing import of_size
from harmonize.readers.formats import open_source
from harmonize.readers.options import Reading, ReadOptions, Scratch
from harmonize.readers.source import HOUSEHOLD, Source

# rows a frame where the caller has no wish
_CHUNK = 65_536


class Extract:
    """One extract. Close it (or use it in `with`) to delete its temporary files; the end of Python does too.

    columns: the persons', then the households' (one in both is the person's, `household.NAME` the other).
    numeric: columns that file or codebook says are numbers; None if one of the files is a bare csv.
    decimals: implied decimals of fixed width, already applied by `scan`. labels: variable -> code -> label.
    about: about how many persons. progress: the share of them that was given so far, 0 to 1, by the bytes read.
    notices: what the user should be told.
    """

    def __init__(
        self,
        persons: Sequence[Source],
        households: Sequence[Source],
        household_key: Sequence[str],
        scratch: Scratch,
    ) -> None:
        self.persons, self.households = tuple(persons), tuple(households)
        self.household_key = tuple(household_key)
        self.scratch = scratch
        self.notices: list[str] = []
        self.files = [source.path for source in self.persons]
        self.households_files = [source.path for source in self.households]
        _refuse_households_twice(self.persons, self.households)
        own = list(_common_columns(self.persons))
        self._renamed = _household_names(own, _common_columns(self.households), self.household_key)
        self._own = set(own)
        self.columns = own + list(self._renamed)
        self.about = sum(source.about for source in self.persons)
        self.progress = 0.0
        sources = (*self.persons, *self.households)
        self.codebook: Codebook | None = next((s.codebook for s in sources if s.codebook is not None), None)
        self.numeric = self._numeric()
        self.decimals: dict[str, int] = {}
        self.labels: dict[str, dict[str, str]] = {}
        for name, source in self._described():
            if source.decimals.get(self._renamed.get(name, name)):
                self.decimals[name] = source.decimals[self._renamed.get(name, name)]
            for code, label in source.labels.get(self._renamed.get(name, name), {}).items():
                self.labels.setdefault(name, {}).setdefault(code, label)

    @property
    def households_without_persons(self) -> int | None:
        """How many, once all hierarchical files were read to their end; None where there are no such files."""
        counts = [source.vacant.households for source in self.persons if source.vacant is not None]
        return sum(counts) if counts else None

    @property
    def all_files(self) -> list[Path]:
        """Every file that was read: persons, households, the codebook where it is a file of its own."""
        files = [*self.files, *self.households_files]
        book = self.codebook.path if self.codebook is not None else None
        return files if book is None or book in files else [*files, book]

    def _described(self) -> list[tuple[str, Source]]:
        pairs = [(name, source) for source in self.persons for name in source.columns]
        return pairs + [(name, source) for source in self.households for name in self._renamed]

    def _numeric(self) -> set[str] | None:
        if any(source.numeric is None for source in (*self.persons, *self.households)):
            return None
        text = {n for n, s in self._described() if self._renamed.get(n, n) not in (s.numeric or frozenset())}
        return set(self.columns) - text

    def split(self, columns: Sequence[str]) -> tuple[list[str], list[str]]:
        """`columns` as the persons' and the households'. Raises FitError for one that is neither."""
        known = self._own | self._renamed.keys()
        unknown = next((name for name in columns if name not in known), None)
        if unknown is not None:
            by_case = {name.lower(): name for name in self.columns}
            near = [by_case[name] for name in get_close_matches(unknown.lower(), by_case, n=3)]
            raise FitError(
                f"{self.files[0]}: no column {unknown}", f"columns like it: {', '.join(near)}" if near else ""
            )
        return [n for n in columns if n in self._own], [n for n in columns if n not in self._own]

    def person_frames(
        self,
        columns: Sequence[str],
        chunk_size: int,
        positions: bool = False,
        numbers: AsNumbers = ALL_TEXT,
    ) -> Iterator[pl.DataFrame]:
        """The persons' `columns` in order, all String, in frames of `chunk_size` rows, the last of fewer.

        `numbers`: columns that may come as numbers that stand for their texts.
        `positions` adds `_source` (which file) and `_record` (0-based row in it). The files are checked as
        they are read: raises DataFileError and FitError of the readers at the place of the fault.
        """
        gauges = [source.gauge for source in self.persons]
        for gauge in gauges:
            gauge.done = 0
        names = {name: name for name in columns}
        for frame in of_size(_frames(self.persons, names, chunk_size, positions, numbers), chunk_size):
            self.progress = sum(gauge.done for gauge in gauges) / sum(gauge.size for gauge in gauges)
            yield frame

    def household_frames(
        self, columns: Sequence[str], chunk_size: int, positions: bool = False
    ) -> Iterator[pl.DataFrame]:
        """The household key, then `columns` as `split` names them, of the households' files in order."""
        names = {name: name for name in self.household_key} | {name: self._renamed[name] for name in columns}
        return of_size(_frames(self.households, names, chunk_size, positions), chunk_size)

    def scan_persons(self, columns: Sequence[str], positions: bool = False) -> pl.LazyFrame:
        """`person_frames` as a LazyFrame, for what sorts or writes them."""
        return _lazy(columns, positions, lambda: self.person_frames(columns, _CHUNK, positions))

    def scan_households(self, columns: Sequence[str], positions: bool = False) -> pl.LazyFrame:
        """`household_frames` as a LazyFrame."""
        names = [*self.household_key, *columns]
        return _lazy(names, positions, lambda: self.household_frames(columns, _CHUNK, positions))

    def scan(self, columns: Sequence[str]) -> pl.LazyFrame:
        """Exactly these columns of every person, all String.

        Household columns come by a join whose memory grows with the households: `household_batches` is flat.
        """
        own, others = self.split(columns)
        if not others:
            return self.scan_persons(columns)
        key = list(self.household_key)
        frame = self.scan_persons(list(dict.fromkeys([*own, *key])))
        joined = frame.join(self.scan_households(others), on=key, how="left", maintain_order="left")
        return joined.select(columns)

    def close(self) -> None:
        """Delete the extract's temporary files."""
        self.scratch.remove()

    def __enter__(self) -> Extract:
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, at: TracebackType | None) -> None:
        self.close()


def open_extract(
    paths: Sequence[Path],
    read: ReadOptions | None = None,
    codebook: Path | None = None,
    households: Path | Sequence[Path] | None = None,
    household_key: tuple[str, ...] = (),
) -> Extract:
    """Open and check all files of an extract. `read` is the mapping's; `codebook` wins over one found beside.

    Raises DataFileError for a file that is missing, unreadable, broken off, empty or in another encoding;
    FitError where records or rows do not fit, columns differ between files, a key column is absent, or
    households are given to a hierarchical file.
    """
    if not paths:
        raise DataFileError("no data file is named", "name the files of one extract")
    again = next((path for i, path in enumerate(paths) if path in list(paths)[:i]), None)
    if again is not None:
        raise DataFileError(f"{again}: the file is named twice", "name each file once")
    scratch = Scratch()
    reading = Reading(household_key=tuple(household_key))
    if read is not None:
        reading = Reading(read.encoding, read.separator, read.decimal, tuple(read.blank), tuple(household_key))
    both = [] if households is None else [households] if isinstance(households, Path) else list(households)
    try:
        book = None if codebook is None else read_ddi(codebook)
        with sound(paths):
            persons = [open_source(path, reading, book) for path in paths]
        # a codebook given by name is that of the persons; a households file has its own beside it
        return Extract(persons, [open_source(path, reading) for path in both], household_key, scratch)
    except BaseException:
        scratch.remove()
        raise


def _refuse_households_twice(persons: Sequence[Source], households: Sequence[Source]) -> None:
    """Raises FitError for a hierarchical file with, or as, a file of households."""
    for source in (*persons, *households) if households else ():
        if source.vacant is not None:
            raise FitError(
                f"{source.path}: the file is hierarchical: it has its persons and their households",
                "name it alone, as the data, without --households",
            )


def _common_columns(sources: Sequence[Source]) -> tuple[str, ...]:
    """The columns of the first source. Raises FitError if another has others."""
    for source in sources[1:]:
        for one, other in ((sources[0], source), (source, sources[0])):
            lacks = next((name for name in one.columns if name not in other.columns), None)
            if lacks is not None:
                raise FitError(
                    f"{other.path}: no column {lacks}, which {one.path} has",
                    "the files of one extract must have the same columns",
                )
    return sources[0].columns if sources else ()


def _household_names(own: Sequence[str], theirs: Sequence[str], key: Sequence[str]) -> dict[str, str]:
    """Name in the extract -> name in the households' file, without the key."""
    if not theirs:
        return {}
    if not key:
        raise FitError("a households file needs a key", "write in the mapping: keys: {household: COLUMN}")
    for name in key:
        for columns, which in ((own, "persons"), (theirs, "households")):
            if name not in columns:
                near = get_close_matches(name, columns, n=3)
                raise FitError(
                    f"the {which} have no column {name}, which joins households to persons",
                    f"columns like it: {', '.join(near)}" if near else "",
                )
    return {HOUSEHOLD + name if name in own else name: name for name in theirs if name not in key}


def _frames(
    sources: Sequence[Source],
    names: dict[str, str],
    chunk_size: int,
    positions: bool,
    numbers: AsNumbers = ALL_TEXT,
) -> Iterator[pl.DataFrame]:
    """The rows of the sources in order, under the names that the extract has for their columns."""
    for i, source in enumerate(sources):
        record = 0
        for frame in source.frames(list(dict.fromkeys(names.values())), chunk_size, numbers):
            columns = [pl.col(theirs).alias(ours) for ours, theirs in names.items()]
            if not positions and frame.columns == [*names] == [*names.values()]:
                yield frame
                continue
            if positions:
                columns.append(pl.lit(i, dtype=pl.UInt16).alias("_source"))
                columns.append(pl.int_range(record, record + pl.len(), dtype=pl.UInt32).alias("_record"))
            record += frame.height
            yield frame.select(columns)


def _lazy(columns: Sequence[str], positions: bool, frames: Callable[[], Iterator[pl.DataFrame]]) -> pl.LazyFrame:
    schema: dict[str, pl.DataType] = {name: pl.String() for name in columns}
    if positions:
        schema |= {"_source": pl.UInt16(), "_record": pl.UInt32()}

    def source(
        with_columns: list[str] | None, predicate: pl.Expr | None, n_rows: int | None, batch_size: int | None
    ) -> Iterator[pl.DataFrame]:
        for frame in frames():
            frame = frame if predicate is None else frame.filter(predicate)
            frame = frame if with_columns is None else frame.select(with_columns)
            yield frame if n_rows is None else frame.head(n_rows)
            if n_rows is not None:
                n_rows -= frame.height
                if n_rows <= 0:
                    return

    return register_io_source(source, schema=schema)
