"""Coale–Demeny model life tables to age 20: from q(x) to a level of a family, and from a level to q(5).

`coale_demeny.csv` holds q(x) for x = 1, 2, 3, 5, 10, 15, 20 by family (north, south, east, west), sex (both, male,
female) and level 1..25: 2,100 numbers. Source: United Nations (1990), Step-by-Step Guide to the Estimation of Child
Mortality, tables A.I.1 to A.I.12, as typed in the R package u5mr (R/u5mr_trussell.R at commit 0874fbe).

How they were checked. The tables for both sexes are (1.05 × male + female) ÷ 2.05, so each number is there twice
over: 690 of the 700 triples agree within rounding (1.6e-5). In the other ten one number is a misprint (or a slip in
typing), and which one is plain from q(2) and q(3), which split the deaths between 1 and 5 in the same proportions at
neighbouring levels, and from Coale and Demeny's own regressions (R demogR, cdmltw and its siblings) for q(5) and
above. The file has the number that the other two imply; printed → here:

north both L25 q3 .00963 → .00989; south both L12 q2 .21022 → .20122; south female L18 q3 .11411 → .11440;
south male L14 q5 .21099 → .21009; south female L7 q15 .41407 → .41046; south male L14 q20 .24261 → .24621;
west female L22 q2 .02740 → .02470; west both L25 q2 .00594 → .00600; west female L7 q3 .29885 → .29855;
west female L1 q20 .62507 → .62057.

The misprint in South, both sexes, level 12 is in u5mr's published Bangladesh example: its q(5) from mothers 20–24,
.2394, is .2477 with the number that the tables by sex imply.

No Python library was found that holds these tables. In R there are u5mr (these tables), demogR (the regressions, ages
0, 1, 5, 10 …, without q(2) and q(3)), MortCast and DemoToolsData (the UN's extended tables, by life expectancy).
"""

from __future__ import annotations

import csv
from functools import cache
from importlib import resources
from typing import Final

import numpy as np
import numpy.typing as npt

from harmonize.demography.brass_trussell import AGES_OF_CHILDREN, known

Floats = npt.NDArray[np.float64]

SEXES: Final = ("both", "male", "female")
LEVELS: Final = 25


class OutsideTables(ValueError):
    """A probability of dying higher than that of level 1 or lower than that of level 25 of the family."""


def level(q: float, x: int, family: str = "west", sex: str = "both") -> float:
    """The mortality level, 1 (highest mortality) to 25, with fraction, at which the family has q(x) = `q`.

    Linear in q(x) between neighbouring levels, as in Manual X and the Step-by-Step Guide.
    OutsideTables where no level has it; ValueError for an x, family or sex that the tables don't have.
    """
    column = probabilities(x, family, sex)
    if not column[-1] <= q <= column[0]:
        raise OutsideTables(
            f"q({x}) = {q:.5g} is outside the Coale–Demeny tables, family {family}, {sex}: they reach from "
            f"{column[-1]:.5f} (level 25) to {column[0]:.5f} (level 1). Leave this age group of mothers out, "
            "or check the children born and dead."
        )
    return float(np.interp(-q, -column, np.arange(1, LEVELS + 1, dtype=np.float64)))


def probability(at_level: float, x: int, family: str = "west", sex: str = "both") -> float:
    """q(x) of the family at a level, linear between whole levels; OutsideTables for a level not in 1..25."""
    if not 1 <= at_level <= LEVELS:
        raise OutsideTables(
            f"level {at_level:.5g} is outside the Coale–Demeny tables, which have levels 1 to {LEVELS}."
        )
    levels = np.arange(1, LEVELS + 1, dtype=np.float64)
    return float(np.interp(at_level, levels, probabilities(x, family, sex)))


def under_five(q: float, x: int, family: str = "west", sex: str = "both") -> float:
    """q(5), the probability of dying before age five, at the level at which the family has q(x) = `q`."""
    return probability(level(q, x, family, sex), 5, family, sex)


def probabilities(x: int, family: str = "west", sex: str = "both") -> Floats:
    """q(x) by level, shape (25,), falling from level 1 to level 25."""
    if x not in AGES_OF_CHILDREN:
        raise ValueError(f"the tables have q(x) at ages {', '.join(map(str, AGES_OF_CHILDREN))}, not at {x}.")
    if sex not in SEXES:
        raise ValueError(f"unknown sex '{sex}'; the tables are for {', '.join(SEXES)}.")
    return _tables()[known(family), sex][:, AGES_OF_CHILDREN.index(x)]


@cache
def _tables() -> dict[tuple[str, str], Floats]:
    rows: dict[tuple[str, str], list[list[float]]] = {}
    text = resources.files("harmonize.demography").joinpath("coale_demeny.csv").read_text(encoding="utf-8")
    for row in csv.DictReader(text.splitlines()):
        levels = rows.setdefault((row["family"], row["sex"]), [])
        levels.append([float(row[f"q{x}"]) for x in AGES_OF_CHILDREN])
    tables = {key: np.array(levels, np.float64) for key, levels in rows.items()}
    for table in tables.values():
        table.setflags(write=False)
    return tables
