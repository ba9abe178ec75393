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
        "1.3.1",
        "Proportion of population covered by social protection floors/systems, by sex, distinguishing "
        "children, unemployed persons, older persons, persons with disabilities, pregnant women, newborns, "
        "work-injury victims and the poor and the vulnerable",
        "International Labour Organization",
        (
            later(
                "1.3.1",
                "social_protection",
                "Covered by at least one benefit or scheme",
                "social_protection_any",
                sdmx="SI_COV_BENFTS",
            ),
            later(
                "1.3.1",
                "pension",
                "Receiving a pension, persons above the pensionable age",
                "age receives_pension",
                sdmx="SI_COV_PENSN",
            ),
        ),
        ("sex",),
        "Mostly surveys and administrative data; a census has parts of it.",
        sources=("S8",),
    ),
    Indicator(
        "2.2.1",
        "Prevalence of stunting (height for age <-2 standard deviation from the median of the World Health "
        "Organization (WHO) Child Growth Standards) among children under 5 years of age",
        "UNICEF, World Health Organization, World Bank",
        (
            later(
                "2.2.1",
                "stunting",
                "Stunted, children under 5",
                "age height_for_age_z",
                sdmx="SH_STA_STNT",
            ),
        ),
        ("sex", "age_group"),
        "Needs a survey. Children by the mother's status too.",
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
        "3.1.2",
        "Proportion of births attended by skilled health personnel",
        "UNICEF, World Health Organization",
        (
            later(
                "3.1.2",
                "skilled_attendance",
                "Last births attended by skilled personnel",
                "sex age last_birth_attendant_skilled",
                sdmx="SH_STA_BRTC",
            ),
        ),
        (),
        "Needs a survey module; a few censuses ask it of the last birth.",
        sources=("S8", "S14"),
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
        "3.8.1",
        "Coverage of essential health services",
        "World Health Organization",
        (
            later(
                "3.8.1",
                "health_insurance",
                "Covered by health insurance, a census's nearest",
                "health_insurance",
            ),
        ),
        (),
        "Not from a census: an index of 14 tracers from surveys and administrative data (SH_ACS_UNHC).",
        sources=("S8",),
    ),
    Indicator(
        "4.1.1",
        "Proportion of children and young people (a) in grades 2/3; (b) at the end of primary; and (c) at "
        "the end of lower secondary achieving at least a minimum proficiency level in (i) reading and (ii) "
        "mathematics, by sex",
        "UNESCO Institute for Statistics",
        (
            later(
                "4.1.1",
                "reading",
                "Minimum proficiency in reading",
                "age reading_proficiency",
                sdmx="SE_TOT_PRFL",
            ),
            later(
                "4.1.1",
                "mathematics",
                "Minimum proficiency in mathematics",
                "age mathematics_proficiency",
                sdmx="SE_TOT_PRFL",
            ),
        ),
        ("sex",),
        "Needs an assessment; a census has completion (4.1.2) in its place.",
        sources=("S8",),
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
    Indicator(
        "5.2.1",
        "Proportion of ever-partnered women and girls aged 15 years and older subjected to physical, sexual "
        "or psychological violence by a current or former intimate partner in the previous 12 months, by "
        "form of violence and by age",
        "UNICEF, UN Women, UNFPA, World Health Organization, UNODC",
        (
            later(
                "5.2.1",
                "partner_violence",
                "Violence by a partner, ever-partnered women aged 15 and over",
                "sex age marital_status partner_violence_12_months",
                sdmx="VC_VAW_MARR",
            ),
        ),
        ("age_group",),
        "Never from a census: a survey of its own, for safety and privacy.",
        sources=("S8",),
    ),
)
