"""A made extract of a national census: rows as dictionaries, what is left out is empty."""

from __future__ import annotations

import csv
from collections.abc import Sequence
from pathlib import Path


def written(path: Path, rows: Sequence[dict[str, object]], separator: str = ",") -> Path:
    """The rows as csv, the columns in the order in which rows name them first."""
    columns = list(dict.fromkeys(name for row in rows for name in row))
    with path.open("w", encoding="utf-8", newline="") as file:
        writer = csv.DictWriter(file, columns, delimiter=separator, lineterminator="\n")
        writer.writeheader()
        writer.writerows(rows)
    return path
