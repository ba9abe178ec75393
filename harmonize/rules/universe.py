"""Whom the questionnaire asked, and what everybody else is.

universe: {min_age: 3}
universe: foreign_born
others: citizen              # those outside the universe did not reach the rule: they are this
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING

from harmonize.errors import Finding
from harmonize.lazily import pl
from harmonize.mapping.located import Block, Text
from harmonize.rules.near import did_you_mean
from harmonize.rules.rule import Compiled
from harmonize.rules.source_codes import number_of
from harmonize.rules.targets import MISSING, target_of
from harmonize.schema.variable import NOT_APPLICABLE, UNKNOWN, Variable

if TYPE_CHECKING:
    from harmonize.rules.parts import Parts

AGES = ("min_age", "max_age")
WORDS: dict[str, tuple[str, str]] = {
    "foreign_born": ("nativity", "foreign_born"),
    "native_born": ("nativity", "native_born"),
    "female": ("sex", "female"),
    "male": ("sex", "male"),
}
"""Universes in a word: the variable and its category."""
KEYS = (*AGES, "nativity", "sex", "others")


def parse_universe(parts: Parts) -> tuple[dict[str, object], list[Finding]]:
    """min_age, max_age (int), nativity, sex, and others (a category of the variable)."""
    given, others = parts.get("universe"), parts.get("others")
    universe: dict[str, object] = {}
    findings: list[Finding] = []
    if isinstance(given, Text):
        if given in WORDS:
            name, category = WORDS[str(given)]
            universe[name] = category
        else:
            help = did_you_mean(given, WORDS, "words") + "\nof ages write {min_age: 15}"
            findings.append(parts.find(given, "M026", f"'{given}' is no universe", help))
    elif isinstance(given, Block):
        for key, value in given.items():
            found = _key(parts, universe, key, value)
            findings += found
        others = others or given.get(Text("others"))
    elif given is not None:
        findings.append(parts.find(given, "M026", "a universe is a word or a block", "e.g. {min_age: 15}"))
    if others is not None:
        findings += _others(parts, universe, others)
    return universe, findings


def _key(parts: Parts, universe: dict[str, object], key: Text, value: object) -> list[Finding]:
    if key not in KEYS:
        return [parts.find(key, "M026", f"'{key}' is not a key of a universe", did_you_mean(key, KEYS, "keys"))]
    if key == "others":
        return []
    if key in AGES:
        number = number_of(value) if isinstance(value, Text) else None
        if number is None or not number.is_integer() or number < 0:
            return [parts.find(key, "M026", f"{key} is an age in whole years")]
        universe[str(key)] = int(number)
        return []
    allowed = [category for name, category in WORDS.values() if name == key]
    if value not in allowed:
        return [parts.find(key, "M026", f"{key} is one of {', '.join(allowed)}")]
    universe[str(key)] = str(value)
    return []


def _others(parts: Parts, universe: dict[str, object], others: object) -> list[Finding]:
    if not universe:
        return [parts.find(parts.where, "M026", "others needs a universe", "universe: foreign_born")]
    if not isinstance(others, Text) or parts.variable.kind != "category":
        return [parts.find(parts.where, "M026", "others is a category of a variable that has categories")]
    value, findings = target_of(others, parts.variable, parts.path)
    if value is not None:
        universe["others"] = value
    return findings


def needed(universe: Mapping[str, object]) -> set[str]:
    """The variables that tell who is outside: some of nativity, sex and age."""
    return {"age" if key in AGES else key for key in universe if key != "others"}


def outside(universe: Mapping[str, object], values: Mapping[str, pl.Expr]) -> pl.Expr:
    """Boolean, never null: known to be outside. `values`: those `needed`, as harmonised expressions."""
    tests: list[pl.Expr] = []
    for key, limit in universe.items():
        if key == "others":
            continue
        value = values["age" if key in AGES else key]
        if key == "min_age":
            tests.append(value < pl.lit(limit))
        elif key == "max_age":
            tests.append(value > pl.lit(limit))
        else:
            tests.append((value != pl.lit(limit)) & ~value.is_in(list(MISSING)))
    return pl.any_horizontal(test.fill_null(False) for test in tests)


def with_others(universe: Mapping[str, object], beyond: pl.Expr, done: Compiled, variable: Variable) -> Compiled:
    """A rule that only the universe reaches: whoever is known to be outside is `others`, whatever the code.

    A not_applicable that is left is unknown. `na` tells who was not asked, `beyond` who is outside and yet has
    another answer: that is counted.
    """
    others = pl.lit(universe["others"], dtype=variable.dtype)
    unknown = pl.lit(UNKNOWN, dtype=variable.dtype)
    skipped = (done.value == NOT_APPLICABLE).fill_null(False)
    answer = done.value.is_not_null() & (done.value != others) & ~done.value.cast(pl.String).is_in(list(MISSING))
    return Compiled(
        pl.when(beyond).then(others).when(skipped).then(unknown).otherwise(done.value),
        done.unmapped & ~beyond,
        na=beyond | skipped,
        beyond=(beyond & answer).fill_null(False),
    )
