"""Rows of many columns, as with replicate weights: read in smaller pieces, and none is lost between them."""

from __future__ import annotations

from pathlib import Path

import polars as pl
import pytest

from harmonize.errors import FitError
from harmonize.readers import batches, drawing, household_batches, open_extract
from harmonize.replicate_weights import replicate_weights
from harmonize.weights import Weights


@pytest.mark.parametrize("span", [1, 7, 100, 1_000])
@pytest.mark.parametrize("row_group", [3, 40, 1_000])
def test_a_parquet_file_read_a_span_of_rows_at_a_time_gives_each_row_once_and_in_order(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, span: int, row_group: int
) -> None:
    frame = pl.DataFrame({"A": range(250), "B": [f"b{i}" for i in range(250)]})
    frame.write_parquet(tmp_path / "x.parquet", row_group_size=row_group)
    monkeypatch.setattr(drawing, "_SPAN", span * 2)  # of two columns
    with open_extract([tmp_path / "x.parquet"]) as extract:
        found = pl.concat(extract.person_frames(["A", "B"], 5))
        assert extract.progress == 1.0
    assert found.equals(frame.select(pl.col("A").cast(pl.String), "B"))


@pytest.mark.parametrize("suffix", ["csv", "parquet"])
def test_a_batch_of_many_columns_has_fewer_rows(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, suffix: str) -> None:
    frame = pl.DataFrame({"H": [i // 2 for i in range(1_000)]} | {f"W{i}": [i] * 1_000 for i in range(9)})
    path = tmp_path / f"x.{suffix}"
    if suffix == "csv":
        frame.write_csv(path)
    else:
        frame.write_parquet(path)
    monkeypatch.setattr(batches, "_CELLS", 500)
    with open_extract([path]) as extract:
        found = list(household_batches(extract, frame.columns, ("H",), 400))
        few = list(household_batches(extract, ["H"], ("H",), 400))
    assert max(batch.height for batch in found) <= 52  # 50 rows, and a household that is whole
    assert max(batch.height for batch in few) >= 400
    assert pl.concat(found)["H"].to_list() == pl.concat(few)["H"].to_list() == [str(i // 2) for i in range(1_000)]


def test_a_replicate_weight_that_is_no_number_is_told_with_its_first_row_however_far_down() -> None:
    cells = ["1"] * 10_000
    cells[5_000] = cells[9_000] = "x"
    batch = pl.DataFrame({"R1": ["1"] * 10_000, "R2": cells})
    weights = Weights("W", 1.0, 1.0, 0)
    keep = pl.Series([True] * 10_000)
    with pytest.raises(FitError, match=r"R2 is not a number \(first in row 5,011; 2 persons up to here\)"):
        replicate_weights(batch, ["R1", "R2"], weights, keep, 11)
    left_out = keep.scatter([5_000, 9_000], False)
    assert replicate_weights(batch, ["R1", "R2"], weights, left_out, 11).sum() == 2 * 9_998
