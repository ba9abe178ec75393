"""The words of the workbook and of SDMX, in English."""

from __future__ import annotations

from harmonize.words import words_in
from harmonize.words.names import CATEGORIES, DEFAULT_AND, DIMENSIONS
from harmonize.words.words import category_ranks

ENGLISH = words_in("en")
dimension_label, category_label, unit_label, unit_words = (
    ENGLISH.dimension, ENGLISH.category, ENGLISH.unit, ENGLISH.unit_of,
)  # fmt: skip
definition_label, place_label, sample_label, migrant_words = (
    ENGLISH.definition, ENGLISH.place, ENGLISH.sample, ENGLISH.migrants,
)  # fmt: skip

__all__ = [
    "CATEGORIES", "DEFAULT_AND", "DIMENSIONS", "category_label", "category_ranks", "definition_label",
    "dimension_label", "migrant_words", "place_label", "sample_label", "unit_label", "unit_words",
]  # fmt: skip
