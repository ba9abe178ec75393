"""Which tables a run makes of which series."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence

import polars as pl

from harmonize.indicators.availability import ages_of
from harmonize.indicators.model import Series
from harmonize.options import Options
from harmonize.tabulate.single_age import CATEGORIES as AGES
from harmonize.tabulate.single_age import NAME as SINGLE_AGE
from harmonize.tabulate.tables import Groups, Standard, Table, tables_for

Key = tuple[str, str]
FEW_YEARS = 10  # of a universe whose rates are standardised by single years of age


def tables_of_run(
    schema: Mapping[str, pl.DataType],
    by: Sequence[str],
    wanted: Sequence[Series],
    keys: Sequence[Key],
    options: Options,
    *,
    keyed: bool = True,
) -> tuple[list[Table], list[str]]:
    """The tables, and the disaggregations whose dimensions the mapping lacks.

    schema: the harmonised columns with their types; keys: (indicator, series) in the order of their numbers. keyed:
    whether households are told apart.
    """
    ages = {SINGLE_AGE: pl.Enum(AGES)} if options.standardise and "age" in schema else {}
    return tables_for(
        {**schema, **ages},
        by,
        series=len(keys),
        groups=_groups(wanted, keys, options),
        heads=keyed and "relationship_to_head" in schema,
        definitions=options.definitions,
        standards=[_standard(name, wanted, keys) for name in options.standardise],
    )


def _groups(wanted: Sequence[Series], keys: Sequence[tuple[str, str]], options: Options) -> Groups:
    """The numbers of the series that have tables of their own."""
    found = {each.key: each for each in wanted}

    def those(has: Callable[[Series], bool]) -> frozenset[int]:
        return frozenset(at for at, key in enumerate(keys) if key in found and has(found[key]))

    return Groups(
        those(lambda each: "parity" in each.contrasts),
        those(lambda each: each.also_by_mother),
        those(lambda each: each.status_of == "head"),
        # own parities are taken of every group
        those(lambda each: each.of_everybody and not (options.own_parities and bool(each.from_sums))),
        those(lambda each: each.since_arrival),
    )


def _standard(name: str, wanted: Sequence[Series], keys: Sequence[tuple[str, str]]) -> Standard:
    """The series that are standardised, over single years of age where their ages span ten years or less.

    Shares, and means of an amount a person: what else there is, is made of two sums, or decided when all were seen.
    """
    rates = {each.key: each for each in wanted if _is_rate(each)}
    one_by_one: set[int] = set()
    in_groups: set[int] = set()
    settled: set[int] = set()
    for at, key in enumerate(keys):
        if key in rates:
            low, high = ages_of(rates[key].base)
            few = high is not None and high - (low or 0) < FEW_YEARS
            (one_by_one if few else in_groups).add(at)
            if rates[key].since_arrival:
                settled.add(at)
    return Standard(name, frozenset(in_groups), frozenset(one_by_one), frozenset(settled))


def _is_rate(series: Series) -> bool:
    """Whether it is shown by a person's own migratory status, and each person counts once in it."""
    once = series.amount is None or (series.amount.per is None and not series.decided and not series.from_sums)
    return once and series.levels and series.status_of != "head" and not series.of_everybody
