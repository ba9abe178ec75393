"""The catalogue of a language: English text -> its own, from the files of the language's folder.

`filled.yaml` has the texts that come with their values in them already, such as "aged 15–24"; all others are looked up
as they are. What is made of several known texts is put together again of theirs.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from functools import cache
from importlib.resources import files
from string import Formatter

import yaml

from harmonize.words.languages import LANGUAGES, SEPARATORS

FILLED = "filled.yaml"
#: Values of filled texts that are texts themselves; all others are numbers.
TEXTS = ("names", "what", "why", "which", "more", "other")
#: Of conditions that all hold a comma is enough; beside an `or` it would be one of several.
ALONE = {" and ": ", "}
#: In lists of names, outside brackets.
BETWEEN_NAMES = r"(; or |; |, | or )(?![^(]*\))"


class Catalogue:
    """The texts of one language. Raises KeyError for a language that is none."""

    def __init__(self, lang: str) -> None:
        self.language = LANGUAGES[lang]
        folder = files("harmonize.words").joinpath(lang)
        self.files = {each.name: _read(each.read_text("utf-8")) for each in folder.iterdir() if _is_yaml(each.name)}
        self.texts = {
            text: self.language.spaced(own) for entries in self.files.values() for text, own in entries.items()
        }
        # the longest first: it says most of the text
        self._filled = [(_pattern(text), self.texts[text]) for text in sorted(self.files[FILLED], key=len)[::-1]]
        self._found: dict[str, str | None] = {}

    def find(self, text: str) -> str | None:
        """The text in this language; None where it is not known, or a part of it is not."""
        if text not in self._found:
            self._found[text] = self._known(text, 0)
        return self._found[text]

    def _known(self, text: str, level: int) -> str | None:
        """What the text is, whole or joined by separators from `level` on."""
        if text in self.texts:
            return self.texts[text]
        for pattern, own in self._filled:
            if matched := pattern.fullmatch(text):
                return own.format(**{name: self._value(name, value) for name, value in matched.groupdict().items()})
        for deeper in range(level, len(SEPARATORS)):
            parts = re.split(f"({SEPARATORS[deeper]})", text)
            joints = self.language.joins | ({} if " or " in re.sub(r"\(.*?\)", "", text) else ALONE)
            if len(parts) > 1 and (found := self._joined(parts, deeper, joints)) is not None:
                return found
        if text.startswith("(") and text.endswith(")"):
            inner = self._known(text[1:-1], min(level, len(SEPARATORS) - 1))
            return None if inner is None else f"({inner})"
        return None

    def _joined(self, parts: Sequence[str], level: int, joints: Mapping[str, str]) -> str | None:
        """Texts and what joins them, in turn, as one. A text may have a joint within: the longest known is taken."""
        for end in range(len(parts), 0, -2):
            piece = self._known("".join(parts[:end]), level + 1)
            if piece is None:
                continue
            if end == len(parts):
                return piece
            rest = self._joined(parts[end + 1 :], level, joints)
            if rest is not None:
                return f"{piece}{self.language.spaced(joints[parts[end]])}{rest}"
        return None

    def _value(self, name: str, value: str) -> str:
        if name in TEXTS:
            parts = re.split(BETWEEN_NAMES, value)
            return self.find(value) or "".join(map(self._name, parts))
        return self.language.number(value)

    def _name(self, text: str) -> str:
        """One of a list, or a joint: known, known before a bracket such as the sample it is of, or as it is."""
        if text in self.language.joins:
            return self.language.joined(text)
        if (found := self.find(text)) is not None:
            return found
        before, bracket, within = text.partition(" (")
        return f"{self.find(before) or before}{bracket}{within}"


@cache
def catalogue(lang: str) -> Catalogue:
    """The catalogue of a language, read once."""
    return Catalogue(lang)


def placeholders(text: str) -> set[str]:
    """The names of the values of a text."""
    return {name for _, name, _, _ in Formatter().parse(text) if name}


def _is_yaml(name: str) -> bool:
    return name.endswith(".yaml")


def _read(text: str) -> dict[str, str]:
    """All as text: of YAML's own kinds `No` would be false."""
    entries: dict[str, str] = yaml.load(text, getattr(yaml, "CBaseLoader", yaml.BaseLoader))
    return entries


def _pattern(text: str) -> re.Pattern[str]:
    parts = re.split(r"\{(\w+)\}", text)
    made, seen = [re.escape(parts[0])], set()
    for name, literal in zip(parts[1::2], parts[2::2], strict=True):
        value = ".+" if name in TEXTS else r"[<−-]?\d[\d,.]*"
        made += [f"(?P={name})" if name in seen else f"(?P<{name}>{value})", re.escape(literal)]
        seen.add(name)
    return re.compile("".join(made))
