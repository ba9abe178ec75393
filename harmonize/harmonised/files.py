"""The formats of harmonised microdata: a new one is a module, and a line in FORMATS.

A format has `codes`, which code stands for which category (none: the category's name itself), `name_of`, what
a column is called in it, `kept`, which columns it has, and `write`, which makes the file from the rows in order.
`.parquet` and `.csv` are written as the rows are drawn; `.sav` and `.dta` from memory, with all rows in it.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

import polars as pl

from harmonize.errors import UsageError
from harmonize.harmonised import ddi, description, dictionary, spss, stata
from harmonize.harmonised.codebook import Codebook
from harmonize.harmonised.inside import pairs
from harmonize.harmonised.labelled import kept

Codes = Mapping[str, Mapping[str, str]]


@dataclass(frozen=True)
class Format:
    """codes(columns) -> column -> code -> category; write(rows, path, codebook), which may raise OSError.

    beside: suffixes of the files that tell what the file is, the last the one without which `tabulate` refuses it.
    """

    codes: Callable[[Sequence[str]], Codes]
    write: Callable[[pl.LazyFrame, Path, Codebook], None]
    name_of: Callable[[str], str] = str
    kept: Callable[[Sequence[str]], list[str]] = list
    beside: tuple[str, ...] = (ddi.SUFFIX, description.SUFFIX)


def _names(columns: Sequence[str]) -> Codes:
    return {}


def _write_parquet(rows: pl.LazyFrame, path: Path, book: Codebook) -> None:
    rows.sink_parquet(path, engine="streaming", maintain_order=True, metadata=pairs(book))


def _write_csv(rows: pl.LazyFrame, path: Path, book: Codebook) -> None:
    rows.sink_csv(path, engine="streaming", maintain_order=True)


FORMATS: dict[str, Format] = {
    ".parquet": Format(_names, _write_parquet),
    ".csv": Format(_names, _write_csv, beside=(ddi.SUFFIX, dictionary.SUFFIX, description.SUFFIX)),
    ".sav": Format(spss.codes, spss.write, spss.name_of, kept),
    ".dta": Format(stata.codes, stata.write, stata.name_of, kept),
}


def format_of(path: Path) -> Format:
    """The format of a file by its suffix. Raises UsageError for one that is not written."""
    suffixes = f"suffixes: {', '.join(FORMATS)}"
    if not path.suffix:
        raise UsageError(f"-o {path}: a suffix tells the format of harmonised microdata, and it has none", suffixes)
    if path.suffix.lower() not in FORMATS:
        raise UsageError(f"-o {path}: harmonised microdata are not written as '{path.suffix}'", suffixes)
    return FORMATS[path.suffix.lower()]
