"""Labels of birthplaces and citizenships that name another country than the one their code is given to."""

from __future__ import annotations

from functools import cache

from harmonize.plain_text import squeezed
from harmonize.schema.places import PLACES, includes


def another_country(label: str, target: str) -> str | None:
    """The country that the whole label names in English, where `target` is a place that is neither it nor wider.

    None for most labels: those of no country, in another language, or of this one, and where the target is no place
    (`domestic`: Georgia is also a part of the United States).
    """
    named = _countries().get(squeezed(label))
    if named is None or target not in PLACES or named == target or includes(target, named):
        return None
    return named


@cache
def _countries() -> dict[str, str]:
    """Plain name -> code, also without what is in brackets: `Bolivia (Plurinational State of)`."""
    names: dict[str, str] = {}
    for code, place in PLACES.items():
        if place.kind == "country":
            names[squeezed(place.name)] = code
            names.setdefault(squeezed(place.name.split("(")[0]), code)
    return names
