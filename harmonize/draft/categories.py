"""Codes of a category or a place by their labels."""

from __future__ import annotations

import re

from harmonize.draft.phrases import Found, longest
from harmonize.draft.places import parts_of, place_of
from harmonize.draft.proposal import Codes, Given
from harmonize.draft.words import Words
from harmonize.lint.label_words import category_of, missing_kind
from harmonize.plain_text import plain
from harmonize.rules.source_codes import number_of
from harmonize.schema.places import DOMESTIC
from harmonize.schema.variable import NOT_APPLICABLE, Variable

SURE_MISSING = 0.97
SURE_NAMED = 0.95
ANSWER = re.compile(r"(yes|no|s[ií]|oui|non|sim|n[aã]o)\s*[,:;.-]", re.IGNORECASE)
ALTERNATIVE = re.compile(r"\b(or|o|ou)\b")
JOINED = r"/|\b(?:or|o|ou|and|y|et|e)\b"
LISTED = rf"{JOINED}|,"
BRACKETS = re.compile(r"\([^()]*\)")
"""What explains a label and says nothing else than it: `Biogas (of plants)`."""
TOO_YOUNG = re.compile(
    r"((persons?|personas?|pessoas?|personnes?)( agees?)? )?(de )?"
    r"(under|less than|younger than|menor(es)? de|menores que|menos de|moins de) \d+ (years?|anos?|ans)"
    r"( old| of age| de edad| de idade| d age)?"
)
"""Whom a question of persons was not put to."""
SURE_YOUNG = 0.85
TWICE = re.compile(r"\b((\w{3,})\w{0,4}) (?:o|ou|y|e|et|or) \2\w{0,4}\b", re.IGNORECASE)
SLASHED = re.compile(r"(?<=\w{3})/(?:[ao]s?|or|ora)\b")
"""The same word for women and men: `jefe o jefa`, `viuda/o`."""
REST = re.compile(
    r"(de |en |tem |em )?(other|otr[oa]s?|autres?|outr[oa]s?)( (forma|manera|medio|destino|way|forme|maniere))?\b"
)
"""What is left of a list is what the categories before it are not, which is no more than likely."""
UNSURE = 0.6
SHORT = 4
"""Letters of a word that overrules nothing."""


def category_codes(labels: dict[str, str], variable: Variable, words: Words) -> Codes:
    """Of a variable of categories: by the words that all mappings share, else by those of the variable."""
    codes = _categories(labels, variable, words)
    if words.coarse and any(each.value == words.coarse for each in codes.given):
        return _categories(labels, variable, words.coarser)
    return codes


def _categories(labels: dict[str, str], variable: Variable, words: Words) -> Codes:
    given, unclear = [], []
    for code, label in labels.items():
        missing, named = missing_kind(label), category_of(label, variable)
        found = (missing, SURE_MISSING) if missing else None
        for told in _tellings(label) if missing is None else ():
            found = found or _by_words(told, words, named)
        if found is None and TOO_YOUNG.fullmatch(plain(label)):
            found = NOT_APPLICABLE, SURE_YOUNG
        if found is None:
            unclear.append((code, label))
        else:
            given.append(Given(code, label, *found))
    return Codes(tuple(given), tuple(unclear))


def _tellings(label: str) -> tuple[str, ...]:
    """The label without what stands in brackets, then as it is; that alone where the brackets tell what `other` is."""
    label = TWICE.sub(r"\1", SLASHED.sub("", label))
    outside = BRACKETS.sub("", label).strip()
    return (label,) if not outside or REST.fullmatch(plain(outside)) else (outside, label)


def _by_words(label: str, words: Words, named: str | None) -> tuple[str, float] | None:
    """The category with the longest words in the label; none where it names two (`Widowed or divorced`).

    named: what the label says in words that all variables share, which only more words of this one overrule.
    """
    found = _found(label, words)
    best = max(found, key=lambda name: found[name].size, default=None)
    if named and (best in (None, named) or found[best].length <= SHORT):
        return named, SURE_NAMED
    if best is None:
        return None
    if words.both and len(found.keys() - {words.both}) > 1:
        return (words.both, 0.7) if words.both in words.categories else None
    said = set() if found[best].whole else _of_sides(label, words) - {best}
    if said and words.prevails in {*said, best} and not ALTERNATIVE.search(plain(label)):
        return words.prevails, 0.75
    if said or any(found[name].size == found[best].size for name in found.keys() - {best}):
        return None
    rest = REST.match(plain(label))
    no_more = rest is not None and found[best].length <= len(rest[0])
    return best, UNSURE if no_more else _sure(found[best], len(found) > 1)


def _found(label: str, words: Words) -> dict[str, Found]:
    """Each category that the label has words of, with the longest of them."""
    told, answer = plain(label), ANSWER.match(label.strip()) is not None
    matches = {name: longest(phrases, told, answer) for name, phrases in words.categories.items()}
    return {name: match for name, match in matches.items() if match}


def _of_sides(label: str, words: Words) -> set[str]:
    """What the sides of a slash, of `or` or `and`, say by themselves: categories, or that nothing is known."""
    said = set()
    for side in re.split(LISTED if ALTERNATIVE.search(plain(label)) else JOINED, label):
        found = _found(side, words)
        best = max(found, key=lambda name: found[name].size, default=None)
        if missing := missing_kind(side):
            said.add(missing)
        elif best and found[best].whole:
            said.add(best)
    return said


def _sure(match: Found, rivalled: bool) -> float:
    sure = 0.95 if match.whole else 0.85 if match.first else 0.75
    return round(sure - 0.1 * rivalled, 2)


def place_codes(labels: dict[str, str], home: str | None) -> Codes:
    """Of a birthplace or citizenship. home: the country of enumeration, whose name and parts are `domestic`."""
    given, unclear = [], []
    in_order = sorted(labels, key=lambda code: (number_of(code) is None, number_of(code) or 0.0, code))
    for place, code in enumerate(in_order):
        label = _without_abbreviation(labels[code])
        missing = missing_kind(label)
        found = (missing, SURE_MISSING) if missing else place_of(label)
        if home and not missing and home in parts_of(label):
            beside = [labels[near] for near in in_order[max(0, place - 1) : place + 2] if near != code]
            if found is None or found[1] < 0.8 or all(_only_a_part(each, home) for each in beside):
                found = (DOMESTIC, 0.9)
        if found and found[0] == home:
            found = (DOMESTIC, found[1])
        if found is None:
            unclear.append((code, labels[code]))
        else:
            given.append(Given(code, labels[code], *found))
    return Codes(tuple(given), tuple(unclear))


def _only_a_part(label: str, home: str) -> bool:
    label = _without_abbreviation(label)
    found = place_of(label)
    return home in parts_of(label) and (found is None or found[1] < 0.8)


def _without_abbreviation(label: str) -> str:
    """`Alabama/AL` without the letters."""
    name, slash, letters = label.rpartition("/")
    return name if slash and len(letters) == 2 and letters.isupper() else label
