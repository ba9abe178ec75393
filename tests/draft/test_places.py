"""Labels of birthplaces in our own lookups, whose targets were reviewed, and the rules that no lookup shows."""

from __future__ import annotations

import pytest
import yaml

from harmonize.draft.categories import place_codes
from harmonize.draft.places import country_in, place_of
from tests.mappings_shipped.places_of import MAPPINGS

# least share of the labels proposed, least share of the proposals right; IPUMS USA has many parts of old countries
LISTS = {
    "us-birthplace": ("USA", 0.98, 0.99),
    "cps-birthplace": ("USA", 0.95, 0.99),
    "ipums-birthplace": (None, 0.94, 0.99),
    "ipums-country": (None, 1.0, 1.0),
    "ipums-usa-birthplace": ("USA", 0.7, 0.98),
}


@pytest.mark.parametrize("name", LISTS)
def test_labels_of_a_reviewed_list_of_birthplaces_become_its_places(name):
    home, least_proposed, least_right = LISTS[name]
    text = yaml.load((MAPPINGS / "lookups" / f"{name}.yaml").read_text(encoding="utf-8"), yaml.BaseLoader)
    given = {target: codes for target, codes in text.items() if isinstance(codes, dict)}
    labels = {code: label for codes in given.values() for code, label in codes.items()}
    wanted = {code: target for target, codes in given.items() for code in codes}
    found = {each.code: each.value for each in place_codes(labels, home).given}
    wrong = {labels[code]: (value, wanted[code]) for code, value in found.items() if value != wanted[code]}
    assert len(found) / len(wanted) >= least_proposed
    assert 1 - len(wrong) / len(found) >= least_right, wrong


@pytest.mark.parametrize(
    ("label", "place"),
    [
        ("Venezuela (República Bolivariana de)", "VEN"),
        ("Corée du Sud", "KOR"),
        ("Estados Unidos da América", "USA"),
        ("Korea, Republic of", "KOR"),
        ("Korea", "PRK+KOR"),
        ("URSS", "SUN"),
        ("Checoslovaquia", "CSK"),
        ("Zaire", "COD"),
        ("Alto Volta", "BFA"),
        ("Germany/Austria", "DEU+AUT"),
        ("Né en Guadeloupe", "GLP"),
        ("Nascido(a) no Paraguai", "PRY"),
        ("Other Asia, not specified", "M49:142"),
        ("Bavaria and Hamburg", None),
        ("Micronesia", None),
        ("A country that nobody knows", None),
    ],
)
def test_a_label_is_a_place_in_full_or_none(label, place):
    found = place_of(label)
    assert (found and found[0]) == place


def test_a_name_of_a_country_among_the_states_is_the_state():
    labels = {"12": "Florida", "13": "Georgia", "15": "Hawaii", "161": "Georgia", "162": "Moldova"}
    found = {each.code: each.value for each in place_codes(labels, "USA").given}
    assert found == {"12": "domestic", "13": "domestic", "15": "domestic", "161": "GEO", "162": "MDA"}


def test_the_country_of_a_list_is_the_one_of_whose_parts_it_names_half():
    provinces = ["San José", "Alajuela", "Cartago", "Heredia", "Guanacaste", "Nicaragua", "Panamá"]
    assert country_in(provinces) == "CRI"
    assert country_in(["Córdoba", "Nicaragua", "Panamá"]) is None
