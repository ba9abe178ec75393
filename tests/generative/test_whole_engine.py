"""The whole engine, from a mapping file and a csv to the table, against the plain reference."""

from __future__ import annotations

import csv
import math
import tempfile
from collections.abc import Callable
from pathlib import Path
from typing import Any

import polars as pl
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tests import unprotected
from tests.reference.whole import BLANK, TABLES, Branch, Key, Raw, Rule, Small, as_number, as_yaml, whole

MISSING = ("unknown", "not_applicable")
CATEGORIES = {
    "sex": ("SEX", ("male", "female", *MISSING)),
    "nativity": ("NATIVITY", ("native_born", "foreign_born", *MISSING)),
    "country_of_birth": ("BPL", ("domestic", "foreign_unspecified", "FRA", "SUN", *MISSING)),
    "citizenship_status": ("CITIZEN", ("citizen", "foreign_citizen", "stateless", *MISSING)),
    "country_of_citizenship": ("NATION", ("domestic", "foreign_unspecified", "FRA", "stateless", *MISSING)),
    "labour_force_status": ("EMPSTAT", ("employed", "unemployed", "outside_labour_force", *MISSING)),
    "school_attendance": ("SCHOOL", ("attending", "not_attending", "never_attended", *MISSING)),
    "literacy": ("LIT", ("literate", "illiterate", *MISSING)),
    "electricity": ("ELEC", ("yes", "no", *MISSING)),
}
RARE = ("country_of_birth", "country_of_citizenship")
NUMBERS = ("-1", "0", "1", "2", "3", "4", "5", "8", "9", "10", "99")
TEXTS = ("A", "b", "No", "1x", "0")
AGES = ("0", "7", "14", "15", "16", "20", "24", "24.0", "25", "40", "64", "65", "099", "999", "")
SAME_TABLES = {"*".join(dimensions) or "total" for dimensions in TABLES}
EXACT = ("n", "n_numerator", "df")


@st.composite
def code_rules(draw: st.DrawFn, column: str, categories: tuple[str, ...], numeric: bool) -> tuple[Rule, list[str]]:
    """A rule that maps every code of an alphabet, and the cells that a row may hold."""
    alphabet = draw(st.lists(st.sampled_from(NUMBERS if numeric else TEXTS), min_size=3, max_size=8, unique=True))
    known = [category for category in categories if category not in MISSING]
    codes: dict[str, list[str]] = {}
    for place, code in enumerate([*alphabet, BLANK]):
        category = known[place] if place < 2 else draw(st.sampled_from(categories))
        codes.setdefault(category, []).append(code)
    if numeric:
        codes = {category: draw(as_ranges(given, alphabet)) for category, given in codes.items()}
    cells = [*alphabet, "", " "]
    if numeric:
        cells += [f"0{code}" for code in alphabet if code[0] != "-"] + [f"{code}.0" for code in alphabet]
    else:
        cells += [f"{code} " for code in alphabet]
    return Rule(column, codes), cells


@st.composite
def as_ranges(draw: st.DrawFn, given: list[str], alphabet: list[str]) -> list[str]:
    """The codes of one category, written as one range where no other code lies in it."""
    numbers = sorted((code for code in given if code != BLANK), key=int)
    if len(numbers) < 2 or not draw(st.booleans()):
        return given
    if any(int(numbers[0]) < int(code) < int(numbers[-1]) for code in alphabet if code not in numbers):
        return given
    return [f"{numbers[0]}..{numbers[-1]}", *([BLANK] if BLANK in given else [])]


@st.composite
def mappings(draw: st.DrawFn) -> tuple[Small, dict[str, list[str]]]:
    """A mapping, and for each column the cells that a row may hold."""
    rules: dict[str, Rule] = {}
    cells: dict[str, list[str]] = {}
    numeric: dict[str, list[str]] = {}
    for name, (column, categories) in CATEGORIES.items():
        there = draw(st.integers(0, 9))
        if there < (7 if name in RARE else 1):
            continue
        is_numeric = draw(st.integers(0, 3)) > 0
        rules[name], cells[column] = draw(code_rules(column, categories, is_numeric))
        if is_numeric:
            numeric[column] = [code for code in cells[column] if as_number(code) is not None]
    work = rules.get("labour_force_status")
    if work and work.column in numeric:
        min_age = draw(st.sampled_from((0, 0, 5, 16)))
        several = st.lists(branch(numeric), max_size=2, unique_by=condition)  # the same again is refused
        branches = tuple(draw(several)) if draw(st.booleans()) else ()
        rules["labour_force_status"] = Rule(work.column, work.codes, branches=branches, min_age=min_age)
    citizenship = rules.get("citizenship_status")
    if citizenship and ("nativity" in rules or "country_of_birth" in rules) and draw(st.integers(0, 2)) == 0:
        others = draw(st.sampled_from(("citizen", "citizen", "")))
        rules["citizenship_status"] = Rule(citizenship.column, citizenship.codes, foreign_born=True, others=others)
    if not rules or draw(st.integers(0, 9)):
        rules["age"] = Rule("AGE", {"unknown": ["999", BLANK]}, number=True)
        cells["AGE"] = list(AGES)
    weighted = draw(st.integers(0, 4)) > 0
    include = None
    if draw(st.booleans()):
        cells["KEEP"] = ["1", "1", "01", "2", "9", ""]
        include = ("KEEP", *draw(st.sampled_from((("<>", ("2",)), ("IN", ("1", "9")), ("=", ("1",))))))
    return Small(
        rules, country=draw(st.sampled_from(("KEN", "RUS", "FRA"))), sample=draw(st.sampled_from(("", "SAMPLE"))),
        weight="WEIGHT" if weighted else "", household=draw(st.sampled_from(("", "HH", "HH", "HH"))),
        stratum=draw(st.sampled_from(("", "STRATUM"))), cluster=draw(st.sampled_from(("", "", "BLOCK"))),
        include=include,
    ), cells  # fmt: skip


@st.composite
def branch(draw: st.DrawFn, numeric: dict[str, list[str]]) -> Branch:
    comparisons = []
    for column in draw(st.lists(st.sampled_from(sorted(numeric)), min_size=1, max_size=2, unique=True)):
        operator = draw(st.sampled_from(("=", "<>", "IN", "IS NULL")))
        most = 2 if operator == "IN" else 1
        codes = tuple(draw(st.lists(st.sampled_from(numeric[column]), min_size=1, max_size=most, unique=True)))
        comparisons.append((column, operator, codes))
    return Branch(tuple(comparisons), draw(st.sampled_from(CATEGORIES["labour_force_status"][1])))


def condition(of: Branch) -> frozenset[object]:
    """What the comparisons of a branch say, however they are written."""
    return frozenset(
        (column, "IN" if sign == "=" else sign, frozenset(() if sign == "IS NULL" else map(as_number, codes)))
        for column, sign, codes in of.comparisons
    )


@st.composite
def extracts(draw: st.DrawFn) -> tuple[Small, list[Raw], int]:
    """A mapping, rows that it maps, and a batch size."""
    small, cells = draw(mappings())
    seed = draw(st.randoms(use_true_random=False))
    many = draw(st.integers(1, 25))
    strata = [seed.choice(("1", "2", "2", "x")) for _ in range(many)]
    rows: list[Raw] = []
    for household in range(many):
        number = household // 2 if seed.random() < 0.1 else household  # some come again later
        place = {
            "SAMPLE": seed.choice("AB"),
            "HH": str(number),
            "STRATUM": strata[number],
            "BLOCK": str(seed.randrange(4)),
        }
        for _ in range(seed.choice((1, 1, 2, 3, 5))):
            weight = {"WEIGHT": f"{seed.randrange(1, 40_000) / 100:.2f}"}
            rows.append({**place, **weight, **{column: seed.choice(among) for column, among in cells.items()}})
    if draw(st.booleans()):
        seed.shuffle(rows)
    return small, rows, draw(st.sampled_from((3, 20, 200_000)))


def engine(small: Small, rows: list[Raw], chunk_size: int) -> pl.DataFrame:
    """The estimates table that the engine makes of a mapping file and a csv."""
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        (folder / "made.yaml").write_text(as_yaml(small), encoding="utf-8")
        with (folder / "rows.csv").open("w", encoding="utf-8", newline="") as file:
            writer = csv.DictWriter(file, list(rows[0]))
            writer.writeheader()
            writer.writerows(rows)
        data = [folder / "rows.csv"]
        return unprotected.run(str(folder / "made.yaml"), data, folder / "out", chunk_size=chunk_size).estimates


def level_rows(table: pl.DataFrame) -> dict[Key, dict[str, Any]]:
    """The level rows of the tables that the reference makes, by the reference's key."""
    found: dict[Key, dict[str, Any]] = {}
    for row in table.iter_rows(named=True):
        if row["statistic"] != "level" or row["disaggregation"] not in SAME_TABLES:
            continue
        total = row["disaggregation"] == "total"
        cell = () if total else tuple((name, row[name]) for name in row["disaggregation"].split("*"))
        key = (row["sample"], row["indicator"], row["series"], row["disaggregation"], cell)
        assert key not in found
        found[key] = row
    return found


def assert_same(ours: dict[str, Any], expected: dict[str, Any], key: Key) -> None:
    for name, number in expected.items():
        where = (key, name, ours[name], number)
        if number is None or name in EXACT:
            assert ours[name] == number, where
        else:
            assert ours[name] is not None, where
            assert math.isclose(ours[name], number, rel_tol=1e-9, abs_tol=1e-12), where


def examples(number: int) -> Callable[[Any], Any]:
    return settings(max_examples=number, suppress_health_check=[HealthCheck.too_slow])


@examples(30)
@given(extracts())
def test_the_engine_gives_the_rows_of_the_reference_for_any_mapping_and_any_persons(
    made: tuple[Small, list[Raw], int],
) -> None:
    small, rows, chunk_size = made
    expected = whole(small, rows)
    ours = level_rows(engine(small, rows, chunk_size))
    assert sorted(ours) == sorted(expected)
    for key, row in expected.items():
        assert_same(ours[key], row, key)


def test_a_household_listed_in_two_strata_is_a_cluster_of_each_whatever_the_row_order() -> None:
    """Its rows alternate between the strata in one file and not in the other."""
    rule = Rule("ELEC", {"yes": ["1"], "no": ["2"]})
    small = Small({"electricity": rule}, weight="WEIGHT", household="HH", stratum="STRATUM")
    told = [("1", "a", "1"), ("1", "b", "2"), ("1", "a", "2"), ("1", "b", "1"), ("2", "a", "1"), ("3", "b", "2")]
    rows = [{"HH": hh, "STRATUM": stratum, "ELEC": code, "WEIGHT": "1.00"} for hh, stratum, code in told]
    ordered = sorted(rows, key=lambda row: (row["HH"], row["STRATUM"]))
    expected = whole(small, rows)
    assert len(expected) == 3
    for given_rows in (ordered, rows):
        ours = level_rows(engine(small, given_rows, 200_000))
        for key, row in expected.items():
            assert_same(ours[key], row, key)


def test_citizenship_that_only_the_foreign_born_were_asked_makes_no_rows_without_others() -> None:
    asked = Rule("CITIZEN", {"citizen": ["1"], "foreign_citizen": ["2"], "not_applicable": [BLANK]}, foreign_born=True)
    birth = Rule("NATIVITY", {"native_born": ["1"], "foreign_born": ["2"], "unknown": ["9"]})
    light = Rule("ELEC", {"yes": ["1"], "no": ["2"]})
    small = Small({"nativity": birth, "citizenship_status": asked, "electricity": light})
    told = [("9", "1", "1"), ("9", "2", "2"), ("2", "2", "1"), ("1", "", "1"), ("9", "1", "2")]
    rows = [{"NATIVITY": nativity, "CITIZEN": citizen, "ELEC": code} for nativity, citizen, code in told]
    table = engine(small, rows, 200_000)
    assert "citizenship_status" not in set(table["disaggregation"])
    assert set(table.filter(disaggregation="migratory_status")["basis"]) == {"nativity"}
    assert sorted(level_rows(table)) == sorted(whole(small, rows))
