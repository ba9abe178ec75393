"""The errors of standardised rates by replicate weights: the rate is worked out anew with the weights of each.

The standard stays that of the main weights. A replicate in which nobody of a group is of an age that the standard has
is dropped. Source: R package survey (svystandardize of a svrepdesign).
"""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
import numpy.typing as npt

from harmonize.estimate.replication import spread
from harmonize.tabulate.replicates import ReplicateSums
from harmonize.tabulate.table import Table

Floats = npt.NDArray[np.float64]


def errors_by_replicate(
    sums: ReplicateSums,
    sample: str,
    table: Table,
    s: int,
    share: Floats,
    rate: Floats,
    scale: float,
    factors: Sequence[float],
) -> tuple[Floats, float]:
    """The variance of the rate of each group, and the covariance of the two groups.

    table: migratory status, of which the groups are the first, then sex and age; share: of each age in the standard;
    rate: by the main weights; scale: of a mean, see Mean, else 1; factors: of the replicates, see Replicates.
    """
    cells = np.arange(len(rate) * table.inner) + table.offset
    x, y = (each.reshape(len(rate), table.inner, -1) for each in sums.sums(sample, cells, s))
    ages = np.flatnonzero(share > 0)
    by_replicate = np.zeros((len(rate), x.shape[2]))
    for age in ages:
        with np.errstate(divide="ignore", invalid="ignore"):
            by_replicate += share[age] * np.where(y[:, age] != 0, x[:, age] / y[:, age], np.nan) / scale
    deviations = by_replicate - rate[:, None]
    variance = spread(deviations, factors)
    difference = spread(deviations[:1] - deviations[1:2], factors)
    return variance, float((variance[0] + variance[1] - difference[0]) / 2)
