"""The made samples of tests/spec_r as persons for the reference, their flags written out by hand."""

from __future__ import annotations

import csv
from pathlib import Path
from typing import Any

SPEC_R = Path(__file__).parent.parent / "spec_r"
DESIGNS = ("clustered", "unclustered", "singletons")
SERIES = ("unemployment", "neet")
DIMENSIONS = ("status", "sex", "region")


def read_persons(design: str) -> list[dict[str, Any]]:
    """All persons of one made sample, with the flags of both series."""
    with (SPEC_R / "inputs" / f"{design}.csv").open(encoding="utf-8", newline="") as file:
        return [person_of(design, row) for row in csv.DictReader(file)]


def person_of(design: str, row: dict[str, str]) -> dict[str, Any]:
    age = int(row["age"])
    unemployment: set[str] = set()
    if age >= 15:
        unemployment.add("base")
        if row["labour"] == "":
            unemployment.add("left_out")
        if row["labour"] in ("employed", "unemployed"):
            unemployment.add("universe")
        if row["labour"] == "unemployed":
            unemployment.add("numerator")
    neet: set[str] = set()
    if 15 <= age <= 24:
        neet.add("base")
        if row["labour"] == "" or row["attendance"] == "":
            neet.add("left_out")
        else:
            neet.add("universe")
            if row["labour"] != "employed" and row["attendance"] == "no":
                neet.add("numerator")
    return {
        "sample": design,
        "stratum": row["stratum"],
        "cluster": row["cluster"],
        "household": row["household"],
        "weight": row["weight"],
        "labels": {dimension: row[dimension] for dimension in DIMENSIONS},
        "series": {"unemployment": unemployment, "neet": neet},
    }


def read_golden(name: str) -> list[dict[str, str]]:
    with (SPEC_R / "goldens" / f"{name}.csv").open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))
