"""The sums of joined parts are the same bits as those of everything at once, however they were kept."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import numpy as np
import pytest

from harmonize import pipeline
from harmonize.estimate.taylor import Ratios, ratios
from harmonize.partial import merging
from harmonize.tabulate import blocks, bundler, state
from harmonize.tabulate.state import State
from tests.functional.parts import cut, merged
from tests.functional.test_merge_of_parts import COARSE, applied, in_clusters, inside_households, rows_of
from tests.functional.test_pooled_extract import MAPPING as POOL
from tests.functional.test_pooled_extract import OLD


def bits(found: Ratios) -> dict[str, bytes]:
    """Every number of the estimates, as bytes."""
    arrays = {name: value for name, value in vars(found).items() if isinstance(value, np.ndarray)}
    arrays |= {f"contrasts.{name}": value for name, value in vars(found.contrasts).items()}
    return {name: value.tobytes() for name, value in arrays.items()}


@pytest.fixture
def states(monkeypatch: pytest.MonkeyPatch) -> list[State]:
    """The state of each tabulation that is published, in their order."""
    kept: list[State] = []
    publish = pipeline.publish

    def keep(found: pipeline.Found, *rest: Any) -> pipeline.RunResult:
        kept.append(found.state)
        return publish(found, *rest)

    monkeypatch.setattr(pipeline, "publish", keep)
    monkeypatch.setattr(merging, "publish", keep)
    return kept


@pytest.mark.parametrize("limit", [state.LIMIT, 1], ids=["in memory", "in temporary files"])
@pytest.mark.parametrize("mapping", [POOL, COARSE], ids=["households", "coarse clusters"])
def test_sums_of_parts(
    mapping: str, limit: int, states: list[State], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = applied(mapping, in_clusters(OLD), tmp_path)
    pipeline.tabulate([path], tmp_path / "whole")
    monkeypatch.setitem(State.__init__.__kwdefaults__, "limit", limit)
    monkeypatch.setattr(bundler, "_ROOM", 1)
    monkeypatch.setattr(bundler, "_STEP", 50)
    monkeypatch.setattr(blocks, "_BLOCK", 200_000)
    inside = inside_households(rows_of(path))
    merged(cut(path, [inside[10], inside[90], inside[91], inside[200]]), tmp_path)
    whole, joined, again = (ratios(each, "old") for each in states)
    assert whole.households.max() > 100
    assert np.nanmax(np.abs(whole.contrasts.covariance)) > 0
    assert bits(joined) == bits(again) == bits(whole)
    assert states[0].size["clusters"] == states[1].size["clusters"]
