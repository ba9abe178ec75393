"""Damaged SPSS, Stata and SAS files: an error of ours, whatever the bytes; never a traceback or a dead process."""

from __future__ import annotations

import tempfile
from functools import cache
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from made_typed import FRAME, WRITERS, made, texts

from harmonize.errors import DataFileError

# .por: every reading starts a process
EXAMPLES = {"x.por": 15}


@cache
def content(name: str) -> bytes:
    more = {}
    if name.endswith((".sav", ".zsav")):
        more = {
            "missing_ranges": {"CODE": [9], "TXT": ["NA"]},
            "variable_value_labels": {"CODE": {1: "one"}, "TXT": {"NA": "none"}},
        }
    frame = FRAME.drop("TXT") if name.endswith(".por") else FRAME
    with tempfile.TemporaryDirectory() as folder:
        return made(Path(folder), name, frame, **more).read_bytes()


def read(name: str, data: bytes) -> None:
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / name
        path.write_bytes(data)
        try:
            heights, said = {len(values) for values in texts(path).values()}, None
        except DataFileError as error:
            heights, said = set(), error
        assert said is None or (str(path) in str(said) and said.help)
        assert said is not None or len(heights) == 1


@pytest.mark.parametrize("name", sorted(WRITERS))
def test_bytes_that_are_changed_or_cut_off_give_rows_or_our_error(name: str) -> None:
    whole = content(name)
    at = st.integers(0, len(whole) - 1)

    @settings(max_examples=EXAMPLES.get(name, 200))
    @given(changes=st.lists(st.tuples(at, st.integers(0, 255)), max_size=5), end=at | st.just(len(whole)))
    def check(changes: list[tuple[int, int]], end: int) -> None:
        data = bytearray(whole)
        for place, byte in changes:
            data[place] = byte
        read(name, bytes(data[:end]))

    check()


@pytest.mark.parametrize("name", [*sorted(WRITERS), "x.sas7bdat"])
def test_random_bytes_are_an_error_of_ours(name: str) -> None:
    @settings(max_examples=EXAMPLES.get(name, 60))
    @given(data=st.binary(min_size=1, max_size=400), start=st.integers(0, 200))
    def check(data: bytes, start: int) -> None:
        read(name, data)
        if name in WRITERS:
            read(name, content(name)[:start] + data)

    check()


@pytest.mark.parametrize("name", ["x.sav", "packed.sav", "x.zsav", "118.dta"])
def test_a_file_whose_rows_are_cut_off_never_gives_fewer_of_them(name: str, tmp_path: Path) -> None:
    whole = content(name)
    for end in range(len(whole) - 40, len(whole)):
        (tmp_path / name).write_bytes(whole[:end])
        try:
            assert len(texts(tmp_path / name)["CODE"]) == FRAME.height
        except DataFileError:
            continue


def test_a_count_of_missing_values_that_ends_the_process_is_found_first(tmp_path: Path) -> None:
    whole = content("x.sav")
    # the variable record of CODE: type 2, width 0, no label, 1 missing value
    record = b"\2\0\0\0" + b"\0\0\0\0" + b"\0\0\0\0" + b"\1\0\0\0"
    assert whole.count(record) == 1
    (tmp_path / "x.sav").write_bytes(whole.replace(record, record[:12] + b"\x4c\0\0\0"))
    with pytest.raises(DataFileError, match="not a whole SPSS file"):
        texts(tmp_path / "x.sav")


def test_labels_of_a_variable_that_is_not_there_are_found_first(tmp_path: Path) -> None:
    whole = content("x.sav")
    # the record of whose labels they are: type 4, one variable, number 1
    record = b"\4\0\0\0\1\0\0\0\1\0\0\0"
    assert whole.count(record) == 1
    (tmp_path / "x.sav").write_bytes(whole.replace(record, record[:8] + b"\x4c\0\0\0"))
    with pytest.raises(DataFileError, match="not a whole SPSS file"):
        texts(tmp_path / "x.sav")


@pytest.mark.parametrize("name", ["x.sav", "x.zsav"])
@pytest.mark.parametrize("which", [0, 4])
def test_a_number_in_the_format_of_a_text_is_an_error_of_ours(name: str, which: int, tmp_path: Path) -> None:
    # pyreadstat 1.3.7 ends the process on it; the formats for print and for write stand before the name
    data = bytearray(content(name))
    first = data.index(b"CODE    ") - 8
    assert data[first + which + 2] == 5  # F, a number
    data[first + which + 2] = 1  # A, a text
    (tmp_path / name).write_bytes(data)
    with pytest.raises(DataFileError, match="not a whole SPSS file"):
        texts(tmp_path / name)
