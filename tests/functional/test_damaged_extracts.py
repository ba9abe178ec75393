"""A file of each format that is empty, cut, of something else, or damaged in the middle: exit 3, nothing written."""

from __future__ import annotations

import shutil
import subprocess
import sys
from pathlib import Path

import polars as pl
import pyreadstat
import pytest

from tests.functional.example import CENSUS, MAPPING

GENERATOR = CENSUS.parents[1] / "make_ipums_extract.py"
TYPED = ("sav", "zsav", "dta", "xpt")
FORMATS = ("csv", "csv.gz", "dat", "dat.gz", "parquet", *TYPED)


@pytest.fixture(scope="session")
def extracts(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Path]:
    """Format -> a whole extract of it, of the same persons; fixed width has its codebook beside it."""
    folder = tmp_path_factory.mktemp("extracts")
    for more in ([], ["--gzip"]):
        command = [sys.executable, GENERATOR, "--persons", "2000", "--formats", "dat,csv,parquet", "--out", folder]
        subprocess.run([*command, *more], check=True, capture_output=True)
    frame = pl.read_csv(folder / "persons.csv")
    pyreadstat.write_sav(frame, folder / "persons.sav")
    pyreadstat.write_sav(frame, folder / "persons.zsav", compress=True)
    pyreadstat.write_dta(frame, folder / "persons.dta")
    short = {name: name[:8] for name in frame.columns}  # SAS transport names have eight letters
    pyreadstat.write_xport(frame.rename(short), folder / "persons.xpt", file_format_version=8)
    return {suffix: folder / f"persons.{suffix}" for suffix in FORMATS}


@pytest.fixture
def refused(harmonize, tmp_path, extracts):
    """`refused(format, content)` runs on a file of these bytes, holds what is true of all, and gives stderr."""

    def call(suffix: str, content: bytes) -> str:
        data = tmp_path / f"persons.{suffix}"
        data.write_bytes(content)
        book = extracts["dat"].with_suffix(".xml")
        if suffix.startswith("dat"):
            shutil.copy(book, tmp_path / "persons.xml")
        for command, out in (("run", "out"), ("apply", "persons_harmonised.parquet")):
            result = harmonize(command, MAPPING, data, "-o", tmp_path / out)
            assert result.exit_code == 3, (command, result.output)
            assert result.stdout == ""
            assert str(data) in result.stderr
            assert len(result.stderr.strip().splitlines()) >= 2, result.stderr  # what is wrong, what to do
            assert not (tmp_path / out).exists()
        return str(result.stderr)

    return call


# not of .xpt, which keeps eight letters of BPLCOUNTRY, MIGCAUSE and others
@pytest.mark.parametrize("suffix", [each for each in FORMATS if each != "xpt"])
def test_the_whole_file_is_read(harmonize, tmp_path, extracts, suffix):
    result = harmonize("run", MAPPING, extracts[suffix], "-o", tmp_path / "out")
    assert result.exit_code == 0, result.output


@pytest.mark.parametrize("suffix", FORMATS)
def test_an_empty_file(refused, suffix):
    assert "is empty" in refused(suffix, b"")


@pytest.mark.parametrize("suffix", [each for each in FORMATS if each not in ("csv", "dat", "dat.gz")])
def test_a_file_that_is_something_else(refused, suffix):
    refused(suffix, b"<html><body>404 not found</body></html>" * 20)


@pytest.mark.parametrize("suffix", FORMATS)
def test_a_file_that_is_cut(refused, extracts, suffix):
    whole = extracts[suffix].read_bytes()
    refused(suffix, whole[: len(whole) * 2 // 3 + 1])


@pytest.mark.parametrize("suffix", ["csv.gz", "dat.gz", "parquet", "zsav"])
def test_a_packed_file_that_is_damaged_in_the_middle(refused, extracts, suffix):
    whole = bytearray(extracts[suffix].read_bytes())
    middle = len(whole) // 2
    whole[middle : middle + 64] = bytes(255 - byte for byte in whole[middle : middle + 64])
    refused(suffix, bytes(whole))


def test_text_with_bytes_that_are_no_text_in_the_middle(refused, extracts):
    whole = bytearray(extracts["csv"].read_bytes())
    at = whole.index(b"\n", len(whole) // 2) - 3
    whole[at : at + 2] = b"\xff\xfe"
    assert "encoding" in refused("csv", bytes(whole))
