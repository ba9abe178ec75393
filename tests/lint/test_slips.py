"""Slips of who writes a first mapping: each is told where it stands, with what to write instead."""

from __future__ import annotations

import pytest

from harmonize.lint.check import lint

MAPPING = """\
mapping: ken/2019
version: 1.0.0
title: Kenya 2019
source: {producer: KNBS}
sample: {country: KEN, year: 2019}
design: {person_weight: W}
variables:
  sex:
    from: P11
    codes: {male: 1, female: 3}
"""
CODES = "codes: {male: 1, female: 3}"


@pytest.fixture
def told(tmp_path):
    """What check says of MAPPING with one thing written otherwise, C001 apart."""

    def told(old, new):
        assert old in MAPPING
        path = tmp_path / "m.yaml"
        path.write_text(MAPPING.replace(old, new, 1), encoding="utf-8")
        return [finding for finding in lint(str(path)) if finding.code != "C001"]

    return told


def test_without_a_slip_nothing_is_told(told):
    assert told(CODES, CODES) == []


@pytest.mark.parametrize(
    ("new", "place", "code", "severity", "message", "help"),
    [
        ("codes: {male: [], female: 3}", (10, 19), "M014", "error", "an empty list of codes", "leave the key out"),
        ("codes: {}", (10, 12), "M014", "error", "sex: codes is empty", "unavailable: why"),
        ("codes: {male: 1-2, female: 3}", (10, 19), "M014", "warning", "'1-2' is one code", "write 1..2,"),
        ("codes: {male: 1 2, female: 3}", (10, 19), "M014", "warning", "'1 2' is one code", "write [1, 2],"),
        ('codes: {male: "1, 2", female: 3}', (10, 19), "M014", "warning", "'1, 2' is one code", "write [1, 2],"),
        ("codes: {1: male}", (10, 13), "M012", "error", "'1' is not a category", "write male: 1"),
        ("unavailable: true", (10, 18), "M011", "error", "the reason in words", 'e.g. {unavailable: "Not asked'),
        ("codes:{male: 1, female: 3}", (10, 27), "Y002", "error", "no space after 'codes:'", "a space after the colon"),
        (" codes: {male: 1}", (10, 11), "Y002", "error", "indented further than", "begin it where that begins"),
    ],
)
def test_a_slip_in_codes_is_told_with_what_to_write(told, new, place, code, severity, message, help):
    first, *_ = told(CODES, new)
    assert ((first.line, first.column), first.code, first.severity) == (place, code, severity)
    assert message in first.message
    assert help in first.help


@pytest.mark.parametrize(
    "new",
    [
        'codes: {male: "1-2", female: 3}',  # in quotes: the column has this text
        "codes: {male: 1-2, female: 3-4}",  # as do all others
        "codes: {male: 1-2, female: 3+}",
        "codes: {male: 1-2, female: 3}\n    kind: text",
    ],
)
def test_classes_that_are_texts_are_no_slip(told, new):
    assert told(CODES, new) == []


@pytest.mark.parametrize(
    ("condition", "message", "help"),
    [
        ("P11 = 1 && P11 = 2", "'&' is not allowed", "write AND"),
        ("P11 ≥ 1", "'≥' is not allowed", "write >="),
        ("P11 = ‘1’", "'‘' is not allowed", "write a text in plain quotes"),
        ("P11 IN [1, 2]", "'[' is not allowed", "in parentheses"),
        ("P11 IN (1..3)", ".3 in a list", "write X BETWEEN 1 AND 3"),
        ("P11 IN (blank, 2)", "blank in a list", "write OR X IS NULL"),
        ("P11 = blank", "names blank", "write X IS NULL"),
        ("P11 = male", "names male", "a text is written 'male'"),
        ("P11 BETWEEN 3 AND 1", "the higher end comes first", "write the lower end first"),
        ("P11 NOT BETWEEN 3 AND -1", "the higher end comes first", "write the lower end first"),
    ],
)
def test_a_slip_in_a_condition_is_told_with_what_to_write(told, condition, message, help):
    [found] = told(CODES, f'when: [{{if: "{condition}", then: male}}, {{else: female}}]')
    assert message in found.message
    assert help in found.help


def test_a_condition_that_stands_before_holds_for_no_row(told):
    when = 'when: [{if: "P11 = 1", then: male}, {if: "1 = P11", then: female}, {else: unknown}]'
    [found] = told(CODES, when)
    assert (found.code, found.message) == ("M027", "sex: the same condition stands on line 10 before")


def test_an_encoding_that_nobody_knows_is_told_before_a_run(told):
    [found] = told("sample:", "read: {encoding: latin99}\nsample:")
    assert (found.code, found.line, found.column) == ("M103", 5, 18)
    assert "'latin99' is no encoding" in found.message
