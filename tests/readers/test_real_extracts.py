"""Files published by IPUMS and the US Census Bureau, against what others published about them."""

from __future__ import annotations

from pathlib import Path

import polars as pl
import pytest
from made_files import drain

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
    [(f"ipumsr/cps_{name}.gz", 7668, 3385) for name in ("00157.dat", "00158.csv", "00159.dat")],
)
def test_persons_and_households_are_as_published(name: str, persons: int, households: int) -> None:
    with open_extract([REAL / name]) as extract:
        got = drain(extract, ["SERIAL"], ("YEAR", "SERIAL"), chunk_size=999)
    assert (got.height, got["_hh"].n_unique()) == (persons, households)


def test_usa_00172_weighs_as_many_as_puerto_rico_had() -> None:
    with open_extract([REAL / "ipumspy" / "usa_00172.dat.gz"]) as extract:
        assert extract.scan(["PERWT"]).select(pl.col("PERWT").cast(pl.Decimal(20, 2)).sum()).collect().item() == 3667084


def test_the_households_of_cps_00421_are_137285_with_those_nobody_lives_in() -> None:
    key = ("YEAR", "MONTH", "SERIAL")
    with open_extract([REAL / "ipumspy" / "cps_00421.dat.gz"], household_key=key) as extract:
        got = drain(extract, ["WTFINL", "CPSID", "CPSIDP"], key)
        assert (got.height, got["_hh"].n_unique(), extract.households_without_persons) == (201_993, 85_296, 51_989)
    assert 85_296 + 51_989 == 137_285
    assert got["WTFINL"].head(5).to_list() == ["1662.5757", "1978.1985", "1801.0842", "1243.6042", "2037.9611"]
    # a CPSIDP is the CPSID of the household with the person's number behind
    assert (got["CPSIDP"].str.head(-2) == got["CPSID"].str.head(-2)).all()


def test_cps_00159_has_the_persons_of_the_rectangular_extract() -> None:
    with (
        open_extract([REAL / "ipumsr" / "cps_00157.dat.gz"]) as rectangular,
        open_extract([REAL / "ipumsr" / "cps_00158.csv.gz"]) as csv,
        open_extract([REAL / "ipumsr" / "cps_00159.dat.gz"], household_key=("YEAR", "MONTH", "SERIAL")) as both,
    ):
        assert set(both.columns) == {*rectangular.columns, "RECTYPE"}
        assert both.decimals == rectangular.decimals
        for name in ("MONTH", "STATEFIP"):
            assert both.labels[name] == rectangular.labels[name]
        columns = rectangular.columns
        got = both.scan(columns).collect()
        assert both.households_without_persons == 0
        assert got.equals(rectangular.scan(columns).collect())
        numbers = csv.scan(columns).select(pl.all().cast(pl.Float64)).collect()
    assert got.select(pl.all().cast(pl.Float64)).equals(numbers)
    assert got.shape == (7668, 8)


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
