"""The example's generator: the same bytes each time, whole households, one content in every format."""

from __future__ import annotations

import gzip
import sys
from pathlib import Path
from xml.etree import ElementTree

import polars as pl
import pytest
from polars.testing import assert_frame_equal

from tests.mappings_shipped.places_of import EXAMPLES, code_list

sys.path.insert(0, str(EXAMPLES))
from ipums_layout import COLUMNS, RECORD_LENGTH
from make_ipums_extract import make


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("made")
    make(folder, 3000, ["dat", "csv", "parquet"], seed=7)
    return folder


def test_the_committed_census_is_what_the_generator_makes(tmp_path: Path) -> None:
    (path,) = make(tmp_path, 2000, ["csv"], seed=1, gzipped=True)
    committed = (EXAMPLES / "census" / "persons.csv.gz").read_bytes()
    assert gzip.decompress(path.read_bytes()) == gzip.decompress(committed)
    assert len(committed) < 200_000


def test_the_same_seed_gives_the_same_bytes_and_another_does_not(made: Path, tmp_path: Path) -> None:
    make(tmp_path / "again", 3000, ["dat", "csv"], seed=7)
    make(tmp_path / "other", 3000, ["csv"], seed=8)
    for name in ("persons.dat", "persons.csv", "persons.xml"):
        assert (tmp_path / "again" / name).read_bytes() == (made / name).read_bytes()
    assert (tmp_path / "other" / "persons.csv").read_bytes() != (made / "persons.csv").read_bytes()


def test_a_small_extract_is_the_start_of_none_but_never_empty(tmp_path: Path) -> None:
    (path,) = make(tmp_path, 1, ["csv"], seed=1)
    assert pl.read_csv(path).height >= 1


def test_households_are_whole_and_in_unbroken_runs(made: Path) -> None:
    frame = pl.read_csv(made / "persons.csv")
    runs = frame.select(pl.struct("SAMPLE", "SERIAL").rle_id().alias("run"), "SAMPLE", "SERIAL", "PERNUM")
    by_run = runs.group_by("run").agg(pl.len(), pl.col("PERNUM").max())
    assert runs["run"].n_unique() == frame.select("SAMPLE", "SERIAL").n_unique()
    assert (by_run["len"] == by_run["PERNUM"]).all()
    assert frame.height >= 3000


def test_fixed_width_and_parquet_hold_what_the_csv_holds(made: Path) -> None:
    csv = pl.read_csv(made / "persons.csv")
    assert_frame_equal(pl.read_parquet(made / "persons.parquet"), csv, check_dtypes=False)
    lines = pl.read_csv(made / "persons.dat", has_header=False, infer_schema=False, new_columns=["line"])
    assert lines["line"].str.len_bytes().unique().to_list() == [RECORD_LENGTH]
    start, columns = 0, []
    for column in COLUMNS:
        cell = pl.col("line").str.slice(start, column.width).cast(pl.Int64)
        columns.append((cell / 10**column.decimals if column.decimals else cell).alias(column.name))
        start += column.width
    assert_frame_equal(lines.select(columns), csv)


def test_the_codebook_gives_every_place_and_label(made: Path) -> None:
    name = "{ddi:codebook:2_5}"
    variables = ElementTree.parse(made / "persons.xml").getroot().findall(f".//{name}var")
    assert [v.get("ID") for v in variables] == [column.name for column in COLUMNS]
    end = 0
    for variable, column in zip(variables, COLUMNS, strict=True):
        location = variable.find(f"{name}location")
        assert location is not None
        assert int(location.get("StartPos", "")) == end + 1
        end = int(location.get("EndPos", ""))
        assert end - int(location.get("StartPos", "")) + 1 == column.width
        assert variable.get("dcml") == str(column.decimals)
    assert end == RECORD_LENGTH


def test_every_code_has_a_label_and_codes_are_as_wide_as_their_column(made: Path) -> None:
    csv = pl.read_csv(made / "persons.csv")
    for column in COLUMNS:
        assert {len(code) for code in column.labels} <= {column.width}
        if column.labels and column.name not in ("AGE", "YRIMM", "YRSIMM"):
            assert set(csv[column.name].unique()) <= {int(code) for code in column.labels}


def test_the_labels_are_those_of_ipums() -> None:
    for column in COLUMNS:
        if column.labels and column.name != "GQ":
            seen = code_list("ipumsi_integrated_codes", column.name)
            assert {code: label for code, label in column.labels.items() if label not in seen.get(code, set())} == {}


def test_a_parent_pointer_names_an_older_person_of_the_right_sex(made: Path) -> None:
    csv = pl.read_csv(made / "persons.csv")
    parents = csv.select("SAMPLE", "SERIAL", "PERNUM", "SEX")
    for pointer, sex in (("MOMLOC", 2), ("POPLOC", 1)):
        children = csv.filter(pl.col(pointer) > 0)
        linked = children.join(
            parents,
            left_on=["SAMPLE", "SERIAL", pointer],
            right_on=["SAMPLE", "SERIAL", "PERNUM"],
            how="left",
        )
        assert linked["SEX_right"].unique().to_list() == [sex]
