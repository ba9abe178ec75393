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


class Wanted(NamedTuple):
    """A group, and the table that is made of its outcomes, or of each row's where it goes by rows."""

    group: Group
    of_outcomes: Callable[[Outcomes], Table] = lambda made: made.array
    of_rows: Callable[[npt.NDArray[np.int64]], Table] = lambda array: array


class OfIndex(NamedTuple):
    """code: of each row, its row in the tables. which: what each of those is of."""

    code: Codes
    tables: list[Table]
    which: list[int]


def by_index(rows: Rows, wanted: Sequence[Wanted]) -> list[OfIndex]:
    """The tables together that one index tells: rows are gone through once for all of them.

    Columns are told by combinations of them and others that are there already, and constants by any index.
    """
    found: dict[int, tuple[Codes, list[tuple[int, Table]]]] = {}
    constants: list[tuple[int, Table]] = []
    for i in sorted(range(len(wanted)), key=lambda i: -len(wanted[i].group.columns)):
        group, of_outcomes, of_rows = wanted[i]
        if (there := rows.outcomes(group)) is None:
            index = np.arange(rows.height, dtype=np.int32)
            found[id(index)] = index, [(i, of_rows(whole(rows.by_row(group))))]
        elif not group.columns:
            constants.append((i, of_outcomes(there[0])))
        else:
            if id(there[1].index) not in found:
                there = rows.outcomes_in_wider(group, found) or there
            outcomes, lookup = there
            found.setdefault(id(lookup.index), (lookup.index, []))[1].append((i, lookup.of(of_outcomes(outcomes))))
    if constants and not found:
        index = np.zeros(rows.height, np.int32)
        found[id(index)] = index, []
    together = [_together(*each) for each in found.values()]
    for i, table in constants:
        first = together[0]
        reach = len(first.tables[0]) if first.tables else 1
        first.tables.append(np.broadcast_to(table, (reach, table.shape[1])))
        first.which.append(i)
    return together


def _together(code: Codes, made: Sequence[tuple[int, Table]]) -> OfIndex:
    reach = min((len(table) for _, table in made), default=0)  # some have what batches beside this one met since
    return OfIndex(code, [table[:reach] for _, table in made], [i for i, _ in made])
