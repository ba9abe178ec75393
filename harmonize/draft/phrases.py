"""Phrases of words.yaml, and how well a text has one: the longest that it has decides what the text says."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cache

from harmonize.lint.label_words import plain


@dataclass(frozen=True)
class Found:
    """A phrase that a plain text has. length: characters that it takes up there; whole, first: all of it, its start.

    size: by which the longer of two is told: the length, then the characters that the phrase spells out.
    """

    length: int
    size: tuple[int, int]
    whole: bool
    first: bool


def longest(phrases: Iterable[str], text: str) -> Found | None:
    """The phrase that takes up most of the plain `text`, None where it has none of them."""
    best: Found | None = None
    for phrase in phrases:
        match = _pattern(phrase).search(text)
        if match is None:
            continue
        size = len(match[0]), len(phrase.replace("...", "").strip("^$"))
        if best is None or size > best.size:
            best = Found(size[0], size, match[0] == text, match.start() == 0)
    return best


def without_asides(text: str) -> str:
    """The text in plain words, without what stands in brackets; with it, where that is all there is."""
    return plain(re.sub(r"\([^()]*\)|\[[^\[\]]*\]", " ", text)) or plain(text)


@cache
def _pattern(phrase: str) -> re.Pattern[str]:
    """`^word stem* ... word$` as a pattern of whole words."""
    start = r"^" if phrase.startswith("^") else r"\b"
    end = r"$" if phrase.endswith("$") else r"\b"
    parts = [
        r" ".join(rf"{word[:-1]}\w*" if word.endswith("*") else word for word in part.split())
        for part in phrase.strip("^$").split("...")
    ]
    return re.compile(start + r"\b(?:.*)\b".join(parts) + end)
