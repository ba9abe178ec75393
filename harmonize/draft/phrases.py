"""Phrases of words.yaml, and how well a text has one: the longest that it has decides what the text says."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import cache

from harmonize.plain_text import plain


@dataclass(frozen=True)
class Found:
    """A phrase that a plain text has. length: characters that it takes up there; whole, first: all of it, its start.

    size: by which the longer of two is told: the length, then the characters that the phrase spells out.
    """

    length: int
    size: tuple[int, int]
    whole: bool
    first: bool


NOT = frozenset(["not", "no", "non", "nao", "ne", "sin", "sans", "sem", "without", "never", "nunca", "jamais"])
"""Words that turn what follows into its contrary."""


def longest(phrases: Iterable[str], text: str, answer: bool = False) -> Found | None:
    """The phrase that takes up most of the plain `text`, None where it has none of them, or after a `not`.

    answer: the text begins with yes or no as an answer, and what follows is told besides (`No, in another house`).
    """
    best: Found | None = None
    for phrase in phrases:
        match = _pattern(phrase).search(text)
        if match is None or _is_negated(text[: match.start()].split(), answer):
            continue
        size = len(match[0]), len(phrase.replace("...", "").strip("^$"))
        if best is None or size > best.size:
            best = Found(size[0], size, match[0] == text, match.start() == 0)
    return best


def _is_negated(before: Sequence[str], answer: bool) -> bool:
    """Whether a `not` stands right before, or at the beginning."""
    before = before[1:] if answer else before
    return bool(before) and (before[-1] in NOT or before[0] in NOT)


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
