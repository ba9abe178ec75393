"""quality.csv: how good the data are, as demographers judge it, by migratory status.

A measure of a status is hidden where some of its persons are fewer than the minimum (C). Then the other statuses are
hidden too (D): with the total they would tell of the few. What is shown is told in steps of so many persons that no
exact count of them follows from it. Beside suppressed estimates a rounded count is too much: less the age groups that
are shown it leaves a suppressed one within half the base, and so does one of 23 to 62, in which seven groups are whole
and two are cut. So n is there told of all persons of a status alone, and chance, which follows from n, in wide steps.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import polars as pl

from harmonize.ledger import Ledger
from harmonize.measure import Measured
from harmonize.plan import Plan
from harmonize.protect.noisy import counts_rounded_to
from harmonize.protect.protection import Protection
from harmonize.quality.ages import BROAD, IN_CLASS, OLDEST
from harmonize.quality.asked import of_series
from harmonize.quality.coarse_ratio import class_width
from harmonize.quality.columns import SCHEMA
from harmonize.quality.heaping import HEAPED
from harmonize.quality.hiding import conf_statuses
from harmonize.quality.measures import HEAPING, Context, Reading, measures, of_sexes, why_no_heaping
from harmonize.quality.persons import Part, Persons, by_status
from harmonize.rules.number import top_code
from harmonize.tabulate.statuses import BASES
from harmonize.tabulate.table import TOTAL

DECIMALS = 4
PROTECTED_DECIMALS = {"whipple": 1, "myers": 1, "unknown_share": 2}


def quality_table(measured: Sequence[Measured], plan: Plan, ledger: Ledger, protection: Protection) -> pl.DataFrame:
    """A row a sample, measure, variable and migratory status, less statuses that nobody has.

    value: an index, males per 100 females, or a share from 0 to 1; chance: by how much chance alone moves an index;
    within: how far the exact value is at most, where it is told coarsely; n: the persons that it is of, unweighted, if
    told. Beside the columns of SCHEMA it has HEAPED.
    """
    rows = [row for one in measured for row in _rows(one, plan, ledger, protection)]
    return pl.DataFrame(rows, schema={**SCHEMA, HEAPED: pl.Boolean})


def _rows(one: Measured, plan: Plan, ledger: Ledger, protection: Protection) -> list[dict[str, object]]:
    sample, country, year = one.key
    keyed = bool(plan.mapping.keys.household)
    groups = by_status(ledger.quality, sample, one.basis, keyed=keyed)
    context = _context(groups, plan, protection)
    heaping = why_no_heaping(groups[TOTAL], context)
    rows = []
    for name, variable, measure in measures(of_series(one.plan, _with_rows(one))):
        about = {"country": country, "year": year, "sample": sample, "measure": name, "variable": variable}
        if name in HEAPING and heaping:
            rows.append(about | {"status": TOTAL, "conf_status": "F", "note": heaping})
            continue
        decides = one.basis and variable == BASES[one.basis][0] and name == "unknown_share"
        found = {
            status: reading
            for status, persons in groups.items()
            if not (decides and status != TOTAL)  # who is unknown by it has no status
            and (reading := measure(persons, context)) is not None
            and (reading.n or status == TOTAL)
        }
        told = {
            status: protection.method != "suppress" or reading.n == groups[status].everybody().persons
            for status, reading in found.items()
        }
        tells = variable if name == "unknown_share" else ""
        hides = conf_statuses(found, tells, one.hidden, one.basis, protection)
        for status, reading in found.items():
            rows.append(about | {"status": status} | _shown(name, reading, hides[status], context, told[status]))
    return rows


def _with_rows(one: Measured) -> set[tuple[str, str]]:
    return {each.series.key for each in one.resolved if each.status != "unavailable"}


def _context(groups: Mapping[str, Persons], plan: Plan, protection: Protection) -> Context:
    """An age above which all are in one class is as good as a top code."""
    everybody = groups[TOTAL]
    rule = plan.harmoniser.available.get("age")
    top = top_code(rule.body) if rule is not None else None
    if everybody.aged(0, -1, extra=[IN_CLASS["65_plus"]]).persons:
        oldest = max((age for age in range(OLDEST + 1) if everybody.of_ages([age]).persons), default=0)
        top = min(oldest + 1, OLDEST if top is None else top)
    if protection.method == "none":
        return Context(top)
    base, least = counts_rounded_to(protection), protection.min_count
    step = max(least, base)
    width = class_width((_of_known_sex(persons, ages) for persons in groups.values() for ages in ("", *BROAD)), step)
    return Context(top, step, width, base or least, least, noisy=base > 0)


def _of_known_sex(persons: Persons, ages: str) -> Part:
    male, female = of_sexes(persons, ages)
    return Part(male.persons + female.persons, 0, male.weight + female.weight)


def _shown(name: str, reading: Reading, status: str, context: Context, tell_n: bool) -> dict[str, object]:
    if status != "F":
        return {"value": None, "chance": None, "within": None, "n": None, "conf_status": status, "note": ""}
    decimals = PROTECTED_DECIMALS.get(name, 2) if context.base else DECIMALS
    value = None if reading.value is None else round(reading.value, decimals)
    n = context.rounded(reading.n) if tell_n else None
    chance = None if reading.chance is None else round(reading.chance, 1)
    return {
        "value": value, "chance": chance, "within": reading.within, "n": n, "conf_status": "F", "note": reading.note,
        HEAPED: reading.heaped,
    }  # fmt: skip
