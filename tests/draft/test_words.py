"""How labels of categories and numbers are read: negation, two categories in one label, classes, ends."""

from __future__ import annotations

import pytest

from harmonize.draft.asked import asked
from harmonize.draft.categories import category_codes
from harmonize.draft.numbers import number_codes, pooled_years
from harmonize.draft.propose import codes_of
from harmonize.draft.words import all_words
from harmonize.readers.ddi import CodebookVariable
from harmonize.schema import VARIABLES


@pytest.mark.parametrize(
    ("variable", "label", "value"),
    [
        ("tenure", "Not owned", None),  # a not turns what follows
        ("labour_force_status", "Not working", None),
        ("labour_force_status", "Sin trabajo", None),
        ("residence_1_year_ago", "No, different house in the same city", "same_country"),  # an answer doesn't
        ("marital_status", "Widowed or divorced", None),  # two categories
        ("marital_status", "Widowed, divorced, or separated", None),
        ("marital_status", "Single/never married", "never_married"),  # one, twice
        ("labour_force_status", "At work, and student", "employed"),  # work prevails
        ("labour_force_status", "At work or student", None),
        ("educational_attainment", "NIU or no schooling", None),  # not asked, or something
        ("cooking_fuel", "Gas and wood", "mixed"),
        ("relationship_to_head", "Spouse of child", "other_relative"),
        ("school_attendance", "No, never attended", "never_attended"),
        ("school_attendance", "N/A (less than 3 years old)", "not_applicable"),
        ("literacy", "Not able to read and write", "illiterate"),
        ("sex", "Nobody knows what this is", None),
    ],
)
def test_a_label_is_the_category_that_it_names_or_none(variable, label, value):
    codes = category_codes({"1": label}, VARIABLES[variable], all_words()[variable])
    assert [each.value for each in codes.given] == ([] if value is None else [value])


def test_ends_of_a_number_are_top_and_bottom_codes_and_missing_ones_are_told_apart():
    labels = {"1950": "1950 or earlier", "1951": "1951 - 1954", "2019": "2019", "9998": "In transit", "9999": "Unknown"}
    codes = number_codes(labels, VARIABLES["year_of_arrival"])
    assert codes.number == {"bottom_code": "1950", "intervals": {"1951": "1951..1954"}}
    assert [(each.code, each.value) for each in codes.given] == [("9999", "unknown")]
    assert codes.unclear == (("9998", "In transit"),)


def test_classes_become_bands_and_one_that_shares_numbers_with_another_is_left_open():
    labels = {"1": "0 to 4", "2": "5-9", "3": "10 y más", "4": "8 to 12", "9": "Ignorado"}
    codes = number_codes(labels, VARIABLES["age"])
    assert {each.code: each.value for each in codes.given} == {"1": "0..4", "2": "5..9", "3": "10..", "9": "unknown"}
    assert codes.unclear == (("4", "8 to 12"),)


def test_a_top_code_that_the_variable_cannot_have_is_none():
    assert number_codes({"500": "500 or more"}, VARIABLES["age"]).number == {}


@pytest.mark.parametrize(
    ("variable", "label", "value"),
    [
        ("internet", "No respuesta", "unknown"),  # no answer is not a no
        ("internet", "No informa", None),
        ("disability", "Não aplicável - Pessoa com menos de 2 anos de idade", "not_applicable"),
        ("relationship_to_head", "Filho(a) somente do responsável", "child"),  # who comes first, of whom after
        ("relationship_to_head", "Cónyuge del jefe o jefa", "spouse"),  # jefe o jefa is one word
        ("relationship_to_head", "Irmão ou irmã", "other_relative"),
        ("status_in_employment", "Self-employed, with paid help, incorporated", "employer"),
        ("status_in_employment", "Self-employed, without paid help", "own_account"),
        ("marital_status", "Separated (and not living common law)", "separated_divorced"),
        ("tenure", "Propiedad en sucesión o litigio", "other"),
        ("citizenship_status", "Foreign citizenship", None),
    ],
)
def test_a_label_that_seems_to_say_the_contrary_is_what_it_says(variable, label, value):
    codes = category_codes({"1": label}, VARIABLES[variable], all_words()[variable])
    assert [each.value for each in codes.given] == ([] if value is None else [value])


def test_where_wells_are_not_told_apart_all_that_is_not_piped_is_not_piped():
    variable, words = VARIABLES["water_source"], all_words()["water_source"]
    rough = category_codes({"1": "Red pública", "2": "Pozo o noria", "3": "Río"}, variable, words)
    assert [each.value for each in rough.given] == ["piped", "not_piped", "not_piped"]
    fine = category_codes({"1": "Red pública", "2": "Pozo protegido", "3": "Río"}, variable, words)
    assert [each.value for each in fine.given] == ["piped", "improved_unspecified", "surface"]


def test_the_rest_of_a_list_is_no_more_than_likely():
    codes = category_codes(
        {"7": "Otra forma", "1": "La entierra"}, VARIABLES["waste_collection"], all_words()["waste_collection"]
    )
    assert [(each.value, each.sure) for each in codes.given] == [("not_collected", 0.6), ("not_collected", 0.75)]
    kin = category_codes(
        {"14": "Otro pariente"}, VARIABLES["relationship_to_head"], all_words()["relationship_to_head"]
    )
    assert [(each.value, each.sure) for each in kin.given] == [("other_relative", 0.95)]


def test_ages_in_words_are_classes():
    labels = {"1": "Aged 15 years and under", "2": "Aged 16 to 24 years", "3": "Aged 65 years and over"}
    codes = number_codes(labels, VARIABLES["age"])
    assert [each.value for each in codes.given] == ["0..15", "16..24", "65.."]


@pytest.mark.parametrize(
    ("label", "said"),
    [
        ("¿En qué comuna o país vivía en abril de 2019?", "¿En qué comuna o país vivía en abril de 2019 5 years ago?"),
        ("RESIDÊNCIA EM 31 DE JULHO DE 2023", "RESIDÊNCIA EM 31 DE JULHO DE 2023 1 year ago"),
        ("Rendimento em 2020", "Rendimento em 2020"),
        ("Nació en Chile", "nacio en this country"),
        ("Born in Chile or Peru", "Born in Chile or Peru"),
    ],
)
def test_a_date_is_how_long_ago_it_is_and_the_country_of_the_census_is_this_country(label, said):
    assert asked(label, "CHL", 2024) == said


def test_without_the_year_and_the_country_of_the_census_a_label_stays():
    assert asked("Nació en Chile, 2019", None, None) == "Nació en Chile, 2019"


@pytest.mark.parametrize(
    ("variable", "label", "value"),
    [
        ("cooking_fuel", "Biogás (residuos vegetales y/o animales)", "clean"),  # brackets explain
        ("cooking_fuel", "Otro (Ej: gasolina, kerex, diésel, etc.)", "polluting"),  # but of what is other they tell it
        ("relationship_to_head", "Empleada/o doméstica/o", "non_relative"),
        ("labour_force_status", "Moins de 14 ans", "not_applicable"),  # whom nobody asked
        ("labour_force_status", "Worked less than 14 years", "employed"),
        ("sex", "Femmes", "female"),
        ("school_attendance", "Non", "not_attending"),
    ],
)
def test_brackets_explain_a_label_and_ages_below_a_question_were_not_asked(variable, label, value):
    codes = category_codes({"1": label}, VARIABLES[variable], all_words()[variable])
    assert [each.value for each in codes.given] == [value]


def test_the_people_of_the_country_of_the_census_are_its_citizens():
    column = CodebookVariable(
        "P27", label="Nacionalidad", labels={"1": "Chilena", "2": "Otra nacionalidad", "3": "Peruana", "4": "Chile"}
    )
    codes = codes_of("citizenship_status", column, "CHL")
    assert [(each.value, each.label, each.sure) for each in codes.given] == [
        ("foreign_citizen", "Otra nacionalidad", 0.95),
        ("citizen", "Chilena", 0.75),
        ("citizen", "Chile", 0.75),
    ]
    assert codes.unclear == (("3", "Peruana"),)


@pytest.mark.parametrize("label", ["Parentesco", "19. Parentesco", "P4b: Parentesco"])
def test_the_number_of_a_question_says_nothing_of_what_it_asks(label):
    sure, why = all_words()["relationship_to_head"].likeness("V7", label)
    assert (round(sure, 2), why) == (0.9, "label")


def test_a_sample_of_several_years_tells_in_which_it_asked() -> None:
    labels = {"202103": "2017-2021, ACS 5-year", "202101": "2021 ACS", "9": "Other"}
    codes = pooled_years(labels)
    assert codes is not None
    assert codes.number == {"intervals": {"202103": "2017..2021"}}
    assert [(each.code, each.value) for each in codes.given] == [("202101", "unknown")]
    assert codes.unclear == (("9", "Other"),)


def test_names_of_samples_of_one_year_tell_no_more_than_the_sample() -> None:
    assert pooled_years({"202101": "2021 ACS", "484201001": "Mexico 2010"}) is None
    assert pooled_years({}) is None
