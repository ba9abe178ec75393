"""Append to harmonize/writers/sdmx/groups.csv the groups that it lacks: each has a code of CUST_BREAKDOWN for good.

    python -m tools.build_sdmx_groups

A code that was given is never given to another group, nor taken back: files that are out there have it. A new group has
the next number of its block, `usual` until that is full and `further` then.
"""

from __future__ import annotations

import csv
from collections.abc import Iterator, Sequence
from itertools import product
from pathlib import Path

from harmonize.derivations import DERIVATIONS
from harmonize.schema import NOT_APPLICABLE, UNKNOWN, VARIABLES
from harmonize.tabulate.statuses import DEFINITIONS, STATUS
from harmonize.tabulate.tables import DIMENSIONS
from harmonize.writers.sdmx.breakdowns import WHOSE, group_name
from harmonize.writers.sdmx.codes import AGES, VARIANTS
from harmonize.writers.sdmx.groups import CROSSES, CROSSES_OF_MANY, FILE, code, registered

OUT = Path(__file__).parent.parent / "harmonize" / "writers" / "sdmx" / FILE
#: The numbers given, in order: those that DSD 1.4 has, less those of crosses, and those that later ones have.
USUAL = range(1, CROSSES.start)
FURTHER = range(CROSSES.stop, CROSSES_OF_MANY.start)
#: Topics of what an indicator measures, not of who somebody is.
MEASURED = ("fertility", "health", "housing", "income", "safety")


def usual() -> list[str]:
    """Of every run, and of `--by` a variable that tells who somebody is."""
    return list(dict.fromkeys([*_of_every_run(), *(name for name, rare in _singles() if not rare)]))


def further() -> list[str]:
    """What is rare: other places than that of birth, what indicators measure."""
    return [name for name, rare in _singles() if rare]


def every() -> list[str]:
    """All groups that have a code of their own."""
    return list(dict.fromkeys([*usual(), *further()]))


def _of_every_run() -> Iterator[str]:
    """The groups of the tables of every run, of --definitions and of the mother's and the head's status.

    Migrants are named where COMPOSITE_BREAKDOWN is of a skill; a series that the DSD can't tell from another has the
    variant before each.
    """
    alone = [{each: value} for each in DIMENSIONS if each not in AGES for value in _categories(each)]
    status = [{}, *({"migratory_status": each} for each in reversed(STATUS))]
    urban = [{}, {"urban_rural": UNKNOWN}, {"urban_rural": NOT_APPLICABLE}]
    crossed = [first | second for first, second in product(status, urban)]
    defined = [{"definition": each} | other for each, other in product(DEFINITIONS, status)]
    whose = [{"status_of": each} | other for each, other in product(WHOSE, status)]
    heads = [{"status_of": "head"} | each for each in defined]
    plain = [each for each in (*crossed, *alone, *defined) if each]
    yield from map(group_name, [*plain, *whose, *heads])
    for variant in VARIANTS.values():
        yield from (group_name({"variant": variant} | each) for each in ({}, *plain))


def _singles() -> Iterator[tuple[str, bool]]:
    """Each category of each dimension, and whether it is rare."""
    dimensions = dict.fromkeys(["migratory_status", *(each.NAME for each in DERIVATIONS), *VARIABLES])
    for dimension in dimensions:
        variable = VARIABLES.get(dimension)
        other = variable is not None and (
            variable.topic in MEASURED or (variable.kind == "place" and dimension != "country_of_birth")
        )
        for value in _categories(dimension) if dimension not in AGES else ():
            yield group_name({dimension: value}), other


def _categories(dimension: str) -> Sequence[str]:
    if dimension == "migratory_status":
        return STATUS
    derived = {each.NAME: each.CATEGORIES for each in DERIVATIONS}
    variable = VARIABLES[dimension].values if dimension in VARIABLES else ()
    return list(dict.fromkeys((*derived.get(dimension, ()), *variable)))


def main() -> None:
    """Append what is lacking."""
    given = registered()
    used, first = {*given.values()}, {*usual()}
    in_usual, in_further = ([code(n) for n in numbers if code(n) not in used] for numbers in (USUAL, FURTHER))
    with OUT.open("a", encoding="utf-8", newline="") as file:
        writer = csv.writer(file, lineterminator="\n")
        for name in every():
            if name not in given:
                block = in_usual if name in first and in_usual else in_further
                writer.writerow([block.pop(0), name])


if __name__ == "__main__":
    main()
