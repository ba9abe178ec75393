"""Regions of UN M49 are called what M49 calls them; CLDR, made by others, has the same names for most."""

from __future__ import annotations

import pytest
from babel import Locale

from harmonize.schema.places import PLACES
from harmonize.words import words_in

#: Whose names CLDR has for a language: its French of Canada says "Asie orientale", that of France "Asie de l’Est".
CLDR = {"fr": Locale("fr", "CA"), "es": Locale("es")}
#: What M49 says where CLDR says something else, as "Australasie" and "Latinoamérica".
M49 = {
    "fr": {
        "034": "Asie méridionale",
        "053": "Australie et Nouvelle-Zélande",
        "057": "Micronésie",
        "419": "Amérique latine et Caraïbes",
    },
    "es": {
        "005": "América del Sur",
        "013": "América central",
        "019": "Américas",
        "021": "América septentrional",
        "029": "El Caribe",
        "035": "Asia sudoriental",
        "053": "Australia y Nueva Zelandia",
        "057": "Micronesia",
        "202": "África Subsahariana",
        "419": "América Latina y el Caribe",
    },
}
#: Groups that CLDR has no name for: the former South-central Asia, and islands that are no region.
NOT_IN_CLDR = {"062", "830"}
REGIONS = {code.removeprefix("M49:"): code for code in PLACES if code.startswith("M49:")}


@pytest.mark.parametrize("lang", CLDR)
def test_regions_are_called_what_m49_and_cldr_call_them(lang):
    told = {number: words_in(lang).place(code) for number, code in REGIONS.items() if number not in NOT_IN_CLDR}
    said = {number: M49[lang].get(number, CLDR[lang].territories.get(number)) for number in told}
    assert told == said
    assert len(told) == 30


@pytest.mark.parametrize("lang", CLDR)
def test_cldr_says_something_else_where_m49_is_written_out(lang):
    """Else the name need not be here."""
    assert [number for number, name in M49[lang].items() if CLDR[lang].territories[number] == name] == []


@pytest.mark.parametrize(("lang", "joint"), [("fr", " et "), ("es", " y ")])
def test_a_group_of_two_regions_has_the_words_of_both(lang, joint):
    words = words_in(lang)
    central, southern, both = (words.place(REGIONS[number]) for number in ("143", "034", "062"))
    assert both == f"{central}{joint}{southern.split()[1]}"
