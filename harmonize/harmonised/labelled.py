"""Categories as labelled whole numbers, and why a cell has no value as a missing value with a label.

A category is 1, 2, ... by its place in the schema. `unknown` and `not_applicable` are missing values of their
own, of numbers too, so that a cell without any is what the sample was not asked, and no `<name>__na` stands
beside a number. An end of a class that is infinite (`90 or more`) is the third missing value.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import contextmanager

import polars as pl
from pyreadstat import PyreadstatError, ReadstatError

from harmonize.harmonised.replicate_columns import REPLICATE
from harmonize.harmonised.rows import DESIGN
from harmonize.schema import NOT_APPLICABLE, UNKNOWN, VARIABLES
from harmonize.schema.places import PLACES
from harmonize.schema.variable import Variable
from harmonize.words import Words, words_in

ENGLISH = words_in("en")
OPEN = "open_ended"
REASONS = (UNKNOWN, NOT_APPLICABLE, OPEN)
# what a cell means that says there is no value; an open end is infinite, one way or the other
MISSING = {UNKNOWN: UNKNOWN, NOT_APPLICABLE: NOT_APPLICABLE, "inf": OPEN, "-inf": OPEN}
# below every number that the schema allows
SMALL = {UNKNOWN: -1, NOT_APPLICABLE: -2, OPEN: -3}
# of a variable that may be negative: an amount that nobody earns or owes
LARGE = {UNKNOWN: -999_999_999_999_997, NOT_APPLICABLE: -999_999_999_999_998, OPEN: -999_999_999_999_999}
_TITLES = dict(
    zip(DESIGN, ("Sample", "Household", "Person", "Stratum", "Cluster", "Weight of the person"), strict=True)
) | {
    "_include": "Whether the mapping includes the person",
    "_persons": "Persons of the dwelling",
    "_fpc": "Sampling fraction or size of the population, for the finite population correction",
}
_BESIDE = {"low": "lowest it may be", "high": "highest it may be", "na": "not asked of the person"}


def missing_codes(column: str) -> dict[str, int]:
    """Reason -> the whole number that no value of the column is; empty where a column has none."""
    variable, end = _parts(column)
    if variable is None or end == "na":
        return {}
    if variable.values:
        return {reason: SMALL[reason] for reason in (UNKNOWN, NOT_APPLICABLE)}
    codes = SMALL if variable.minimum is not None and variable.minimum >= 0 else LARGE
    if end == "high":
        return {OPEN: codes[OPEN]}
    reasons = () if end else (UNKNOWN, NOT_APPLICABLE)
    # what has a minimum has no class without a lower end
    return {reason: codes[reason] for reason in (*reasons, *((OPEN,) if variable.minimum is None else ()))}


def codes_of(column: str) -> dict[int, str]:
    """Code -> category (or what the cell means: `true`, `-inf`), of a column that is stored by codes."""
    variable, end = _parts(column)
    if column == "_include" or end == "na":
        return {1: "true", 0: "false"}
    if variable is None:
        return {}
    means = {OPEN: "inf" if end == "high" else "-inf"}
    reasons = {code: means.get(reason, reason) for reason, code in missing_codes(column).items()}
    return dict(enumerate(variable.categories, 1)) | reasons


def category_codes(column: str) -> list[str]:
    """What the cells of a column say where categories are stored by their names; none of numbers and text."""
    variable, end = _parts(column)
    if column == "_include" or end == "na":
        return ["true", "false"]
    return list(variable.values) if variable is not None else []


def coded_columns(columns: Iterable[str]) -> dict[str, dict[int, str]]:
    """Column -> code -> category, of those of the harmonised `columns` that are stored by codes."""
    return {column: codes for column in columns if not _is_reason(column) and (codes := codes_of(column))}


def labels_of(column: str, words: Words = ENGLISH) -> dict[float, str]:
    """Code -> words: `Costa Rica (CRI)`, `own account worker`."""
    return {code: label_of(meaning, words) for code, meaning in codes_of(column).items()}


def label_of(meaning: str, words: Words = ENGLISH) -> str:
    """The words of a category, or of what else a cell means."""
    place = PLACES.get(meaning)
    meaning = ({"true": "yes", "false": "no"} | MISSING).get(meaning, meaning)
    if place:
        return f"{words.place(meaning)} ({meaning})"
    return meaning.replace("_", " ") if words is ENGLISH else words.category("", meaning)


def title_of(column: str, words: Words = ENGLISH) -> str:
    """The title of a column, a variable's that of the schema; in plain letters: a backtick opens a macro in Stata."""
    return _title(column, words).replace("`", "")


def _title(column: str, words: Words) -> str:
    if column in _TITLES:
        return words(_TITLES[column])
    if column.startswith(REPLICATE):
        return words("Replicate weight {number} of the person", number=column.removeprefix(REPLICATE))
    name, _, end = column.partition("__")
    title = words(VARIABLES[name].title)
    return words("{name}: {value}", name=title, value=words(_BESIDE[end])) if end else title


def coded(rows: pl.DataFrame) -> pl.DataFrame:
    """Harmonised rows with categories and missing values as their codes: Int32, Float64 and String columns."""
    return rows.select(_coded(name, rows.columns) for name in kept(rows.columns))


def kept(columns: Sequence[str]) -> list[str]:
    """The columns that a file of labelled codes has of the harmonised `columns`."""
    return [name for name in columns if not _is_reason(name)]


def fitted(text: str, most: int, size: Callable[[str], int] = len) -> str:
    """The text, cut to `most` characters, or bytes, where it is longer: between words if it has any, and `...`."""
    if size(text) <= most:
        return text
    cut = text
    while size(cut) + 3 > most:
        cut = cut[:-1]
    whole = cut if text[len(cut)] == " " else cut.rpartition(" ")[0]
    return f"{(whole if 2 * len(whole) > len(cut) else cut).rstrip(' ,;:')}..."


def in_bytes(text: str) -> int:
    """Its length in UTF-8."""
    return len(text.encode())


@contextmanager
def writing() -> Iterator[None]:
    """Make what pyreadstat raises, of a full disk too, an OSError."""
    try:
        yield
    except (PyreadstatError, ReadstatError) as error:
        raise OSError(str(error)) from error


def _coded(column: str, columns: Sequence[str]) -> pl.Expr:
    value = pl.col(column)
    variable, end = _parts(column)
    if column == "_include" or end == "na":
        return value.cast(pl.Int32)
    if variable is None:
        return value
    if variable.values:
        codes = {category: code for code, category in codes_of(column).items()}
        return value.replace_strict(codes, default=None, return_dtype=pl.Int32)
    code = {reason: pl.lit(float(number)) for reason, number in missing_codes(column).items()}
    known = value.fill_nan(None)
    if OPEN in code:
        known = pl.when(known.is_infinite()).then(code[OPEN]).otherwise(known)
    if end:
        return known.alias(column)
    apart = pl.col(f"{column}__na") if f"{column}__na" in columns else pl.lit(False)
    why = pl.when(apart).then(code[NOT_APPLICABLE]).when(apart.is_not_null()).then(code[UNKNOWN])
    return pl.coalesce(known, why).alias(column)


def _is_reason(column: str) -> bool:
    """Whether the column tells what the missing values of a number tell here."""
    variable, end = _parts(column)
    return end == "na" and variable is not None and variable.kind == "number"


def _parts(column: str) -> tuple[Variable | None, str]:
    """The variable of a column, None where it is stored as it is; which end of a class it is."""
    name, _, end = column.partition("__")
    variable = VARIABLES.get(name)
    if variable is None or not (variable.values or variable.kind == "number"):
        return None, end
    return variable, end
