"""Numbers of a csv that are read where they stand are those that the texts would be."""

from __future__ import annotations

import csv
import io

import polars as pl
import pytest
from hypothesis import given
from hypothesis import strategies as st

from harmonize.readers.as_numbers import AsNumbers
from harmonize.readers.csv_digits import numbers_of
from harmonize.readers.text import cell
from harmonize.readers.written import written

NAMES = ("code", "name", "amount")
WANTED = AsNumbers(*(frozenset([name]) for name in NAMES))
DIGITS = st.text("0123456789 ", max_size=6)
WHOLE = st.integers(0, 10**17).map(str)
DECIMAL = st.one_of(
    st.decimals(-(10**9), 10**9, places=4, allow_nan=False).map(str), st.text("-.0123456789", max_size=18)
)
ANY = st.text("01 \t,;\"'\n-.é", max_size=6)
FIELDS = st.sampled_from([DIGITS, WHOLE, DECIMAL, ANY, st.one_of(st.just(""), DIGITS, WHOLE, DECIMAL)])


def texts(text: bytes, names: tuple[str, ...], mark: str) -> pl.DataFrame:
    """The cells as they are read where no column is wanted as numbers."""
    table = pl.scan_csv(text, has_header=False, schema=dict.fromkeys(names, pl.String), separator=mark)
    return table.select(cell(pl.col(name)).fill_null("").alias(name) for name in names).collect()


@given(
    rows=st.lists(FIELDS, min_size=3, max_size=3).flatmap(
        lambda kinds: st.lists(st.tuples(*kinds), min_size=1, max_size=6)
    ),
    mark=st.sampled_from(",;\t"),
    end=st.sampled_from(["\n", "\r\n"]),
    cut=st.booleans(),
    quoting=st.sampled_from([csv.QUOTE_MINIMAL, csv.QUOTE_ALL]),
)
def test_what_is_read_as_numbers_says_the_same_as_the_texts(rows, mark, end, cut, quoting):
    out = io.StringIO()
    csv.writer(out, delimiter=mark, lineterminator=end, quoting=quoting).writerows(rows)
    text = (out.getvalue().removesuffix(end) if cut and rows[-1][-1] else out.getvalue()).encode()
    read = texts(text, NAMES, mark)
    found = numbers_of(text, len(rows), NAMES, WANTED, mark)
    for name in {"code", "name"} & found.keys():
        assert written(found[name]).fill_null("").to_list() == read[name].to_list()
    if "amount" in found:
        assert found["amount"].to_list() == [float(each) if each else None for each in read["amount"]]
    if '"' not in text.decode():
        codes, names, amounts = zip(*rows, strict=True)
        assert ("code" in found) == all(len(each) <= 5 and set(each) <= set("0123456789 ") for each in codes)
        assert ("name" in found) == all(
            not each or (set(each) <= set("0123456789") and len(each) <= 15 and str(int(each)) == each)
            for each in names
        )
        assert ("amount" in found) == all(
            not each
            or (
                set(each) <= set("-.0123456789")
                and "-" not in each[1:]
                and each.count(".") <= 1
                and 0 < sum(map(str.isdigit, each)) <= 15
            )
            for each in amounts
        )


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
def test_codes_are_packed_only_where_all_cells_of_a_column_are_few_digits(text, whole):
    found = numbers_of(text, 2, ("a", "b"), AsNumbers(codes=frozenset("ab")), ",")
    assert list(found) == whole
    read = texts(text, ("a", "b"), ",")
    assert all(written(column).fill_null("").to_list() == read[name].to_list() for name, column in found.items())


def test_columns_that_nobody_asks_for_are_passed_over():
    found = numbers_of(b"1,x,3\n4,y,\n", 2, ("a", "b", "c"), AsNumbers(codes=frozenset("c")), ",")
    assert {name: written(column).to_list() for name, column in found.items()} == {"c": ["3", ""]}


@pytest.mark.parametrize("text", [b"1\n", b"1\n2\n3\n"])
def test_other_rows_than_were_counted_are_left_to_the_texts(text):
    assert numbers_of(text, 2, ("a",), AsNumbers(codes=frozenset("a")), ",") == {}
