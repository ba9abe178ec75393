"""Every number of a run, by engines that share no code with harmonize: the peers of benchmarks/whole.py.

Each derives migratory status and all else from the codes of the extract by itself, and makes every table.
"""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import polars as pl
import pyreadstat
import pytest

from tests import unprotected

sys.path.insert(0, str(Path(__file__).resolve().parents[2] / "examples"))
sys.path.insert(0, str(Path(__file__).resolve().parents[2] / "benchmarks"))

from make_ipums_extract import make
from whole_compare import Differs, compare, levels_of
from whole_peers import PEERS, Peer

ENGINES = [peer for peer in PEERS if "csv" in peer.formats and not peer.floor and not peer.is_r]
POLARS = next(peer for peer in ENGINES if peer.name == "polars")


@pytest.fixture(scope="module")
def census(tmp_path_factory):
    """A made census in five formats, and in `out` what a run says of it."""
    folder = tmp_path_factory.mktemp("census")
    make(folder, 20_000, ["csv", "dat", "parquet"], seed=1)
    persons = pl.read_parquet(folder / "persons.parquet")
    pyreadstat.write_sav(persons, folder / "persons.sav")
    pyreadstat.write_dta(persons, folder / "persons.dta")
    unprotected.run("ipums/international", [folder / "persons.parquet"], folder / "out")
    return folder


@pytest.fixture(scope="module")
def by_polars(census):
    return pl.read_csv(tables_of(POLARS, census / "persons.parquet", census / "tables.csv"), infer_schema_length=None)


def tables_of(peer: Peer, extract: Path, out: Path) -> Path:
    for package in peer.packages:
        pytest.importorskip(package, reason=f"{package} is not installed (pip install '.[dev]')")
    done = subprocess.run(peer.command(extract, out, sys.executable), capture_output=True, text=True)
    assert done.returncode == 0, done.stderr
    return out


@pytest.mark.parametrize("peer", ENGINES, ids=lambda peer: peer.name)
def test_another_engine_comes_to_every_number_of_a_run(census, tmp_path, peer):
    table = tables_of(peer, census / "persons.csv", tmp_path / "tables.csv")
    estimates = census / "out" / "estimates.parquet"
    assert compare(estimates, table) == levels_of(estimates).height > 3000


@pytest.mark.parametrize("form", ["dat", "sav", "dta"])
def test_polars_comes_to_them_whatever_the_format(census, tmp_path, form):
    table = tables_of(POLARS, census / f"persons.{form}", tmp_path / "tables.csv")
    estimates = census / "out" / "estimates.parquet"
    assert compare(estimates, table) == levels_of(estimates).height


@pytest.mark.parametrize(
    "spoilt",
    [
        lambda table: table.with_columns(pl.col("neet") * (1 + 1e-8)),
        lambda table: table.with_columns(pl.col("neet_n") + 1),
        lambda table: table.filter((pl.col("sex") != "male") | pl.col("sex").is_null()),
        lambda table: table.with_columns(pl.col("region_of_birth").replace("Southern Africa", "Africa")),
    ],
    ids=["estimate", "persons", "cell that is missing", "category"],
)
def test_a_number_that_is_another_or_missing_is_told(census, by_polars, tmp_path, spoilt):
    spoilt(by_polars).write_csv(tmp_path / "tables.csv")
    with pytest.raises(Differs, match="numbers differ from those of harmonize"):
        compare(census / "out" / "estimates.parquet", tmp_path / "tables.csv")
