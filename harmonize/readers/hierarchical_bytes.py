"""Compiled: household and person records, checked and joined: a row a person, the household's record behind."""

from __future__ import annotations

from typing import NamedTuple

import numpy as np
import numpy.typing as npt
from numba import njit

from harmonize.readers.byte_checks import Bytes, State

Spans = npt.NDArray[np.int64]  # (n, 2): first byte, byte after the last

# slots of the state. WITHOUT: households without a person. LATEST: 0 no household so far, 1 one without a
# person so far, 2 one with persons. BEGIN, SIZE: of the line that failed. PART: which shared part differs
LINES, RECORDS, PERSONS, WITHOUT, LATEST, BEGIN, SIZE, PART = range(8)
FINE, NEITHER, HOUSEHOLD_LENGTH, PERSON_LENGTH, ORPHAN, OTHER_KEY, AGAIN = range(7)


class Shape(NamedTuple):
    """Where things are in a record, in bytes. At `type_at` stands one of the two marks.

    shared: the parts of a person's record that must be those of its household. identity: the parts of a
    household's record that may not all be those of the household before it; none: not looked at.
    """

    type_at: int
    household: bytes
    person: bytes
    household_length: int
    person_length: int
    shared: Spans
    identity: Spans


def hierarchical_state() -> State:
    """A state for `join_records`, at the start of a file."""
    return np.zeros(8, dtype=np.int64)


@njit(cache=True, nogil=True)
def join_records(data: Bytes, shape: Shape, latest: Bytes, rows: Bytes, state: State) -> int:
    """Take whole lines; write each person's record, its household's and a line end to `rows`, from its start.

    `latest` holds the last household's record from one call to the next; `rows` must have room for a row for
    each person's line there could be. Gives FINE, or the fault of the first line that does not fit, where it
    stops. Empty lines are not records.
    """
    start, to = 0, 0
    for at in range(len(data)):
        if data[at] != 10:
            continue
        end = at - 1 if at > start and data[at - 1] == 13 else at
        state[LINES] += 1
        if end > start:
            record = data[start:end]
            state[RECORDS] += 1
            if _is(record, shape.type_at, shape.household):
                fault = _household(record, shape, latest, state)
            elif _is(record, shape.type_at, shape.person):
                fault = _person(record, shape, latest, state)
                if fault == FINE:
                    between = to + shape.person_length
                    rows[to:between] = record
                    to = between + shape.household_length
                    rows[between:to] = latest
                    rows[to] = 10
                    to += 1
            else:
                fault = NEITHER
            if fault != FINE:
                state[BEGIN] = start
                state[SIZE] = end - start
                return fault
        start = at + 1
    return FINE


@njit(cache=True, nogil=True)
def _household(record: Bytes, shape: Shape, latest: Bytes, state: State) -> int:
    if len(record) != shape.household_length:
        return HOUSEHOLD_LENGTH
    if state[LATEST] == 1:
        state[WITHOUT] += 1
    if state[LATEST] > 0 and len(shape.identity) > 0 and _differs(record, latest, shape.identity) < 0:
        return AGAIN
    latest[:] = record
    state[LATEST] = 1
    return FINE


@njit(cache=True, nogil=True)
def _person(record: Bytes, shape: Shape, latest: Bytes, state: State) -> int:
    if len(record) != shape.person_length:
        return PERSON_LENGTH
    if state[LATEST] == 0:
        return ORPHAN
    part = _differs(record, latest, shape.shared)
    if part >= 0:
        state[PART] = part
        return OTHER_KEY
    state[LATEST] = 2
    state[PERSONS] += 1
    return FINE


@njit(cache=True, nogil=True)
def _is(record: Bytes, at: int, mark: bytes) -> bool:
    if len(record) < at + len(mark):
        return False
    for i in range(len(mark)):  # noqa: SIM110 compiled: there is no all()
        if record[at + i] != mark[i]:
            return False
    return True


@njit(cache=True, nogil=True)
def _differs(record: Bytes, other: Bytes, spans: Spans) -> int:
    """The first of the spans in which the two differ, -1 if none."""
    for part in range(len(spans)):
        for i in range(spans[part, 0], spans[part, 1]):
            if record[i] != other[i]:
                return part
    return -1
