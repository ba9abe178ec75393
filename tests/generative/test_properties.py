"""What must hold of any estimates table, shown on the example census."""

from __future__ import annotations

import csv
import gzip
from decimal import Decimal
from pathlib import Path

import polars as pl
import pytest

from harmonize.indicators import INDICATORS
from harmonize.schema import VARIABLES
from tests import unprotected

CENSUS = Path(__file__).resolve().parents[2] / "examples" / "census" / "persons.csv.gz"
MAPPING = "ipums/international"
BY = ("nativity*sex", "age_broad*urban_rural", "migratory_status*age_broad", "country_of_birth")
DIMENSIONS = (
    "migratory_status", "nativity", "citizenship_status", "generation", "duration_of_stay", "reason_for_migration",
    "region_of_birth", "return_migrant", "sex", "age_group", "urban_rural",
)  # fmt: skip
SERIES = ["country", "year", "sample", "indicator", "series"]
STATISTICS = ["level", "difference", "ratio", "parity"]


@pytest.fixture(scope="module")
def table(tmp_path_factory: pytest.TempPathFactory) -> pl.DataFrame:
    """The estimates of the example census, with some more groups."""
    return unprotected.run(MAPPING, [CENSUS], tmp_path_factory.mktemp("census") / "out", by=BY).estimates


@pytest.fixture(scope="module")
def doubled(tmp_path_factory: pytest.TempPathFactory) -> pl.DataFrame:
    """The same with every person weight doubled, as text and exactly."""
    folder = tmp_path_factory.mktemp("doubled")
    with gzip.open(CENSUS, "rt", encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file))
    for row in rows:
        row["PERWT"] = str(2 * Decimal(row["PERWT"]))
    with (folder / "doubled.csv").open("w", encoding="utf-8", newline="") as out:
        writer = csv.DictWriter(out, list(rows[0]))
        writer.writeheader()
        writer.writerows(rows)
    return unprotected.run(MAPPING, [folder / "doubled.csv"], folder / "out", by=BY).estimates


def key_of(table: pl.DataFrame) -> list[str]:
    """All columns left of `estimate`."""
    return table.columns[: table.columns.index("estimate")]


def levels(table: pl.DataFrame) -> pl.DataFrame:
    return table.filter(statistic="level")


def close(name: str, other: str, *, relative: float = 1e-12, absolute: float = 0.0) -> pl.Expr:
    """Equal but for rounding; null equals null alone."""
    a, b = pl.col(name), pl.col(other)
    near = (a - b).abs() <= relative * pl.max_horizontal(a.abs(), b.abs()) + absolute
    return (near & a.is_not_null() & b.is_not_null()) | (a.is_null() & b.is_null())


def test_the_census_has_rows_enough_to_show_something(table: pl.DataFrame) -> None:
    assert table.height > 1000
    assert table["sample"].n_unique() == 2
    assert table["indicator"].n_unique() >= 5
    assert set(table["statistic"]) == set(STATISTICS)


def test_doubled_weights_double_the_population_and_change_nothing_else(
    table: pl.DataFrame, doubled: pl.DataFrame
) -> None:
    numbers = ["estimate", "se", "ci_lower", "ci_upper", "cv", "deff", "left_out_share"]
    rest = [name for name in table.columns if name not in (*numbers, "population")]
    assert table.select(rest).equals(doubled.select(rest))
    both = pl.concat([table, doubled.select(pl.all().name.suffix("_doubled"))], how="horizontal")
    for name in numbers:
        # a standard error that is 0 but for rounding is compared as a part of 100 %
        changed = both.filter(~close(name, f"{name}_doubled", relative=1e-9, absolute=1e-9))
        assert changed.is_empty(), (name, changed.select(*key_of(table), name, f"{name}_doubled"))
    twice = both.with_columns(population=2 * pl.col("population"))
    assert twice.filter(~close("population", "population_doubled")).is_empty()
    assert table["population"].null_count() == 0


def test_every_disaggregation_adds_up_to_the_total(table: pl.DataFrame) -> None:
    counted = ["n", "n_numerator", "population"]
    total = levels(table).filter(disaggregation="total")
    assert total.height > 10
    assert not total.select(SERIES).is_duplicated().any()
    parts = (
        levels(table)
        .filter(pl.col("disaggregation") != "total")
        .group_by(*SERIES, "disaggregation")
        .agg(pl.col(counted).sum())
    )
    # 13 tables of every run but the total, and those of `by`
    assert parts["disaggregation"].n_unique() == 16
    assert parts.height == 16 * total.height
    joined = parts.join(total.select(*SERIES, pl.col(counted).name.suffix("_total")), on=SERIES, how="left")
    for name in counted:
        differs = joined.filter(~close(name, f"{name}_total"))
        assert differs.is_empty(), (name, differs)


def test_every_cross_adds_up_to_the_table_of_its_first_dimension(table: pl.DataFrame) -> None:
    counted = ["n", "n_numerator", "population"]
    checked = 0
    for wide, narrow in (
        ("migratory_status*sex", "migratory_status"), ("migratory_status*sex*urban_rural", "migratory_status*sex"),
        ("nativity*sex", "nativity"), ("migratory_status*age_broad", "migratory_status"),
    ):  # fmt: skip
        on = [*SERIES, *narrow.split("*")]
        parts = levels(table).filter(disaggregation=wide).group_by(on).agg(pl.col(counted).sum())
        whole = levels(table).filter((pl.col("disaggregation") == narrow) & (pl.col("n") > 0))
        joined = whole.join(parts, on=on, how="left", suffix="_parts")
        checked += joined.height
        for name in counted:
            assert joined.filter(~close(name, f"{name}_parts")).is_empty(), (wide, name)
    assert checked > 100


def test_a_dimension_column_is_T_unless_the_table_has_it(table: pl.DataFrame) -> None:
    extra = ["age_broad", "country_of_birth"]
    for (disaggregation,), rows in levels(table).group_by("disaggregation"):
        own = str(disaggregation).split("*")
        for name in (*DIMENSIONS, *extra):
            assert (rows[name] == "_T").all() == (name not in own), (disaggregation, name)
            assert name not in own or not (rows[name] == "_T").any(), (disaggregation, name)


def pairs(table: pl.DataFrame) -> pl.DataFrame:
    """Each difference and ratio beside the levels of its migrants and its non-migrants (`_a`, `_b`).

    A parity has no levels of its own: tests/generative/test_parity_and_definitions.py.
    """
    on = [*SERIES, "adjustment", "definition", "status_of", "disaggregation",
          *(name for name in (*DIMENSIONS, "age_broad", "country_of_birth") if name != "migratory_status")]  # fmt: skip
    found = table.filter(pl.col("statistic").is_in(["difference", "ratio"]))
    for suffix, status in (("_a", "migrant"), ("_b", "non_migrant")):
        one = levels(table).filter(migratory_status=status)
        found = found.join(one, on=on, how="left", suffix=suffix, maintain_order="left", validate="m:1")
    return found


def test_every_comparison_is_of_two_levels_of_the_table(table: pl.DataFrame) -> None:
    found = pairs(table)
    assert found.height > 100
    assert found["n_a"].null_count() == found["n_b"].null_count() == 0
    assert set(found["comparison"]) == {"migrant:non_migrant"}
    assert set(found["migratory_status"]) == {"_T"}
    assert set(levels(table)["comparison"]) == {""}
    assert set(found["unit"]) == {"percentage_points", "ratio"}


def test_a_difference_is_the_level_of_migrants_less_that_of_non_migrants(table: pl.DataFrame) -> None:
    found = pairs(table).filter(pl.col("statistic") == "difference", pl.col("estimate").is_not_null())
    assert found.height > 50
    expected = found.with_columns(expected=pl.col("estimate_a") - pl.col("estimate_b"))
    assert expected.filter(~close("estimate", "expected", absolute=1e-11)).is_empty()


def test_a_ratio_is_the_level_of_migrants_over_that_of_non_migrants(table: pl.DataFrame) -> None:
    found = pairs(table).filter(pl.col("statistic") == "ratio", pl.col("estimate").is_not_null())
    assert found.height > 50
    expected = found.with_columns(expected=pl.col("estimate_a") / pl.col("estimate_b"))
    assert expected.filter(~close("estimate", "expected", relative=1e-11)).is_empty()


def test_the_se_of_a_difference_is_within_what_any_covariance_allows(table: pl.DataFrame) -> None:
    found = pairs(table).filter(pl.col("statistic") == "difference", pl.col("se").is_not_null())
    assert found.height > 50
    least, most = (pl.col("se_a") - pl.col("se_b")).abs(), pl.col("se_a") + pl.col("se_b")
    outside = found.filter((pl.col("se") < least - 1e-7) | (pl.col("se") > most + 1e-7))
    assert outside.is_empty(), outside.select(*key_of(table), "se", "se_a", "se_b")
    # migrants and non-migrants share households and strata: the covariance is there
    independent = (pl.col("se_a") ** 2 + pl.col("se_b") ** 2).sqrt()
    assert found.filter((pl.col("se") - independent).abs() > 1e-6).height > 20


def test_the_key_is_unique_and_has_no_nulls(table: pl.DataFrame) -> None:
    key = table.select(key_of(table))
    assert not key.is_duplicated().any()
    assert key.null_count().sum_horizontal().item() == 0


def test_the_columns_stand_as_in_the_contract(table: pl.DataFrame) -> None:
    assert table.columns == [
        "country", "year", "sample", "indicator", "series", "unit", "statistic", "comparison", "adjustment",
        "definition", "status_of", "disaggregation", *DIMENSIONS, "age_broad", "country_of_birth", "estimate", "se",
        "ci_lower", "ci_upper", "cv", "df", "deff", "n", "n_numerator", "population", "left_out_share", "measurement",
        "proxy_reason", "basis", "obs_status", "conf_status",
    ]  # fmt: skip


def test_the_rows_stand_in_the_order_of_the_contract(table: pl.DataFrame) -> None:
    """Country, year, sample, indicator, series, then as the columns, `_T` first."""
    categories = {name: list(VARIABLES[name].values) for name in ("sex", "urban_rural", "nativity")}
    categories["migratory_status"] = ["migrant", "non_migrant", "unknown"]
    series: dict[tuple[str, str], int] = {}
    tables: dict[str, int] = {}
    for row in table.iter_rows(named=True):
        series.setdefault((row["indicator"], row["series"]), len(series))
        tables.setdefault(row["disaggregation"], len(tables))
    assert next(iter(tables)) == "total"

    def place(row: dict[str, object]) -> tuple[object, ...]:
        number = list(INDICATORS).index(str(row["indicator"]))
        dimensions = [-1 if row[name] == "_T" else values.index(str(row[name])) for name, values in categories.items()]
        ordered = [dimensions[list(categories).index(name)] for name in DIMENSIONS if name in categories]
        return (
            row["country"], row["year"], row["sample"], number, series[str(row["indicator"]), str(row["series"])],
            STATISTICS.index(str(row["statistic"])), row["comparison"] or "",
            tables[str(row["disaggregation"])], ordered,
        )  # fmt: skip

    places = [
        place(row)
        for row in table.iter_rows(named=True)
        if row["disaggregation"] in ("total", *(f"migratory_status{end}" for end in ("", "*sex", "*sex*urban_rural")),
                                     "nativity", "nativity*sex")
    ]  # fmt: skip
    assert len(places) > 300
    assert places == sorted(places)
