"""From the estimates of an indicator to the tables of its sheet: blocks, sections, lines.

A block is a series in a sample. A section of it is a set of groups (age groups, regions of birth); a
line is one group: all persons, migrants, non-migrants, their difference, and persons of unknown status. Of a
parity, what migrants have of what non-migrants have stands in the place of the difference; a line that compares
two other groups, women with men, does so of all persons, of migrants and of non-migrants. The totals of a series,
persons counted, are a block of their own after it.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

import polars as pl

from harmonize.estimate.table import COUNT
from harmonize.words import Words, words_in
from harmonize.words.names import DEFAULT_AND
from harmonize.words.words import category_ranks

ENGLISH = words_in("en")
STATUS = "migratory_status"
COMPARISON = "comparison"
COMPARED = "migrant:non_migrant"
COUNTED = "counted"
#: What tells one block from another: the first five are the series, the others the sample.
BLOCK = ("series", "status_of", "definition", "adjustment", COUNTED, "country", "year", "sample")
SERIES = 5
#: The definition that the default one is, by the basis of a sample.
BY_BASIS = {"nativity": "birth", "citizenship": "citizenship"}
#: The groups of columns, in their order.
GROUPS = ("everybody", "migrant", "non_migrant", "difference", "parity", "unknown")

Row = Mapping[str, Any]


@dataclass
class Line:
    """One group of persons: its label, and the row of the estimates for each group of columns."""

    label: str
    rows: dict[str, Row] = field(default_factory=dict)


@dataclass
class Section:
    """The groups of one set of dimensions beside migratory status (none: the total). title: the dimensions in words."""

    dimensions: tuple[str, ...]
    title: str
    lines: dict[tuple[str, ...], Line] = field(default_factory=dict)

    @property
    def groups(self) -> tuple[str, ...]:
        """The groups of columns that some line fills; the run has no table for the others."""
        return tuple(name for name in GROUPS if any(name in line.rows for line in self.lines.values()))

    def ordered(self) -> list[Line]:
        """The lines in the order of the categories, which no single table need show whole."""
        ranks = [category_ranks(name) for name in self.dimensions]
        return [
            self.lines[key]
            for key in sorted(
                self.lines,
                key=lambda key: [rank.get(each, len(rank)) for rank, each in zip(ranks, key, strict=True)],
            )
        ]


@dataclass
class Block:
    """A series in a sample. `first` is one of its rows, for what all of them have in common."""

    first: Row
    sections: dict[tuple[str, ...], Section] = field(default_factory=dict)

    @property
    def total(self) -> Line:
        """All persons of the universe, and migrants and non-migrants among them."""
        return next(iter(self.sections[()].lines.values())) if () in self.sections else Line("")

    def ordered(self) -> list[Section]:
        """The total, what compares other groups than migrants, then the groups in the order of the table."""
        places = {(): 0, (COMPARISON,): 1}
        return sorted(self.sections.values(), key=lambda section: places.get(section.dimensions, 2))

    @property
    def numbers(self) -> dict[tuple[Any, ...], tuple[Any, ...]]:
        """The numbers of each section, line and group of columns."""
        return {
            (dimensions, values, group): tuple(row[name] for name in ("estimate", "se", "n"))
            for dimensions, section in self.sections.items()
            for values, line in section.lines.items()
            for group, row in line.rows.items()
        }

    @property
    def basis(self) -> str:
        """The basis of migratory status, empty where there is none."""
        found = (row["basis"] for each in self.sections.values() for line in each.lines.values()
                 for row in line.rows.values())  # fmt: skip
        return next((basis for basis in found if basis), "")


def blocks(estimates: pl.DataFrame, words: Words = ENGLISH) -> list[Block]:
    """The blocks of one indicator, series by series. Every level, total, difference and parity is in one of them.

    What compares migrants with non-migrants comes first in each, otherwise the order is the table's.

    words: of labels. estimates: its rows of the tidy table, in their order. Ratios are left to the sheet Data.
    """
    shown = estimates.filter(
        pl.col("statistic").is_in(["level", "parity"])
        | ((pl.col("statistic") == "difference") & (pl.col("comparison") == COMPARED))
    ).with_columns((pl.col("unit") == COUNT).alias(COUNTED))
    places = {key: place for place, key in enumerate(shown.select(BLOCK).unique(maintain_order=True).iter_rows())}
    series = {name: place for place, name in enumerate(dict.fromkeys(key[:SERIES] for key in places))}
    found: dict[tuple[Any, ...], Block] = {}
    shown = shown.sort(~pl.col("disaggregation").str.contains(STATUS, literal=True), maintain_order=True)
    for row in shown.iter_rows(named=True):  # cells of tables, never persons
        key = tuple(row[name] for name in BLOCK)
        dimensions = () if row["disaggregation"] == "total" else tuple(row["disaggregation"].split("*"))
        others = tuple(name for name in dimensions if name != STATUS)
        between_others = row["statistic"] != "level" and row["comparison"] != COMPARED
        if between_others:
            others = (COMPARISON,)
        block = found.setdefault(key, Block(row))
        title = " × ".join(words.dimension(name) for name in others)
        section = block.sections.setdefault(tuple(sorted(others)), Section(others, title))
        values = tuple(row[name] for name in section.dimensions)
        label = ", ".join(words.category(name, row[name]) for name in section.dimensions) or words("Total")
        line = section.lines.setdefault(values, Line(label))
        if row["statistic"] != "level" and not between_others:
            group = row["statistic"]
        else:
            group = row[STATUS] if STATUS in dimensions else "everybody"
        line.rows[group] = row
    _join_default(found)
    return [found[key] for key in sorted(found, key=lambda key: (series[key[:SERIES]], places[key]))]


def _join_default(found: dict[tuple[Any, ...], Block]) -> None:
    """Leave out each block whose numbers are all in that of the default definition, which then names both."""
    at = BLOCK.index("definition")
    for key, own in list(found.items()):
        other = (*key[:at], BY_BASIS.get(own.basis, ""), *key[at + 1 :])
        if key[at] == "default" and other in found and found[other].numbers.items() <= own.numbers.items():
            own.first = {**own.first, "definition": f"{DEFAULT_AND}{other[at]}"}
            del found[other]
