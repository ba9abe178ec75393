"""How cells look: few kinds, the same on every sheet."""

from __future__ import annotations

from typing import Any

from xlsxwriter import Workbook
from xlsxwriter.format import Format

#: Its digits are 7 pixels wide, and those of Liberation Sans, which stands in for it where it is not there, too: so a
#: page holds as much in every program.
FONT = {"font_name": "Arial", "font_size": 10, "font_scheme": "none"}
GREY = "#6B6B6B"  # of an unreliable number: still readable in print
BAND = "#D9E2EC"
LIGHT = "#EEF2F6"
LINE = "#9AA5B1"

#: Units with other decimals than two. A ratio has three: its interval is read against 1, which 0.996 is not.
DECIMALS = {"count": 0, "percent": 1, "percentage_points": 1, "ratio": 3}


def decimals(unit: str) -> int:
    """With how many decimals a number of that unit is shown; `count` is of whole ones."""
    return DECIMALS.get(unit, 2)


class Formats:
    """The formats of one workbook; each is made once."""

    def __init__(self, workbook: Workbook) -> None:
        self._workbook = workbook
        self._made: dict[tuple[tuple[str, Any], ...], Format] = {}
        words = {"text_wrap": True, "valign": "top"}
        self.title = self._format(bold=True, font_size=14, **words)
        self.heading = self._format(bold=True, bg_color=BAND, **words)
        self.subheading = self._format(bold=True, **words)
        self.text = self._format(**words)
        self.link = self._format(font_color="#0B4F9E", underline=1, **words)
        self.group = self._format(bold=True, align="center", bg_color=LIGHT, left=1, left_color=LINE)
        self.label = self._format(align="left", indent=1, **words)
        self.section = self._format(bold=True, italic=True, top=1, top_color=LINE)

    def header(self, first: bool = False, number: bool = True) -> Format:
        """The heading of a column; `first`: of a group of columns, with a line at its left."""
        return self._format(
            bold=True, text_wrap=True, valign="top", bottom=1, bottom_color=LINE, bg_color=LIGHT,
            align="right" if number else "left", **_line(first),
        )  # fmt: skip

    def number(self, unit: str, unreliable: bool, first: bool) -> Format:
        """A number of that unit, `count` for whole ones. It stays a number: the `* (u)` is of its format."""
        digits = ("#,##0", "#,##0.0", "#,##0.00", "#,##0.000")[decimals(unit)]
        mark = '"* (u)"' if unreliable and first else _room(first)
        colour = {"font_color": GREY} if unreliable else {}
        return self._format(num_format=digits + mark, align="right", valign="top", **colour, **_line(first))

    def sign(self, first: bool) -> Format:
        """`..` or `-` in the place of a number; also a cell with nothing."""
        return self._format(num_format=f"@{_room(first)}", align="right", valign="top", **_line(first))

    def _format(self, **properties: Any) -> Format:
        key = tuple(sorted(properties.items()))
        if key not in self._made:
            self._made[key] = self._workbook.add_format(properties)
        return self._made[key]


def _line(first: bool) -> dict[str, Any]:
    return {"left": 1, "left_color": LINE} if first else {}


def _room(first: bool) -> str:
    """What a number leaves free at its right: in the first column of a group a `* (u)`, so that decimals align."""
    return "_*_ _(_u_)" if first else "_)"
