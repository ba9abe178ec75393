"""Text files are read once, in blocks: where a block ends changes neither a row nor an error."""

from __future__ import annotations

import csv
import gzip
import io
from collections.abc import Sequence
from pathlib import Path

import polars as pl
import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st
from made_files import ddi, drain, write

from harmonize.errors import DataFileError, FitError, HarmonizeError
from harmonize.mapping.model import ReadOptions
from harmonize.readers import household_batches, open_extract
from harmonize.readers.blocks import blocks, gauge_of
from harmonize.readers.drawing import of_size
from harmonize.readers.formats import open_source
from harmonize.readers.options import Reading

Outcome = list[tuple[str | None, ...]] | str
SIZES = (1, 2, 3, 5, 7, 16, 1000)


def outcome(path: Path, block: int, encoding: str = "utf-8") -> Outcome:
    """All rows of the file, or its error."""
    try:
        source = open_source(path, Reading(encoding=encoding, first=block, block=block))
        return pl.concat(list(source.frames(source.columns, 10))).rows()
    except HarmonizeError as error:
        return f"{type(error).__name__} {error}"


def as_stripped(rows: Sequence[Sequence[str]]) -> list[tuple[str | None, ...]]:
    return [tuple(cell.strip() or None for cell in row) for row in rows]


def without_empty(rows: Outcome) -> list[tuple[str | None, ...]]:
    """`""` is an empty text for polars and nothing at all a missing cell; to a mapping both are blank."""
    assert isinstance(rows, list), rows
    return [tuple(cell or None for cell in row) for row in rows]


@settings(max_examples=300)
@given(text=st.text('a",\n', max_size=24), block=st.integers(1, 9), end=st.sampled_from(["\n", "\r\n"]))
@example(text='x"a,b"y,2', block=3, end="\n")
@example(text=' "a,b",2', block=3, end="\n")
@example(text='a""","","', block=1, end="\n")
@example(text='a",","\n",a', block=2, end="\n")
@example(text='a,a\n"a\na",a\na,a', block=4, end="\r\n")
def test_any_text_is_an_error_or_the_rows_that_python_reads(
    tmp_path_factory: pytest.TempPathFactory, text: str, block: int, end: str
) -> None:
    data = ("A,B\n" + text).replace("\n", end)
    path = write(tmp_path_factory.mktemp("d") / "x.csv", data)
    got = outcome(path, block)
    assert got == outcome(path, 1 << 20)
    if isinstance(got, str):
        return
    try:
        lines = [row for row in csv.reader(io.StringIO(data, newline=""), strict=True) if row]
    except csv.Error:
        return  # text after a closing quote: what the cell holds is anybody's guess
    assert without_empty(got) == as_stripped(lines[1:])


@settings(max_examples=60)
@given(
    rows=st.lists(st.tuples(*[st.text('b", \né', min_size=1, max_size=5)] * 3), min_size=1, max_size=8),
    block=st.integers(1, 30),
    end=st.sampled_from(["\n", "\r\n"]),
    packed=st.booleans(),
)
def test_every_row_is_read_wherever_a_block_ends(
    tmp_path_factory: pytest.TempPathFactory, rows: list[tuple[str, ...]], block: int, end: str, packed: bool
) -> None:
    out = io.StringIO(newline="")
    csv.writer(out, lineterminator=end, quoting=csv.QUOTE_ALL).writerows([("A", "B", "C"), *rows])
    path = write(tmp_path_factory.mktemp("d") / ("x.csv.gz" if packed else "x.csv"), out.getvalue())
    got = outcome(path, block)
    assert without_empty(got) == as_stripped(rows)


@pytest.mark.parametrize(
    "content",
    [
        "A,B\n1,2\n3,4,5\n6,7\n",
        'A,B\n"x\ny",2\n3,4,5\n',
        "A,B\n1,2\n\n3,4\n",
        'A,B\n1,2\n"3,4\n5,6\n',
        "A,B\n1,2\n3",
        "A,B\n",
        'A,"B\n1,2\n',
        b"A,B\n1,2\nJos\xe9,3\n",
        b"A,B\n1,2\n3,caf\xc3",
        b"\xef\xbb\xbf",
    ],
)
def test_a_fault_has_one_message_wherever_a_block_ends(tmp_path: Path, content: str | bytes) -> None:
    path = write(tmp_path / "x.csv", content)
    messages = {str(outcome(path, size)) for size in SIZES}
    assert len(messages) == 1
    assert "Error" in messages.pop()


@pytest.mark.parametrize("encoding", ["utf-8", "iso-8859-1", "utf-16", "utf-16-le", "gb18030", "iso2022_jp"])
def test_a_character_may_lie_over_the_end_of_a_block(tmp_path: Path, encoding: str) -> None:
    word = "José" if encoding == "iso-8859-1" else "日本"
    path = write(tmp_path / "x.csv", f"{word},B\n{word},1\n2,{word}\n", encoding)
    for size in SIZES:
        assert outcome(path, size, encoding) == [(word, "1"), ("2", word)]


@pytest.mark.parametrize("end", ["\n", "\r\n", "\n\n", ""])
@pytest.mark.parametrize("charset", ["ISO-8859-1", "UTF-8"])
def test_records_of_fixed_width_are_whole_wherever_a_block_ends(tmp_path: Path, end: str, charset: str) -> None:
    ddi(tmp_path / "x.xml", charset=charset)
    name = "José" + " " * (5 - len("José".encode(charset)))
    data = write(tmp_path / "x.dat", f"0001{name}000005{end or chr(10)}0002Eva  000006{end}", charset)
    for size in SIZES:
        assert outcome(data, size) == [("0001", "José", "0.05"), ("0002", "Eva", "0.06")]


@pytest.mark.parametrize("content", ["0001Ana  000005\n0001Ana  0000055\n", "0001Ana  000005\n0001An", "\n\n"])
def test_a_fault_of_fixed_width_has_one_message_wherever_a_block_ends(tmp_path: Path, content: str) -> None:
    ddi(tmp_path / "x.xml")
    path = write(tmp_path / "x.dat", content)
    messages = {str(outcome(path, size)) for size in SIZES}
    assert len(messages) == 1
    assert "Error" in messages.pop()


def test_a_dos_end_of_file_mark_is_no_record(tmp_path: Path) -> None:
    ddi(tmp_path / "x.xml")
    data = write(tmp_path / "x.dat", "0001Ana  000005\r\n\x1a")
    assert outcome(data, 1000) == [("0001", "Ana", "0.05")]


def long_csv(path: Path, tail: str = "") -> Path:
    """A file larger than what is looked at when it is opened."""
    return write(path, "H,P\n" + "".join(f"{i // 3},{i}\n" for i in range(200_000)) + tail)


@pytest.mark.parametrize(
    ("tail", "kind", "message"),
    [
        ("1,2,3\n4,5\n", FitError, r"x\.csv(\.gz)?:200002: the row has 3 fields, the header 2"),
        ("7", DataFileError, r"ends in the middle \(record 200,001\)"),
    ],
)
@pytest.mark.parametrize("name", ["x.csv", "x.csv.gz"])
def test_a_fault_late_in_a_large_file_is_told_when_the_reading_comes_there(
    tmp_path: Path, name: str, tail: str, kind: type[HarmonizeError], message: str
) -> None:
    with open_extract([long_csv(tmp_path / name, tail)]) as extract, pytest.raises(kind, match=message):
        drain(extract, ["P"], ("H",))


def test_a_fault_after_a_household_came_again_is_told_too(tmp_path: Path, temporary_folder: Path) -> None:
    data = long_csv(tmp_path / "x.csv", "0,0\n" * 200_000 + "1,2,3\n")
    with open_extract([data]) as extract, pytest.raises(FitError, match=r"x\.csv:400002: the row has 3 fields"):
        drain(extract, ["P"], ("H",))
    assert not list(temporary_folder.iterdir())


def test_the_file_is_read_once_and_no_copy_is_made(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, temporary_folder: Path
) -> None:
    data = long_csv(tmp_path / "x.csv", "1,é\n")
    data.write_bytes(data.read_text(encoding="utf-8").encode("iso-8859-1"))
    taken = 0

    def counting(path: Path, size: int, gauge):  # type: ignore[no-untyped-def]
        nonlocal taken
        for block in blocks(path, size, gauge):
            taken += len(block.data)
            yield block

    monkeypatch.setattr("harmonize.readers.csv_rows.blocks", counting)
    monkeypatch.setattr("polars.scan_csv", _bytes_only(pl.scan_csv))
    with open_extract([data], ReadOptions(encoding="iso-8859-1")) as extract:
        at_opening, taken = taken, 0
        assert at_opening <= Reading().first
        assert drain(extract, ["P"])["P"][-1] == "é"
        assert not list(temporary_folder.iterdir())
    assert taken == data.stat().st_size


def _bytes_only(scan):  # type: ignore[no-untyped-def]
    def scan_bytes(source: bytes, **options: object) -> pl.LazyFrame:
        assert isinstance(source, bytes)
        return scan(source, **options)

    return scan_bytes


def test_progress_rises_to_the_whole(tmp_path: Path) -> None:
    files = [long_csv(tmp_path / "1.csv"), long_csv(tmp_path / "2.csv.gz")]
    with open_extract(files) as extract:
        seen = [extract.progress for _ in household_batches(extract, ["P"], chunk_size=10_000)]
    assert seen == sorted(seen)
    assert 0 < seen[0] < 0.9
    assert seen[-1] == 1


def test_the_rows_of_a_large_file_are_reckoned_from_its_start(tmp_path: Path) -> None:
    with open_extract([long_csv(tmp_path / "x.csv")]) as extract:
        assert 150_000 < extract.about < 300_000


def test_a_quote_that_is_never_closed_does_not_bring_the_file_into_memory(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("harmonize.readers.csv_rows.LONGEST_ROW", 1000)
    path = write(tmp_path / "x.csv", 'A,B\n1,2\n"' + "3,4\n" * 1000)
    assert "x.csv:3: a quote in this row is not closed" in str(outcome(path, 100))


def test_an_empty_file_that_is_packed_is_an_error(tmp_path: Path) -> None:
    path = tmp_path / "x.csv.gz"
    path.write_bytes(gzip.compress(b""))
    with pytest.raises(DataFileError, match="the file is empty"):
        open_extract([path])


def test_blocks_give_what_was_unpacked_before_a_gz_breaks_off(tmp_path: Path) -> None:
    text = b"".join(b"%d\n" % (i * 7919 % 999983) for i in range(9000))
    path = write(tmp_path / "x.csv.gz", text)
    path.write_bytes(path.read_bytes()[:-2000])
    found = list(blocks(path, 5000, gauge_of(path)))
    assert text.startswith(b"".join(block.data for block in found))
    assert [(block.last, block.fault) for block in found[:-1]] == [(False, "")] * (len(found) - 1)
    assert (found[-1].last, found[-1].fault) == (True, "ends in the middle")


@given(heights=st.lists(st.integers(0, 9), max_size=8), size=st.integers(1, 7))
def test_batches_have_the_size_asked_for(heights: list[int], size: int) -> None:
    frames = [pl.DataFrame({"a": [i] * height}, schema={"a": pl.Int64}) for i, height in enumerate(heights)]
    got = list(of_size(frames, size))
    assert [frame.height for frame in got[:-1]] == [size] * max(len(got) - 1, 0)
    assert all(0 < frame.height <= size for frame in got)
    assert [v for frame in got for v in frame["a"]] == [v for frame in frames for v in frame["a"]]
