"""Codes of a csv that are packed digits have the texts that polars reads."""

import csv
import io

import polars as pl
import pytest
from hypothesis import given
from hypothesis import strategies as st

from harmonize.readers.csv_digits import packed_fields
from harmonize.readers.text import cell
from harmonize.readers.written import written

NAMES = ("a", "b", "c")
DIGITS = st.text("0123456789 ", max_size=6)
ANY = st.one_of(DIGITS, st.text("01 \t,;\"'\n-.é", max_size=6))


def texts(text: bytes, names: tuple[str, ...], mark: str) -> pl.DataFrame:
    """The cells as they are read without packing."""
    table = pl.scan_csv(text, has_header=False, schema=dict.fromkeys(names, pl.String), separator=mark)
    return table.select(cell(pl.col(name)).alias(name) for name in names).collect()


@given(
    columns=st.lists(st.sampled_from([DIGITS, ANY]), min_size=3, max_size=3).flatmap(
        lambda kinds: st.lists(st.tuples(*kinds), min_size=1, max_size=6)
    ),
    mark=st.sampled_from(",;\t"),
    end=st.sampled_from(["\n", "\r\n"]),
    cut=st.booleans(),
    quoting=st.sampled_from([csv.QUOTE_MINIMAL, csv.QUOTE_ALL]),
)
def test_packed_fields_have_the_texts_of_the_cells(columns, mark, end, cut, quoting):
    out = io.StringIO()
    csv.writer(out, delimiter=mark, lineterminator=end, quoting=quoting).writerows(columns)
    text = (out.getvalue().removesuffix(end) if cut and columns[-1][-1] else out.getvalue()).encode()
    read = texts(text, NAMES, mark)
    packed = packed_fields(text, len(columns), NAMES, NAMES, mark)
    for column in packed:
        assert written(column).fill_null("").to_list() == read[column.name].fill_null("").to_list()
    plain = [
        name
        for name, cells in zip(NAMES, zip(*columns, strict=True), strict=True)
        if all(len(each) <= 5 and set(each) <= set("0123456789 ") for each in cells)
    ]
    if quoting == csv.QUOTE_MINIMAL and '"' not in text.decode():
        assert [column.name for column in packed] == plain


@pytest.mark.parametrize(
    ("text", "whole"),
    [
        (b"1,01\n12345,\n", ["a", "b"]),
        (b"1,2\r\n3,4\r\n", ["a", "b"]),
        (b"1,2\n3,", ["a", "b"]),
        (b"123456,1\n1,2\n", ["b"]),
        (b"-1,1\n1,2\n", ["b"]),
        (b"1.0,1\n1,2\n", ["b"]),
        (b'"1",1\n1,2\n', ["b"]),
        (b'"x, 1\n",1\n1,2\n', ["b"]),
        (b'"a""b",1\n1,2\n', ["b"]),
        (b'1""2,1\n1,2\n', ["b"]),
        (b"1\r2,1\n1,2\n", ["b"]),
        ("é,1\n1,2\n".encode(), ["b"]),
    ],
)
def test_a_column_is_packed_only_where_all_its_cells_are_few_digits(text, whole):
    packed = packed_fields(text, 2, ("a", "b"), ("a", "b"), ",")
    assert [column.name for column in packed] == whole
    read = texts(text, ("a", "b"), ",")
    assert all(
        written(column).fill_null("").to_list() == read[column.name].fill_null("").to_list() for column in packed
    )


def test_columns_that_nobody_asks_for_are_passed_over():
    (packed,) = packed_fields(b"1,x,3\n4,y,\n", 2, NAMES, ["c"], ",")
    assert packed.name == "c"
    assert written(packed).to_list() == ["3", ""]
