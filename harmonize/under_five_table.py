"""under_five_mortality.csv: of each age group of mothers what the method of 3.2.1 found, and of when.

The headline is the row of mothers aged 25–34: the mean of q(5) and of the dates of its two age groups.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from datetime import date

import numpy as np
import polars as pl

from harmonize.measure import Measured
from harmonize.plan import Plan
from harmonize.protect.rules import CONF_STATUS, RULES
from harmonize.tabulate.table import TOTAL

NAME = "under_five_mortality.csv"
COLUMNS = (
    "country", "year", "sample", "disaggregation", "category", "basis", "mothers", "women", "parities", "family",
    "proportion_dead", "multiplier", "x", "q_x", "years_before", "reference_date", "q_5", "conf_status",
)  # fmt: skip

NUMBERS = ("women", "proportion_dead", "multiplier", "x", "q_x", "years_before", "q_5")


def under_five_table(measured: Sequence[Measured], plan: Plan) -> pl.DataFrame | None:
    """Rows of everybody and of each category of the dimensions one by one, None where nothing was estimated.

    women: unweighted; parities: whose the method took, `all_women` or `own_group`; q_x, q_5: probabilities from 0
    to 1; years_before: the census; reference_date: as a year with decimals; conf_status: as of the same
    cell in the estimates.
    """
    shown = [
        table
        for table in plan.tables
        if len(table.dimensions) < 2 and table.definition == "default" and not (table.standard or table.status_of)
    ]
    rows = []
    for one in measured:
        sample, country, year = one.key
        census = _census(plan.mapping.sample.reference_date, year)
        for found in one.under_five.rows if one.under_five else ():
            table = next((each for each in shown if 0 <= found["cell"] - each.offset < each.size), None)
            if table is None or (table.basis and table.basis != one.basis) or not one.plan.has_table(table):
                continue
            category = next(iter(table.label(found["cell"]).values()), TOTAL)
            rule = int(one.hidden.rules_of(np.array([found["cell"]]), found["series"])[0])
            # beside the number of its cell in the estimates each of these would give it back
            numbers = dict.fromkeys(NUMBERS) if rule else {name: _number(found[name]) for name in NUMBERS}
            if not rule:  # as the estimates have them, perhaps with noise
                at = int(np.searchsorted(one.ratios.cells, found["cell"]))
                numbers["women"] = int(one.ratios.n[at, found["series"]])
            rows.append(
                {name: found[name] for name in ("mothers", "parities", "family")}
                | numbers
                | {
                    "country": country, "year": year, "sample": sample, "disaggregation": table.disaggregation,
                    "category": category, "basis": table.basis,
                    "reference_date": None if rule else _number(census - found["years_before"]),
                    "conf_status": CONF_STATUS.get(list(RULES)[rule], "C"),
                }
            )  # fmt: skip
    if not rows:
        return None
    return pl.DataFrame(rows).select(COLUMNS)


def _census(day: str | None, year: int) -> float:
    """The day of the census as a year with decimals; the middle of the year where it is not stated."""
    if day:
        at = date.fromisoformat(day)
        return at.year + (at.timetuple().tm_yday - 1) / 365.25
    return year + 0.5


def _number(value: object) -> object:
    return None if isinstance(value, float) and math.isnan(value) else value
