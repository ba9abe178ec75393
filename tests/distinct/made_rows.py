"""Two batches, and what is asked of their rows."""

from __future__ import annotations

import polars as pl

BATCHES = [
    pl.DataFrame({"sex": ["m", "f", "f", "m"], "age": ["1", "2", "1", "1"], "other": ["x", "x", "y", "y"]}),
    pl.DataFrame({"sex": ["f", "?", "f"], "age": ["3", "1", "3"], "other": ["z", "x", "y"]}),
]
BOTH = ((pl.col("sex") == "f") & (pl.col("age") > "1")).alias("both")
SEX, AGE, OTHER = (
    (pl.col(name) == value).alias(name + value) for name, value in (("sex", "f"), ("age", "1"), ("other", "y"))
)
