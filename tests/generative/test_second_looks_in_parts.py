"""What is looked at twice, of an extract cut anywhere into parts that are merged: the bytes of a run of everything."""

from __future__ import annotations

import tempfile
from functools import partial
from pathlib import Path
from typing import Any

import polars as pl
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from harmonize import pipeline
from harmonize.apply import apply
from harmonize.options import Options
from tests.functional.parts import assert_same_files, both, cut, merged, whole
from tests.functional.test_second_looks import MAPPING, ONE_SAMPLE, persons

DESIGNS = (
    "stratum: ST, cluster: CL", "stratum: ST", "cluster: [ST, CL]", "stratum: ST, cluster: CL, fpc: {column: N}",
)  # fmt: skip


@settings(max_examples=12, suppress_health_check=[HealthCheck.too_slow])
@given(st.data())
def test_any_cuts_of_any_persons_by_any_design(data: st.DataObject) -> None:
    frame = persons()
    start = data.draw(st.integers(0, frame.height - 2), label="start")
    rows = frame[start : start + data.draw(st.integers(2, 120), label="rows")]
    design = data.draw(st.sampled_from(DESIGNS), label="design")
    mapping = data.draw(st.sampled_from((MAPPING, ONE_SAMPLE)), label="samples").replace(DESIGNS[0], design)
    cuts = data.draw(st.sets(st.integers(1, rows.height - 1), min_size=1, max_size=5), label="cuts")
    if data.draw(st.booleans(), label="no weight for some"):
        rows = rows.with_columns(W=pl.when(pl.col("SEX") == "1").then(pl.lit("0")).otherwise("W"))
    options: dict[str, Any] = {
        "indicators": ["3.7.2", "7.1.1", "8.5.1", "8.6.1", "10.2.1"],
        "options": Options(standardise=("age",)),
        "by": ["sex"],
    }
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        (folder / "made.yaml").write_text(mapping, encoding="utf-8")
        rows.write_csv(folder / "rows.csv")
        apply(str(folder / "made.yaml"), [folder / "rows.csv"], folder / "all.parquet")
        chunk_size = data.draw(st.sampled_from((20, 65_536)), label="chunk_size")
        parts = cut(folder / "all.parquet", sorted(cuts))
        whole(folder / "all.parquet", folder / "whole", **options)
        merged(parts, folder, chunk_size=chunk_size, **options)
        assert_same_files(folder / "whole", folder / "merged")
        run = partial(pipeline.run, str(folder / "made.yaml"), formats=["csv"])
        both(run, [folder / "rows.csv"], folder / "run", **options)
        assert_same_files(folder / "run", folder / "whole")
