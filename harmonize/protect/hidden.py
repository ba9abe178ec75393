"""Which numbers of a sample are not shown, and by which rule."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

import numpy as np
import numpy.typing as npt

from harmonize.protect.rules import RULES

Ints = npt.NDArray[np.int64]
Codes = npt.NDArray[np.uint8]
RESTS = "rests_on_another"
_NAMES = ["", *list(RULES)[1:]]


@dataclass(frozen=True)
class Hidden:
    """rule: (cells, series) the rule by which a cell is hidden, see rules.CODE; cells: their codes, ascending.

    unknown: the variables of which it is hidden for some series how many persons are unknown; migrants: whether it
    is hidden of the whole sample how many there are; totals: how many persons the series count whose total is hidden.
    standardised: (standard, series) -> codes of cells whose
    standardised rates are hidden.
    """

    cells: Ints
    rule: Codes
    unknown: frozenset[str] = frozenset()
    migrants: bool = False
    totals: frozenset[int] = frozenset()
    standardised: Mapping[tuple[str, int], frozenset[int]] = field(default_factory=dict)

    def rules_of(self, codes: Ints, s: int | slice) -> Codes:
        """The rule of each of some cells by its number, 0 where it is shown."""
        found: Codes = self.rule[np.searchsorted(self.cells, codes), s]
        return found

    def rules(self, codes: Ints, s: int, standard: str = "") -> list[str]:
        """The rule of each of some cells by its name, empty where it is shown. standard: of standardised rates."""
        rules = [_NAMES[number] for number in self.rules_of(codes, s)]
        if not standard:
            return rules
        without = self.standardised.get((standard, s), frozenset())
        return [RESTS if rule or int(code) in without else "" for rule, code in zip(rules, codes, strict=True)]

    def rules_of_pairs(self, first: Ints, second: Ints, s: int, standard: str = "") -> list[str]:
        """The same of comparisons: one that takes a hidden number is hidden."""
        both = zip(self.rules(first, s, standard), self.rules(second, s, standard), strict=True)
        return [RESTS if a or b else "" for a, b in both]
