"""What words.yaml says of each variable of the schema."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from fnmatch import fnmatchcase
from functools import cache
from importlib.resources import files
from typing import Any

import yaml

from harmonize.draft.phrases import longest, without_asides
from harmonize.plain_text import plain

OTHERS = (
    "head*", "householder", "jefe", "jefa", "chef", "chefe", "responsavel", "mother*", "madre", "mere", "mae",
    "father*", "padre", "pere", "pai", "spouse*", "partner", "partners", "conyuge", "conjoint", "conjuge", "parents",
)  # fmt: skip
"""Words by which a label tells of somebody else than the person."""
NUMBER = re.compile(r"^\s*[A-Za-z]{0,2}\d{1,3}[a-z]?(\.\d+)*[a-z]?\s*[.:)-]\s*(?=\D)")
"""The number of a question before its text: `4c. `, `P12: `."""
ABOUT = ("flag", "allocation", "imputation", "edit", "quality flag", "imputacion", "imputacao")
"""Words by which a variable tells of another, not of persons."""


@dataclass(frozen=True)
class Words:
    """Of one variable. both: the category of a label that names two, empty if that says nothing.

    prevails: the category that a label means which joins it to another by `and`. coarse: the category that takes in
    all others but the first, in a list that has labels of it.
    """

    names: tuple[str, ...]
    labels: tuple[str, ...]
    excluded: tuple[str, ...]
    categories: dict[str, tuple[str, ...]]
    both: str
    prevails: str
    coarse: str = ""

    @property
    def coarser(self) -> Words:
        """The same, with the words of all categories but the first under `coarse`."""
        first, *_ = self.categories
        rest = [each for name, phrases in self.categories.items() if name != first for each in phrases]
        return replace(self, categories={first: self.categories[first], self.coarse: tuple(rest)}, coarse="")

    def named(self, name: str) -> bool:
        """Whether a column's name is one of them."""
        return any(fnmatchcase(name.casefold(), each) for each in self.names)

    def likeness(self, name: str, label: str) -> tuple[float, str]:
        """How likely a column of this name and label is this variable, 0 to 1, and why."""
        label = NUMBER.sub("", label)
        told = without_asides(label)
        if longest(self.excluded, f"{plain(label)} {plain(name)}"):
            return 0.0, ""
        by_name = 0.85 if self.named(name) else 0.0
        by_label = max(
            (_by_words(self.labels, each) for each in (told, plain(label), plain(name)) if each), default=0.0
        )
        why = " and ".join(["name"] * (by_name > 0) + ["label"] * (by_label > 0))
        if by_name and by_label:
            return max(by_name, by_label) + 0.5 * (1 - max(by_name, by_label)), why
        if by_name and label:  # the label is about something else
            by_name -= 0.1
        return by_name or by_label, why


@cache
def all_words(file: str = "words.yaml") -> dict[str, Words]:
    """Variable of the schema, or part of a design -> its words, in the order of the file."""
    text = files("harmonize.draft").joinpath(file).read_text(encoding="utf-8")
    return {name: _read(given) for name, given in yaml.safe_load(text).items()}


def _read(given: dict[str, Any]) -> Words:
    others = (
        () if given.get("own_head") or any("mother" in each or "father" in each for each in given["labels"]) else OTHERS
    )
    return Words(
        names=tuple(given["names"]),
        labels=tuple(given["labels"]),
        excluded=(*given.get("not", ()), *others, *ABOUT),
        categories={category: tuple(phrases) for category, phrases in given.get("categories", {}).items()},
        both=given.get("both", ""),
        prevails=given.get("prevails", ""),
        coarse=given.get("coarse", ""),
    )


def _by_words(phrases: tuple[str, ...], text: str) -> float:
    """The whole text 0.9, less where the phrase is a small part of it."""
    found = longest(phrases, text)
    if found is None:
        return 0.0
    return 0.6 + 0.3 * min(1.0, found.length / len(text) + (0.2 if found.first else 0.0))
