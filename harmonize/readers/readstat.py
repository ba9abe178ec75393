"""Machinery of the SPSS, Stata and SAS readers: two libraries, one file, each for what it reads right.

polars-readstat is 3 to 20 times faster, and reads numbers and UTF-8 text. pyreadstat reads the metadata, and
the columns that polars-readstat was seen to read otherwise: text in other encodings (it cuts é from the end
of a full field), dates (it takes a Stata year for a day, and rounds before 1970), SPSS columns with declared
missing values (it gives them as null, or holds the whole file in memory). tests/readers/test_readstat_parity.py
has each of them.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import polars as pl
from polars_readstat import ScanReadstat
from polars_readstat.polars_readstat_bindings import PyPolarsReadstat
from pyreadstat import PyreadstatError, ReadstatError

from harmonize.errors import DataFileError
from harmonize.readers.as_numbers import ALL_TEXT, AsNumbers
from harmonize.readers.blocks import gauge_of
from harmonize.readers.ddi import Codebook
from harmonize.readers.drawing import of_size
from harmonize.readers.encoding import codec_name
from harmonize.readers.labels import codebook_inside, labels_of
from harmonize.readers.options import Reading
from harmonize.readers.readstat_cells import Calendar, Kind
from harmonize.readers.source import Source
from harmonize.readers.trial import survives
from harmonize.readers.written import plain_numbers

# cells that pyreadstat gives at once, each a Python object: about 100 MB
_SLOW_CELLS = 2_000_000
# and rows, however many columns: every piece is looked for from the start of the file
_SLOW_ROWS = 50_000
# after a column's name: the special missing values of that column
_MARK = "\x1f"
AGAIN = "export it again, or save it as .csv or .parquet"


@dataclass(frozen=True)
class Form:
    """One of the formats, as it is to be read.

    name: for messages. read: pyreadstat's function; options: its options (missing values, encoding).
    marks: the format has special missing values (.a). fast_text: its text is UTF-8, polars-readstat reads it right.
    slow: columns that pyreadstat must read.
    about: an estimate of the rows, for a file that does not say how many it has.
    """

    name: str
    read: Callable[..., tuple[dict[str, Any], Any]]
    calendar: Calendar
    options: dict[str, Any] = field(default_factory=dict)
    marks: bool = False
    fast_text: bool = False
    slow: frozenset[str] = frozenset()
    about: int = 1


def stated_encoding(path: Path, reading: Reading) -> str | None:
    """The mapping's encoding for a file that does not say its own, None if the mapping says none but UTF-8."""
    return None if codec_name(reading.encoding, path) == "utf-8" else reading.encoding


def metadata_of(path: Path, form: Form) -> Any:
    """pyreadstat's metadata of the file. Raises DataFileError if it is not whole, or has no variable."""
    whole = f"this is not a whole {form.name} file, or of a version that is not read"
    if not survives(path, form.read.__name__, form.options):
        raise DataFileError(f"{path}: {whole}", AGAIN)
    with faults(path, whole):
        _, metadata = form.read(str(path), metadataonly=True, output_format="dict", **form.options)
        names = list(metadata.column_names)
    if not names or not all(names):
        raise DataFileError(f"{path}: the file has no variable, or one without a name", AGAIN)
    if len(set(names)) < len(names):
        raise DataFileError(f"{path}: two variables have the same name", AGAIN)
    if metadata.number_rows == 0:
        raise DataFileError(f"{path}: the file has no rows", AGAIN)
    return metadata


def open_readstat(path: Path, reading: Reading, codebook: Codebook | None, form: Form, metadata: Any) -> Source:
    """The file as a Source, its own labels where `codebook` has none; memory does not grow with the rows.

    Raises DataFileError: here if the file is not whole, and while it is read at the place of the fault.
    """
    kinds = {
        name: form.calendar.kind(metadata.original_variable_types[name], metadata.readstat_variable_types[name])
        for name in metadata.column_names
    }
    records: int | None = metadata.number_rows
    if records is None and not any(True for _ in _slow_frames(path, form, [next(iter(kinds))], None, 1)):
        raise DataFileError(f"{path}: the file has no rows", AGAIN)
    with faults(path, f"this is not a whole {form.name} file, or of a version that is not read"):
        fast = _fast_columns(path, form, kinds)
    gauge = gauge_of(path)
    inside = codebook_inside(path, metadata, [name for name, kind in kinds.items() if kind == "text"])
    about = records or form.about

    def frames(columns: Sequence[str], chunk_size: int, numbers: AsNumbers = ALL_TEXT) -> Iterator[pl.DataFrame]:
        parts: list[Iterator[pl.DataFrame]] = []
        quick = [name for name in columns if name in fast]
        if quick:
            parts.append(_fast_frames(path, form, quick, fast, kinds))
        if len(quick) < len(columns):
            parts.append(_slow_frames(path, form, [name for name in columns if name not in fast], records))
        read = 0
        with faults(path, f"the {form.name} file cannot be read to its end"):
            for both in zip(*(of_size(part, chunk_size) for part in parts), strict=True):
                batch = pl.concat(both, how="horizontal")
                read += batch.height
                gauge.done = min(gauge.size * read // about, gauge.size)
                found = {} if any(reading.blank) else _numbers(batch, columns, numbers, kinds)
                others = [name for name in columns if name not in found]
                texts = batch.select(_texts(batch, others, kinds, form, reading.blank))
                yield pl.DataFrame([found[name] if name in found else texts[name] for name in columns])
        if records is not None and read != records:
            raise DataFileError(f"{path}: the file says it has {records:,} rows, and has {read:,}", "export it again")

    return Source(
        path=path,
        columns=tuple(kinds),
        numeric=frozenset(name for name, kind in kinds.items() if kind in ("number", "float32")),
        about=about,
        frames=frames,
        gauge=gauge,
        labels=labels_of(inside, codebook),
        codebook=codebook or inside,
    )


def _fast_columns(path: Path, form: Form, kinds: dict[str, Kind]) -> dict[str, str]:
    """The columns that polars-readstat reads right, with its name for each: it garbles é in files not in UTF-8.

    A column that it takes for a date or a time of day is a number of ours that it would change.
    """
    schema = ScanReadstat(str(path)).schema
    fast: dict[str, str] = {}
    for (name, kind), (theirs, dtype) in zip(kinds.items(), schema.items(), strict=True):
        right = dtype == pl.String and form.fast_text if kind == "text" else dtype.is_numeric()
        if right and name not in form.slow and kind not in ("date", "datetime"):
            fast[name] = theirs
    return fast


def _fast_frames(
    path: Path, form: Form, names: Sequence[str], theirs: dict[str, str], kinds: dict[str, Kind]
) -> Iterator[pl.DataFrame]:
    marked = [theirs[name] for name in names if form.marks and kinds[name] != "text"]
    # not scan_readstat: asked for some columns and their special missing values, it fails (0.25.0)
    reader = PyPolarsReadstat(
        path=str(path),
        size_hint=None,
        n_rows=None,
        threads=None,
        missing_string_as_null=False,
        preserve_order=True,
        informative_nulls={"columns": marked, "mode": "separate_column", "suffix": _MARK, "use_value_labels": False}
        if marked
        else None,
    )
    reader.set_with_columns([theirs[name] for name in names])
    ours = {theirs[name]: name for name in names} | {theirs[name] + _MARK: name + _MARK for name in names}
    while (batch := reader.next()) is not None:
        yield batch.rename(ours, strict=False)


def _slow_frames(
    path: Path, form: Form, names: Sequence[str], records: int | None, rows: int = 0
) -> Iterator[pl.DataFrame]:
    """By pyreadstat, in pieces of `rows`: numbers as stored (dates too), special missing values beside them."""
    size = rows or max(_SLOW_CELLS // len(names), _SLOW_ROWS)
    start = 0
    while records is None or start < records:
        with faults(path, f"the {form.name} file cannot be read to its end"):
            cells, metadata = form.read(
                str(path),
                usecols=list(names),
                row_offset=start,
                row_limit=size,
                output_format="dict",
                disable_datetime_conversion=True,
                **form.options,
            )
            columns: list[pl.Series] = []
            for name in names:
                if metadata.readstat_variable_types[name] == "string":
                    columns.append(pl.Series(name, cells[name], dtype=pl.String))
                    continue
                columns.append(pl.Series(name, cells[name], dtype=pl.Float64, strict=False))
                if form.marks:
                    # a number is text here too, but `text` takes it only where the number is null
                    marks = "." + pl.Series(cells[name], dtype=pl.String, strict=False)
                    columns.append(marks.alias(name + _MARK))
            frame = pl.DataFrame(columns)
        if frame.height:
            yield frame
        if frame.height < size:
            return
        start += size


def _numbers(
    batch: pl.DataFrame, columns: Sequence[str], numbers: AsNumbers, kinds: dict[str, Kind]
) -> dict[str, pl.Series]:
    """Those of the columns that come as numbers."""
    found: dict[str, pl.Series] = {}
    for name in columns:
        marks = batch.get_column(name + _MARK, default=None)
        if kinds[name] == "number" and (marks is None or marks.null_count() == batch.height):
            plain = plain_numbers(batch[name], numbers)
            if plain is not None:
                found[name] = plain
    return found


def _texts(
    batch: pl.DataFrame, columns: Sequence[str], kinds: dict[str, Kind], form: Form, blank: tuple[str, ...]
) -> list[pl.Expr]:
    nothing = pl.lit(None, dtype=pl.String)
    return [
        form.calendar.text(
            pl.col(name),
            kinds[name],
            batch.schema[name],
            pl.col(name + _MARK) if name + _MARK in batch.columns else nothing,
            blank,
        ).alias(name)
        for name in columns
    ]


@contextmanager
def faults(path: Path, message: str) -> Iterator[None]:
    """Turn the libraries' errors into ours. Their text is dropped: it may quote a person's values."""
    try:
        yield
    except UnicodeDecodeError:
        raise DataFileError(
            f"{path}: its text is not in the encoding it should be in", "write in the mapping: read: {encoding: ...}"
        ) from None
    except (ReadstatError, PyreadstatError) as error:
        if "encoding" in str(error):
            raise DataFileError(
                f"{path}: its text is not in the encoding it should be in",
                "write in the mapping: read: {encoding: ...}",
            ) from None
        raise DataFileError(f"{path}: {message}", AGAIN) from None
    except (RuntimeError, ValueError, ArithmeticError, OSError, MemoryError, pl.exceptions.PolarsError):
        raise DataFileError(f"{path}: {message}", AGAIN) from None
    except BaseException as error:
        # a panic of Rust, which is no Exception and whose class cannot be imported
        if type(error).__name__ != "PanicException":
            raise
        raise DataFileError(f"{path}: {message}", AGAIN) from None
