"""No shipped code from memory: those of IPUMS-International and the ACS stand in the code lists."""

from __future__ import annotations

import csv
from collections.abc import Iterator

import pytest

from harmonize.mapping import load_mapping
from harmonize.mapping.located import Block, Items, Located, Text
from harmonize.mapping.model import FromColumn
from harmonize.rules.codes import CodesRule
from harmonize.rules.source_codes import Code
from tests.mappings_shipped.places_of import code_list, real

# Seen elsewhere: GQ, AGEMARR and HRSWORK1 in label files; MGCAUSE is the older name of MIGCAUSE.
NOT_IN_THE_LIST = {"AGEMARR", "GQ", "HRSWORK1", "MGCAUSE"}
BLANKS = {"b", "bb", "bbb", "bbbb"}

# Read in a dictionary that is not among the code lists: 2024, ACCESSINET. POVPIP is a number, cut at 100.
SEEN_ELSEWHERE = {"internet": {"8"}, "below_national_poverty_line": {"99", "100"}}


def written(body: Located) -> Iterator[str]:
    """Codes as the rule and its branches write them, ranges by both ends."""
    if isinstance(body, Items):
        for item in body:
            yield from written(item)
    elif isinstance(body, Block):
        for key, value in body.items():
            if key not in ("codes", "missing"):
                yield from written(value)
            elif isinstance(value, Block):
                for given in value.values():
                    for item in given if isinstance(given, Items) else [given]:
                        yield from str(item).split("..")


def unseen(id: str, source: str, key: str) -> dict[str, set[str]]:
    """Codes of a variable that the list has for none of its columns."""
    found: dict[str, set[str]] = {}
    for name, rule in load_mapping(id).variables.items():
        columns = set(rule.columns) - NOT_IN_THE_LIST
        if not columns:
            continue
        lists = (code_list(source, column, key) for column in columns)
        seen = {code.lstrip("0") or "0" for codes in lists for code in codes if code not in BLANKS}
        strange = {code for code in written(rule.body) if code != "blank" and (code.lstrip("0") or "0") not in seen}
        if strange - SEEN_ELSEWHERE.get(name, set()):
            found[name] = strange
    return found


def is_code(given: Code, code: str) -> bool:
    """Whether a code of the mapping is that of a dictionary, which writes a blank as b's."""
    if given.is_blank or code in BLANKS:
        return given.is_blank and code in BLANKS
    return given.holds_number(float(code)) if given.is_range else given.low == float(code)


def test_every_code_of_ipums_international_was_seen() -> None:
    assert unseen("ipums/international", "ipumsi_integrated_codes", "code") == {}


def test_every_code_of_the_american_community_survey_was_seen() -> None:
    assert unseen("usa/acs-pums", "acs_pums_codes", "from") == {}


def test_no_code_of_a_column_of_the_american_community_survey_is_forgotten() -> None:
    forgotten: dict[str, set[str]] = {}
    compared = 0
    for name, rule in load_mapping("usa/acs-pums").variables.items():
        if not isinstance(rule.rule.body, CodesRule):
            continue
        for column, codes in rule.rule.body.codes().items():
            for code in code_list("acs_pums_codes", column, "from"):
                compared += 1
                if not any(is_code(given, code) for given in codes):
                    forgotten.setdefault(name, set()).add(code)
    assert forgotten == {}
    assert compared > 100


@pytest.mark.parametrize("year", [2019, 2022, 2023])
def test_the_factor_that_tells_the_year_is_the_one_of_its_dictionary(year: int) -> None:
    with real(f"codes/pums-dict_acs1-{year}.csv").open(encoding="utf-8", newline="") as file:
        seen = {row[4] for row in csv.reader(file) if row[:2] == ["VAL", "ADJINC"]}
    told = load_mapping("usa/acs-pums").sample.year
    assert isinstance(told, FromColumn)
    assert {code.text for code in dict(told.codes)[str(year)]} == seen


def test_no_code_of_ipums_international_is_forgotten() -> None:
    mapping = load_mapping("ipums/international")
    forgotten: dict[str, set[str]] = {}
    for name, rule in mapping.variables.items():
        if rule.kind != "codes" or "lookup" in rule.body or set(rule.columns) & NOT_IN_THE_LIST:
            continue
        (column,) = rule.columns
        given: set[int] = set()
        for value in rule.body[Text("codes")].values():  # type: ignore[union-attr]
            for item in value if isinstance(value, Items) else [value]:
                low, _, high = str(item).partition("..")
                given |= set(range(int(low), int(high or low) + 1))
        left = {code for code in code_list("ipumsi_integrated_codes", column) if int(code) not in given}
        if left:
            forgotten[name] = left
    assert forgotten == {}
