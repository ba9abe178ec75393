"""The tables of a run: which disaggregations are made of every series, and which of some alone."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import NamedTuple

import polars as pl

from harmonize.errors import UsageError
from harmonize.tabulate.single_age import NAME
from harmonize.tabulate.statuses import (
    BASES,
    DEFINITIONS,
    STATUS,
    definition_column,
    head_column,
    mother_column,
    settled_column,
    status_column,
)
from harmonize.tabulate.table import DIMENSIONS, TOTAL, Table

__all__ = ["BASES", "DEFINITIONS", "DIMENSIONS", "STATUS", "TOTAL", "Groups", "Standard", "Table", "tables_for"]

#: The disaggregations of every run. The empty one is the total.
DEFAULT = (
    (), ("migratory_status",), ("nativity",), ("citizenship_status",), ("generation",), ("duration_of_stay",),
    ("reason_for_migration",), ("region_of_birth",), ("return_migrant",), ("migratory_status", "sex"),
    ("migratory_status", "age_group"), ("migratory_status", "urban_rural"),
    ("migratory_status", "sex", "urban_rural"),
)  # fmt: skip

#: What a parity compares beside migrants with non-migrants: the dimension, and the group that comes first.
PARITIES = (("sex", "female", "male"), ("urban_rural", "rural", "urban"))


#: What to name instead of a number that is grouped in variables of its own.
GROUPED = {"age": "name age_group or age_broad instead"} | dict.fromkeys(
    ("years_since_arrival", "year_of_arrival"), "name duration_of_stay or duration_detail instead"
)


class Groups(NamedTuple):
    """Numbers of the series that have tables of their own.

    parity: compare the sexes, and rural with urban; mother: also by the status of the mother; head: by that of
    the head alone, and of everybody; everybody: have no table but the total; settled: leave
    migrants who arrived within the last 12 months out of the migrants.
    """

    parity: frozenset[int] = frozenset()
    mother: frozenset[int] = frozenset()
    head: frozenset[int] = frozenset()
    everybody: frozenset[int] = frozenset()
    settled: frozenset[int] = frozenset()


class Standard(NamedTuple):
    """What rates are standardised for: `age` or `age*sex`. in_groups, one_by_one: the numbers of the series whose
    ages go by five-year groups, and by single years. settled: of both, those of Groups.settled.
    """

    name: str
    in_groups: frozenset[int]
    one_by_one: frozenset[int]
    settled: frozenset[int] = frozenset()


NO_GROUPS = Groups()


def tables_for(
    schema: Mapping[str, pl.DataType],
    by: Sequence[str],
    *,
    series: int = 0,
    groups: Groups = NO_GROUPS,
    heads: bool = True,
    definitions: bool = False,
    standards: Sequence[Standard] = (),
) -> tuple[list[Table], list[str]]:
    """The tables of a run, and the disaggregations whose dimensions this mapping lacks.

    schema: the harmonised columns with their types; by: further disaggregations, `a*b`. series: how many there are;
    groups: those with tables of their own; heads: whether the head of each household is known. definitions: also by
    DEFINITIONS. standards: also the cells by age that standardised rates are made of.
    Raises UsageError for a dimension that is not a categorical variable.
    """
    made = _Maker(schema)
    others = groups.head | groups.everybody
    for dimensions in _wanted(schema, by):
        every = frozenset(range(series))
        settled = groups.settled if "migratory_status" in dimensions and "duration_detail" in schema else frozenset()
        alone = (others if dimensions else frozenset()) | settled
        made.default(dimensions, every - alone if alone else None)
        if settled:
            made.default(dimensions, settled - others, settled=True)
    if groups.parity:
        for dimension, *compared in PARITIES:
            made.parity(dimension, (compared[0], compared[1]), groups.parity)
    if groups.mother and "nativity_of_mother" in schema:
        made.mother(groups.mother)
    if groups.head and heads:
        made.head(groups.head)
    if definitions:
        settled = groups.settled if "duration_detail" in schema else frozenset()
        alone = others | settled
        made.definitions(frozenset(range(series)) - alone if alone else None)
        if settled - others:
            made.definitions(settled - others, settled=True)
        if groups.head and heads:
            made.heads_definitions(groups.head)
    for standard in standards:
        made.standard(standard)
    if made.offset > 2**30:
        raise UsageError("--by crosses too many categories", "leave out a variable, or make two runs")
    return made.tables, made.missing


def _wanted(schema: Mapping[str, pl.DataType], by: Sequence[str]) -> list[tuple[str, ...]]:
    """The disaggregations of every run and those of `--by`, checked."""
    wanted: list[tuple[str, ...]] = list(DEFAULT)
    for text in by:
        dimensions = tuple(part.strip() for part in text.split("*"))
        if not all(dimensions):
            wrong = "a name is missing beside *" if any(dimensions) else "no variable is named"
            raise UsageError(f'--by "{text}": {wrong}', 'name a variable, or several joined by *, as "sex*age_group"')
        for name in dimensions:
            if name != "migratory_status" and name in schema and not isinstance(schema[name], pl.Enum):
                instead = GROUPED.get(name, "only categorical variables can be dimensions: name one of those")
                raise UsageError(f"--by {text}: {name} is a number, not categorical", instead)
        ordered = tuple(sorted(dimensions, key=lambda d: (d != "migratory_status", dimensions.index(d))))
        if len(set(ordered)) != len(ordered):
            raise UsageError(f"--by {text}: give each variable once, joined by *")
        if not any(set(ordered) == set(there) for there in wanted):
            wanted.append(ordered)
    return wanted


class _Maker:
    """The tables made so far, each with its range of cell codes."""

    def __init__(self, schema: Mapping[str, pl.DataType]) -> None:
        self.schema = schema
        self.tables: list[Table] = []
        self.missing: list[str] = []
        self.offset = 0

    def default(self, dimensions: tuple[str, ...], series: frozenset[int] | None, *, settled: bool = False) -> None:
        """The tables of a disaggregation, on every basis. series: those that it is for, None for all."""
        bases = self._bases(dimensions)
        if not bases and not settled:
            self.missing.append("*".join(dimensions))
        for basis in bases:
            compared = ("migrant", "non_migrant") if basis else None
            status = settled_column(status_column(basis)) if settled else status_column(basis)
            self._add(dimensions, basis, status, compared=compared, series=series)

    def parity(self, dimension: str, compared: tuple[str, str], series: frozenset[int]) -> None:
        """The tables that compare two groups, of everybody and within each migratory status."""
        for dimensions in ((dimension,), (dimension, "migratory_status")):
            name = "*".join(reversed(dimensions))
            for basis in self._bases(dimensions):
                self._add(dimensions, basis, status_column(basis), compared=compared, series=series, name=name)

    def mother(self, series: frozenset[int]) -> None:
        """By the migratory status of the mother, which is by nativity."""
        for dimensions in (("migratory_status",), ("migratory_status", "sex")):
            if set(dimensions[1:]) <= self.schema.keys():
                self._add(
                    dimensions, "nativity", mother_column(), needs=("nativity_of_mother",),
                    compared=("migrant", "non_migrant"), series=series, status_of="mother",
                )  # fmt: skip

    def head(self, series: frozenset[int]) -> None:
        """By the migratory status of the head of the household, on every basis."""
        for basis in self._bases(("migratory_status",)):
            self._add(
                ("migratory_status",), basis, head_column(status_column(basis)),
                needs=("relationship_to_head", BASES[basis][0]), compared=("migrant", "non_migrant"), series=series,
                status_of="head",
            )  # fmt: skip

    def definitions(self, series: frozenset[int] | None, *, settled: bool = False) -> None:
        """Migratory status by every other definition. series: those that it is for, None for all."""
        for definition, (needs, basis) in DEFINITIONS.items():
            status = definition_column(definition)
            for dimensions in (("migratory_status",), ("migratory_status", "sex")):
                if {*needs, *dimensions[1:]} <= self.schema.keys():
                    self._add(
                        dimensions, basis, settled_column(status) if settled else status, needs=needs,
                        compared=("migrant", "non_migrant"), series=series, definition=definition,
                    )  # fmt: skip

    def heads_definitions(self, series: frozenset[int]) -> None:
        """By the migratory status of the head of the household by every other definition."""
        for definition, (own, basis) in DEFINITIONS.items():
            needs = ("relationship_to_head", *own)
            if set(needs) <= self.schema.keys():
                self._add(
                    ("migratory_status",), basis, head_column(definition_column(definition)), needs=needs,
                    compared=("migrant", "non_migrant"), series=series, definition=definition, status_of="head",
                )  # fmt: skip

    def standard(self, wanted: Standard) -> None:
        """Migratory status on every basis by age, and sex, for the series of a standard; not shown."""
        others = ("sex",) if wanted.name == "age*sex" else ()
        settled = wanted.settled if "duration_detail" in self.schema else frozenset()
        for ages, series in (("age_group", wanted.in_groups), (NAME, wanted.one_by_one)):
            dimensions = ("migratory_status", *others, ages)
            for mine, arrived in ((series - settled, False), (series & settled, True)):
                for basis in self._bases(dimensions) if mine else ():
                    status = settled_column(status_column(basis)) if arrived else status_column(basis)
                    self._add(dimensions, basis, status, series=mine, standard=wanted.name)

    def _bases(self, dimensions: Sequence[str]) -> list[str]:
        """The bases on which the disaggregation can be; the empty one where it has no migratory status."""
        if any(d not in self.schema for d in dimensions if d != "migratory_status"):
            return []
        return [b for b in BASES if BASES[b][0] in self.schema] if "migratory_status" in dimensions else [""]

    def _add(
        self, dimensions: tuple[str, ...], basis: str, status: str, *, needs: tuple[str, ...] = (),
        compared: tuple[str, str] | None = None, series: frozenset[int] | None = None, definition: str = "default",
        name: str = "", standard: str = "", status_of: str = "",
    ) -> None:  # fmt: skip
        others = tuple(d for d in dimensions if d != "migratory_status")
        columns = tuple(status if d == "migratory_status" else d for d in dimensions)
        categories = tuple(
            STATUS if d == "migratory_status" else tuple(_categories(self.schema[d])) for d in dimensions
        )
        needed = needs or ((BASES[basis][0],) if basis else ())
        needed += tuple("age" if d == NAME else d for d in others)
        table = Table(
            dimensions, basis, columns, categories, self.offset, needed, compared, series, definition, name, standard,
            status_of,
        )  # fmt: skip
        self.tables.append(table)
        self.offset += table.size


def _categories(dtype: pl.DataType) -> list[str]:
    assert isinstance(dtype, pl.Enum)
    return dtype.categories.to_list()
