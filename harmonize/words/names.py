"""The words for names of the tables that their names do not say themselves: `85_plus` needs none, `idp` does."""

from __future__ import annotations

from harmonize.schema import NOT_APPLICABLE, UNKNOWN
from harmonize.schema.places import DOMESTIC, FOREIGN_UNSPECIFIED

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
#: The unit of one, where a language says so of less than two as well.
ONE_OF = {"percentage_points": "percentage point"}
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
