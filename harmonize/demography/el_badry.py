"""El-Badry's correction: how many of the women whose children ever born are not stated are really childless.

Enumerators leave the answer blank for childless women, so that across age groups the share not stated, U, rises with
the share childless, Z. The line U = α + β·Z fitted through the age groups has at Z = 0 the share α that is not stated
in truth, taken as the same at every age. The childless share becomes Z + U − α, the share not stated α.

Source: M. A. El-Badry (1961), Failure of enumerators to make entries of zero, Journal of the American Statistical
Association 56; as in Moultrie et al. (2013), Tools for Demographic Estimation, "The el-Badry correction", read
there as to method and as to leaving women still not stated out of mean parities; the unweighted line and the 2 %
as in the R package fertestr (R/parity_assess.R).
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

import numpy as np

THRESHOLD: Final = 0.02
"""Share of women not stated, in any age group, above which the correction is called for."""


@dataclass(frozen=True)
class ElBadry:
    """The correction by age group of women; shares are of all women of the age group, 0..1."""

    intercept: float
    """α, the share not stated in truth."""
    slope: float
    """β: how many not stated per woman reported childless."""
    correlation: float
    """Pearson's r of U and Z: judge the fit by it."""
    applies: bool
    """False where the data don't show the pattern (β not positive, or α outside 0 to 1): nothing is corrected."""
    childless: tuple[float, ...]
    """Corrected share childless; as reported where the correction doesn't apply."""
    not_stated: tuple[float, ...]
    """Corrected share not stated; as reported where the correction doesn't apply."""


def el_badry(women: Sequence[float], childless: Sequence[float], not_stated: Sequence[float]) -> ElBadry:
    """Fit the line through the age groups and correct the shares.

    `women`: all women by age group, those not stated included; `childless`: those reported with no child;
    `not_stated`: those whose children ever born are not stated. Sums of weights or counts; at least three groups.
    ValueError where lengths differ, a number is negative, or the parts exceed the women.
    """
    total, none, blank = (np.asarray(values, np.float64) for values in (women, childless, not_stated))
    if not (total.shape == none.shape == blank.shape and total.ndim == 1 and total.size >= 3):
        raise ValueError(
            "El-Badry's correction needs women, childless and not stated for the same age groups, three or more."
        )
    if not (np.all(total > 0) and np.all(none >= 0) and np.all(blank >= 0) and np.all(none + blank <= total + 1e-9)):
        raise ValueError(
            "El-Badry's correction needs women in every age group, and no more childless and not stated than women."
        )
    z, u = none / total, blank / total
    spread_z, spread_u = z - z.mean(), u - u.mean()
    variance = float(spread_z @ spread_z)
    slope = float(spread_z @ spread_u) / variance if variance > 0 else 0.0
    intercept = float(u.mean() - slope * z.mean())
    length = float(np.sqrt(variance * float(spread_u @ spread_u)))
    correlation = float(spread_z @ spread_u) / length if length > 0 else 0.0
    applies = slope > 0 and 0 <= intercept < 1
    if applies:
        z, u = z + u - intercept, np.full_like(u, intercept)
    return ElBadry(intercept, slope, correlation, applies, tuple(z.tolist()), tuple(u.tolist()))
