from __future__ import annotations

from pathlib import Path

import polars as pl
import pytest
from made_files import drain, write

from harmonize.errors import DataFileError, FitError, HarmonizeError
from harmonize.mapping.model import ReadOptions
from harmonize.readers import open_extract


def test_every_cell_is_text_and_nothing_is_inferred(tmp_path: Path) -> None:
    data = write(tmp_path / "x.csv", 'A,B,"C D"\n010, 2 ,"a, ""b"""\nNA,,1:30\n')
    with open_extract([data]) as extract:
        assert extract.columns == ["A", "B", "C D"]
        assert extract.numeric is None
        got = extract.scan(["C D", "A", "B"]).collect()
    assert got.dtypes == [pl.String] * 3
    assert got.rows() == [('a, "b"', "010", "2"), ("1:30", "NA", None)]


def test_separator_decimal_mark_and_blanks_are_the_mappings(tmp_path: Path) -> None:
    data = write(tmp_path / "x.csv.gz", "A;B\n12,5;NA\n-3;x,y\n;.\n")
    read = ReadOptions(separator=";", decimal=",", blank=("", "NA", "."))
    with open_extract([data], read) as extract:
        assert extract.scan(["A", "B"]).collect().rows() == [("12.5", None), ("-3", "x,y"), (None, None)]


@pytest.mark.parametrize("encoding", ["iso-8859-1", "windows-1252", "utf-8", "utf-16"])
def test_the_stated_encoding_is_read(tmp_path: Path, encoding: str, temporary_folder: Path) -> None:
    data = write(tmp_path / "x.csv", "AÑO,B\n1990,José\n", encoding)
    with open_extract([data], ReadOptions(encoding=encoding)) as extract:
        assert extract.scan(["AÑO", "B"]).collect().rows() == [("1990", "José")]
    assert not list(temporary_folder.iterdir())


def test_a_byte_order_mark_dos_lines_and_empty_lines_at_the_end_are_taken(tmp_path: Path) -> None:
    data = write(tmp_path / "x.csv", b"\xef\xbb\xbfA,B\r\n1,2\r\n,\r\n\r\n\r\n")
    with open_extract([data]) as extract:
        assert extract.scan(["A", "B"]).collect().rows() == [("1", "2"), (None, None)]


def test_a_column_alone_may_have_missing_cells(tmp_path: Path) -> None:
    with open_extract([write(tmp_path / "x.csv", "A\n1\n\n3\n")]) as extract:
        assert extract.scan(["A"]).collect()["A"].to_list() == ["1", None, "3"]


def test_a_line_break_inside_quotes_is_no_row(tmp_path: Path) -> None:
    with open_extract([write(tmp_path / "x.csv", 'A,B\n"x\ny",2\n3,4\n')]) as extract:
        assert extract.scan(["B"]).collect()["B"].to_list() == ["2", "4"]


@pytest.mark.parametrize(
    ("content", "kind", "message"),
    [
        ("A,B,C\n1,2,3\n4,SECRET\n5,6,7\n", FitError, r"x\.csv:3: the row has 2 fields, the header 3"),
        ("A,B\n1,2\n3,SECRET,5\n6,7\n", FitError, r"x\.csv:3: the row has 3 fields, the header 2"),
        ('A,B\n"x\ny",2\n3,SECRET,5\n', FitError, r"x\.csv:4: the row has 3 fields"),
        ("A,B\n1,2\n\n3,4\n", FitError, r"x\.csv:3: the line is empty"),
        ('A,B\n1,2\n"SECRET,3\n4,5\n', FitError, r"x\.csv:3: a quote in this row is not closed"),
        ("A,B\n1,2\nSECRET", DataFileError, r"ends in the middle \(record 2\)"),
        ("A,B\n", DataFileError, "a header and no rows"),
        ("A,B", DataFileError, "a header and no rows"),
        ("\n1,2\n", DataFileError, "no column names"),
        ("A,B,A\n1,2,3\n", DataFileError, "the column A comes twice"),
        ("A;B\n1;2\n", DataFileError, 'separator: ";"'),
        ("", DataFileError, "the file is empty"),
        (b"A,B\n1,2\nJos\xe9,3\n", DataFileError, r"x\.csv:3: the text is not utf-8\n.*iso-8859-1"),
    ],
)
def test_a_fault_is_told_with_its_line_and_no_value(
    tmp_path: Path, content: str | bytes, kind: type[HarmonizeError], message: str
) -> None:
    with pytest.raises(kind, match=message) as caught:
        open_extract([write(tmp_path / "x.csv", content)])
    assert type(caught.value) is kind
    assert "SECRET" not in str(caught.value)


def test_a_gz_that_was_cut_off_tells_the_record(tmp_path: Path) -> None:
    data = write(tmp_path / "x.csv.gz", "A,B\n" + "".join(f"{i},{i * 7919 % 999983}\n" for i in range(20_000)))
    data.write_bytes(data.read_bytes()[:-1000])
    with pytest.raises(DataFileError, match=r"ends in the middle \(record 1\d,\d{3}\)"):
        open_extract([data])


def test_an_unknown_encoding_is_an_error(tmp_path: Path) -> None:
    with pytest.raises(DataFileError, match="'klingon' is not known"):
        open_extract([write(tmp_path / "x.csv", "A\n1\n")], ReadOptions(encoding="klingon"))


def test_polars_still_hides_rows_with_other_fields(tmp_path: Path) -> None:
    """The reason for our own count of fields: when polars tells, this test fails and the count can go."""
    few = write(tmp_path / "few.csv", "A,B,C\n1,2,3\n4,5\n")
    assert pl.scan_csv(few, infer_schema=False).collect().height == 2
    many = write(tmp_path / "many.csv", "A,B\n1,2\n3,4,5\n")
    assert pl.scan_csv(many, infer_schema=False).select("A").collect().height == 2


def test_without_a_key_each_row_is_its_own_household(tmp_path: Path) -> None:
    with open_extract([write(tmp_path / "x.csv", "A\n5\n5\n6\n")]) as extract:
        got = drain(extract, ["A"], chunk_size=2)
    assert got["_hh"].to_list() == [0, 1, 2]
