"""`ipums/usa` and `mex/eic-2015-dwellings` against the labels of their real codebooks."""

from __future__ import annotations

import pytest

from harmonize.mapping import load_mapping
from harmonize.readers.ddi import read_ddi
from harmonize.rules.lookups import read_lookup
from harmonize.rules.source_codes import Code
from tests.mappings_shipped.places_of import MAPPINGS, real

DWELLINGS = "mex/eic-2015-dwellings"


def given(id: str, column: str) -> list[Code]:
    """The codes that a mapping's rules give for a column."""
    rules = [rule.rule.body for rule in load_mapping(id).variables.values() if column in rule.columns]
    return [code for body in rules for code in body.codes().get(column, ()) if not code.is_blank]


def holds(code: Code, number: float) -> bool:
    return code.holds_number(number) if code.is_range else code.low == number


def dwelling_labels() -> dict[str, dict[float, str]]:
    pyreadstat = pytest.importorskip("pyreadstat", reason="pyreadstat is not installed (pip install '.[dev]')")
    path = real("mex-2015/Tr_vivienda30_001.dta")
    _, meta = pyreadstat.read_dta(str(path), metadataonly=True, output_format="dict")
    return {
        column: {float(code): label for code, label in of.items()} for column, of in meta.variable_value_labels.items()
    }


def test_every_labelled_code_of_a_mexican_dwelling_is_mapped_and_no_other() -> None:
    labels = dwelling_labels()
    rules = load_mapping(DWELLINGS).variables.values()
    columns = {column for rule in rules for column in rule.columns if column in labels}
    forgotten: dict[str, list[float]] = {}
    unseen: dict[str, list[str]] = {}
    for column in columns - {"lugar_cocina", "totcuart"}:
        codes = given(DWELLINGS, column)
        left = [code for code in labels[column] if not any(holds(mine, code) for mine in codes)]
        strange = [mine.text for mine in codes if not any(holds(mine, code) for code in labels[column])]
        if left:
            forgotten[column] = left
        if strange:
            unseen[column] = strange
    assert len(columns) == 15
    assert (forgotten, unseen) == ({}, {})


def test_yes_is_what_the_label_of_a_mexican_question_calls_yes() -> None:
    labels = dwelling_labels()
    variables = load_mapping(DWELLINGS).variables
    for name in ("electricity", "internet", "mobile_phone"):
        (column,) = variables[name].columns
        (yes,) = (code for code, label in labels[column].items() if label == "Sí")
        (mine,) = (entry.codes for entry in variables[name].rule.body.entries if entry.value == "yes")
        assert [code.low for code in mine] == [yes], name


@pytest.mark.parametrize(("column", "unmapped"), [("SEX", set()), ("GQ", {"6"})])
def test_every_code_of_an_ipums_usa_codebook_is_mapped_but_those_named_in_the_mapping(
    column: str, unmapped: set[str]
) -> None:
    labels = read_ddi(real("ipumspy/usa_00172.xml")).variables[column].labels
    codes = given("ipums/usa", column)
    assert {code for code in labels if not any(holds(mine, float(code)) for mine in codes)} == unmapped


@pytest.mark.parametrize("file", ["ipumsr/usa_00468.xml", "ipumspy/usa_00172.xml"])
def test_every_sample_of_an_ipums_usa_codebook_is_of_the_united_states_or_of_puerto_rico(file: str) -> None:
    labels = read_ddi(real(file)).variables["SAMPLE"].labels
    lookup, _ = read_lookup(MAPPINGS / "lookups" / "ipums-usa-sample.yaml", "ipums-usa-sample")
    assert lookup is not None
    countries = {code.text: str(target) for target, codes in lookup.targets for code in codes}
    assert len(labels) > 140
    assert {code: countries.get(code) for code in labels} == {
        code: "PRI" if "PRCS" in label or "Puerto Rico" in label else "USA" for code, label in labels.items()
    }
    assert {code: lookup.labels[code][0] for code in labels} == labels
