"""`check --codebook`: shipped mappings against codebooks of real extracts, and mistakes put into them."""

from __future__ import annotations

import csv
import re
import shutil
from collections import defaultdict
from pathlib import Path
from xml.sax.saxutils import escape

import pytest

from harmonize.errors import DataFileError
from harmonize.lint.check import lint
from harmonize.lint.codebook import Codebook
from tests.mappings_shipped.places_of import MAPPINGS, real

CPS = [f"ipumsr/cps_00{number}.xml" for number in ("097", "111", "157", "158", "159", "160")]
USA = ["ipumspy/usa_00172.xml", "ipumsr/usa_00468.xml"]
REAL = [
    *(("ipums/cps", file) for file in CPS),
    *(("ipums/usa", file) for file in USA),
    ("ipums/cps-basic", "ipumspy/cps_00421.xml"),
    ("ipums/cps-supplement", "ipumspy/cps_00006.xml"),
    ("ipums/international", "ipumsr/ipumsi_00987.xml"),
    ("mex/eic-2015-dwellings", "mex-2015/Tr_vivienda30_001.dta"),
]
EDITIONS = ["acs1-2017", "acs1-2019", "acs1-2022", "acs1-2023"]


def as_ddi(labels, path):
    """A DDI codebook of these columns and the labels of their codes."""
    rows = ['<codeBook xmlns="ddi:codebook:2_5"><dataDscr>']
    for name, of in labels.items():
        rows.append(f'<var name="{name}">')
        rows += [f"<catgry><catValu>{c}</catValu><labl>{escape(label)}</labl></catgry>" for c, label in of.items()]
        rows.append("</var>")
    path.write_text("\n".join([*rows, "</dataDscr></codeBook>"]), encoding="utf-8")
    return path


def listed(file):
    with real(f"codes/{file}").open(encoding="utf-8", newline="") as rows:
        yield from csv.DictReader(rows)


@pytest.fixture(scope="module")
def integrated(tmp_path_factory):
    """The codes of IPUMS-International, of many extracts, as one codebook."""
    labels = defaultdict(dict, {name: {} for name in ("SERIAL", "PERNUM", "PERWT", "STRATA")})
    for row in listed("ipumsi_integrated_codes.csv"):
        if "@" not in row["variable"]:  # of an older coding
            labels[row["variable"]][row["code"]] = row["label"]
    assert len(labels) > 60
    return as_ddi(labels, tmp_path_factory.mktemp("ddi") / "ipumsi.xml")


def told(mapping, *codebooks):
    return [(f.severity, f.code, f.message) for f in lint(str(mapping), Codebook(codebooks)) if f.code != "C005"]


def without_notes(found):
    return [finding for finding in found if finding[0] != "info"]


@pytest.mark.parametrize(("id", "file"), REAL)
def test_a_shipped_mapping_is_not_faulted_by_the_codebook_of_a_real_extract(id, file):
    assert without_notes(told(id, real(file))) == []


def test_the_mapping_of_ipums_international_is_not_faulted_by_the_codes_of_many_extracts(integrated):
    assert without_notes(told("ipums/international", integrated)) == []


@pytest.mark.parametrize("edition", EDITIONS)
def test_the_mapping_of_the_american_survey_is_not_faulted_by_the_dictionary_of_a_year(edition, tmp_path):
    labels = defaultdict(dict, {name: {} for name in ("SERIALNO", "SPORDER", "PWGTP")})
    for row in listed("acs_pums_codes.csv"):
        if row["dictionary"] == edition and row["from"] == row["to"] and not row["from"].startswith("b"):
            labels[row["variable"]][row["from"]] = row["label"]
    assert len(labels) > 40
    assert without_notes(told("usa/acs-pums", as_ddi(labels, tmp_path / "acs.xml"))) == []


MISTAKES = [
    ("native_born: 1, foreign_born: 2", "native_born: 2, foreign_born: 1", "L004"),
    ("codes: {male: 1, female: 2, unknown: 9}", "codes: {male: 1, female: [2, 9]}", "L003"),
    ("codes: {male: 1, female: 2, unknown: 9}", "codes: {male: 1, female: 2..9}", "L005"),
    ("codes: {male: 1, female: 2, unknown: 9}", "codes: {male: 1, female: 2}", "L001"),
    ("codes: {rural: 1, urban: 2, unknown: 9}", "codes: {rural: 1, urban: [2, 3], unknown: 9}", "L002"),
    ("number: {top_code: 100}\n    missing: {unknown: 999}", "number: {}\n    missing: {unknown: 999}", "L006"),
    ("stateless: 5, unknown: 8, not_applicable: 9}", "unknown: [5, 8], not_applicable: 9}", "L007"),
    ("person: PERNUM", "person: PERNAM", "L008"),
]  # fmt: skip


@pytest.mark.parametrize(("right", "wrong", "code"), MISTAKES)
def test_a_mistake_put_into_the_mapping_of_ipums_international_is_found_on_its_line(
    right, wrong, code, integrated, tmp_path
):
    shutil.copytree(MAPPINGS / "lookups", tmp_path / "lookups")
    text = (MAPPINGS / "ipums/international.yaml").read_text(encoding="utf-8")
    assert text.count(right) == 1
    path = tmp_path / "mine.yaml"
    path.write_text(text.replace(right, wrong), encoding="utf-8")
    found = {(f.line, f.code) for f in lint(str(path), Codebook([integrated])) if f.code.startswith("L")}
    lines = text[: text.index(right)].count("\n") + 1
    names = [number for number, line in enumerate(text.splitlines()[:lines], start=1) if re.match(r"  \w", line)]
    assert {number for _, number in found} >= {code}
    assert {line for line, _ in found} <= {names[-1], lines}, found


def test_codebooks_of_persons_and_of_households_are_one(tmp_path):
    persons = as_ddi({"SEX": {"1": "Male", "2": "Female"}, "W": {}}, tmp_path / "p.xml")
    households = as_ddi({"LIGHT": {"1": "Yes", "2": "No"}}, tmp_path / "h.xml")
    path = tmp_path / "m.yaml"
    path.write_text(
        "mapping: m\nversion: 1.0.0\ntitle: M\nsource: {producer: P}\nsample: {country: KEN, year: 2019}\n"
        "design: {person_weight: W}\nvariables:\n  sex: {from: SEX, codes: {male: 1, female: 2}}\n"
        '  electricity: {from: LIGHT, codes: {"yes": 1, "no": 2}}\n'
    )
    assert [code for _, code, _ in told(path, persons)] == ["C001", "L008"]
    assert [code for _, code, _ in told(path, persons, households)] == ["C001"]


def test_a_column_that_both_have_is_that_of_the_person_and_that_of_the_household(tmp_path):
    persons = as_ddi({"LIGHT": {"1": "Yes", "2": "No"}, "W": {}}, tmp_path / "p.xml")
    households = as_ddi({"LIGHT": {"1": "No", "2": "Yes"}}, tmp_path / "h.xml")
    rule = '  electricity: {{from: {}, codes: {{"yes": 1, "no": 2}}}}\n'
    assert checked(rule.format("LIGHT"), persons, tmp_path, more=(households,)) == []
    found = checked(rule.format("household.LIGHT"), persons, tmp_path, more=(households,))
    assert [code for code, _ in found] == ["L004", "L004"]


def when(branches, tmp_path):
    """The codes found of `hours_worked_week` by these branches, where 98 and 99 are labelled as missing."""
    book = as_ddi({"HRS": {"97": "97 or more", "98": "Unknown", "99": "NIU"}, "W": {}}, tmp_path / "c.xml")
    path = tmp_path / "m.yaml"
    path.write_text(
        "mapping: m\nversion: 1.0.0\ntitle: M\nsource: {producer: P}\nsample: {country: KEN, year: 2019}\n"
        f"design: {{person_weight: W}}\nvariables:\n  hours_worked_week:\n    from: HRS\n    when:\n{branches}"
    )
    return [code for _, code, _ in told(path, book) if code.startswith("L")]


def test_a_number_in_a_branch_is_not_faulted_for_what_conditions_before_it_took(tmp_path):
    taken = '      - {if: "HRS = 98", then: unknown}\n      - {if: "HRS = 99", then: not_applicable}\n'
    assert when(f"{taken}      - {{else: {{from: HRS, number: {{top_code: 97}}}}}}\n", tmp_path) == []


def test_a_number_in_a_branch_is_faulted_for_what_no_condition_took(tmp_path):
    taken = '      - {if: "HRS = 98", then: unknown}\n'
    assert when(f"{taken}      - {{else: {{from: HRS, number: {{top_code: 97}}}}}}\n", tmp_path) == ["L005"]


def checked(rule, book, tmp_path, read="", more=()):
    path = tmp_path / "m.yaml"
    path.write_text(
        "mapping: m\nversion: 1.0.0\ntitle: M\nsource: {producer: P}\nsample: {country: KEN, year: 2019}\n"
        f"design: {{person_weight: W}}\n{read}variables:\n{rule}"
    )
    return [(code, message) for _, code, message in told(path, book, *more) if code.startswith("L")]


def test_a_condition_on_one_code_is_read_as_the_code(tmp_path):
    book = as_ddi({"LIGHT": {"0": "NIU", "1": "Yes", "2": "No"}, "W": {}}, tmp_path / "c.xml")
    rule = "  electricity:\n    from: LIGHT\n    when:\n{}      - {{else: unknown}}\n"
    right = """      - {if: "LIGHT = 0", then: not_applicable}\n      - {if: "LIGHT = 1", then: "yes"}\n"""
    rest = """      - {if: "LIGHT = 2", then: "no"}\n"""
    assert checked(rule.format(right + rest), book, tmp_path) == []
    wrong = """      - {if: "LIGHT IN (0, 2)", then: "yes"}\n      - {if: "LIGHT IN (1, 5)", then: "no"}\n"""
    assert checked(rule.format(wrong), book, tmp_path) == [
        ("L003", "electricity: LIGHT 0 is 'NIU', and is given to yes"),
        ("L004", "electricity: LIGHT 2 is 'No', and is given to yes"),
        ("L002", "electricity: c.xml labels no code 5 of LIGHT"),
        ("L004", "electricity: LIGHT 1 is 'Yes', and is given to no"),
    ]


def test_a_labelled_number_that_the_variable_can_not_be_is_unmapped(tmp_path):
    book = as_ddi({"AGE": {"0": "Under 1", "999": "Not reported", "130": "Odd"}, "W": {}}, tmp_path / "c.xml")
    message = "age: AGE has codes that are not mapped: 999 'Not reported', 130 'Odd'"
    assert checked("  age: {from: AGE, number: {}}\n", book, tmp_path) == [("L001", message)]
    named = "  age: {from: AGE, number: {}, missing: {unknown: [130, 999]}}\n"
    assert checked(named, book, tmp_path) == []


def test_a_condition_on_two_columns_is_not(tmp_path):
    labels = {"LIGHT": {"0": "NIU", "1": "Yes", "2": "No"}, "LAMP": {"1": "Yes", "2": "No"}, "W": {}}
    rule = (
        "  electricity:\n    from: [LIGHT, LAMP]\n    when:\n"
        """      - {if: "LIGHT = 0 AND LAMP = 1", then: "yes"}\n"""
        """      - {else: {from: LIGHT, codes: {"yes": 1, "no": 2, not_applicable: 0}}}\n"""
    )
    assert checked(rule, as_ddi(labels, tmp_path / "c.xml"), tmp_path) == []


def test_a_labelled_code_that_the_mapping_reads_as_a_missing_cell_is_mapped_as_blank(tmp_path):
    book = as_ddi({"SEX": {"1": "Male", "2": "Female", "0": "NIU"}, "W": {}}, tmp_path / "c.xml")
    rule = "  sex: {from: SEX, codes: {male: 1, female: 2, not_applicable: blank}}\n"
    assert [code for code, _ in checked(rule, book, tmp_path)] == ["L001"]
    assert checked(rule, book, tmp_path, 'read: {blank: ["", "0"]}\n') == []


def test_missing_codes_that_only_the_coding_instructions_tell_are_known(tmp_path):
    book = tmp_path / "c.xml"
    book.write_text(
        '<codeBook><dataDscr><var name="W"/><var name="INCTOT"><codInstr>Codes9999999 = N.I.U.\n'
        "9999998 = Missing. (1962-1964 only)\nValues can be negative.</codInstr></var></dataDscr></codeBook>"
    )
    rule = "  household_income: {{from: INCTOT, number: {{}}, period: year, currency: USD{}}}\n"
    assert checked(rule.format(""), book, tmp_path) == [
        ("L005", "household_income: the number 9999998 of INCTOT is 'Missing. (1962-1964 only)'"),
        ("L005", "household_income: the number 9999999 of INCTOT is 'N.I.U'"),
    ]
    named = ", missing: {unknown: 9999998, not_applicable: 9999999}"
    assert checked(rule.format(named), book, tmp_path) == []


def test_labels_of_a_stata_file_are_a_codebook(harmonize, tmp_path):
    file = real("mex-2015/Tr_vivienda30_001.dta")
    text = (MAPPINGS / "mex/eic-2015-dwellings.yaml").read_text(encoding="utf-8")
    path = tmp_path / "m.yaml"
    path.write_text(text.replace('codes: {"yes": 5, "no": 7, unknown: 9}', 'codes: {"yes": 7, "no": 5, unknown: 9}', 1))
    result = harmonize("check", path, "--codebook", file, "--select", "L", "--output-format", "concise")
    assert result.exit_code == 0
    assert "electricidad 7 is 'No', and is given to yes" in result.stdout
    assert "electricidad 5 is 'Sí', and is given to no" in result.stdout


@pytest.mark.parametrize(
    ("name", "words"), [("gone.xml", "there is no such file"), ("m.csv", "this is no codebook"), ("m.xml", "XML")]
)
def test_what_is_no_codebook_ends_with_3(harmonize, tmp_path, name, words):
    path = tmp_path / name
    if name != "gone.xml":
        Path(path).write_text("SEX,AGE\n1,2\n")
    result = harmonize("check", "ipums/cps", "--codebook", path)
    assert result.exit_code == 3
    assert words in result.stderr


def test_what_one_mapping_takes_in_another_case_is_not_told_of_the_next(tmp_path):
    book = Codebook([as_ddi({"SEX": {"1": "Male", "2": "Female"}, "W": {}}, tmp_path / "p.xml")])
    found = []
    for column in ("sex", "SEX"):
        path = tmp_path / f"m_{column}.yaml"
        path.write_text(
            "mapping: m\nversion: 1.0.0\ntitle: M\nsource: {producer: P}\nsample: {country: KEN, year: 2019}\n"
            f"design: {{person_weight: W}}\nvariables:\n  sex: {{from: {column}, codes: {{male: 1, female: 2}}}}\n"
        )
        found.append([f.code for f in lint(str(path), book) if f.code != "C001"])
    assert found == [["M031"], []]


@pytest.mark.parametrize("edition", ["2019", "2022", "2023"])
def test_a_dictionary_in_a_table_is_a_codebook_too(edition):
    found = told("usa/acs-pums", real(f"codes/pums-dict_acs1-{edition}.csv"))
    assert [(code, message) for severity, code, message in found if severity != "info"] == [
        ("L001", "household_size: NP has codes that are not mapped: 0 'Vacant unit'")
    ]


def test_a_table_that_is_no_dictionary_is_refused_with_what_one_is(tmp_path):
    path = tmp_path / "persons.csv"
    path.write_text("SEX,AGE\n1,30\n")
    with pytest.raises(DataFileError, match=r"persons\.csv: this is no codebook") as refused:
        Codebook([path])
    assert "variable, code, label" in refused.value.help


@pytest.mark.parametrize(
    ("number", "label"),
    [("top_code: 100", "años y más"), ("bottom_code: 100", "o antes"), ("top_code: 100", "and over")],
)
def test_a_top_code_is_not_faulted_for_a_label_that_says_it_without_its_number(tmp_path, number, label):
    book = as_ddi({"AGE": {"100": label}, "W": {}}, tmp_path / "p.xml")
    path = tmp_path / "m.yaml"
    text = (
        "mapping: m\nversion: 1.0.0\ntitle: M\nsource: {producer: P}\nsample: {country: KEN, year: 2019}\n"
        "design: {person_weight: W}\nvariables:\n  age: {from: AGE, number: {NUMBER}}\n"
    )
    path.write_text(text.replace("NUMBER", number))
    assert [code for _, code, _ in told(path, book)] == ["C001"]
    path.write_text(text.replace("NUMBER", ""))
    assert [code for _, code, _ in told(path, book)] == ["C001", "L010"]


def test_a_list_of_codes_is_not_faulted_for_columns_that_have_none(tmp_path):
    """A weight has no codes; a name that is misspelt is told all the same, and so is all of a list that has them."""
    path, book = tmp_path / "m.yaml", tmp_path / "codes.csv"
    path.write_text(
        "mapping: m\nversion: 1.0.0\ntitle: M\nsource: {producer: P}\nsample: {country: KEN, year: 2019}\n"
        "design: {person_weight: W}\nkeys: {household: REGIOM}\nvariables:\n  age: {from: AGE, number: {}}\n"
        "  sex: {from: GENDER, codes: {male: 1, female: 2}}\n"
    )
    codes = "variable,code,label\nREGION,1,North\nREGION,2,South\n"
    book.write_text(codes)
    lacking = [message for _, code, message in told(path, book) if code == "L008"]
    assert [message.split()[-1] for message in lacking] == ["REGIOM", "GENDER"]
    book.write_text(codes + "SERIAL,,\n")
    lacking = [message for _, code, message in told(path, book) if code == "L008"]
    assert sorted(message.split()[-1] for message in lacking) == ["AGE", "GENDER", "REGIOM", "W"]
