"""Birthplace, citizenship, arrival, earlier residence and reasons."""

from __future__ import annotations

from harmonize.schema.places import CITIZENSHIP_TARGETS, PLACE_TARGETS
from harmonize.schema.variable import Variable
from harmonize.schema.yes_no import yes_no

TOPIC = "migration"
NATIVITY = ("native_born", "foreign_born")
GENERATION = (
    "first",
    "second_both_parents",
    "second_one_parent",
    "second_unspecified",
    "native_background",
)
PLACE_STANDARD = "ISO 3166-1, ISO 3166-3, UN M49"
ARRIVAL: dict[str, tuple[str, ...]] = {"arrival": ("first", "latest")}
CONCEPT: dict[str, tuple[str, ...]] = {"concept": ("birthplace", "citizenship_at_birth")}
# whether the form asked about parents anywhere, or tells only of those who live with the person
PARENTS: dict[str, tuple[str, ...]] = {"parents": ("any", "coresident")}


def _country_of_birth(suffix: str, title: str) -> Variable:
    options = PARENTS if suffix else {}
    return Variable(
        f"country_of_birth{suffix}", TOPIC, "place", title, PLACE_TARGETS, standard=PLACE_STANDARD, options=options
    )


VARIABLES = (
    Variable(
        "nativity",
        TOPIC,
        "category",
        "Native-born or foreign-born",
        NATIVITY,
        standard="UN P&R Rev.4",
        options=CONCEPT,
    ),
    _country_of_birth("", "Country of birth"),
    _country_of_birth("_mother", "Country of birth of the mother"),
    _country_of_birth("_father", "Country of birth of the father"),
    Variable(
        "nativity_mother",
        TOPIC,
        "category",
        "Whether the mother is native-born or foreign-born",
        NATIVITY,
        options=CONCEPT | PARENTS,
    ),
    Variable(
        "nativity_father",
        TOPIC,
        "category",
        "Whether the father is native-born or foreign-born",
        NATIVITY,
        options=CONCEPT | PARENTS,
    ),
    Variable(
        "generation",
        TOPIC,
        "category",
        "Migrant generation, where the source itself classifies it",
        GENERATION,
        standard="UN expert group on migration and the SDGs, 2017",
        options=PARENTS,
    ),
    Variable(
        "country_of_citizenship",
        TOPIC,
        "place",
        "Country of citizenship",
        CITIZENSHIP_TARGETS,
        standard=PLACE_STANDARD,
    ),
    Variable(
        "citizenship_status",
        TOPIC,
        "category",
        "Citizen, foreign citizen or stateless",
        ("citizen", "foreign_citizen", "stateless"),
        standard="UN P&R Rev.4",
    ),
    Variable(
        "citizenship_detail",
        TOPIC,
        "category",
        "How citizens came by their citizenship",
        ("citizen_by_birth", "citizen_naturalised"),
        universe="citizens",
    ),
    Variable(
        "year_of_arrival",
        TOPIC,
        "number",
        "Year of arrival in the country of enumeration",
        unit="year",
        minimum=1800,
        maximum=2100,
        standard="UN P&R Rev.4",
        universe="persons who came from abroad",
        options=ARRIVAL,
    ),
    Variable(
        "years_since_arrival",
        TOPIC,
        "number",
        "Completed years since arrival in the country of enumeration",
        unit="years",
        minimum=0,
        maximum=120,
        standard="UN P&R Rev.4",
        universe="persons who came from abroad",
        options=ARRIVAL,
    ),
    Variable(
        "year_asked",
        TOPIC,
        "number",
        "Year in which the person was asked, of a sample that pools several years",
        unit="year",
        minimum=1700,
        maximum=2200,
    ),
    Variable(
        "reason_for_migration",
        TOPIC,
        "category",
        "Main reason for migration",
        ("work", "family", "education", "humanitarian", "retirement", "other"),
        standard="UN 1998 grounds",
        universe="persons who came from abroad",
    ),
    *(
        Variable(
            f"residence_{years}_ago",
            TOPIC,
            "category",
            f"Country of residence {words} before the census",
            ("same_country", "abroad"),
            standard="UN P&R Rev.4",
            universe=f"persons aged {age} and over",
        )
        for years, words, age in (("1_year", "one year", 1), ("5_years", "five years", 5))
    ),
    yes_no(
        "ever_lived_abroad",
        TOPIC,
        "Ever lived abroad for at least twelve months",
        standard="UN EG on Migration Statistics 2019",
    ),
    Variable(
        "forced_displacement",
        TOPIC,
        "category",
        "Refugee, asylum seeker or internally displaced",
        ("refugee", "asylum_seeker", "idp", "none"),
        standard="EGRIS",
    ),
)
