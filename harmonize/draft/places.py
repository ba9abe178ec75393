"""What a label of a birthplace or citizenship means: a country, one that is gone, several, an area, part of a country.

Names are those of ISO 3166-1 and 3166-3 in English, Spanish, French and Portuguese, and of ISO 3166-2 for parts of
countries (all from pycountry, the `iso-codes` of Debian), with place_words.yaml over them. A label is one place in
full or it is none: no name is looked for inside other words.
"""

from __future__ import annotations

import gettext
import re
from collections import Counter
from collections.abc import Iterable, Iterator
from functools import cache
from importlib.resources import files
from typing import Any

import yaml

from harmonize.draft.phrases import longest
from harmonize.plain_text import plain
from harmonize.schema.places import DOMESTIC, FOREIGN_UNSPECIFIED, PLACES, STATELESS

LANGUAGES = ("es", "fr", "pt", "pt_BR")
UNINHABITED = {"UMI"}
SMALL = {
    "the", "of", "and", "de", "del", "la", "el", "los", "las", "y", "du", "des", "le", "les", "et", "da", "do", "dos",
    "e", "island", "islands", "isl", "isls", "isles", "islas", "iles", "ilhas",
}  # fmt: skip
BORN_IN = re.compile(
    r"^\s*(born (in|at)|nacid[oa](/[oa])?s? en|nascid[oa](\([oa]\))?s? (em|n[oa]s?)|née?(\(e\))?s? (en|à|à la|aux?))"
    r"\s+",
    re.IGNORECASE,
)
STEM = 4
"""Letters that the name of a people shares with that of its country, at least."""
Meant = tuple[str, float]
"""A place and how sure it is, 0 to 1."""


def place_of(label: str) -> Meant | None:
    """The place that a label names, None if it names none that we know, or two things at once."""
    return _named(label) or _in_words(plain(label)) or _a_part(label)


def parts_of(label: str) -> frozenset[str]:
    """The countries with a part, a state or province, of this name (`Alabama/AL`: USA)."""
    return frozenset().union(*(_parts().get(_key(each), frozenset()) for each in (label, label.split("/")[0])))


def is_of_people(label: str, country: str) -> bool:
    """Whether the label begins with the country or a word for its people: `Chile`, `Chilena`, `Brasileiro nato`."""
    first = plain(label).split(" ")[0]
    names = [name for name, code in _names().items() if code == country and " " not in name]
    return any(first.startswith(name[: max(STEM, len(name) - 3)]) for name in names)


def country_in(labels: Iterable[str]) -> str | None:
    """The country whose parts the labels name beside countries: where the births of natives are told by its parts.

    They name half of its parts, and five at least.
    """
    votes = Counter(country for label in labels for country in parts_of(label) if country not in UNINHABITED)
    found = {country: number / _numbers_of_parts()[country] for country, number in votes.items() if number >= 5}
    best = max(found, key=lambda country: votes[country], default=None)
    return best if best and found[best] >= 0.5 else None


def _a_part(label: str) -> Meant | None:
    """The country of a state or province that only one has."""
    countries = parts_of(label)
    return (next(iter(countries)), 0.7) if len(countries) == 1 else None


def _named(label: str) -> Meant | None:
    """By the whole label, by what is before or in its brackets, or by its sides of a slash."""
    label = BORN_IN.sub("", label)
    whole = _exactly(plain(label))
    if whole:
        return whole
    outside, inside = re.sub(r"\([^()]*\)", " ", label), " ".join(re.findall(r"\(([^()]*)\)", label))
    if inside.strip():
        first, second = _exactly(plain(outside)), _exactly(plain(inside))
        turned = _exactly(plain(f"{inside} {outside}"))
        if turned:
            return turned[0], 0.9
        if first or second:
            return (first or second or ("", 0.0))[0], 0.9
    sides = [side for side in re.split(r"[/,]|\b(?:or|and|o|y|e|ou|et)\b", label) if plain(side)]
    if len(sides) > 1:
        return _together([_exactly(plain(side)) for side in sides]) or _turned(sides)
    return None


def _turned(sides: list[str]) -> Meant | None:
    """`Korea, Republic of` and `Iran, Islamic Republic of`."""
    found = _exactly(plain(" ".join(reversed(sides)))) if len(sides) == 2 else None
    return (found[0], 0.9) if found else None


def _together(sides: list[Meant | None]) -> Meant | None:
    """The place that a source does not tell apart: the same twice, or one of ours that joins them."""
    if not all(sides):
        return None
    codes = [side[0] for side in sides if side]
    if len(set(codes)) == 1:
        return codes[0], 0.9
    for code, place in PLACES.items():
        if place.kind != "country" and "+" in code and set(code.split("+")) == set(codes):
            return code, 0.9
    wider = [code for code in codes if all(other == code or other in PLACES[code].members for other in codes)]
    return (wider[0], 0.75) if wider else None


def _exactly(text: str) -> Meant | None:
    """By name, also without `other`, `n.s.` and the like around it."""
    names, words = _names(), _words()
    if text in words["unclear"]:
        return None
    if _key(text) in names:
        return names[_key(text)], 0.95
    before, after = ("|".join(words["around"][side]) for side in ("before", "after"))
    kept = re.sub(rf"( ({after}))+$", "", re.sub(rf"^({before}) ", "", text))
    if kept != text and (area := _areas().get(_key(kept)) or names.get(_key(kept))):
        return area, 0.85
    return None


def _in_words(text: str) -> Meant | None:
    """This country or abroad, where the label says no more."""
    words = _words()
    found = {
        value: longest(words[value], text) for value in (DOMESTIC, FOREIGN_UNSPECIFIED, STATELESS) if value in words
    }
    best = max(found, key=lambda value: found[value].length if found[value] else 0)  # type: ignore[union-attr]
    match = found[best]
    return None if match is None else (best, 0.75 if match.whole else 0.6)


@cache
def _words() -> dict[str, Any]:
    text = files("harmonize.draft").joinpath("place_words.yaml").read_text(encoding="utf-8")
    words: dict[str, Any] = yaml.safe_load(text)
    return words


def _key(name: str) -> str:
    """A name without the words that lists leave out or write otherwise: articles, `islands`, `St.`."""
    return " ".join("saint" if word == "st" else word for word in plain(name).split() if word not in SMALL) or plain(
        name
    )


@cache
def _areas() -> dict[str, str]:
    return {_key(name): code for code, given in _words()["areas"].items() for name in given}


@cache
def _names() -> dict[str, str]:
    """Key of a name -> code. What is said of two places is left out; our words and the names of PLACES win."""
    names: dict[str, str] = {}
    for library in ("iso3166-3", "iso3166-1"):  # of a country that is gone and one that is not, the latter
        said: dict[str, set[str]] = {}
        for name, code in _of_library(library):
            said.setdefault(_key(name), set()).add(code)
        names |= {name: codes.pop() for name, codes in said.items() if len(codes) == 1}
    names |= {_key(place.name): code for code, place in PLACES.items()}
    names |= _areas()
    names |= {_key(name): code for code, given in _words()["names"].items() for name in given}
    renamed = {code: PLACES[code].members[0] for code in _words()["renamed"]}
    return {name: renamed.get(code, code) for name, code in names.items()}


def _of_library(library: str) -> Iterator[tuple[str, str]]:
    """Names of its countries with our codes; `X, Republic of` also as it is said."""
    import pycountry

    spoken = [gettext.translation(library, pycountry.LOCALES_DIR, languages=[each]) for each in LANGUAGES]
    for entry in pycountry.countries if library == "iso3166-1" else pycountry.historic_countries:
        code = entry.alpha_3
        if code not in PLACES or (library == "iso3166-3" and PLACES[code].kind == "country"):
            continue
        for english in filter(None, (getattr(entry, key, "") for key in ("name", "official_name", "common_name"))):
            for name in {english, *(each.gettext(english) for each in spoken)}:
                yield name, code
                if name.count(",") == 1:
                    yield " ".join(reversed(name.split(","))), code
                    yield name.split(",")[0], code


@cache
def _parts() -> dict[str, frozenset[str]]:
    """Key of the name of a part -> the countries with one."""
    found: dict[str, set[str]] = {}
    for country, name, _ in _subdivisions():
        found.setdefault(_key(name), set()).add(country)
    return {name: frozenset(codes) for name, codes in found.items()}


@cache
def _numbers_of_parts() -> Counter[str]:
    """Country -> how many parts it has, of the first level."""
    return Counter(country for country, _, first in _subdivisions() if first)


def _subdivisions() -> Iterator[tuple[str, str, bool]]:
    import pycountry

    for part in pycountry.subdivisions:
        country = pycountry.countries.get(alpha_2=part.country_code)
        if country is not None:
            yield country.alpha_3, part.name, part.parent_code is None
