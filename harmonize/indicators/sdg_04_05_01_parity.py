"""SDG 4.5.1: parity in education: what one group has of the other, for every education indicator measured here.

The group that the indicator names first over the other: women over men, rural over urban residents; and
migrants over non-migrants, for which the tool exists. 1 is parity; the index is not inverted above 1.
"""

from __future__ import annotations

from dataclasses import replace

from harmonize.indicators import (
    sdg_04_01_01_minimum_proficiency,
    sdg_04_01_02_completion,
    sdg_04_03_01_participation_in_education,
    sdg_04_06_01_literacy,
)
from harmonize.indicators.model import Indicator, Series

OF = (
    sdg_04_01_01_minimum_proficiency,
    sdg_04_01_02_completion,
    sdg_04_03_01_participation_in_education,
    sdg_04_06_01_literacy,
)


def _parity(series: Series) -> Series:
    """The same series, of which comparisons alone are shown."""
    return replace(
        series,
        indicator="4.5.1",
        title=f"Parity of: {series.title[0].lower()}{series.title[1:]}",
        contrasts=("parity",),
        levels=False,
        sdmx_series=(),
        otherwise=None if series.otherwise is None else _parity(series.otherwise),
    )


INDICATOR = Indicator(
    number="4.5.1",
    title=(
        "Parity indices (female/male, rural/urban, bottom/top wealth quintile and others such as disability status, "
        "indigenous peoples and conflict-affected, as data become available) for all education indicators on this "
        "list that can be disaggregated"
    ),
    custodian="UNESCO Institute for Statistics",
    series=tuple(_parity(series) for module in OF for series in module.INDICATOR.series),
    official_disaggregations=("sex", "urban_rural"),
    census="As exact as the education indicator that is compared.",
    caveats=(
        "Statistic parity; column comparison says of which groups. Wealth quintiles are not known to a census.",
        "An index above 1 favours the group named first; it is not inverted, so 1.25 and 0.8 are as far from parity.",
    ),
    sources=("S7", "S8", "methods.md: 4.5.1"),
)
