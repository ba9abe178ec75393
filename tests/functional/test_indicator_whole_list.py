"""No indicator is passed over in silence: of a run, each has rows or a reason, and together they are the whole list."""

from __future__ import annotations

import json
import subprocess
import sys

import polars as pl
import pytest

from harmonize.indicators import INDICATORS
from tests import unprotected
from tests.functional.example import CENSUS, MAPPING

ACS = CENSUS.parents[3] / "shared" / "real" / "acs-pums-2011"
GENERATOR = CENSUS.parents[1] / "make_ipums_extract.py"


def acs_2011(folder):
    persons = ACS / "dpus.csv.gz"
    if not persons.is_file():
        pytest.skip(f"the ACS 2011 sample is not there: {persons} (see shared/real/README.md)")
    unprotected.run("usa/acs-pums", [persons], folder, households=ACS / "dhus.csv.gz")


def made_extract(folder):
    extract = folder.with_name("extract")
    command = [sys.executable, GENERATOR, "--persons", "3000", "--formats", "csv", "--out", extract]
    subprocess.run(command, check=True, capture_output=True, timeout=120)
    unprotected.run(MAPPING, [next(extract.glob("*.csv"))], folder)


@pytest.fixture(scope="module", params=[acs_2011, made_extract], ids=lambda made: made.__name__)
def ran(request, tmp_path_factory):
    """(run.json, estimates) of a run of all indicators."""
    folder = tmp_path_factory.mktemp("whole") / "out"
    request.param(folder)
    record = json.loads((folder / "run.json").read_text(encoding="utf-8"))
    return record, pl.read_parquet(folder / "estimates.parquet")


def test_of_each_sample_indicators_with_rows_and_those_with_a_reason_are_the_whole_list(ran):
    record, estimates = ran
    assert record["samples"]
    for sample in (one["sample"] for one in record["samples"]):
        with_rows = set(estimates.filter(pl.col("sample") == sample)["indicator"].cast(pl.String))
        entries = [entry for entry in record["availability"] if entry["sample"] == sample]
        without = {
            number: [entry for entry in entries if entry["number"] == number]
            for number in INDICATORS
            if number not in with_rows
        }
        assert with_rows
        assert len(with_rows) + len(without) == len(INDICATORS)
        assert with_rows | set(without) == set(INDICATORS)
        for number, told in without.items():
            assert told, f"{number} has neither rows nor a reason"
            assert all(entry["status"] == "unavailable" and entry["reasons"] for entry in told), told


def test_every_series_of_every_indicator_stands_once_in_each_sample(ran):
    record, estimates = ran
    """In the tables an adjustment is of the series that it adjusts: births of an age shift stand with the births."""
    shown = [each for indicator in INDICATORS.values() for each in indicator.shown]
    series = [each.key for each in shown]
    adjusted = {each.key: (each.shown_as or each.key[1], each.adjustment) for each in shown}
    for sample in (one["sample"] for one in record["samples"]):
        entries = [entry for entry in record["availability"] if entry["sample"] == sample]
        assert [(entry["number"], entry["series"]) for entry in entries] == series
        mine = estimates.filter(
            (pl.col("sample") == sample) & ~pl.col("adjustment").cast(str).str.starts_with("standard")
        )
        rows = set(mine.select("indicator", "series", "adjustment").cast(pl.String).iter_rows())
        available = [(e["number"], e["series"]) for e in entries if e["status"] != "unavailable"]
        assert rows == {(key[0], *adjusted[key]) for key in available}
        assert all(bool(entry["reasons"]) == (entry["status"] != "exact") for entry in entries)
