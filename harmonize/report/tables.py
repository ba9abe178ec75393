"""The tables: groups down, migratory status across; each number with its interval and the persons behind it."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from harmonize.report.element import Html, element, joined
from harmonize.report.numbers import MISSING, SUPPRESSED, Row, estimate, interval, is_hidden, is_told, is_unreliable
from harmonize.words import Words
from harmonize.writers.workbook.blocks import Line

COUNTED = ("everybody", "migrant", "non_migrant", "unknown")  # groups of columns that have an n


def group_words(words: Words, group: str) -> str:
    """The heading of a group of columns."""
    return {
        "everybody": words("Everybody"),
        "migrant": words("Migrants"),
        "non_migrant": words("Non-migrants"),
        "difference": words("Migrants − non-migrants"),
        "parity": words("Migrants ÷ non-migrants"),
        "unknown": words("Unknown status"),
    }[group]


def scrolling(table: Html, anchor: str) -> Html:
    """A table in a region that scrolls by itself, also from the keyboard. anchor: the id of its caption."""
    return element("div", table, class_="scroll", role="region", tabindex="0", aria_labelledby=anchor)


def plain_table(
    caption: str, anchor: str, heads: Sequence[str], rows: Sequence[Sequence[str]], numbers: int | None = None
) -> Html:
    """A table of texts; the first of each row is its heading. numbers: from which column on they are numbers.

    On a telephone each row is a list, its texts with the headings of their columns.
    """
    right = len(heads) if numbers is None else numbers

    def kind(at: int) -> str | None:
        return "number" if at >= right else None

    head = element("tr", [element("th", text, scope="col", class_=kind(at)) for at, text in enumerate(heads)])
    body = [
        element(
            "tr",
            element("th", row[0], scope="row"),
            [element("td", text, class_=kind(at), data_label=heads[at]) for at, text in enumerate(row[1:], 1)],
        )
        for row in rows
    ]
    table = element(
        "table", element("caption", caption, id=anchor), element("thead", head), element("tbody", body),
        class_="texts stacked",
    )  # fmt: skip
    return scrolling(table, anchor)


def numbers_table(
    words: Words,
    caption: str,
    anchor: str,
    first: str,
    lines: Sequence[tuple[str, Line]],
    groups: Sequence[str],
    heading: Callable[[str], str],
) -> Html:
    """A table of estimates.

    first: heading of the first column. lines: label and numbers. groups: of columns, those the run has a table of;
    a group without a row there has nobody. heading: of a group, what an estimate is, with its interval.
    """
    above = [
        element("th", group_words(words, each), scope="colgroup", colspan=len(_columns(each)), class_=f"first {each}")
        for each in groups
    ]
    below = [
        element(
            "th",
            heading(each) if column == "estimate" else words("persons"),
            scope="col",
            class_="number" + " first" * (place == 0),
        )
        for each in groups
        for place, column in enumerate(_columns(each))
    ]
    body = [
        element(
            "tr",
            element("th", label, scope="row"),
            [cells(words, line.rows.get(each), each) for each in groups],
        )
        for label, line in lines
    ]
    head = joined(
        element("tr", element("th", first, scope="col", rowspan=2), above),
        element("tr", below),
    )
    table = element("table", element("caption", caption, id=anchor), element("thead", head), element("tbody", body))
    return scrolling(table, anchor)


def cells(words: Words, row: Row | None, group: str) -> Html:
    """The cells of one group of columns."""
    counted = group in COUNTED
    if row is None:
        return joined(*[_sign(MISSING, place == 0) for place in range(1 + counted)])
    n = Html()
    if counted:
        n = _sign(SUPPRESSED, False) if is_hidden(row) else element("td", _count(words, row["n"]), class_="number")
    return joined(estimate_cell(words, row), n)


def estimate_cell(words: Words, row: Row | None, label: str | None = None) -> Html:
    """A number with its interval; grey with `(u)` where it is unreliable. label: of its column."""
    if row is None or not is_told(row):
        return _sign(MISSING if row is None else estimate(words, row), True, label)
    unsure = is_unreliable(row)
    texts = [
        element("span", estimate(words, row), class_="value"),
        " (u)" if unsure else "",
        " " if interval(words, row) else "",
        element("span", interval(words, row), class_="interval") if interval(words, row) else Html(),
    ]
    return element("td", texts, class_="number first unsure" if unsure else "number first", data_label=label)


def _columns(group: str) -> tuple[str, ...]:
    return ("estimate", "n") if group in COUNTED else ("estimate",)


def _sign(text: str, first: bool, label: str | None = None) -> Html:
    return element("td", text, class_="number sign first" if first else "number sign", data_label=label)


def _count(words: Words, number: int | None) -> str:
    return MISSING if number is None else words.count(int(number))
