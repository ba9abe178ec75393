"""SPSS, Stata and SAS files alike: cells as text, types, labels, several files, what can't be read."""

from __future__ import annotations

from pathlib import Path

import polars as pl
import pyreadstat
import pytest
from made_files import drain, write
from made_typed import FRAME, TEXTS, WRITERS, made, texts

from harmonize.errors import DataFileError, FitError
from harmonize.readers import open_extract

EVERY = sorted(WRITERS)
# pyreadstat can't write é to a portable file, which has no more than 15 digits
NO_ACCENT = {"TXT": ["  b", "", "NA", "Zoe"], "DEC": ["0.1", "0.333333333333333", "1e-7", "123456789012"]}


@pytest.mark.parametrize("name", EVERY)
def test_whole_floats_are_codes_dates_are_iso_and_texts_lose_only_blanks_at_their_end(
    name: str, tmp_path: Path
) -> None:
    portable = name.endswith(".por")
    frame = FRAME.with_columns(pl.col("TXT").str.replace("é", "e")) if portable else FRAME
    assert texts(made(tmp_path, name, frame)) == (TEXTS | NO_ACCENT if portable else TEXTS)


@pytest.mark.parametrize("name", EVERY)
def test_numbers_are_numeric_and_texts_and_dates_are_not(name: str, tmp_path: Path) -> None:
    frame = FRAME.with_columns(pl.lit("a").alias("TXT"))
    with open_extract([made(tmp_path, name, frame)]) as extract:
        assert extract.columns == ["CODE", "DEC", "DAY", "AT", "TXT"]
        assert extract.numeric == {"CODE", "DEC"}


@pytest.mark.parametrize("name", [name for name in EVERY if name.endswith((".sav", ".zsav", ".dta"))])
def test_labels_of_variables_and_codes_come_from_the_file(name: str, tmp_path: Path) -> None:
    path = made(
        tmp_path,
        name,
        FRAME,
        column_labels={"CODE": "A code:  años "},
        variable_value_labels={"CODE": {1: "one", 9: "no\nanswer"}},
    )
    with open_extract([path]) as extract:
        assert extract.labels == {"CODE": {"1": "one", "9": "no answer"}}
        assert extract.codebook is not None
        assert extract.codebook.variables["CODE"].label == "A code: años"
        assert not extract.codebook.variables["TXT"].numeric


def test_labels_of_a_codebook_win_over_those_in_the_file(tmp_path: Path) -> None:
    path = made(tmp_path, "x.sav", FRAME, variable_value_labels={"CODE": {1: "one"}, "DEC": {2: "two"}})
    variables = "".join(
        f'<var name="{name}"><catgry><catValu>1</catValu><labl>eins</labl></catgry></var>' for name in ("CODE", "DAY")
    )
    write(tmp_path / "x.xml", f"<codeBook><dataDscr>{variables}</dataDscr></codeBook>")
    with open_extract([path]) as extract:
        assert extract.labels == {"CODE": {"1": "eins"}, "DEC": {"2": "two"}, "DAY": {"1": "eins"}}


@pytest.mark.parametrize("name", EVERY)
def test_columns_come_in_the_order_asked_for_and_in_batches_of_the_size_asked_for(name: str, tmp_path: Path) -> None:
    frame = pl.DataFrame({"A": [float(i) for i in range(700)], "B": [f"t{i}" for i in range(700)]})
    with open_extract([made(tmp_path, name, frame)]) as extract:
        batches = list(extract.person_frames(["B", "A"], 256))
        assert [batch.height for batch in batches] == [256, 256, 188]
        assert pl.concat(batches).rows() == [(f"t{i}", str(i)) for i in range(700)]
        assert extract.progress == 1.0
        assert pl.concat(extract.person_frames(["A"], 10_000))["A"].to_list() == [str(i) for i in range(700)]


def test_a_file_that_pyreadstat_reads_in_several_pieces_keeps_its_rows_in_order(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("harmonize.readers.readstat._SLOW_ROWS", 100)
    monkeypatch.setattr("harmonize.readers.readstat._SLOW_CELLS", 100)
    frame = pl.DataFrame({"A": [float(i) for i in range(450)], "B": [float(i) for i in range(450)]})
    path = made(tmp_path, "x.zsav", frame, missing_ranges={"A": [9]})
    assert texts(path)["A"] == [str(i) for i in range(450)] == texts(path)["B"]


def test_a_uppercase_suffix_and_blank_words_of_the_mapping_are_taken(tmp_path: Path) -> None:
    made(tmp_path, "x.sav", FRAME).rename(tmp_path / "X.SAV")
    assert texts(tmp_path / "X.SAV") == TEXTS


def test_persons_and_households_may_be_of_two_formats(tmp_path: Path) -> None:
    persons = [
        made(tmp_path, "x.sav", pl.DataFrame({"HH": [1.0, 1.0], "AGE": [30.0, 5.0]})),
        made(tmp_path, "118.dta", pl.DataFrame({"HH": [2.0], "AGE": [70.0]})),
    ]
    households = made(tmp_path, "8.xpt", pl.DataFrame({"HH": [2.0, 1.0], "WATER": [8.0, 1.0]}))
    with open_extract(persons, None, None, households, ("HH",)) as extract:
        got = drain(extract, ["AGE", "WATER"], ("HH",))
    assert sorted(got.select("AGE", "WATER").rows()) == [("30", "1"), ("5", "1"), ("70", "8")]


@pytest.mark.parametrize("name", EVERY)
def test_a_file_without_rows_is_an_error(name: str, tmp_path: Path) -> None:
    frame = pl.DataFrame({"A": [], "B": []}, schema={"A": pl.Float64, "B": pl.String})
    with pytest.raises(DataFileError, match=r"no rows|not a whole") as raised:
        texts(made(tmp_path, name, frame))
    assert raised.value.exit_code == 3
    assert str(tmp_path / name) in str(raised.value)


@pytest.mark.parametrize("suffix", [".sav", ".zsav", ".por", ".dta", ".sas7bdat", ".xpt"])
def test_a_file_of_another_kind_is_an_error_that_names_it(suffix: str, tmp_path: Path) -> None:
    with pytest.raises(DataFileError, match=rf"x\{suffix}: this is not a whole .* file(.|\n)*save it as .csv"):
        texts(write(tmp_path / f"x{suffix}", "SERIAL,AGE\n1,2\n" * 100))
    with pytest.raises(DataFileError, match="the file is empty"):
        texts(write(tmp_path / f"x{suffix}", b""))


@pytest.mark.parametrize("name", EVERY)
def test_a_file_cut_off_in_its_rows_is_an_error(name: str, tmp_path: Path) -> None:
    frame = pl.DataFrame({"A": [i + 0.1234567 for i in range(5000)], "B": ["text"] * 5000})
    path = made(tmp_path, name, frame)
    path.write_bytes(path.read_bytes()[: path.stat().st_size // 2 + 1])
    with pytest.raises(DataFileError, match=path.name):
        texts(path)


def test_a_column_that_is_not_there_is_named(tmp_path: Path) -> None:
    with open_extract([made(tmp_path, "x.sav", FRAME)]) as extract, pytest.raises(FitError, match="no column CODES"):
        extract.scan(["CODES"])


def test_nothing_is_left_in_the_temporary_folder(tmp_path: Path, temporary_folder: Path) -> None:
    frame = FRAME.with_columns(pl.lit("a").alias("TXT"))
    with open_extract([made(tmp_path, "x.por", frame)]) as extract:
        assert extract.scan(["CODE"]).collect().height == 4
    del extract
    assert not list(temporary_folder.iterdir())


def test_the_readers_do_not_need_pandas(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(__import__("sys").modules, "pandas", None)
    assert texts(made(tmp_path, "x.sav", FRAME, missing_ranges={"CODE": [9]})) == TEXTS
    assert pyreadstat.__version__
