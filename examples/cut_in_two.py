"""Cut a file that `harmonize apply` wrote in two, anywhere: each part gets a copy of its description.

python examples/cut_in_two.py harmonised.parquet part-1.parquet part-2.parquet
"""

from __future__ import annotations

import shutil
import sys

import polars as pl

whole, first, second = sys.argv[1:]
rows = pl.read_parquet(whole)
quarter = rows.height // 4  # in the example that is inside a sample, and both parts have all that it was asked
for part, some in {first: rows[:quarter], second: rows[quarter:]}.items():
    some.write_parquet(part)
    shutil.copyfile(f"{whole}.meta.json", f"{part}.meta.json")
