"""SPSS: .sav. Missing values are negative codes that are declared so, and have labels.

A name may not begin with `_` in SPSS (a letter, or one of @ # $: PASW/SPSS 18 user manual, Variable Names), and
pyreadstat 1.3.7 refuses that and @ too: `_weight` is `harmonize_weight`.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from pathlib import Path

import polars as pl
import pyreadstat

from harmonize.harmonised.codebook import Codebook
from harmonize.harmonised.labelled import (
    coded,
    coded_columns,
    fitted,
    in_bytes,
    labels_of,
    missing_codes,
    title_of,
    writing,
)

# bytes of a label of a variable, of a code (IBM SPSS Statistics, VARIABLE LABELS and VALUE LABELS) and of the file:
# pyreadstat 1.3.7 cuts what is longer without a word, in the middle of a letter too
LONGEST_TITLE, LONGEST_LABEL, LONGEST_FILE_LABEL = 256, 120, 64


def codes(columns: Sequence[str]) -> Mapping[str, Mapping[str, str]]:
    """Column -> code as text -> category."""
    return {
        column: {str(code): category for code, category in listed.items()}
        for column, listed in coded_columns(columns).items()
    }


def name_of(column: str) -> str:
    """The column's name in a .sav file."""
    return f"harmonize{column}" if column.startswith("_") else column


def write(rows: pl.LazyFrame, path: Path, book: Codebook) -> None:
    """Write the file; all rows are held in memory. Raises OSError where it can't be written."""
    frame = coded(rows.collect())
    labels = {
        name_of(name): {code: fitted(words, LONGEST_LABEL, in_bytes) for code, words in found.items()}
        for name in frame.columns
        if (found := labels_of(name, book.words))
    }
    with writing():
        pyreadstat.write_sav(
            frame.rename(name_of),
            path,
            row_compress=True,
            file_label=fitted(f"{book.made_by}: {book.mapping.title}", LONGEST_FILE_LABEL, in_bytes),
            column_labels=[fitted(title_of(name, book.words), LONGEST_TITLE, in_bytes) for name in frame.columns],
            variable_value_labels=labels,
            missing_ranges={name_of(name): list(missing_codes(name).values()) for name in frame.columns},
            variable_measure={
                name_of(name): "scale" if dtype == pl.Float64 else "nominal" for name, dtype in frame.schema.items()
            },
        )
