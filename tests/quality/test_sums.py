"""Sums of parts: joined in any order, written to JSON and read again, and refused where they are damaged."""

from __future__ import annotations

import json
from itertools import permutations

import numpy as np
import pytest

from harmonize.quality.ages import SIZE
from harmonize.quality.persons import by_status
from harmonize.quality.sums import MOST_HOUSEHOLDS, OneStatus, QualitySums, next_wanted


def part(seed: int, households: range) -> QualitySums:
    """Sums of one part of sample S, of all statuses on both bases."""
    random = np.random.default_rng(seed)
    found = QualitySums()
    for statuses in (("migrant", "non_migrant"), ("non_migrant", "unknown"), ("migrant", "migrant")):
        one = OneStatus(random.integers(0, 9, SIZE), random.integers(2**40, 2**41, SIZE))
        one.square += 2**90 + seed
        one.answers["unknown:literacy"], one.weights["unknown:literacy"] = seed + 1, 2**70
        one.households[3] = set(households)
        found.of["S", statuses] = one
    return found


PARTS = [part(0, range(15)), part(1, range(10, 20)), part(2, range(30))]


def joined(parts: list[QualitySums]) -> QualitySums:
    found = QualitySums()
    for each in parts:
        found.join(QualitySums.of_json(json.loads(json.dumps(each.as_json()))))
    return found


def test_parts_add_up_to_the_same_in_any_order():
    every = [joined(list(order)).as_json() for order in permutations(PARTS)]
    assert every.count(every[0]) == len(every)


def test_a_household_of_two_parts_counts_once_and_of_many_it_is_known_that_there_are_as_many():
    one = joined(PARTS).of["S", ("migrant", "migrant")]
    assert len(one.households[3]) == 30
    for order in permutations([*PARTS, part(3, range(100, 140))]):
        assert len(joined(list(order)).of["S", ("migrant", "migrant")].households[3]) == MOST_HOUSEHOLDS


@pytest.mark.parametrize("room", [1, 2, 3, 100])
def test_rows_whose_households_are_wanted_are_found_as_many_at_a_time_as_there_is_room(room):
    random = np.random.default_rng(room)
    part, at = random.integers(0, 3, 50).astype(np.int32), random.integers(0, 6, 50).astype(np.int32)
    cell = np.array([3, 0, 2, 2, 1, 0])
    persons, wanted = random.integers(0, 2, 50), random.integers(0, 2, (3, 4)).astype(bool)
    found, first = [], 0
    while first < 50:
        places = np.empty(room, np.int64)
        count, first = next_wanted(first, part, cell, at, persons, wanted, places)
        found += places[:count].tolist()
    assert found == np.flatnonzero(wanted[part, cell[at]] & (persons > 0)).tolist()


def test_what_is_joined_stays_as_it_was():
    before = [each.as_json() for each in PARTS]
    joined(PARTS)
    assert [each.as_json() for each in PARTS] == before


def test_the_statuses_on_a_basis_are_sums_over_the_other():
    sums = joined(PARTS)
    for basis, migrants in (("nativity", 2), ("citizenship", 1)):
        groups = by_status(sums, "S", basis, keyed=True)
        of_migrants = [one for (_, statuses), one in sums.of.items() if statuses[basis == "citizenship"] == "migrant"]
        assert len(of_migrants) == migrants
        assert groups["migrant"].persons.sum() == sum(one.persons.sum() for one in of_migrants)
        assert groups["_T"].square.sum() == sum(one.square.sum() for one in sums.of.values())
        assert groups["_T"].weight.sum() == sum(one.weight.sum() for one in sums.of.values())
    assert set(by_status(sums, "S", "", keyed=True)) == {"_T"}


@pytest.mark.parametrize(
    "damaged",
    [
        ["S", ["migrant", ""], [[SIZE, 1, 1, 1]], {}, {}],
        ["S", ["migrant", ""], [[-1, 1, 1, 1]], {}, {}],
        ["S", ["migrant", ""], [[0, 1, 1]], {}, {}],
        ["S", ["migrant"], [], {}, {}],
        ["S", ["stranger", ""], [], {}, {}],
        ["S", ["migrant", ""], [], {}, {"99": [1]}],
        ["S", ["migrant", ""], [], {"unknown:sex": 3}, {}],
        ["S"],
    ],
)
def test_damaged_sums_are_refused(damaged):
    with pytest.raises((ValueError, TypeError)):
        QualitySums.of_json([damaged])
