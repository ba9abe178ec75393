"""Whom the form asked: those outside the universe of a rule that has `others` are these, whatever their code."""

from __future__ import annotations

from collections.abc import Mapping

from harmonize.by_hand.outcome import Outcome, Value
from harmonize.mapping.model import Sample
from harmonize.rules.targets import MISSING
from harmonize.schema.places import DOMESTIC, PLACES, includes
from harmonize.schema.variable import NOT_APPLICABLE, UNKNOWN


def told(outcomes: Mapping[str, Outcome], sample: Sample, country: str | None) -> dict[str, Value]:
    """What tells who is outside: nativity, sex and age. Nativity that was not asked is told by the birthplace."""
    found = {name: outcomes[name].value for name in ("nativity", "sex", "age") if name in outcomes}
    if "country_of_birth" in outcomes and found.get("nativity") in (None, NOT_APPLICABLE):
        found["nativity"] = nativity_of(outcomes["country_of_birth"].value, sample, country)
    return found


def nativity_of(birthplace: Value, sample: Sample, country: str | None) -> str:
    """An area that includes the country leaves it unknown; so does any area where only the row tells the country."""
    if birthplace in (DOMESTIC, *sample.territories) or (birthplace is not None and birthplace == country):
        return "native_born"
    if birthplace is None or birthplace in MISSING:
        return UNKNOWN
    place = PLACES.get(str(birthplace))
    is_area = place is not None and place.kind != "country"
    if is_area and (not isinstance(sample.country, str) or includes(str(birthplace), sample.country)):
        return UNKNOWN
    return "foreign_born"


def with_others(universe: Mapping[str, object], done: Outcome, facts: Mapping[str, Value]) -> Outcome:
    """The outcome once those known to be outside are `others`. A not_applicable that is left is unknown."""
    others = str(universe["others"])
    beyond = any(_is_beyond(key, limit, facts) for key, limit in universe.items())
    skipped = done.value == NOT_APPLICABLE
    answered = done.value is not None and done.value not in (others, *MISSING)
    return Outcome(
        others if beyond else UNKNOWN if skipped else done.value,
        unmapped=done.unmapped and not beyond,
        na=beyond or skipped,
        beyond=beyond and answered,
    )


def _is_beyond(key: str, limit: object, facts: Mapping[str, Value]) -> bool:
    value = None if key == "others" else facts["age" if key in ("min_age", "max_age") else key]
    if value is None or value in MISSING:
        return False
    if key in ("min_age", "max_age"):
        age, end = float(value), float(str(limit))
        return age < end if key == "min_age" else age > end
    return value != limit
