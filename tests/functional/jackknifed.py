"""The made persons of tests/spec_r/inputs/second_looks.csv with a replicate weight for each cluster left out."""

from __future__ import annotations

import polars as pl

from tests.functional.test_second_looks import MAPPING, ONE_SAMPLE, persons

DESIGN = "weight_decimals: 2, stratum: ST, cluster: CL"


def jackknifed() -> tuple[pl.DataFrame, str]:
    """The persons with R1, R2, ...: and what a mapping says of them."""
    frame = persons()
    clusters = frame.select("ST", "CL").unique().sort("ST", "CL")
    sizes = dict(clusters.group_by("ST").len().iter_rows())
    weight = pl.col("W").cast(pl.Float64)
    columns, rscales = [], []
    for r, (stratum, cluster) in enumerate(clusters.iter_rows(), 1):
        n = sizes[stratum]
        inside = pl.col("ST") == stratum
        out = inside & (pl.col("CL") == cluster)
        made = pl.when(out).then(0.0).when(inside).then(weight * n / (n - 1)).otherwise(weight)
        columns.append(made.round(6).cast(pl.String).alias(f"R{r}"))
        rscales.append((n - 1) / n)
    said = f"{{columns: R1..R{len(rscales)}, method: jkn, rscales: [{', '.join(map(str, rscales))}]}}"
    return frame.with_columns(columns), said


PERSONS, SAID = jackknifed()
REPLICATED = ONE_SAMPLE.replace(DESIGN, f"weight_decimals: 6, replicate_weights: {SAID}")
"""The design by replicate weights alone, of one sample."""
POOLED = MAPPING.replace(DESIGN, f"weight_decimals: 6, replicate_weights: {SAID}")
TAYLOR = ONE_SAMPLE.replace("weight_decimals: 2", "weight_decimals: 6")
"""The design that they were made from."""
