"""The shipped mappings on real files: every code is mapped, and counts are the published ones."""

from __future__ import annotations

from pathlib import Path

import polars as pl
import pytest

from harmonize.mapping import load_mapping
from harmonize.readers import open_extract
from harmonize.rules.harmoniser import compile_mapping
from tests.mappings_shipped.places_of import EXAMPLES, real


def harmonised(id: str, data: Path, households: Path | None = None) -> pl.DataFrame:
    """All variables, `_year`, `_country` and `_weight` of a file, after a check that no code is unmapped."""
    mapping = load_mapping(id)
    extract = open_extract([data], mapping.read, None, households, mapping.keys.household)
    mapping, _ = mapping.lacking(extract.columns)
    harmoniser = compile_mapping(mapping, extract.columns, extract.numeric, extract.decimals, extract.labels)
    raw = extract.scan(harmoniser.columns).collect()
    unmapped = raw.select(expr.sum().alias(name) for name, (expr, _) in harmoniser.unmapped.items())
    if unmapped.width:
        assert {name: count for name, count in unmapped.row(0, named=True).items() if count} == {}
    return raw.select(
        *harmoniser.expressions,
        harmoniser.country.alias("_country"),
        harmoniser.year.alias("_year"),
        pl.col(str(mapping.design.person_weight)).cast(pl.Float64).alias("_weight"),
    )


def count(frame: pl.DataFrame, variable: str, value: str) -> int:
    return frame.filter(pl.col(variable) == value).height


@pytest.mark.parametrize("households", [None, "acs-pums-2011/dhus.csv.gz"])
def test_acs_2011_counts_are_those_of_the_file(households: str | None) -> None:
    frame = harmonised("usa/acs-pums", real("acs-pums-2011/dpus.csv.gz"), real(households) if households else None)
    assert frame.height == 6279
    assert frame["_year"].unique().to_list() == [2011]
    assert frame["_weight"].sum() == 645_569
    assert count(frame, "nativity", "foreign_born") == 743
    assert count(frame, "country_of_birth", "domestic") == 5445
    assert count(frame, "school_attendance", "attending") == 1515
    assert count(frame, "labour_force_status", "employed") == 2675 + 55 + 18
    assert ("tenure" in frame.columns) == (households is not None)
    natives_with_a_year = frame.filter((pl.col("nativity") == "native_born") & pl.col("year_of_arrival").is_not_null())
    assert natives_with_a_year.height == 31 + 60


@pytest.mark.parametrize(("state", "rows", "population"), [("56", 6199, 587_618), ("50", 6938, 648_493)])
def test_acs_2024_weights_add_up_to_the_population(state: str, rows: int, population: int) -> None:
    frame = harmonised(
        "usa/acs-pums",
        real(f"acs-pums-2024/p_{state}.parquet"),
        real(f"acs-pums-2024/h_{state}.parquet"),
    )
    assert frame.height == rows
    assert frame["_weight"].sum() == population
    assert frame["_year"].unique().to_list() == [2024]
    person, household = (pl.read_parquet(real(f"acs-pums-2024/{part}_{state}.parquet")) for part in "ph")
    types = person.join(household, on="SERIALNO")["TYPEHUGQ"]
    for code, value in ((1, "private_household"), (2, "institution"), (3, "other_collective")):
        assert count(frame, "living_quarters", value) == (types == code).sum() > 0


@pytest.mark.parametrize(
    ("id", "file", "rows"),
    [
        ("ipums/cps", "ipumsr/cps_00157.dat.gz", 7668),
        ("ipums/cps", "ipumsr/cps_00158.csv.gz", 7668),
        ("ipums/cps", "ipumsr/cps_00160.dat.gz", 10_883),
        ("ipums/cps", "ipumsr/cps_00097.dat.gz", 20_351),
        ("ipums/cps-supplement", "ipumspy/cps_00006.dat.gz", 7668),
        ("ipums/cps-supplement", "ipumspy/cps_00006.csv.gz", 7668),
        ("ipums/cps-supplement", "ipumspy/cps_00006.parquet", 7668),
    ],
)
def test_every_ipums_cps_file_fits(id: str, file: str, rows: int) -> None:
    frame = harmonised(id, real(file))
    assert frame.height == rows
    assert frame["_country"].unique().to_list() == ["USA"]


@pytest.mark.parametrize(
    ("file", "rows", "population"), [("ipumspy/usa_00172", 33_057, 3_667_084), ("ipumsr/usa_00468", 910, None)]
)
def test_ipums_usa_fits_and_the_weights_of_puerto_rico_add_up(file: str, rows: int, population: int | None) -> None:
    frame = harmonised("ipums/usa", real(f"{file}.dat.gz"))
    assert frame.height == rows
    assert frame["_country"].unique().to_list() == ["PRI"]
    if population is not None:
        assert round(frame["_weight"].sum()) == population
        assert frame["_year"].unique().to_list() == [2012]


def test_the_age_of_cps_00160_has_the_published_mean() -> None:
    assert harmonised("ipums/cps", real("ipumsr/cps_00160.dat.gz"))["age"].mean() == pytest.approx(35.0226, abs=5e-5)


def test_the_youngest_asked_about_work_in_cps_00097_are_fifteen() -> None:
    frame = harmonised("ipums/cps", real("ipumsr/cps_00097.dat.gz"))
    assert frame.filter(pl.col("labour_force_status") != "not_applicable")["age"].min() == 15


def test_the_made_census_fits_ipums_international() -> None:
    frame = harmonised("ipums/international", EXAMPLES / "census" / "persons.csv.gz")
    assert sorted(frame["_country"].unique()) == ["CRI", "ZWE"]
    assert min(count(frame, "nativity", value) for value in ("native_born", "foreign_born", "unknown")) > 10
