"""Columns that look like weights, by name or label, and their sums."""

from __future__ import annotations

import math
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

import polars as pl

# as in the extracts that this project was tried on: PERWT HHWT ASECWT ASECWTH WTFINL WTSUPP HWTSUPP (IPUMS),
# PWGTP WGTP PWGTP1 (ACS), factor (INEGI), and what spells it out
_NAME = re.compile(r"weight|wei?gt|w(t|gt)p?h?\d*$|^h?wt(finl|supp)|^factor", re.IGNORECASE)
_LABEL = re.compile(
    r"\bweights?\b|factor(es)? de expansi|\bponderad?[oô]r|pond[ée]ration|\bpeso amostral", re.IGNORECASE
)
_NUMBERED = re.compile(r"(.*?\D)(\d+)")
FEWEST_REPLICATES = 4


@dataclass
class Weight:
    """One column that looks like a weight: its sum, and how many cells are no number, or zero or below."""

    column: str
    no_number: int = 0
    not_positive: int = 0
    _sums: list[float] = field(default_factory=list)

    def add(self, cells: pl.Series) -> None:
        """Take in the cells of a batch."""
        numbers = cells.cast(pl.Float64, strict=False)
        self.no_number += numbers.null_count()
        self.not_positive += int((numbers <= 0).sum())
        self._sums.append(float(numbers.sum()))

    @property
    def sum(self) -> float:
        """The sum over all records, to six decimals: beyond, it is the rounding of the additions."""
        return round(math.fsum(self._sums), 6)


def weight_columns(names: Sequence[str], labels: Mapping[str, str]) -> tuple[list[str], dict[str, list[str]]]:
    """The columns that look like weights, and apart from them the replicate weights: stem -> columns."""
    found = [name for name in names if _NAME.search(name) or _LABEL.search(labels.get(name, ""))]
    numbered: dict[str, list[str]] = {}
    for name in found:
        if match := _NUMBERED.fullmatch(name):
            numbered.setdefault(match[1], []).append(name)
    replicates = {stem: columns for stem, columns in numbered.items() if len(columns) >= FEWEST_REPLICATES}
    among = {name for columns in replicates.values() for name in columns}
    return [name for name in found if name not in among], replicates
