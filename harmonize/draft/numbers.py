"""Codes of a number by their labels: what is missing, top and bottom codes, intervals, or classes alone."""

from __future__ import annotations

import re

from harmonize.draft.categories import SURE_MISSING, SURE_NAMED
from harmonize.draft.proposal import Codes, Given
from harmonize.lint.label_words import missing_kind, says_or_more
from harmonize.plain_text import plain
from harmonize.rules.source_codes import number_of
from harmonize.schema.variable import UNKNOWN, Variable

BETWEEN = re.compile(
    r"^(?:entre |from |de |between )?(\d+)(?: years| anos| ans)?(?:-|–| to | a | y | and | et | e |\.\.| )+(\d+)\b"
)
OR_LESS = re.compile(
    r"\b(or|and|o|y|ou|et|e) (less|fewer|under|earlier|before|menos|antes|avant|moins)\b|\bbottom cod|^o antes$"
)
OR_MORE = re.compile(
    r"^(\d+)\s*(\+|(years )?(or|and) (more|over|older)|(anos )?y mas|o mas|(ans )?et plus|(anos )?ou mais)"
)
UNDER = re.compile(r"^(?:less than|under|menos de|moins de|menor(?:es)? de|menos que) (\d+)\b")
LESS = re.compile(
    r"^(\d+)( years| hours| anos| ans| horas| heures)? (and|or|y|o|et|ou|e) (under|less|younger|fewer|menos|moins)$"
)
OF_AGE = re.compile(r"^(aged?|edad|de edad|idade|de idade) (?=\d)")
POOL = re.compile(r"^((?:1[5-9]|20)\d\d)\s*[-–]\s*((?:1[5-9]|20)\d\d)\b")
ONE_YEAR = re.compile(r"^(?:1[5-9]|20)\d\d\b")
ALONE = re.compile(r"^(\d+)( (years?|anos?|ans?|piezas?|cuartos?|rooms?)( old)?)?$")


def number_codes(labels: dict[str, str], variable: Variable) -> Codes | None:
    """Of a number; None where most of the labels are not about one."""
    missing = [
        Given(code, label, kind, SURE_MISSING) for code, label in labels.items() if (kind := missing_kind(label))
    ]
    told = {code: label for code, label in labels.items() if missing_kind(label) is None}
    classes = {
        code: band
        for code, label in told.items()
        if (band := _band(label)) and not _itself(code, label) and _within(band, variable)
    }
    if len(told) > 2 and 2 * len(classes) > len(told):
        apart = _apart(classes)
        bands = [Given(code, told[code], band, SURE_NAMED) for code, band in apart.items()]
        return Codes((*bands, *missing), tuple((c, told[c]) for c in told if c not in apart), None, bands=True)
    number, unclear = _beside(told, variable)
    if len(unclear) > max(2, len(told) // 2):
        return None
    return Codes(tuple(missing), tuple(unclear), number)


def pooled_years(labels: dict[str, str]) -> Codes | None:
    """Of the years in which samples asked, by their names: `2017-2021, 5-year` asked in one of five, `2021 ACS` in that
    of its name, and so in no other than the sample's. None where no name tells of several years.
    """
    pools: dict[str, str] = {}
    single: list[Given] = []
    unclear: list[tuple[str, str]] = []
    for code, label in labels.items():
        if pool := POOL.match(label):
            pools[code] = f"{pool[1]}..{pool[2]}"
        elif ONE_YEAR.match(label):
            single.append(Given(code, label, UNKNOWN, SURE_NAMED))
        else:
            unclear.append((code, label))
    return Codes(tuple(single), tuple(unclear), {"intervals": pools}) if pools else None


def _beside(told: dict[str, str], variable: Variable) -> tuple[dict[str, object], list[tuple[str, str]]]:
    """`top_code`, `bottom_code` and `intervals`, and what the labels of other codes leave unclear."""
    tops: list[float] = []
    bottoms: list[float] = []
    intervals: dict[str, str] = {}
    unclear = []
    for code, label in told.items():
        value = number_of(code)
        if ".." in code:  # a range of codes, in dictionaries that list them so
            high = number_of(code.split("..")[1])
            if high is not None and "top cod" in plain(label):
                tops.append(high)
        elif value is None:
            unclear.append((code, label))
        elif says_or_more(label, value) or re.search(
            r"^\D*\b(y|and|or|et|ou|o) (mas|more|over|plus|mais)$", plain(label)
        ):
            tops.append(value)
        elif OR_LESS.search(plain(label)):
            bottoms.append(value)
        elif (between := BETWEEN.search(plain(label))) and float(between[1]) <= value <= float(between[2]) > float(
            between[1]
        ):
            intervals[f"{value:g}"] = f"{between[1]}..{between[2]}"
        elif not (_itself(code, label) or (value <= 1 and UNDER.search(plain(label)))):
            unclear.append((code, label))
    number: dict[str, object] = {}
    for key, ends, choose in (("bottom_code", bottoms, min), ("top_code", tops, max)):
        if ends and _within(f"{choose(ends):g}..", variable):
            number[key] = f"{choose(ends):g}"
    intervals = {code: band for code, band in intervals.items() if _within(band, variable)}
    return number | ({"intervals": intervals} if intervals else {}), unclear


def _apart(classes: dict[str, str]) -> dict[str, str]:
    """The classes, in their order, that share no number with one before them; the same class may come again."""
    ends: dict[str, tuple[float, float]] = {}
    kept = {}
    for code, band in classes.items():
        low, _, high = band.partition("..")
        mine = float(low), float(high or "inf")
        if all(band == other or mine[1] < ends[other][0] or ends[other][1] < mine[0] for other in ends):
            ends[band] = mine
            kept[code] = band
    return kept


def _within(band: str, variable: Variable) -> bool:
    """Whether the ends of a class are numbers that the variable can have."""
    least = float("-inf") if variable.minimum is None else variable.minimum
    most = float("inf") if variable.maximum is None else variable.maximum
    return all(least <= float(end) <= most for end in band.split("..") if end)


def _itself(code: str, label: str) -> bool:
    """Whether the label says the number itself, or the code is a range of them."""
    between = BETWEEN.search(plain(label))
    if between and int(between[1]) < int(between[2]):
        return ".." in code
    first = re.match(r"\d+\b", plain(label))
    number = number_of(code)
    return ".." in code or (first is not None and float(first[0]) == number) or (number == 0 and plain(label) == "none")


def _band(label: str) -> str | None:
    """The class that a label tells, as in a mapping."""
    said = OF_AGE.sub("", plain(label.replace("+", " and more")))
    if between := BETWEEN.search(said):
        return f"{int(between[1])}..{int(between[2])}" if int(between[1]) <= int(between[2]) else None
    if more := OR_MORE.search(said):
        return f"{int(more[1])}.."
    if under := UNDER.search(said):
        return f"0..{int(under[1]) - 1}" if int(under[1]) > 0 else None
    if less := LESS.search(said):
        return f"0..{int(less[1])}"
    alone = ALONE.search(said)
    return f"{int(alone[1])}..{int(alone[1])}" if alone else None
