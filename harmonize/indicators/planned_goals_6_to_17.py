"""Goals 6 to 17: water, work, industry, inequality, cities, peace, partnership. Not measured yet."""

from __future__ import annotations

from harmonize.indicators.later import later
from harmonize.indicators.model import Indicator

GOALS_6_TO_17: tuple[Indicator, ...] = (
    Indicator(
        "6.1.1",
        "Proportion of population using safely managed drinking water services",
        "World Health Organization, UNICEF",
        (
            later(
                "6.1.1",
                "drinking_water_ladder",
                "The drinking water ladder up to basic",
                "water_source [water_time_minutes] [living_quarters]",
                sdmx="SH_H2O_SAFE",
            ),
        ),
        ("urban_rural",),
        "The ladder up to basic; safely managed needs tests of the water.",
        sources=("S8",),
    ),
    Indicator(
        "6.2.1",
        "Proportion of population using (a) safely managed sanitation services and (b) a hand-washing "
        "facility with soap and water",
        "World Health Organization, UNICEF",
        (
            later(
                "6.2.1",
                "sanitation_ladder",
                "The sanitation ladder up to basic",
                "sanitation [living_quarters]",
                sdmx="SH_SAN_SAFE",
            ),
            later(
                "6.2.1",
                "handwashing",
                "Handwashing facility with soap and water",
                "handwashing [living_quarters]",
                sdmx="SH_SAN_HNDWSH",
            ),
        ),
        ("urban_rural",),
        "The ladder up to basic; handwashing where asked.",
        sources=("S8",),
    ),
    Indicator(
        "8.3.1",
        "Proportion of informal employment in total employment, by sector and sex",
        "International Labour Organization",
        (
            later(
                "8.3.1",
                "informal_employment",
                "Informally employed, of the employed aged 15 and over",
                "age labour_force_status status_in_employment [contributes_to_social_security] [paid_leave] "
                "[registered_enterprise] [occupation] [industry]",
                sdmx="icls13=SL_ISV_IFEM icls19=SL_ISV_IFEM_19ICLS",
            ),
        ),
        ("sex", "industry"),
        "A proxy: near where social security contributions are asked, else by status in employment.",
        sources=("S8", "S18"),
    ),
    Indicator(
        "8.5.1",
        "Average hourly earnings of employees, by sex, age, occupation and persons with disabilities",
        "International Labour Organization",
        tuple(
            later(
                "8.5.1",
                name,
                title,
                "age labour_force_status status_in_employment earnings hours_worked_week",
                unit="currency",
                sdmx="SL_EMP_EARN",
            )
            for name, title in (
                ("mean_hourly", "Mean earnings an hour, employees"),
                ("median_hourly", "Median earnings an hour, employees"),
                ("mean_hourly_hours_weighted", "All earnings by all hours, employees"),
            )
        ),
        ("sex", "age_group", "occupation", "disability"),
        "Exact where earnings and hours are asked; monthly earnings alone are a proxy.",
        sources=("S8",),
    ),
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
        "9.2.2",
        "Manufacturing employment as a proportion of total employment",
        "UNIDO",
        (
            later(
                "9.2.2",
                "manufacturing",
                "Employed in manufacturing, of the employed",
                "age labour_force_status industry",
                sdmx="icls13=SL_TLF_MANF icls19=SL_TLF_MANF_19ICLS",
            ),
        ),
        (),
        "Exact: ISIC section C.",
        sources=("S7", "S8"),
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
        "11.1.1",
        "Proportion of urban population living in slums, informal settlements or inadequate housing",
        "UN-Habitat",
        (
            later(
                "11.1.1",
                "slum_households",
                "Lacking at least one of the asked criteria, urban persons",
                "urban_rural [water_source] [sanitation] [rooms] [household_size] [wall_material] "
                "[roof_material] [floor_material] [tenure] [living_quarters]",
                sdmx="EN_LND_SLUM",
            ),
        ),
        (),
        "Near: mostly four of the five criteria, secure tenure missing.",
        sources=("S24", "S25"),
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
    Indicator(
        "16.9.1",
        "Proportion of children under 5 years of age whose births have been registered with a civil authority, by age",
        "UNICEF",
        (
            later(
                "16.9.1",
                "birth_registration",
                "Registered, children under 5",
                "age birth_registered",
                sdmx="SG_REG_BRTH",
            ),
        ),
        ("age",),
        "Exact where asked. Children by the mother's status too: their own gives tiny cells.",
        sources=("S26",),
    ),
    Indicator(
        "17.8.1",
        "Proportion of individuals using the Internet",
        "International Telecommunication Union",
        (
            later(
                "17.8.1",
                "internet_use",
                "Used the internet in the last three months",
                "internet_use",
                sdmx="IT_USE_II99",
            ),
        ),
        ("sex", "age_group", "urban_rural"),
        "Exact where use is asked; access of the household is a proxy.",
        sources=("S8",),
    ),
)
