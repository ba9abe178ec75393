"""Words in French and Spanish: numbers, places, and texts that are made of others."""

from __future__ import annotations

import csv
from importlib.resources import files

import click
import pytest

from harmonize.cli.options import LANG
from harmonize.words import LANGUAGES, words_in
from harmonize.words.languages import NARROW, WIDE

FRENCH, SPANISH, ENGLISH = words_in("fr"), words_in("es"), words_in("en")


def test_the_command_line_offers_the_languages_that_there_are():
    @LANG
    @click.command
    def some() -> None:
        """Nothing."""

    assert list(some.params[0].type.choices) == list(LANGUAGES)


@pytest.mark.parametrize(
    ("number", "english", "french", "spanish"),
    [
        (6279, "6,279", f"6{NARROW}279", "6279"),
        (1234567, "1,234,567", f"1{NARROW}234{NARROW}567", f"1{NARROW}234{NARROW}567"),
        ("<10", "<10", "<10", "<10"),
        (12, "12", "12", "12"),
    ],
)
def test_counts(number, english, french, spanish):
    assert [words.count(number) for words in (ENGLISH, FRENCH, SPANISH)] == [english, french, spanish]


@pytest.mark.parametrize(
    ("number", "english", "french", "spanish"),
    [
        (-4.25, "−4.2", "−4,2", "−4,2"),
        (12345.67, "12,345.7", f"12{NARROW}345,7", f"12{NARROW}345,7"),
        (1234.5, "1,234.5", f"1{NARROW}234,5", "1234,5"),
    ],
)
def test_decimals(number, english, french, spanish):
    assert [words.decimal(number) for words in (ENGLISH, FRENCH, SPANISH)] == [english, french, spanish]


def test_a_level_has_the_digits_that_it_needs():
    assert [words.plain(99.9) for words in (ENGLISH, FRENCH, SPANISH)] == ["99.9", "99,9", "99,9"]
    assert FRENCH.plain(95) == "95"


@pytest.mark.parametrize(
    ("text", "french", "spanish"),
    [
        ("aged 15–24", "de 15 à 24 ans", "de 15 a 24 años"),
        ("aged 15 and over", "de 15 ans et plus", "de 15 años y más"),
        ("women, aged 15–49, married or in a union", "femmes, de 15 à 49 ans, mariées ou en couple",
         "mujeres, de 15 a 49 años, casadas o unidas"),
        ("not employed and not attending education and in no training",
         "sans emploi, ne fréquentant pas d’établissement d’enseignement, sans formation",
         "sin empleo, que no asisten a un centro de enseñanza, sin capacitación"),
        ("employed and (with a wall that is not durable or with a roof that is not durable)",
         "en emploi, (aux murs non durables ou au toit non durable)",
         "con empleo, (con paredes no duraderas o con techo no duradero)"),
        # beside an `or` a comma would be one of several
        ("aged 5–11 and for 1 hours a week or more or aged 12–14 and for 14 hours a week or more",
         "de 5 à 11 ans et pendant au moins 1 h par semaine ou de 12 à 14 ans et pendant au moins 14 h par semaine",
         "de 5 a 11 años y al menos 1 h por semana o de 12 a 14 años y al menos 14 h por semana"),
    ],
)  # fmt: skip
def test_a_universe_is_put_into_words_part_by_part(text, french, spanish):
    assert FRENCH(text) == french
    assert SPANISH(text) == spanish
    assert ENGLISH(text) == text


def test_what_is_not_known_stays_as_it_is():
    for text in ("Kenya, census of 2019", "aged 15–24 and of whom nobody wrote", "the sample", ""):
        assert FRENCH(text) == text


def test_reasons_in_a_list_keep_their_names_and_the_mapping_its_own_prose():
    text = (
        "the sample lacks a variable: internet_use (Not asked; see the form); or internet (the extract has no column "
        "ACCESSINET)"
    )
    assert SPANISH(text) == (
        "falta una variable en la muestra: internet_use (Not asked; see the form); o internet (el extracto no tiene la "
        "columna ACCESSINET)"
    )


def test_what_mappings_state_is_in_words():
    assert ENGLISH.stated("labour_force_status: last_week") == "labour force status: last week"
    assert SPANISH.stated("school_attendance: 3_months; earnings: USD") == (
        "Asistencia a la escuela u otra enseñanza formal: 3 meses; Ingresos brutos del empleo: USD"
    )
    assert FRENCH.stated("earnings: 450 and over, 1,200 persons") == (
        f"Rémunération brute de l’emploi{WIDE}: 450 et plus, 1{NARROW}200 personnes"
    )


def test_places_have_the_names_of_the_un():
    assert FRENCH.sample("CRI", 2011, "188201101") == "Costa Rica 2011 (188201101)"
    assert FRENCH.place("USA") == "États-Unis d’Amérique"
    assert SPANISH.place("GBR") == "Reino Unido de Gran Bretaña e Irlanda del Norte"
    assert FRENCH.category("region_of_birth", "South-eastern Asia") == "Asie du Sud-Est"
    assert SPANISH.category("country_of_birth", "M49:015") == "África septentrional"
    assert SPANISH.category("country_of_birth", "IND+PAK") == "India o Pakistán"


def test_the_un_and_iso_agree_on_most_names_of_countries():
    """pycountry's translations are another's: where they differ it is by an article, an accent, a long form."""
    import gettext

    import pycountry

    table = files("harmonize.schema").joinpath("places.csv").read_text("utf-8").splitlines()
    places = [row for row in csv.DictReader(line for line in table if line[0] != "#") if row["kind"] == "country"]
    for lang, least in (("fr", 0.6), ("es", 0.6)):
        iso = gettext.translation("iso3166-1", pycountry.LOCALES_DIR, languages=[lang])
        named = [(each["code"], pycountry.countries.get(alpha_3=each["code"])) for each in places]
        same = [
            words_in(lang).place(code).replace("’", "'") == iso.gettext(country.name).replace("’", "'")
            for code, country in named if country
        ]  # fmt: skip
        assert sum(same) / len(same) > least, sum(same) / len(same)


def test_labels_of_a_dimension_differ_in_every_language():
    from harmonize.derivations import DERIVATIONS
    from harmonize.schema import VARIABLES

    categories = {name: each.values for name, each in VARIABLES.items() if each.values}
    categories |= {each.NAME: each.CATEGORIES for each in DERIVATIONS}
    for words in (FRENCH, SPANISH):
        for dimension, values in categories.items():
            labels = [words.category(dimension, value) for value in values]
            assert len(set(labels)) == len(labels), f"{dimension}: {[x for x in labels if labels.count(x) > 1]}"
        names = {name: words.dimension(name) for name in {*VARIABLES, *(each.NAME for each in DERIVATIONS)}}
        assert [name for name, label in names.items() if list(names.values()).count(label) > 1] == []


@pytest.mark.parametrize(
    ("lang", "number", "unit"),
    [
        ("fr", 1.5, "point de pourcentage"),
        ("fr", -1.94, "point de pourcentage"),
        ("fr", 1.96, "points de pourcentage"),  # shown as 2,0
        ("fr", None, "points de pourcentage"),
        ("es", 1.5, "puntos porcentuales"),
        ("en", 0.5, "percentage points"),
    ],
)
def test_french_has_no_plural_below_two(lang, number, unit):
    assert words_in(lang).unit("percentage_points", number) == unit


@pytest.mark.parametrize(
    ("dimension", "category", "said"),
    [
        ("sex", "female", ("female", "femmes", "mujeres")),
        ("duration_of_stay", "10_plus", ("10 or more", "10 ou plus", "10 o más")),
        ("occupation", "isco_1", ("ISCO 1", "CITP 1", "CIUO 1")),
        ("region_of_birth", "Caribbean", ("Caribbean", "Caraïbes", "El Caribe")),
        ("country_of_birth", "MEX", ("Mexico", "Mexique", "México")),
        ("comparison", "female:male", ("female to male", "femmes / hommes", "mujeres / hombres")),
    ],
)
def test_a_category_within_a_sentence_begins_small_unless_it_is_a_name(dimension, category, said):
    assert tuple(words_in(lang).within(dimension, category) for lang in ("en", "fr", "es")) == said
