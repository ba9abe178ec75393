"""FILE.ddi.xml: valid DDI-Codebook 2.5, read by ipumspy and by our own reader, and each variable tells its origin."""

from __future__ import annotations

import os
import re
import warnings
from pathlib import Path

import polars as pl
import pytest
import yaml
from ipumspy import readers
from lxml import etree
from polars.testing import assert_frame_equal

from harmonize.apply import apply
from harmonize.mapping import load_mapping
from harmonize.mapping.flow_text import flow_text
from harmonize.mapping.located import load_located_text
from harmonize.readers import read_ddi
from tests import unprotected
from tests.functional.example import CENSUS, MAPPING
from tests.harmonised.made import make

HERE = Path(__file__).parent
SUFFIXES = (".parquet", ".csv", ".sav", ".dta")
DDI = "{ddi:codebook:2_5}"
XSD = {"its part": HERE / "ddi_codebook_2_5_part.xsd", "whole": Path(os.environ.get("DDI_CODEBOOK_XSD", "not there"))}


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The made extract as two.*, and the example census as census.*, in all formats."""
    folder = tmp_path_factory.mktemp("ddi")
    mapping, data = make(folder)
    for suffix in SUFFIXES:
        apply(str(mapping), [data], folder / f"two{suffix}")
        apply(MAPPING, [CENSUS], folder / f"census{suffix}")
    return folder


def codebook(path: Path) -> etree._Element:
    return etree.parse(f"{path}.ddi.xml").getroot()


def variable(path: Path, name: str) -> etree._Element:
    (found,) = [each for each in codebook(path).iter(f"{DDI}var") if each.get("name") == name]
    return found


def text(element: etree._Element, tag: str) -> str | None:
    return element.findtext("/".join(f"{DDI}{each}" for each in tag.split("/")))


@pytest.mark.parametrize("suffix", SUFFIXES)
@pytest.mark.parametrize("name", ["two", "census"])
@pytest.mark.parametrize("which", XSD)
def test_it_is_valid_by_the_schema(folder: Path, which: str, name: str, suffix: str) -> None:
    if not XSD[which].is_file():
        pytest.skip("DDI_CODEBOOK_XSD, the path of codebook.xsd of the DDI Alliance, is not set")
    etree.XMLSchema(etree.parse(XSD[which])).assertValid(etree.parse(folder / f"{name}{suffix}.ddi.xml"))


@pytest.mark.parametrize(
    ("old", "new"),
    [(b"<labl>Sex</labl>", b""), (b'ID="SEX"', b'ID="AGE"'), (b'missing="Y"', b'missing="yes"')],
)
def test_the_part_of_the_schema_tells_what_is_wrong(folder: Path, old: bytes, new: bytes) -> None:
    """An element out of its order, an ID twice, a value that is none."""
    whole = (folder / "census.csv.ddi.xml").read_bytes()
    assert old in whole
    spoilt = whole.replace(old, new)
    if not new:  # the label at the end of its variable
        spoilt = spoilt.replace(b"</var>", old + b"</var>", 1)
    schema = etree.XMLSchema(etree.parse(XSD["its part"]))
    assert not schema.validate(etree.fromstring(spoilt).getroottree())


@pytest.mark.parametrize("suffix", SUFFIXES)
def test_every_reference_is_to_an_id_that_is_there(folder: Path, suffix: str) -> None:
    """libxml2 checks that an ID comes once, and not that what refers to one finds it."""
    root = codebook(folder / f"census{suffix}")
    ids = {each.get("ID") for each in root.iter() if each.get("ID")}
    named = [
        name
        for each in root.iter()
        for key in ("wgt-var", "var", "files", "fileid")
        for name in each.get(key, "").split()
    ]
    assert len(named) > 90
    assert set(named) <= ids


@pytest.mark.parametrize("suffix", SUFFIXES)
def test_the_variables_are_the_columns_of_the_file_in_their_order(folder: Path, suffix: str) -> None:
    from harmonize.readers.formats import open_source
    from harmonize.readers.options import Reading

    names = [each.get("name") for each in codebook(folder / f"two{suffix}").iter(f"{DDI}var")]
    assert names == list(open_source(folder / f"two{suffix}", Reading()).columns)


def test_a_variable_tells_where_it_came_from_in_words_and_as_the_mapping_has_it(folder: Path) -> None:
    sex = variable(folder / "census.csv", "sex")
    described = (text(sex, "derivation/drvdesc") or "").splitlines()
    assert described[0].startswith("from SEX; rule (codes) of ipums/international ")
    assert described[1:] == ["male: SEX 1", "female: SEX 2", "unknown: SEX 9"]
    rule = yaml.load(text(sex, "derivation/drvcmd") or "", yaml.BaseLoader)
    assert rule["from"] == "SEX"
    assert rule["codes"] == {"male": "1", "female": "2", "unknown": "9"}
    seen = [note.text for note in sex.iter(f"{DDI}notes") if note.get("type") == "seen_in"]
    assert seen == [load_mapping(MAPPING).variables["sex"].reference["seen_in"]]


def test_a_birthplace_tells_each_code_of_the_lookup_with_the_label_of_its_source(folder: Path) -> None:
    lines = (text(variable(folder / "census.csv", "country_of_birth"), "derivation/drvdesc") or "").splitlines()
    assert "COL: BPLCOUNTRY 23050 (Colombia)" in lines


CHOICES = """
  disability: {from: {first: [DIS, HANDICAP]}, codes: {with_disability: 1, without_disability: 2}}
  marital_status:
    from: [MAR, AGE]
    when:
      - {if: "AGE < 15", then: never_married}
      - {else: {from: MAR, codes: {married: [1, 2], widowed: 3, never_married: 4}}}
  literacy: {from: LIT, universe: {min_age: 10}, others: not_applicable, codes: {literate: 1, illiterate: 2}}
  urban_rural: {value: urban}
"""


def test_conditions_alternatives_others_and_constants_are_told_in_words(tmp_path: Path) -> None:
    mapping, data = make(tmp_path)
    mapping.write_text(mapping.read_text(encoding="utf-8").rstrip() + CHOICES, encoding="utf-8")
    columns = {"HANDICAP": "2", "MAR": "1", "LIT": "1"}
    pl.read_csv(data, infer_schema=False).with_columns(**{k: pl.lit(v) for k, v in columns.items()}).write_csv(data)
    apply(str(mapping), [data], tmp_path / "h.csv")
    told = {
        name: (text(variable(tmp_path / "h.csv", name), "derivation/drvdesc") or "").splitlines()
        for name in ("disability", "marital_status", "literacy", "urban_rural")
    }
    assert told["disability"] == [
        "from HANDICAP; rule (codes) of my/two 1.0.0", "with_disability: HANDICAP 1", "without_disability: HANDICAP 2",
    ]  # fmt: skip
    assert told["marital_status"][1:] == [
        "never_married: if AGE < 15; MAR 4 otherwise", "married: MAR 1, 2 otherwise", "widowed: MAR 3 otherwise",
    ]  # fmt: skip
    assert told["literacy"][1:] == [
        "literate: LIT 1", "illiterate: LIT 2", "not_applicable: outside the universe",
    ]  # fmt: skip
    assert told["urban_rural"] == ["from no column; rule (value) of my/two 1.0.0", "urban"]


def test_what_is_another_persons_tells_the_pointer(folder: Path) -> None:
    mother = text(variable(folder / "census.csv", "nativity_mother"), "derivation/drvdesc") or ""
    assert mother.startswith("from MOMLOC; rule (through) of ipums/international ")
    assert mother.splitlines()[1:] == ["nativity of the mother"]


@pytest.mark.parametrize(
    ("suffix", "codes"),
    [
        (".csv", [("male", "male", None), ("female", "female", None), ("unknown", "unknown", "Y"),
                  ("not_applicable", "not applicable", "Y")]),
        (".sav", [("1", "male", None), ("2", "female", None), ("-1", "unknown", "Y"), ("-2", "not applicable", "Y")]),
        (".dta", [("1", "male", None), ("2", "female", None), (".a", "unknown", "Y"), (".b", "not applicable", "Y")]),
    ],
)  # fmt: skip
def test_categories_have_the_codes_of_the_file_and_missing_ones_are_marked(
    folder: Path, suffix: str, codes: list[tuple[str, str, str | None]]
) -> None:
    sex = variable(folder / f"two{suffix}", "sex")
    listed = [(text(each, "catValu"), text(each, "labl"), each.get("missing")) for each in sex.iter(f"{DDI}catgry")]
    assert listed == codes
    invalid = [item.get("VALUE") for item in sex.iter(f"{DDI}item")]
    assert invalid == [code for code, _, missing in codes if missing]


def test_universe_unit_question_weight_and_range_are_said(tmp_path: Path) -> None:
    mapping, data = make(tmp_path)
    said = mapping.read_text(encoding="utf-8").replace(
        "sex: {from: SEX,", 'sex: {from: SEX, reference: {question: "II.4", seen_in: "dictionary p. 12"},'
    )
    said = said.replace("{from: PAY,", "{from: PAY, period: month, currency: CLP, universe: {min_age: 15},")
    mapping.write_text(said, encoding="utf-8")
    apply(str(mapping), [data], tmp_path / "h.csv")
    sex, pay, age = (variable(tmp_path / "h.csv", name) for name in ("sex", "earnings", "age"))
    assert text(sex, "qstn") == "II.4"
    assert [note.text for note in sex.iter(f"{DDI}notes")] == ["dictionary p. 12"]
    assert pay.get("measUnit") == "CLP per month"
    assert (text(pay, "universe") or "").endswith("; asked of ages 15 and over")
    assert (sex.get("wgt-var"), variable(tmp_path / "h.csv", "_weight").get("wgt")) == ("_WEIGHT", "wgt")
    assert text(variable(tmp_path / "h.csv", "_weight"), "derivation/drvdesc") == "from W"
    (ages,) = age.iter(f"{DDI}range")
    assert (ages.get("min"), ages.get("max")) == ("0", "120")


@pytest.mark.parametrize("stated", [None, "icls19", "national"])
def test_the_standard_is_the_one_that_the_mapping_states(tmp_path: Path, stated: str | None) -> None:
    mapping, data = make(tmp_path)
    said = mapping.read_text(encoding="utf-8")
    assert "{from: LF," in said
    own = f"{{from: LF, standard: {stated}," if stated else "{from: LF,"
    mapping.write_text(said.replace("{from: LF,", own), encoding="utf-8")
    apply(str(mapping), [data], tmp_path / "h.csv")
    told = {None: "ICLS 13 or 19", "icls19": "ICLS 19", "national": "national"}[stated]
    assert (text(variable(tmp_path / "h.csv", "labour_force_status"), "txt") or "").endswith(f"Standard: {told}")


def test_the_study_is_said_with_its_samples_and_its_design(folder: Path) -> None:
    root = codebook(folder / "two.csv")
    study = root.find(f"{DDI}stdyDscr")
    assert text(study, "citation/titlStmt/titl") == "Two censuses: harmonised microdata"
    assert text(study, "citation/titlStmt/IDNo") == "my/two@1.0.0"
    assert text(study, "citation/prodStmt/producer") == "Office"
    scope = study.find(f"{DDI}stdyInfo")
    assert [each.text for each in scope.iter(f"{DDI}timePrd")] == ["2001", "2011"]
    assert [(each.get("abbr"), each.text) for each in scope.iter(f"{DDI}nation")] == [("CHL", "Chile")]
    assert [each.text for each in scope.iter(f"{DDI}notes")] == ["CHL 2011: new", "CHL 2001: old"]
    assert text(study, "method/dataColl/weight") == "W, in _weight (expansion)"
    assert text(study, "method/dataColl/sampProc") == "strata (in _stratum): ST; clusters (in _cluster): CL"
    told = [note.text for note in study.findall(f"{DDI}notes")]
    assert told == ["Persons tabulated, in _include: visitors are not residents"]
    assert text(root.find(f"{DDI}fileDscr"), "fileTxt/dimensns/caseQnty") == "8"


@pytest.mark.parametrize("suffix", SUFFIXES)
def test_columns_that_the_study_names_are_columns_of_the_file(folder: Path, suffix: str) -> None:
    root = codebook(folder / f"two{suffix}")
    study = root.find(f"{DDI}stdyDscr")
    said = [text(study, f"method/dataColl/{name}") or "" for name in ("weight", "sampProc")]
    said += [note.text for note in study.findall(f"{DDI}notes")]
    named = {name for each in said for name in re.findall(r"\w*_(?:weight|stratum|cluster|include)\b", each)}
    assert len(named) == 4
    assert named <= {each.get("name") for each in root.iter(f"{DDI}var")}


@pytest.mark.parametrize("suffix", SUFFIXES)
def test_it_counts_nobody(folder: Path, suffix: str) -> None:
    tags = {etree.QName(each).localname for each in codebook(folder / f"census{suffix}").iter()}
    assert not tags & {"catStat", "sumStat", "TotlResp"}


def test_the_same_input_gives_the_same_bytes(folder: Path, tmp_path: Path) -> None:
    apply(MAPPING, [CENSUS], tmp_path / "census.csv")
    for beside in ("", ".ddi.xml", ".dictionary.csv", ".meta.json"):
        assert (tmp_path / f"census.csv{beside}").read_bytes() == (folder / f"census.csv{beside}").read_bytes()


def test_what_xml_has_no_place_for_does_not_break_it(tmp_path: Path) -> None:
    mapping, data = make(tmp_path)
    said = mapping.read_text(encoding="utf-8").replace("title: Two censuses", 'title: "Two \\x07 <censuses> & ﷺ"')
    mapping.write_text(said, encoding="utf-8")
    apply(str(mapping), [data], tmp_path / "h.csv")
    title = text(codebook(tmp_path / "h.csv").find(f"{DDI}stdyDscr"), "citation/titlStmt/titl")
    assert title == "Two \ufffd <censuses> & ﷺ: harmonised microdata"


def test_ipumspy_reads_the_codebook_and_the_csv_by_it(folder: Path) -> None:
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        ddi = readers.read_ipums_ddi(folder / "census.csv.ddi.xml")
        frame = readers.read_microdata(ddi, folder / "census.csv")
    assert ddi.file_description.filename == "census.csv"
    assert ddi.samples_description == ["188201101", "716201201"]
    sex = ddi.get_variable_info("sex")
    assert (sex.name, sex.label, sex.vartype) == ("sex", "Sex", "character")
    assert sex.codes == {"male": "male", "female": "female", "unknown": "unknown", "not applicable": "not_applicable"}
    ours = pl.read_csv(folder / "census.csv")
    assert list(frame.columns) == ours.columns
    assert frame["sex"].value_counts().to_dict() == dict(ours["sex"].value_counts().rows())
    assert frame["age"].dropna().tolist() == ours["age"].drop_nulls().to_list()
    assert frame["_weight"].tolist() == pytest.approx(ours["_weight"].to_list())


def test_ipumspy_reads_the_codebook_of_a_sav(folder: Path) -> None:
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        ddi = readers.read_ipums_ddi(folder / "census.sav.ddi.xml")
    assert ddi.get_variable_info("sex").codes == {"male": 1, "female": 2, "unknown": -1, "not applicable": -2}


@pytest.mark.parametrize("suffix", SUFFIXES)
def test_our_own_reader_has_each_label_and_type(folder: Path, suffix: str) -> None:
    from harmonize.harmonised.description import read_description

    book = read_ddi(folder / f"census{suffix}.ddi.xml")
    assert book.variables["sex"].label == "Sex"
    assert set(book.variables["sex"].labels.values()) == {"male", "female", "unknown", "not applicable"}
    coded = suffix in (".sav", ".dta")
    assert book.variables["sex"].numeric == coded
    assert book.variables["age"].numeric
    assert not book.variables["harmonize_household" if suffix == ".sav" else "_household"].numeric
    if coded:
        codes = read_description(folder / f"census{suffix}").content["codes"]
        assert {name: list(each.labels) for name, each in book.variables.items() if each.labels} == {
            read_description(folder / f"census{suffix}").named(name): list(listed) for name, listed in codes.items()
        }


REUSED = """
mapping: my/again
version: 1.0.0
title: The harmonised census, harmonised again
source: {producer: Office}
sample: {id: {from: _sample}, country: CRI, year: 2011}
design: {person_weight: _weight, stratum: _stratum, cluster: _cluster}
keys: {household: _household, person: _person}
variables:
  sex: {from: sex, codes: {male: male, female: female, unknown: unknown, not_applicable: not_applicable}}
  age: {from: age, number: {}, missing: {unknown: blank}}
  nativity:
    from: nativity
    codes: {native_born: native_born, foreign_born: foreign_born, unknown: unknown, not_applicable: not_applicable}
  labour_force_status:
    from: labour_force_status
    codes:
      employed: employed
      unemployed: unemployed
      outside_labour_force: outside_labour_force
      unknown: unknown
      not_applicable: not_applicable
"""


def test_a_run_on_the_harmonised_csv_takes_it_as_codebook(folder: Path, tmp_path: Path) -> None:
    (tmp_path / "again.yaml").write_text(REUSED, encoding="utf-8")
    one = pl.read_csv(folder / "census.csv", infer_schema=False).filter(pl.col("_sample") == "188201101")
    one.write_csv(tmp_path / "one.csv")
    book = folder / "census.csv.ddi.xml"
    again = unprotected.run(
        str(tmp_path / "again.yaml"), [tmp_path / "one.csv"], tmp_path / "a", codebook=book, indicators=("8.5.2",)
    )
    first = unprotected.run(MAPPING, [CENSUS], tmp_path / "b", indicators=("8.5.2",))
    key = ["statistic", "migratory_status", "sex"]
    want = first.estimates.filter(pl.col("sample") == "188201101", pl.col("disaggregation") == "migratory_status*sex")
    found = again.estimates.filter(pl.col("disaggregation") == "migratory_status*sex")
    assert want.height > 4
    # the weights have other decimals: as many as the file shows
    assert_frame_equal(
        found.select(*key, "estimate", "se", "n"), want.select(*key, "estimate", "se", "n"), rel_tol=1e-7
    )


def test_every_rule_of_the_shipped_mappings_reads_back_from_its_line_of_yaml() -> None:
    rules = [
        rule.body for id in ("ipums/international", "usa/acs-pums", "ipums/usa", "mex/2020-census")
        for rule in load_mapping(id, cases=False).variables.values()
    ]  # fmt: skip
    assert len(rules) > 100
    for body in rules:
        again, findings = load_located_text(flow_text(body), "line")
        assert (again, findings) == (body, [])


@pytest.mark.parametrize(
    "written", ['{a: "blank"}', "{a: blank}", '{a: "x: y"}', '{a: "- x"}', "{a: -9..-1}", '{a: "#1"}', "{M49:014: 1..}",
                '{a: "é, ñ"}', '{a: ["no", NO, 010]}', '{a: "tab\\tand \\"quote\\""}']
)  # fmt: skip
def test_texts_that_yaml_could_take_for_something_else_stay_what_they_are(written: str) -> None:
    first, _ = load_located_text(written, "line")
    assert first is not None
    again, findings = load_located_text(flow_text(first), "line")
    assert (again, findings) == (first, [])
    quoted = [each.quoted for each in first.values() if hasattr(each, "quoted")]  # type: ignore[union-attr]
    assert quoted == [each.quoted for each in again.values() if hasattr(each, "quoted")] or "M49" in written  # type: ignore[union-attr]
