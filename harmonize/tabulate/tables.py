"""Tables: which dimensions each disaggregation crosses, and the cell code of a person in each."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

import polars as pl

from harmonize.errors import UsageError

TOTAL = "_T"

#: The dimension columns of the estimates table, always there, in this order.
DIMENSIONS = (
    "migratory_status", "nativity", "citizenship_status", "generation", "duration_of_stay",
    "reason_for_migration", "region_of_birth", "return_migrant", "sex", "age_group", "urban_rural",
)  # fmt: skip

#: The disaggregations of every run. The empty one is the total.
DEFAULT = (
    (), ("migratory_status",), ("nativity",), ("citizenship_status",), ("generation",), ("duration_of_stay",),
    ("reason_for_migration",), ("region_of_birth",), ("return_migrant",), ("migratory_status", "sex"),
    ("migratory_status", "age_group"), ("migratory_status", "urban_rural"),
    ("migratory_status", "sex", "urban_rural"),
)  # fmt: skip

#: Migratory status on each basis: the harmonised column, and its categories as migrant or not.
BASES: dict[str, tuple[str, dict[str, str]]] = {
    "nativity": ("nativity", {"foreign_born": "migrant", "native_born": "non_migrant"}),
    "citizenship": (
        "citizenship_status",
        {"foreign_citizen": "migrant", "stateless": "migrant", "citizen": "non_migrant"},
    ),
}
STATUS = ("migrant", "non_migrant", "unknown")


def status_column(basis: str) -> str:
    """The working column that holds migratory status on this basis."""
    return f"_status_by_{basis}"


def status_expressions(available: Iterable[str]) -> list[pl.Expr]:
    """Migratory status (Enum of STATUS) on every basis whose column there is."""
    have = set(available)
    return [
        pl.col(column)
        .cast(pl.String)
        .replace_strict(categories, default="unknown", return_dtype=pl.Enum(STATUS))
        .alias(status_column(basis))
        for basis, (column, categories) in BASES.items()
        if column in have
    ]


@dataclass(frozen=True)
class Table:
    """One disaggregation on one basis: dimensions, their columns and categories, first cell code."""

    dimensions: tuple[str, ...]
    basis: str
    columns: tuple[str, ...]
    categories: tuple[tuple[str, ...], ...]
    offset: int

    @property
    def disaggregation(self) -> str:
        """`total`, or the dimensions joined by `*`."""
        return "*".join(self.dimensions) or "total"

    @property
    def size(self) -> int:
        """How many cells the full cross has."""
        size = 1
        for values in self.categories:
            size *= len(values)
        return size

    @property
    def inner(self) -> int:
        """Cells under one category of the first dimension."""
        return self.size // len(self.categories[0]) if self.categories else 1

    @property
    def contrast(self) -> tuple[int, int, int]:
        """(step from a migrant's cell to the non-migrants', first and end code of migrants' cells)."""
        if not self.basis:
            return (0, 0, 0)
        return (self.inner, self.offset, self.offset + self.inner)

    def code(self) -> pl.Expr:
        """Int32 cell code of a person."""
        code = pl.lit(0, pl.Int32)
        for column, values in zip(self.columns, self.categories, strict=True):
            code = code * len(values) + pl.col(column).to_physical().cast(pl.Int32)
        return (code + self.offset).alias(f"_cell_{self.disaggregation}_{self.basis}")

    def label(self, code: int) -> dict[str, str]:
        """Dimension -> category of a cell code."""
        code -= self.offset
        found: dict[str, str] = {}
        for name, values in zip(reversed(self.dimensions), reversed(self.categories), strict=True):
            code, at = divmod(code, len(values))
            found[name] = values[at]
        return found


def tables_for(schema: Mapping[str, pl.DataType], by: Sequence[str]) -> tuple[list[Table], list[str]]:
    """The tables of a run, and the disaggregations whose dimensions this mapping lacks.

    schema: the harmonised columns with their types; by: further disaggregations, `a*b`.
    Raises UsageError for a dimension that is not a categorical variable.
    """
    wanted = list(DEFAULT)
    for text in by:
        dimensions = tuple(part.strip() for part in text.split("*") if part.strip())
        for name in dimensions:
            if name != "migratory_status" and name in schema and not isinstance(schema[name], pl.Enum):
                raise UsageError(f"--by {text}: {name} is not categorical", "group a number first, e.g. age_group")
        ordered = tuple(sorted(dimensions, key=lambda d: (d != "migratory_status", dimensions.index(d))))
        if len(set(ordered)) != len(ordered) or not ordered:
            raise UsageError(f"--by {text}: give each variable once, joined by *")
        if not any(set(ordered) == set(there) for there in wanted):
            wanted.append(ordered)
    tables: list[Table] = []
    missing: list[str] = []
    offset = 0
    for dimensions in wanted:
        bases = [b for b in BASES if BASES[b][0] in schema] if "migratory_status" in dimensions else [""]
        others = [d for d in dimensions if d != "migratory_status"]
        if not bases or any(d not in schema for d in others):
            missing.append("*".join(dimensions))
            continue
        for basis in bases:
            columns = tuple(status_column(basis) if d == "migratory_status" else d for d in dimensions)
            categories = tuple(STATUS if d == "migratory_status" else tuple(_categories(schema[d])) for d in dimensions)
            table = Table(dimensions, basis, columns, categories, offset)
            tables.append(table)
            offset += table.size
    if offset > 2**30:
        raise UsageError("--by crosses too many categories", "leave out a variable, or make two runs")
    return tables, missing


def _categories(dtype: pl.DataType) -> list[str]:
    assert isinstance(dtype, pl.Enum)
    return dtype.categories.to_list()
