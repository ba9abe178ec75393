"""What is made of the rows of a batch, as tables by a code of each row."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any, NamedTuple

import numpy as np
import numpy.typing as npt

from harmonize.distinct.group import Group, Outcomes, whole
from harmonize.distinct.rows import Rows
from harmonize.distinct.values import Codes

Table = npt.NDArray[Any]


class OfIndex(NamedTuple):
    """code: of each row, its row in the tables. which: what each of those is of."""

    code: Codes
    tables: list[Table]
    which: list[int]


def coded(
    rows: Rows,
    group: Group,
    of_outcomes: Callable[[Outcomes], Table] = lambda made: made.array,
    of_rows: Callable[[npt.NDArray[np.int64]], Table] = lambda array: array,
) -> tuple[Codes, Table]:
    """Which code each row has, and what is made of each code of the group; where it goes by rows, each has its own."""
    if (found := rows.outcomes(group)) is not None:
        return found[1].index, found[1].of(of_outcomes(found[0]))
    return np.arange(rows.height, dtype=np.int32), of_rows(whole(rows.by_row(group)))


def by_index(made: Sequence[tuple[Codes, Table]]) -> list[OfIndex]:
    """The tables together that one index tells: rows are gone through once for all of them."""
    found: dict[int, list[int]] = {}
    for i, (index, _) in enumerate(made):
        found.setdefault(id(index), []).append(i)
    together = []
    for which in found.values():
        tables = [made[i][1] for i in which]
        reach = min(map(len, tables))  # some have what batches beside this one met since
        together.append(OfIndex(made[which[0]][0], [table[:reach] for table in tables], which))
    return together
