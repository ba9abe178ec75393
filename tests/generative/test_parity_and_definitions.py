"""Parities and the definitions of a migrant, through the whole engine, against the plain reference."""

from __future__ import annotations

import csv
import math
import tempfile
from dataclasses import replace
from pathlib import Path
from typing import Any

import polars as pl
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from harmonize.options import Options
from harmonize.schema import VARIABLES
from harmonize.tabulate.statuses import DEFINITIONS, STATUS, definition_column, definition_expressions
from tests import unprotected
from tests.generative.test_whole_engine import extracts
from tests.reference.compared import Key, comparisons, levels_by_definition
from tests.reference.whole import Raw, Rule, Small, as_yaml, by_definition

PLACES = Rule("PLACE", {"rural": ["1"], "urban": ["2"], "unknown": ["9"]})
YEARS = Rule("YEARS", {"unknown": ["98"], "not_applicable": ["99"]}, number=True)
EXACT = ("n", "n_numerator", "df")
SLOW = settings(max_examples=25, suppress_health_check=[HealthCheck.too_slow])


@st.composite
def compared(draw: st.DrawFn) -> tuple[Small, list[Raw], int]:
    """An extract of any mapping, with a place and years since arrival, and a batch size."""
    small, rows, chunk_size = draw(extracts())
    chance = draw(st.randoms(use_true_random=False))
    added = {}
    if draw(st.integers(0, 4)):
        added["urban_rural"] = PLACES
    if draw(st.integers(0, 4)):
        added["years_since_arrival"] = YEARS
    more = [
        {**row, "PLACE": chance.choice("1129"), "YEARS": chance.choice(("0", "2", "4", "5", "12", "98", "99"))}
        for row in rows
    ]
    variables = {**small.variables, **added}
    if "nativity" in variables and any(rule.foreign_born for rule in variables.values()):
        # whom the form asked is then also told by the birthplace, which the reference does not look at
        variables.pop("country_of_birth", None)
    return replace(small, variables=variables), more, chunk_size


def engine(small: Small, rows: list[Raw], chunk_size: int) -> pl.DataFrame:
    """The estimates table of a mapping file and a csv, by every definition."""
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        (folder / "made.yaml").write_text(as_yaml(small), encoding="utf-8")
        with (folder / "rows.csv").open("w", encoding="utf-8", newline="") as file:
            writer = csv.DictWriter(file, list(rows[0]))
            writer.writeheader()
            writer.writerows(rows)
        return unprotected.run(
            str(folder / "made.yaml"), [folder / "rows.csv"], folder / "out", chunk_size=chunk_size,
            options=Options(definitions=True), formats=["csv"],
        ).estimates  # fmt: skip


#: The tables that the reference makes.
SAME = {
    "sex", "urban_rural", "migratory_status", "migratory_status*sex", "migratory_status*urban_rural",
    "migratory_status*sex*urban_rural",
}  # fmt: skip


def keyed(rows: pl.DataFrame) -> dict[Key, dict[str, Any]]:
    found: dict[Key, dict[str, Any]] = {}
    for row in rows.iter_rows(named=True):
        if row["disaggregation"] not in SAME:
            continue
        named = row["disaggregation"].split("*")
        cell = tuple(sorted((name, row[name]) for name in named if row[name] != "_T"))
        key = (
            row["sample"], row["indicator"], row["series"], row["statistic"], row["comparison"], row["definition"],
            row["disaggregation"], cell,
        )  # fmt: skip
        assert key not in found
        found[key] = row
    return found


def assert_same(found: dict[Key, dict[str, Any]], expected: dict[Key, dict[str, Any]]) -> None:
    assert sorted(found) == sorted(expected)
    for key, row in expected.items():
        for name, number in row.items():
            where = (key, name, found[key][name], number)
            if number is None or name in EXACT:
                assert found[key][name] == number, where
            else:
                assert found[key][name] is not None, where
                assert math.isclose(found[key][name], number, rel_tol=1e-9, abs_tol=1e-9), where


@SLOW
@given(compared())
def test_every_parity_difference_and_ratio_is_that_of_the_reference(made: tuple[Small, list[Raw], int]) -> None:
    small, rows, chunk_size = made
    table = engine(small, rows, chunk_size)
    assert_same(keyed(table.filter(pl.col("statistic") != "level")), comparisons(small, rows))
    levels = table.filter((pl.col("statistic") == "level") & (pl.col("definition") != "default"))
    assert_same(keyed(levels), levels_by_definition(small, rows))


answers = {
    name: st.sampled_from([None, *VARIABLES[name].values]) for name in ("nativity", "citizenship_status")
}  # fmt: skip
STAYS = ("0_4", "5_9", "10_plus", "not_applicable", "unknown")


@given(
    st.lists(st.fixed_dictionaries({**answers, "duration_of_stay": st.sampled_from(STAYS)}), min_size=1),
    st.sets(st.sampled_from(("nativity", "citizenship_status", "duration_of_stay"))),
)
def test_the_status_of_each_person_by_each_definition_is_that_of_the_reference(
    persons: list[dict[str, Any]], lacking: set[str]
) -> None:
    persons = [{name: value for name, value in person.items() if name not in lacking} for person in persons]
    types = {name: VARIABLES[name].dtype for name in answers} | {"duration_of_stay": pl.Enum(STAYS)}
    frame = pl.DataFrame(persons, schema={name: types[name] for name in types if name not in lacking})
    found = frame.with_row_index().select("index", *definition_expressions(frame.columns)).drop("index")
    expected = [by_definition(person) for person in persons]
    assert set(found.columns) == {definition_column(name) for name in expected[0]}
    assert set(found.dtypes) <= {pl.Enum(STATUS)}
    for name in DEFINITIONS:
        if name in expected[0]:
            assert found[definition_column(name)].to_list() == [each[name] for each in expected], name
