from __future__ import annotations

from pathlib import Path

import polars as pl
import pytest
from made_files import FIELDS, ddi, drain, write

from harmonize.errors import DataFileError, FitError
from harmonize.mapping.model import ReadOptions
from harmonize.readers import open_extract
from harmonize.readers.text import implied_decimals

ROWS = "0001José 001234\n0001Ana  000005\n0002Zoë  -00150\n"


@pytest.mark.parametrize("namespace", ["ddi:codebook:2_5", "http://www.icpsr.umich.edu/DDI"])
@pytest.mark.parametrize("suffix", [".dat", ".dat.gz"])
def test_both_namespaces_give_the_same_columns_labels_and_exact_decimals(
    tmp_path: Path, namespace: str, suffix: str
) -> None:
    ddi(tmp_path / "x.xml", namespace=namespace)
    data = write(tmp_path / f"x{suffix}", "0001Jose 001234\n0001Ana  000005\n")
    with open_extract([data]) as extract:
        assert extract.columns == ["SERIAL", "NAME", "WT"]
        assert extract.numeric == {"SERIAL", "WT"}
        assert extract.decimals == {"WT": 2}
        assert extract.labels["SERIAL"] == {"1": "one"}
        got = extract.scan(["WT", "NAME", "SERIAL"]).collect()
    assert got.rows() == [("12.34", "Jose", "0001"), ("0.05", "Ana", "0001")]


@pytest.mark.parametrize("suffix", [".dat", ".dat.gz"])
def test_a_latin_1_file_is_cut_at_its_bytes_and_leaves_no_temporary_copy(
    tmp_path: Path, suffix: str, temporary_folder: Path
) -> None:
    ddi(tmp_path / "x.xml")
    data = write(tmp_path / f"x{suffix}", ROWS, "iso-8859-1")
    with open_extract([data]) as extract:
        got = drain(extract, ["SERIAL", "NAME", "WT"], ("SERIAL",))
    assert got["NAME"].to_list() == ["José", "Ana", "Zoë"]
    assert got["WT"].to_list() == ["12.34", "0.05", "-1.50"]
    assert got["_hh"].to_list() == [0, 0, 1]
    assert not list(temporary_folder.iterdir())


def test_a_utf_8_file_is_cut_at_its_bytes(tmp_path: Path) -> None:
    ddi(tmp_path / "x.xml", charset="UTF-8")
    data = write(tmp_path / "x.dat", "0001Jos\u00e9000120\n0001Ana\u00ef000340\n0002Ana  000056\n")
    with open_extract([data]) as extract:
        got = extract.scan(["NAME", "WT"]).collect()
    assert got.rows() == [("Jos\u00e9", "1.20"), ("Ana\u00ef", "3.40"), ("Ana", "0.56")]


def test_a_field_that_ends_inside_a_character_is_an_error_without_the_text(tmp_path: Path) -> None:
    ddi(tmp_path / "x.xml", charset="UTF-8")
    data = write(tmp_path / "x.dat", "0001Anna\u00e900012\n")
    with open_extract([data]) as extract, pytest.raises(FitError, match="inside a character") as caught:
        drain(extract, ["NAME"])
    assert "Ann" not in str(caught.value)


def test_the_mappings_encoding_wins_over_the_codebooks(tmp_path: Path) -> None:
    ddi(tmp_path / "x.xml")
    data = write(tmp_path / "x.dat", "0001a€b  001234\n", "cp1252")
    with open_extract([data], ReadOptions(encoding="windows-1252")) as extract:
        assert extract.scan(["NAME"]).collect().item() == "a€b"


def test_text_that_is_not_utf_8_is_told_with_its_line(tmp_path: Path) -> None:
    ddi(tmp_path / "x.xml", charset="")
    data = write(tmp_path / "x.dat", "0001Ana  000005\n0001José 001234\n", "iso-8859-1")
    with pytest.raises(DataFileError, match=r"x\.dat:2: the text is not utf-8"):
        open_extract([data])


@pytest.mark.parametrize("end", ["\n", "\r\n", "\n\n", ""])
def test_line_ends_of_every_kind_are_read(tmp_path: Path, end: str) -> None:
    ddi(tmp_path / "x.xml")
    data = write(tmp_path / "x.dat", f"0001Ana  000005{end or chr(10)}0002Eva  000006{end}")
    with open_extract([data]) as extract:
        assert extract.scan(["NAME"]).collect()["NAME"].to_list() == ["Ana", "Eva"]


def test_records_of_another_length_name_both_lengths_and_the_codebook(tmp_path: Path) -> None:
    book = ddi(tmp_path / "other.xml")
    data = write(tmp_path / "x.dat", "0001Ana  00000\n")
    with pytest.raises(FitError, match=r"records are 14 bytes, the DDI says 15\n.*is other\.xml its codebook\?"):
        open_extract([data], codebook=book)


def test_one_record_of_another_length_is_told_with_its_line(tmp_path: Path) -> None:
    ddi(tmp_path / "x.xml")
    data = write(tmp_path / "x.dat", "0001Ana  000005\n0001Ana  0000055\n0001Ana  000005\n")
    with pytest.raises(FitError, match=r"x\.dat:2: record 2 is 16 bytes, the DDI says 15"):
        open_extract([data])


def test_a_gz_that_was_cut_off_tells_the_record(tmp_path: Path) -> None:
    ddi(tmp_path / "x.xml")
    data = write(tmp_path / "x.dat.gz", "".join(f"{i:04d}Ana  {i * 7919 % 999983:06d}\n" for i in range(9000)))
    data.write_bytes(data.read_bytes()[:-900])
    with pytest.raises(DataFileError, match=r"the file ends in the middle \(record \d,\d{3}\)\n.*download"):
        open_extract([data])


def test_a_damaged_gz_is_an_error(tmp_path: Path) -> None:
    ddi(tmp_path / "x.xml")
    data = write(tmp_path / "x.dat.gz", "0001Ana  000005\n" * 99)
    data.write_bytes(data.read_bytes()[:-8] + b"\0" * 8)
    with pytest.raises(DataFileError, match="is damaged"):
        open_extract([data])


def test_a_plain_file_that_was_cut_off_is_an_error(tmp_path: Path) -> None:
    ddi(tmp_path / "x.xml")
    data = write(tmp_path / "x.dat", "0001Ana  000005\n0001An")
    with pytest.raises(DataFileError, match=r"ends in the middle \(record 2\)"):
        open_extract([data])


def test_without_a_codebook_it_says_which_option_gives_one(tmp_path: Path) -> None:
    data = write(tmp_path / "x.dat", "0001\n")
    with pytest.raises(DataFileError, match=r"needs its DDI codebook.*\n.*--codebook"):
        open_extract([data])


def test_implied_decimals_move_the_point_and_change_no_digit() -> None:
    text = ["001475590000", "5", "-0012", "-5", "0000", "12.5", "", None, "  "]
    frame = pl.DataFrame({"w": text}, schema={"w": pl.String})
    got = frame.select(implied_decimals(pl.col("w"), 4)).to_series().to_list()
    assert got == ["147559.0000", "0.0005", "-0.0012", "-0.0005", "0.0000", "12.5", "", None, "  "]


def test_the_fields_of_the_made_codebook_fill_the_record() -> None:
    assert FIELDS[-1][1] + FIELDS[-1][2] - 1 == 15
