"""Every text that somebody may read is there in each language, in the words of its catalogue, and no other is."""

from __future__ import annotations

import ast
import re
from collections import Counter
from importlib.resources import files

import pytest

from harmonize.indicators import INDICATORS
from harmonize.words import LANGUAGES, words_in
from harmonize.words.catalogue import FILLED, Catalogue, placeholders
from harmonize.words.languages import NARROW, WIDE
from tests.words.texts import PACKAGE, every_text

TRANSLATED = [lang for lang in LANGUAGES if lang != "en"]
SAYS_SOMETHING = re.compile(r"[A-Za-z]{2}")
#: Words of English that no text of another language has.
#: Names of values, options and columns stay.
NAMES = re.compile(r"`[^`]+`|\{\w+\}|--[\w-]+")
ENGLISH = re.compile(r"\b(the|of|and|or|with|without|who|where|are|is|not|aged|persons|women|by|from|which)\b")


class Watched(Catalogue):
    """A catalogue that notes which of its texts were used."""

    def __init__(self, lang: str) -> None:
        self.used: set[str] = set()
        super().__init__(lang)
        by_pattern = {own: text for text, own in ((text, self.texts[text]) for text in self.files[FILLED])}
        self._of = by_pattern

    def _known(self, text: str, level: int) -> str | None:
        self.used |= {text} & set(self.texts)
        if text not in self.texts:
            hit = next((own for pattern, own in self._filled if pattern.fullmatch(text)), None)
            self.used |= {self._of[hit]} if hit else set()
        return super()._known(text, level)


@pytest.fixture(scope="module", params=TRANSLATED)
def watched(request):
    """A catalogue that was asked for every text."""
    catalogue = Watched(request.param)
    for text in every_text():
        catalogue.find(text)
    return catalogue


@pytest.mark.parametrize("lang", TRANSLATED)
def test_every_text_is_translated(lang):
    assert untranslated(Catalogue(lang)) == []


def untranslated(catalogue: Catalogue) -> list[str]:
    """The texts that the language lacks."""
    return [text for text in every_text() if SAYS_SOMETHING.search(text) and catalogue.find(text) is None]


@pytest.mark.parametrize(
    "text", ["Age group", "every sample", "Stunted, children under 5", "Kenya", "aged {low}–{high}"]
)
def test_a_translation_that_is_taken_out_is_missed(text):
    catalogue = Catalogue("fr")
    without = {name: {k: v for k, v in entries.items() if k != text} for name, entries in catalogue.files.items()}
    assert sum(map(len, without.values())) == sum(map(len, catalogue.files.values())) - 1
    del catalogue.texts[text]
    catalogue._filled = [each for each in catalogue._filled if each[1] != catalogue.files[FILLED].get(text)]
    assert untranslated(catalogue)


def test_no_translation_is_of_a_text_that_nobody_says(watched):
    assert sorted(set(watched.texts) - watched.used) == []


def test_the_languages_have_the_same_texts():
    keys = {lang: set(Catalogue(lang).texts) for lang in TRANSLATED}
    assert all(each == keys["fr"] for each in keys.values())
    assert len(keys["fr"]) > 1000


@pytest.mark.parametrize("lang", TRANSLATED)
def test_a_translation_has_the_values_of_its_text(lang):
    assert [text for text, own in Catalogue(lang).texts.items() if placeholders(text) != placeholders(own)] == []


@pytest.mark.parametrize("lang", TRANSLATED)
def test_no_text_is_in_the_catalogue_twice(lang):
    folder = files("harmonize.words").joinpath(lang)
    lines = [line for each in folder.iterdir() for line in each.read_text("utf-8").splitlines()]
    keys = Counter(found[1] for line in lines if (found := re.match(r'"((?:[^"\\]|\\.)*)": ', line)))
    assert [key for key, number in keys.items() if number > 1] == []
    assert len(keys) == len(Catalogue(lang).texts)


@pytest.mark.parametrize("lang", TRANSLATED)
def test_each_file_says_in_its_head_where_its_words_are_from(lang):
    for each in files("harmonize.words").joinpath(lang).iterdir():
        head = each.read_text("utf-8").split('\n"')[0]
        assert head.startswith("# "), each.name
        assert re.search(r"ours|M49|A/RES/71/313", head, re.IGNORECASE), each.name


@pytest.mark.parametrize(
    ("lang", "name", "other"),
    [("fr", "statut migratoire", "situation migratoire"), ("es", "estatus migratorio", "condición migratoria")],
)
def test_migratory_status_has_the_name_of_target_17_18_everywhere(lang, name, other):
    assert words_in(lang).dimension("migratory_status").lower() == name
    assert [own for own in Catalogue(lang).texts.values() if other in own.lower()] == []
    assert sum(name in own.lower() for own in Catalogue(lang).texts.values()) > 10


def test_no_translation_has_english_in_it(watched):
    told = {text: own for text, own in watched.texts.items() if ENGLISH.search(NAMES.sub("", own))}
    assert told == {}


def test_what_a_text_with_values_says_around_them_is_said_in_the_package():
    """Else it was reworded there, and its translation would never be found again."""
    said = "\n".join(
        part.value
        for path in PACKAGE.rglob("*.py")
        for part in ast.walk(ast.parse(path.read_text("utf-8")))
        if isinstance(part, ast.Constant) and isinstance(part.value, str)
    )
    said += said.replace("_", " ")
    for text in Catalogue("fr").files[FILLED]:
        # a name in the middle of an f-string is a value there, too: migrants, reading
        parts = [part.strip(" ():,;") for part in re.split(r"\{\w+\}", text)]
        longest = max(parts, key=len)
        assert longest in said or any(word in said for word in longest.split(" standardised")), text


@pytest.mark.parametrize("lang", TRANSLATED)
def test_titles_of_indicators_are_sentences_of_their_language(lang):
    words = words_in(lang)
    titles = [words(each.title) for each in INDICATORS.values()]
    assert len(set(titles)) == len(INDICATORS)
    assert all(title[0].isupper() and not title.endswith(".") for title in titles)


@pytest.mark.parametrize("sign", [":", ";", "?", "%", "»"])
def test_no_line_of_french_begins_with_a_sign_that_ends_something(sign):
    assert [own for own in Catalogue("fr").texts.values() if f" {sign}" in own] == []
    assert f"France{WIDE}: x" == Catalogue("fr").language.spaced("France : x")
    assert Catalogue("fr").language.spaced("pour 100 000 femmes") == f"pour 100{NARROW}000 femmes"
