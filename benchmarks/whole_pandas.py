"""The tables by pandas, of what ipumspy, pandas.read_fwf, pandas.read_csv or pyreadstat read.

    python benchmarks/whole_pandas.py ipumspy|read_fwf|read_csv|pyreadstat FILE OUT.csv

The file is read in pieces (by pyreadstat whole, then cut), each is summed to the finest cells, by all dimensions at
once, and the tables are made of those.
"""

from __future__ import annotations

import sys
from collections.abc import Iterator
from pathlib import Path

import numpy as np
import pandas as pd
from format_peers import codebook_of
from whole_tables import COLUMNS, DIMENSIONS, NUMBERS, REGIONS, TABLES

CHUNK = 500_000
HOUSEHOLD = ["SAMPLE", "SERIAL"]
PLACES = pd.read_csv(REGIONS).set_index("code")


def ipumspy(path: Path) -> Iterator[pd.DataFrame]:
    from ipumspy import readers

    yield from readers.read_microdata_chunked(codebook_of(path), path, subset=list(COLUMNS), chunksize=CHUNK)


def read_fwf(path: Path) -> Iterator[pd.DataFrame]:
    places = {v.name: (v.start, v.end) for v in codebook_of(path).data_description}
    spans = [places[name] for name in COLUMNS]
    for frame in pd.read_fwf(path, colspecs=spans, names=COLUMNS, chunksize=CHUNK, compression="infer"):
        yield frame.assign(PERWT=frame["PERWT"] / 100)


def read_csv(path: Path) -> Iterator[pd.DataFrame]:
    yield from pd.read_csv(path, usecols=COLUMNS, chunksize=CHUNK)


def pyreadstat(path: Path) -> Iterator[pd.DataFrame]:
    import pyreadstat

    read = pyreadstat.read_sav if path.suffix == ".sav" else pyreadstat.read_dta
    frame, _ = read(path, usecols=list(COLUMNS))
    for start in range(0, len(frame), CHUNK):
        yield frame.iloc[start : start + CHUNK]


SOURCES = {each.__name__: each for each in (ipumspy, read_fwf, read_csv, pyreadstat)}


def whole_households(pieces: Iterator[pd.DataFrame]) -> Iterator[pd.DataFrame]:
    """The pieces with plain integers, each cut where a household ends: what is left goes with the next."""
    rest = None
    for piece in pieces:
        piece = piece.astype({name: np.int64 for name in COLUMNS if name != "PERWT"})
        piece = piece if rest is None else pd.concat([rest, piece], ignore_index=True)
        last = (piece[HOUSEHOLD] == piece[HOUSEHOLD].iloc[-1]).all(axis=1)
        rest = piece[last]
        yield piece[~last]
    if rest is not None:
        yield rest


def choose(*cases: tuple[pd.Series, str], otherwise: str = "unknown") -> pd.Categorical:
    """The name of the first case that holds, else `otherwise`."""
    conditions, names = zip(*cases, strict=True)
    categories = list(dict.fromkeys([*names, otherwise]))
    codes = np.array([categories.index(name) for name in names], np.int8)
    found = np.select(list(conditions), list(codes), default=np.int8(categories.index(otherwise)))
    return pd.Categorical.from_codes(found, categories)


def parent(persons: pd.DataFrame, pointer: str) -> pd.Series:
    """The nativity of the mother or father in the household, of natives under 18; 0 where it is not known."""
    child = persons.loc[(persons["NATIVITY"] == 1) & (persons["AGE"] < 18) & (persons[pointer] > 0)]
    child = child[[*HOUSEHOLD, pointer]].reset_index()
    others = persons[[*HOUSEHOLD, "PERNUM", "NATIVITY"]]
    found = child.merge(others, left_on=[*HOUSEHOLD, pointer], right_on=[*HOUSEHOLD, "PERNUM"], how="inner")
    return found.set_index("index")["NATIVITY"].reindex(persons.index, fill_value=0)


def dimensions(p: pd.DataFrame) -> dict[str, pd.Categorical]:
    """p: persons, AGE missing where it is not known."""
    native, foreign, age, why = p["NATIVITY"] == 1, p["NATIVITY"] == 2, p["AGE"], p["MIGCAUSE"]
    mother, father = parent(p, "MOMLOC"), parent(p, "POPLOC")
    by_calendar = (p["YEAR"] - p["YRIMM"]).where(~p["YRIMM"].isin([0, 9998, 9999]))
    by_years = p["YRSIMM"] < 98
    stay = p["YRSIMM"].where(by_years, by_calendar)
    no_stay = ~foreign | stay.isna() | (stay < 0) | (stay > age.where(by_years, age + 1))
    region, home = p["BPLCOUNTRY"].map(PLACES["region"]), p["BPLCOUNTRY"].map(PLACES["country"])
    places = [(region == name, name) for name in PLACES["region"].unique()]
    return {
        "migratory_status": choose((foreign, "migrant"), (native, "non_migrant")),
        "nativity": choose((native, "native_born"), (foreign, "foreign_born"), (p["NATIVITY"] == 0, "not_applicable")),
        "citizenship_status": choose(
            (p["CITIZEN"].between(1, 3), "citizen"), (p["CITIZEN"] == 4, "foreign_citizen"),
            (p["CITIZEN"] == 5, "stateless"), (p["CITIZEN"] == 9, "not_applicable"),
        ),
        "generation": choose(
            (foreign, "first"), ((mother == 2) & (father == 2), "second_both_parents"),
            (mother * father == 2, "second_one_parent"), ((mother == 2) | (father == 2), "second_unspecified"),
            ((mother == 1) & (father == 1), "native_background"),
        ),
        "duration_of_stay": choose(
            (native, "not_applicable"), (no_stay, "unknown"), (stay < 5, "0_4"), (stay < 10, "5_9"),
            otherwise="10_plus",
        ),
        "reason_for_migration": choose(
            (native, "not_applicable"), (~foreign, "unknown"), (why == 0, "not_applicable"), (why <= 19, "work"),
            (why.between(20, 23) | why.between(40, 42), "family"), (why == 30, "education"),
            (why.between(50, 59), "humanitarian"), (why == 63, "retirement"), (why < 99, "other"),
        ),
        "region_of_birth": choose(
            (home == p["COUNTRY"], "native"), *places, (native, "native"), (foreign, "foreign_unspecified")
        ),
        "return_migrant": choose(
            (foreign, "not_applicable"), (~native, "unknown"), ((age < 5) | (p["MIGRATE5"] == 0), "not_applicable"),
            (p["MIGRATE5"] == 30, "yes"), (p["MIGRATE5"] <= 20, "no"),
        ),
        "sex": choose((p["SEX"] == 1, "male"), (p["SEX"] == 2, "female")),
        "age_group": choose(*((age < low + 5, f"{low}_{low + 4}") for low in range(0, 85, 5)), (age >= 85, "85_plus")),
        "urban_rural": choose((p["URBAN"] == 1, "rural"), (p["URBAN"] == 2, "urban")),
    }  # fmt: skip


def numbers(p: pd.DataFrame) -> dict[str, tuple[pd.Series, pd.Series]]:
    """Of each number who counts, and of those who has it."""
    private, age, fuel, work = p["GQ"].isin([10, 29]), p["AGE"], p["FUELCOOK"], p["EMPSTAT"]
    youth, grown = age.between(15, 24), age >= 15
    light = private & p["ELECTRIC"].isin([1, 2]), p["ELECTRIC"] == 1
    clean = (fuel == 20) | fuel.between(30, 35) | fuel.isin([62, 71, 72, 76])
    cooking = private & fuel.between(10, 77), clean
    internet = private & p["INTERNET"].isin([1, 2]), p["INTERNET"] == 2
    asked, at_school = p["SCHOOL"].between(1, 4), p["SCHOOL"] == 1
    reads, literate = p["LIT"].isin([1, 2]), p["LIT"] == 2
    girls = (p["SEX"] == 2) & age.between(15, 17)
    return {
        "electricity": light,
        "clean_cooking": cooking,
        "internet": internet,
        "all_asked": (light[0] & cooking[0] & internet[0], light[1] & cooking[1] & internet[1]),
        "piped_water": (private & p["WATSUP"].between(10, 20), p["WATSUP"] < 20),
        "sewer_or_septic": (private & p["SEWAGE"].between(10, 20), p["SEWAGE"] < 20),
        "participation_15_24": (youth & asked, at_school),
        "participation_25_64": (age.between(25, 64) & asked, at_school),
        "literacy_15_plus": (grown & reads, literate),
        "literacy_15_24": (youth & reads, literate),
        "ever_in_union_15_17": (girls & p["MARST"].between(1, 4), p["MARST"] > 1),
        "unemployment": (grown & work.isin([1, 2]), work == 2),
        "neet": (youth & work.between(1, 3) & asked, (work > 1) & ~at_school),
    }


def finest(persons: pd.DataFrame) -> pd.DataFrame:
    """Sums by sample and all dimensions: of each number the persons, their weight, and that of those who have it."""
    persons = persons.assign(AGE=persons["AGE"].where(persons["AGE"] != 999))
    columns = {"sample": persons["SAMPLE"], **dimensions(persons)}
    weight = persons["PERWT"].to_numpy()
    for name, (counts, has) in numbers(persons).items():
        columns[f"{name}_n"] = counts
        columns[f"{name}_below"] = np.where(counts, weight, 0.0)
        columns[f"{name}_above"] = np.where(counts & has, weight, 0.0)
    return pd.DataFrame(columns).groupby(["sample", *DIMENSIONS], observed=True, sort=False).sum().reset_index()


def main() -> None:
    source, path, out = sys.argv[1:]
    parts = [finest(piece) for piece in whole_households(SOURCES[source](Path(path)))]
    cells = pd.concat(parts, ignore_index=True)
    tables = []
    for table in TABLES:
        sums = cells.groupby(["sample", *table], observed=True).sum(numeric_only=True).reset_index()
        for name in NUMBERS:
            sums[name] = 100 * sums[f"{name}_above"] / sums[f"{name}_below"]
        tables.append(sums)
    shown = ["sample", *DIMENSIONS, *NUMBERS, *(f"{name}_n" for name in NUMBERS)]
    pd.concat(tables, ignore_index=True)[shown].to_csv(out, index=False)


if __name__ == "__main__":
    main()
