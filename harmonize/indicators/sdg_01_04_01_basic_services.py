"""SDG 1.4.1: persons in private households with access to basic services, a series per service."""

from __future__ import annotations

from typing import TYPE_CHECKING

from harmonize.indicators.model import Indicator, Need, Population, Proxy, Series
from harmonize.indicators.populations import all_of, category

if TYPE_CHECKING:
    import polars as pl

MINUTES = 30
IMPROVED = ("improved_on_premises", "improved_off_premises", "improved_unspecified")

NOT_IMPROVED = category("without improved water", "water_source", "unimproved", "surface")


def _on_premises_or_within_30_minutes() -> pl.Expr:
    import polars as pl

    # no time and yet known: the form asked none because the water is on the premises
    near = pl.col("water_time_minutes").fill_null(0) <= MINUTES
    return (pl.col("water_source") == "improved_on_premises") | near


BASIC_WATER = Series(
    indicator="1.4.1",
    name="basic_water",
    title="Improved drinking water, at most 30 minutes there and back",
    population="private_households",
    needs=(
        Need("water_source", undecidable=("piped", "not_piped")),
        Need(
            "water_time_minutes",
            when=category("with improved water off the premises", "water_source", "improved_off_premises"),
            optional=True,
            without="no_time",
            limit=MINUTES,
        ),
        Need(
            "water_time_minutes",
            when=category("with improved water somewhere", "water_source", "improved_unspecified"),
            not_applicable="zero",
            optional=True,
            without="no_time",
            limit=MINUTES,
        ),
        Need(
            "water_time_minutes",
            when=NOT_IMPROVED,
            not_applicable="no",
            optional=True,
            limit=MINUTES,
        ),
    ),
    numerator=all_of(
        category("with improved drinking water", "water_source", *IMPROVED),
        Population(
            f"on the premises or at most {MINUTES} minutes away, there and back",
            ("water_source", "water_time_minutes"),
            _on_premises_or_within_30_minutes,
        ),
    ),
    sdmx_series=(("", "SP_ACS_BSRVH2O"),),
)

BASIC_SANITATION = Series(
    indicator="1.4.1",
    name="basic_sanitation",
    title="Improved sanitation, not shared with other households",
    population="private_households",
    needs=(Need("sanitation", undecidable=("sewer_or_septic", "no_sewer_or_septic")),),
    numerator=category(
        "with improved sanitation not known to be shared",
        "sanitation",
        "improved_not_shared",
        "improved_unspecified",
    ),
    proxies=(Proxy("no_sharing", reached=("sanitation", ("improved_unspecified",))),),
    sdmx_series=(("", "SP_ACS_BSRVSAN"),),
)

ELECTRICITY = Series(
    indicator="1.4.1",
    name="electricity",
    title="Electricity",
    population="private_households",
    needs=(Need("electricity"),),
    numerator=category("with electricity", "electricity", "yes"),
)

CLEAN_COOKING = Series(
    indicator="1.4.1",
    name="clean_cooking",
    title="Clean fuel or energy for cooking",
    population="private_households",
    needs=(Need("cooking_fuel"),),
    numerator=category("cooking with clean fuel", "cooking_fuel", "clean"),
    proxies=(Proxy("mixed_fuels", reached=("cooking_fuel", ("mixed",))),),
)

INTERNET = Series(
    indicator="1.4.1",
    name="internet",
    title="Internet access of the household",
    population="private_households",
    needs=(Need("internet"),),
    numerator=category("with internet access", "internet", "yes"),
    proxies=(Proxy("some_access", only=("internet", "access", "some")),),
)

ALL_ASKED = Series(
    indicator="1.4.1",
    name="all_asked",
    title="Every one of the services that the sample asks about",
    population="private_households",
    components=(BASIC_WATER, BASIC_SANITATION, ELECTRICITY, CLEAN_COOKING, INTERNET),
)

PIPED_WATER = Series(
    indicator="1.4.1",
    name="piped_water",
    title="Piped water, where the sample tells no more than that",
    population="private_households",
    needs=(Need("water_source", undecidable=IMPROVED),),
    numerator=category("with piped water", "water_source", "piped"),
)

SEWER_OR_SEPTIC = Series(
    indicator="1.4.1",
    name="sewer_or_septic",
    title="Sewer or septic tank, where the sample tells no more than that",
    population="private_households",
    needs=(Need("sanitation", undecidable=("improved_not_shared", "improved_shared", "improved_unspecified")),),
    numerator=category("with a sewer or septic tank", "sanitation", "sewer_or_septic"),
)

INDICATOR = Indicator(
    number="1.4.1",
    title="Proportion of population living in households with access to basic services",
    custodian="UN-Habitat",
    series=(
        BASIC_WATER,
        BASIC_SANITATION,
        ELECTRICITY,
        CLEAN_COOKING,
        INTERNET,
        ALL_ASKED,
        PIPED_WATER,
        SEWER_OR_SEPTIC,
    ),
    official_disaggregations=("urban_rural",),
    census="Exact for each service where the time to water and the sharing of toilets are asked.",
    caveats=(
        "Shares of persons, not of households; migrants' better access is often urban residence.",
        "Nine services make up the official indicator; hygiene, mobility, waste, health care and education "
        "are not in these series.",
        "Piped water is of the public network in some censuses (as of Brazil, Chile and Ecuador), and of whatever "
        "source in others (as of Mexico, and in IPUMS): these do not compare.",
        "Persons in households that do not cook count as without clean cooking.",
        "A toilet that may be shared counts as not shared, with the proxy reason no_sharing.",
    ),
    sources=("S8", "S11", "methods.md: Services and housing"),
)
