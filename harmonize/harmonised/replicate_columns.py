"""What the replicate weights are called in harmonised microdata."""

from __future__ import annotations

REPLICATE = "_replicate_"


def replicate_columns(count: int) -> list[str]:
    """`_replicate_1` and so on."""
    return [f"{REPLICATE}{r}" for r in range(1, count + 1)]
