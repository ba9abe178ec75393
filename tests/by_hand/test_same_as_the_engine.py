"""Worked by hand, rows come to what the engine makes of them: of cases, of made rows, of every kind of rule."""

from __future__ import annotations

from dataclasses import replace
from itertools import groupby
from pathlib import Path
from random import Random

import pytest

from harmonize.mapping import load_mapping, mappings_dir
from harmonize.mapping.cases import cases_path, read_cases
from harmonize.mapping.model import Mapping
from harmonize.mapping.run_cases import case_groups, source_columns, written
from harmonize.rules.parse import RULE_KINDS
from tests.by_hand.engine import assert_same
from tests.by_hand.made_rows import made_households

SHIPPED = sorted(path for path in mappings_dir().glob("*/*.yaml") if cases_path(path).is_file())
WITH_CASES = [path.with_name(path.name.replace(".cases", "")) for path in mappings_dir().rglob("*.cases.yaml")]
EVERY_KIND = Path(__file__).with_name("every_kind.yaml")


def plain(mapping: Mapping) -> Mapping:
    return replace(mapping, design=replace(mapping.design, replicate=None))


def test_there_are_shipped_mappings_and_each_has_cases() -> None:
    assert len(SHIPPED) > 20
    assert sorted(WITH_CASES) == SHIPPED


@pytest.mark.parametrize("path", SHIPPED, ids=lambda path: path.stem)
def test_cases_of_shipped_mappings(path: Path) -> None:
    mapping = load_mapping(str(path))
    cases, findings = read_cases(path)
    assert cases
    assert not findings
    for columns, rows in case_groups(mapping, cases):
        households = [[written(mapping, row) for row in case] for _, case in groupby(rows, lambda row: row.case)]
        assert assert_same(plain(mapping), columns, households)


@pytest.mark.parametrize("path", SHIPPED, ids=lambda path: path.stem)
def test_made_rows_of_shipped_mappings(path: Path) -> None:
    mapping = plain(load_mapping(str(path)))
    random = Random(path.stem)
    columns = sorted(source_columns(mapping))
    assert assert_same(mapping, columns, made_households(mapping, columns, random, 250))
    for _ in range(4):  # extracts that lack some columns
        some = [name for name in columns if random.random() < 0.97]
        assert_same(mapping, some, made_households(mapping, some, random, 20))


@pytest.mark.parametrize("seed", range(8))
@pytest.mark.parametrize("decimal", [".", ","])
def test_made_rows_of_every_kind_of_rule(seed: int, decimal: str) -> None:
    mapping = load_mapping(str(EVERY_KIND))
    mapping = replace(mapping, read=replace(mapping.read, decimal=decimal))
    random = Random(seed)
    columns = sorted(source_columns(mapping))
    assert assert_same(mapping, columns, made_households(mapping, columns, random, 300))
    lower = [name.lower() if random.random() < 0.1 else name for name in columns]
    assert assert_same(mapping, lower, made_households(mapping, lower, random, 100))
    numeric = {name for name in columns if random.random() < 0.5}
    assert_same(mapping, columns, made_households(mapping, columns, random, 100), numeric)


def test_made_rows_of_one_country() -> None:
    mapping = load_mapping(str(EVERY_KIND))
    mapping = replace(mapping, sample=replace(mapping.sample, id=None, country="MEX", year=2020))
    columns = sorted(source_columns(mapping))
    outcomes = assert_same(mapping, columns, made_households(mapping, columns, Random(1), 500))
    assert outcomes is not None
    assert {result["_sample"] for result in outcomes[0]} == {"MEX_2020"}


def test_a_condition_on_a_sum_that_no_number_holds_does_not_hold() -> None:
    mapping = load_mapping(str(EVERY_KIND))
    columns = sorted(source_columns(mapping))
    rows = [{"INC": text, "INCF": other} for text in ("1e308", "-1e308") for other in ("1e308", "-1e308", "3")]
    assert assert_same(mapping, columns, [[row] for row in rows])


def test_codes_that_collide_are_told_alike(tmp_path: Path) -> None:
    text = EVERY_KIND.read_text(encoding="utf-8").replace("97: 95..99,", "97: 95..99, 097: 1..3,")
    (tmp_path / "every_kind.yaml").write_text(text, encoding="utf-8")
    mapping = load_mapping(str(tmp_path / "every_kind.yaml"))
    columns = sorted(source_columns(mapping))
    assert assert_same(mapping, columns, made_households(mapping, columns, Random(1), 3)) is None


def test_the_mapping_of_every_kind_has_every_kind() -> None:
    mapping = load_mapping(str(EVERY_KIND))
    assert {key for rule in mapping.variables.values() for key in rule.body} >= set(RULE_KINDS)
