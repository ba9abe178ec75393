"""Words of the data: columns, categories, units. What pandas would take for a gap or a number is told otherwise."""

from __future__ import annotations

import re

from harmonize.words.english import category_label, dimension_label, unit_words
from harmonize.writers.about import currencies

#: In a dropdown of the portal.
GROUPS = {("migratory_status", "migrant"): "Migrants", ("migratory_status", "non_migrant"): "Non-migrants"}
COMPARISONS = {"migrant:non_migrant": "migrants to non-migrants", "female:male": "women to men"}
#: By obs_status and whether the number is suppressed, in the words of SDMX's CL_OBS_STATUS.
STATUS = {
    "A": "Normal value",
    "U": "Low reliability",
    "M": "Missing value",
    "suppressed": "Missing value; suppressed",
}
#: What a reader of the portal sees as a note at the number, or in the file where there is none.
COMMENTS = {
    "U": "Unreliable: few persons, a wide interval, or too many of whom something is unknown",
    "M": "Nobody in the group, nobody of whom enough is known, or a number that can't be computed",
    "suppressed": "Not shown, to protect persons",
}
#: Of the words that pandas.read_csv takes for a gap, and so the portal for a total, those that begin with a capital.
GAPS = ("None", "NaN", "NA", "N/A", "NULL")


def column_of(dimension: str) -> str:
    """The column of a dimension: `urban_rural` is "Urban or rural"."""
    return dimension_label(dimension)


def value_of(dimension: str, category: str) -> str:
    """What stands in the column: `55_59` is "55–59". A word that would be read as a gap or a number is told in full."""
    words = GROUPS.get((dimension, category)) or category_label(dimension, category)
    alone = words in GAPS or re.fullmatch(r"[+-]?\d+([.,]\d*)?", words) or words.lower() in ("true", "false", "inf")
    return f"{column_of(dimension)}: {words.lower()}" if alone else words


def comparison_of(comparison: str) -> str:
    """`female:male` is "women to men"."""
    return COMPARISONS.get(comparison) or category_label("comparison", comparison).lower()


def unit_of(unit: str, title: str, currency: str | None) -> str:
    """The unit of a series: "Percent", "Per 1,000 women"; of money that of the sample, "USD"."""
    if unit == "currency" and currency:
        return "; ".join(currencies([currency]))
    words = unit_words(unit, title)
    return words[:1].upper() + words[1:]
