"""The perturbation table of the cell-key method: which noise a count gets, by its cell key.

For each count the noise v is a whole number of at most D either way, with mean zero and variance V, such that the
perturbed count is not negative and not one of 1 to js; a zero stays zero. Of all such distributions it is that of
the greatest entropy, p(v) proportional to exp(a v + b v²). From D + js + 1 on all counts have the same.
Sources: Marley & Leaver (2011), A method for confidentialising user-defined tables: statistical properties and a
risk-utility analysis; Giessing (2016), doi:10.1007/978-3-319-45381-1_18; R package ptable (create_cnt_ptable), whose
documentation and that of cellKey use D = 5, V = 3, js = 2, hence these defaults.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property

import numpy as np
import numpy.typing as npt
import scipy  # its parts are imported when first used: a fifth of a short run otherwise

Ints = npt.NDArray[np.int64]
Floats = npt.NDArray[np.float64]
Keys = npt.NDArray[np.uint32]
_DECIMALS = 9  # of a cumulative probability: coarser than what machines differ in, finer than matters
_KEYS = 2.0**32


@dataclass(frozen=True)
class NoiseTable:
    """largest: D. variance: V. smallest: js, the largest positive count that is never published; 0 for none.

    Where a small count has no distribution with the variance V, it gets that with the nearest one there is; with the
    defaults every count has V.
    """

    largest: int = 5
    variance: float = 3.0
    smallest: int = 2

    def __post_init__(self) -> None:
        """Raises ValueError for parameters that no table has."""
        if self.largest < 1 or not 0 <= self.smallest <= self.largest:
            raise ValueError("the largest noise must be 1 or more, and not less than the counts never published")
        if not 0 < self.variance <= self.largest**2:
            raise ValueError("the variance must be above 0, and at most the square of the largest noise")

    @property
    def noises(self) -> Ints:
        """-D to D."""
        return np.arange(-self.largest, self.largest + 1)

    @cached_property
    def probabilities(self) -> Floats:
        """(counts, noises) for counts 0, 1, ...; the last row is for all larger counts too."""
        found = np.zeros((self.largest + self.smallest + 2, len(self.noises)))
        for count in range(len(found)):
            to = count + self.noises
            allowed = to == 0 if count == 0 else (to == 0) | (to > self.smallest)
            found[count, allowed] = _greatest_entropy(self.noises[allowed], self.variance)
        return found

    @cached_property
    def _steps(self) -> npt.NDArray[np.uint64]:
        """(noises, counts) the number of keys that get this noise or a lower one."""
        sums = np.round(np.cumsum(self.probabilities, axis=1), _DECIMALS)
        steps: npt.NDArray[np.uint64] = np.rint(sums * _KEYS).astype(np.uint64).T.copy()
        return steps

    def look_up(self, counts: Ints, keys: Keys) -> Ints:
        """The noise of each count. counts: not negative; keys: of the cells, of the same shape."""
        row = np.minimum(counts, len(self.probabilities) - 1)
        found = np.full(counts.shape, -self.largest, np.int64)
        for step in self._steps[:-1]:
            found += keys >= step[row]
        return found


def rounding(counts: Ints, base: int) -> Ints:
    """What makes each count the nearest multiple of `base`; halfway, the even multiple."""
    below, rest = np.divmod(counts, base)
    up = (2 * rest > base) | ((2 * rest == base) & (below % 2 == 1))
    return np.where(up, base - rest, -rest)


def rounding_variance(base: int) -> float:
    """Of an error that is anything between half a base down and up."""
    return base**2 / 12


def _greatest_entropy(noises: Ints, variance: float) -> Floats:
    """The probability of each noise, of mean zero and this variance or the nearest that there is."""
    v = noises.astype(np.float64)
    if len(v) == 1:
        return np.ones(1)
    negative, positive = v[v < 0], v[v > 0]
    least = 0.0 if (v == 0).any() else -negative.max() * positive.min()
    most = -negative.min() * positive.max()
    for end, low, high in ((least, negative.max(), positive.min()), (most, negative.min(), positive.max())):
        if np.isclose(variance, end, rtol=1e-9) or (variance < end if end == least else variance > end):
            return np.asarray(np.where(v == low, high, np.where(v == high, -low, 0.0)) / (high - low))
    moments = np.stack([v, v * v - variance]) / np.array([[v.max()], [v.max() ** 2]])

    def share(at: Floats) -> tuple[float, Floats]:
        power = at @ moments
        each = np.exp(power - power.max())
        return float(power.max() + np.log(each.sum())), each / each.sum()

    def slope(at: Floats) -> Floats:
        return np.asarray(moments @ share(at)[1])

    def bend(at: Floats) -> Floats:
        p, mean = share(at)[1], slope(at)
        return np.asarray((moments * p) @ moments.T - np.outer(mean, mean))

    solved = scipy.optimize.minimize(
        lambda at: share(at)[0], np.zeros(2), jac=slope, hess=bend, method="trust-exact", options={"gtol": 1e-13}
    )
    at = solved.x
    for _ in range(3):  # the last digits
        at = at - np.linalg.solve(bend(at), slope(at))
    return share(at)[1]
