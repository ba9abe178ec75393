"""Columns of the made extract in file order: width, implied decimals, and the labels of their codes.

Codes and labels are those of IPUMS-International, release 7, as its codebooks show them; only what the made
persons use is listed. A column without labels holds numbers.
"""

from __future__ import annotations

from dataclasses import dataclass, field


@dataclass(frozen=True)
class Column:
    """One column: `width` characters in fixed width, `decimals` implied there and real elsewhere."""

    name: str
    width: int
    title: str
    decimals: int = 0
    labels: dict[str, str] = field(default_factory=dict)


NIU = "NIU (not in universe)"
YES_NO = {"0": NIU, "1": "Yes", "2": "No", "9": "Unknown"}
NO_YES = {"0": NIU, "1": "No", "2": "Yes", "9": "Unknown"}
BIRTHPLACES = {
    "00000": NIU,
    "11080": "Malawi",
    "11100": "Mozambique",
    "11180": "Zambia",
    "11190": "Zimbabwe",
    "11999": "Eastern Africa, other or n.s.",
    "14040": "South Africa",
    "22020": "Costa Rica",
    "22030": "El Salvador",
    "22070": "Nicaragua",
    "22080": "Panama",
    "23050": "Colombia",
    "24040": "United States",
    "41080": "Russia/USSR",
    "42120": "United Kingdom",
    "43140": "Yugoslavia",
    "90000": "Other countries n.s.",
    "99999": "Unknown",
}
MIGRATION_REASONS = {
    "00": NIU,
    "10": "Work",
    "11": "Seeking work",
    "20": "Family move",
    "22": "Follow spouse",
    "30": "Study",
    "51": "War, conflict",
    "58": "Refugee, reason not specified",
    "60": "Other reason",
    "63": "Retirement",
    "99": "Unknown",
}

COLUMNS: tuple[Column, ...] = (
    Column("COUNTRY", 3, "Country", labels={"188": "Costa Rica", "716": "Zimbabwe"}),
    Column("YEAR", 4, "Year"),
    Column(
        "SAMPLE",
        9,
        "IPUMS sample identifier",
        labels={"188201101": "Costa Rica 2011", "716201201": "Zimbabwe 2012"},
    ),
    Column("SERIAL", 12, "Household serial number"),
    Column("HHWT", 8, "Household weight", 2),
    Column("STRATA", 12, "Strata identifier"),
    Column("URBAN", 1, "Urban-rural status", labels={"1": "Rural", "2": "Urban", "9": "Unknown"}),
    Column(
        "GQ",
        2,
        "Group quarters status",
        labels={"10": "Households", "21": "Institutions", "22": "Other group quarters"},
    ),
    Column("ELECTRIC", 1, "Electricity", labels=YES_NO),
    Column(
        "WATSUP",
        2,
        "Water supply",
        labels={
            "00": NIU,
            "11": "Piped inside dwelling",
            "14": "Piped outside the dwelling",
            "20": "No piped water",
            "99": "Unknown",
        },
    ),
    Column(
        "SEWAGE",
        2,
        "Sewage",
        labels={
            "00": NIU,
            "11": "Sewage system (public sewage disposal)",
            "12": "Septic tank (private sewage disposal)",
            "20": "Not connected to sewage disposal system",
            "99": "Unknown",
        },
    ),
    Column(
        "TOILET",
        2,
        "Toilet",
        labels={
            "00": NIU,
            "10": "No toilet",
            "21": "Flush toilet",
            "22": "Non-flush, latrine",
            "99": "Unknown",
        },
    ),
    Column(
        "FUELCOOK",
        2,
        "Cooking fuel",
        labels={
            "00": NIU,
            "10": "None",
            "20": "Electricity",
            "34": "Liquefied petroleum gas",
            "42": "Kerosene/paraffin",
            "51": "Wood and other plant fuels",
            "99": "Unknown/missing",
        },
    ),
    Column("INTERNET", 1, "Internet access", labels=NO_YES),
    Column("PERNUM", 3, "Person number"),
    Column("PERWT", 8, "Person weight", 2),
    Column("MOMLOC", 3, "Mother's location in household"),
    Column("POPLOC", 3, "Father's location in household"),
    Column("AGE", 3, "Age", labels={"000": "Less than 1 year", "100": "100+", "999": "Not reported/missing"}),
    Column("SEX", 1, "Sex", labels={"1": "Male", "2": "Female", "9": "Unknown"}),
    Column(
        "MARST",
        1,
        "Marital status [general version]",
        labels={
            "0": NIU,
            "1": "Single/never married",
            "2": "Married/in union",
            "3": "Separated/divorced/spouse absent",
            "4": "Widowed",
            "9": "Unknown/missing",
        },
    ),
    Column(
        "NATIVITY",
        1,
        "Nativity status",
        labels={"0": NIU, "1": "Native-born", "2": "Foreign-born", "9": "Unknown/missing"},
    ),
    Column("BPLCOUNTRY", 5, "Country of birth", labels=BIRTHPLACES),
    Column(
        "CITIZEN",
        1,
        "Citizenship",
        labels={
            "1": "Citizen, not specified",
            "2": "Citizen by birth",
            "3": "Naturalized citizen",
            "4": "Not a citizen",
            "5": "Without citizenship, stateless",
            "8": "Unknown",
            "9": NIU,
        },
    ),
    Column("YRIMM", 4, "Year of immigration", labels={"0000": NIU, "9999": "Unknown"}),
    Column(
        "YRSIMM",
        2,
        "Years since immigrated",
        labels={"00": "0 (within previous year)", "98": "Unknown", "99": NIU},
    ),
    Column(
        "MIGRATE5",
        2,
        "Migration status, 5 years",
        labels={
            "00": NIU,
            "11": "Same major, same minor administrative unit",
            "12": "Same major, different minor administrative unit",
            "20": "Different major administrative unit",
            "30": "Abroad",
            "99": "Unknown/missing",
        },
    ),
    Column("MIGCAUSE", 2, "Cause of migration", labels=MIGRATION_REASONS),
    Column(
        "SCHOOL",
        1,
        "School attendance",
        labels={
            "0": NIU,
            "1": "Yes",
            "3": "No, attended in the past",
            "4": "No, never attended",
            "9": "Unknown/missing",
        },
    ),
    Column(
        "LIT",
        1,
        "Literacy",
        labels={"0": NIU, "1": "No, illiterate", "2": "Yes, literate", "9": "Unknown/missing"},
    ),
    Column(
        "EMPSTAT",
        1,
        "Activity status (employment status) [general version]",
        labels={"0": NIU, "1": "Employed", "2": "Unemployed", "3": "Inactive", "9": "Unknown/missing"},
    ),
)
RECORD_LENGTH = sum(column.width for column in COLUMNS)
