"""Words for the names of the tables and for sentences, in one language.

Data stay as they are: names, and sentences in English. They are put into words where somebody reads them.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cache
from typing import Any

from harmonize.derivations import DERIVATIONS
from harmonize.schema import VARIABLES
from harmonize.schema.places import PLACES, REGIONS, SUBREGIONS
from harmonize.words.catalogue import Catalogue, catalogue
from harmonize.words.languages import LANGUAGES
from harmonize.words.names import CATEGORIES, DEFAULT_AND, DEFINITIONS, DIMENSIONS, MIGRANTS, OLD_AGES, ONE_OF, UNITS

ENGLISH = "en"


@dataclass(frozen=True)
class Words:
    """The words of a language (`en`)."""

    lang: str = ENGLISH

    def __call__(self, text: str, **values: Any) -> str:
        """A sentence that the package says in English, with `{name}` for each of the values, in this language.

        text: known as it stands, or with values in it already, or made of such texts: "aged 15–24 and employed".
        What is not known, such as a mapping's title, stays as it is.
        """
        if self.lang == ENGLISH:
            return text.format(**values) if values else text
        if values:
            return self._catalogue.texts.get(text, text).format(**values)
        return self._catalogue.find(text) or text

    def dimension(self, name: str) -> str:
        """`urban_rural` is "Urban or rural"; a variable not listed has the title of the common schema."""
        if name in DIMENSIONS:
            return self(DIMENSIONS[name])
        return self(VARIABLES[name].title).split(";")[0].rstrip() if name in VARIABLES else self(_plain(name))

    def category(self, dimension: str, category: str) -> str:
        """`55_59` is "55–59", `10_plus` "10 or more" (of an age, "and over"), `MEX` "Mexico"."""
        if dimension == "comparison":
            first, second = (self.category("", group) for group in category.split(":"))
            return self("{first} to {second}", first=first, second=self.inside(second))
        if category in CATEGORIES:
            return self(CATEGORIES[category])
        if category in PLACES:
            return self.place(category)
        if found := re.fullmatch(r"(\d+)_(\d+)", category):
            return f"{found[1]}–{found[2]}"
        if found := re.fullmatch(r"(\d+)_plus", category):
            return self("{n} and over" if dimension in OLD_AGES else "{n} or more", n=found[1])
        if found := re.fullmatch(r"(isco|isic)_(\w)", category):
            return f"{self(found[1].upper())} {found[2].upper()}"
        return self(_plain(category))

    def within(self, dimension: str, category: str) -> str:
        """A category within a sentence: `female` is "female", and places keep their capital."""
        text = self.category(dimension, category)
        return text if category in PLACES or category in REGIONS or category in SUBREGIONS else self.inside(text)

    def inside(self, text: str) -> str:
        """A label within a sentence, which begins small unless it begins with an acronym: "ISCO 1"."""
        return text if text[1:2].isupper() else text[:1].lower() + text[1:]

    def unit(self, unit: str, number: float | None = None) -> str:
        """`percentage_points` is "percentage points"; where a number of them is told, in French "1,5 point"."""
        if number is not None and unit in ONE_OF and abs(round(number, 1)) < LANGUAGES[self.lang].plural_from:
            return self(ONE_OF[unit])
        return self(UNITS.get(unit, unit.replace("_", " ")))

    def unit_of(self, unit: str, title: str) -> str:
        """The unit of a series, with what it is of where its title says it: "per 1,000 women"."""
        words = UNITS.get(unit, unit.replace("_", " "))
        found = re.search(rf"{re.escape(words)} [a-z ]+?(?=,| aged| \(|$)", title) if unit in UNITS else None
        return self(found[0] if found else words)

    def definition(self, definition: str) -> str:
        """A definition of a migrant in short: `either` is "migrants by birth or citizenship"."""
        if definition.startswith(DEFAULT_AND):
            return self("{what}, the default here", what=self.definition(definition.removeprefix(DEFAULT_AND)))
        return self(DEFINITIONS[definition][0] if definition in DEFINITIONS else _plain(definition))

    def place(self, country: str) -> str:
        """The country's name, or its code where that is not of ISO 3166."""
        return self(PLACES[country].name) if country in PLACES else country

    def sample(self, country: str, year: int, sample: str) -> str:
        """`Costa Rica 2011 (188201101)`; without the id where it says no more than that."""
        words = f"{self.place(country)} {year}"
        return words if sample in ("", f"{country}_{year}") else f"{words} ({sample})"

    def migrants(self, basis: str, concept: str = "", definition: str = "default") -> str:
        """Who counts as a migrant: `foreign-born (nativity, citizenship at birth)`."""
        if not basis:
            return self("nobody's migratory status is known")
        _, words = DEFINITIONS.get(definition, ("", ""))
        if words:
            return self(words)
        concept = "" if basis == "citizenship" else concept
        how = self(basis) if concept in ("", "birthplace") else f"{self(basis)}, {self(concept.replace('_', ' '))}"
        return f"{self(MIGRANTS.get(basis, basis))} ({how})"

    def stated(self, text: str) -> str:
        """What mappings state of variables, as methods.csv has it: `labour_force_status: last_week; ...`."""
        if self.lang == ENGLISH:
            return text.replace("_", " ")
        return self.listed(map(self._stated, text.split("; ")))

    def listed(self, texts: Iterable[str]) -> str:
        """Texts in this language, with the sign between them that it has."""
        return ("; " if self.lang == ENGLISH else self._catalogue.language.joined("; ")).join(texts)

    def count(self, number: int | str) -> str:
        """`1,234`; a count under the minimum is text already, `<10`."""
        return self._number(f"{number:,}" if isinstance(number, int) else number)

    def decimal(self, number: float, places: int = 1) -> str:
        """`12.3`, with a true minus sign."""
        return self._number(f"{number:,.{places}f}".replace("-", "−"))

    def plain(self, number: float) -> str:
        """With the digits that it needs: `95`, `99.9`."""
        return self._number(str(number) if isinstance(number, int) else f"{number:g}")

    def _stated(self, text: str) -> str:
        name, _, value = text.partition(": ")
        if name not in VARIABLES:
            return self(text.replace("_", " "))
        value = self._catalogue.find(value.replace("_", " ")) or value
        return self("{name}: {value}", name=self.dimension(name), value=value)

    @property
    def _catalogue(self) -> Catalogue:
        return catalogue(self.lang)

    def _number(self, text: str) -> str:
        return text if self.lang == ENGLISH else LANGUAGES[self.lang].number(text)


@cache
def words_in(lang: str) -> Words:
    """The words of one of LANGUAGES."""
    return Words(lang)


@cache
def category_ranks(dimension: str) -> dict[str, int]:
    """Place of each category of a dimension; empty for a dimension that is not of the schema."""
    derived = {each.NAME: each.CATEGORIES for each in DERIVATIONS}
    values = derived.get(dimension) or (VARIABLES[dimension].values if dimension in VARIABLES else ())
    return {category: place for place, category in enumerate(values)}


def _plain(name: str) -> str:
    words = name.replace("_", " ")
    return words[:1].upper() + words[1:]
