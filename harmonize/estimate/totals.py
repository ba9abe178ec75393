"""How many persons a share is of: estimated totals with their intervals, beside the levels of the table."""

from __future__ import annotations

import numpy as np
import numpy.typing as npt

from harmonize.estimate import intervals
from harmonize.estimate.about import SampleMeta, SeriesMeta
from harmonize.estimate.taylor import Ratios

Floats = npt.NDArray[np.float64]


def are_told(found: Ratios, meta: SeriesMeta, about: SampleMeta) -> bool:
    """Whether a series has totals: it is a share of persons as they are, and weights add up to a population."""
    as_they_are = meta.counts_persons and meta.adjustment == "none"
    return about.totals and as_they_are and about.persons is not None and found.of_totals is not None


def totals(
    found: Ratios, mine: npt.NDArray[np.int64], s: int, levels: dict[str, Floats], meta: SeriesMeta, about: SampleMeta
) -> dict[str, Floats]:
    """The numbers of the cells `mine` of a share: weighted persons above the line, and the error of that.

    levels: the numbers of the shares themselves, whose counts and left_out_share these have. The interval is symmetric
    on the log scale, as of other positive numbers; of nobody it is that of the share times the population. A total has
    no deff: R's takes the size of the group as known, and is of no use to compare designs by.
    """
    assert found.of_totals is not None
    assert about.persons is not None
    x, n = found.x[mine, s].astype(np.float64), levels["n"]
    nan = np.full_like(x, np.nan)
    variance = found.of_totals[mine, s]
    df = found.df[mine, s].astype(np.float64) if about.sampled else nan
    alone = (df < 1) & (variance == 0) & (x > 0)  # one cluster tells nothing of how clusters vary
    variance = np.where(alone, np.nan, variance) if about.sampled else nan
    total, se = (each / about.scale * about.persons for each in (x, np.sqrt(variance)))
    lower, upper = intervals.log_scale(total, se, df, about.level)
    of_share = [levels["population"] * levels[name] / meta.factor for name in ("ci_lower", "ci_upper")]
    lower, upper = (np.where(x > 0, end, other) for end, other in zip((lower, upper), of_share, strict=True))
    with np.errstate(divide="ignore", invalid="ignore"):
        cv = np.where(x > 0, se / total, np.nan)
    asked = about.reliability
    few = asked.too_few(n, df, levels["left_out_share"]) | found.is_thin(s)[mine] | (about.sampled & np.isnan(se))
    missing = levels["missing"]
    values = {
        "estimate": total, "se": se, "ci_lower": lower, "ci_upper": upper, "cv": cv, "df": df, "deff": nan,
    }  # fmt: skip
    values = {name: np.where(missing > 0, np.nan, value) for name, value in values.items()}
    same = {name: levels[name] for name in ("n", "n_numerator", "population", "left_out_share", "missing")}
    return values | same | {"unreliable": (few | asked.too_vague(cv)).astype(np.float64)}
