"""A cell read by hand is what polars reads: blank, as a text, as a number."""

from __future__ import annotations

import polars as pl
import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from harmonize.by_hand.row import Cell, Columns
from harmonize.rules import cells
from harmonize.rules.extract_columns import ExtractColumns
from tests.by_hand.made_rows import ODD

NUMBER_LIKE = st.text("0123456789+-.,eE_ infaNx\u00a0\u0661\uff11\t\x1c", max_size=9)
WRITTEN = st.one_of(NUMBER_LIKE, st.text(max_size=4), st.floats().map(str), st.integers().map(str))


def by_hand(text: str | None, column: cells.Cell) -> tuple[bool, str | None, float | None]:
    cell = Cell(text, column, Columns(ExtractColumns(["A"])))
    return cell.blank, cell.text, cell.number


def by_engine(text: str | None, column: cells.Cell) -> tuple[bool, str | None, float | None]:
    frame = pl.DataFrame({"A": [text]}, schema={"A": pl.String})
    return frame.select(blank=column.blank, text=column.text, number=column.number).row(0)


@given(WRITTEN, st.booleans(), st.sampled_from([".", ","]))
@example("1e400", True, ".")
@example("1,5,5", True, ",")
def test_of_any_text(text: str, numeric: bool, decimal: str) -> None:
    column = cells.Cell("A", numeric, decimal)
    assert by_hand(text, column) == by_engine(text, column)


@pytest.mark.parametrize("numeric", [True, False])
@pytest.mark.parametrize("text", [None, *ODD])
def test_of_odd_texts(text: str | None, numeric: bool) -> None:
    column = cells.Cell("A", numeric)
    assert by_hand(text, column) == by_engine(text, column)


@pytest.mark.parametrize(
    ("text", "number"),
    [("1e5", 100000.0), ("+5", 5.0), (".5", 0.5), ("5.", 5.0), ("\u00a05", 5.0), ("1_000", None), ("\u0661", None),
     ("inf", None), ("nan", None), ("0x10", None), ("1e400", None), ("\x1c5", None), ("1 000", None), ("", None)],
)  # fmt: skip
def test_what_is_a_number(text: str, number: float | None) -> None:
    assert by_hand(text, cells.Cell("A", True))[2] == number


@pytest.mark.parametrize("text", ["-0", "-0.0", "-1e-400", "0"])
def test_zero_has_no_sign(text: str) -> None:
    """Else two cells of one value would come out as whichever of them is met first."""
    column = cells.Cell("A", True)
    assert (str(by_hand(text, column)[2]), str(by_engine(text, column)[2])) == ("0.0", "0.0")


def test_every_white_space_of_unicode_is_stripped_and_nothing_else() -> None:
    characters = [chr(code) for code in range(0x110000) if not 0xD800 <= code < 0xE000]
    stripped = pl.DataFrame({"A": characters}).select(blank=cells.Cell("A", True).blank)["blank"].to_list()
    assert [by_hand(character, cells.Cell("A", True))[0] for character in characters] == stripped
