"""An attack from outside: what somebody who has estimates.csv alone can work out of its suppressed counts.

Nothing here is the project's own: relations are read off the labels of the rows and from what the words mean, and
go into one linear program. Everything that is published goes in: every n, weighted n, n of those above the line.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from itertools import combinations

import numpy as np
import polars as pl
from scipy.optimize import linprog
from scipy.sparse import coo_array

DIMENSIONS = (
    "migratory_status", "nativity", "citizenship_status", "generation", "duration_of_stay", "reason_for_migration",
    "region_of_birth", "return_migrant", "sex", "age_group", "urban_rural",
)  # fmt: skip
#: what the same persons are called: the words of the manual, not the data
BY_NATIVITY = [
    {("migratory_status", "migrant"), ("nativity", "foreign_born"), ("generation", "first")},
    {("migratory_status", "non_migrant"), ("nativity", "native_born")},
]
#: series that count the same persons, everybody or those of some ages
SAME = (
    (("1.4.1", "electricity"), ("7.1.1", "electricity"), None),
    (("4.6.1", "literacy_15_plus"), ("4.6.1", "literacy_15_24"), ("15_19", "20_24")),
    (("4.3.1", "participation_15_24"), ("4.5.1", "participation_15_24"), None),
)

#: series of persons of an age at which all may have lived abroad
ADULTS = {
    "unemployment", "neet", "manufacturing", "participation_15_24", "participation_25_64", "mean_hourly",
    "literacy_15_plus", "literacy_15_24", "informal_employment",
}  # fmt: skip

Cell = frozenset[tuple[str, str]]


class Outside:
    """One sample's levels as a reader has them. value: the count that is attacked, `n` or `n_numerator`."""

    def __init__(self, estimates: pl.DataFrame, basis: str = "nativity", value: str = "n") -> None:
        rows = estimates.filter(
            (pl.col("statistic") == "level")
            & (pl.col("definition") == "default")
            & (pl.col("adjustment") == "none")
            & (pl.col("status_of") == "self")
        )
        self.value = value
        self.names: dict[tuple[tuple[str, str], Cell], int] = {}
        self.known: dict[int, float] = {}
        self.row_of: dict[int, dict[str, object]] = {}
        self.equations: list[dict[int, float]] = []
        self.basis = basis
        for (indicator, series), own in rows.group_by("indicator", "series", maintain_order=True):
            self._read((str(indicator), str(series)), own)
        self._same_series()

    def _number(self, series: tuple[str, str], cell: Cell) -> int:
        return self.names.setdefault((series, cell), len(self.names))

    def _read(self, series: tuple[str, str], rows: pl.DataFrame) -> None:
        cells: dict[Cell, Mapping[str, object]] = {}
        dims_of: set[tuple[str, ...]] = set()
        further = rows.columns[rows.columns.index("urban_rural") + 1 : rows.columns.index("estimate")]
        for row in rows.iter_rows(named=True):
            cell = frozenset((name, str(row[name])) for name in (*DIMENSIONS, *further) if row[name] != "_T")
            cells[cell] = row
            dims_of.add(tuple(sorted(name for name, _ in cell)))
            number = self._number(series, cell)
            self.row_of[number] = row
            if row["conf_status"] == "F":
                self.known[number] = float(row[self.value])
        every: dict[tuple[str, ...], set[Cell]] = {}
        for dims in sorted(dims_of, key=len):
            own = [cell for cell in cells if tuple(sorted(name for name, _ in cell)) == dims]
            for size in range(len(dims) + 1):
                for kept in combinations(dims, size):
                    margin = {frozenset(pair for pair in cell if pair[0] in kept) for cell in own}
                    every.setdefault(kept, set()).update(margin)
        for dims, own_cells in every.items():
            for gone in dims:
                kept = tuple(name for name in dims if name != gone)
                whole: dict[Cell, dict[int, float]] = {}
                for cell in own_cells:
                    margin_cell = frozenset(pair for pair in cell if pair[0] in kept)
                    whole.setdefault(margin_cell, {self._number(series, margin_cell): -1.0})[
                        self._number(series, cell)
                    ] = 1.0
                self.equations += whole.values()
        self._natives(series, {cell for own_cells in every.values() for cell in own_cells})
        self._other_names(series, {cell for own_cells in every.values() for cell in own_cells})

    def _natives(self, series: tuple[str, str], cells: set[Cell]) -> None:
        """Of adults, who was born here has come back from abroad or has not; nobody is too young to."""
        native, unknown = frozenset({("nativity", "native_born")}), frozenset({("return_migrant", "unknown")})
        if series[1] in ADULTS and native in cells and unknown not in cells:
            parts = [frozenset({("return_migrant", answer)}) for answer in ("yes", "no")]
            told = {self._number(series, part): 1.0 for part in parts if part in cells}
            if told:
                self.equations.append(told | {self._number(series, native): -1.0})

    def _other_names(self, series: tuple[str, str], cells: set[Cell]) -> None:
        if self.basis != "nativity":
            return
        for cell in cells:
            for names in BY_NATIVITY:
                for pair in cell & names:
                    for other in names - {pair}:
                        twin = frozenset((cell - {pair}) | {other})
                        if twin in cells:
                            self.equations.append({self._number(series, cell): 1.0, self._number(series, twin): -1.0})

    def _same_series(self) -> None:
        for (first, cell), number in list(self.names.items()):
            for a, b, ages in SAME:
                if first != a or (b, cell) not in self.names:
                    continue
                if ages is None or any(("age_group", age) in cell for age in ages):
                    self.equations.append({number: 1.0, self.names[b, cell]: -1.0})

    def suppressed(self, status: str = "C") -> list[int]:
        """The numbers of the counts that are not shown."""
        return [number for number, row in self.row_of.items() if row["conf_status"] == status]

    def bounds(
        self, numbers: Iterable[int], known: Mapping[int, float] | None = None
    ) -> dict[int, tuple[float, float]]:
        """The least and the largest value of each count in any table that agrees with all that is published.

        known: counts that the reader knows besides.
        """
        known = self.known | dict(known or {})
        apart = _Groups()
        for equation in self.equations:
            apart.join(number for number in equation if number not in known)
        own: dict[int, list[dict[int, float]]] = {}
        for equation in self.equations:
            rest = [number for number in equation if number not in known]
            if rest:
                own.setdefault(apart.of(rest[0]), []).append(equation)
        programs = {group: _Program(equations, known, self._least) for group, equations in own.items()}
        return {number: programs[apart.of(number)].ends(number) for number in numbers if apart.of(number) in programs}

    def _least(self, number: int) -> float:
        """A row that is there has somebody in it."""
        return 1.0 if number in self.row_of and self.value == "n" else 0.0


class _Groups:
    """Which unknown counts hang together."""

    def __init__(self) -> None:
        self.above: dict[int, int] = {}

    def of(self, number: int) -> int:
        while self.above.setdefault(number, number) != number:
            number = self.above[number]
        return number

    def join(self, numbers: Iterable[int]) -> None:
        roots = [self.of(number) for number in numbers]
        for root in roots:
            self.above[root] = roots[0]


class _Program:
    """The equations of counts that hang together."""

    def __init__(
        self, equations: list[dict[int, float]], known: Mapping[int, float], least: Callable[[int], float]
    ) -> None:
        unknown = sorted({number for equation in equations for number in equation if number not in known})
        self.place = {number: i for i, number in enumerate(unknown)}
        rows, columns, values, right = [], [], [], []
        for row, equation in enumerate(equations):
            for number, sign in equation.items():
                if number not in known:
                    rows.append(row)
                    columns.append(self.place[number])
                    values.append(sign)
            right.append(-sum(sign * known[number] for number, sign in equation.items() if number in known))
        self.matrix = coo_array((values, (rows, columns)), shape=(len(right), len(unknown))).tocsr()
        self.right = right
        self.least = [least(number) for number in unknown]

    def ends(self, number: int) -> tuple[float, float]:
        """The least value of a count, and the largest if every row that is there has somebody in it."""
        found = []
        for sign, least in ((1.0, [0.0] * len(self.least)), (-1.0, self.least)):
            aim = np.zeros(len(self.least))
            aim[self.place[number]] = sign
            bounds = [(low, None) for low in least]
            answer = linprog(aim, A_eq=self.matrix, b_eq=self.right, bounds=bounds)
            assert answer.status in (0, 3), answer.message
            found.append(float(answer.x[self.place[number]]) if answer.status == 0 else np.inf)
        return found[0], found[1]
