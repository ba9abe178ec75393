"""A reviewer is told what changed in a mapping, in codes and categories, and whether it may change numbers."""

from __future__ import annotations

from pathlib import Path

import pytest

from harmonize.diff.changes import changes
from harmonize.mapping import load_mapping

MAPPING = """\
mapping: made/diff
version: 1.0.0
title: A made census
source: {producer: P, citation: C, documentation: D, checked_on: "2026-01-01"}
sample: {country: MEX, year: 2020}
design: {person_weight: FACTOR, stratum: EST}
variables:
  sex: {from: SEX, codes: {male: 1, female: 2}}
  age: {from: AGE, number: {top_code: 100}, missing: {unknown: 999}}
  nativity: {from: NAT, codes: {native_born: 1, foreign_born: 2..5, unknown: 9}, concept: birthplace}
  school_attendance: {from: {first: [SCH, ASIS]}, optional: true, codes: {attending: 1, not_attending: 2}}
  labour_force_status:
    from: [EMP, LOOK]
    universe: {min_age: 15}
    when:
      - {if: "EMP = 1", then: employed}
      - {if: "EMP = 2 AND LOOK = 1", then: unemployed}
      - {else: {from: EMP, codes: {outside_labour_force: [2, 3], not_applicable: blank}}}
"""


def told(tmp_path: Path, *edits: tuple[str, str]) -> list[tuple[str, str, bool]]:
    """What is said of the mapping once each first text is the second."""
    edited = MAPPING
    for before, after in edits:
        assert before in edited
        edited = edited.replace(before, after)
    loaded = []
    for name, text in (("old", MAPPING), ("new", edited)):
        path = tmp_path / f"{name}.yaml"
        path.write_text(text)
        loaded.append(load_mapping(path))
    return [(change.about, change.words, change.breaking) for change in changes(*loaded)]


@pytest.mark.parametrize(
    ("before", "after", "words"),
    [
        ("foreign_born: 2..5", "foreign_born: [2, 3, 4], native_born: [1, 5]", None),
        ("{male: 1, female: 2}", "{male: 2, female: 1}", "SEX 1: male -> female"),
        ("foreign_born: 2..5, unknown: 9", "foreign_born: 2..4, unknown: [5, 9]", "NAT 5: foreign_born -> unknown"),
        ("foreign_born: 2..5", "foreign_born: 2..3", "NAT 4..5: foreign_born -> not mapped"),
        ("concept: birthplace", "concept: citizenship_at_birth", "concept: birthplace -> citizenship_at_birth"),
        ("top_code: 100", "top_code: 95", "AGE any number: the number, top code 100 -> the number, top code 95"),
        ("from: AGE", "from: EDAD", "read from AGE -> EDAD"),
        ("min_age: 15", "min_age: 12", "asked of ages 15 and over -> ages 12 and over"),
        ("optional: true, ", "", "must now be in every extract"),
        ("first: [SCH, ASIS]", "first: [ASIS, SCH]", "read from SCH -> ASIS"),
        ("person_weight: FACTOR", "person_weight: PESO", "person weight: FACTOR -> PESO"),
        ("stratum: EST", "cluster: UPM", "stratum: EST -> none"),
        ("year: 2020", "year: 2010", "year: 2020 -> 2010"),
        ("EMP = 2 AND LOOK = 1", "EMP = 2", "if EMP = 2: unemployed, new"),
        ("not_applicable: blank", 'not_applicable: "blank"', "else, EMP blank: not_applicable -> the branch is gone"),
        ("{from: SEX, codes", "{from: SEX, kind: text, codes", "codes are compared by the codebook -> as text"),
        ("missing: {unknown: 999}", "missing: {unknown: [20..40, 999]}", "AGE 20..40: unknown, new"),
        ("missing: {unknown: 999}", "missing: {unknown: 998}", "AGE 999: unknown -> read as a number"),
        ("top_code: 100", "top_code: 100, scale: 1.018237", "times 1.018237"),
        ("first: [SCH, ASIS]", "first: [SCH, ASISTE]", "read from SCH or ASIS -> SCH or ASISTE"),
        ("stratum: EST}", "stratum: EST, fpc: {fraction: 0.1}}", "fpc: none -> 0.1"),
        ('      - {if: "EMP = 1", then: employed}\n', "", "if EMP = 1: employed -> the branch is gone"),
    ],
)
def test_a_change_of_meaning_is_breaking(tmp_path, before, after, words):
    if words is None:
        before, after, words = (
            "native_born: 1, foreign_born: 2..5",
            "native_born: [1, 5], foreign_born: 2..4",
            ("NAT 5: foreign_born -> native_born"),
        )
    found = told(tmp_path, (before, after))
    assert any(words in each for _, each, breaking in found if breaking), found


@pytest.mark.parametrize(
    ("before", "after", "words"),
    [
        ("unknown: 9}, concept", "unknown: [8, 9]}, concept", "NAT 8: unknown, new"),
        ("first: [SCH, ASIS]", "first: [SCH, ASIS, ESC]", "read from SCH or ASIS -> SCH or ASIS or ESC"),
        ("sex: {from: SEX", "sex: {optional: true, from: SEX", "may now be absent from an extract"),
        ("version: 1.0.0", "version: 1.0.1", "version: 1.0.0 -> 1.0.1"),
        ("from: SEX", "from: sex", "read from SEX -> sex"),
    ],
)
def test_what_is_added_is_not_breaking(tmp_path, before, after, words):
    assert [(each, breaking) for _, each, breaking in told(tmp_path, (before, after))] == [(words, False)]


@pytest.mark.parametrize(
    ("before", "after"),
    [
        ("2..5", "[2, 3, 4..5]"),
        ("male: 1, female: 2", "female: 2, male: 1"),
        ("title: A made census", "title: A made census "),
        ("SEX, codes", "SEX, reference: {question: II.4}, codes"),
        ("EMP = 2 AND LOOK = 1", "EMP=2  AND LOOK =1"),
        ("EMP = 2 AND LOOK = 1", "LOOK = 1 AND 2 = EMP"),
        ("EMP = 2 AND LOOK = 1", "(LOOK IN (1) AND (EMP = 2))"),
    ],
)
def test_the_same_rule_written_in_another_way_is_no_change(tmp_path, before, after):
    assert told(tmp_path, (before, after)) == []


def test_a_variable_that_is_gone_or_no_longer_available_is_breaking(tmp_path):
    sex = "  sex: {from: SEX, codes: {male: 1, female: 2}}\n"
    assert told(tmp_path, (sex, "")) == [("sex", "no longer mapped", True)]
    assert told(tmp_path, (sex, "  sex: {unavailable: not asked}\n")) == [
        ("sex", "available before, now it is not", True)
    ]


def test_a_variable_that_was_derived_before_is_breaking_and_another_is_not(tmp_path):
    sex = "  sex: {from: SEX"
    citizenship = "  citizenship_status: {from: CIT, codes: {citizen: 1}}\n"
    literacy = "  literacy: {from: LIT, codes: {literate: 1}}\n"
    [(_, words, breaking)] = told(tmp_path, (sex, citizenship + sex))
    assert (words, breaking) == ("new, from CIT (it was derived before)", True)
    [(_, words, breaking)] = told(tmp_path, (sex, literacy + sex))
    assert (words, breaking) == ("new, from LIT", False)


def test_a_lookup_of_the_sample_that_changes_is_found(tmp_path):
    for folder, target in (("a", "MEX"), ("b", "CRI")):
        (tmp_path / folder / "lookups").mkdir(parents=True)
        (tmp_path / folder / "lookups" / "place.yaml").write_text(f"lookup: place\n{target}: 484\n")
        text = MAPPING.replace("{country: MEX,", "{country: {from: C, lookup: place},")
        (tmp_path / folder / "m.yaml").write_text(text)
    found = changes(*(load_mapping(tmp_path / folder / "m.yaml") for folder in ("a", "b")))
    assert [(each.words, each.breaking) for each in found] == [("place: 484: MEX -> CRI", True)]


def test_branches_in_another_order_are_breaking(tmp_path):
    first, second = (
        '      - {if: "EMP = 1", then: employed}\n',
        '      - {if: "EMP = 2 AND LOOK = 1", then: unemployed}\n',
    )
    [(about, words, breaking)] = told(tmp_path, (first + second, second + first))
    assert (about, breaking) == ("labour_force_status", True)
    assert "another order" in words


@pytest.mark.parametrize(
    ("before", "after"),
    [
        ("{male: 1,", "{male: 01,"),
        ("unknown: 999}}", "unknown: 0999}}"),
        ("{native_born: 1, foreign_born: 2..5", "{native_born: 01, foreign_born: 02..05"),
    ],
)
def test_a_zero_before_a_number_changes_nothing_where_the_rule_says_that_it_is_one(
    tmp_path: Path, before: str, after: str
) -> None:
    """A number is one by its kind of rule, codes are numbers where `kind: number` says so."""
    said = MAPPING.replace("{from: SEX, ", "{from: SEX, kind: number, ").replace(
        "{from: NAT, ", "{from: NAT, kind: number, "
    )
    assert before in said
    (tmp_path / "plain.yaml").write_text(said)
    (tmp_path / "padded.yaml").write_text(said.replace(before, after))
    assert changes(load_mapping(tmp_path / "plain.yaml"), load_mapping(tmp_path / "padded.yaml")) == []


def test_a_zero_before_a_code_that_may_be_text_is_breaking(tmp_path: Path) -> None:
    assert any(breaking for _, _, breaking in told(tmp_path, ("{male: 1,", "{male: 01,")))


def test_an_open_range_and_a_closed_one_are_not_the_same(tmp_path: Path) -> None:
    old = MAPPING.replace("missing: {unknown: 999}", "missing: {unknown: 900..}")
    (tmp_path / "a.yaml").write_text(old)
    (tmp_path / "b.yaml").write_text(old.replace("900..", "900..999"))
    found = changes(load_mapping(tmp_path / "a.yaml"), load_mapping(tmp_path / "b.yaml"))
    assert any(change.breaking for change in found)
