"""Two batches, and what is asked of their rows."""

from __future__ import annotations

from types import ModuleType
from typing import Any

import polars as pl
import pytest

BATCHES = [
    pl.DataFrame({"sex": ["m", "f", "f", "m"], "age": ["1", "2", "1", "1"], "other": ["x", "x", "y", "y"]}),
    pl.DataFrame({"sex": ["f", "?", "f"], "age": ["3", "1", "3"], "other": ["z", "x", "y"]}),
]
BOTH = ((pl.col("sex") == "f") & (pl.col("age") > "1")).alias("both")
SEX, AGE, OTHER = (
    (pl.col(name) == value).alias(name + value) for name, value in (("sex", "f"), ("age", "1"), ("other", "y"))
)


def watched(monkeypatch: pytest.MonkeyPatch, module: ModuleType, name: str) -> list[int]:
    """How many rows each go through a batch has from now on, by this function of the module."""
    seen: list[int] = []
    counted = getattr(module, name)

    def watching(index: Any, *further: Any) -> Any:
        seen.append(len(index))
        return counted(index, *further)

    monkeypatch.setattr(module, name, watching)
    return seen
