"""Stata: .dta of Stata 14 and later. Missing values are .a (unknown), .b (not applicable), .c (an open end).

A name has 32 characters at most in Stata: a longer one keeps its start and its last word.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

import polars as pl
import pyreadstat

from harmonize.harmonised.codebook import Codebook
from harmonize.harmonised.labelled import (
    REASONS,
    coded,
    coded_columns,
    fitted,
    labels_of,
    missing_codes,
    title_of,
    writing,
)

# characters of a name (stata.com, help varname), of a label of a variable or of the file (povertyaction.github.io,
# Variable Metadata in Stata); those of codes may have 32,000 bytes (stata.com, help limits)
LONGEST, LONGEST_TITLE = 32, 80
# pyreadstat numbers the sets of value labels: the name and up to three digits
_NUMBERED = LONGEST - 3
_LETTERS = dict(zip(REASONS, "abc", strict=True))


def codes(columns: Sequence[str]) -> Mapping[str, Mapping[str, str]]:
    """Column -> code as text -> category."""
    listed = {}
    for column, found in coded_columns(columns).items():
        letters = _letters(column)
        listed[column] = {f".{letters[code]}" if code in letters else str(code): found[code] for code in found}
    return listed


def name_of(column: str) -> str:
    """The column's name in a .dta file."""
    longest = _NUMBERED if labels_of(column) else LONGEST
    if len(column) <= longest:
        return column
    last = column.rpartition("_")[2]
    return f"{column[: longest - len(last) - 1].rstrip('_')}_{last}"


def write(rows: pl.LazyFrame, path: Path, book: Codebook) -> None:
    """Write the file; all rows are held in memory. Raises OSError where it can't be written."""
    frame = coded(rows.collect())
    labels: dict[str, dict[Any, str]] = {}
    for name in frame.columns:
        letters = _letters(name)
        if found := labels_of(name, book.words):
            labels[name_of(name)] = {letters.get(code, code): words for code, words in found.items()}
    missing = {name_of(name): list(letters.values()) for name in frame.columns if (letters := _letters(name))}
    with writing():
        pyreadstat.write_dta(
            pl.DataFrame([_lettered(column) for column in frame]).rename(name_of),
            path,
            version=14,
            file_label=fitted(f"{book.made_by}: {book.mapping.title}", LONGEST_TITLE),
            column_labels=[fitted(title_of(name, book.words), LONGEST_TITLE) for name in frame.columns],
            variable_value_labels=labels,
            missing_user_values=missing,
        )


def _letters(column: str) -> dict[float, str]:
    """Code -> the letter of the missing value that stands for it."""
    return {code: _LETTERS[reason] for reason, code in missing_codes(column).items()}


def _lettered(column: pl.Series) -> pl.Series:
    """The column with letters for missing values, in the form that pyreadstat takes them: Python objects."""
    letters = _letters(column.name)
    if not letters:
        return column
    # a null would make floats of all whole numbers
    cells = column.fill_null(0).to_numpy().astype(object)
    cells[column.is_null().to_numpy()] = None
    for code, letter in letters.items():
        cells[(column == code).fill_null(False).to_numpy()] = letter
    return pl.Series(column.name, cells.tolist(), dtype=pl.Object)
