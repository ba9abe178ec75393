"""Variances of ratios by replicate weights, in the place of the Taylor-linearised ones.

With theta the estimate and theta_r that by the weights of replicate r, the variance is the sum over r of
factor_r (theta_r - theta)², the factor being scale times rscale of the method (see Replicates). A replicate in which
nobody of the cell has weight is dropped. Two estimates have the covariance that gives their difference the variance of
its own replicates. Of a total no replicate is dropped: where nobody has weight it is 0. Degrees of freedom: the rank of
the matrix of the weights of the persons who count, less one.
Source: R package survey (svrepdesign with mse = TRUE, svrVar, degf).
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

import numpy as np
import numpy.typing as npt

from harmonize.estimate.taylor import Contrasts, Ratios
from harmonize.listing import first_of
from harmonize.tabulate.replicates import ReplicateSums

Floats = npt.NDArray[np.float64]
Ints = npt.NDArray[np.int64]
Flags = npt.NDArray[np.bool_]
MOST_NAMES = 3  # of replicates that a sentence names


def replicated(
    found: Ratios,
    sums: ReplicateSums,
    sample: str,
    factors: Sequence[float],
    scale_of: Floats,
    other: Sequence[int] | None = None,
) -> Ratios:
    """The ratios of a sample with the variances, covariances and degrees of freedom of its replicate weights.

    factors: of each replicate. scale_of: by series, see Ratios and State.amount_scale. other: of each series, that of
    the second cell of a pair; None for the same. Series whose sums are not kept by replicate stay as they are.
    """
    variance, df = found.variance.copy(), found.df.copy()
    of_totals = None if found.of_totals is None else found.of_totals.copy()
    pairs = found.contrasts
    covariance, df_of_pairs = pairs.covariance.copy(), pairs.df.copy()
    wanted = set(sums.wanted)
    other = range(len(scale_of)) if other is None else other
    deviations: dict[int, Floats] = {}
    dropped, empty = 0, np.ones(sums.replicates, np.bool_)
    for s in sums.wanted:
        deviations[s], nobody = _deviations(found, sums, sample, s, float(scale_of[s]))
        dropped += int(nobody.sum())
        empty &= nobody.all(axis=0)
        ranks = sums.ranks(sample, found.cells, s)
        df[:, s] = np.maximum(ranks - 1, 0)
        variance[:, s] = spread(deviations[s], factors)
        # all weights in one direction tell nothing of how they vary: what is not 0 then is of rounding
        variance[(ranks <= 1) & (variance[:, s] > 0), s] = 0.0
        if of_totals is not None:
            x, _ = sums.sums(sample, found.cells, s)
            of_totals[:, s] = spread((x - found.x[:, s, None]).astype(np.float64), factors)
    for s in sums.wanted if len(pairs.first) else ():
        second = int(other[s])
        if second not in wanted:
            continue
        a, b = deviations[s][pairs.first], deviations[second][pairs.second]
        own = variance[pairs.first, s] + variance[pairs.second, second]
        covariance[:, s] = np.nan_to_num((own - spread(a - b, factors)) / 2)
        cells = found.cells[pairs.first], found.cells[pairs.second]
        df_of_pairs[:, s] = np.maximum(sums.ranks(sample, cells[0], s, cells[1], second) - 1, 0)
    contrasts = Contrasts(pairs.first, pairs.second, covariance, df_of_pairs)
    lost = tuple(np.flatnonzero(empty).tolist()) if dropped else ()
    return replace(
        found, variance=variance, df=df, contrasts=contrasts, dropped=dropped, empty=lost, of_totals=of_totals
    )


def of_empty(found: Ratios, count: int) -> str:
    """What to say of replicates whose weights are 0 for all who count; empty where there is none. count: of all."""
    if not found.empty:
        return ""
    numbers = first_of([str(r + 1) for r in found.empty], MOST_NAMES)
    one = len(found.empty) == 1
    which = f"replicate weight {numbers} (of {count}) is" if one else f"replicate weights {numbers} (of {count}) are"
    return (
        f"{which} 0 for everybody who counts: standard errors do without {'it' if one else 'them'}, and are too small; "
        "is the extract whole?"
    )


def _deviations(found: Ratios, sums: ReplicateSums, sample: str, s: int, scale: float) -> tuple[Floats, Flags]:
    """Of each cell and replicate the estimate less that of the main weights; nan for a replicate without anybody.

    And which those are, (cells, replicates) of the cells that have an estimate.
    """
    x, y = sums.sums(sample, found.cells, s)
    counts = found.y[:, s] > 0
    with np.errstate(divide="ignore", invalid="ignore"):
        whole = np.where(counts, found.x[:, s] / found.y[:, s], np.nan) / scale
        by_replicate = np.where(y != 0, x / y, np.nan) / scale
    return by_replicate - whole[:, None], y[counts] == 0


def spread(deviations: Floats, factors: Sequence[float]) -> Floats:
    """The sum over replicates of factor times deviation², (cells); nan where there is no replicate.

    deviations: (cells, replicates), nan for a replicate that is dropped. Added up in the order of the replicates.
    """
    total = np.zeros(len(deviations))
    for r, factor in enumerate(factors):
        total += factor * np.nan_to_num(deviations[:, r]) ** 2
    return np.where(np.isnan(deviations).all(axis=1), np.nan, total)
