"""An extract tabulated in parts and merged gives what `tabulate` of all gives, wherever it was cut."""

from __future__ import annotations

import csv
import json
from itertools import pairwise
from pathlib import Path

import polars as pl
import pytest

from harmonize.apply import apply
from harmonize.errors import FitError
from harmonize.partial import part
from harmonize.partial.merging import merge
from tests.functional import test_dwelling_files as dwelling_files
from tests.functional.example import CENSUS, MAPPING
from tests.functional.parts import assert_same_files, both, cut, merged, piece, rows_of, states_of, whole
from tests.functional.test_pooled_extract import MAPPING as POOL
from tests.functional.test_pooled_extract import NEW, OLD


def applied(mapping: str, rows: list[dict[str, str]], folder: Path, suffix: str = ".parquet") -> Path:
    """These rows harmonised."""
    (folder / "made.yaml").write_text(mapping, encoding="utf-8")
    with (folder / "rows.csv").open("w", encoding="utf-8", newline="") as file:
        writer = csv.DictWriter(file, list(rows[0]))
        writer.writeheader()
        writer.writerows(rows)
    apply(str(folder / "made.yaml"), [folder / "rows.csv"], folder / f"all{suffix}")
    return folder / f"all{suffix}"


@pytest.fixture(scope="module")
def census(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The example census, harmonised, and tabulated beside in `whole`."""
    path = tmp_path_factory.mktemp("census") / "census.parquet"
    apply(MAPPING, [CENSUS], path)
    whole(path, path.with_name("whole"))
    return path


def inside_households(frame: pl.DataFrame) -> list[int]:
    """The rows that are not the first of their household."""
    key = pl.struct("_sample", "_household")
    return frame.select((key == key.shift(1)).arg_true()).to_series().to_list()


CUTS = {
    "between households": lambda inside: [next(i for i in range(400, 500) if i not in inside)],
    "inside a household": lambda inside: [inside[len(inside) // 2]],
    "a household in three parts": lambda inside: next([a, b] for a, b in pairwise(inside) if b == a + 1),
    "a part of one row": lambda inside: [700, 701],
    "seven parts": lambda inside: [100, 101, 300, 999, 1200, 1800],
    "inside two households": lambda inside: [inside[20], inside[-20]],
}


@pytest.mark.parametrize("where", CUTS)
def test_the_example_census_cut(census: Path, tmp_path: Path, where: str) -> None:
    cuts = CUTS[where](inside_households(rows_of(census)))
    result, states = merged(cut(census, cuts), tmp_path)
    assert len(states) == len(cuts) + 1
    assert_same_files(census.with_name("whole"), tmp_path / "merged")
    expected = json.loads((census.with_name("whole") / "run.json").read_text(encoding="utf-8"))
    for record in (expected, result.run):
        for name in ("inputs", "timings", "state", "versions"):
            del record[name]
        del record["mapping"]["file"]  # type: ignore[union-attr]
    assert result.run == expected
    assert expected["households"] == rows_of(census).select("_sample", "_household").n_unique()


def test_the_order_in_which_states_are_named_does_not_matter(census: Path, tmp_path: Path) -> None:
    _, states = merged(cut(census, [333, 1111]), tmp_path)
    first = both(merge, states, tmp_path / "forth").run
    second = both(merge, states[::-1], tmp_path / "back").run
    assert_same_files(tmp_path / "forth", tmp_path / "back")
    for record in (first, second):
        del record["timings"], record["state"]
    assert first == second


@pytest.mark.parametrize("chunk", [1, 7])
def test_batches_of_any_size_give_the_same(census: Path, tmp_path: Path, chunk: int) -> None:
    merged(cut(census, [777]), tmp_path, chunk_size=chunk)
    assert_same_files(census.with_name("whole"), tmp_path / "merged")


@pytest.mark.parametrize("suffix", [".parquet", ".csv"])
def test_a_pooled_extract_whose_samples_asked_different_things(tmp_path: Path, suffix: str) -> None:
    path = applied(POOL, OLD + NEW, tmp_path, suffix)
    whole(path, path.with_name("whole"))
    merged(cut(path, [5, len(OLD) - 3, len(OLD), len(OLD) + 1, len(OLD) + 200]), tmp_path)
    assert_same_files(tmp_path / "whole", tmp_path / "merged")


COARSE = POOL.replace("weight_decimals: 0}", "weight_decimals: 0, stratum: S, cluster: PSU}")


def in_clusters(rows: list[dict[str, str]]) -> list[dict[str, str]]:
    return [row | {"S": str(int(row["HH"]) % 3), "PSU": str(int(row["HH"]) // 10)} for row in rows]


def test_cuts_inside_clusters_that_are_coarser_than_households(tmp_path: Path) -> None:
    assert COARSE != POOL
    path = applied(COARSE, in_clusters(OLD), tmp_path)
    whole(path, path.with_name("whole"))
    inside = inside_households(rows_of(path))
    merged(cut(path, [inside[30], inside[80] + 1, inside[150]]), tmp_path)
    assert_same_files(tmp_path / "whole", tmp_path / "merged")


@pytest.mark.parametrize("column", ["0.25", "4000"])
def test_an_fpc_of_each_stratum(tmp_path: Path, column: str) -> None:
    mapping = COARSE.replace("cluster: PSU}", "cluster: PSU, fpc: {column: FPC}}")
    rows = [row | {"FPC": column} for row in in_clusters(OLD)]
    path = applied(mapping, rows, tmp_path)
    whole(path, path.with_name("whole"))
    merged(cut(path, [100, 400, 401]), tmp_path)
    assert_same_files(tmp_path / "whole", tmp_path / "merged")


def test_an_fpc_that_differs_between_the_parts_is_refused(tmp_path: Path) -> None:
    mapping = COARSE.replace("cluster: PSU}", "cluster: PSU, fpc: {column: FPC}}")
    rows = [row | {"FPC": "0.5" if int(row["HH"]) < 100 else "0.25"} for row in in_clusters(OLD)]
    path = applied(mapping, rows, tmp_path)
    cuts = [next(place for place, row in enumerate(rows) if int(row["HH"]) == 100)]
    states = states_of(cut(path, cuts), tmp_path)
    with pytest.raises(FitError, match="_fpc has more than one value in stratum"):
        merge(states, tmp_path / "merged")


@pytest.mark.parametrize("key", [True, False], ids=["with a household key", "without"])
def test_dwellings_that_stand_for_several_persons(tmp_path: Path, key: bool) -> None:
    mapping = dwelling_files.DWELLINGS + ("keys: {household: ID}\n" if key else "")
    rows = [{name: str(value) for name, value in row.items()} for row in dwelling_files.dwellings().to_dicts()]
    path = applied(mapping, rows, tmp_path)
    whole(path, path.with_name("whole"))
    merged(cut(path, [1, 150, 333]), tmp_path)
    assert_same_files(tmp_path / "whole", tmp_path / "merged")


def test_a_mapping_that_declares_replicate_weights(tmp_path: Path) -> None:
    mapping = POOL.replace(
        "weight_decimals: 0}", "weight_decimals: 0, replicate_weights: {columns: [R1, R2], method: jk1}}"
    )
    path = applied(mapping, [row | {"R1": "1", "R2": "2"} for row in OLD], tmp_path)
    expected = whole(path, tmp_path / "whole").run
    result, _ = merged(cut(path, [100, 300]), tmp_path)
    assert_same_files(tmp_path / "whole", tmp_path / "merged")
    assert result.run["variance"] == expected["variance"]
    assert "replicate" in result.run["variance"]


def test_rows_without_a_household_key(tmp_path: Path) -> None:
    path = applied(POOL.replace("keys: {household: HH}\n", ""), OLD + NEW, tmp_path)
    whole(path, path.with_name("whole"))
    merged(cut(path, [1, 2, 500]), tmp_path)
    assert_same_files(tmp_path / "whole", tmp_path / "merged")


def test_parts_whose_own_households_are_scattered(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Within a part they are sorted into temporary files; the household of its first or last row may be cut."""
    monkeypatch.setattr(part, "CHUNK", 50)
    path = applied(POOL, OLD, tmp_path)
    frame = rows_of(path)
    middle = next(place for place in inside_households(frame) if place > 300)
    name = pl.col("_household") == frame["_household"][middle]
    first, second = frame[:middle], frame[middle:]
    shuffled = [rows.filter(~name).sample(fraction=1, shuffle=True, seed=5) for rows in (first, second)]
    whole(path, path.with_name("whole"))
    parts = [pl.concat([shuffled[0], first.filter(name)]), pl.concat([second.filter(name), shuffled[1]])]
    merged([piece(path, rows, number) for number, rows in enumerate(parts)], tmp_path)
    assert_same_files(tmp_path / "whole", tmp_path / "merged")


def test_a_table_and_an_indicator_that_were_asked_for(tmp_path: Path) -> None:
    path = applied(POOL, OLD, tmp_path)
    options = {"by": ["sex*age_broad"], "indicators": ["7.1.1"]}
    whole(path, tmp_path / "whole", **options)
    merged(cut(path, [200]), tmp_path, **options)
    assert_same_files(tmp_path / "whole", tmp_path / "merged")
    assert "sex*age_broad" in (tmp_path / "merged" / "estimates.csv").read_text(encoding="utf-8")
