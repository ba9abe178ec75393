"""Small codebooks in four languages, with the labels that questionnaires have, become the values they should."""

from __future__ import annotations

import pytest

from harmonize.draft import draft
from harmonize.draft.sources import read_sources
from harmonize.lint.codebook import Codebook
from harmonize.mapping.load import load_mapping
from tests.draft.agreement import meaning
from tests.draft.codebooks import dictionary

# of each language: country, then column -> (label, variable of the schema, {code: (label, value)})
CODEBOOKS = {
    "english": (
        "KEN",
        {
            "P11": ("What is the sex of the person?", "sex", {"1": ("Male", "male"), "2": ("Female", "female")}),
            "P13": (
                "Relationship to head of household",
                "relationship_to_head",
                {
                    "1": ("Head", "head"),
                    "2": ("Wife/husband", "spouse"),
                    "3": ("Son/daughter", "child"),
                    "4": ("Grandchild", "other_relative"),
                    "5": ("Brother/sister", "other_relative"),
                    "6": ("Domestic worker", "non_relative"),
                    "7": ("Not related", "non_relative"),
                },
            ),
            "P20": (
                "Country of birth",
                "country_of_birth",
                {
                    "1": ("Kenya", "domestic"),
                    "2": ("Uganda", "UGA"),
                    "3": ("Tanzania", "TZA"),
                    "4": ("Ethiopia", "ETH"),
                    "5": ("Somalia", "SOM"),
                    "6": ("South Sudan", "SSD"),
                    "7": ("Other African country", None),
                    "9": ("Not stated", "unknown"),
                },
            ),
            "P30": (
                "School attendance status",
                "school_attendance",
                {
                    "1": ("At school", "attending"),
                    "2": ("Left school", "not_attending"),
                    "3": ("Never went to school", "never_attended"),
                },
            ),
            "P31": (
                "Can the person read and write?",
                "literacy",
                {"1": ("Yes, can read and write", "literate"), "2": ("No, cannot read and write", "illiterate")},
            ),
            "P40": (
                "Activity status in the last seven days",
                "labour_force_status",
                {
                    "1": ("Worked for pay", "employed"),
                    "2": ("On leave", None),
                    "3": ("Own family business", None),
                    "4": ("Seeking work", "unemployed"),
                    "5": ("Full-time student", "outside_labour_force"),
                    "6": ("Retired", "outside_labour_force"),
                    "7": ("Homemaker", "outside_labour_force"),
                    "8": ("Incapacitated", "outside_labour_force"),
                },
            ),
            "H10": (
                "Main source of lighting",
                "electricity",
                {"1": ("Electricity", "yes"), "2": ("Paraffin lamp", "no"), "3": ("Candles", "no")},
            ),
            "H11": (
                "Main type of cooking fuel",
                "cooking_fuel",
                {
                    "1": ("Electricity", "clean"),
                    "2": ("Paraffin", "polluting"),
                    "3": ("LPG", "clean"),
                    "4": ("Firewood", "polluting"),
                    "5": ("Charcoal", "polluting"),
                },
            ),
        },
    ),
    "spanish": (
        "ARG",
        {
            "P02": ("Sexo registrado al nacer", "sex", {"1": ("Mujer", "female"), "2": ("Varón", "male")}),
            "P05": (
                "¿En qué país nació?",
                "country_of_birth",
                {
                    "1": ("Argentina", "domestic"),
                    "2": ("Bolivia", "BOL"),
                    "3": ("Brasil", "BRA"),
                    "4": ("España", "ESP"),
                    "5": ("Alemania", "DEU"),
                    "6": ("Corea del Sur", "KOR"),
                    "7": ("Estados Unidos", "USA"),
                    "8": ("Unión Soviética", "SUN"),
                    "99": ("Ignorado", "unknown"),
                },
            ),
            "P08": (
                "¿Asiste a un establecimiento educativo?",
                "school_attendance",
                {
                    "1": ("Asiste", "attending"),
                    "2": ("No asiste pero asistió", "not_attending"),
                    "3": ("Nunca asistió", "never_attended"),
                },
            ),
            "P07": ("¿Sabe leer y escribir?", "literacy", {"1": ("Sí", "literate"), "2": ("No", "illiterate")}),
            "P12": (
                "Condición de actividad",
                "labour_force_status",
                {
                    "0": ("No corresponde", "not_applicable"),
                    "1": ("Ocupado", "employed"),
                    "2": ("Desocupado", "unemployed"),
                    "3": ("Inactivo", "outside_labour_force"),
                },
            ),
            "H15": (
                "Combustible usado principalmente para cocinar",
                "cooking_fuel",
                {
                    "1": ("Gas de red", "clean"),
                    "2": ("Gas en garrafa", "clean"),
                    "3": ("Electricidad", "clean"),
                    "4": ("Leña o carbón", "polluting"),
                    "5": ("Otro", "mixed"),
                },
            ),
            "H22": ("¿Tiene internet en la vivienda?", "internet", {"1": ("Sí", "yes"), "2": ("No", "no")}),
        },
    ),
    "french": (
        "SEN",
        {
            "B06": ("Sexe", "sex", {"1": ("Masculin", "male"), "2": ("Féminin", "female")}),
            "B08": (
                "Situation matrimoniale",
                "marital_status",
                {
                    "1": ("Célibataire", "never_married"),
                    "2": ("Marié(e) monogame", "married"),
                    "3": ("Marié(e) polygame", "married"),
                    "4": ("Veuf/veuve", "widowed"),
                    "5": ("Divorcé(e)", "separated_divorced"),
                    "6": ("Union libre", "in_union"),
                },
            ),
            "B10": (
                "Pays de naissance",
                "country_of_birth",
                {
                    "1": ("Sénégal", "domestic"),
                    "2": ("Gambie", "GMB"),
                    "3": ("Mauritanie", "MRT"),
                    "4": ("Guinée-Bissau", "GNB"),
                    "5": ("Côte d'Ivoire", "CIV"),
                    "6": ("Cap-Vert", "CPV"),
                    "7": ("République démocratique du Congo", "COD"),
                    "8": ("Autre pays", "foreign_unspecified"),
                    "9": ("Non déclaré", "unknown"),
                },
            ),
            "C01": (
                "Fréquentation scolaire actuelle",
                "school_attendance",
                {
                    "1": ("Fréquente actuellement", "attending"),
                    "2": ("A fréquenté dans le passé", "not_attending"),
                    "3": ("N'a jamais fréquenté", "never_attended"),
                },
            ),
            "C04": (
                "Situation d'activité",
                "labour_force_status",
                {
                    "1": ("Occupé", "employed"),
                    "2": ("Chômeur ayant déjà travaillé", "unemployed"),
                    "3": ("En quête du premier emploi", "unemployed"),
                    "4": ("Femme au foyer", "outside_labour_force"),
                    "5": ("Élève/étudiant", "outside_labour_force"),
                    "6": ("Rentier", "outside_labour_force"),
                    "7": ("Retraité", "outside_labour_force"),
                },
            ),
            "E12": (
                "Principal mode d'éclairage",
                "electricity",
                {
                    "1": ("Électricité (réseau)", "yes"),
                    "2": ("Solaire", "yes"),
                    "3": ("Lampe à pétrole", "no"),
                    "4": ("Bougie", "no"),
                },
            ),
        },
    ),
    "portuguese": (
        "BRA",
        {
            "V0601": ("SEXO", "sex", {"1": ("Masculino", "male"), "2": ("Feminino", "female")}),
            "V1006": ("Situação do domicílio", "urban_rural", {"1": ("Urbana", "urban"), "2": ("Rural", "rural")}),
            "V0627": ("Sabe ler e escrever", "literacy", {"1": ("Sim", "literate"), "2": ("Não", "illiterate")}),
            "V0628": (
                "Frequenta escola ou creche",
                "school_attendance",
                {
                    "1": ("Sim, pública", "attending"),
                    "2": ("Sim, particular", "attending"),
                    "3": ("Não, já frequentou", "not_attending"),
                    "4": ("Não, nunca frequentou", "never_attended"),
                },
            ),
            "V6224": (
                "País estrangeiro de nascimento",
                "country_of_birth",
                {
                    "1": ("Portugal", "PRT"),
                    "2": ("Japão", "JPN"),
                    "3": ("Itália", "ITA"),
                    "4": ("Coreia do Norte", "PRK"),
                    "5": ("Países Baixos", "NLD"),
                    "6": ("Ignorado", "unknown"),
                },
            ),
            "V0211": (
                "Existência de energia elétrica",
                "electricity",
                {
                    "1": ("Sim, de companhia distribuidora", "yes"),
                    "2": ("Sim, de outras fontes", "yes"),
                    "3": ("Não existe energia elétrica", "no"),
                },
            ),
        },
    ),
}


def drafted(language, folder):
    """The values by (variable, code) of the draft, and the mapping, which has no errors."""
    country, columns = CODEBOOKS[language]
    labels = {
        name: (about, {code: label for code, (label, _) in codes.items()})
        for name, (about, _, codes) in columns.items()
    }
    source = dictionary(folder / "codes_2020.csv", labels)
    path = folder / "made.yaml"
    path.write_text(draft([source], "made", country=country), encoding="utf-8")
    mapping = load_mapping(path)
    book = Codebook.of(read_sources([source]).variables.values(), "made")
    return {
        (name, code): value
        for name, rule in mapping.variables.items()
        for (_, code), value in meaning(rule, book)[0].items()
    }


@pytest.mark.parametrize("language", CODEBOOKS)
def test_labels_of_a_language_become_the_values_they_say_and_what_is_unclear_is_left_open(language, tmp_path):
    found = drafted(language, tmp_path)
    _, columns = CODEBOOKS[language]
    wanted = {(variable, code): value for _, variable, codes in columns.values() for code, (_, value) in codes.items()}
    assert {key: found.get(key) for key in wanted} == wanted
