"""The first suppressed count that cannot be as large as it must, or as small: the same however it is looked for."""

from __future__ import annotations

import numpy as np
import pytest
from scipy.sparse import csr_array

from harmonize.protect.attack import NEAR, Missed, System
from harmonize.protect.narrowing import Ends, Safe, too_narrow


def drawn(seed: int) -> tuple[System, np.random.Generator]:
    """Counts of a table of rows and columns whose margins are known, some with a largest value."""
    dice = np.random.default_rng(seed)
    rows, columns = dice.integers(2, 5, 2)
    counts = dice.integers(0, 12, (rows, columns)).astype(float)
    cells = np.arange(counts.size).reshape(counts.shape)
    sums = [np.isin(cells.ravel(), each) for each in (*cells, *cells.T)]
    matrix = np.array(sums, float)
    most = np.where(dice.random(counts.size) < 0.5, 9.0, np.inf)
    return System(
        np.arange(counts.size) * 3, np.arange(len(matrix)), csr_array(matrix), matrix @ counts.ravel(),
        csr_array((0, counts.size)), np.zeros(0), np.zeros(counts.size), np.maximum(most, counts.ravel()),
    ), dice  # fmt: skip


def one_by_one(system: System, targets: np.ndarray, goal: np.ndarray, nearer: dict[int, float], up: bool) -> int | None:
    """The first target that goes neither to its goal nor to a nearer one."""
    sign = 1.0 if up else -1.0
    for target, end in zip(targets.tolist(), goal.tolist(), strict=True):
        value = sign * system.missed(target, up=up).value
        if all(value < sign * each - NEAR for each in (end, nearer.get(target, end))):
            return target
    return None


@pytest.mark.parametrize("seed", range(60))
@pytest.mark.parametrize("up", [True, False])
def test_it_is_the_one_that_trying_each_by_itself_finds(seed: int, up: bool) -> None:
    system, dice = drawn(seed)
    targets = np.sort(dice.permutation(len(system.names))[: dice.integers(1, len(system.names) + 1)])
    ends = np.array([system.missed(target, up=up).value for target in targets.tolist()])
    away = 1.0 if up else -1.0
    goal = ends + away * np.where(dice.random(len(targets)) < 0.3, 1, -dice.integers(0, 3, len(targets)))
    nearer = {
        t: end + away * dice.choice([-1, 0, 0.5])
        for t, end in zip(targets.tolist(), ends, strict=True)
        if dice.random() < 0.5
    }
    expected = one_by_one(system, targets, goal, nearer, up)
    place = dict(zip(targets.tolist(), goal.tolist(), strict=True))
    for alone in (False, True):
        met, missed = system.reached(
            targets, goal, lambda missed: nearer.get(missed.target, place[missed.target]), up=up, alone=alone
        )
        assert (None if missed is None else missed.target) == expected
        before = targets < (np.inf if expected is None else expected)
        assert met[before].all()
        if missed is not None:
            assert not met[targets == missed.target].any()
            assert missed.value == pytest.approx(system.missed(missed.target, up=up).value)
            assert missed.rows.tolist() == system.missed(missed.target, up=up).rows.tolist()


def test_what_all_rows_together_tell_of_a_count_is_worked_out_once(monkeypatch: pytest.MonkeyPatch) -> None:
    system, _ = drawn(3)
    asked = []
    end = System.end
    monkeypatch.setattr(
        System, "end", lambda self, target, *, up: asked.append((target, up)) or end(self, target, up=up)
    )
    count = len(system.names) * 3
    ends = Ends(np.zeros(count), np.full(count, 50.0), [system])
    first = Missed(system, 1, True, 4.0, np.zeros(0, np.int64))
    told = [ends.as_told(first), ends.as_told(first)]
    assert told == [pytest.approx(min(end(system, 1, up=True), float(ends.most[3])))] * 2
    assert asked == [(1, True)]


def test_a_count_that_was_missed_is_tried_by_itself_when_it_is_looked_at_again(monkeypatch: pytest.MonkeyPatch) -> None:
    system, _ = drawn(5)
    count = len(system.names) * 3
    wanted, safe = np.ones(count, bool), Safe(count)
    ends = Ends(np.zeros(count), np.full(count, 1000.0))
    first = too_narrow(system, wanted, safe, ends)
    assert first is not None
    monkeypatch.setattr(System, "_together", lambda *_: pytest.fail("nothing is asked but of the one that was missed"))
    again = too_narrow(system, wanted, safe, ends)
    assert again is not None
    assert (again.target, again.up, again.value) == (first.target, first.up, first.value)
