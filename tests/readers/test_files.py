from __future__ import annotations

from datetime import date
from pathlib import Path

import polars as pl
import pytest
from made_files import write

from harmonize.errors import DataFileError, FitError
from harmonize.mapping.find import DATA_SUFFIXES
from harmonize.readers import open_extract
from harmonize.readers.formats import FORMATS


def test_parquet_columns_come_as_text_without_a_point_zero(tmp_path: Path) -> None:
    frame = pl.DataFrame(
        {
            "i": [1, None],
            "f": [9.0, 2.5],
            "n": [float("nan"), -3.0],
            "s": [" 01 ", ""],
            "d": [date(2020, 1, 2), None],
        }
    )
    frame.write_parquet(tmp_path / "x.parquet")
    with open_extract([tmp_path / "x.parquet"]) as extract:
        assert extract.numeric == {"i", "f", "n"}
        got = extract.scan(["i", "f", "n", "s", "d"]).collect()
    assert got.rows() == [("1", "9", None, "01", "2020-01-02"), (None, "2.5", "-3", "", None)]


def test_several_files_are_one_extract_in_their_order(tmp_path: Path) -> None:
    one = write(tmp_path / "1.csv", "A,B\n1,2\n")
    pl.DataFrame({"B": [4], "A": [3]}).write_parquet(tmp_path / "2.parquet")
    with open_extract([one, tmp_path / "2.parquet"]) as extract:
        assert extract.about == 2
        assert extract.scan(["A", "B"]).collect().rows() == [("1", "2"), ("3", "4")]


def test_files_of_one_extract_have_the_same_columns(tmp_path: Path) -> None:
    files = [write(tmp_path / "1.csv", "A,B\n1,2\n"), write(tmp_path / "2.csv", "A,C\n1,2\n")]
    with pytest.raises(FitError, match=r"2\.csv: no column B, which .*1\.csv has"):
        open_extract(files)


def test_a_column_that_is_not_there_names_those_like_it(tmp_path: Path) -> None:
    extract = open_extract([write(tmp_path / "x.csv", "ESR1,B\n1,2\n")])
    with extract, pytest.raises(FitError, match=r"no column ESR\n.*ESR1"):
        extract.scan(["ESR"])


def test_every_format_is_known_for_data_where_a_mapping_should_stand() -> None:
    assert all(suffix.endswith(DATA_SUFFIXES) for suffix in FORMATS)


@pytest.mark.parametrize(
    ("name", "message"),
    [
        ("no.csv", "there is no such file"),
        ("x.doc", r"no format has the suffix '\.doc'\n.*\.parquet"),
        ("x.txt", r"not read\n.*save it as \.csv"),
        ("x.xlsx", r"not read\n.*save it as \.csv"),
        ("x.zip", r"not read\n.*unpack it first"),
        ("x.xml", "this is a codebook, not data"),
        ("x.yaml", r"this is a mapping, not data\n.*named first"),
    ],
)
def test_a_file_that_cannot_be_data_is_an_error(tmp_path: Path, name: str, message: str) -> None:
    if not name.startswith("no"):
        write(tmp_path / name, "x")
    with pytest.raises(DataFileError, match=message):
        open_extract([tmp_path / name])


def test_a_folder_a_repeated_file_and_none_at_all_are_errors(tmp_path: Path) -> None:
    for name in ("d.csv", "d"):
        (tmp_path / name).mkdir()
        with pytest.raises(DataFileError, match=r"this is a folder\n.*name the files in it"):
            open_extract([tmp_path / name])
    data = write(tmp_path / "x.csv", "A\n1\n")
    with pytest.raises(DataFileError, match="named twice"):
        open_extract([data, data])
    with pytest.raises(DataFileError, match="no data file"):
        open_extract([])


@pytest.mark.parametrize("content", [b"PAR1 and no more", b"x"])
def test_a_broken_parquet_file_is_an_error(tmp_path: Path, content: bytes) -> None:
    with pytest.raises(DataFileError, match="not a whole Parquet file"):
        open_extract([write(tmp_path / "x.parquet", content)])


def test_a_parquet_file_without_rows_is_an_error(tmp_path: Path) -> None:
    pl.DataFrame({"A": []}, schema={"A": pl.Int64}).write_parquet(tmp_path / "x.parquet")
    with pytest.raises(DataFileError, match="no rows"):
        open_extract([tmp_path / "x.parquet"])
