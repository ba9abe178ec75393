"""Which charts a series has: from its blocks to panels of dots."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence

from harmonize.report.dots import Dot, Panel
from harmonize.report.numbers import Row
from harmonize.report.release import Release
from harmonize.report.sentences import labels
from harmonize.report.square import Point
from harmonize.schema import NOT_APPLICABLE, UNKNOWN
from harmonize.words import Words
from harmonize.writers.workbook.blocks import COMPARISON, Block, Line, Section

#: The groups that are drawn, in this order; all others have tables alone.
BY_STATUS = ("sex", "urban_rural", "age_group")
STAY = "duration_of_stay"
DRAWN = (*BY_STATUS, STAY)
STATUSES = ("migrant", "non_migrant")


def panels_of(words: Words, block: Block) -> list[Panel]:
    """The total, then by sex, urban or rural, duration of stay and age: those that the run has."""
    parity = block.first["statistic"] == "parity"
    line = 1.0 if parity else None
    found = [Panel(words("Total"), [("", _dots(words, block.total, parity))], line)]
    if (COMPARISON,) in block.sections:
        found += _comparisons(words, block.sections[COMPARISON,])
    for dimension in BY_STATUS:
        section = block.sections.get((dimension,))
        if section is not None and (parity or set(STATUSES) & set(section.groups)):
            found.append(_by_status(words, section, parity))
    if (STAY,) in block.sections and not parity:
        found.insert(-1 if len(found) > 2 else len(found), _by_stay(words, block, block.sections[STAY,]))
    return [panel for panel in found if any(dot.row is not None for dot in panel.dots)]


def by_sample(words: Words, found: Sequence[Block], names: Sequence[str]) -> Panel:
    """The totals of several samples under each other."""
    parity = found[0].first["statistic"] == "parity"
    groups = [(name, _dots(words, block.total, parity)) for name, block in zip(names, found, strict=True)]
    return Panel(words("By sample"), groups, 1.0 if parity else None)


def points(found: Sequence[Block], release: Release) -> list[Point]:
    """The samples that have both levels, `CRI 2011`; with the name of the run where there are several of a year."""
    times = Counter((each["country"], each["year"]) for each in release.samples)

    def label(first: Row) -> str:
        several = times[first["country"], first["year"]] > 1
        which = f" {release.by_sample[first['sample']]['run'].name}" if several else ""
        return f"{first['country']} {first['year']}{which}".rstrip()

    return [
        Point(
            label(block.first), block.first["country"], block.first["year"], block.total.rows["migrant"],
            block.total.rows["non_migrant"],
        )
        for block in found
        if {"migrant", "non_migrant"} <= set(block.total.rows)
    ]  # fmt: skip


def _dots(words: Words, line: Line, parity: bool) -> list[Dot]:
    """Migrants and non-migrants; of a parity their comparison; everybody where nobody's status is known."""
    if parity:
        return [Dot("everybody", words("migrants to non-migrants"), line.rows.get("parity"))]
    if not set(STATUSES) & set(line.rows):
        return [Dot("everybody", words("everybody"), line.rows.get("everybody"))]
    return _by_group(words, line)


def _by_group(words: Words, line: Line) -> list[Dot]:
    return [
        Dot("migrant", words("migrants"), line.rows.get("migrant")),
        Dot("non_migrant", words("non-migrants"), line.rows.get("non_migrant")),
    ]


def _by_status(words: Words, section: Section, parity: bool) -> Panel:
    dimension = section.dimensions[0]
    groups = [
        (label, _dots(words, line, parity))
        for (value, label), line in zip(_named(words, section), section.ordered(), strict=True)
        if value not in (UNKNOWN, NOT_APPLICABLE)
    ]
    return Panel(words.dimension(dimension), groups, 1.0 if parity else None)


def _comparisons(words: Words, section: Section) -> list[Panel]:
    """Parities of other groups than migrants, women to men, among migrants and among non-migrants."""
    return [
        Panel(label, [("", _by_group(words, line))], 1.0)
        for (_, label), line in zip(_named(words, section), section.ordered(), strict=True)
        if set(STATUSES) & set(line.rows)
    ]


def _by_stay(words: Words, block: Block, section: Section) -> Panel:
    """Migrants by how long they have stayed, and non-migrants to compare with."""
    kind = "migrant" if block.basis == "nativity" else "everybody"
    dots = [
        Dot(kind, label, line.rows.get("everybody"))
        for (value, label), line in zip(_named(words, section), section.ordered(), strict=True)
        if value not in (UNKNOWN, NOT_APPLICABLE)
    ]
    others: Row | None = block.total.rows.get("non_migrant")
    if others is not None:
        dots.append(Dot("non_migrant", words("non-migrants"), others))
    return Panel(words.dimension(STAY), [("", dots)])


def _named(words: Words, section: Section) -> list[tuple[str, str]]:
    """The value and the label of each line, in the order of the lines."""
    values = {id(line): key for key, line in section.lines.items()}
    return [(values[id(line)][0], label) for line, label in zip(section.ordered(), labels(words, section), strict=True)]
