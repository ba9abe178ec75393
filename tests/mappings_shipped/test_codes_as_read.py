"""National mappings against the codes and labels of their dictionaries, as they were read (`codes_as_read/`)."""

from __future__ import annotations

import csv
from pathlib import Path

import pytest

from harmonize.mapping import load_mapping
from harmonize.rules.lookups import read_lookup
from harmonize.rules.source_codes import Code, number_of
from tests.mappings_shipped.places_of import IDS, MAPPINGS

READ = Path(__file__).parent / "codes_as_read"
FILES = sorted(READ.glob("*.csv"))


def id_of(file: Path) -> str:
    return file.stem.replace("-", "/", 1)


def as_read(file: Path) -> dict[str, dict[str, str]]:
    """Column -> code -> label."""
    found: dict[str, dict[str, str]] = {}
    with file.open(encoding="utf-8", newline="") as stream:
        for row in csv.DictReader(stream):
            found.setdefault(row["column"], {})[row["code"]] = row["label"]
    return found


def is_any_number(code: Code) -> bool:
    return code.is_range and code.low is None and code.high is None


def given(id: str, column: str) -> list[list[Code]]:
    """The codes of the column in each rule that is of codes, not of numbers."""
    bodies = [rule.rule.body for rule in load_mapping(id).variables.values() if column in rule.columns]
    by_rule = [list(body.codes().get(column, [])) for body in bodies]
    return [codes for codes in by_rule if codes and not any(is_any_number(code) for code in codes)]


def is_it(mine: Code, code: str) -> bool:
    number = number_of(code)
    if mine.is_blank or code == "blank":
        return mine.is_blank and code == "blank"
    if mine.is_range:
        return number is not None and mine.holds_number(number)
    return mine.low == number if number is not None else mine.text == code


def is_open(mine: Code) -> bool:
    """The open end of a comparison, as in `V0624 < 5`."""
    return mine.is_range and (mine.low is None or mine.high is None)


def test_there_are_codes_as_read_and_each_file_is_of_a_mapping() -> None:
    assert len(FILES) >= 5
    assert {id_of(file) for file in FILES} <= set(IDS)


@pytest.mark.parametrize("file", FILES, ids=id_of)
def test_every_code_of_a_dictionary_is_mapped_and_no_code_is_invented(file: Path) -> None:
    forgotten: dict[str, list[str]] = {}
    invented: dict[str, list[str]] = {}
    for column, labels in as_read(file).items():
        rules = given(id_of(file), column)
        assert rules, f"no rule reads {column}"
        mine = [code for codes in rules for code in codes]
        left = [code for code in labels if not any(is_it(one, code) for one in mine)]
        strange = [
            one.text
            for one in mine
            if not one.is_blank and not is_open(one) and not any(is_it(one, code) for code in labels)
        ]
        if left:
            forgotten[column] = left
        if strange:
            invented[column] = strange
    assert (forgotten, invented) == ({}, {})


WHAT_A_LABEL_SAYS = [
    ("fra/census-2020", "SEXE", "sex", "female", "Femmes"),
    ("fra/census-2020", "INAI", "nativity", "foreign_born", "À l'étranger"),
    ("fra/census-2020", "INATC", "citizenship_status", "foreign_citizen", "Etrangers"),
    ("fra/census-2020", "TACT", "labour_force_status", "unemployed", "Chômeurs"),
    ("gbr/census-2021-teaching", "sex", "sex", "female", "Female"),
    ("gbr/census-2021-teaching", "country_of_birth_3a", "nativity", "foreign_born", "Other countries"),
    ("can/census-2021-individuals", "Gender", "sex", "female", "Woman+"),
    ("can/census-2021-individuals", "POB", "nativity", "native_born", "Canada"),
    ("can/census-2021-individuals", "Mob5", "residence_5_years_ago", "abroad", "External migrants"),
    ("can/census-2021-individuals", "LOMBM_2018", "below_national_poverty_line", "yes", "In poverty"),
    ("bra/census-2010", "V0601", "sex", "female", "Feminino"),
    ("bra/census-2010", "V0211", "electricity", "no", "Não existe energia elétrica"),
    ("bra/census-2010", "V0627", "literacy", "literate", "Sim"),
    ("bra/census-2022-public", "P0150", "sex", "female", "Feminino"),
    ("bra/census-2022-public", "P0480", "nativity", "foreign_born", "Em outro país"),
    ("bra/census-2022-public", "D0330", "internet", "yes", "Sim"),
    ("chl/census-2024", "sexo", "sex", "female", "Mujer"),
    ("chl/census-2024", "p25_lug_nacimiento_rec", "nativity", "foreign_born", "No"),
    ("chl/census-2024", "p27_nacionalidad_rec", "citizenship_status", "citizen", "Sí"),
    ("chl/census-2024", "p24_lug_resid5", "residence_5_years_ago", "abroad", "En otro país"),
    ("chl/census-2024", "sit_fuerza_trabajo", "labour_force_status", "unemployed", "Desocupado"),
    ("ecu/census-2022", "P02", "sex", "female", "Mujer"),
    ("ecu/census-2022", "P08", "nativity", "foreign_born", "En otro país"),
    ("ecu/census-2022", "H09", "tenure", "rented", "Arrendada/anticresis"),
    ("ecu/census-2022", "P29", "status_in_employment", "own_account", "Cuenta propia"),
    ("ecu/census-2022", "P31", "marital_status", "widowed", "Viuda/o"),
    ("pan/census-2023", "PEA_NEA", "labour_force_status", "unemployed", "Desocupada"),
    ("pan/census-2023", "P21_CATEG", "status_in_employment", "own_account", "Por cuenta propia o independiente"),
    ("pan/census-2023", "V03_TENE", "tenure", "rented", "Alquilada"),
    ("pan/census-2023", "H18L_INTER", "internet", "yes", "Sí"),
]


@pytest.mark.parametrize(("id", "column", "variable", "value", "label"), WHAT_A_LABEL_SAYS)
def test_a_category_is_the_code_with_that_label(id: str, column: str, variable: str, value: str, label: str) -> None:
    (code,) = (code for code, one in as_read(READ / f"{id.replace('/', '-')}.csv")[column].items() if one == label)
    body = load_mapping(id).variables[variable].rule.body
    (mine,) = (entry.codes for entry in body.entries if entry.value == value)
    assert len(mine) == 1
    assert is_it(mine[0], code)


def test_the_places_of_birth_of_canada_have_the_labels_of_its_command_file() -> None:
    lookup, findings = read_lookup(MAPPINGS / "lookups" / "canada-2021-birthplace.yaml", "canada-2021-birthplace")
    assert lookup is not None
    assert findings == []
    labels = as_read(READ / "can-census-2021-individuals.csv")["POB"]
    assert {code: label for code, (label, _) in lookup.labels.items()} == {
        code: label for code, label in labels.items() if code != "88"
    }
