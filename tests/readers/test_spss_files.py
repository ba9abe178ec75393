"""What is particular to SPSS files: declared missing values, encodings, old dates, times of day, long texts."""

from __future__ import annotations

import re
from pathlib import Path

import polars as pl
import pyreadstat
import pytest
from made_typed import FRAME, in_encoding, made, texts

from harmonize.readers import open_extract


@pytest.mark.parametrize("name", ["x.sav", "packed.sav", "x.zsav"])
def test_declared_missing_values_are_ordinary_codes(name: str, tmp_path: Path) -> None:
    frame = pl.DataFrame({"A": [1.0, 9.0, None, 98.5], "B": ["a", "ZZ", "", "x"], "C": [-5.0, 5.0, 99.0, None]})
    missing = {"A": [9, {"lo": 97, "hi": 99}], "B": ["ZZ"], "C": [{"lo": -99, "hi": -1}]}
    assert texts(made(tmp_path, name, frame, missing_ranges=missing)) == {
        "A": ["1", "9", None, "98.5"],
        "B": ["a", "ZZ", "", "x"],
        "C": ["-5", "5", "99", None],
    }


def portable_with_a_missing_value(folder: Path) -> Path:
    """A portable file in which 9 is a missing value of CODE: record `8` after the variable, in lines of 80."""
    path = made(folder, "x.por", FRAME.select("CODE"))
    content = path.read_bytes().replace(b"\r\n", b"")
    declared, count = re.subn(rb"(70/4/CODE5/8/2/5/8/2/)", rb"\g<1>89/", content)
    assert count == 1
    path.write_bytes(b"".join(declared[at : at + 80] + b"\r\n" for at in range(0, len(declared), 80)))
    return path


def test_declared_missing_values_of_a_portable_file_are_ordinary_codes(tmp_path: Path) -> None:
    path = portable_with_a_missing_value(tmp_path)
    # this is why pyreadstat does not read them
    assert pyreadstat.read_por(str(path), output_format="dict")[0]["CODE"] == [1.0, None, None, -9.0]
    assert texts(path) == {"CODE": ["1", "9", None, "-9"]}


def test_decimals_of_a_portable_file_are_the_ones_that_were_written(tmp_path: Path) -> None:
    values = [round(i / 10, 1) for i in range(3000)] + [123456.7891, 3e15 + 1]
    path = made(tmp_path, "x.por", pl.DataFrame({"A": values}))
    got = [float(text) for text in texts(path)["A"] if text]
    assert got == values


@pytest.mark.parametrize(
    ("encoding", "codec"), [("windows-1252", "cp1252"), ("ISO-8859-1", "latin1"), ("CP850", "cp850")]
)
def test_text_is_in_the_encoding_that_the_file_names(encoding: str, codec: str, tmp_path: Path) -> None:
    # é at the end of a full field: two bytes in UTF-8, one in the others
    frame = pl.DataFrame({"Año": ["José", "b", "éé"], "N": [1.0, 2.0, 3.0]})
    path = made(tmp_path, "x.sav", frame, column_labels={"Año": "Añada"}, variable_value_labels={"N": {1: "Sí"}})
    in_encoding(path, encoding, codec, ["José", "éé", "Añada", "Sí"])
    content = path.read_bytes()
    path.write_bytes(content.replace("Año".encode(), "Año".encode(codec).ljust(4)))
    with open_extract([path]) as extract:
        assert extract.scan(extract.columns).collect().to_series(0).to_list() == ["José", "b", "éé"]
        assert extract.scan(["N"]).collect()["N"].to_list() == ["1", "2", "3"]
        assert extract.labels["N"] == {"1": "Sí"}
        assert extract.codebook is not None
        assert extract.codebook.variables[extract.columns[0]].label == "Añada"


def test_a_decimal_in_a_column_shown_without_decimals_is_kept(tmp_path: Path) -> None:
    frame = pl.DataFrame({"A": [2.5, 1e10, 3e15 + 1]})
    assert texts(made(tmp_path, "x.sav", frame, variable_format={"A": "F8.0"}))["A"] == [
        "2.5",
        "10000000000",
        "3000000000000001",
    ]


def test_a_day_before_1970_with_an_hour_is_that_day(tmp_path: Path) -> None:
    # 12 o'clock of 15 and 16 October 1582, in seconds
    frame = pl.DataFrame({"A": [86_400 + 43_200.0, 2 * 86_400 + 43_200.0]})
    path = made(tmp_path, "x.sav", frame, variable_format={"A": "ADATE10"})
    assert texts(path)["A"] == ["1582-10-15", "1582-10-16"]


def test_times_and_durations_are_the_seconds_that_are_stored(tmp_path: Path) -> None:
    frame = pl.DataFrame({"A": [3723.0, 200_000.0], "B": [1.0, 200_000.0]})
    path = made(tmp_path, "x.sav", frame, variable_format={"A": "TIME8", "B": "DTIME20"})
    with open_extract([path]) as extract:
        assert extract.numeric == {"A", "B"}
    assert texts(path) == {"A": ["3723", "200000"], "B": ["1", "200000"]}


def test_texts_longer_than_255_are_whole(tmp_path: Path) -> None:
    long = ["a" * 300, "é" * 400, "", "c" * 1000 + "  "]
    assert texts(made(tmp_path, "packed.sav", pl.DataFrame({"A": long})))["A"] == [*long[:3], "c" * 1000]


def test_a_portable_file_without_declared_missing_values_has_its_labels(tmp_path: Path) -> None:
    path = made(tmp_path, "x.por", FRAME.select("CODE"), column_labels={"CODE": "A code"})
    with open_extract([path]) as extract:
        assert extract.codebook is not None
        assert extract.codebook.variables["CODE"].label == "A code"
