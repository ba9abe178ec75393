"""The spread of clusters in a stratum in whole numbers, for sums whose difference float64 can't hold.

Where every cluster has nearly the same ratio, squares of size y² cancel to a spread of nearly nothing.
The state's sums are exact integers, so the spread is computed from them without rounding until the end.
"""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True)
class Part:
    """One side of a product: x and y summed over the stratum, and X and Y over the sample's cell."""

    x: int
    y: int
    total_x: int
    total_y: int

    @property
    def scaled_z(self) -> int:
        """Sum over the stratum of z = x - (X/Y) y, times Y."""
        return self.x * self.total_y - self.total_x * self.y


def spread(sums: tuple[int, int, int, int], a: Part, b: Part, clusters: int) -> float:
    """n/(n-1) (sum z_a z_b - sum z_a sum z_b / n) of a stratum; of its only cluster, z_a z_b.

    sums: of x_a x_b, x_a y_b, y_a x_b, y_a y_b over its clusters. Rounded once, by the last division.
    """
    xx, xy, yx, yy = sums
    products = (
        xx * a.total_y * b.total_y
        - xy * a.total_y * b.total_x
        - yx * a.total_x * b.total_y
        + yy * a.total_x * b.total_x
    )
    scale = a.total_y * b.total_y
    if clusters == 1:
        return products / scale
    return (clusters * products - a.scaled_z * b.scaled_z) / ((clusters - 1) * scale)


def spread_of_total(squares: int, x: int, clusters: int) -> float:
    """n/(n-1) (sum x² - (sum x)²/n) of a stratum; of its only cluster, x²."""
    if clusters == 1:
        return float(squares)
    return (clusters * squares - x * x) / (clusters - 1)
