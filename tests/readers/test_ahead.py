"""Reading ahead and adding behind change nothing but when it is done."""

from __future__ import annotations

import threading
import time
from concurrent.futures import ThreadPoolExecutor
from contextlib import closing

import pytest

from harmonize.ahead import Behind, Turns, ahead


def test_items_come_in_their_order_and_the_next_is_made_while_one_is_used() -> None:
    made: list[int] = []

    def items():
        for number in range(5):
            made.append(number)
            yield number

    used = []
    for number in ahead(items()):
        while len(made) < min(number + 2, 5):
            time.sleep(0.001)
        used.append(number)
    assert used == [0, 1, 2, 3, 4]


def test_what_making_an_item_raises_comes_after_the_items_before_it() -> None:
    def items():
        yield 1
        raise ValueError("the second")

    coming = ahead(items())
    assert next(coming) == 1
    with pytest.raises(ValueError, match="the second"):
        next(coming)


def test_leaving_early_ends_the_thread() -> None:
    before = threading.active_count()
    with closing(ahead(iter(range(1000)))) as items:
        assert next(items) == 0
    assert threading.active_count() == before


def test_calls_behind_are_done_one_after_another_and_an_error_of_one_is_told() -> None:
    done: list[int] = []

    def add(number: int) -> None:
        time.sleep(0.01 if number == 0 else 0)
        if number == 3:
            raise ValueError("the fourth")
        done.append(number)

    with Behind() as adding:
        for number in range(4):
            adding.do(add, number)
        with pytest.raises(ValueError, match="the fourth"):
            adding.wait()
    assert done == [0, 1, 2]


def test_turns_come_in_their_order_however_late_who_is_before_comes() -> None:
    turns, done = Turns(), []

    def go(number: int) -> None:
        time.sleep(0.01 * (4 - number))
        with turns.of(number):
            done.append(number)

    with ThreadPoolExecutor(5) as threads:
        list(threads.map(go, range(5)))
    assert done == [0, 1, 2, 3, 4]


def test_who_ends_before_its_turn_holds_up_nobody() -> None:
    turns, done = Turns(), []

    def go(number: int) -> None:
        try:
            if number == 1:
                raise ValueError("the second")
            with turns.of(number):
                done.append(number)
                if number == 2:
                    raise ValueError("the third")
        finally:
            turns.gone(number)

    with ThreadPoolExecutor(4) as threads:
        ended = [threads.submit(go, number).exception(timeout=30) for number in range(4)]
    assert done == [0, 2, 3]
    assert [str(error) for error in ended if error] == ["the second", "the third"]
