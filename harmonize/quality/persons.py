"""The persons of one migratory status of a sample, of whom the measures of quality are taken."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from harmonize.quality.ages import AGES, ALL_SPANS, OLDEST, SEXES, SPAN_OF, SPANS
from harmonize.quality.sums import OneStatus, QualitySums
from harmonize.tabulate.statuses import BASES, STATUS
from harmonize.tabulate.table import TOTAL

Ints = npt.NDArray[np.int64]


@dataclass(frozen=True)
class Part:
    """Some persons: unweighted, of how many households at least, their weight, and the sum of its squares."""

    persons: int
    households: int
    weight: int
    square: int = 0


class Persons:
    """persons, weight, square: (sexes, ages) as in `ages`. keyed: whether households are told apart."""

    def __init__(self, sums: OneStatus, keyed: bool) -> None:
        self.persons = sums.persons.reshape(len(SEXES), AGES)
        self.weight = sums.weight.reshape(len(SEXES), AGES)
        self.square = sums.square.reshape(len(SEXES), AGES)
        self._sums, self._keyed = sums, keyed

    def aged(self, low: int, high: int, sexes: Sequence[int] = (0, 1, 2), extra: Sequence[int] = ()) -> Part:
        """Those of a sex and of a single age within both bounds, or of the `extra` ages of that range (see IN_CLASS).

        households: as far as whole SPANS are within the bounds.
        """
        ages = [*range(low, high + 1), *extra]
        rows = np.ix_(list(sexes), ages)
        spans = {i for i, (first, last) in enumerate(SPANS) if low <= first and last <= high}
        spans |= {int(SPAN_OF[age]) for age in extra}
        persons = int(self.persons[rows].sum())
        households = self._households(sexes, spans, persons)
        return Part(persons, households, int(self.weight[rows].sum()), int(self.square[rows].sum()))

    def of_ages(self, ages: Sequence[int]) -> Part:
        """Those of these single ages, of either sex; their households are not counted."""
        return Part(int(self.persons[:, ages].sum()), 0, int(self.weight[:, ages].sum()))

    def everybody(self, sexes: Sequence[int] = (0, 1, 2)) -> Part:
        """Those of a sex, of whatever age."""
        return self.aged(0, OLDEST, sexes, range(OLDEST + 1, AGES))

    def answer(self, name: str) -> tuple[int, int]:
        """Persons and weight of `unknown:x` or `not_asked:x`."""
        return self._sums.answers[name], self._sums.weights[name]

    def _households(self, sexes: Iterable[int], spans: Iterable[int], persons: int) -> int:
        if not self._keyed:
            return persons
        met: set[int] = set()
        for sex in sexes:
            for span in spans:
                met |= self._sums.households[sex * ALL_SPANS + span]
        return len(met)


def by_status(sums: QualitySums, sample: str, basis: str, *, keyed: bool) -> dict[str, Persons]:
    """Everybody (TOTAL) and, if there is a basis, each migratory status on it."""
    found = {status: OneStatus() for status in (TOTAL, *(STATUS if basis else ()))}
    place = list(BASES).index(basis) if basis else 0
    for (name, statuses), one in sums.of.items():
        if name == sample:
            found[TOTAL].join(one)
            if basis:
                found[statuses[place]].join(one)
    return {status: Persons(one, keyed) for status, one in found.items()}
