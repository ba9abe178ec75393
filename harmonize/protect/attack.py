"""What a reader could work out of suppressed counts: linear programs over all that is published.

Every relation between counts, less what is published of it, is an equation between unknown ones. The bounds of a
count are its least and its largest value in any solution. That is what sdcTable and tau-Argus call the attacker's
problem; Fischetti and Salazar (2000), Models and algorithms for optimizing cell suppression, JASA 95, 916-928.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
import numpy.typing as npt
from scipy.optimize import linprog
from scipy.sparse import coo_array, csr_array, eye_array, hstack
from scipy.sparse.csgraph import connected_components

Floats = npt.NDArray[np.float64]
Ints = npt.NDArray[np.int64]
Bools = npt.NDArray[np.bool_]
NEAR = 1e-6


@dataclass(frozen=True)
class Equation:
    """Sum of sign times an unknown = known. source: (number of a list of relations, number in it)."""

    unknowns: Ints
    signs: Ints
    known: float
    source: tuple[int, int] = (0, 0)


@dataclass(frozen=True)
class System:
    """Equations that share unknowns. names: of the unknowns, ascending; lower: what a reader knows each to be at least.

    The least values are those without `lower`: that a margin has two cells with somebody tells no more of it than the
    margin's own row. matrix: (equations, unknowns); known: (equations).
    """

    equations: list[Equation]
    names: Ints
    matrix: csr_array
    known: Floats
    lower: Floats

    def reached(self, targets: Ints, goal: Floats, *, up: bool) -> tuple[Bools, int]:
        """Which of the targets can be as large as their goal (or as small), and the first that cannot, -1 if all can.

        Many at once: the sum of all targets is brought towards their goals. Those that this misses are tried one by
        one, up to the first that cannot.
        """
        met = np.zeros(len(targets), np.bool_)
        left = np.arange(len(targets))
        while len(left):
            value = self._together(targets[left], goal[left], up)[targets]
            now = ~met & (value >= goal - NEAR if up else value <= goal + NEAR)
            if not now.any():
                break
            met |= now
            left = np.flatnonzero(~met)
        for i in left:
            value_alone = self._alone(int(targets[i]), up)
            if value_alone < goal[i] - NEAR if up else value_alone > goal[i] + NEAR:
                return met, int(targets[i])
            met[i] = True
        return met, -1

    def least(self, targets: Ints) -> Floats:
        """A small value of each target, though not the smallest of each."""
        found: Floats = self._together(targets, np.zeros(len(targets)), up=False)[targets]
        return found

    def smallest(self, target: int) -> float:
        """The smallest value of a target."""
        return self._alone(target, up=False)

    def _together(self, targets: Ints, goal: Floats, up: bool) -> Floats:
        """A solution that brings the targets towards their goals, counting none beyond its goal."""
        unknowns, count = len(self.names), len(targets)
        pick = coo_array((np.ones(count), (np.arange(count), targets)), shape=(count, unknowns))
        sign = 1.0 if up else -1.0
        beside = hstack([self.matrix, csr_array((self.matrix.shape[0], count))])
        within = hstack([-sign * pick, sign * eye_array(count)])  # up: helper <= count, down: helper >= count
        bounds = [(low if up else 0.0, None) for low in self.lower]
        bounds += [(None, aim) if up else (aim, None) for aim in goal]
        objective = np.append(np.zeros(unknowns), np.full(count, -sign))
        return self._solved(objective, beside, bounds, within, np.zeros(count))[:unknowns]

    def binding(self, target: int, *, up: bool) -> list[Equation]:
        """The equations that keep a count from being larger, or smaller: some of them must lose what they know."""
        rows = np.flatnonzero(np.abs(self._answer(target, up).eqlin.marginals) > NEAR)
        return [self.equations[row] for row in rows]

    def _alone(self, target: int, up: bool) -> float:
        answer = self._answer(target, up)
        if answer.status == 3:  # unbounded
            return np.inf if up else -np.inf
        return float(answer.x[target])

    def _answer(self, target: int, up: bool) -> Any:
        objective = np.zeros(len(self.names))
        objective[target] = -1.0 if up else 1.0
        bounds = [(low if up else 0.0, None) for low in self.lower]
        answer = linprog(objective, A_eq=self.matrix, b_eq=self.known, bounds=bounds, method="highs")
        if answer.status not in (0, 3):
            raise ArithmeticError(f"the bounds of a suppressed count were not found: {answer.message}")
        return answer

    def _solved(
        self, objective: Floats, equal: csr_array, bounds: Sequence[tuple[float | None, float | None]],
        at_most: csr_array, most: Floats,
    ) -> Floats:  # fmt: skip
        answer = linprog(objective, A_ub=at_most, b_ub=most, A_eq=equal, b_eq=self.known, bounds=bounds, method="highs")
        if answer.status != 0:
            raise ArithmeticError(f"the bounds of suppressed counts were not found: {answer.message}")
        found: Floats = answer.x
        return found


def systems(equations: Sequence[Equation], lower: dict[int, float], wanted: set[int]) -> Iterator[System]:
    """The equations in parts that share no unknown, of parts that have one of `wanted`. lower: by unknown, else 0."""
    names = np.unique(np.concatenate([each.unknowns for each in equations])) if equations else np.zeros(0, np.int64)
    if not len(names):
        return
    rows = np.repeat(np.arange(len(equations)), [len(each.unknowns) for each in equations])
    columns = np.searchsorted(names, np.concatenate([each.unknowns for each in equations]))
    values = np.concatenate([each.signs for each in equations]).astype(np.float64)
    matrix = csr_array((values, (rows, columns)), shape=(len(equations), len(names)))
    shape = (len(equations) + len(names),) * 2
    _, part = connected_components(coo_array((np.ones(len(rows)), (rows, len(equations) + columns)), shape=shape))
    of_rows, of_columns = part[: len(equations)], part[len(equations) :]
    known = np.array([each.known for each in equations], np.float64)
    bound = np.array([lower.get(int(name), 0.0) for name in names])
    with_wanted = np.unique(of_columns[np.isin(names, np.fromiter(wanted, np.int64, len(wanted)))])
    for number in with_wanted:
        mine, own = np.flatnonzero(of_rows == number), np.flatnonzero(of_columns == number)
        yield System([equations[int(i)] for i in mine], names[own], matrix[mine][:, own], known[mine], bound[own])
