"""What is particular to SAS files: encodings of transport files, several data sets, special missing values."""

from __future__ import annotations

from pathlib import Path

import polars as pl
import pytest
from made_typed import FRAME, made, texts

from harmonize.errors import DataFileError
from harmonize.readers import open_extract


def test_text_of_a_transport_file_is_in_the_encoding_of_the_mapping(tmp_path: Path) -> None:
    path = made(tmp_path, "5.xpt", FRAME)
    content = path.read_bytes()
    assert content.count("Zoé".encode()) == 1
    path.write_bytes(content.replace("Zoé".encode(), b"Zo\xe9 "))
    assert texts(path, "iso-8859-1")["TXT"][3] == "Zoé"
    with pytest.raises(DataFileError, match=r"not in the encoding(.|\n)*read: \{encoding"):
        texts(path)


def test_a_transport_file_of_two_data_sets_is_refused(tmp_path: Path) -> None:
    path = made(tmp_path, "5.xpt", FRAME)
    content = path.read_bytes()
    # the second follows without the header of the library, which is three records
    path.write_bytes(content + content[240:])
    with pytest.raises(DataFileError, match="holds several data sets"):
        texts(path)


def test_a_transport_file_reckons_its_rows(tmp_path: Path) -> None:
    frame = pl.DataFrame({"A": [float(i) for i in range(1000)]})
    with open_extract([made(tmp_path, "8.xpt", frame)]) as extract:
        assert 1000 <= extract.about <= 1010


def test_special_missing_values_of_a_transport_file_are_missing_cells_since_no_library_tells_them(
    tmp_path: Path,
) -> None:
    path = made(tmp_path, "5.xpt", pl.DataFrame({"A": [1.0, None, 2.0]}))
    content = path.read_bytes()
    # a missing value is its letter, `.` by itself, and seven zero bytes (TS-140)
    assert content.count(b"." + bytes(7)) == 1
    path.write_bytes(content.replace(b"." + bytes(7), b"B" + bytes(7)))
    assert texts(path) == {"A": ["1", None, "2"]}
