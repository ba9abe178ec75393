"""What a harmonised .parquet says of itself: pairs of a key and a text, in the footer of the file.

polars, pyarrow, DuckDB and R's nanoparquet give these pairs; Parquet has no place of its own for labels. Not used: the
metadata of an Arrow schema and its fields, which pandas takes its `attrs` from: polars 2.1 writes none with a column of
categories (Enum), and pyarrow 25 leaves the file's own pairs out of the schema that it makes.
"""

from __future__ import annotations

import json
from typing import Any

from harmonize.harmonised.codebook import Codebook, Column


def pairs(book: Codebook) -> dict[str, str]:
    """title, mapping, source, software, and `variables`: JSON of column -> label, unit, universe, values, ..."""
    source = book.mapping.source
    return {
        "title": book.title,
        "mapping": book.made_by,
        "source": source.get("citation") or source.get("producer") or book.mapping.title,
        "software": f"harmonize {book.told.content['versions']['harmonize']}",
        "variables": json.dumps({column.name: _told(column) for column in book.columns}, ensure_ascii=False),
    }


def _told(column: Column) -> dict[str, Any]:
    told: dict[str, Any] = {
        "label": column.title,
        "unit": column.unit,
        "universe": column.universe,
        "values": {category.code: category.label for category in column.categories},
        "missing": [category.code for category in column.categories if category.missing],
        "sources": list(column.sources) or ([column.about] if column.about else []),
    }
    return {key: value for key, value in told.items() if value}
