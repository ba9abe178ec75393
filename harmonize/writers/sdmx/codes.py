"""Our categories and series in the codes of the global SDG DSD. What has no code here goes to CUST_BREAKDOWN."""

from __future__ import annotations

import csv
from functools import cache
from importlib.resources import files

#: Dimension of ours -> the DSD's, and its codes.
CODED: dict[str, tuple[str, dict[str, str]]] = {
    "migratory_status": ("COMPOSITE_BREAKDOWN", {"migrant": "MS_MIGRANT", "non_migrant": "MS_NOMIGRANT"}),
    "sex": ("SEX", {"male": "M", "female": "F", "unknown": "_U"}),
    "urban_rural": ("URBANISATION", {"urban": "U", "rural": "R"}),
    # PWD is *without* a disability
    "disability": ("DISABILITY_STATUS", {"with_disability": "PD", "without_disability": "PWD"}),
    "educational_attainment": (
        "EDUCATION_LEV",
        {
            "less_than_primary": "ISCED11A_0",
            "primary": "ISCED11A_1",
            "lower_secondary": "ISCED11A_2",
            "upper_secondary": "ISCED11A_3",
            "secondary": "AGG_2_3",
            "post_secondary": "ISCED11A_4",
            "tertiary": "AGG_5T8",
        },
    ),
    "occupation": ("OCCUPATION", {f"isco_{group}": f"ISCO08_{group}" for group in range(10)}),
    "industry": ("ACTIVITY", {f"isic_{section}": f"ISIC4_{section.upper()}" for section in "abcdefghijklmnopqrstu"}),
}
AGES = ("age_group", "age_broad")  # one code together with the ages of the series

#: What a series has in a dimension by its definition: series of ours that share a SERIES are told apart by it.
FIXED: dict[tuple[str, str], dict[str, str]] = {
    ("3.c.1", "doctors"): {"OCCUPATION": "ISCO08_221"},
    ("3.c.1", "nurses_and_midwives"): {"OCCUPATION": "ISCO08_222_322"},
    ("3.c.1", "dentists"): {"OCCUPATION": "ISCO08_2261"},
    ("3.c.1", "pharmacists"): {"OCCUPATION": "ISCO08_2262"},
    # the ages are of the definition: those of the last grade and three to five years
    ("4.1.2", "completion_primary"): {"EDUCATION_LEV": "ISCED11_1", "AGE": "_T"},
    ("4.1.2", "completion_lower_secondary"): {"EDUCATION_LEV": "ISCED11_2", "AGE": "_T"},
    ("4.1.2", "completion_upper_secondary"): {"EDUCATION_LEV": "ISCED11_3", "AGE": "_T"},
    ("4.6.1", "numeracy"): {"COMPOSITE_BREAKDOWN": "SKILL_NMRCY"},
    ("8.3.1", "informal_employment_agriculture"): {"ACTIVITY": "ISIC4_A"},
    ("8.3.1", "informal_employment_non_agriculture"): {"ACTIVITY": "ISIC4_BTU"},
    ("9.2.2", "manufacturing"): {"ACTIVITY": "ISIC4_C"},
}
#: Where the DSD can't tell two apart: the label in CUST_BREAKDOWN.
VARIANTS = {
    ("8.5.1", "median_hourly"): "Median",
    ("8.5.1", "mean_hourly_hours_weighted"): "Mean weighted by hours",
}
#: The SERIES by disability, where that is another one.
WITH_DISABILITY = {"SL_TLF_UEM": "SL_TLF_UEMDIS", "SL_TLF_UEM_19ICLS": "SL_TLF_UEMDIS_19ICLS"}
#: Our units, and those of a SERIES in which the number is the same.
UNITS = {
    "percent": {"PT", "PER_100_POP"},
    "per_1000": {"PER_1000_POP", "PER_1000_LIVE_BIRTHS"},
    "per_10000": {"PER_10000_POP"},
    "per_100000": {"PER_100000_LIVE_BIRTHS", "PER_100000_EMP"},
    "ratio": {"RO"},
    "index": {"IX"},
    "currency": {"CUR_LCU"},
}


@cache
def constraints() -> dict[str, dict[str, str]]:
    """SERIES -> UNIT_MEASURE, and of each dimension the codes allowed, joined by `;` (`ALL`: any)."""
    text = files("harmonize.writers.sdmx").joinpath("series.csv").read_text(encoding="utf-8")
    rows = csv.DictReader(line for line in text.splitlines() if not line.startswith("#"))
    return {row.pop("SERIES"): row for row in rows}


def age_code(low: int | None, high: int | None) -> str:
    """The AGE of completed years `low` to `high`, None open: `Y15T24`, `Y_GE15`, `Y0T4`, `Y0`, `_T`."""
    low = low or 0
    if high is None:
        return f"Y_GE{low}" if low else "_T"
    return f"Y{low}" if low == high else f"Y{low}T{high}"
