"""The distribution of a value in each cell of a table: its quantiles and densities, exact and in one order."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt
import polars as pl

from harmonize.second_look.kept import Kept, bit

Floats = npt.NDArray[np.float64]
Ints = npt.NDArray[np.int64]
_SETTLE = 4_000_000  # rows gathered before equal values are added


@dataclass(frozen=True)
class Distribution:
    """Values of one sample and cell, ascending, with the weight of each (fixed-point); not empty."""

    values: Ints
    weights: Ints

    @property
    def total(self) -> int:
        """The weight of all."""
        return int(self.weights.sum())

    def quantile(self, p: float) -> int:
        """The lowest value up to which there is the share `p` of the weight (R's qrule "math"); p in 0..1."""
        reached = np.cumsum(self.weights).astype(np.float64)
        at = int(np.searchsorted(reached, p * self.total, side="left"))
        return int(self.values[min(at, len(self.values) - 1)])

    def median(self) -> int:
        """The lowest value up to which there is half the weight, exactly."""
        reached = np.cumsum(self.weights)
        return int(self.values[int(np.searchsorted(reached, (self.total + 1) // 2, side="left"))])

    def bandwidth(self, scale: float) -> float:
        """Of `density`: the standard deviation over the fifth root of the weighted persons.

        scale: units of the fixed-point weights in one. Source: R package convey, h_fun.
        """
        weights, values = self.weights.astype(np.float64), self.values.astype(np.float64)
        total = weights.sum()
        mean = float(np.sum(weights * values) / total)
        variance = float(np.sum(weights * (values - mean) ** 2) / total)
        return float(np.sqrt(variance) / (total / scale) ** 0.2)

    def density(self, at: float, bandwidth: float) -> float:
        """The density at a value, by a normal kernel. Source: R package convey, densfun."""
        kernel = np.exp(-(((at - self.values) / bandwidth) ** 2) / 2) / np.sqrt(2 * np.pi)
        return float(np.sum(self.weights * kernel) / (self.weights.sum() * bandwidth))


def distributions(
    kept: Kept, samples: Sequence[str], table: int, series: int, value: int
) -> dict[tuple[int, int], Distribution]:
    """(place of the sample, cell code) -> distribution, of the persons who count in the series.

    value: the place of the series among those with a value.
    """
    universe = f"universe{series // 64}"
    gathered: list[pl.DataFrame] = []
    rows = 0
    for batch in kept.batches(("weight", f"code{table}", universe, f"value{value}")):
        found = pl.DataFrame(
            {
                "sample": batch.samples(samples),
                "cell": batch.rows[f"code{table}"],
                "value": batch.rows[f"value{value}"],
                "weight": batch.rows["weight"],
            }
        ).filter(pl.Series(bit(batch, "universe", series)))
        gathered.append(found)
        rows += found.height
        if rows > _SETTLE:
            gathered = [_added(gathered)]
            rows = 0
    if not gathered:
        return {}
    whole = _added(gathered).sort("sample", "cell", "value").filter(pl.col("weight") > 0)
    return {
        (int(key[0]), int(key[1])): Distribution(part["value"].to_numpy(), part["weight"].to_numpy())
        for key, part in whole.partition_by("sample", "cell", as_dict=True, maintain_order=True).items()
    }


def _added(frames: Sequence[pl.DataFrame]) -> pl.DataFrame:
    return pl.concat(frames).group_by("sample", "cell", "value").agg(pl.col("weight").sum())
