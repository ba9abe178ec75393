"""The tables and numbers that every peer of whole.py makes, the columns it reads, and the form it hands them in.

A peer hands in a csv: a row for each cell, with the column `sample`, the DIMENSIONS (empty where a table does not have
them), and for each of NUMBERS its weighted percentage under its name, and the unweighted persons it is of as NAME_n.
Nothing here needs more than Python: some peers have an environment of their own.
"""

from __future__ import annotations

from pathlib import Path

COLUMNS = (
    "SAMPLE", "COUNTRY", "YEAR", "SERIAL", "PERNUM", "MOMLOC", "POPLOC", "PERWT", "GQ", "URBAN", "ELECTRIC", "WATSUP",
    "SEWAGE", "FUELCOOK", "INTERNET", "AGE", "SEX", "MARST", "NATIVITY", "BPLCOUNTRY", "CITIZEN", "YRIMM", "YRSIMM",
    "MIGRATE5", "MIGCAUSE", "SCHOOL", "LIT", "EMPSTAT",
)  # fmt: skip
DIMENSIONS = (
    "migratory_status", "nativity", "citizenship_status", "generation", "duration_of_stay", "reason_for_migration",
    "region_of_birth", "return_migrant", "sex", "age_group", "urban_rural",
)  # fmt: skip
TABLES: tuple[tuple[str, ...], ...] = (
    (), *((name,) for name in DIMENSIONS[:8]), ("migratory_status", "sex"), ("migratory_status", "age_group"),
    ("migratory_status", "urban_rural"), ("migratory_status", "sex", "urban_rural"),
)  # fmt: skip
NUMBERS = (
    "electricity", "clean_cooking", "internet", "all_asked", "piped_water", "sewer_or_septic", "participation_15_24",
    "participation_25_64", "literacy_15_plus", "literacy_15_24", "ever_in_union_15_17", "unemployment", "neet",
)  # fmt: skip
# Of the 15 series two are a number again: electricity of 7.1.1 that of 1.4.1, and internet use of 17.8.1 internet.
SAME = {"internet_use": "internet"}
# A birthplace's region, and of which country of enumeration it is the own: those of the made extract.
REGIONS = Path(__file__).with_name("whole_regions.csv")
