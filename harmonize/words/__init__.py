"""What tables and reports say, in the language of who reads them. A language is a catalogue beside this file."""

from __future__ import annotations

from harmonize.words.languages import LANGUAGES
from harmonize.words.words import Words, words_in

__all__ = ["LANGUAGES", "Words", "words_in"]
