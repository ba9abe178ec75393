"""The text of a cell: stripped, blanks as null, decimal commas, implied decimals. Nothing is parsed here."""

from __future__ import annotations

import polars as pl

# rows that a value of a column stands for on average, at the least, where it is written out by value
_FEW = 4


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


def by_value(column: pl.Series, text: pl.Expr) -> pl.Series:
    """`text`, an expression over `column` alone, worked out once for each value where these are few whole numbers.

    Codes are: of 29 columns of a census it takes a quarter of the time of writing every number out.
    """
    frame = pl.DataFrame([column])
    numbers = whole_numbers(column)
    if numbers is None or numbers.null_count() == len(numbers):
        return frame.select(text).to_series()
    low, high = int(numbers.min()), int(numbers.max())  # type: ignore[arg-type]
    if (high - low) * _FEW > len(column):
        return frame.select(text).to_series()
    values = pl.Series([*range(low, high + 1), None], dtype=pl.Int64).cast(column.dtype).alias(column.name)
    texts = pl.DataFrame([values]).select(text).to_series()
    return texts.gather((numbers - low).fill_null(high + 1 - low))


def whole_numbers(column: pl.Series) -> pl.Series | None:
    """The column as Int64, null where it is null or NaN; None where it has anything but whole numbers."""
    if column.dtype.is_integer():
        return column.cast(pl.Int64, strict=False) if column.dtype != pl.UInt64 else None
    if not column.dtype.is_float():
        return None
    whole = column.cast(pl.Int64, strict=False)
    lost = whole.null_count() - column.fill_nan(None).null_count()  # infinite, or too large
    return whole if not lost and (column == whole).all() else None
