"""3.1.1 by the status of the head, through a run: households of several heads and of none, definitions, parts."""

from __future__ import annotations

import csv
import random
from collections import defaultdict
from itertools import groupby
from pathlib import Path
from typing import Any

import polars as pl
import pytest

from harmonize import pipeline
from harmonize.apply import apply
from harmonize.errors import FitError
from harmonize.indicators.household_deaths import COLUMN, telling_row
from harmonize.options import Options
from tests import unprotected
from tests.functional.parts import assert_same_files, cut, merged, whole
from tests.reference.indicators_of_births import tells_of_deaths
from tests.reference.whole import by_definition

KEYS = "keys: {household: HH, person: P}\n"
MAPPING = """\
mapping: made/deaths
version: 1.0.0
title: Deaths of households
source: {producer: made, citation: made, documentation: made, checked_on: "2026-11-24"}
sample: {id: ABC_2020, country: MEX, year: 2020}
design: {weight_kind: none}
KEYS
include: {if: "HERE = 1", reason: residents}
variables:
  sex: {from: SEX, codes: {male: 1, female: 2}}
  age: {from: AGE, number: {}}
  nativity: {from: NAT, codes: {native_born: 1, foreign_born: 2, unknown: 9}}
  citizenship_status: {from: CIT, codes: {citizen: 1, foreign_citizen: 2, unknown: 9}}
  years_since_arrival: {from: STAY, number: {}, missing: {not_applicable: blank}}
  relationship_to_head: {from: REL, codes: {head: 1, spouse: 2, non_relative: 3, unknown: 9}}
  births_12_months: {from: BIRTHS, number: {}, missing: {not_applicable: blank}}
  pregnancy_related_deaths_12_months: {from: DEATHS, number: {}, missing: {not_applicable: blank, unknown: "?"}}
"""
COLUMNS = ("HH", "P", "HERE", "SEX", "AGE", "NAT", "CIT", "STAY", "REL", "BIRTHS", "DEATHS")
ASKED = Options(definitions=True)
DEFINITIONS = ("birth", "citizenship", "either", "recent")
RELATIONS = {1: "head", 2: "spouse", 3: "non_relative", 9: "unknown"}


def written(folder: Path, rows: list[tuple[Any, ...]], keys: str = KEYS) -> tuple[str, Path]:
    (folder / "made.yaml").write_text(MAPPING.replace("KEYS\n", keys))
    with (folder / "made.csv").open("w", newline="") as file:
        writer = csv.writer(file)
        writer.writerow(COLUMNS)
        writer.writerows(rows)
    return str(folder / "made.yaml"), folder / "made.csv"


def run(folder: Path, rows: list[tuple[Any, ...]], keys: str = KEYS) -> pipeline.RunResult:
    mapping, data = written(folder, rows, keys)
    return unprotected.run(mapping, [data], folder / "out", indicators=["3.1.1"], options=ASKED)


def head(household: int, deaths: Any, relation: int = 1, person: int = 1, nativity: int = 1) -> tuple[Any, ...]:
    """A man; a woman who gave birth stands beside him."""
    stay = 10 if nativity == 2 else ""
    return (household, person, 1, 1, 40, nativity, 1, stay, relation, "", deaths)


def woman(household: int, deaths: Any, relation: int = 2) -> tuple[Any, ...]:
    return (household, 9, 1, 2, 30, 1, 1, "", relation, 1, deaths)


def deaths(result: pipeline.RunResult, **which: str) -> dict[str, tuple[int, float | None]]:
    """Status -> deaths, and the ratio."""
    wanted = {"statistic": "level", "definition": "default", "disaggregation": "migratory_status", **which}
    rows = result.estimates.filter(**wanted)
    return {row["migratory_status"]: (row["n_numerator"], row["estimate"]) for row in rows.to_dicts()}


def test_a_household_of_two_heads_counts_its_deaths_once(tmp_path):
    rows = [row for h in range(25) for row in (head(h, 1), head(h, 1, person=2, nativity=2), woman(h, 1))]
    result = run(tmp_path, rows)
    # the first head decides the status
    assert deaths(result) == {"non_migrant": (25, pytest.approx(100_000))}
    assert deaths(result, disaggregation="total") == {"_T": (25, pytest.approx(100_000))}
    assert {"words": "second head of a household", "persons": 25} in result.run["contradictions"]


def test_the_deaths_of_a_household_without_a_head_are_not_lost(tmp_path):
    rows = [row for h in range(25) for row in (head(h, 1, relation=3), woman(h, 1, relation=9))]
    result = run(tmp_path, rows)
    assert deaths(result) == {"unknown": (25, pytest.approx(100_000))}
    assert deaths(result, disaggregation="total") == {"_T": (25, pytest.approx(100_000))}
    assert result.run["contradictions"] == []


@pytest.mark.parametrize("on_the_heads", ["", "?", 0])
def test_deaths_that_stand_on_another_row_than_the_heads_are_not_lost(tmp_path, on_the_heads):
    result = run(tmp_path, [row for h in range(25) for row in (head(h, on_the_heads, nativity=2), woman(h, 1))])
    assert deaths(result) == {"migrant": (25, pytest.approx(100_000))}


def test_a_head_who_is_not_of_the_run_does_not_take_the_deaths_along(tmp_path):
    rows = [row for h in range(25) for row in ((h, 1, 0, *head(h, 1, nativity=2)[3:]), woman(h, 1))]
    assert deaths(run(tmp_path, rows)) == {"migrant": (25, pytest.approx(100_000))}


def test_where_rows_of_a_household_tell_of_different_deaths_the_most_count_and_it_is_said(tmp_path):
    rows = [row for h in range(12) for row in (head(h, 2), head(h, 1, person=2), woman(h, 1))]
    result = run(tmp_path, rows)
    assert deaths(result)["non_migrant"] == (24, pytest.approx(200_000))
    words = "tells of fewer deaths than another of the household"
    assert {"words": words, "persons": 24} in result.run["contradictions"]


def test_without_a_household_key_the_rows_of_heads_count_and_it_is_said(tmp_path):
    result = run(tmp_path, [row for h in range(25) for row in (head(h, 1), woman(h, 1))], keys="")
    assert deaths(result, disaggregation="total") == {"_T": (25, pytest.approx(100_000))}
    assert any(notice.startswith("3.1.1: the mapping has no household key") for notice in result.run["notices"])


def test_without_a_household_key_there_is_no_number_by_the_heads_status(tmp_path):
    """Heads know their own, but births are of other rows: their deaths alone would make the ratio too high."""
    result = run(tmp_path, [row for h in range(25) for row in (head(h, 1), woman(h, 1))], keys="")
    assert set(result.estimates["disaggregation"]) == {"total"}


def test_births_of_a_household_that_does_not_say_whether_a_woman_died_do_not_count(tmp_path):
    """24 households of a death and a birth each; 8 with a birth do not say: a death a birth, not 24 of 32."""
    told = [row for h in range(24) for row in (head(h, 1), woman(h, 1))]
    silent = [row for h in range(24, 32) for row in (head(h, "?"), woman(h, "?"))]
    result = run(tmp_path, told + silent)
    assert deaths(result)["non_migrant"] == (24, pytest.approx(100_000))
    total = result.estimates.filter(pl.col("disaggregation") == "total").row(0, named=True)
    assert total["left_out_share"] == pytest.approx(8 / 32)


def test_births_asked_of_women_of_15_to_49_alone_leave_the_deaths_of_other_heads(tmp_path, monkeypatch):
    """Heads of 40 and of 70: whom the births are asked of says nothing of who tells of deaths."""
    rows = [row for h in range(30) for row in (head(h, 1), woman(h, 1))]
    rows = [(*row[:4], 70, *row[5:]) if row[3] == 1 and row[0] % 2 else row for row in rows]
    narrow = MAPPING.replace("{from: BIRTHS,", "{from: BIRTHS, universe: {min_age: 15, max_age: 49},")
    monkeypatch.setattr("tests.functional.test_by_the_heads_status.MAPPING", narrow)
    result = run(tmp_path, rows)
    assert deaths(result)["non_migrant"] == (30, pytest.approx(100_000))
    assert set(result.estimates["proxy_reason"]) == {"institutions_not_separated;pregnancy_related;status_of_head"}


def test_births_asked_from_20_on_are_said_to_lack_those_of_younger_women(tmp_path, monkeypatch):
    rows = [row for h in range(30) for row in (head(h, 1), woman(h, 1))]
    narrow = MAPPING.replace("{from: BIRTHS,", "{from: BIRTHS, universe: {min_age: 20},")
    monkeypatch.setattr("tests.functional.test_by_the_heads_status.MAPPING", narrow)
    result = run(tmp_path, rows)
    assert deaths(result)["non_migrant"] == (30, pytest.approx(100_000))
    assert all("not_asked_under_20" in reason for reason in result.estimates["proxy_reason"])


def made_up(households: int) -> list[tuple[Any, ...]]:
    """Households of one to four, with no head, one or two, whose rows tell the same deaths, others, or none."""
    chance = random.Random(311)
    rows = []
    for household in range(households):
        told = chance.choice([0, 1, 1, 2, "?", ""])
        for person in range(chance.randint(1, 4)):
            nativity, sex = chance.choice([1, 2, 2, 9]), chance.choice([1, 2])
            rows.append((
                household, person, int(chance.random() < 0.9), sex, chance.choice([10, 20, 30, 49, 50]), nativity,
                chance.choice([1, 2, 9]), chance.choice([0, 3, 5, 8]) if nativity == 2 else "",
                chance.choice([1, 1, 2, 3, 9]), chance.choice([0, 1, 2]) if sex == 2 else "",
                told if chance.random() < 0.8 else chance.choice([0, 1, "?", ""]),
            ))  # fmt: skip
    return rows


def person_of(row: tuple[Any, ...]) -> dict[str, Any]:
    raw = dict(zip(COLUMNS, row, strict=True))
    stay = "not_applicable" if raw["STAY"] == "" else "0_4" if raw["STAY"] < 5 else "5_9"
    return {
        "household": raw["HH"],
        "included": raw["HERE"] == 1,
        "nativity": {1: "native_born", 2: "foreign_born", 9: "unknown"}[raw["NAT"]],
        "citizenship_status": {1: "citizen", 2: "foreign_citizen", 9: "unknown"}[raw["CIT"]],
        "duration_of_stay": stay,
        "relationship_to_head": RELATIONS[raw["REL"]],
        "pregnancy_related_deaths_12_months": {"": "not_applicable", "?": None}.get(raw["DEATHS"], raw["DEATHS"]),
        "births": raw["BIRTHS"] if raw["SEX"] == 2 and 15 <= raw["AGE"] < 50 else 0,
    }


def expected(rows: list[tuple[Any, ...]]) -> dict[tuple[str, str], list[int]]:
    """(definition, status) -> deaths and births, one household after the other in plain Python."""
    found: dict[tuple[str, str], list[int]] = defaultdict(lambda: [0, 0])
    for _, members in groupby(map(person_of, rows), key=lambda person: person["household"]):
        household = list(members)
        of_head = next((by_definition(p) for p in household if p["relationship_to_head"] == "head"), None)
        here = [p["pregnancy_related_deaths_12_months"] for p in household if p["included"]]
        known = [number for number in here if number not in (None, "not_applicable")]
        if None in here and not known:  # nobody of it says: then its births do not count either
            continue
        for person, tells in zip(household, tells_of_deaths(household), strict=True):
            told = person["pregnancy_related_deaths_12_months"]
            if not person["included"]:
                continue
            for definition in DEFINITIONS:
                sums = found[definition, of_head[definition] if of_head else "unknown"]
                sums[0] += told if tells and told not in (None, "not_applicable") else 0
                sums[1] += person["births"]
    return found


def test_every_definition_is_of_the_head_and_equals_the_plain_reference(tmp_path):
    rows = made_up(1_500)
    result = run(tmp_path, rows)
    levels = result.estimates.filter(statistic="level").filter(pl.col("definition") != "default")
    assert set(levels["status_of"]) == {"head"}
    assert set(levels["disaggregation"]) == {"migratory_status"}
    found = {(row["definition"], row["migratory_status"]): row["estimate"] for row in levels.to_dicts()}
    wanted = {key: 100_000 * died / born for key, (died, born) in expected(rows).items()}
    assert len(wanted) == 12
    assert found == pytest.approx(wanted)
    compared = result.estimates.filter(statistic="difference").filter(pl.col("definition") != "default")
    assert set(compared["definition"]) == set(DEFINITIONS)
    shared = [name for name in result.estimates.columns if name != "definition"]
    by_head = result.estimates.filter(disaggregation="migratory_status")
    assert by_head.filter(definition="birth").select(shared).equals(by_head.filter(definition="default").select(shared))


def test_the_row_that_tells_is_that_of_the_plain_reference():
    persons = [person_of(row) for row in made_up(2_000)]
    deaths = [person["pregnancy_related_deaths_12_months"] for person in persons]
    frame = pl.DataFrame(
        {
            "_hh": [person["household"] for person in persons],
            "_include": [person["included"] for person in persons],
            "relationship_to_head": [person["relationship_to_head"] for person in persons],
            "pregnancy_related_deaths_12_months": [None if each == "not_applicable" else each for each in deaths],
        }
    ).with_columns(pl.col("pregnancy_related_deaths_12_months").cast(pl.Float64))
    groups = groupby(persons, key=lambda person: person["household"])
    wanted = [tells for _, members in groups for tells in tells_of_deaths(list(members))]
    assert frame.with_columns(telling_row(keyed=True))[COLUMN].to_list() == wanted


@pytest.fixture
def harmonised(tmp_path):
    """Households of two persons."""
    mapping, data = written(tmp_path, [row for h in range(30) for row in (head(h, 1), woman(h, 1))])
    return apply(mapping, [data], tmp_path / "harmonised.parquet").data


def test_parts_cut_between_households_give_what_the_whole_gives(harmonised, tmp_path):
    found = whole(harmonised, tmp_path / "whole", indicators=["3.1.1"], options=ASKED)
    assert deaths(found) == {"non_migrant": (30, pytest.approx(100_000))}
    merged(cut(harmonised, [20, 42]), tmp_path / "parts", indicators=["3.1.1"], options=ASKED)
    assert_same_files(tmp_path / "whole", tmp_path / "parts" / "merged")


def test_parts_that_cut_a_household_from_its_head_are_refused(harmonised, tmp_path):
    with pytest.raises(FitError, match=r"have persons of one household, and 3\.1\.1 goes by its head") as caught:
        merged(cut(harmonised, [21]), tmp_path / "parts", indicators=["3.1.1"])
    assert caught.value.help == "cut the extract between households, or leave out 3.1.1 with --indicator"
