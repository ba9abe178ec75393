"""The tables by polars alone, streaming: the floor. Or only the columns read, and each summed: a lower floor.

    python benchmarks/whole_polars.py tables|columns FILE OUT.csv

Persons are first summed to the finest cells, by all dimensions at once, and the tables are made of those: 13 times
group_by over the persons, collected together, took more than twice the CPU.

Parquet and csv, also packed, are scanned by polars itself. It has no reader of fixed width: lines are scanned, and each
column cut out of them by the places that the DDI codebook tells. SPSS and Stata files are scanned by its plugin
polars-readstat.
"""

from __future__ import annotations

import sys
import xml.etree.ElementTree as ET
from pathlib import Path

import polars as pl
from polars import col
from whole_tables import COLUMNS, DIMENSIONS, NUMBERS, REGIONS, TABLES

HOUSEHOLD = ["SAMPLE", "SERIAL"]
Case = tuple[pl.Expr, str]


def persons_of(path: Path) -> pl.LazyFrame:
    """COLUMNS of the file, whole numbers but for the weight."""
    name = path.name.removesuffix(".gz")
    if name.endswith(".parquet"):
        return pl.scan_parquet(path).select(COLUMNS)
    if name.endswith(".csv"):
        return pl.scan_csv(path).select(COLUMNS)
    if name.endswith(".dat"):
        return pl.scan_lines(path).select(cut(path.with_name(name).with_suffix(".xml")))
    from polars_readstat import scan_readstat

    return scan_readstat(path).select(col(name) if name == "PERWT" else col(name).cast(pl.Int64) for name in COLUMNS)


def cut(codebook: Path) -> list[pl.Expr]:
    """COLUMNS of `line`, as whole numbers, or with the decimals that the codebook tells."""
    found = []
    for variable in ET.parse(codebook).iterfind(".//{*}dataDscr/{*}var"):
        place = variable.find("{*}location")
        if place is not None and variable.get("name") in COLUMNS:
            text = col("line").str.slice(int(place.get("StartPos", 1)) - 1, int(place.get("width", 0)))
            decimals = int(variable.get("dcml", 0))
            number = text.cast(pl.Int64)
            found.append((number / 10**decimals if decimals else number).alias(variable.get("name", "")))
    return found


def choose(*cases: Case, otherwise: str | pl.Expr = "unknown", enum: pl.Enum | None = None) -> pl.Expr:
    """The name of the first case that holds, else `otherwise`, as one of an Enum."""
    enum = enum or pl.Enum(sorted({name for _, name in cases} | {str(otherwise)}))
    chosen = otherwise if isinstance(otherwise, pl.Expr) else pl.lit(otherwise, dtype=enum)
    for condition, name in reversed(cases):
        chosen = pl.when(condition).then(pl.lit(name, dtype=enum)).otherwise(chosen)
    return chosen


def with_parents(persons: pl.LazyFrame) -> pl.LazyFrame:
    """The nativity of mother and father in the household, of natives under 18."""
    parent = persons.filter(col("NATIVITY").is_in([1, 2])).select(*HOUSEHOLD, "PERNUM", "NATIVITY")
    child = persons.filter(col("NATIVITY") == 1, col("AGE") < 18, (col("MOMLOC") > 0) | (col("POPLOC") > 0))
    child = child.select(*HOUSEHOLD, "PERNUM", "MOMLOC", "POPLOC")
    for pointer, name in (("MOMLOC", "mother"), ("POPLOC", "father")):
        one = parent.rename({"PERNUM": pointer, "NATIVITY": name})
        child = child.join(one, on=[*HOUSEHOLD, pointer], how="left")
    return persons.join(child.drop("MOMLOC", "POPLOC"), on=[*HOUSEHOLD, "PERNUM"], how="left")


def dimensions() -> dict[str, pl.Expr]:
    native, foreign, not_asked = (col("NATIVITY") == code for code in (1, 2, 0))
    age, why = col("AGE"), col("MIGCAUSE")
    mother, father = col("mother"), col("father")
    by_years = pl.when(col("YRSIMM") < 98).then(col("YRSIMM"))
    by_calendar = pl.when(~col("YRIMM").is_in([0, 9998, 9999])).then(col("YEAR") - col("YRIMM"))
    stay = pl.coalesce(by_years, by_calendar)
    longest = pl.when(col("YRSIMM") < 98).then(age).otherwise(age + 1)
    no_stay = ~foreign | stay.is_null() | (stay < 0) | (stay > longest).fill_null(False)
    places = pl.read_csv(REGIONS)
    regions = pl.Enum(sorted({*places["region"], "native", "unknown"}))
    region = col("BPLCOUNTRY").replace_strict(places["code"], places["region"], default=None, return_dtype=regions)
    home = col("BPLCOUNTRY").replace_strict(places["code"], places["country"], default=None, return_dtype=pl.Int64)
    abroad = ((native, "native"), (foreign, "foreign_unspecified"))
    place = pl.coalesce(region, choose(*abroad, enum=regions))
    return {
        "migratory_status": choose((foreign, "migrant"), (native, "non_migrant")),
        "nativity": choose((native, "native_born"), (foreign, "foreign_born"), (not_asked, "not_applicable")),
        "citizenship_status": choose(
            (col("CITIZEN").is_between(1, 3), "citizen"), (col("CITIZEN") == 4, "foreign_citizen"),
            (col("CITIZEN") == 5, "stateless"), (col("CITIZEN") == 9, "not_applicable"),
        ),
        "generation": choose(
            (foreign, "first"), ((mother == 2) & (father == 2), "second_both_parents"),
            (mother + father == 3, "second_one_parent"), ((mother == 2) | (father == 2), "second_unspecified"),
            ((mother == 1) & (father == 1), "native_background"),
        ),
        "duration_of_stay": choose(
            (native, "not_applicable"), (no_stay, "unknown"), (stay < 5, "0_4"), (stay < 10, "5_9"),
            otherwise="10_plus",
        ),
        "reason_for_migration": choose(
            (native, "not_applicable"), (~foreign, "unknown"), (why == 0, "not_applicable"), (why <= 19, "work"),
            (why.is_between(20, 23) | why.is_between(40, 42), "family"), (why == 30, "education"),
            (why.is_between(50, 59), "humanitarian"), (why == 63, "retirement"), (why < 99, "other"),
        ),
        "region_of_birth": choose((home == col("COUNTRY"), "native"), otherwise=place, enum=regions),
        "return_migrant": choose(
            (foreign, "not_applicable"), (~native, "unknown"), ((age < 5) | (col("MIGRATE5") == 0), "not_applicable"),
            (col("MIGRATE5") == 30, "yes"), (col("MIGRATE5") <= 20, "no"),
        ),
        "sex": choose((col("SEX") == 1, "male"), (col("SEX") == 2, "female")),
        "age_group": choose(*((age < low + 5, f"{low}_{low + 4}") for low in range(0, 85, 5)), (age >= 85, "85_plus")),
        "urban_rural": choose((col("URBAN") == 1, "rural"), (col("URBAN") == 2, "urban")),
    }  # fmt: skip


def numbers() -> dict[str, tuple[pl.Expr, pl.Expr]]:
    """Of each number who counts, and of those who has it."""
    private, age, fuel = col("GQ").is_in([10, 29]), col("AGE"), col("FUELCOOK")
    youth, grown = age.is_between(15, 24), age >= 15
    light = private & col("ELECTRIC").is_in([1, 2]), col("ELECTRIC") == 1
    clean = (fuel == 20) | fuel.is_between(30, 35) | fuel.is_in([62, 71, 72, 76])
    cooking = private & fuel.is_between(10, 77), clean
    internet = private & col("INTERNET").is_in([1, 2]), col("INTERNET") == 2
    asked, at_school = col("SCHOOL").is_between(1, 4), col("SCHOOL") == 1
    reads, literate = col("LIT").is_in([1, 2]), col("LIT") == 2
    work = col("EMPSTAT")
    girls = (col("SEX") == 2) & age.is_between(15, 17)
    return {
        "electricity": light,
        "clean_cooking": cooking,
        "internet": internet,
        "all_asked": (light[0] & cooking[0] & internet[0], light[1] & cooking[1] & internet[1]),
        "piped_water": (private & col("WATSUP").is_between(10, 20), col("WATSUP") < 20),
        "sewer_or_septic": (private & col("SEWAGE").is_between(10, 20), col("SEWAGE") < 20),
        "participation_15_24": (youth & asked, at_school),
        "participation_25_64": (age.is_between(25, 64) & asked, at_school),
        "literacy_15_plus": (grown & reads, literate),
        "literacy_15_24": (youth & reads, literate),
        "ever_in_union_15_17": (girls & col("MARST").is_between(1, 4), col("MARST") > 1),
        "unemployment": (grown & work.is_in([1, 2]), work == 2),
        "neet": (youth & work.is_between(1, 3) & asked, (work > 1) & ~at_school),
    }


def tables(extract: pl.LazyFrame) -> pl.DataFrame:
    """Every table, one after another."""
    persons = extract.with_columns(pl.when(col("AGE") != 999).then(col("AGE")).alias("AGE"))
    counts = {name: (u.fill_null(False), (u & x).fill_null(False)) for name, (u, x) in numbers().items()}
    coded = with_parents(persons).select(
        col("SAMPLE").alias("sample"),
        col("PERWT").alias("w"),
        **dimensions(),
        **{f"{name}_u": u for name, (u, _) in counts.items()},
        **{f"{name}_x": x for name, (_, x) in counts.items()},
    )
    sums = [
        each
        for name in NUMBERS
        for each in (
            pl.when(f"{name}_u").then("w").sum().alias(f"{name}_below"),
            pl.when(f"{name}_x").then("w").sum().alias(f"{name}_above"),
            col(f"{name}_u").sum().alias(f"{name}_n"),
        )
    ]
    finest = coded.group_by("sample", *DIMENSIONS).agg(sums).collect(engine="streaming").lazy()
    percent = [(100 * col(f"{name}_above") / col(f"{name}_below")).alias(name) for name in NUMBERS]
    shown = [*percent, *(f"{name}_n" for name in NUMBERS)]
    parts = [
        finest.group_by("sample", *table).agg(pl.col("^.*_(above|below|n)$").sum()).select("sample", *table, *shown)
        for table in TABLES
    ]
    return pl.concat(pl.collect_all(parts), how="diagonal").select("sample", *DIMENSIONS, *NUMBERS, "^.*_n$")


def main() -> None:
    what, path, out = sys.argv[1:]
    extract = persons_of(Path(path))
    if what == "columns":
        extract.select(pl.all().sum()).collect(engine="streaming").write_csv(out)
    else:
        tables(extract).write_csv(out)


if __name__ == "__main__":
    main()
