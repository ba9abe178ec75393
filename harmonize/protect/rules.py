"""Which cells are suppressed for themselves: few persons or households, one who dominates, sensitive counts."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence

import numpy as np
import numpy.typing as npt

from harmonize.estimate.about import SeriesMeta
from harmonize.estimate.taylor import Ratios
from harmonize.protect.protection import DOMINANCE, Protection
from harmonize.protect.relations import Cell, Pair

Ints = npt.NDArray[np.int64]
Bools = npt.NDArray[np.bool_]
Codes = npt.NDArray[np.uint8]

#: Why a cell is suppressed, as the release log calls it; the first that holds counts. What follows `few_households`
#: is of one series alone, so another series of the same persons may show the cell.
RULES = {
    "": "shown",
    "few_persons": "fewer persons than the minimum",
    "few_households": "fewer households than the minimum",
    "like_another": "differs from a cell under another definition by fewer persons than the minimum",
    "dominance": "one person has most of the amount",
    "few_in_numerator": "sensitive: fewer persons above the line than the minimum",
    "few_in_complement": "sensitive: all persons but fewer than the minimum are above the line",
    "group_disclosure": "sensitive: nobody, or everybody, is above the line",
    "secondary": "suppressed to protect another cell",
    "rests_on_another": "would give a suppressed number back: a comparison, a standardised rate or the like",
}
CODE = {name: number for number, name in enumerate(RULES)}
#: conf_status by rule; C of all others
CONF_STATUS = {"": "F", "like_another": "D", "secondary": "D", "rests_on_another": "D"}

_AS_STATUS = {"foreign_born": "migrant", "native_born": "non_migrant"}


def of_persons(n: Ints, households: Ints, protection: Protection) -> Codes:
    """(cells, series) the rule by which a cell has too few; 0 where it has enough or nobody. n, households: so too."""
    few = (n > 0) & (n < protection.min_count)
    narrow = (n > 0) & (households < protection.min_households)
    return np.where(few, CODE["few_persons"], np.where(narrow, CODE["few_households"], 0)).astype(np.uint8)


def first_of(rules: Codes) -> Codes:
    """(cells) of (cells, series): the first rule that holds of any of the series; 0 where none does."""
    first = np.where(rules > 0, rules, len(RULES)).min(axis=1, initial=len(RULES))
    return np.where(first < len(RULES), first, 0).astype(np.uint8)


def like_another(
    names: Sequence[Cell], n: Ints, first: str, least: int, within: Callable[[Pair, Pair], bool]
) -> list[tuple[int, int]]:
    """(cell, series) whose persons are those of a group by another definition of a migrant but for a few.

    Of two groups one of which is within the other, the one by the definition that comes later is taken: `first` is
    the column that comes first. n: (cells, series). within: whether all of a category are of another.
    """
    groups: dict[Cell, list[tuple[tuple[int, str], int, Pair]]] = {}
    for number, cell in enumerate(names):
        own = [pair for pair in cell if pair[0] == "nativity" or pair[0].startswith("_status_")]
        if len(own) == 1 and not own[0][0].endswith(("_of_head", "_of_mother")):
            column, value = own[0]
            rest = tuple(pair for pair in cell if pair != own[0])
            key = (("status", _AS_STATUS.get(value, value)), *rest)
            place = 0 if column.startswith(first) else 1 if column == "nativity" else 2
            groups.setdefault(key, []).append(((place, column), number, own[0]))
    found = []
    for group in groups.values():
        for at, (_, later, pair) in enumerate(in_order := sorted(group)):
            for _, earlier, other in in_order[:at]:
                apart = np.abs(n[later] - n[earlier])
                near = (apart > 0) & (apart < least) & (n[later] > 0) & (n[earlier] > 0)
                if near.any() and (within(pair, other) or within(other, pair)):
                    found += [(later, int(s)) for s in np.flatnonzero(near)]
    return found


def of_cells(found: Ratios, largest: Mapping[int, npt.NDArray[np.uint64]], protection: Protection) -> Codes:
    """(cells, series) the rule of `of_persons`, or dominance where one person has most of a sum of amounts.

    largest: see Largest.of.
    """
    rule = of_persons(found.n, found.households, protection)
    for s, most in largest.items():
        total = found.x[:, s].astype(np.float64)
        dominated = (total > 0) & (most.astype(np.float64) >= DOMINANCE * total)
        rule[:, s] = np.where((rule[:, s] == 0) & dominated, CODE["dominance"], rule[:, s])
    return rule


def sensitive(found: Ratios, s: int, meta: SeriesMeta, protection: Protection) -> tuple[Codes, Codes]:
    """(cells) the rule by which a sensitive series has too few above the line, and too few others; else 0."""
    n, x, least = found.n[:, s], found.n_numerator[:, s], protection.min_count
    certain = CODE["group_disclosure"] if protection.group_disclosure else 0
    above, others = (
        np.where((count > 0) & (count < least), CODE[name], np.where((n > 0) & (count == 0), certain, 0)).astype(
            np.uint8
        )
        for count, name in ((x, "few_in_numerator"), (n - x, "few_in_complement"))
    )
    # events, of which a person may have several, are not of persons of whom some have none
    return above, np.zeros_like(others) if meta.mean else others
