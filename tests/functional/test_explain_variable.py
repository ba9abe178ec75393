"""`harmonize explain VARIABLE --mapping M`: where a harmonised value comes from, code by code."""

from __future__ import annotations

import re
from pathlib import Path

import polars as pl
import pytest
from click.testing import CliRunner

from harmonize.cli import main
from harmonize.explained import seen_in
from harmonize.mapping import load_mapping
from tests.functional.example import CENSUS, MAPPING

REAL = Path(__file__).resolve().parents[3] / "shared" / "real" / "ipumspy"


def explained(*arguments: object) -> str:
    result = CliRunner().invoke(main, ["explain", *map(str, arguments)])
    assert result.exit_code == 0, result.output
    return result.stdout


def test_the_rule_is_told_code_by_code_with_where_it_was_seen():
    text = explained("citizenship_status", "--mapping", MAPPING)
    assert "mappings/ipums/international.yaml:" in text
    assert "seen_in: Stata labels of a Lesotho extract" in text
    assert "\n  CITIZEN  1..3  citizen\n  CITIZEN  4     foreign_citizen\n" in text


def test_branches_are_told_with_their_conditions():
    text = explained("labour_force_status", "--mapping", "gbr/census-2011-teaching")
    assert '"Economic Activity" = 4 AND "Hours worked per week" BETWEEN 1 AND 4' in text
    assert "asked of ages 16 and over" in text


def test_every_person_of_an_extract_is_counted_under_one_code_and_value():
    rows = pl.read_csv(CENSUS, infer_schema=False)
    seen = seen_in("citizenship_status", load_mapping(MAPPING), [CENSUS])
    truth = rows.group_by("CITIZEN").len()
    assert {codes[0]: persons for codes, _, _, persons in seen.rows} == dict(truth.rows())
    values = {code: value for (code,), _, value, _ in seen.rows}
    assert (values["3"], values["4"], values["5"]) == ("citizen", "foreign_citizen", "stateless")


def test_few_persons_are_not_told_exactly_and_no_ages_are_told():
    seen = seen_in("age", load_mapping(MAPPING), [CENSUS])
    assert [(codes, value) for codes, _, value, _ in seen.rows] == [(("any",), "a number"), (("999",), "unknown")]
    assert seen.rows[1][3] < 10
    assert explained("age", "--mapping", MAPPING, "--data", CENSUS).splitlines()[-1].split() == [
        "999",
        "unknown",
        "<10",
    ]


def test_who_was_not_asked_for_a_number_is_told_from_who_does_not_know(tmp_path):
    mapping = tmp_path / "m.yaml"
    mapping.write_text(
        "mapping: m\nversion: 1.0.0\ntitle: M\nsource: {producer: P}\nsample: {country: KEN, year: 2019}\n"
        "design: {weight_kind: none}\nvariables:\n"
        "  year_of_arrival: {from: YEAR, number: {}, missing: {unknown: 9999, not_applicable: blank}}\n"
    )
    data = tmp_path / "persons.csv"
    data.write_text("YEAR\n" + "1999\n" * 11 + "9999\n" * 12 + '""\n' * 13)
    text = explained("year_of_arrival", "--mapping", mapping, "--data", data)
    rows = [row.split() for row in text.splitlines()[-3:]]
    assert rows == [["any", "a", "number", "11"], ["9999", "unknown", "12"], ["blank", "not_applicable", "13"]]


def test_codes_that_the_mapping_lacks_and_codes_that_the_extract_lacks_are_told(tmp_path):
    edited = pl.read_csv(CENSUS, infer_schema=False).with_columns(
        CITIZEN=pl.when(pl.col("CITIZEN") == "5").then(pl.lit("7")).otherwise("CITIZEN")
    )
    edited.write_csv(tmp_path / "persons.csv")
    text = explained("citizenship_status", "--mapping", MAPPING, "--data", tmp_path / "persons.csv")
    assert "\n  7        (not mapped)     " in text
    unseen = text[text.index("In the mapping, and not in this extract:") :]
    assert "CITIZEN  5     stateless" in unseen


@pytest.mark.skipif(not REAL.exists(), reason="the real files are not beside the project")
def test_labels_of_the_codebook_stand_beside_the_codes():
    counted = explained("sex", "--mapping", "ipums/usa", "--data", REAL / "usa_00172.dat.gz")
    told = explained("sex", "--mapping", "ipums/usa", "--codebook", REAL / "usa_00172.xml")
    assert re.search(r"^  1    Male    male    +[\d,]+$", counted, re.MULTILINE)
    assert re.search(r"^  SEX +1 +Male +male$", told, re.MULTILINE)


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (["citizen_status", "--mapping", MAPPING], "citizenship_status"),
        (["hiv_positive", "--mapping", MAPPING], "does not map hiv_positive"),
        (["sex"], "of which mapping?"),
        (["M012", "--data", "x.csv"], "needs --mapping"),
    ],
)
def test_what_cannot_be_explained_is_said(arguments, said):
    result = CliRunner().invoke(main, ["explain", *arguments])
    assert result.exit_code == 2
    assert said in result.stderr


@pytest.mark.parametrize(
    ("name", "words"),
    [("age_group", "it is made of age"), ("M012", "is a code of check"), ("sx", "did you mean 'sex'?")],
)
def test_what_no_rule_of_the_mapping_gives_says_where_it_comes_from(name, words):
    result = CliRunner().invoke(main, ["explain", name, "--mapping", MAPPING])
    assert result.exit_code == 2
    assert words in result.stderr
