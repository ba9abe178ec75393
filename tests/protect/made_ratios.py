"""Ratios of a few cells and one series, written down."""

from __future__ import annotations

from typing import Any

import numpy as np

from harmonize.estimate.taylor import Contrasts, Ratios
from harmonize.protect.perturb import Ways


def column(values: Any, kind: Any = np.int64) -> Any:
    return np.array(values, kind)[:, None]


def made(
    n: list[int],
    m: list[int],
    ratio: list[float],
    *,
    se: float = 0.0,
    mean_weight: int = 10,
    counted: list[int] | None = None,
    strata: int = 2,
    left_out: list[int] | None = None,
) -> Ratios:
    """Of cells with these persons, numerators and ratios; the first two cells are compared."""
    size = len(n)
    clusters = column(n if counted is None else counted)
    weight = column(n) * mean_weight
    share = column(ratio, np.float64)
    out = column([0] * size if left_out is None else left_out)
    pairs = Contrasts(np.array([0]), np.array([1]), np.array([[0.0001]]), np.array([[17]]))
    return Ratios(
        np.arange(size), column(n), clusters.copy(), column(m), np.rint(np.nan_to_num(share) * weight).astype(np.int64),
        weight, weight.copy(), out, weight + out, share, np.where(np.isnan(share), np.nan, se**2),
        np.maximum(clusters - strata, 0), clusters, pairs, strata, 100, 0,
    )  # fmt: skip


def ways(kind: str, *, counts: bool = False) -> Ways:
    """Of one series, `share`, `rate` or `kept`."""
    flags = (kind == "share", kind == "rate", counts or kind == "rate", False)
    return Ways(*(np.array([flag]) for flag in flags))
