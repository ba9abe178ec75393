"""Goals 1 to 5: poverty, hunger, health, education, gender. Not measured yet by this version."""

from __future__ import annotations

from harmonize.indicators.later import later
from harmonize.indicators.model import Indicator

GOALS_1_TO_5: tuple[Indicator, ...] = (
    Indicator(
        "1.1.1",
        "Proportion of the population living below the international poverty line by sex, age, employment "
        "status and geographic location (urban/rural)",
        "World Bank",
        (
            later(
                "1.1.1",
                "international_poverty",
                "Under the international poverty line",
                "household_consumption household_size [household_income] [living_quarters]",
                sdmx="SI_POV_DAY1",
            ),
        ),
        ("sex", "age_group", "labour_force_status", "urban_rural"),
        "Needs a survey; a proxy where the census asks the household's income.",
        sources=("S8",),
    ),
    Indicator(
        "3.1.1",
        "Maternal mortality ratio",
        "World Health Organization",
        (
            later(
                "3.1.1",
                "pregnancy_related_mortality",
                "Pregnancy-related deaths per 100,000 births of the last 12 months",
                "household_deaths births_12_months",
                unit="per_100000",
                sdmx="SH_STA_MORT",
            ),
        ),
        (),
        "A proxy: pregnancy-related deaths in the household; by status of the head alone.",
        sources=("S1", "S12", "S13"),
    ),
    Indicator(
        "3.2.1",
        "Under-5 mortality rate",
        "UNICEF",
        (
            later(
                "3.2.1",
                "under_five_mortality",
                "Deaths before age 5 per 1,000 live births, from mothers' children born and surviving",
                "sex age children_ever_born children_surviving",
                unit="per_1000",
                sdmx="SH_DYN_MORT",
            ),
        ),
        ("sex",),
        "Indirect (Brass, Trussell), by the mother's status.",
        sources=("S1", "S34", "S35"),
    ),
    Indicator(
        "4.5.1",
        "Parity indices (female/male, rural/urban, bottom/top wealth quintile and others such as disability "
        "status, indigenous peoples and conflict-affected, as data become available) for all education "
        "indicators on this list that can be disaggregated",
        "UNESCO Institute for Statistics",
        (
            later(
                "4.5.1",
                "attendance_parity",
                "Attendance of one group over that of the other",
                "age sex school_attendance [urban_rural]",
                unit="ratio",
            ),
        ),
        ("sex", "urban_rural", "disability"),
        "Exact: the group the indicator names first over the other.",
        sources=("S7", "S8"),
    ),
)
