"""The adolescent birth rate of the whole sample, raised by Brass's P/F ratio of women aged 20–24."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from harmonize.demography.births import pf_ratios
from harmonize.demography.brass_trussell import MOTHERS
from harmonize.estimate.taylor import Ratios


def put_pf(found: Ratios, series: Sequence[tuple[str, str]], total_cell: int) -> None:
    """Write the adjusted rate into the ratios of a sample; nothing where the run does not have what it takes.

    The factor is taken as exact: the standard error is that of the rate, times it. No number where the method
    does not hold, see pf_ratios.
    """
    place = {name: at for at, (indicator, name) in enumerate(series) if indicator == "3.7.2"}
    everybody = np.flatnonzero(found.cells == total_cell)  # of a sample of which all are left out nobody
    if "births_15_19_pf" not in place or not len(everybody):
        return
    s, total = place["births_15_19_pf"], int(everybody[0])
    ages = [group.replace("-", "_") for group in MOTHERS]
    try:
        rates = [float(found.ratio[total, place[f"birth_rate_{age}"]]) for age in ages]
        parities = [float(found.ratio[total, place[f"parity_{age}"]]) for age in ages]
        factor = pf_ratios(rates, parities).factor()
        factor = factor if factor >= 1 else np.nan  # births of the last year are left out, not made up
    except (KeyError, ValueError):
        factor = np.nan
    found.ratio[total, s] *= factor
    found.variance[total, s] *= factor**2
