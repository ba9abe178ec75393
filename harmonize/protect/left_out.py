"""How large a part of a group is left out of a series, as far as a protected release tells it.

Beside n, an exact share s is a count: n s / (1 - s) persons of the mean weight did not answer, however few. It is also
the base, n / (1 - s) persons, which another series of the same group may count and hide. So the persons left out are
told by classes as wide as the minimum (10 to 19 as 15), 1 to under the minimum of them are not told, and the share is
rounded to whole percents. In a group where half a percent is the minimum or more, rounding does it alone.
"""

from __future__ import annotations

import numpy as np
import numpy.typing as npt

Floats = npt.NDArray[np.float64]
PERCENT = 100


def share_left_out(left_out: npt.ArrayLike, base: npt.ArrayLike) -> Floats:
    """The exact share, from 0 to 1; nan where nobody is in the base. left_out, base: weights in any unit."""
    with np.errstate(divide="ignore", invalid="ignore"):
        return np.asarray(left_out, np.float64) / np.asarray(base, np.float64)


def told_share(share: Floats, n: npt.ArrayLike, minimum: int) -> Floats:
    """The share as it is told; nan where it is not. n: persons who count, unweighted; minimum: 0 tells it exactly.

    A share of 1, where nobody counts, tells of no number.
    """
    if not minimum:
        return share
    n = np.asarray(n, np.float64)
    with np.errstate(divide="ignore", invalid="ignore"):
        persons = np.round(n * share / (1 - share), 6)  # 10 is 10, and not a little less
        middle = minimum * (np.floor(persons / minimum) + 0.5)
        by_class = np.where(persons >= minimum, middle / (n + middle), np.where(persons > 0, np.nan, 0.0))
    found = np.where(n >= 2 * PERCENT * minimum, share, by_class)
    return np.where(n > 0, np.round(found * PERCENT) / PERCENT, share)
