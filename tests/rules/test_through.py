"""Rule kind `through`: another person's value, found within the household."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import polars as pl
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from harmonize.distinct.group import grouped
from harmonize.distinct.memory import Memory
from harmonize.distinct.rows import Rows
from harmonize.pipeline import run
from harmonize.rules.pointed import category_pointed, nobody_of, number_of_another, persons_pointed, pointed_row
from harmonize.schema import VARIABLES

REST = """\
sample: {country: MEX, year: 2020}
design: {weight_kind: none}
keys: {household: H, person: P, mother: {from: MOM, none: [0, 96..99]}, father: DAD}
"""
MAPPING = """\
mapping: m
version: 1.0.0
title: A census
source: {producer: Office, citation: "-", documentation: "-", checked_on: "2026-11-29"}
sample: {country: MEX, year: 2020}
design: {weight_kind: none}
keys: {household: H, person: P, mother: {from: MOM, none: 0}}
variables:
  nativity: {from: N, codes: {native_born: 1, foreign_born: 2}}
  nativity_mother: {through: mother, variable: nativity}
"""
RULES = """\
nativity: {from: N, codes: {native_born: 1, foreign_born: 2}}
nativity_mother: {through: mother, variable: nativity}
nativity_father: {through: father, variable: nativity}
"""


def household(rows: list[tuple[int, str | None, str | None]]) -> Rows:
    schema = {"_hh": pl.UInt32, "P": pl.String, "MOM": pl.String}
    return Rows(pl.DataFrame(rows, schema=schema, orient="row"), Memory())


def test_the_value_is_the_pointed_persons(made: Any) -> None:
    columns = {
        "H": ["7", "7", "7", "3", "3"], "P": ["1", "2", "3", "1", "2"], "N": ["2", "1", "1", "1", "1"],
        "MOM": ["0", "01", "98", "2", "5"], "DAD": ["0", "3.0", "1", "", "1"],
    }  # fmt: skip
    harmoniser = made.harmoniser(RULES, columns, REST)
    frame = pl.DataFrame(columns).with_columns(_hh=pl.Series([0, 0, 0, 1, 1], dtype=pl.UInt32))
    rows = harmoniser.harmonised(frame, Memory())
    out = rows.frame(rows.names)
    nobody, foreign, native = "not_applicable", "foreign_born", "native_born"
    assert out["nativity_mother"].to_list() == [nobody, foreign, nobody, native, "unknown"]
    assert out["nativity_father"].to_list() == ["unknown", native, foreign, "unknown", native]
    assert out["nativity_mother"].dtype == VARIABLES["nativity_mother"].dtype


def mothers(rows: Rows, values: list[str | None], none: tuple[str, ...]) -> list[str]:
    rows.put("nativity", pl.Series(values, dtype=VARIABLES["nativity"].dtype))
    row = persons_pointed(rows, "P", "MOM", grouped([nobody_of("MOM", none)])[0])
    rows.put("nativity_mother", category_pointed(rows, "nativity", row, VARIABLES["nativity_mother"]))
    return rows.series("nativity_mother").to_list()


@pytest.mark.parametrize(
    ("rows", "found"),
    [
        ([(0, "1", "2"), (0, "2", "1"), (1, "1", "2")], [1, 0, -1]),
        ([(0, "2", "1"), (0, "1", "2"), (1, "3", "3")], [1, 0, 2]),
        ([(5, "1", None), (5, None, "1"), (5, None, "")], [-1, 0, -1]),
        ([(0, "1", "1"), (0, "1", "1")], [0, 0]),
        ([(0, "A1", "A2"), (0, "A2", "a1"), (1, "A1", "A1")], [1, -1, 2]),
        ([(0, "1.5", "15"), (0, "15", "1.5")], [1, 0]),
        ([(0, "-0", "A"), (0, "A", "0")], [1, 0]),
        ([(0, "90000000", "1"), (0, "1", "90000000.0"), (1, "2", "1")], [1, 0, -1]),
        ([(0, "1", "-1"), (0, "-1", "1")], [1, 0]),
        ([(3, "1", "3"), (3, "2", "0"), (4, "1", "1"), (4, "2", "1")], [-1, -1, 2, 2]),
        ([(0, "2", "2"), (0, "2", "1"), (0, "3", "3")], [0, -1, 2]),
        ([], []),
    ],
)
def test_a_pointer_finds_its_person_in_the_same_household_in_any_order(
    rows: list[tuple[int, str | None, str | None]], found: list[int]
) -> None:
    assert pointed_row(household(rows), "P", "MOM").tolist() == found


def test_a_blank_pointer_is_nobody_where_the_keys_say_so() -> None:
    rows = household([(0, "1", ""), (0, "2", None)])
    for none, wanted in ((("blank",), "not_applicable"), ((), "unknown")):
        assert mothers(rows, ["foreign_born", "native_born"], none) == [wanted, wanted]


def test_a_pointer_that_means_nobody_is_nobody_though_a_person_has_that_number() -> None:
    rows = household([(0, "1", "2"), (0, "2", "1")])
    assert mothers(rows, ["foreign_born", "native_born"], ("1",)) == ["native_born", "not_applicable"]


def test_an_unknown_value_of_the_person_stays_unknown() -> None:
    rows = household([(0, "1", "2"), (0, "2", "1")])
    assert mothers(rows, [None, "native_born"], ()) == ["native_born", "unknown"]


def test_without_keys_or_the_source_it_is_unavailable(made: Any) -> None:
    rest = "sample: {country: MEX, year: 2020}\ndesign: {weight_kind: none}\n"
    optional = RULES.replace("from: N,", "from: N, optional: true,")
    rows: dict[str, list[str | None]] = {name: [] for name in ("H", "P", "MOM", "DAD")}
    harmoniser = made.harmoniser(optional, rows, REST)
    assert harmoniser.unavailable["nativity_mother"] == "nativity is not available"
    assert harmoniser.through == []
    with pytest.raises(Exception):  # noqa: B017, PT011 - refused as the mapping loads, or as it is compiled
        assert made.harmoniser(RULES, rows | {"N": []}, rest).unavailable == {}


@settings(max_examples=200)
@given(st.lists(st.tuples(st.integers(0, 3), st.integers(1, 4), st.one_of(st.none(), st.integers(0, 5))), max_size=12))
def test_every_pointer_finds_the_first_person_of_its_number(people: list[tuple[int, int, int | None]]) -> None:
    people = sorted(people, key=lambda person: person[0])
    rows = household([(h, str(own), None if wanted is None else str(wanted)) for h, own, wanted in people])
    first = {(h, own): i for i, (h, own, _) in reversed(list(enumerate(people)))}
    assert pointed_row(rows, "P", "MOM").tolist() == [first.get((h, wanted), -1) for h, _, wanted in people]


@settings(max_examples=200)
@given(st.lists(st.lists(st.one_of(st.none(), st.integers(0, 5)), min_size=1, max_size=4), max_size=5))
def test_so_it_does_where_every_household_numbers_its_persons_from_one(households: list[list[int | None]]) -> None:
    people = [(h, own, wanted) for h, each in enumerate(households) for own, wanted in enumerate(each, 1)]
    rows = household([(h, str(own), None if wanted is None else str(wanted)) for h, own, wanted in people])
    place = {(h, own): i for i, (h, own, _) in enumerate(people)}
    assert pointed_row(rows, "P", "MOM").tolist() == [place.get((h, wanted), -1) for h, _, wanted in people]


@settings(max_examples=200)
@given(st.lists(st.tuples(st.integers(0, 3), st.one_of(st.none(), st.integers(1, 4))), max_size=12))
def test_a_number_that_two_persons_of_a_household_have_is_noticed(people: list[tuple[int, int | None]]) -> None:
    people = sorted(people, key=lambda person: person[0])
    rows = household([(h, None if own is None else str(own), None) for h, own in people])
    wanted = [own is not None and people.count((h, own)) > 1 for h, own in people]
    found = number_of_another(rows, "P")
    assert (found.to_list() if found is not None else [False] * len(people)) == wanted


def test_a_run_tells_how_many_persons_share_a_number(tmp_path: Path) -> None:
    (tmp_path / "m.yaml").write_text(MAPPING, encoding="utf-8")
    rows = [f"{h},{1 if h < 12 else p},{0 if p == 1 else 1},{1 + h % 2}" for h in range(40) for p in (1, 2)]
    (tmp_path / "p.csv").write_text("\n".join(["H,P,MOM,N", *rows, ""]), encoding="utf-8")
    done = run(str(tmp_path / "m.yaml"), [tmp_path / "p.csv"], tmp_path / "out", indicators=["8.6.1"])
    assert done.run["contradictions"] == [
        {"words": "person number of another of the household", "persons": 24},
    ]
