"""The text of a cell of an SPSS, Stata or SAS file: numbers, dates as ISO 8601, special missing values."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import datetime
from typing import Literal

import polars as pl

from harmonize.readers.text import cell, number_as_text

Kind = Literal["text", "number", "float32", "date", "datetime"]
# what pyreadstat calls a variable whose numbers are stored in 4 bytes
FLOAT32 = "float"


@dataclass(frozen=True)
class Calendar:
    """How a format stores dates: numbers since `origin`, of `a_day` and `a_second` to a day and a second.

    dates, datetimes: the display formats that are one. Times of day and durations are in neither: they stay
    the numbers that are stored. a_day is 1 where dates are days.
    """

    origin: datetime
    a_day: int
    a_second: int
    dates: re.Pattern[str]
    datetimes: re.Pattern[str]

    def kind(self, display: str | None, stored: str) -> Kind:
        """The kind of a variable with the display format `display` and pyreadstat's type `stored`."""
        if stored == "string":
            return "text"
        if self.dates.fullmatch(display or ""):
            return "date"
        if self.datetimes.fullmatch(display or ""):
            return "datetime"
        return "float32" if stored == FLOAT32 else "number"

    def text(self, value: pl.Expr, kind: Kind, dtype: pl.DataType, mark: pl.Expr, blank: tuple[str, ...]) -> pl.Expr:
        """The cell of a column `value` of type `dtype`; where it is null, the special missing value `mark`.

        Dates are YYYY-MM-DD, moments YYYY-MM-DD hh:mm:ss with microseconds. A float of 4 bytes is the
        shortest decimal that gives it back. Texts lose the blanks at their end, nothing else.
        """
        if kind == "text":
            return cell(value.str.strip_chars_end(" "), blank, strip=False)
        if kind == "float32":
            text = number_as_text(value.cast(pl.Float32), pl.Float32())
        elif kind == "number":
            text = number_as_text(value, dtype)
        else:
            stored = value.cast(pl.Float64)
            # whole numbers are divided: polars multiplies floats by the inverse, and 3723e9 / 1e9 is 3723.0000000000005
            if kind == "date":
                microseconds = (stored.floor().cast(pl.Int64, strict=False) // self.a_day) * 86_400_000_000
            else:
                microseconds = (stored * (1_000_000 // self.a_second)).round().cast(pl.Int64, strict=False)
            moment = pl.lit(self.origin, dtype=pl.Datetime("us")) + microseconds.cast(pl.Duration("us"))
            text = (moment.dt.date() if kind == "date" else moment).cast(pl.String)
        return cell(pl.coalesce(text, mark), blank, strip=False)
