"""SDG 11.1.1: urban persons in slum households, which lack at least one of five things.

Improved water, improved sanitation, enough living area, a durable structure, secure tenure: a series for
each, and `slum` for lacking any of those that the sample asked. Whether a dwelling is owned or rented does
not tell whether its people can be put out, so `tenure` does not serve: that takes `secure_tenure`.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from harmonize.indicators.model import Indicator, Need, Population, Proxy, Series
from harmonize.indicators.populations import any_of, category, urban

if TYPE_CHECKING:
    import polars as pl

PERSONS_A_ROOM = 3
MATERIALS = ("wall", "roof", "floor")


def _crowded() -> pl.Expr:
    import polars as pl

    return pl.col("household_size") > PERSONS_A_ROOM * pl.col("rooms")


WATER = Series(
    indicator="11.1.1",
    name="lacking_water",
    title="Without improved water, urban persons",
    population="private_households",
    base=(urban(),),
    # piped water is improved; what is not piped may be a good well or a river
    needs=(Need("water_source", undecidable=("not_piped",)),),
    numerator=category("without improved water", "water_source", "unimproved", "surface"),
)

SANITATION = Series(
    indicator="11.1.1",
    name="lacking_sanitation",
    title="Without improved sanitation, urban persons",
    population="private_households",
    base=(urban(),),
    # a shared toilet that is improved is one; without a sewer there may be a good latrine or none
    needs=(Need("sanitation", undecidable=("no_sewer_or_septic",)),),
    numerator=category("without improved sanitation", "sanitation", "unimproved", "open_defecation"),
)

LIVING_AREA = Series(
    indicator="11.1.1",
    name="lacking_living_area",
    title="More than three persons a room, urban persons",
    population="private_households",
    base=(urban(),),
    needs=(Need("household_size", single=True), Need("rooms", single=True)),
    numerator=Population(f"with more than {PERSONS_A_ROOM} persons a room", ("household_size", "rooms"), _crowded),
    proxies=(
        Proxy("kitchens_as_rooms", only=("rooms", "counted", "with_kitchen")),
        Proxy("bedrooms_as_rooms", only=("rooms", "counted", "bedrooms")),
    ),
)

DURABLE_STRUCTURE = Series(
    indicator="11.1.1",
    name="lacking_durable_structure",
    title="Walls, roof or floor not durable, urban persons",
    population="private_households",
    base=(urban(),),
    needs=tuple(Need(f"{part}_material", optional=True, without="not_all_materials") for part in MATERIALS),
    numerator=any_of(
        *(category(f"with a {part} that is not durable", f"{part}_material", "non_durable") for part in MATERIALS)
    ),
)

SECURE_TENURE = Series(
    indicator="11.1.1",
    name="lacking_secure_tenure",
    title="Without secure tenure, urban persons",
    population="private_households",
    base=(urban(),),
    needs=(Need("secure_tenure"),),
    numerator=category("without secure tenure", "secure_tenure", "no"),
)

CRITERIA = (WATER, SANITATION, LIVING_AREA, DURABLE_STRUCTURE, SECURE_TENURE)

SLUM = Series(
    indicator="11.1.1",
    name="slum",
    title="Lacking at least one of the criteria that the sample asks about, urban persons",
    population="private_households",
    components=CRITERIA,
    join="or",
    official_components=len(CRITERIA),
    sdmx_series=(("", "EN_LND_SLUM"),),
)

INDICATOR = Indicator(
    number="11.1.1",
    title="Proportion of urban population living in slums, informal settlements or inadequate housing",
    custodian="UN-Habitat",
    series=(SLUM, *CRITERIA),
    census="Nearly: most censuses ask four of the five criteria, not secure tenure.",
    caveats=(
        "Urban is what the country calls urban.",
        "The fewer criteria a sample asks, the lower its share: compare samples with the same criteria only.",
        "Housing that costs more than 30 per cent of income, inadequate by the official definition, is not counted.",
        "Living area is persons per habitable room: the share is too low where kitchens are counted as rooms, too high "
        "where bedrooms alone are.",
        "A durable structure is judged by its materials alone, not by the hazard of its place.",
        "A shared toilet of an improved kind counts as improved, and so does water that is far away.",
    ),
    sources=("S24", "S25", "methods.md: Services and housing"),
)
