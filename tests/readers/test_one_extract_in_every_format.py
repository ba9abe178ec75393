"""The same extract as csv and as SPSS, Stata and SAS files: the same estimates, byte for byte."""

from __future__ import annotations

import gzip
from pathlib import Path

import polars as pl
import pytest
from made_typed import made

from tests import unprotected

PERSONS = Path(__file__).parents[2] / "examples" / "census" / "persons.csv.gz"


@pytest.fixture(scope="module")
def as_csv(tmp_path_factory: pytest.TempPathFactory) -> bytes:
    out = tmp_path_factory.mktemp("csv") / "out"
    unprotected.run("ipums/international", [PERSONS], out)
    return (out / "estimates.csv").read_bytes()


@pytest.mark.parametrize("name", ["packed.sav", "x.zsav", "118.dta", "8.xpt"])
def test_the_estimates_of_an_extract_do_not_depend_on_its_format(name: str, as_csv: bytes, tmp_path: Path) -> None:
    frame = pl.read_csv(PERSONS, infer_schema_length=None)
    unprotected.run("ipums/international", [made(tmp_path, name, frame)], tmp_path / "out")
    assert as_csv.count(b"\n") > 100
    assert (tmp_path / "out" / "estimates.csv").read_bytes() == as_csv


def test_the_estimates_are_the_same_from_a_sas_file_of_haven(as_csv: bytes, tmp_path: Path) -> None:
    path = tmp_path / "persons.sas7bdat"
    path.write_bytes(gzip.decompress((Path(__file__).parent / "haven" / "persons.sas7bdat.gz").read_bytes()))
    unprotected.run("ipums/international", [path], tmp_path / "out")
    assert (tmp_path / "out" / "estimates.csv").read_bytes() == as_csv
