"""Into the ratios of a sample: the numbers of a series that was looked at again."""

from __future__ import annotations

import numpy as np
import numpy.typing as npt

from harmonize.estimate.taylor import Ratios

Floats = npt.NDArray[np.float64]


def write(found: Ratios, s: int, again: Ratios, ratio: Floats, variance: Floats, covariance: Floats) -> None:
    """Replace the numbers of series `s`. again: of which cells and pairs `ratio`, `variance` and `covariance` are."""
    mine = np.searchsorted(found.cells, again.cells)
    found.ratio[mine, s] = ratio
    found.variance[mine, s] = variance
    pairs = zip(found.contrasts.first, found.contrasts.second, strict=True)
    place = {pair: i for i, pair in enumerate(pairs)}
    first, second = mine[again.contrasts.first], mine[again.contrasts.second]
    for i, pair in enumerate(zip(first, second, strict=True)):
        found.contrasts.covariance[place[pair], s] = covariance[i]
