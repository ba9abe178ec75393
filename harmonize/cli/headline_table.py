"""The headline numbers as lines of a terminal, whatever its width: a row a series, or a line a group."""

from __future__ import annotations

import re
import textwrap
from collections.abc import Mapping, Sequence
from typing import Any

from rich.table import Table
from rich.text import Text

from harmonize.cli.tables import lines_of, plain_table
from harmonize.report.verdict import Verdict, verdict
from harmonize.writers.workbook.blocks import Line

WIDE = 120  # columns from which the difference with its interval joins
WIDEST = 1000  # more than any table has
LEAST_OF_NAMES = 18  # columns of a series' name, below which each group has a line of its own

Row = Mapping[str, Any]
Rows = Sequence[Mapping[str, Row]]


def table_lines(rows: Rows, groups: Mapping[str, str], level: float, width: int) -> list[str]:
    """The table, and what its letters mean. rows: see `headline`; groups: their words; level: of intervals."""
    what = _what(rows, level)
    table = _in_columns(rows, groups, what, width) or _by_lines(rows, groups, what, width)
    return [*table, *_legend(rows, width)]


def difference_lines(rows: Rows, level: float, width: int) -> list[str]:
    """In which series migrants differ by more than chance, where the table has no room for the differences.

    By the verdict of the report: one that is unreliable, or is between numbers one of which is, is not named.
    """
    if width >= WIDE:
        return []
    indicators = [_some(row)["indicator"] for row in rows]
    found: dict[Verdict, list[str]] = {each: [] for each in Verdict}
    for row in rows:
        of = row.get("difference")
        if of is None or of["ci_lower"] is None or of["ci_upper"] is None:
            continue
        name = str(of["indicator"])
        if indicators.count(of["indicator"]) > 1:
            name += f" {_series(of)}"
        found[verdict(Line("", dict(row)))].append(f"{name} ({of['estimate']:+,.{_decimals(of)}f})")
    words = ((Verdict.ABOVE, "higher among migrants"), (Verdict.BELOW, "lower among migrants"))
    sides = [f"{word}: {', '.join(found[side])}" for side, word in words if found[side]]
    others, be = ("the other differences", "are") if sides else ("each difference", "is")
    doubts = ((Verdict.NONE, "may be chance"), (Verdict.UNRELIABLE, f"{be} unreliable"))
    if why := [word for doubt, word in doubts if found[doubt]]:
        sides.append(f"{others} {' or '.join(why)}")
    if not sides:
        return []
    text = f" {'; '.join(sides)} ({level:g} %)"
    return textwrap.wrap(text, width, subsequent_indent="   ", break_on_hyphens=False)


def _in_columns(rows: Rows, groups: Mapping[str, str], what: str, width: int) -> list[str]:
    """A row a series, whose long names take several lines; nothing where there is no room for that."""
    wide = width >= WIDE and any("difference" in row for row in rows)
    shown = {**groups, **({"difference": "difference"} if wide else {})}
    lines = lines_of(_table(rows, shown, what, WIDEST), WIDEST)
    names = max(len(what), *(len(_words(_some(row))) for row in rows))
    beyond = max(map(len, lines)) - width
    if beyond <= 0:
        return lines
    return lines_of(_table(rows, shown, what, names - beyond), WIDEST) if names - beyond >= LEAST_OF_NAMES else []


def _table(rows: Rows, groups: Mapping[str, str], what: str, names: int) -> Table:
    """names: the columns that the name of a series may take."""
    table = plain_table("", "\n".join(_wrapped(what, names)), *groups.values(), "")
    for row in rows:
        some = _some(row)
        name = "\n".join(_wrapped(_words(some), names, "  "))
        cells = [Text(_cell(row.get(group))) for group in groups]
        table.add_row(Text(f" {some['indicator']}"), Text(name), *cells, Text(_mark(some)))
    return table


def _by_lines(rows: Rows, groups: Mapping[str, str], what: str, width: int) -> list[str]:
    """The name of a series on a line, then each group on one."""
    number, longest = max(len(_some(row)["indicator"]) for row in rows), max(map(len, groups.values()))
    cells = [[_cell(row.get(group)) for group in groups] for row in rows]
    room = width - longest - 2 - max(len(cell) for of_row in cells for cell in of_row)
    indent = " " * (number + 5 if room >= number + 5 else 3)
    lines = textwrap.wrap(what, width, initial_indent=" " * (number + 3), subsequent_indent=" " * (number + 3))
    for row, of_row in zip(rows, cells, strict=True):
        some = _some(row)
        name = f" {some['indicator']:{number}}  {_words(some)}  {_mark(some)}".rstrip()
        lines += textwrap.wrap(name, width, subsequent_indent=" " * (number + 5), break_on_hyphens=False) or [name]
        lines += [f"{indent}{words:{longest}}  {cell}" for words, cell in zip(groups.values(), of_row, strict=True)]
    return lines


def _wrapped(text: str, width: int, indent: str = "") -> list[str]:
    """Lines of at most this width; what stands in brackets stays together."""
    whole = re.sub(r"[(\[][^)\]]*[)\]]", lambda match: match[0].replace(" ", "\0"), text)
    lines = textwrap.wrap(whole, width, subsequent_indent=indent, break_on_hyphens=False)
    return [line.replace("\0", " ") for line in lines]


def _some(row: Mapping[str, Row]) -> Row:
    return next(iter(row.values()))


def _mark(row: Row) -> str:
    return "p" if row["measurement"] == "proxy" else ""


def _cell(row: Row | None) -> str:
    """`11.2  [7.8, 15.7] u`: never blank; `..` is suppressed, `-` has nobody in it."""
    if row is None:
        return "    -"
    if row["conf_status"] not in (None, "F"):
        return "   .."
    if row["estimate"] is None:
        return "    -"
    decimals = _decimals(row)
    text = f"{row['estimate']:5,.{decimals}f}"
    if row["ci_lower"] is not None and row["ci_upper"] is not None:
        text += f"  [{row['ci_lower']:,.{decimals}f}, {row['ci_upper']:,.{decimals}f}]"
    return text + (" u" if row["obs_status"] == "U" else "")


def _decimals(row: Row) -> int:
    return 1 if row["unit"] in ("percent", "percentage_points") else 2


def _words(row: Row) -> str:
    unit = "" if row["unit"] == "percent" else f" ({str(row['unit']).replace('_', ' ')})"
    return f"{_series(row)}{unit}"


def _series(row: Row) -> str:
    series = re.sub(r"(\d+)_(\d+)", r"\1-\2", str(row["series"])).replace("_plus", "+")
    return series.replace("_", " ")


def _what(rows: Rows, level: float) -> str:
    """The heading of the names: what the numbers beside them are."""
    shown = [cell for row in rows for cell in row.values()]
    percents = [cell["unit"] in ("percent", "percentage_points") for cell in shown]
    percent = "percent" if all(percents) else "percent unless said" if any(percents) else ""
    intervals = any(cell["ci_lower"] is not None for cell in shown)
    return f"{percent} {f'[{level:g} % CI]' * intervals}".strip()


def _legend(rows: Rows, width: int) -> list[str]:
    """What the letters of the table mean; only those that occur, each on one line with its words."""
    shown = [cell for row in rows for cell in row.values()]
    parts = []
    if any(cell["measurement"] == "proxy" for cell in shown):
        parts.append("p proxy: see methods.csv")
    if any(cell["conf_status"] not in (None, "F") for cell in shown):
        parts.append(".. suppressed")
    if any(cell["obs_status"] == "U" for cell in shown):
        parts.append("u unreliable: see below")
    lines: list[str] = []
    for part in parts:
        if lines and len(lines[-1]) + len(part) + 3 <= width:
            lines[-1] += f"   {part}"
        else:
            lines.append(f"   {part}")
    return lines
