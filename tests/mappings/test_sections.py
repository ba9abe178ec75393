from __future__ import annotations

import pytest

from harmonize.errors import MappingError
from harmonize.mapping import load_mapping
from harmonize.mapping.load import read_mapping
from harmonize.mapping.model import Fpc, FromColumn, KeyRef, ReadOptions

HEAD = """\
mapping: ken/2019
version: 1.0.0
title: Kenya 2019
source: {producer: KNBS}
"""
SAMPLE = "sample: {country: KEN, year: 2019}\n"
DESIGN = "design: {person_weight: W}\n"
SEX = "variables: {sex: {from: P11, codes: {male: 1, female: 2}}}\n"


@pytest.fixture
def load(tmp_path):
    def load(text, name="m.yaml"):
        path = tmp_path / name
        path.write_text(text, encoding="utf-8")
        return load_mapping(path)

    return load


def test_a_mapping_of_the_least_has_the_defaults(load):
    mapping = load(HEAD + SAMPLE + DESIGN + SEX)
    assert (mapping.id, mapping.version, mapping.unit) == ("ken/2019", "1.0.0", "person")
    assert mapping.read == ReadOptions("utf-8", ",", ".", ("",))
    assert (mapping.sample.country, mapping.sample.year, mapping.sample.id) == ("KEN", 2019, None)
    assert mapping.design.weight_kind == "expansion"
    assert mapping.keys.household == ()
    assert mapping.include is None
    assert mapping.variables["sex"].columns == ("P11",)


def test_facts_of_a_pooled_extract_come_from_columns(load):
    pooled = "sample: {id: {from: SAMPLE}, country: {from: COUNTRY, lookup: ipums-country}, year: {from: YEAR}}\n"
    sample = load(HEAD + pooled + DESIGN + SEX).sample
    assert sample.country == FromColumn(("COUNTRY",), "ipums-country")
    assert sample.columns == ("SAMPLE", "COUNTRY", "YEAR")


def test_a_year_may_be_told_by_the_codes_of_the_first_column_that_is_there(load):
    coded = "sample: {country: USA, year: {from: {first: [F, S]}, codes: {2011: 7, 2024: [9, 24A1..24B9]}}}\n"
    mapping = load(HEAD + coded + DESIGN + SEX)
    assert mapping.sample.columns == ("F", "S")
    told = {target: [code.text for code in codes] for target, codes in mapping.sample.year.codes}
    assert told == {"2011": ["7"], "2024": ["9", "24A1..24B9"]}
    assert mapping.lacking(["W", "S", "F"])[0].sample.columns == ("F",)
    without, gone = mapping.lacking(["W", "s"])
    assert (without.sample.columns, without.sample.year.absent, gone) == (("S",), ("F",), ())
    assert without.renamed({"S": "s"}).sample.columns == ("s",)


@pytest.mark.parametrize(
    ("year", "code", "message"),
    [
        ("{from: F, codes: {2011: 7, 2024: 07}}", "M013", "sample.year: the code 07 is given to 2011 and to 2024"),
        ("{from: F, codes: {lately: 7}}", "M103", "sample.year: 'lately' is not a whole number"),
        ("{from: F, codes: 2011}", "M103", "sample.year: codes is a block"),
        ("{from: F, codes: {2011: 9..1}}", "M014", "sample.year: the range 9..1 is empty"),
        ("{from: F, lookup: years, codes: {2011: 7}}", "M103", "sample.year: codes and lookup do not go together"),
        ("{from: {first: F}}", "M103", "sample.year: first is a list of columns"),
        ("{from: {last: [F]}}", "M101", "sample.year: 'last' is not a key here"),
        ("{codes: {2011: 7}}", "M102", "sample.year: 'from' is missing"),
    ],
)
def test_a_mistake_in_a_coded_year_is_one_finding(load, year, code, message):
    with pytest.raises(MappingError) as caught:
        load(HEAD + f"sample: {{country: USA, year: {year}}}\n" + DESIGN + SEX)
    found = [(finding.code, finding.message) for finding in caught.value.findings]
    assert (code, message) in found
    assert {each for each, _ in found} <= {code, "M102"}  # a year that can't be read is missing too


def test_an_extract_may_lack_all_replicate_weights_but_not_some(load):
    written = "design: {person_weight: P, replicate_weights: {columns: R1..R3, method: sdr}, optional: R1..R3}\n"
    mapping = load(HEAD + SAMPLE + written + SEX)
    without, gone = mapping.lacking(["P", "P11"])
    assert (without.design.replicate, gone) == (None, ("R1 to R3",))
    some, gone = mapping.lacking(["P", "P11", "R1"])
    assert (some.design.replicate, gone) == (mapping.design.replicate, ())


def test_keys_are_columns_lists_of_them_and_pointers(load):
    written = "keys: {household: [EA, HH], person: N, mother: {from: M, none: [0, 96..99]}, father: F}\n"
    keys = load(HEAD + SAMPLE + DESIGN + written + SEX).keys
    assert keys.household == ("EA", "HH")
    assert keys.mother == KeyRef("M", ("0", "96..99"))
    assert keys.father == KeyRef("F")
    assert keys.columns == ("EA", "HH", "N", "M", "F")


def test_a_run_of_replicate_weights_is_written_out(load):
    design = load(
        HEAD + SAMPLE + "design: {person_weight: P, replicate_weights: {columns: R8..R11, method: sdr}}\n" + SEX
    ).design
    assert design.replicate.columns == ("R8", "R9", "R10", "R11")
    assert design.columns == ("P",)


def test_a_run_with_leading_zeros_keeps_them(load):
    design = load(
        HEAD
        + SAMPLE
        + "design: {person_weight: P, replicate_weights: {columns: [R08..R10], method: fay, rho: 0.5}}\n"
        + SEX
    ).design
    assert design.replicate.columns == ("R08", "R09", "R10")


def test_a_full_count_needs_no_weight(load):
    design = load(HEAD + SAMPLE + "design: {full_count: true}\n" + SEX).design
    assert (design.full_count, design.person_weight, design.weight_kind) == (True, None, "none")


def test_the_fraction_sampled_is_a_number(load):
    assert load(HEAD + SAMPLE + "design: {person_weight: W, fpc: {fraction: 0.10}}\n" + SEX).design.fpc == Fpc(0.1)


def test_cells_that_mean_missing_may_be_quoted_and_empty(load):
    mapping = load(
        HEAD + 'read: {encoding: iso-8859-1, separator: ";", decimal: ",", blank: ["", NA]}\n' + SAMPLE + DESIGN + SEX
    )
    assert mapping.read == ReadOptions("iso-8859-1", ";", ",", ("", "NA"))


def test_an_included_domain_keeps_its_condition_and_columns(load):
    include = load(
        HEAD + SAMPLE + DESIGN + 'include: {if: "R IN (1, 2) AND S = 3", reason: usual residents}\n' + SEX
    ).include
    assert include.condition == "R IN (1, 2) AND S = 3"
    assert include.columns == ("R", "S")


def test_a_mapping_that_extends_another_overrides_by_name(load):
    head = HEAD.replace("ken/2019", "base") + 'include: {if: "R = 1", reason: residents}\n'
    age = SEX.replace("}}}", "}}, age: {from: P12, number: {max: 120}}}")
    load(head + SAMPLE + "design: {person_weight: W, stratum: S}\n" + age, "base.yaml")
    mapping = load(
        "mapping: ken/2009\nversion: 2.0.0\ntitle: Kenya 2009\nextends: base\nsample: {year: 2009}\n"
        "design: {stratum: STRATA}\nvariables: {sex: {from: SEX, codes: {male: 1, female: 2}}}\n"
    )
    assert (mapping.id, mapping.sample.country, mapping.sample.year) == ("ken/2009", "KEN", 2009)
    assert (mapping.design.person_weight, mapping.design.stratum) == ("W", ("STRATA",))
    assert mapping.variables["sex"].columns == ("SEX",)
    assert mapping.variables["age"].columns == ("P12",)
    assert mapping.include.reason == "residents"
    assert mapping.source == {"producer": "KNBS"}
    assert mapping.extends == ("base",)


def test_a_mistake_in_the_extended_file_is_found_there(load, tmp_path):
    (tmp_path / "base.yaml").write_text(HEAD + SAMPLE + "design: {weight: W}\n" + SEX)
    path = tmp_path / "m.yaml"
    path.write_text("mapping: m\nversion: 1.0.0\ntitle: M\nextends: base\ndesign: {person_weight: W}\n")
    _, (finding,) = read_mapping(path)
    assert (finding.path, finding.line, finding.code) == (str(tmp_path / "base.yaml"), 6, "M101")


def test_two_files_that_extend_each_other_are_a_finding(load, tmp_path):
    (tmp_path / "a.yaml").write_text(HEAD + "extends: b\n" + SAMPLE + DESIGN + SEX)
    (tmp_path / "b.yaml").write_text(HEAD + "extends: a\n" + SAMPLE + DESIGN + SEX)
    _, findings = read_mapping(tmp_path / "a.yaml")
    assert [(finding.code, finding.message) for finding in findings] == [
        ("M105", "extends: 'a' leads back to this file")
    ]


def test_all_mistakes_of_a_file_are_found_at_once(load):
    with pytest.raises(MappingError) as caught:
        load(HEAD.replace("1.0.0", "1") + "sample: {country: Kenya, yaer: 2019}\ndesign: {}\nvariables: {sex: P11}\n")
    assert [finding.code for finding in caught.value.findings] == [
        "M103",
        "M102",
        "M103",
        "M101",
        "M107",
        "M103",
    ]
    assert caught.value.exit_code == 1
