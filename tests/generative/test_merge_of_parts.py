"""Any extract, cut anywhere into parts that are tabulated apart and merged, gives what `tabulate` of all gives."""

from __future__ import annotations

import csv
import tempfile
from pathlib import Path

from hypothesis import HealthCheck, assume, given, settings
from hypothesis import strategies as st

from harmonize.apply import apply
from tests.functional.parts import assert_same_files, cut, merged, rows_of, whole
from tests.generative.test_whole_engine import extracts
from tests.reference.whole import Raw, Small, as_yaml


def once_each(rows: list[Raw], small: Small) -> list[Raw]:
    """The rows with those of a household together, which is how an extract must be to be cut anywhere."""
    if not small.household:
        return rows
    place: dict[tuple[str, ...], int] = {}
    for row in rows:
        place.setdefault((row["SAMPLE"] if small.sample else "", row["HH"]), len(place))
    return sorted(rows, key=lambda row: place[row["SAMPLE"] if small.sample else "", row["HH"]])


@settings(max_examples=15, suppress_health_check=[HealthCheck.too_slow])
@given(extracts(), st.data())
def test_of_any_mapping_any_persons_and_any_cuts(made: tuple[Small, list[Raw], int], data: st.DataObject) -> None:
    small, rows, chunk_size = made
    rows = once_each(rows, small)
    assume(len(rows) > 1)
    cuts = data.draw(st.sets(st.integers(1, len(rows) - 1), min_size=1, max_size=6), label="cuts")
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        (folder / "made.yaml").write_text(as_yaml(small), encoding="utf-8")
        with (folder / "rows.csv").open("w", encoding="utf-8", newline="") as file:
            writer = csv.DictWriter(file, list(rows[0]))
            writer.writeheader()
            writer.writerows(rows)
        apply(str(folder / "made.yaml"), [folder / "rows.csv"], folder / "all.parquet")
        expected = whole(folder / "all.parquet", folder / "whole").run
        assert rows_of(folder / "all.parquet").height == len(rows)
        result, states = merged(cut(folder / "all.parquet", sorted(cuts)), folder, chunk_size=chunk_size)
        assert len(states) == len(cuts) + 1
        assert_same_files(folder / "whole", folder / "merged")
        for count in ("rows", "persons", "households", "samples", "contradictions", "left_out", "availability"):
            assert result.run[count] == expected[count], count
