"""Numbers of fixed-width records that are read where they stand are those that the texts would be."""

from __future__ import annotations

import polars as pl
import pytest
from hypothesis import given
from hypothesis import strategies as st

from harmonize.readers.as_numbers import AsNumbers
from harmonize.readers.ddi import CodebookVariable
from harmonize.readers.fixed_digits import numbers_of
from harmonize.readers.text import cell, implied_decimals
from harmonize.readers.written import FILLED, plain_numbers, written

WIDTHS = {"code": 5, "wide": 6, "name": 17, "amount": 19}
WANTED = AsNumbers(frozenset(["code", "wide"]), frozenset(["name"]), frozenset(["amount"]))


def layout(decimals: int) -> dict[str, CodebookVariable]:
    """The columns one after the other, after one byte that nobody asks for."""
    starts = {"code": 1, "wide": 6, "name": 12, "amount": 29}
    return {
        name: CodebookVariable(name, start=starts[name], width=width, decimals=decimals if name == "amount" else 0)
        for name, width in WIDTHS.items()
    }


def texts(text: bytes, variable: CodebookVariable) -> pl.Series:
    """The cells as they are read where the column is not wanted as numbers."""
    sliced = cell(pl.col("line").str.slice(variable.start, variable.width))
    made = implied_decimals(sliced, variable.decimals) if variable.decimals else sliced
    return pl.scan_lines(text, name="line").select(made.alias(variable.name)).collect().to_series()


def field(width: int) -> st.SearchStrategy[st.SearchStrategy[str]]:
    """How the fields of one column are written: the column is made of one of these."""
    whole = st.integers(0, 10**width - 1).map(str)
    few = st.integers(0, 10 ** min(width, 14) - 1).map(str)
    return st.sampled_from(
        [
            few.map(lambda each: each.zfill(width)),
            few.map(lambda each: each.rjust(width)),
            few.map(lambda each: each.ljust(width)),
            whole.map(lambda each: each.center(width)),
            st.sampled_from(["", "0", "00", "7", "07", "007", "1", "10"]).map(lambda each: each.rjust(width)),
            st.decimals(-(10**9), 10**9, places=4, allow_nan=False).map(lambda each: str(each)[:width].rjust(width)),
            st.text("0123456789-. ", min_size=width, max_size=width),
            st.text("0 7", min_size=width, max_size=width),
            st.tuples(st.text(" ", max_size=3), st.text("-.07", max_size=4)).map(
                lambda both: "".join(both)[:width].ljust(width)
            ),
            st.text("01 \t,+e-.A\r", min_size=width, max_size=width),
        ]
    )


def spaceless(field: str) -> str:
    return field.strip(" ")


def is_number(text: str) -> bool:
    """Whether an amount may come as a number: blank, or digits with at most a minus before and a point among them."""
    digits = text.removeprefix("-").replace(".", "", 1)
    significant = digits.lstrip("0")
    return not text or (digits.isdecimal() and len(significant) <= 15 and not (text[0] == "-" and not significant))


@given(
    rows=st.tuples(*map(field, WIDTHS.values())).flatmap(
        lambda kinds: st.lists(st.tuples(*kinds), min_size=1, max_size=6)
    ),
    decimals=st.sampled_from([0, 0, 2, 4, 20]),
    end=st.sampled_from(["\n", "\r\n"]),
)
def test_what_is_read_as_numbers_says_the_same_as_the_texts(rows, decimals, end):
    text = "".join("x" + "".join(row) + end for row in rows).encode()
    variables = layout(decimals)
    found = numbers_of(text, variables, WANTED)
    assert "wide" not in found
    for name in {"code", "name"} & found.keys():
        assert written(found[name]).fill_null("").to_list() == texts(text, variables[name]).to_list()
    if "amount" in found:
        as_text = texts(text, variables["amount"])
        assert found["amount"].to_list() == as_text.cast(pl.Float64, strict=False).to_list()
        assert found["amount"].is_null().to_list() == (as_text == "").to_list()
    codes, _, names, amounts = zip(*rows, strict=True)
    assert ("code" in found) == all(set(each) <= set("0123456789 ") for each in codes)
    assert ("name" in found) == all(is_number(each) and not set(each) & set("-.") for each in map(spaceless, names))
    assert ("amount" in found) == all(is_number(each) for each in map(spaceless, amounts))


def one(text: str, decimals: int = 0) -> pl.Series | None:
    """A file of one amount."""
    variables = {"w": CodebookVariable("w", start=0, width=len(text), decimals=decimals)}
    return numbers_of(f"{text}\n".encode(), variables, AsNumbers(amounts=frozenset("w"))).get("w")


@pytest.mark.parametrize(
    ("text", "decimals", "number"),
    [
        ("00000716", 2, 7.16),
        ("    -716", 2, -7.16),
        ("    7.16", 2, 7.16),
        ("      7.", 2, 7.0),
        ("       5", 4, 0.0005),
        ("        ", 2, None),
        ("999999999999999", 4, 99999999999.9999),
        ("000000000000000000017", 0, 17.0),
    ],
)
def test_decimals_are_implied_where_there_is_no_point(text, decimals, number):
    column = one(text, decimals)
    assert column is not None
    assert column.to_list() == [number]


@pytest.mark.parametrize("text", ["1000000000000000", "1e5", "+7", "--7", "7-", "1 7", ".", "-", "-0", "1.2.3", "inf"])
def test_amounts_that_are_written_in_any_other_way_are_left_to_the_texts(text):
    assert one(text) is None


def test_so_are_those_of_more_decimals_than_a_float_can_tell():
    assert one("7", 22) is not None
    assert one("7", 23) is None
    assert one("0." + "0" * 22 + "7") is None


def test_records_with_other_letters_than_ascii_are_left_to_the_texts():
    variables = {"w": CodebookVariable("w", start=0, width=2)}
    assert numbers_of("17é\n".encode(), variables, AsNumbers(amounts=frozenset("w"))) == {}


def test_a_field_beyond_the_end_of_the_records_is_left_to_the_texts():
    variables = {"w": CodebookVariable("w", start=1, width=2)}
    assert numbers_of(b"17\n18\n", variables, AsNumbers(amounts=frozenset("w"))) == {}


def test_numbers_filled_with_zeros_stay_apart_from_the_others():
    variables = {"h": CodebookVariable("h", start=0, width=3)}
    text = b" 17\n017\n 07\n007\n000\n  0\n 00\n   \n17 \n"
    column = numbers_of(text, variables, AsNumbers(names=frozenset("h")))["h"]
    assert written(column).to_list() == ["17", "017", "07", "007", "000", "0", "00", None, "17"]
    assert column.n_unique() == 8


def test_numbers_of_a_typed_file_are_never_filled_with_zeros():
    column = pl.Series("h", [3 * FILLED + 17, -3 * FILLED - 17, None, 5])
    numbers = plain_numbers(column, AsNumbers(names=frozenset("h")))
    assert written(numbers).to_list() == ["3000000000000017", "-3000000000000017", None, "5"]
    assert plain_numbers(column.head(1).cast(pl.UInt64), AsNumbers(names=frozenset("h"))) is None, "it is text"


def test_names_and_codes_with_implied_decimals_are_left_to_the_texts():
    variables = {name: CodebookVariable(name, start=0, width=2, decimals=1) for name in "ab"}
    assert numbers_of(b"17\n", variables, AsNumbers(codes=frozenset("a"), names=frozenset("b"))) == {}


def test_one_field_of_letters_in_thousands_leaves_its_column_alone_to_the_texts():
    variables = {name: CodebookVariable(name, start=at, width=1) for at, name in enumerate("abc")}
    rows = [b"123\n"] * 5000
    rows[3000] = b"1x3\n"
    found = numbers_of(b"".join(rows), variables, AsNumbers(codes=frozenset("abc")))
    assert {name: column.len() for name, column in found.items()} == {"a": 5000, "c": 5000}
    assert written(found["c"]).unique().to_list() == ["3"]
