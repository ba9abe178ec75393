"""A table of a run: which dimensions it crosses, what it compares, and the cell code of a person in it."""

from __future__ import annotations

from dataclasses import dataclass

import polars as pl

TOTAL = "_T"

#: The dimension columns of the estimates table, always there, in this order.
DIMENSIONS = (
    "migratory_status", "nativity", "citizenship_status", "generation", "duration_of_stay",
    "reason_for_migration", "region_of_birth", "return_migrant", "sex", "age_group", "urban_rural",
)  # fmt: skip


#: Dimensions by which migrants are told apart, beside migratory status.
OF_MIGRANTS = frozenset({
    "nativity", "citizenship_status", "generation", "duration_of_stay", "duration_detail", "reason_for_migration",
    "region_of_birth", "country_of_birth", "country_of_citizenship", "arrived_as_child", "born_abroad_citizen",
})  # fmt: skip


@dataclass(frozen=True)
class Table:
    """One disaggregation on one basis: dimensions, their columns and categories, first cell code.

    needs: the variables it takes. compared: categories of the first dimension whose cells are compared, the
    first with the second. series: the numbers of the series that it is for, None for all. definition: of a
    migrant. name: the disaggregation, where the dimensions stand in another order than in its name. standard: of
    a table that is not shown, what its cells by age are for: `age` or `age*sex`. status_of: `mother` or `head`
    where the migratory status is theirs.
    """

    dimensions: tuple[str, ...]
    basis: str
    columns: tuple[str, ...]
    categories: tuple[tuple[str, ...], ...]
    offset: int
    needs: tuple[str, ...] = ()
    compared: tuple[str, str] | None = None
    series: frozenset[int] | None = None
    definition: str = "default"
    name: str = ""
    standard: str = ""
    status_of: str = ""

    @property
    def of_migrants(self) -> bool:
        """Whether it tells migrants apart by something else than migratory status."""
        return bool(set(self.dimensions) & OF_MIGRANTS)

    def has(self, series: int) -> bool:
        """Whether the table has the series of this number."""
        return self.series is None or series in self.series

    @property
    def disaggregation(self) -> str:
        """`total`, or the dimensions joined by `*`."""
        return self.name or "*".join(self.dimensions) or "total"

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
        """(step from a first cell of a comparison to its second, first and end code of the first cells)."""
        if self.compared is None:
            return (0, 0, 0)
        first, second = (self.categories[0].index(category) for category in self.compared)
        start = self.offset + first * self.inner
        return ((second - first) * self.inner, start, start + self.inner)

    def code(self) -> pl.Expr:
        """Int32 cell code of a person."""
        code = pl.lit(0, pl.Int32)
        for column, values in zip(self.columns, self.categories, strict=True):
            code = code * len(values) + pl.col(column).to_physical().cast(pl.Int32)
        return (code + self.offset).alias(f"_cell_{self.offset}")

    def label(self, code: int) -> dict[str, str]:
        """Dimension -> category of a cell code."""
        code -= self.offset
        found: dict[str, str] = {}
        for name, values in zip(reversed(self.dimensions), reversed(self.categories), strict=True):
            code, at = divmod(code, len(values))
            found[name] = values[at]
        return found
