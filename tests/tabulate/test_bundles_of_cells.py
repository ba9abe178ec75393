"""Sums by way of bundles are those of plain Python: each cell's persons of each household, added and multiplied."""

from __future__ import annotations

import random
from collections import defaultdict
from collections.abc import Sequence
from decimal import Decimal
from typing import Any

import numpy as np
import pytest

from harmonize.tabulate import bundler, state
from harmonize.tabulate import sums as f
from harmonize.tabulate.desk import width_of
from harmonize.tabulate.kinds import kinds_of
from harmonize.tabulate.state import LIMIT, State
from harmonize.tabulate.tables import Table
from tests.estimates.feeding import code_of, state_of, tables_of

SERIES = ("electricity", "literacy", "unemployment")
WANTED = [
    (), ("migratory_status",), ("sex",), ("migratory_status", "sex"), ("age",), ("migratory_status", "age"), ("place",),
]  # fmt: skip
SIZES = (1, 2, 3, 5, 8, 63, 64, 65, 130)  # 64 is where a household's persons no longer have a bit each
Sums = dict[tuple[str, int, str], list[int]]


def people(*, large: bool) -> list[dict[str, Any]]:
    """Persons of 60 households in three strata. large: some of their weights need more than 32 bits."""
    draw = random.Random(8)
    persons = []
    for household in range(60):
        size = SIZES[household % len(SIZES)]
        stratum, status = f"s{household % 3}", draw.choice(("migrant", "non_migrant"))
        for _ in range(size):
            labels = {
                "migratory_status": status
                if draw.random() < 0.8
                else draw.choice(("migrant", "non_migrant", "unknown")),
                "sex": draw.choice(("female", "male")),
                "age": f"{draw.randrange(0, 90, 5):02d}",
                "place": f"p{draw.randrange(20):02d}",
            }
            flags = {
                name: draw.choice(((), ("base",), ("base", "left_out"), ("base", "universe"),
                                   ("base", "universe", "numerator")))
                for name in SERIES
            }  # fmt: skip
            weight = Decimal(draw.choice((0, 1, 7, 10**10 if large else 900)))
            persons.append({
                "sample": "a", "household": household, "stratum": stratum, "cluster": str(household),
                "labels": labels, "series": {name: own for name, own in flags.items() if own}, "weight": weight,
            })  # fmt: skip
    return persons


def plain(persons: Sequence[dict[str, Any]], tables: Sequence[Table]) -> tuple[Sums, Sums]:
    """The fields of each (stratum, cell, series), and the cross sums of cells that are compared, number by number."""
    units: dict[int, list[dict[str, Any]]] = defaultdict(list)
    for person in persons:
        units[person["household"]].append(person)
    sums: Sums = defaultdict(lambda: [0] * 12)
    cross: Sums = defaultdict(lambda: [0] * 5)
    for unit in units.values():
        found: Sums = defaultdict(lambda: [0] * 7)
        for person in unit:
            for table in tables:
                for name, flags in person["series"].items():
                    own, weight = found[unit[0]["stratum"], code_of(table, person), name], int(person["weight"])
                    inside, above = "universe" in flags, "numerator" in flags
                    add = (inside, above, weight * above, weight * inside, weight * inside,
                           weight * ("left_out" in flags), weight * (not inside))  # fmt: skip
                    for i, value in enumerate(add):
                        own[i] += value
        for key, (n, numerator, x, y, weight, left_out, outside) in found.items():
            own_sums = (n, n > 0, numerator, weight > 0, x, y, weight, left_out, outside, x * x, x * y, y * y)
            sums[key] = [a + b for a, b in zip(sums[key], own_sums, strict=True)]
        for table in tables:
            step, low, high = table.contrast
            for (stratum, code, name), (*_, x, y, weight, _, _) in found.items():
                other = found.get((stratum, code + step, name)) if step and low <= code < high else None
                if other is not None and weight and other[4]:
                    products = (x * other[2], x * other[3], y * other[2], y * other[3], 1)
                    key = (stratum, code, name)
                    cross[key] = [a + b for a, b in zip(cross[key], products, strict=True)]
    return sums, cross


def whole(row: Any, low: int) -> int:
    """A sum in two limbs."""
    return int(row[low]) + (int(row[low + 1]) << 64)


def of_state(made: State) -> tuple[Sums, Sums]:
    """The same of a state."""
    names = {number: name[1] for name, number in made.strata.index.items()}
    sums, cross = {}, {}
    for rows in made.blocks("a"):
        for i, (unit, cell) in enumerate(zip(rows.unit, rows.cell, strict=True)):
            for s, name in enumerate(SERIES):
                key, row = (names[int(unit)], int(made.cells[cell]), name), rows.rows[i, s]
                sums[key] = [int(v) for v in row[: f.FIRST_ORDER]] + [whole(row, at) for at in (f.XX, f.XY, f.YY)]
                if rows.pair_at[i] >= 0:
                    pair = rows.pairs[rows.pair_at[i], s]
                    cross[key] = [whole(pair, at) for at in (f.X_X, f.X_Y, f.Y_X, f.Y_Y)] + [int(pair[f.BOTH])]
    return ({k: v for k, v in each.items() if any(v)} for each in (sums, cross))  # type: ignore[return-value]


@pytest.mark.parametrize("clustered", [False, True], ids=["households", "clusters kept open"])
@pytest.mark.parametrize("large", [False, True], ids=["products of one limb", "of two"])
@pytest.mark.parametrize("room", [1, 1 << 12], ids=["folded at every unit", "folded at the end"])
@pytest.mark.parametrize("lanes", [1, 4], ids=["in one lane", "in four"])
def test_each_field_of_each_cell_is_that_of_plain_python(
    lanes: int, room: int, large: bool, clustered: bool, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(bundler, "_ROOM", room)
    monkeypatch.setattr(state, "lanes", lambda units: max(1, min(lanes, units // 3)))
    persons = people(large=large)
    tables = tables_of(persons, WANTED)
    sums, cross = of_state(state_of(persons, tables, SERIES, decimals=0, clustered=clustered, households_a_batch=25))
    expected = [{k: v for k, v in each.items() if any(v)} for each in plain(persons, tables)]
    assert sums == expected[0]
    assert cross == expected[1]
    assert max(v[-1] for v in sums.values()) > (2**64 if large else 0)
    assert any(v[-1] for v in cross.values())


def test_tables_of_the_variable_that_most_tells_persons_apart_are_of_one_kind() -> None:
    tables = tables_of(people(large=False), WANTED)
    kinds = bundler.kinds_of_tables(tables)
    total, status, sex, status_sex, age, status_age, place = kinds.tolist()
    assert total == status
    assert sex == status_sex
    assert age == status_age
    assert len({total, sex, age, place}) == 4


def test_a_run_without_any_series_has_a_word_of_bits_all_the_same() -> None:
    none = kinds_of(0, len(WANTED), {})
    assert width_of(np.zeros(0, np.int64), none).ends.tolist() == [0]
    persons = [{**person, "series": {}} for person in people(large=False)]
    found = state_of(persons, tables_of(persons, WANTED), (), decimals=0, clustered=False)
    assert found.size["clusters"] == 60


@pytest.mark.parametrize("limit", [LIMIT, 1000], ids=["in memory", "in files"])
@pytest.mark.parametrize("clustered", [False, True], ids=["households", "clusters kept open"])
def test_how_large_a_state_is_said_to_be_does_not_depend_on_its_lanes(
    clustered: bool, limit: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    persons = people(large=False)
    sizes = []
    for lanes, room in ((1, 1 << 12), (4, 1), (3, 7)):
        monkeypatch.setattr(bundler, "_ROOM", room)
        monkeypatch.setattr(state, "lanes", lambda units, lanes=lanes: max(1, min(lanes, units // 3)))
        tables = tables_of(persons, WANTED)
        made = state_of(persons, tables, SERIES, decimals=0, clustered=clustered, households_a_batch=25, limit=limit)
        sizes.append(made.size)
    assert sizes[0] == sizes[1] == sizes[2]
    assert sizes[0]["bytes" if limit == LIMIT else "spilled"] > 0
