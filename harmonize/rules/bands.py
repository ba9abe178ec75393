"""Rule kind `bands`: a number known only in classes. `bands: {0..4: 1, 5..9: 2, 85..: 18}`

The value is the lower end of the band; `<name>__low` and `<name>__high` are its ends, both included (infinite
where open). What needs a finer number than the band gives must look at them.
"""

from __future__ import annotations

from dataclasses import dataclass
from itertools import pairwise
from math import inf

from harmonize.errors import Finding
from harmonize.lazily import pl
from harmonize.mapping.located import Block, finding_at
from harmonize.rules.cells import table
from harmonize.rules.codes import missing_of
from harmonize.rules.parts import Parts
from harmonize.rules.rule import Cells, CodesByColumn, Compiled, Source
from harmonize.rules.source_codes import Code, overlaps, parse_code, parse_codes
from harmonize.rules.targets import Entry, given_twice
from harmonize.schema.variable import Variable

OVERLAP = "end one before the other begins: 46..54, then 55..64"


@dataclass(frozen=True)
class Band:
    """The numbers from low to high, both included, and the source codes that mean them."""

    low: float
    high: float
    codes: tuple[Code, ...]

    @property
    def value(self) -> tuple[float, float]:
        """Both ends."""
        return self.low, self.high


@dataclass(frozen=True)
class BandsRule:
    """Bands that do not overlap."""

    source: Source
    bands: tuple[Band, ...]
    missing: tuple[Entry, ...]
    kind: str | None = None

    @property
    def sources(self) -> tuple[Source, ...]:
        """The one column it reads."""
        return (self.source,)

    @property
    def targets(self) -> tuple[str | float, ...]:
        """Of its values only the missing ones are listed."""
        return tuple(entry.value for entry in self.missing)

    def codes(self) -> CodesByColumn:
        """The codes of the bands and of missing."""
        codes = [code for band in self.bands for code in band.codes]
        codes += [code for entry in self.missing for code in entry.codes]
        return dict.fromkeys(self.source.names, codes)

    def compile(self, cells: Cells, variable: Variable) -> Compiled:
        """Unmapped: a code of no band, and not in `missing`."""
        cell = cells.cell(self.source, self.kind)
        missing, na = missing_of(cell, self.missing)
        low = table(cell, [(band.codes, band.low) for band in self.bands], pl.Float64())
        high = table(cell, [(band.codes, band.high) for band in self.bands], pl.Float64())
        return Compiled(low, low.is_null() & ~missing, na=na, low=low, high=high)


def parse(parts: Parts) -> tuple[BandsRule | None, list[Finding]]:
    """`bands: {low..high: codes}`."""
    source, findings = parts.one_source()
    block = parts.get("bands")
    if not isinstance(block, Block) or not block:
        help = "e.g. {0..4: 1, 5..9: 2, 85..: 18}"
        return None, [*findings, parts.find(block or parts.where, "M023", "bands is a block", help)]
    bands: list[Band] = []
    entries: list[Entry] = []
    ours: list[Code] = []
    for key, given in block.items():
        ends, found = parse_code(key, parts.path)
        codes, more = parse_codes(given, parts.path)
        findings += found + more
        if ends is None:
            continue
        if not ends.is_number:
            findings.append(parts.find(key, "M023", f"'{key}' is not a band", "write 0..4, 85.. or one number"))
            continue
        for other, _ in overlaps(ours, [ends], numeric=True):
            findings.append(parts.find(key, "M023", f"the bands {other.text} and {ends.text} overlap", OVERLAP))
        ours.append(ends)
        least = parts.variable.minimum
        low = ends.low if ends.low is not None else -inf if least is None else least
        bands.append(Band(low, inf if ends.high is None else ends.high, tuple(codes)))
        entries.append(Entry(str(key), tuple(codes), key))
    if parts.where == parts.variable.name:  # of bands in a branch another branch may have the rest
        findings += _gaps(parts, ours)
    findings += given_twice([*entries, *parts.missing], parts.variable, parts.kind, parts.path)
    if source is None:
        return None, findings
    return BandsRule(source, tuple(bands), tuple(parts.missing), parts.kind), findings


def _gaps(parts: Parts, bands: list[Code]) -> list[Finding]:
    """M033: whole numbers between two bands."""
    findings = []
    closed = sorted((band for band in bands if band.low is not None), key=lambda band: (band.low, band.text))
    for band, following in pairwise([*(band for band in bands if band.low is None), *closed]):
        if band.high is not None and following.low is not None and following.low > band.high + 1:
            first, last = f"{band.high + 1:g}", f"{following.low - 1:g}"
            between = f"{first} has" if first == last else f"{first} to {last} have"
            message = f"{parts.variable.name}: {between} no band, between {band.text} and {following.text}"
            help = "are the ends of the bands as in the codebook?"
            findings.append(finding_at(parts.path, following.where, "M033", message, help, "warning"))
    return findings
