"""The units of a batch in several lanes: compiled loops let go of Python's lock, so each has a core."""

from __future__ import annotations

import os
from collections.abc import Callable, Sequence
from concurrent.futures import ThreadPoolExecutor
from functools import cache
from typing import TypeVar

from harmonize.ahead import MOST, at_once

LEAST = 1024
"""Units of a lane: fewer are soon added by one."""
Lane = TypeVar("Lane")


def lanes(units: int) -> int:
    """In how many lanes so many units go: at most as many as cores, see at_once."""
    return max(1, min(at_once(), units // LEAST))


@cache
def _threads() -> ThreadPoolExecutor:
    return ThreadPoolExecutor(MOST)


if hasattr(os, "register_at_fork"):
    os.register_at_fork(after_in_child=_threads.cache_clear)  # a fork has none of the threads


def side_by_side(call: Callable[[Lane, int, int], None], each: Sequence[Lane], units: int) -> None:
    """Call with each lane, the first of its units, and one after its last. What the first of them raises is raised."""
    ends = [units * (i + 1) // len(each) for i in range(len(each))]
    coming = [_threads().submit(call, each[i], ends[i - 1], ends[i]) for i in range(1, len(each))]
    try:
        call(each[0], 0, ends[0])
    finally:
        ended = [future.exception() for future in coming]
    for error in ended:
        if error is not None:
            raise error
