"""Households with the codes that a mapping mentions, their neighbours, blanks and odd texts."""

from __future__ import annotations

from collections.abc import Sequence
from random import Random

from harmonize.by_hand.persons import Written
from harmonize.mapping.model import Mapping
from harmonize.mapping.run_cases import source_columns
from harmonize.rules.condition_mentions import mentioned
from harmonize.rules.condition_parser import parse_condition
from harmonize.rules.lookups import Lookup
from harmonize.rules.sample_facts import fact_codes, read_fact_lookups
from harmonize.rules.source_codes import Code
from harmonize.rules.through import pointer_codes

ODD = (
    "", " ", "x", "1e5", "1E+02", "1_000", "+5", "-5", " 5", "5\t", "\u00a05", "\x1c5", "inf", "-inf", "nan", "0x10",
    ".5", "5.", ".", "-0", "00", "0.0", "١", "１", "1e400", "1,5", "1,5,5", "1 000", "12345678901234567890", ".a",
    "A01", "a01", "é", "\u2003", "0.1", "110", "1e3x", "99.0", "05 ", "\u200b1",
)  # fmt: skip


def codes_by_column(mapping: Mapping) -> dict[str, list[Code]]:
    """The codes that the mapping mentions of each column it reads."""
    found: dict[str, list[Code]] = {name: [] for name in sorted(source_columns(mapping))}
    lookups: dict[str, Lookup] = read_fact_lookups(mapping)
    for variable in mapping.variables.values():
        if variable.rule.body is not None:
            for name, codes in variable.rule.body.codes().items():
                found[name] += codes
    for _, fact in mapping.sample.from_columns:
        for name in fact.columns:
            found[name] += fact_codes(fact, lookups)
    if mapping.include is not None:
        condition, _ = parse_condition(mapping.include.condition, mapping.include.path)
        assert condition is not None
        for name, codes in mentioned(condition).items():
            found[name] += codes
    for ref in (mapping.keys.mother, mapping.keys.father):
        if ref is not None:
            found[ref.column] += pointer_codes(ref.none)
    return found


def made_households(mapping: Mapping, columns: Sequence[str], random: Random, persons: int) -> list[list[Written]]:
    """Households of 1 to 4, some of whose persons are numbered, and point to each other, as they should."""
    codes = codes_by_column(mapping)
    keys = mapping.keys
    pointers = {ref.column for ref in (keys.mother, keys.father) if ref is not None}
    households: list[list[Written]] = []
    while sum(map(len, households)) < persons:
        tidy = random.random() < 0.7
        household: list[Written] = []
        for number in range(1, random.randint(1, 4) + 1):
            row = {name: _cell(codes.get(name, []), random) for name in columns}
            if tidy:
                row |= {name: random.choice(["0", "1", "02", "3.0", "4"]) for name in pointers & row.keys()}
                row |= {keys.person: str(number)} if keys.person in row else {}
            household.append(row)
        households.append(household)
    return households


def _cell(codes: Sequence[Code], random: Random) -> str | None:
    if random.random() < 0.1:
        return None
    if not codes or random.random() < 0.15:
        return random.choice(ODD)
    code = random.choice(codes)
    if code.is_blank:
        return random.choice([None, "", " "])
    if code.ends is not None:
        return random.choice([*code.ends, f"{code.ends[0]} ", f"{code.ends[1]}0", code.ends[0].lower()])
    ends = [end for end in (code.low, code.high) if end is not None]
    if not ends or (not code.is_range and random.random() < 0.6):
        return code.text if not code.is_range else str(random.randint(-3, 120))
    near = random.choice(ends) + random.choice([0, 0, 0, 1, -1, 0.5, 2])
    width = code.padded_width or random.choice([1, 2, 3])
    plain = f"{near:.15g}"
    return random.choice([plain, plain, f"{near:0{width}.0f}", f"{near:.1f}", f" {plain} ", f"{near:+g}"])
