"""The words in English, for what is in English whatever the language: SDMX and Open SDG."""

from __future__ import annotations

from harmonize.words.words import ENGLISH, words_in

_WORDS = words_in(ENGLISH)
dimension_label, category_label = _WORDS.dimension, _WORDS.category
unit_label, unit_words = _WORDS.unit, _WORDS.unit_of
definition_label, place_label, sample_label, migrant_words = (
    _WORDS.definition, _WORDS.place, _WORDS.sample, _WORDS.migrants,
)  # fmt: skip

__all__ = [
    "category_label", "definition_label", "dimension_label", "migrant_words", "place_label", "sample_label",
    "unit_label", "unit_words",
]  # fmt: skip
