"""The tables by DuckDB's SQL, all threads it takes by default.

python benchmarks/whole_duckdb.py FILE OUT.csv
"""

from __future__ import annotations

import sys
from pathlib import Path

import duckdb
from whole_tables import REGIONS


def main() -> None:
    extract, out = sys.argv[1:]
    connection = duckdb.connect()
    connection.execute(f"CREATE TEMP VIEW extract AS FROM '{extract}'")
    connection.execute(f"CREATE TEMP TABLE region AS FROM '{REGIONS}'")
    connection.execute(Path(__file__).with_suffix(".sql").read_text(encoding="utf-8"))
    connection.execute(f"COPY result TO '{out}' (HEADER)")


if __name__ == "__main__":
    main()
