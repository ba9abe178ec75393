"""How each series of a state adds up: a share of persons, or a mean of an amount, perhaps per another amount."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any, NamedTuple

import numpy as np


@dataclass(frozen=True)
class Mean:
    """A series that adds an amount above the line, and below it the person, or a second amount.

    decimals: of the amount; 0 where it counts something, and the numerator is that many. per: decimals of
    the amount below the line, None where the person is one.
    """

    decimals: int = 0
    per: int | None = None

    @property
    def scale(self) -> float:
        """What the ratio of the two sums, in units of their last decimals, is divided by."""
        return 10.0 ** (self.decimals - (self.per or 0))


class Kinds(NamedTuple):
    """By series, for the compiled loop.

    above, below: the place of its amounts among those of a person, -1 for one a person; counts: whether the
    amount counts something; other: the series of the second cell in cross sums; asked: (tables, series)
    whether the table has the series.
    """

    above: Any
    below: Any
    counts: Any
    other: Any
    asked: Any


def kinds_of(
    series: int,
    tables: int,
    means: Mapping[int, Mean],
    other: Sequence[int] | None = None,
    asked: Sequence[Sequence[bool]] | None = None,
) -> Kinds:
    """The kinds of `series` series in `tables` tables. means: by number; the rest are shares.

    The amounts of a person are those above the line, then those below it, in the order of `means`.
    """
    above, below = np.full(series, -1, np.int64), np.full(series, -1, np.int64)
    counts = np.zeros(series, np.bool_)
    above[list(means)] = np.arange(len(means))
    for s, mean in means.items():
        counts[s] = mean.decimals == 0
    per = [s for s, mean in means.items() if mean.per is not None]
    below[per] = len(means) + np.arange(len(per))
    return Kinds(
        above,
        below,
        counts,
        np.arange(series) if other is None else np.array(other, np.int64),
        np.ones((tables, series), np.bool_) if asked is None else np.array(asked, np.bool_).reshape(tables, series),
    )
