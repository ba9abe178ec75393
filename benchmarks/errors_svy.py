"""svy: electricity by migratory status with standard errors. python benchmarks/errors_svy.py FILE TOLD"""

from __future__ import annotations

import json
import os
import sys
import time
from pathlib import Path

import polars as pl
import svy

COLUMNS = ["SAMPLE", "SERIAL", "STRATA", "PERWT", "GQ", "NATIVITY", "ELECTRIC"]
STATUS = {1: "non_migrant", 2: "migrant"}


def main() -> None:
    path, told = sys.argv[1:]
    started, worked = time.perf_counter(), sum(os.times()[:4])
    persons = pl.read_parquet(path, columns=COLUMNS).with_columns(
        pl.all().exclude("PERWT").cast(pl.Int64), pl.col("PERWT").cast(pl.Float64)
    )
    persons = persons.with_columns(
        pl.col("SAMPLE").cast(pl.String).alias("sample"),
        pl.col("NATIVITY").replace_strict(STATUS, default="unknown").alias("status"),
        asked=pl.col("GQ").is_in([10, 29]) & pl.col("ELECTRIC").is_in([1, 2]),
        y=(pl.col("ELECTRIC") == 1).cast(pl.Float64),
    )
    design = svy.Design(stratum=("SAMPLE", "STRATA"), psu="SERIAL", wgt="PERWT")
    by_status = svy.Sample(persons, design).estimation.mean("y", by=("sample", "status"), where=svy.col("asked"))
    rows = by_status.to_polars().filter(pl.col("status") == "migrant").sort("sample")
    row = rows.row(0, named=True)
    cost = {"seconds": time.perf_counter() - started, "cpu": sum(os.times()[:4]) - worked}
    found = {"rows": persons.height, "tables": 1, "series": 1, "estimate": row["est"], "se": row["se"]}
    Path(told).write_text(json.dumps(found | cost))


if __name__ == "__main__":
    main()
