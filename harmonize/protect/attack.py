"""What a reader could work out of suppressed counts: linear programs over all that is published.

Every relation between counts, less what is published of it, is an equation between unknown ones; that a series counts
some of another's persons makes one count at most another. The bounds of a count are its least and its largest value in
any solution. That is what sdcTable and tau-Argus call the attacker's problem; Fischetti and Salazar (2000), Models and
algorithms for optimizing cell suppression, JASA 95, 916-928.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from typing import Any

import numpy as np
import numpy.typing as npt
import scipy  # its parts are imported when first used: a fifth of a short run otherwise

Floats = npt.NDArray[np.float64]
Ints = npt.NDArray[np.int64]
Bools = npt.NDArray[np.bool_]
NEAR = 1e-6
_USEFUL = 4
"""Of so many targets that are tried together one at least is met, or it is of little use."""


@dataclass(frozen=True)
class Rows:
    """Matrix (rows, counts) times the counts is `right` (rows), or where `at_most` (rows), not more.

    A row whose right side is infinite says nothing.
    """

    matrix: scipy.sparse.csr_array
    right: Floats
    at_most: Bools


@dataclass(frozen=True)
class Missed:
    """A target (a place among a system's unknowns) that cannot be as large as it must be, or as small.

    value: what it can be at most, or at least. rows: what keeps it from more; some of them must lose what they know.
    """

    system: System
    target: int
    up: bool
    value: float
    rows: Ints

    @property
    def name(self) -> int:
        """The number of the count."""
        return int(self.system.names[self.target])

    def by_relations_alone(self) -> Missed:
        """Of a reader who does not know what any count is at least or at most."""
        lower, upper = np.zeros_like(self.system.lower), np.full_like(self.system.upper, np.inf)
        return replace(self.system, lower=lower, upper=upper).missed(self.target, up=self.up)


@dataclass(frozen=True)
class System:
    """Rows that share unknown counts.

    names: of the unknowns, ascending; lower, upper: what each is known to be at least and at most. rows: the numbers of
    the rows of matrix, then those of below. matrix: (rows, unknowns), known: (rows); below, most: the same of what is
    at most.
    """

    names: Ints
    rows: Ints
    matrix: scipy.sparse.csr_array
    known: Floats
    below: scipy.sparse.csr_array
    most: Floats
    lower: Floats
    upper: Floats

    def reached(
        self, targets: Ints, goal: Floats, nearer: Callable[[Missed], float], *, up: bool, alone: bool = False
    ) -> tuple[Bools, Missed | None]:
        """Which of the targets can be as large as their goal (or as small), and the first that cannot.

        nearer: gives the goal that one that cannot has after all. alone: the first is tried by itself at once.

        Many at once: the sum of all targets is brought towards their goals. Where that is of little use the next is
        tried by itself before, as the first that cannot is all that is asked for; where it is of none, all others are.
        """
        goal, met, gained, together = goal.copy(), np.zeros(len(targets), np.bool_), 1, not alone

        def note(values: Floats) -> None:
            np.logical_or(met, values >= goal - NEAR if up else values <= goal + NEAR, out=met)

        while len(left := np.flatnonzero(~met)):
            if together:
                note(self._together(targets[left], goal[left], up)[targets])
                gained = int(np.count_nonzero(met[left]))
                together = _USEFUL * gained >= len(left)
                continue
            first, together = int(left[0]), gained > 0
            answer = self._alone(int(targets[first]), up)
            if answer.status == 3:  # unbounded
                met[first] = True
                continue
            note(answer.x[targets])
            if not met[first]:
                value = float(answer.x[targets[first]])
                missed = Missed(self, int(targets[first]), up, value, self._priced(answer))
                goal[first], together = nearer(missed), False
                note(answer.x[targets])
                if not met[first]:
                    return met, missed
        return met, None

    def end(self, target: int, *, up: bool) -> float:
        """The largest value of a target, or the smallest."""
        answer = self._alone(target, up)
        return float(answer.x[target]) if answer.status == 0 else np.inf

    def missed(self, target: int, *, up: bool) -> Missed:
        """How far a target goes, and the rows that keep it from more."""
        answer = self._alone(target, up)
        if answer.status == 3:  # unbounded
            return Missed(self, target, up, np.inf, np.zeros(0, np.int64))
        return Missed(self, target, up, float(answer.x[target]), self._priced(answer))

    def wide(self, targets: Ints, width: Floats) -> tuple[Bools, Missed | None]:
        """Which of the targets have values as far apart as `width`, and the first that has not.

        Every solution tells of all targets. Those that two for all together leave are tried one by one.
        """
        low, high = np.full(len(targets), np.inf), np.full(len(targets), -np.inf)
        left = np.arange(len(targets))
        while len(left):
            goal = np.zeros(len(left))
            for up in (False, True):
                value = self._together(targets[left], goal, up)[targets]
                low, high = np.minimum(low, value), np.maximum(high, value)
                goal = low[left] + width[left]
            before, left = left, np.flatnonzero(high - low < width - NEAR)
            if len(left) == len(before):
                break
        for i in left:
            for up in (True, False):
                answer = self._alone(int(targets[i]), up=up)
                if answer.status == 3:  # unbounded
                    high[i] = np.inf
                else:
                    low, high = np.minimum(low, answer.x[targets]), np.maximum(high, answer.x[targets])
                if high[i] - low[i] >= width[i] - NEAR:
                    break
            else:
                answer = self._alone(int(targets[i]), up=True)
                missed = Missed(self, int(targets[i]), True, float(high[i]), self._priced(answer))
                return high - low >= width - NEAR, missed
        return np.ones(len(targets), np.bool_), None

    def _priced(self, answer: Any) -> Ints:
        """The rows that keep a solution from being better."""
        prices = np.concatenate([answer.eqlin.marginals, answer.ineqlin.marginals])
        found: Ints = self.rows[np.abs(prices) > NEAR]
        return found

    def at_least(self) -> Floats:
        """What each unknown is at least by one row after another; several rows together may say more."""
        found = self.lower.copy()
        one = [_larger_side(matrix) for matrix in (self.matrix, -self.matrix, self.below)]
        while True:
            before = found.copy()
            for of, parts in one:
                np.maximum.at(found, of, parts @ found)
            if np.array_equal(found, before):
                return found

    def at_most(self, least: Floats) -> Floats:
        """What each unknown is at most by one row after another, if each is at least `least`."""
        found = self.upper.copy()
        one = [_larger_side(matrix) for matrix in (self.matrix, -self.matrix, self.below)]
        while True:
            before = found.copy()
            for of, parts in one:
                room, pairs = found[of] - parts @ least, parts.tocoo()
                np.minimum.at(found, pairs.col, room[pairs.row] + least[pairs.col])
            if np.array_equal(found, before):
                return found

    def _together(self, targets: Ints, goal: Floats, up: bool) -> Floats:
        """A solution that brings the targets towards their goals, counting none beyond its goal."""
        unknowns, count = len(self.names), len(targets)
        pick = scipy.sparse.coo_array((np.ones(count), (np.arange(count), targets)), shape=(count, unknowns))
        sign = 1.0 if up else -1.0
        beside = scipy.sparse.hstack([self.matrix, scipy.sparse.csr_array((self.matrix.shape[0], count))])
        order = scipy.sparse.hstack([self.below, scipy.sparse.csr_array((self.below.shape[0], count))])
        # up: helper <= count, down: helper >= count
        within = scipy.sparse.hstack([-sign * pick, sign * scipy.sparse.eye_array(count)])
        ends = (np.full(count, -np.inf), goal) if up else (goal, np.full(count, np.inf))
        bounds = np.column_stack([np.append(self.lower, ends[0]), np.append(self.upper, ends[1])])
        objective = np.append(np.zeros(unknowns), np.full(count, -sign))
        most = np.append(self.most, np.zeros(count))
        found: Floats = self._solved(objective, beside, scipy.sparse.vstack([order, within]), most, bounds).x[:unknowns]
        return found

    def _alone(self, target: int, up: bool) -> Any:
        objective = np.zeros(len(self.names))
        objective[target] = -1.0 if up else 1.0
        bounds = np.column_stack([self.lower, self.upper])
        return self._solved(objective, self.matrix, self.below, self.most, bounds, (0, 3))

    def _solved(
        self, objective: Floats, equal: scipy.sparse.csr_array, below: scipy.sparse.csr_array, most: Floats,
        bounds: Floats,
        expected: tuple[int, ...] = (0,),
    ) -> Any:  # fmt: skip
        answer = scipy.optimize.linprog(
            objective, A_ub=below, b_ub=most, A_eq=equal, b_eq=self.known, bounds=bounds, method="highs"
        )
        if answer.status not in expected:
            raise ArithmeticError(f"the bounds of suppressed counts were not found: {answer.message}")
        return answer


def _larger_side(matrix: scipy.sparse.csr_array) -> tuple[Ints, scipy.sparse.csr_array]:
    """Of the rows of a sum less one unknown: that unknown, and the sums (rows, unknowns)."""
    less = scipy.sparse.csr_array(matrix < 0)
    rows = np.flatnonzero(np.diff(less.indptr) == 1)
    return less[rows].indices, scipy.sparse.csr_array(matrix[rows].maximum(0))


def systems(
    rows: Rows, values: Floats, unknown: Bools, lower: Floats, upper: Floats, wanted: Bools
) -> Iterator[System]:
    """The rows in parts that share no unknown, of parts that have one of `wanted`; the rest by count.

    values: of the counts, used of those that are known; lower, upper: what a reader knows a count to be at least and
    at most.
    """
    names = np.flatnonzero(unknown)
    matrix = rows.matrix[:, names]
    known = rows.right - rows.matrix @ np.where(unknown, 0.0, values)
    said = (np.diff(matrix.indptr) > 0) & np.isfinite(rows.right)
    numbers = np.flatnonzero(said)
    matrix, known, at_most = matrix[numbers], known[numbers], rows.at_most[numbers]
    pairs = matrix.tocoo()
    shape = (len(numbers) + len(names),) * 2
    links = scipy.sparse.coo_array((np.ones(pairs.nnz), (pairs.row, len(numbers) + pairs.col)), shape=shape)
    _, part = scipy.sparse.csgraph.connected_components(links)
    of_rows, of_names = part[: len(numbers)], part[len(numbers) :]
    for number in np.unique(of_names[wanted[names]]):
        own = np.flatnonzero(of_names == number)
        equal, below = (np.flatnonzero((of_rows == number) & (at_most == kind)) for kind in (False, True))
        yield System(
            names[own], numbers[np.append(equal, below)], matrix[equal][:, own], known[equal],
            matrix[below][:, own], known[below], lower[names[own]], upper[names[own]],
        )  # fmt: skip
