"""Give the same persons (dicts of tests/reference) to the engine: state by batches, then ratios."""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal
from itertools import groupby
from typing import Any

import numpy as np
import polars as pl

from harmonize.tabulate.state import LIMIT, State
from harmonize.tabulate.tables import STATUS, Table

Person = dict[str, Any]
COMPARED = ("status", "migratory_status")
FLAGS = ("base", "left_out", "universe", "numerator")


def tables_of(persons: Sequence[Person], wanted: Sequence[tuple[str, ...]]) -> list[Table]:
    """Tables over the persons' labels; those that start with a status compare migrants with others."""
    tables, offset = [], 0
    for dimensions in wanted:
        categories = tuple(
            STATUS if d in COMPARED else tuple(sorted({p["labels"][d] for p in persons})) for d in dimensions
        )
        basis = "nativity" if dimensions and dimensions[0] in COMPARED else ""
        compared = ("migrant", "non_migrant") if basis else None
        tables.append(Table(dimensions, basis, dimensions, categories, offset, compared=compared))
        offset += tables[-1].size
    return tables


def code_of(table: Table, person: Person) -> int:
    code = 0
    for dimension, values in zip(table.dimensions, table.categories, strict=True):
        code = code * len(values) + values.index(person["labels"][dimension])
    return code + table.offset


def state_of(
    persons: Sequence[Person],
    tables: Sequence[Table],
    series: Sequence[str],
    *,
    decimals: int,
    clustered: bool = True,
    households_a_batch: int = 10**9,
    limit: int = LIMIT,
) -> State:
    """The closed state of these persons. A household's persons must stand together.

    A person with a `size` stands for that many; `fpc` is that of the person's stratum.
    """
    state = State(
        tables, len(series), clustered=clustered, limit=limit, fpc_column="FPC" if "fpc" in persons[0] else ""
    )
    units = [list(run) for _, run in groupby(persons, key=lambda p: (p["sample"], p["household"]))]
    for first in range(0, len(units), households_a_batch):
        add_batch(state, units[first : first + households_a_batch], tables, series, decimals)
    state.close()
    return state


def add_batch(
    state: State, units: list[list[Person]], tables: Sequence[Table], series: Sequence[str], decimals: int
) -> None:
    persons = [person for unit in units for person in unit]
    heads = [unit[0] for unit in units]
    words = range(0, max(len(series), 1), 64)
    masks = [
        np.array(
            [
                [
                    sum(
                        1 << s for s, name in enumerate(series[first : first + 64]) if flag in p["series"].get(name, ())
                    )
                    for first in words
                ]
                for p in persons
            ],
            np.uint64,
        )
        for flag in FLAGS
    ]
    state.add(
        np.cumsum([0, *map(len, units)]).astype(np.int64),
        pl.DataFrame(
            {
                "_sample": [head["sample"] for head in heads],
                "stratum": [head["stratum"] for head in heads],
                "cluster": [head["cluster"] for head in heads],
            }
        ),
        ["stratum"],
        ["cluster"],
        np.array([[code_of(t, p) for t in tables] for p in persons], np.int32).reshape(len(persons), len(tables)),
        np.array([int(Decimal(str(p["weight"])).scaleb(decimals)) for p in persons], np.int64),
        masks,
        persons=np.array([p["size"] for p in persons], np.int64) if "size" in persons[0] else None,
        fpc=np.array([head["fpc"] for head in heads], np.float64) if "fpc" in heads[0] else None,
    )
