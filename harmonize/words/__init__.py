"""What tables and reports say, in the language of who reads them. A language is a catalogue beside this file."""

from __future__ import annotations

from harmonize.words.words import LANGUAGES, Words, words_in

__all__ = ["LANGUAGES", "Words", "words_in"]
