"""Codes that are carried as whole numbers come to the text that the file has."""

from __future__ import annotations

from pathlib import Path

import polars as pl
import pytest

from harmonize.distinct.memory import Memory
from harmonize.distinct.rows import Rows
from harmonize.errors import FitError
from harmonize.readers import household_batches, open_extract
from harmonize.readers.as_numbers import ALL_TEXT, AsNumbers
from harmonize.readers.fixed_digits import packed, records_of
from harmonize.readers.written import in_text, stacked, written

DDI = """\
<?xml version="1.0" encoding="UTF-8"?>
<codeBook xmlns="ddi:codebook:2_5" version="2.5">
<dataDscr>
<var ID="H" name="H"><location StartPos="1" EndPos="2" width="2"/><labl>H</labl></var>
<var ID="A" name="A"><location StartPos="3" EndPos="5" width="3"/><labl>A</labl></var>
<var ID="B" name="B"><location StartPos="6" EndPos="6" width="1"/><labl>B</labl></var>
</dataDscr>
</codeBook>
"""

H, A_B = frozenset({"H"}), frozenset({"A", "B"})


@pytest.mark.parametrize("cell", ["017", " 17", "17 ", "000", "   ", "1 7", "999"])
def test_digits_and_spaces_come_back_as_they_stood(cell: str) -> None:
    records = records_of(f"x{cell}y\n".encode() * 3)
    assert records is not None
    (column,) = packed(records, [(1, 3)])
    assert column is not None
    assert written(column).to_list() == [cell.strip()] * 3


@pytest.mark.parametrize("cell", ["-17", "1.7", "  A", "\t17"])
def test_what_is_more_than_digits_and_spaces_is_not_packed(cell: str) -> None:
    records = records_of(f"x{cell}y\n".encode())
    assert records is not None
    assert packed(records, [(1, 3), (0, 0)])[0] is None


@pytest.mark.parametrize("text", [b"ab\nabc\n", b"ab", b"\n\n", b"a\xc3\xa9\n", b""])
def test_lines_of_other_lengths_or_letters_are_no_records(text: bytes) -> None:
    assert records_of(text) is None


def test_a_column_that_comes_in_two_ways_is_text() -> None:
    numbers = pl.DataFrame({"A": pl.Series([1, None], dtype=pl.Int64), "B": pl.Series([1, 2], dtype=pl.Int64)})
    texts = pl.DataFrame({"A": ["01"], "B": pl.Series([3], dtype=pl.Int64)})
    both = stacked([numbers, texts])
    assert both["A"].to_list() == ["1", None, "01"]
    assert both["B"].dtype == pl.Int64


def texts_of(path: Path, numbers: AsNumbers) -> pl.DataFrame:
    """All rows as text, read in batches of three, with `_hh` counted on."""
    frames: list[pl.DataFrame] = []
    with open_extract([path]) as extract:
        for batch in household_batches(
            extract, ["H", "A", "B"], ("H",), 3, restart=frames.clear, numbers=numbers
        ):  # fmt: skip
            before = frames[-1]["_hh"][-1] + 1 if frames else 0
            texts = Rows(in_text(batch, numbers.amounts), Memory()).frame(["H", "A", "B"])
            frames.append(texts.with_columns(batch["_hh"] + before))
    return pl.concat(frames).with_columns(pl.col(pl.String).fill_null(""))


def records() -> list[tuple[str, str, str]]:
    return [(f"{i // 2:02}", ["017", " 17", "   ", "-17" if i > 20 else "171"][i % 4], str(i % 7)) for i in range(40)]


def test_a_fixed_width_file_has_the_same_texts_whether_its_codes_come_as_numbers(tmp_path: Path) -> None:
    path = tmp_path / "p.dat"
    path.write_text("".join("".join(cells) + "\n" for cells in records()), encoding="ascii")
    path.with_suffix(".xml").write_text(DDI, encoding="utf-8")
    expected = [tuple(cell.strip() for cell in cells) for cells in records()]
    for numbers in (ALL_TEXT, AsNumbers(codes=A_B), AsNumbers(codes=A_B, names=H)):
        assert texts_of(path, numbers).select("H", "A", "B").rows() == expected


@pytest.mark.parametrize("dtype", [pl.Int8, pl.Int64, pl.UInt16, pl.Float64])
def test_so_it_is_of_parquet_whatever_its_type(tmp_path: Path, dtype: pl.DataType) -> None:
    path = tmp_path / "p.parquet"
    cells = {"H": [1, 1, 2, 2], "A": [7, None, 0, 120], "B": [1, 2, 3, 4]}
    pl.DataFrame(cells, schema=dict.fromkeys(cells, pl.Int64)).cast(dtype).write_parquet(path)
    for numbers in (ALL_TEXT, AsNumbers(codes=A_B), AsNumbers(names=A_B), AsNumbers(codes=A_B, names=H)):
        found = texts_of(path, numbers)
        assert found["A"].to_list() == ["7", "", "0", "120"]
        assert found["_hh"].to_list() == [0, 0, 1, 1]


def test_numbers_that_are_not_whole_or_far_apart_are_text(tmp_path: Path) -> None:
    path = tmp_path / "p.parquet"
    pl.DataFrame({"H": [1, 1, 2], "A": [0.5, float("nan"), 2.0], "B": [1, 10**12, -(10**12)]}).write_parquet(path)
    for numbers in (AsNumbers(codes=A_B), AsNumbers(names=A_B), AsNumbers(amounts=A_B), ALL_TEXT):
        found = texts_of(path, numbers)
        assert found["A"].to_list() == ["0.5", "", "2"]
        assert found["B"].to_list() == ["1", "1000000000000", "-1000000000000"]


def test_amounts_come_as_the_numbers_of_the_file_and_a_nan_of_theirs_is_blank(tmp_path: Path) -> None:
    path = tmp_path / "p.parquet"
    pl.DataFrame({"H": [1, 1], "A": [0.1, float("nan")], "B": [1, 2]}).write_parquet(path)
    with open_extract([path]) as extract:
        (batch,) = household_batches(extract, ["A", "B"], ("H",), numbers=AsNumbers(amounts=A_B))
    assert batch["A"].to_list() == [0.1, None]
    assert batch["B"].to_list() == [1, 2]


def test_households_named_by_numbers_that_come_again_are_put_together(tmp_path: Path) -> None:
    path = tmp_path / "p.parquet"
    pl.DataFrame({"H": [2, 10, 2, 10], "A": [1, 2, 3, 4], "B": [0, 0, 0, 0]}).write_parquet(path)
    found = texts_of(path, AsNumbers(codes=A_B, names=H))
    assert found.group_by("_hh").agg("H", "A").select("H", "A").sort("A").rows() == [
        (["2", "2"], ["1", "3"]),
        (["10", "10"], ["2", "4"]),
    ]


def test_a_household_without_a_number_is_refused_with_its_record(tmp_path: Path) -> None:
    path = tmp_path / "p.parquet"
    pl.DataFrame({"H": [1, 1, None], "A": [1, 2, 3], "B": [0, 0, 0]}).write_parquet(path)
    with pytest.raises(FitError, match="record 3 has no household"):
        texts_of(path, AsNumbers(codes=A_B, names=H))
