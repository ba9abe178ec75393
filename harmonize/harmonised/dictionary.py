"""FILE.dictionary.csv: a row a code of a harmonised .csv, in the shape that the tool's own `--codebook` reads.

A variable without codes has one row. In `source` stand the columns and codes that made the value, as the mapping has
them.
"""

from __future__ import annotations

import csv
from collections.abc import Iterator
from pathlib import Path

from harmonize.harmonised.codebook import Codebook, Column

SUFFIX = ".dictionary.csv"
HEADINGS = (
    "variable", "variable_label", "type", "unit", "code", "label", "missing", "universe", "question", "seen_in",
    "source_columns", "source",
)  # fmt: skip


def write(book: Codebook, path: Path) -> None:
    """Write the dictionary. Raises OSError where it can't be written."""
    with path.open("w", encoding="utf-8", newline="") as file:
        out = csv.writer(file, lineterminator="\n")
        out.writerow(HEADINGS)
        for column in book.columns:
            out.writerows(_rows(column))


def _rows(column: Column) -> Iterator[tuple[str, ...]]:
    lineage = column.lineage
    reference = lineage.reference if lineage else {}
    head = (column.name, column.title, column.kind, column.unit)
    tail = (
        column.universe, reference.get("question", ""), reference.get("seen_in", ""),
        ", ".join(column.sources) or column.about,
    )  # fmt: skip
    made = lineage.made if lineage else {}
    for category in column.categories:
        missing = "yes" if category.missing else "no"
        yield (*head, category.code, category.label, missing, *tail, "; ".join(made.get(category.means, ())))
    if not column.categories:
        yield (*head, "", "", "", *tail, " | ".join(lineage.words if lineage else ()))
