"""What a rule says, a line for each source code: the translation table of a variable.

A table such as IPUMS prints for its integrated variables: which codes of which column become which value. Lines are
in the order of the rule, so of branches the first that holds counts.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from typing import Any

from harmonize.rules.bands import BandsRule
from harmonize.rules.codes import CodesRule
from harmonize.rules.conditions import meaning
from harmonize.rules.number import NumberRule
from harmonize.rules.rule import Rule, Source
from harmonize.rules.source_codes import Code
from harmonize.rules.targets import Entry
from harmonize.rules.value import ValueRule
from harmonize.rules.when import WhenRule

ELSE = "else"
OUTSIDE = "outside the universe"


@dataclass(frozen=True)
class Line:
    """One line: a source code, or a range of them, and the value that it becomes.

    condition: of the branch it stands in, `else` of the last, empty outside `when`. column: the source column, several
    joined by ` or ` of which the first that an extract has is read; empty where none is. code: as the mapping writes
    it; empty where the value does not depend on one. label: what a lookup says of the code. line: in the file.
    test: the same for conditions that test the same, however they are written. number: the line of all numbers.
    numeric: the rule says that its codes are compared as numbers, whatever the extract; else its codebook may say text.
    """

    condition: str
    column: str
    code: str
    value: str
    label: str = ""
    line: int = 0
    source: Code | None = None
    test: str = ""
    number: bool = False
    numeric: bool = False


def translation(rule: Rule) -> list[Line]:
    """The lines of a rule of any kind."""
    if rule.unavailable is not None:
        return []
    if rule.through is not None:
        pointer, variable = rule.through
        return [Line("", "", "", f"{variable} of the {pointer}")]
    lines = list(_lines(rule.body, ""))
    if "others" in rule.universe:
        lines.append(Line(OUTSIDE, "", "", str(rule.universe["others"]), test=OUTSIDE))
    return lines


def universe_words(universe: dict[str, Any]) -> str:
    """`ages 15 to 64, foreign_born`: whom the form asked; empty for everybody."""
    low, high = universe.get("min_age"), universe.get("max_age")
    ages = {
        (True, True): f"ages {low} to {high}", (True, False): f"ages {low} and over",
        (False, True): f"ages up to {high}", (False, False): "",
    }[low is not None, high is not None]  # fmt: skip
    words = [ages, *(str(value) for key, value in universe.items() if key not in ("min_age", "max_age", "others"))]
    return ", ".join(word for word in words if word)


def _lines(body: Any, condition: str) -> Iterator[Line]:
    numeric = isinstance(body, NumberRule) or getattr(body, "kind", None) == "number"
    for line in _of_body(body, condition):
        yield replace(line, numeric=line.numeric or (numeric and line.source is not None))


def _of_body(body: Any, condition: str) -> Iterator[Line]:
    if isinstance(body, CodesRule):
        yield from _of_entries(body.entries, body.source, condition, body)
    elif isinstance(body, BandsRule):
        for band in body.bands:
            yield from _of_codes(band.codes, _span(band.low, band.high), body.source, condition)
        yield from _of_entries(body.missing, body.source, condition)
    elif isinstance(body, NumberRule):
        yield from _of_entries(body.missing, body.source, condition)
        yield from _of_number(body, condition)
    elif isinstance(body, ValueRule):
        yield Line(condition, "", "", _shown(body.value))
    elif isinstance(body, WhenRule):
        if body.missing:
            yield from _of_entries(body.missing, body.columns[0], condition)
        for branch in body.branches:
            own, test = ELSE, ELSE
            if branch.condition is not None:
                own, test = str(branch.condition.text), meaning(branch.condition.root)
            for line in _lines(branch.body, ""):
                inner = f" AND {line.condition}" if line.condition else ""
                yield replace(line, condition=f"{own}{inner}", test=f"{test} {line.test}".strip())


def _of_number(body: NumberRule, condition: str) -> Iterator[Line]:
    for code, band in body.intervals:
        yield _line(code, _span(band.low, band.high), body.source, condition)
    bounds, words = body.bounds, []
    if "scale" in bounds:
        words.append(f"times {_shown(bounds['scale'])}")
    words += [
        f"{name.replace('_', ' ')} {_shown(bounds[name])}" for name in ("bottom_code", "top_code") if name in bounds
    ]
    low, high = (_shown(bounds[name]) if name in bounds else "" for name in ("min", "max"))
    which = f"{low}..{high}" if low or high else "any number"
    yield Line(condition, _column(body.source), which, ", ".join(["the number", *words]), number=True)


def _of_entries(
    entries: Sequence[Entry], source: Source, condition: str, body: CodesRule | None = None
) -> Iterator[Line]:
    labels = body.lookup.labels if body is not None and body.lookup is not None else {}
    for entry in entries:
        for line in _of_codes(entry.codes, _shown(entry.value), source, condition):
            yield replace(line, label=labels[line.code][0]) if line.code in labels else line


def _of_codes(codes: Sequence[Code], value: str, source: Source, condition: str) -> Iterator[Line]:
    for code in codes:
        yield _line(code, value, source, condition)


def _line(code: Code, value: str, source: Source, condition: str) -> Line:
    return Line(condition, _column(source), code.text, value, line=code.where.line, source=code)


def _column(source: Source) -> str:
    return " or ".join(source.names)


def _span(low: float | None, high: float | None) -> str:
    ends = ["" if end is None or abs(end) == float("inf") else _shown(end) for end in (low, high)]
    return ends[0] if ends[0] == ends[1] else "..".join(ends)


def _shown(value: str | float) -> str:
    return value if isinstance(value, str) else f"{value:.15g}"
