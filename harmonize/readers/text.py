"""The text of a cell: stripped, blanks as null, decimal commas, implied decimals. Nothing is parsed here."""

from __future__ import annotations

import polars as pl


def implied_decimals(text: pl.Expr, decimals: int) -> pl.Expr:
    """Digits with `decimals` implied decimals as exact decimal text: `001475590000`, 4 -> `147559.0000`.

    Text that is not a whole number (blank, or with a point already) stays as it is.
    """
    digits = text.str.strip_prefix("-").str.strip_chars_start("0").str.zfill(decimals + 1)
    whole = digits.str.head(-decimals)
    sign = pl.when(text.str.starts_with("-")).then(pl.lit("-")).otherwise(pl.lit(""))
    moved = pl.concat_str(sign, whole, pl.lit("."), digits.str.tail(decimals))
    return pl.when(text.str.contains(r"^-?\d+$")).then(moved).otherwise(text)


def cell(text: pl.Expr, blank: tuple[str, ...] = (), decimal: str = ".", strip: bool = True) -> pl.Expr:
    """A cell `strip`ped, null if one of `blank`; `12,5` as `12.5` where the comma is the decimal."""
    text = text.str.strip_chars() if strip else text
    if decimal != ".":
        mark = "\\" + decimal
        text = text.str.replace(rf"^([+-]?\d*){mark}(\d+)$", "$1.$2")
    words = [word for word in blank if word]
    return pl.when(text.is_in(words)).then(None).otherwise(text) if words else text


def number_as_text(column: pl.Expr, dtype: pl.DataType) -> pl.Expr:
    """A typed column as text: whole floats without `.0` (SPSS and pandas make codes floats), NaN as null."""
    if dtype.is_float():
        whole = column.cast(pl.Int64, strict=False)
        exact = column.cast(pl.Float64) == whole.cast(pl.Float64)
        text = pl.when(exact.fill_null(False)).then(whole.cast(pl.String)).otherwise(column.cast(pl.String))
        return pl.when(column.is_nan()).then(None).otherwise(text)
    return column.cast(pl.String)
