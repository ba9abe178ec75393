"""Files published by IPUMS and the US Census Bureau, against what others published about them."""

from __future__ import annotations

from pathlib import Path

import polars as pl
import pytest
from made_files import drain

from harmonize.errors import DataFileError
from harmonize.readers import open_extract

REAL = Path(__file__).parents[3] / "shared" / "real"
pytestmark = pytest.mark.skipif(not REAL.is_dir(), reason="the real files are not beside the project")


@pytest.mark.parametrize("suffix", [".dat.gz", ".csv.gz", ".parquet"])
def test_cps_00006_is_the_same_in_three_formats(suffix: str) -> None:
    with open_extract([REAL / "ipumspy" / f"cps_00006{suffix}"]) as extract:
        got = extract.scan(extract.columns).collect()
        assert extract.numeric == set(extract.columns)
    assert got.shape == (7668, 8)
    numbers = got.select(pl.all().cast(pl.Float64))
    assert numbers["HWTSUPP"].head(5).to_list() == [1475.59, 1475.59, 1475.59, 1597.61, 1706.65]
    with open_extract([REAL / "ipumspy" / "cps_00006.csv.gz"]) as csv:
        same = csv.scan(csv.columns).collect().select(pl.all().cast(pl.Float64))
    assert numbers.select(pl.all().round(4)).equals(same)


@pytest.mark.parametrize(
    ("name", "persons", "households"),
    [("ipumsr/cps_00157.dat.gz", 7668, 3385), ("ipumsr/cps_00158.csv.gz", 7668, 3385)],
)
def test_persons_and_households_are_as_published(name: str, persons: int, households: int) -> None:
    with open_extract([REAL / name]) as extract:
        got = drain(extract, ["SERIAL"], ("YEAR", "SERIAL"), chunk_size=999)
    assert (got.height, got["_hh"].n_unique()) == (persons, households)


def test_usa_00172_weighs_as_many_as_puerto_rico_had() -> None:
    with open_extract([REAL / "ipumspy" / "usa_00172.dat.gz"]) as extract:
        assert extract.scan(["PERWT"]).select(pl.col("PERWT").cast(pl.Decimal(20, 2)).sum()).collect().item() == 3667084


@pytest.mark.parametrize("name", ["ipumsr/cps_00159.dat.gz", "ipumspy/cps_00421.dat.gz"])
def test_hierarchical_extracts_are_refused_in_one_line(name: str) -> None:
    with pytest.raises(DataFileError, match="is hierarchical"):
        open_extract([REAL / name])


def test_acs_2011_persons_find_all_their_households_in_one_pass() -> None:
    folder = REAL / "acs-pums-2011"
    key = ("SERIALNO",)
    told: list[str] = []
    with open_extract([folder / "dpus.csv.gz"], households=folder / "dhus.csv.gz", household_key=key) as extract:
        columns = ["PWGTP", "household.PUMA", "PUMA", "NP"]
        got = drain(extract, columns, key, chunk_size=500, notice=told.append)
    assert (got.height, got["_hh"].n_unique(), got["PWGTP"].cast(pl.Int64).sum()) == (6279, 2778, 645569)
    assert got["household.PUMA"].equals(got["PUMA"], check_names=False)
    assert not got["NP"].null_count()
    assert not told


def test_two_states_with_their_households_in_another_order_are_joined() -> None:
    folder = REAL / "acs-pums-2024"
    people, houses = (
        [folder / f"{kind}_{state}.parquet" for state in order]
        for kind, order in (("p", ("56", "50")), ("h", ("50", "56")))
    )
    told: list[str] = []
    with open_extract(people, households=houses, household_key=("SERIALNO",)) as extract:
        got = drain(extract, ["PWGTP", "STATE", "household.STATE"], ("SERIALNO",), chunk_size=400, notice=told.append)
    assert got["PWGTP"].cast(pl.Int64).sum() == 587618 + 648493
    assert got["STATE"].equals(got["household.STATE"], check_names=False)
    assert len(told) == 1
