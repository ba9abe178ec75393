"""Goals 6 to 17: water, work, industry, inequality, cities, peace, partnership. Not measured yet."""

from __future__ import annotations

from harmonize.indicators.later import later
from harmonize.indicators.model import Indicator

GOALS_6_TO_17: tuple[Indicator, ...] = (
    Indicator(
        "10.2.1",
        "Proportion of people living below 50 per cent of median income, by sex, age and persons with disabilities",
        "World Bank",
        (
            later(
                "10.2.1",
                "below_half_median",
                "Below half the national median income",
                "household_income household_size [living_quarters]",
                sdmx="SI_POV_50MI",
            ),
        ),
        ("sex", "age_group", "disability"),
        "Exact where the household's income is asked.",
        sources=("S8",),
    ),
)
