"""Goals 6 to 17: water, work, industry, inequality, cities, peace, partnership. Not measured yet."""

from __future__ import annotations

from harmonize.indicators.later import later
from harmonize.indicators.model import Indicator

GOALS_6_TO_17: tuple[Indicator, ...] = (
    Indicator(
        "8.7.1",
        "Proportion and number of children aged 5-17 years engaged in child labour, by sex and age",
        "International Labour Organization, UNICEF",
        (
            later(
                "8.7.1",
                "child_labour",
                "In economic activity at or above the hours of their age, children aged 5–17",
                "age labour_force_status hours_worked_week [hazardous_work]",
                sdmx="SL_TLF_CHLDEA",
            ),
            later(
                "8.7.1",
                "child_labour_and_chores",
                "In economic activity or household chores above the hours of their age, children aged 5–17",
                "age labour_force_status hours_worked_week chores_hours_week [hazardous_work]",
                sdmx="SL_TLF_CHLDEC",
            ),
        ),
        ("sex", "age_group"),
        "A proxy: work is usually asked from 10 or 15 years, hours often not.",
        sources=("S8", "S21", "S22"),
    ),
    Indicator(
        "8.8.1",
        "Fatal and non-fatal occupational injuries per 100,000 workers, by sex and migrant status",
        "International Labour Organization",
        (
            later(
                "8.8.1",
                "occupational_injuries",
                "Workers injured at work in the last 12 months, per 100,000",
                "labour_force_status occupational_injury_12_months",
                unit="per_100000",
                sdmx="SL_EMP_INJUR",
            ),
        ),
        ("sex", "migratory_status"),
        "Administrative data or a survey module; a census gives the workers by migratory status.",
        sources=("S10",),
    ),
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
    Indicator(
        "10.3.1",
        "Proportion of population reporting having personally felt discriminated against or harassed in the "
        "previous 12 months on the basis of a ground of discrimination prohibited under international human "
        "rights law",
        "OHCHR",
        (
            later(
                "10.3.1",
                "discrimination",
                "Felt discriminated against in the last 12 months, adults",
                "age discrimination_12_months",
                sdmx="VC_VOV_GDSD",
            ),
        ),
        (),
        "Needs a survey. The same as 16.b.1.",
        sources=("S23",),
    ),
    Indicator(
        "16.1.3",
        "Proportion of population subjected to (a) physical violence, (b) psychological violence and (c) "
        "sexual violence in the previous 12 months",
        "UNODC",
        tuple(
            later(
                "16.1.3",
                f"{form}_violence",
                f"Subjected to {form} violence in the last 12 months",
                f"age violence_{form}_12_months",
                sdmx=code,
            )
            for form, code in (("physical", "VC_VOV_PHYL"), ("psychological", ""), ("sexual", "VC_VOV_SEXL"))
        ),
        ("sex", "age_group"),
        "Needs a victimisation survey.",
        sources=("S8",),
    ),
)
