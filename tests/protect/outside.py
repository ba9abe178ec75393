"""An attack from outside: what somebody who has estimates.csv alone can work out of its suppressed counts.

Nothing here is the project's own: relations are read off the labels of the rows and from what the words mean, and
go into one linear program. Everything that is published goes in: every n, weighted n, n of those above the line; that
a row is there; that a row suppressed for others has the minimum; and who, by the definitions, is counted among whom.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from itertools import combinations, permutations
from typing import Any

import numpy as np
import polars as pl
from scipy.optimize import linprog
from scipy.sparse import coo_array

MINIMUM = 10
DIMENSIONS = (
    "migratory_status", "nativity", "citizenship_status", "generation", "duration_of_stay", "reason_for_migration",
    "region_of_birth", "return_migrant", "sex", "age_group", "urban_rural",
)  # fmt: skip
#: what the same persons are called: the words of the manual, not the data
BY_NATIVITY = [
    {("migratory_status", "migrant"), ("nativity", "foreign_born"), ("generation", "first")},
    {
        ("migratory_status", "non_migrant"),
        ("nativity", "native_born"),
        ("region_of_birth", "native"),
        ("duration_of_stay", "not_applicable"),
    },
]
#: what may be the same persons, where nothing else is unknown: who is of unknown birthplace
BIRTHPLACE_UNKNOWN = [
    ("migratory_status", "unknown"), ("nativity", "unknown"), ("region_of_birth", "unknown"),
    ("duration_of_stay", "unknown"), ("reason_for_migration", "unknown"), ("generation", "unknown"),
]  # fmt: skip
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

#: whom a series counts, by its definition: of which ages, and what else they must be
EVERYBODY = (0, 200)
COUNTED: dict[str, tuple[tuple[int, int], frozenset[str]]] = {
    name: (ages, frozenset(words.split()))
    for name, ages, words in (
        ("health_insurance", EVERYBODY, ""),
        ("electricity", EVERYBODY, "housed"),
        ("clean_cooking", EVERYBODY, "housed"),
        ("internet", EVERYBODY, "housed"),
        ("internet_use", EVERYBODY, "housed"),
        ("sewer_or_septic", EVERYBODY, "housed"),
        ("piped_water", EVERYBODY, "housed asked_for_water"),
        ("all_asked", EVERYBODY, "housed"),
        ("below_half_median", EVERYBODY, "income"),
        ("national_poverty", EVERYBODY, "income line"),
        ("literacy_15_plus", (15, 200), ""),
        ("literacy_15_24", (15, 24), ""),
        ("participation_15_24", (15, 24), ""),
        ("participation_25_64", (25, 64), ""),
        ("neet", (15, 24), ""),
        ("completion_primary", (14, 16), ""),
        ("completion_lower_secondary", (17, 19), ""),
        ("completion_upper_secondary", (20, 22), ""),
        ("ever_in_union_15_17", (15, 17), ""),
        ("child_labour", (15, 17), ""),
        ("unemployment", (15, 200), "labour_force"),
        ("manufacturing", (15, 200), "labour_force employed"),
        ("informal_employment", (15, 200), "labour_force employed"),
        ("mean_hourly", (15, 200), "labour_force employed paid"),
        ("median_hourly", (15, 200), "labour_force employed paid"),
        ("mean_hourly_hours_weighted", (15, 200), "labour_force employed paid"),
    )
}
#: who has these traits is not above the line of this series
NOT_ABOVE = {"employed": "unemployment"}

Cell = frozenset[tuple[str, str]]


class Outside:
    """One sample's levels as a reader has them. value: the count that is attacked, `n` or `n_numerator`."""

    def __init__(
        self, estimates: pl.DataFrame, basis: str = "nativity", value: str = "n", plain: pl.DataFrame | None = None
    ) -> None:
        """plain: unprotected. Some of those whom a definition counts did not answer; where it shows there that a
        series is for that reason not within another, it is not taken to be.
        """
        rows = estimates.filter(
            (pl.col("statistic") == "level")
            & (pl.col("definition") == "default")
            & (pl.col("adjustment") == "none")
            & (pl.col("status_of") == "self")
        )
        self.value = value
        #: whether it is used for the lower end too that rows are there, and at all that those suppressed are few
        self.rows_tell = True
        #: counts that are told beside the tables, whatever is suppressed
        self.told: dict[int, float] = {}
        self.names: dict[tuple[tuple[str, str], Cell], int] = {}
        self.known: dict[int, float] = {}
        self.row_of: dict[int, dict[str, object]] = {}
        self.equations: list[dict[int, float]] = []
        self.basis = basis
        for (indicator, series), own in rows.group_by("indicator", "series", maintain_order=True):
            self._read((str(indicator), str(series)), own)
        self._same_series()
        #: what happens to be the same persons in the data; a reader does not know it
        self.alike: list[dict[int, float]] = []
        #: each a sum of counts, and what it is at most
        self.orders: list[tuple[dict[int, float], float]] = []
        #: suppressed as fewer persons than the minimum: who sees that no other rule hid anything knows it
        self.few: set[int] = set()
        if plain is not None and value != "n_numerator":
            self._order(Outside(plain, basis, value), Outside(plain, basis, "n_numerator"))
        #: suppressed, and not few
        self.many: set[int] = set()
        if plain is not None and value != "population":
            truth = Outside(plain, basis, value)
            for key, number in self.names.items():
                count = truth.known.get(truth.names.get(key, -1), 0)
                if number in self.row_of and number not in self.known:
                    few = 0 < count < MINIMUM and self.row_of[number]["conf_status"] == "C"
                    (self.few if few else self.many if count >= MINIMUM else set()).add(number)

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

    def _order(self, truth: Outside, above: Outside) -> None:
        """Who is counted among whom. truth: the same unprotected; above: those above the line."""
        cells: dict[tuple[str, str], dict[Cell, int]] = {}
        for (series, cell), number in self.names.items():
            cells.setdefault(series, {})[cell] = number
        for series, own in cells.items():
            for pair, other in combinations(BIRTHPLACE_UNKNOWN, 2):
                twins = [(cell, frozenset((cell - {pair}) | {other})) for cell in own if pair in cell]
                twins = [(cell, twin) for cell, twin in twins if twin in own]
                if all(
                    (series, cell) in truth.names and (series, twin) in truth.names
                    and truth._told(series, cell) == truth._told(series, twin)
                    for cell, twin in twins
                ):  # fmt: skip
                    self.alike += [{own[cell]: 1.0, own[twin]: -1.0} for cell, twin in twins]
        for series, own in cells.items():
            self.alike += self._of_migrants(truth, series, own)
        for a, b in permutations(cells, 2):
            both = [cell for cell in cells[a] if cell in cells[b]]
            if _is_within(a[1], b[1]) and all(
                truth._told(a, cell) <= truth._told(b, cell) for cell in both if truth._tells(a, b, cell)
            ):
                self.orders += [({cells[a][cell]: 1.0, cells[b][cell]: -1.0}, 0.0) for cell in both]
            if self.value == "n" and any(NOT_ABOVE.get(word) == b[1] for word in COUNTED.get(a[1], ((), ()))[1]):
                told = {cell: truth._told(b, cell) - above._told(b, cell) for cell in both if truth._tells(a, b, cell)}
                if all(truth._told(a, cell) <= most for cell, most in told.items()):
                    shown = {cell: most for cell, most in told.items() if cells[b][cell] in self.known}
                    self.orders += [({cells[a][cell]: 1.0}, most) for cell, most in shown.items()]

    def _of_migrants(
        self, truth: Outside, series: tuple[str, str], own: Mapping[Cell, int]
    ) -> Iterator[dict[int, float]]:
        """Variables of which all other categories than `not_applicable` are migrants, and all of them."""
        migrants = frozenset({("migratory_status", "migrant")})
        for column in ("duration_of_stay", "reason_for_migration"):
            of = [
                cell for cell in own if len(cell) == 1 and dict(cell).get(column, "not_applicable") != "not_applicable"
            ]
            if (
                of
                and migrants in own
                and sum(truth._told(series, cell) for cell in of) == truth._told(series, migrants)
            ):
                yield {own[cell]: 1.0 for cell in of} | {own[migrants]: -1.0}

    def _told(self, series: tuple[str, str], cell: Cell) -> float:
        return self.known.get(self.names[series, cell], np.nan)

    def _tells(self, a: tuple[str, str], b: tuple[str, str], cell: Cell) -> bool:
        """Whether both series have a row of the cell, with its number."""
        return all(self.names.get((series, cell)) in self.known for series in (a, b))

    def suppressed(self, status: str = "C") -> list[int]:
        """The numbers of the counts that are not shown."""
        return [number for number, row in self.row_of.items() if row["conf_status"] == status]

    def bounds(
        self, numbers: Iterable[int], known: Mapping[int, float] | None = None
    ) -> dict[int, tuple[float, float]]:
        """The least and the largest value of each count in any table that agrees with all that is published.

        known: counts that the reader knows besides.
        """
        programs = self._programs(self.known | self.told | dict(known or {}))
        return {number: programs[number].ends(number, self.rows_tell) for number in numbers if number in programs}

    def limits(self, numbers: Iterable[int]) -> dict[int, tuple[float, float]]:
        """The least and the most that each count could be if no number at all were shown, and the same rows were there.

        The project finds who are the same persons in the data, so also where a reader could not know it.
        """
        nobody = {number: count for number, count in self.known.items() if count == 0}
        programs = self._programs(nobody | self.told, self.alike)
        return {
            number: programs[number].ends(number, True) if number in programs else (1.0, np.inf) for number in numbers
        }

    def _programs(self, known: Mapping[int, float], further: Sequence[dict[int, float]] = ()) -> dict[int, _Program]:
        """The program of each unknown count. further: equations that hold too."""
        rows = [(terms, 0.0, True) for terms in (*self.equations, *further)] + [
            (*order, False) for order in self.orders
        ]
        apart = _Groups()
        for terms, _, _ in rows:
            apart.join(number for number in terms if number not in known)
        own: dict[int, list[tuple[dict[int, float], float, bool]]] = {}
        for row in rows:
            rest = [number for number in row[0] if number not in known]
            if rest:
                own.setdefault(apart.of(rest[0]), []).append(row)
        found: dict[int, _Program] = {}
        for part in own.values():
            program = _Program(part, known, self._least, self._most)
            found |= dict.fromkeys(program.place, program)
        return found

    def _least(self, number: int) -> float:
        """A row that is there has somebody in it, and the minimum of persons unless it is suppressed for itself."""
        if self.value == "n_numerator":  # none, or the minimum, unless suppressed for itself
            return 1.0 if number in self.few else MINIMUM if number in self.many else 0.0
        if number not in self.row_of or self.value != "n":
            return 0.0
        return 1.0 if self.row_of[number]["conf_status"] == "C" else MINIMUM

    def _most(self, number: int) -> float:
        """What is suppressed as it is few is fewer than the minimum."""
        return MINIMUM - 1.0 if number in self.few and self.rows_tell else np.inf


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
    """The equations and the orders of counts that hang together."""

    def __init__(
        self,
        told: list[tuple[dict[int, float], float, bool]],
        known: Mapping[int, float],
        least: Callable[[int], float],
        most: Callable[[int], float],
    ) -> None:
        """told: sums of counts, what each is or is at most, and whether it is that."""
        unknown = sorted({number for terms, _, _ in told for number in terms if number not in known})
        self.place = {number: i for i, number in enumerate(unknown)}
        self.rows = {kind: self._rows([row for row in told if row[2] == kind], known) for kind in (True, False)}
        self.bounds = [(least(number), most(number)) for number in unknown]

    def _rows(self, told: list[tuple[dict[int, float], float, bool]], known: Mapping[int, float]) -> tuple[Any, Any]:
        entries = [
            (row, self.place[number], sign)
            for row, (terms, _, _) in enumerate(told)
            for number, sign in terms.items()
            if number not in known
        ]
        rows, columns, signs = zip(*entries, strict=True) if entries else ((), (), ())
        right = [
            most - sum(sign * known[number] for number, sign in terms.items() if number in known)
            for terms, most, _ in told
        ]
        return coo_array((signs, (rows, columns)), shape=(len(told), len(self.place))).tocsr(), right

    def ends(self, number: int, rows_tell: bool) -> tuple[float, float]:
        """The least and the largest value of a count."""
        return self.end(number, 1.0, rows_tell), self.end(number, -1.0)

    def end(self, number: int, sign: float, rows_count: bool = True) -> float:
        """The least value of a count, of sign 1, or the largest, of sign -1."""
        aim = np.zeros(len(self.place))
        aim[self.place[number]] = sign
        (equal, is_), (below, most) = self.rows[True], self.rows[False]
        bounds = self.bounds if rows_count else [(0, most) for _, most in self.bounds]
        answer = linprog(aim, A_eq=equal, b_eq=is_, A_ub=below, b_ub=most, bounds=bounds)
        assert answer.status in (0, 3), answer.message
        return float(answer.x[self.place[number]]) if answer.status == 0 else np.inf


def _is_within(a: str, b: str) -> bool:
    """Whether by the definitions whom the series `a` counts are among those of `b`."""
    if a not in COUNTED or b not in COUNTED:
        return False
    (ages, words), (others, fewer) = COUNTED[a], COUNTED[b]
    return others[0] <= ages[0] and ages[1] <= others[1] and fewer <= words
