"""The indicators: the 24 asked for by migratory status and the extras that censuses measure.

`INDICATORS` maps the UN number to its `Indicator`, in the order of the numbers. The list of modules
below is the registry: an indicator is added by one file named after its number and a line here.
Importing this does not import polars.
"""

from __future__ import annotations

from harmonize.indicators import (
    sdg_01_01_01_international_poverty,
    sdg_01_02_01_national_poverty,
    sdg_01_03_01_social_protection,
    sdg_01_04_01_basic_services,
    sdg_02_01_02_food_insecurity,
    sdg_02_02_01_stunting,
    sdg_03_0c_01_health_workers,
    sdg_03_01_01_maternal_mortality,
    sdg_03_01_02_skilled_birth_attendance,
    sdg_03_02_01_under_five_mortality,
    sdg_03_03_01_hiv,
    sdg_03_07_01_family_planning,
    sdg_03_07_02_adolescent_births,
    sdg_03_08_01_health_coverage,
    sdg_04_01_01_minimum_proficiency,
    sdg_04_01_02_completion,
    sdg_04_03_01_participation_in_education,
    sdg_04_05_01_parity,
    sdg_04_06_01_literacy,
    sdg_05_0b_01_mobile_phones,
    sdg_05_02_01_partner_violence,
    sdg_05_02_02_nonpartner_violence,
    sdg_05_03_01_child_marriage,
    sdg_05_06_01_own_decisions,
    sdg_06_01_01_drinking_water,
    sdg_06_02_01_sanitation_and_handwashing,
    sdg_07_01_01_electricity,
    sdg_08_03_01_informal_employment,
    sdg_08_05_01_hourly_earnings,
    sdg_08_05_02_unemployment,
    sdg_08_06_01_neet,
    sdg_08_07_01_child_labour,
    sdg_08_08_01_occupational_injuries,
    sdg_08_10_02_accounts,
    sdg_09_02_02_manufacturing_employment,
    sdg_10_02_01_half_median,
    sdg_10_03_01_discrimination,
    sdg_11_01_01_slums,
    sdg_16_01_03_violence,
    sdg_16_01_04_feeling_safe,
    sdg_16_02_01_violent_discipline,
    sdg_16_02_03_sexual_violence_in_childhood,
    sdg_16_03_01_reporting_of_violence,
    sdg_16_09_01_birth_registration,
    sdg_17_08_01_internet_use,
)
from harmonize.indicators.asked import Asked, Availability
from harmonize.indicators.availability import Resolved, narrowed_while_running, resolve
from harmonize.indicators.catalogue import SeriesMasks, masks_of, needed_columns, series_masks
from harmonize.indicators.model import Indicator, Need, Population, Proxy, Series
from harmonize.indicators.reasons import PROXY_REASONS, UNAVAILABLE_REASONS, Reason
from harmonize.indicators.status import IndicatorStatus, availability

MEASURED_MODULES = (
    sdg_01_01_01_international_poverty,
    sdg_01_02_01_national_poverty,
    sdg_01_03_01_social_protection,
    sdg_01_04_01_basic_services,
    sdg_02_01_02_food_insecurity,
    sdg_02_02_01_stunting,
    sdg_03_01_01_maternal_mortality,
    sdg_03_01_02_skilled_birth_attendance,
    sdg_03_02_01_under_five_mortality,
    sdg_03_03_01_hiv,
    sdg_03_07_01_family_planning,
    sdg_03_07_02_adolescent_births,
    sdg_03_08_01_health_coverage,
    sdg_03_0c_01_health_workers,
    sdg_04_01_01_minimum_proficiency,
    sdg_04_01_02_completion,
    sdg_04_03_01_participation_in_education,
    sdg_04_05_01_parity,
    sdg_04_06_01_literacy,
    sdg_05_02_01_partner_violence,
    sdg_05_02_02_nonpartner_violence,
    sdg_05_03_01_child_marriage,
    sdg_05_06_01_own_decisions,
    sdg_05_0b_01_mobile_phones,
    sdg_06_01_01_drinking_water,
    sdg_06_02_01_sanitation_and_handwashing,
    sdg_07_01_01_electricity,
    sdg_08_03_01_informal_employment,
    sdg_08_05_01_hourly_earnings,
    sdg_08_05_02_unemployment,
    sdg_08_06_01_neet,
    sdg_08_07_01_child_labour,
    sdg_08_08_01_occupational_injuries,
    sdg_08_10_02_accounts,
    sdg_09_02_02_manufacturing_employment,
    sdg_10_02_01_half_median,
    sdg_10_03_01_discrimination,
    sdg_11_01_01_slums,
    sdg_16_01_03_violence,
    sdg_16_01_04_feeling_safe,
    sdg_16_02_01_violent_discipline,
    sdg_16_02_03_sexual_violence_in_childhood,
    sdg_16_03_01_reporting_of_violence,
    sdg_16_09_01_birth_registration,
    sdg_17_08_01_internet_use,
)


def _place(indicator: Indicator) -> list[tuple[bool, str]]:
    """The order of the numbers; targets with a letter (5.b) come after those with a number."""
    return [(part.isalpha(), part.zfill(2)) for part in indicator.number.split(".")]


INDICATORS: dict[str, Indicator] = {
    indicator.number: indicator for indicator in sorted((module.INDICATOR for module in MEASURED_MODULES), key=_place)
}


def measured_series() -> tuple[Series, ...]:
    """Every series, in the order of the indicators."""
    return tuple(series for indicator in INDICATORS.values() for series in indicator.series)


__all__ = [
    "INDICATORS",
    "PROXY_REASONS",
    "UNAVAILABLE_REASONS",
    "Asked",
    "Availability",
    "Indicator",
    "IndicatorStatus",
    "Need",
    "Population",
    "Proxy",
    "Reason",
    "Resolved",
    "Series",
    "SeriesMasks",
    "availability",
    "masks_of",
    "measured_series",
    "narrowed_while_running",
    "needed_columns",
    "resolve",
    "series_masks",
]
