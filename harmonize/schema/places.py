"""Countries, historic countries, merged and M49 areas: what a birthplace or citizenship may be.

Codes: ISO 3166-1 alpha-3 (and XKX, Kosovo); ISO 3166-3 for countries that are gone (SUN, YUG, ...);
members joined by `+` for places a source merges (`ETH+ERI`); `M49:ddd` for areas of UN M49.
The table is places.csv, whose first lines name its source.
"""

from __future__ import annotations

import csv
from dataclasses import dataclass
from importlib.resources import files
from typing import Literal

DOMESTIC = "domestic"
FOREIGN_UNSPECIFIED = "foreign_unspecified"
STATELESS = "stateless"


@dataclass(frozen=True)
class Place:
    """One place.

    numeric: ISO 3166-1 or M49 number, None where it has none of its own.
    m49_subregion: the finest M49 level (`Eastern Africa`), empty if the place spans several.
    m49_region: `Africa`, ...; empty if the place spans several.
    members: present-day countries of a historic, merged or M49 area; empty for a country.
    """

    code: str
    name: str
    numeric: int | None
    m49_subregion: str
    m49_region: str
    kind: Literal["country", "historic", "area"]
    members: tuple[str, ...] = ()

    @property
    def is_m49(self) -> bool:
        """Whether this is an area of M49 (`M49:014`), not a country, historic or merged place."""
        return self.code.startswith("M49:")


def _read() -> dict[str, Place]:
    text = files("harmonize.schema").joinpath("places.csv").read_text(encoding="utf-8")
    rows = csv.DictReader(line for line in text.splitlines() if not line.startswith("#"))
    kinds: dict[str, Literal["country", "historic", "area"]] = {
        "country": "country",
        "historic": "historic",
        "area": "area",
    }
    return {
        row["code"]: Place(
            row["code"],
            row["name"],
            int(row["numeric"]) if row["numeric"] else None,
            row["m49_subregion"],
            row["m49_region"],
            kinds[row["kind"]],
            tuple(row["members"].split()),
        )
        for row in rows
    }


PLACES: dict[str, Place] = _read()
COUNTRIES: tuple[str, ...] = tuple(code for code, place in PLACES.items() if place.kind == "country")
PLACE_TARGETS: tuple[str, ...] = (*PLACES, DOMESTIC, FOREIGN_UNSPECIFIED)
CITIZENSHIP_TARGETS: tuple[str, ...] = (*PLACE_TARGETS, STATELESS)
# Finest M49 levels first (those of countries, then of wider areas), and the regions above them.
SUBREGIONS: tuple[str, ...] = tuple(sorted({place.m49_subregion for place in PLACES.values() if place.m49_subregion}))
REGIONS: tuple[str, ...] = tuple(
    sorted({place.m49_region for place in PLACES.values() if place.m49_region} - set(SUBREGIONS))
)
# A number that a present country has wins; one that only a historic place has still finds it.
_BY_NUMERIC: dict[int, str] = {
    place.numeric: code
    for kind in ("historic", "country")
    for code, place in PLACES.items()
    if place.kind == kind and place.numeric is not None
}


def subregion_of(code: str) -> str | None:
    """The M49 sub-region of a place, its M49 region where that is all, None where it spans several.

    Raises KeyError for a code that is not a place.
    """
    place = PLACES[code]
    return place.m49_subregion or place.m49_region or None


def iso3_of_numeric(number: int) -> str:
    """The code of an ISO 3166-1 number (484 -> MEX), also of a country that is gone (810 -> SUN).

    Raises KeyError if no country has or had that number.
    """
    return _BY_NUMERIC[number]


def includes(area_code: str, iso3: str) -> bool:
    """Whether a place is, or has among its members, the present-day country `iso3`.

    A historic or merged place includes its successor states, an M49 area its countries. False for codes
    that are not places.
    """
    place = PLACES.get(area_code)
    return place is not None and (place.code == iso3 or iso3 in place.members)
