"""Rule kind `number`: the cell is the number.

    number: {top_code: 110, bottom_code: 0, min: 0, max: 120, scale: 0.01, intervals: {1939: 1939..1942}}

All are in the source's unit, before `scale`; only what an interval stands for is in ours. `top_code` and
`bottom_code` mean "this or more" and "this or less"; they bound nothing. `intervals`: a source code that
stands for several numbers; the value is the lower end and `<name>__low`, `<name>__high` are both ends.
"""

from __future__ import annotations

from dataclasses import dataclass
from math import inf
from typing import Any, NamedTuple

from harmonize.errors import Finding
from harmonize.lazily import pl
from harmonize.mapping.located import Block, Text
from harmonize.rules.cells import Cell, table
from harmonize.rules.codes import missing_of
from harmonize.rules.near import did_you_mean
from harmonize.rules.parts import Parts
from harmonize.rules.rule import Cells, CodesByColumn, Compiled, Source
from harmonize.rules.source_codes import Code, number_of, parse_code
from harmonize.rules.targets import Entry, given_twice
from harmonize.schema.variable import Variable

BOUNDS = ("top_code", "bottom_code", "min", "max", "scale")
KEYS = (*BOUNDS, "intervals")


class Interval(NamedTuple):
    """A source code, and the range that it stands for."""

    code: Code
    band: Code

    @property
    def codes(self) -> tuple[Code, ...]:
        """The one code."""
        return (self.code,)

    @property
    def value(self) -> tuple[float, float]:
        """Both ends of the range, infinite where it is open."""
        low, high = self.band.low, self.band.high
        return -inf if low is None else low, inf if high is None else high


@dataclass(frozen=True)
class NumberRule:
    """Bounds by name; what single codes stand for."""

    source: Source
    missing: tuple[Entry, ...]
    bounds: dict[str, float]
    intervals: tuple[Interval, ...] = ()

    @property
    def sources(self) -> tuple[Source, ...]:
        """The one column it reads."""
        return (self.source,)

    @property
    def targets(self) -> tuple[str | float, ...]:
        """Of its values only the missing ones are listed."""
        return tuple(entry.value for entry in self.missing)

    def codes(self) -> CodesByColumn:
        """The missing codes, and every number."""
        codes = [code for entry in self.missing for code in entry.codes]
        return {name: [Code("..", is_range=True), *codes] for name in self.source.names}

    def compile(self, cells: Cells, variable: Variable) -> Compiled:
        """Unmapped: no number, or outside the bounds of the rule or the variable, and not in `missing`."""
        cell = cells.cell(self.source, "number")
        missing, na = missing_of(cell, self.missing)
        raw, scale = cell.number, self.bounds.get("scale", 1.0)
        inside = pl.lit(True)
        if "min" in self.bounds:
            inside &= raw >= self.bounds["min"]
        if "max" in self.bounds:
            inside &= raw <= self.bounds["max"]
        scaled = raw * scale if scale != 1.0 else raw
        low = high = scaled
        if self.intervals:
            low, high = (pl.coalesce(self._ends(cell, end), scaled) for end in (0, 1))
        if variable.minimum is not None:
            inside &= low >= variable.minimum
        if variable.maximum is not None:
            inside &= low <= variable.maximum
        value = pl.when(inside & ~missing).then(low)
        unmapped = value.is_null() & ~missing
        if not self.intervals:
            return Compiled(value, unmapped, na=na)
        return Compiled(value, unmapped, na=na, low=value, high=pl.when(value.is_not_null()).then(high))

    def _ends(self, cell: Cell, end: int) -> pl.Expr:
        """The lower (0) or upper (1) end of the interval that the cell stands for, null where for none."""
        return table(cell, [(each.codes, each.value[end]) for each in self.intervals], pl.Float64())


def top_code(body: Any) -> float | None:
    """The highest number that a rule tells apart, in the variable's unit; None where it says none."""
    bounds: dict[str, float] = getattr(body, "bounds", {})
    return bounds["top_code"] * bounds.get("scale", 1.0) if "top_code" in bounds else None


def parse(parts: Parts) -> tuple[NumberRule | None, list[Finding]]:
    """`number: {...}`; `number: {}` where nothing is to be said."""
    source, findings = parts.one_source()
    block = parts.get("number")
    if parts.kind == "text":
        findings.append(parts.find(parts.where, "M023", "a number can't be of kind: text", "remove kind"))
    if not isinstance(block, Block):
        help = "number: {}, or e.g. number: {top_code: 90}"
        return None, [*findings, parts.find(block or parts.where, "M023", "number is a block", help)]
    bounds: dict[str, float] = {}
    intervals: list[Interval] = []
    for key, given in block.items():
        number = number_of(given) if isinstance(given, Text) else None
        if key == "intervals" and isinstance(given, Block):
            pairs, found = _intervals(parts, given)
            intervals += pairs
            findings += found
        elif key not in KEYS:
            findings.append(parts.find(key, "M018", f"'{key}' is not a key of number", did_you_mean(key, KEYS, "keys")))
        elif key == "intervals" or number is None or (key == "scale" and number <= 0):
            findings.append(parts.find(given, "M023", f"{key} can't be read", _example(key)))
        else:
            bounds[str(key)] = number
    if bounds.get("min", float("-inf")) > bounds.get("max", float("inf")):
        findings.append(parts.find(block.key("min"), "M023", "min is above max"))
    if source is None:
        return None, findings
    findings += given_twice(parts.missing, parts.variable, "number", parts.path)
    return NumberRule(source, tuple(parts.missing), bounds, tuple(intervals)), findings


def _example(key: str) -> str:
    return {"intervals": "e.g. {1939: 1939..1942}", "scale": "a number above 0"}.get(key, "a number")


def _intervals(parts: Parts, block: Block) -> tuple[list[Interval], list[Finding]]:
    pairs: list[Interval] = []
    findings: list[Finding] = []
    for key, given in block.items():
        code, found = parse_code(key, parts.path)
        band, more = parse_code(given, parts.path) if isinstance(given, Text) else (None, [])
        findings += found + more
        if code is None or code.is_range or code.low is None:
            findings.append(parts.find(key, "M023", f"'{key}' is not the number that stands for an interval"))
        elif band is None or not band.is_range or not band.is_number:
            if not more:
                findings.append(parts.find(given, "M023", "an interval is written 1939..1942"))
        else:
            pairs.append(Interval(code, band))
    return pairs, findings
