"""The derivations again, person by person and in plain Python: slow, never optimised, the judge.

Written from the contract, not from the polars expressions: nothing of harmonize.derivations is imported.
A person is a dict of harmonised values: categories as text, numbers as float or None; `age__low`,
`age__high` and the like hold the ends of a class. A variable that the sample lacks is not in the dict.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

from harmonize.schema.places import PLACES, subregion_of

Person = dict[str, Any]
MISSING = (None, "unknown", "not_applicable")


@dataclass(frozen=True)
class Facts:
    """What is known of the sample."""

    country: str
    year: int
    territories: tuple[str, ...] = ()
    concept: str = "birthplace"
    through: frozenset[str] = frozenset()
    min_age: dict[str, int] = field(default_factory=dict)
    only_foreign_born: frozenset[str] = frozenset()
    others: dict[str, str] = field(default_factory=dict)


def side(place: str | None, facts: Facts) -> str | None:
    """inside, outside, or None where it cannot be told."""
    if place in MISSING or place == "stateless":
        return None
    if place == "domestic":
        return "inside"
    if place == "foreign_unspecified" or place.startswith("M49:"):
        return "outside"
    home = {facts.country, *PLACES[facts.country].members, *facts.territories}
    parts = PLACES[place].members or (place,)
    if place in home or all(part in home for part in parts):
        return "inside"
    if any(part in home for part in parts):
        return None
    return "outside"


def nativity(person: Person, facts: Facts) -> str | None:
    if "nativity" in person:
        return person["nativity"] or "unknown"
    if "country_of_birth" not in person:
        return None
    place = person["country_of_birth"]
    if place == "not_applicable":
        return "not_applicable"
    return {"inside": "native_born", "outside": "foreign_born", None: "unknown"}[side(place, facts)]


def citizenship_status(person: Person, facts: Facts) -> str | None:
    if "citizenship_status" in person:
        source = "citizenship_status"
    elif "country_of_citizenship" in person:
        source = "country_of_citizenship"
    else:
        return None
    if source in facts.only_foreign_born and source not in facts.others:
        return None
    value = person[source]
    if value == "not_applicable" and source in facts.others:
        meant = facts.others[source]
        meant = "citizen" if meant == "domestic" else meant
        birth = nativity(person, facts)
        return meant if birth in (None, "native_born") else "unknown"
    if source == "citizenship_status":
        return value or "unknown"
    if value in ("stateless", "not_applicable"):
        return value
    return {"inside": "citizen", "outside": "foreign_citizen", None: "unknown"}[side(value, facts)]


def parent_is(parent: str, person: Person, facts: Facts) -> str | None:
    """native, foreign or None."""
    if f"nativity_{parent}" in person:
        name = f"nativity_{parent}"
        found = {"native_born": "native", "foreign_born": "foreign"}.get(person[name])
    elif f"country_of_birth_{parent}" in person:
        name = f"country_of_birth_{parent}"
        found = {"inside": "native", "outside": "foreign", None: None}[side(person[name], facts)]
    else:
        return None
    if name in facts.through:
        oldest = number(person, "age")
        if oldest is None or oldest[1] > 17:
            return None
    return found


def generation(person: Person, facts: Facts) -> str | None:
    if "generation" in person:
        return person["generation"] or "unknown"
    birth = nativity(person, facts)
    asked = any(
        f"{what}_{parent}" in person for what in ("nativity", "country_of_birth") for parent in ("mother", "father")
    )
    if birth is None or not asked:
        return None
    if birth == "foreign_born":
        return "first"
    if birth != "native_born":
        return "unknown"
    parents = [parent_is("mother", person, facts), parent_is("father", person, facts)]
    if parents.count("foreign") == 2:
        return "second_both_parents"
    if parents.count("foreign") == 1:
        return "second_one_parent" if "native" in parents else "second_unspecified"
    return "native_background" if parents.count("native") == 2 else "unknown"


def nativity_of_mother(person: Person, facts: Facts) -> str | None:
    if "nativity_mother" not in person and "country_of_birth_mother" not in person:
        return None
    return {"native": "native_born", "foreign": "foreign_born", None: "unknown"}[parent_is("mother", person, facts)]


def number(person: Person, name: str) -> tuple[float, float] | None:
    value = person.get(name)
    if value is None:
        return None
    low, high = person.get(f"{name}__low"), person.get(f"{name}__high")
    return (value if low is None else low), (value if high is None else high)


def stay(person: Person, facts: Facts) -> tuple[float, float] | str | None:
    """Years of stay, `after` the census or `before` birth where impossible, None if unknown."""
    years, slack = number(person, "years_since_arrival"), 0
    if years is None:
        year, slack = number(person, "year_of_arrival"), 1
        if year is None:
            return None
        years = facts.year - year[1], facts.year - year[0]
    if years[1] < 0:
        return "after"
    age = number(person, "age")
    if age is not None and years[0] > age[1] + slack:
        return "before"
    return max(years[0], 0), years[1]


def asks_arrival(person: Person) -> bool:
    return "years_since_arrival" in person or "year_of_arrival" in person


def moved(person: Person, facts: Facts) -> str:
    """yes, no or unknown: whether the person came from abroad to live here."""
    birth = nativity(person, facts)
    if birth is not None:
        return {"native_born": "no", "foreign_born": "yes"}.get(birth, "unknown")
    asked = [name for name in ("years_since_arrival", "year_of_arrival") if name in person]
    return "no" if all(person.get(f"{name}__na") for name in asked) else "yes"


def arrived_as_child(person: Person, facts: Facts) -> str | None:
    if "age" not in person or not asks_arrival(person):
        return None
    came = moved(person, facts)
    if came != "yes":
        return "not_applicable" if came == "no" else "unknown"
    age, years = number(person, "age"), stay(person, facts)
    if age is None or not isinstance(years, tuple):
        return "unknown"
    youngest, oldest = max(age[0] - years[1], 0), max(age[1] - years[0], 0)
    return "yes" if oldest < 15 else "no" if youngest >= 15 else "unknown"


def in_classes(bounds: tuple[float, float] | None, starts: dict[str, float]) -> str:
    """The class both bounds fall in; `starts` gives where each begins, in order."""
    if bounds is None:
        return "unknown"
    names, low = list(starts), list(starts.values())
    ends = [*low[1:], None]
    for name, start, end in zip(names, low, ends, strict=True):
        if bounds[0] >= start and (end is None or bounds[1] < end):
            return name
    return "unknown"


DURATION = {"0_4": 0, "5_9": 5, "10_plus": 10}
DETAIL = {"under_1": 0, "1_4": 1, "5_9": 5, "10_14": 10, "15_19": 15, "20_plus": 20}
AGE_GROUP = {**{f"{low}_{low + 4}": low for low in range(0, 85, 5)}, "85_plus": 85}
AGE_BROAD = {"0_14": 0, "15_24": 15, "25_64": 25, "65_plus": 65}


def duration(person: Person, facts: Facts, classes: dict[str, float]) -> str | None:
    if not asks_arrival(person):
        return None
    came = moved(person, facts)
    if came != "yes":
        return "not_applicable" if came == "no" else "unknown"
    years = stay(person, facts)
    return in_classes(years, classes) if isinstance(years, tuple) else "unknown"


def return_migrant(person: Person, facts: Facts) -> str | None:
    questions = {"ever_lived_abroad": 0, "residence_5_years_ago": 5, "residence_1_year_ago": 1}
    name = next((each for each in questions if each in person), None)
    birth = nativity(person, facts)
    if name is None or birth is None:
        return None
    if birth != "native_born":
        return "not_applicable" if birth == "foreign_born" else "unknown"
    age = number(person, "age")
    if age is not None and age[1] < max(questions[name], facts.min_age.get(name, 0)):
        return "not_applicable"
    answers = {"yes": "yes", "abroad": "yes", "no": "no", "same_country": "no"}
    answers["not_applicable"] = "not_applicable"
    return answers.get(person[name], "unknown")


def born_abroad_citizen(person: Person, facts: Facts) -> str | None:
    if "citizenship_detail" not in person:
        return None
    if "country_of_birth" in person:
        where = side(person["country_of_birth"], facts)
    elif "nativity" in person and facts.concept == "birthplace":
        where = {"native_born": "inside", "foreign_born": "outside"}.get(person["nativity"])
    else:
        return None
    how = person["citizenship_detail"]
    if where == "inside" or how in ("citizen_naturalised", "not_applicable"):
        return "no"
    return "yes" if where == "outside" and how == "citizen_by_birth" else "unknown"


def region_of_birth(person: Person, facts: Facts) -> str | None:
    if "country_of_birth" not in person:
        return None
    place = person["country_of_birth"]
    where = side(place, facts)
    if where is None and facts.concept == "birthplace":
        where = {"native_born": "inside", "foreign_born": "outside"}.get(nativity(person, facts) or "")
    if where is None:
        return "unknown"
    if where == "inside":
        return "native"
    return (subregion_of(place) if place in PLACES else None) or "foreign_unspecified"


def reason_for_migration(person: Person, facts: Facts) -> str | None:
    if "reason_for_migration" not in person:
        return None
    birth, reason = nativity(person, facts), person["reason_for_migration"] or "unknown"
    if birth is None:
        return reason
    return {"native_born": "not_applicable", "foreign_born": reason}.get(birth, "unknown")


def derive_person(person: Person, facts: Facts) -> dict[str, str]:
    """All derived variables the sample allows."""
    ages = "age" in person
    found = {
        "nativity": nativity(person, facts),
        "citizenship_status": citizenship_status(person, facts),
        "generation": generation(person, facts),
        "arrived_as_child": arrived_as_child(person, facts),
        "duration_of_stay": duration(person, facts, DURATION),
        "duration_detail": duration(person, facts, DETAIL),
        "return_migrant": return_migrant(person, facts),
        "born_abroad_citizen": born_abroad_citizen(person, facts),
        "region_of_birth": region_of_birth(person, facts),
        "age_group": in_classes(number(person, "age"), AGE_GROUP) if ages else None,
        "age_broad": in_classes(number(person, "age"), AGE_BROAD) if ages else None,
        "reason_for_migration": reason_for_migration(person, facts),
        "nativity_of_mother": nativity_of_mother(person, facts),
    }
    return {name: value for name, value in found.items() if value is not None}


def contradictions(person: Person, facts: Facts) -> dict[str, bool]:
    """Whether the answers contradict each other."""
    found: dict[str, bool] = {}
    birth, origin = person.get("nativity"), person.get("generation")
    if "nativity" in person and "country_of_birth" in person and facts.concept == "birthplace":
        where = side(person["country_of_birth"], facts)
        found["native_born_abroad"] = birth == "native_born" and where == "outside"
        found["foreign_born_at_home"] = birth == "foreign_born" and where == "inside"
    if "nativity" in person and "generation" in person:
        known = origin not in MISSING
        found["generation_against_nativity"] = known and (
            (birth == "native_born" and origin == "first") or (birth == "foreign_born" and origin != "first")
        )
    if asks_arrival(person):
        found["arrival_after_census"] = stay(person, facts) == "after"
        if "age" in person:
            found["arrival_before_birth"] = stay(person, facts) == "before"
    return found
