"""The rows that compare groups, one row after the other and in plain Python; see whole.py beside this file.

Migrants with non-migrants by every definition, women with men, rural with urban residents. Of a comparison
the first dimension is that of the groups compared, and not in the cell.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from fractions import Fraction
from typing import Any

from tests.reference.estimates import Domain, cells_of, estimate_contrast, estimate_level, inside
from tests.reference.whole import Cell, Raw, Small, level_row, measured_samples

EDUCATION = ("4.3.1", "4.6.1")  # of those that whole.py has, the indicators that 4.5.1 compares
#: (sample, indicator, series, statistic, comparison, definition, disaggregation, cell)
Key = tuple[str, str, str, str, str, str, str, Cell]
Persons = list[dict[str, Any]]
DEFINITIONS = ("birth", "citizenship", "either", "recent")
BY_STATUS = ((), ("sex",), ("urban_rural",), ("sex", "urban_rural"))


def comparisons(small: Small, rows: Sequence[Raw]) -> dict[Key, dict[str, Any]]:
    """The numbers of every row that compares two groups."""
    found = {}
    for sample, persons, measurable in measured_samples(small, rows):
        for number, name in measurable:
            for label, comparison, definition, others in tables(persons[0]["labels"]):
                first, second = comparison.split(":")
                shown = [ours(name) for name in (label, *others)]
                # status comes first in a name, whatever is compared
                disaggregation = "*".join(sorted(shown, key=lambda each: each != "migratory_status"))
                for rest in cells_of(persons, others):
                    pair = contrast_rows(persons, f"{number} {name}", ((label, first), *rest), ((label, second), *rest))
                    cell = tuple(sorted((ours(name), value) for name, value in rest))
                    for statistic, row in pair.items():
                        row = row if small.weight else {**row, "se": None, "df": None}
                        where = (comparison, definition, disaggregation, cell)
                        if statistic == "ratio" and number in EDUCATION:
                            found[sample, "4.5.1", name, "parity", *where] = row
                        if comparison == "migrant:non_migrant":
                            found[sample, number, name, statistic, *where] = row
    return found


def tables(labels: dict[str, str]) -> Iterator[tuple[str, str, str, tuple[str, ...]]]:
    """What is compared: label, `first:second`, definition, and the other labels that are crossed."""
    if "migratory_status" in labels:
        for others in BY_STATUS:
            if set(others) <= set(labels):
                yield "migratory_status", "migrant:non_migrant", "default", others
    for definition in DEFINITIONS:
        for others in ((), ("sex",)):
            if {f"migrant by {definition}", *others} <= set(labels):
                yield f"migrant by {definition}", "migrant:non_migrant", definition, others
    for label, comparison in (("sex", "female:male"), ("urban_rural", "rural:urban")):
        for others in ((), ("migratory_status",)):
            if {label, *others} <= set(labels):
                yield label, comparison, "default", others


def ours(label: str) -> str:
    """The name of the dimension that a label fills."""
    return "migratory_status" if label.startswith("migrant by ") else label


def contrast_rows(persons: Persons, series: str, first: Cell, second: Cell) -> dict[str, dict[str, Any]]:
    """The difference in percentage points, and the ratio; nothing where one of the two counts nobody.

    No number where more than half of one are left out, and no ratio to nothing. Where all of one group are of
    one cluster, its share varies in a way that nothing tells: `se` is then not in the row.
    """
    domains = [Domain(persons, series, lambda person, c=cell: inside(person, c)) for cell in (first, second)]
    if not all(domain.n for domain in domains):
        return {}
    base, left_out = (sum((getattr(d, name) for d in domains), Fraction(0)) for name in ("base", "left_out"))
    shared = {
        "n": domains[0].n + domains[1].n,
        "n_numerator": domains[0].n_numerator + domains[1].n_numerator,
        "population": float(domains[0].population + domains[1].population),
        "left_out_share": float(left_out / base),
    }
    known = all((domain.left_out_share or 0) <= Fraction(1, 2) for domain in domains)
    found = estimate_contrast(persons, series, first, second)
    alone = any(lone(persons, series, cell) for cell in (first, second))
    rows = {}
    for statistic, factor in (("difference", 100), ("ratio", 1)):
        numbers: dict[str, Any] = {"estimate": None, "se": None, "df": None}
        if known and statistic in found:
            row = found[statistic]
            numbers = {"estimate": factor * row["estimate"], "se": factor * row["se"], "df": row["df"]}
            if alone:
                del numbers["se"]
        rows[statistic] = shared | numbers
    return rows


def lone(persons: Persons, series: str, cell: Cell) -> bool:
    """Whether the group is of one cluster a stratum, and so has no standard error."""
    level = estimate_level(persons, series, cell)
    return level is not None and level["df"] < 1 and level["se"] == 0 and 0 < level["estimate"] < 1


def levels_by_definition(small: Small, rows: Sequence[Raw]) -> dict[Key, dict[str, Any]]:
    """The level rows of every definition, of status and of status by sex."""
    found = {}
    for sample, persons, measurable in measured_samples(small, rows):
        for number, name in measurable:
            for definition in DEFINITIONS:
                label = f"migrant by {definition}"
                for dimensions in ((label,), (label, "sex")):
                    if not set(dimensions) <= set(persons[0]["labels"]):
                        continue
                    for cell in cells_of(persons, dimensions):
                        row = level_row(persons, f"{number} {name}", cell, sampled=bool(small.weight))
                        if row is not None:
                            shown = tuple(sorted((ours(each), value) for each, value in cell))
                            disaggregation = "*".join(ours(each) for each in dimensions)
                            found[sample, number, name, "level", "", definition, disaggregation, shown] = row
    return found
