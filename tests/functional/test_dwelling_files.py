"""A file of dwellings, each with its number of persons, and a finite population correction from a column."""

from __future__ import annotations

import random

import polars as pl
import pytest

from harmonize.errors import FitError
from tests import unprotected

HEAD = """
version: 1.0.0
title: Dwellings
source: {producer: Office}
sample: {country: MEX, year: 2015}
"""
VARIABLES = """
variables:
  urban_rural: {from: AREA, codes: {urban: 1, rural: 2}}
  electricity: {from: ELEC, codes: {yes: 5, no: 7, unknown: 9}}
  internet: {from: NET, codes: {yes: 1, no: 2, unknown: 9}}
"""
DWELLINGS = (
    f"mapping: my/dwellings\nunit: dwelling\n{HEAD}"
    + """
design: {person_weight: W, weight_decimals: 0, size: NUMPERS, stratum: S, cluster: PSU}
"""
    + VARIABLES
)
PERSONS = f"mapping: my/persons\n{HEAD}" + """
design: {person_weight: W, weight_decimals: 0, stratum: S, cluster: PSU}
keys: {household: ID}
""" + VARIABLES  # fmt: skip


def dwellings(count=400):
    made = random.Random(3)
    rows = [
        {"ID": i, "W": made.randint(1, 30), "NUMPERS": made.randint(0, 7), "S": i // 10 % 4,
         "PSU": i // 10, "AREA": made.randint(1, 2), "ELEC": made.choice([5, 5, 7, 9]), "NET": made.randint(1, 2)}
        for i in range(count)
    ]  # fmt: skip
    return pl.DataFrame(rows).with_columns(FPC=pl.lit(0.25))


@pytest.fixture
def run(tmp_path):
    """`run(mapping, frame)` is the estimates and the record."""

    def call(mapping, frame, **options):
        (tmp_path / "m.yaml").write_text(mapping, encoding="utf-8")
        frame.write_csv(tmp_path / "data.csv")
        result = unprotected.run(str(tmp_path / "m.yaml"), [tmp_path / "data.csv"], tmp_path / "out", **options)
        return result.estimates, result.run

    return call


def test_a_dwelling_counts_as_its_persons(run):
    frame = dwellings()
    found, record = run(DWELLINGS, frame)
    expanded = frame.filter(pl.col("NUMPERS") > 0).select(pl.all().repeat_by("NUMPERS").explode())
    expected, _ = run(PERSONS, expanded)
    assert found.height > 3
    assert found.equals(expected)
    assert record["persons"] == int(frame["NUMPERS"].sum())


def test_a_dwelling_without_its_number_of_persons_ends_with_its_row(run):
    with pytest.raises(FitError, match=r"NUMPERS is missing .*first in row 6; 1 row"):
        run(DWELLINGS, dwellings().with_columns(NUMPERS=pl.when(pl.col("ID") == 5).then(None).otherwise("NUMPERS")))


def test_an_fpc_column_of_one_value_is_that_fraction(run):
    column = PERSONS.replace("cluster: PSU", "cluster: PSU, fpc: {column: FPC}")
    fraction = PERSONS.replace("cluster: PSU", "cluster: PSU, fpc: {fraction: 0.25}")
    assert "fpc: {column: FPC}" in column
    found, _ = run(column, dwellings())
    assert found.equals(run(fraction, dwellings())[0])
    assert not found.equals(run(PERSONS, dwellings())[0])


def test_an_fpc_column_that_differs_within_a_stratum_is_refused(run):
    column = PERSONS.replace("cluster: PSU", "cluster: PSU, fpc: {column: FPC}")
    frame = dwellings().with_columns(FPC=pl.when(pl.col("ID") == 7).then(0.5).otherwise("FPC"))
    with pytest.raises(FitError, match="FPC has more than one value in stratum"):
        run(column, frame)
