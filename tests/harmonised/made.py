"""A small pooled extract with every kind of cell that harmonised microdata can have, and its mapping.

Two censuses: income, age in classes and the country of birth were asked in the second alone. There are
unknown and not applicable categories and numbers, classes without an end, a debt, letters that are not
ASCII, a weight of 17 digits, persons who are not included.
"""

from __future__ import annotations

from pathlib import Path

import polars as pl

MAPPING = """
mapping: my/two
version: 1.0.0
title: Two censuses
source: {producer: Office}
sample: {id: {from: SAMPLE}, country: CHL, year: {from: YEAR}}
include: {if: "KIND = 1", reason: visitors are not residents}
design: {person_weight: W, stratum: ST, cluster: CL}
keys: {household: HH, person: NR}
variables:
  sex: {from: SEX, codes: {male: 1, female: 2, unknown: 9}}
  age: {from: AGE, number: {intervals: {85: 85..89, 90: 90..}}, missing: {unknown: 999}}
  country_of_birth: {from: BPL, codes: {domestic: 1, CIV: 2, "ETH+ERI": 3, "M49:014": 4, unknown: 9}}
  nativity: {from: NAT, codes: {native_born: 1, foreign_born: 2, unknown: 9}}
  labour_force_status: {from: LF, codes: {employed: 1, unemployed: 2, outside_labour_force: 3, not_applicable: 0}}
  earnings: {from: PAY, number: {intervals: {1: ..100}}, missing: {unknown: 8888, not_applicable: 9999}}
  electricity: {from: ELEC, codes: {yes: 1, no: 2, unknown: 9}}
"""
COLUMNS = ("SAMPLE", "YEAR", "KIND", "W", "ST", "CL", "HH", "NR", "SEX", "AGE", "BPL", "NAT", "LF", "PAY", "ELEC")
LONG = "ñandú" * 80
ROWS = [
    ("old", "2001", "1", "1.5", "north", "é1", "0001", "1", "1", "40", "", "1", "1", "", "1"),
    ("old", "2001", "1", "1.5", "north", "é1", "0001", "2", "2", "999", "", "2", "2", "", "1"),
    ("old", "2001", "2", "2.25", "north", "é2", "0002", "1", "9", "5", "", "9", "0", "", "9"),
    ("new", "2011", "1", "0.12345678901234568", "söuth", "c1", LONG, "1", "1", "85", "1", "", "1", "120.5", "2"),
    ("new", "2011", "1", "3", "söuth", "c1", LONG, "2", "2", "90", "2", "", "2", "-350", "2"),
    ("new", "2011", "1", "3", "söuth", "c2", "0003", "1", "2", "30", "3", "", "3", "9999", "1"),
    ("new", "2011", "1", "3", "söuth", "c2", "0003", "2", "1", "31", "4", "", "0", "8888", "1"),
    ("new", "2011", "1", "3", "söuth", "c3", "0004", "1", "1", "0", "9", "", "3", "1", "1"),
]


def make(folder: Path) -> tuple[Path, Path]:
    """Write mapping and extract to `folder`, and return their paths."""
    mapping, data = folder / "two.yaml", folder / "persons.csv"
    mapping.write_text(MAPPING, encoding="utf-8")
    pl.DataFrame(ROWS, schema=COLUMNS, orient="row").write_csv(data)
    return mapping, data
