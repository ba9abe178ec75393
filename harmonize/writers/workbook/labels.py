"""Words for the names of the tables: dimensions, categories, samples, units.

Most come from the names themselves (`85_plus` is "85 and over"); the exceptions are listed here.
"""

from __future__ import annotations

import re
from functools import cache

from harmonize.derivations import DERIVATIONS
from harmonize.schema import NOT_APPLICABLE, UNKNOWN, VARIABLES
from harmonize.schema.places import DOMESTIC, FOREIGN_UNSPECIFIED, PLACES

DIMENSIONS = {
    "age_broad": "Broad age group",
    "age_group": "Age group",
    "arrived_as_child": "Arrived as a child, under 15",
    "born_abroad_citizen": "Citizen by birth, born abroad",
    "citizenship_status": "Citizenship",
    "comparison": "One group to another",
    "disability": "Disability",
    "duration_detail": "Duration of stay in detail, in years",
    "duration_of_stay": "Duration of stay, in years",
    "educational_attainment": "Educational attainment",
    "generation": "Migrant generation",
    "labour_force_status": "Labour force status",
    "marital_status": "Marital status",
    "nativity": "Nativity",
    "reason_for_migration": "Reason for migration",
    "region_of_birth": "Region of birth",
    "relationship_to_head": "Relationship to the head of the household",
    "return_migrant": "Return migrants, among the native-born",
    "urban_rural": "Urban or rural",
}
CATEGORIES = {
    UNKNOWN: "Unknown",
    NOT_APPLICABLE: "Not applicable",
    DOMESTIC: "In the country itself",
    FOREIGN_UNSPECIFIED: "Abroad, place not specified",
    "native": "In the country itself",
    "native_born": "Native-born",
    "foreign_born": "Foreign-born",
    "first": "First generation",
    "second_both_parents": "Second generation, both parents",
    "second_one_parent": "Second generation, one parent",
    "second_unspecified": "Second generation, one parent unknown",
    "idp": "Internally displaced",
    "non_relative": "Not related",
    "non_durable": "Not durable",
    "own_account": "Own-account worker",
    "separated_divorced": "Separated or divorced",
    "sewer_or_septic": "Sewer or septic tank",
    "no_sewer_or_septic": "No sewer or septic tank",
}
UNITS = {"count": "number of persons", "per_1000": "per 1,000", "per_10000": "per 10,000", "per_100000": "per 100,000"}
#: Who is a migrant, by the basis that a sample has.
MIGRANTS = {"nativity": "foreign-born", "citizenship": "foreign citizens and stateless persons"}
#: By the definitions that were asked for: in short, and where the basis doesn't say it, who is a migrant and who isn't.
DEFINITIONS = {
    "birth": ("migrants by birth", ""),
    "citizenship": ("migrants by citizenship", ""),
    "either": (
        "migrants by birth or citizenship",
        "foreign-born, foreign citizens or stateless. Non-migrants are the native-born who are citizens",
    ),
    "recent": (
        "recent migrants",
        "foreign-born who arrived under 5 years ago. Non-migrants are all others, born abroad or not, unless their "
        "birth or arrival is unknown",
    ),
}
#: Before the definition of a block that is the default one too.
DEFAULT_AND = "default_and_"
OLD_AGES = ("age_group", "age_broad")


def dimension_label(name: str) -> str:
    """`urban_rural` is "Urban or rural"; a variable not listed has the title of the common schema."""
    if name in DIMENSIONS:
        return DIMENSIONS[name]
    return VARIABLES[name].title.split(";")[0] if name in VARIABLES else _plain(name)


def category_label(dimension: str, category: str) -> str:
    """`55_59` is "55–59", `10_plus` "10 or more" (of an age, "and over"), `MEX` "Mexico"."""
    if dimension == "comparison":
        first, second = (category_label("", group) for group in category.split(":"))
        return f"{first} to {second[:1].lower()}{second[1:]}"
    if category in CATEGORIES:
        return CATEGORIES[category]
    if category in PLACES:
        return PLACES[category].name
    if found := re.fullmatch(r"(\d+)_(\d+)", category):
        return f"{found[1]}–{found[2]}"
    if found := re.fullmatch(r"(\d+)_plus", category):
        return f"{found[1]} {'and over' if dimension in OLD_AGES else 'or more'}"
    if found := re.fullmatch(r"(isco|isic)_(\w)", category):
        return f"{found[1].upper()} {found[2].upper()}"
    return _plain(category)


@cache
def category_ranks(dimension: str) -> dict[str, int]:
    """Place of each category of a dimension; empty for a dimension that is not of the schema."""
    derived = {each.NAME: each.CATEGORIES for each in DERIVATIONS}
    values = derived.get(dimension) or (VARIABLES[dimension].values if dimension in VARIABLES else ())
    return {category: place for place, category in enumerate(values)}


def unit_label(unit: str) -> str:
    """`percentage_points` is "percentage points"."""
    return UNITS.get(unit, unit.replace("_", " "))


def unit_words(unit: str, title: str) -> str:
    """The unit of a series, with what it is of where its title says it: "per 1,000 women"."""
    words = unit_label(unit)
    found = re.search(rf"{re.escape(words)} [a-z ]+?(?=,| aged| \(|$)", title) if unit in UNITS else None
    return found[0] if found else words


def definition_label(definition: str) -> str:
    """A definition of a migrant in short: `either` is "migrants by birth or citizenship"."""
    if definition.startswith(DEFAULT_AND):
        return f"{definition_label(definition.removeprefix(DEFAULT_AND))}, the default here"
    return DEFINITIONS[definition][0] if definition in DEFINITIONS else _plain(definition)


def place_label(country: str) -> str:
    """The country's name, or its code where that is not of ISO 3166."""
    return PLACES[country].name if country in PLACES else country


def sample_label(country: str, year: int, sample: str) -> str:
    """`Costa Rica 2011 (188201101)`; without the id where it says no more than that."""
    words = f"{place_label(country)} {year}"
    return words if sample in ("", f"{country}_{year}") else f"{words} ({sample})"


def migrant_words(basis: str, concept: str = "", definition: str = "default") -> str:
    """Who counts as a migrant: `foreign-born (nativity, citizenship at birth)`."""
    if not basis:
        return "nobody's migratory status is known"
    _, words = DEFINITIONS.get(definition, ("", ""))
    if words:
        return words
    concept = "" if basis == "citizenship" else concept
    how = basis if concept in ("", "birthplace") else f"{basis}, {concept.replace('_', ' ')}"
    return f"{MIGRANTS.get(basis, basis)} ({how})"


def _plain(name: str) -> str:
    words = name.replace("_", " ")
    return words[:1].upper() + words[1:]
