"""What the sections of two mappings say differently: sample, design, keys, how the text is read."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, fields
from typing import Any

from harmonize.mapping.model import Fpc, FromColumn, Include, KeyRef, Mapping, Replicates
from harmonize.rules.condition_parser import parse_condition
from harmonize.rules.conditions import meaning
from harmonize.rules.sample_facts import read_fact_lookups

SECTIONS = ("unit", "sample", "include", "design", "keys", "read")
WORDS = ("id", "version", "title")
UNORDERED = frozenset({"territories", "optional"})


@dataclass(frozen=True)
class Change:
    """One change. about: the variable, or the section of the mapping."""

    about: str
    words: str
    breaking: bool


def of_sections(old: Mapping, new: Mapping) -> Iterator[Change]:
    """The changes of all that is not a variable."""
    for name in WORDS:
        before, after = getattr(old, name), getattr(new, name)
        if before != after:
            yield Change("mapping", f"{name}: {before} -> {after}", False)
    totals = [{(each.of, each.persons, each.within) for each in mapping.expect} for mapping in (old, new)]
    if totals[0] != totals[1]:
        yield Change("expect", f"{len(totals[0])} totals -> {len(totals[1])}, not the same", False)
    for name in SECTIONS:
        yield from _of_section(name, getattr(old, name), getattr(new, name))
    yield from _fact_lookups(old, new)


def text(value: Any) -> str:
    """A value as a reviewer reads it."""
    if value is None or value == ():
        return "none"
    if isinstance(value, bool):
        return "yes" if value else "no"
    if isinstance(value, tuple):
        return ", ".join(map(_quoted, value))
    if isinstance(value, FromColumn):
        return _fact(value)
    if isinstance(value, KeyRef):
        return f"{value.column}{f' (nobody: {text(value.none)})' if value.none else ''}"
    if isinstance(value, Replicates):
        given = {name: getattr(value, name) for name in ("scale", "rho", "rscales")}
        more = "".join(f", {name} {text(each)}" for name, each in given.items() if each not in (None, ()))
        return f"{value.words} ({len(value.columns)}), {value.method}{more}"
    if isinstance(value, Fpc):
        return value.column or text(value.fraction)
    if isinstance(value, Include):
        return f"{value.condition} ({value.reason})"
    return f"{value:.15g}" if isinstance(value, float) else str(value)


def _of_section(name: str, old: Any, new: Any) -> Iterator[Change]:
    if old is None or new is None or isinstance(old, str):
        if old != new:
            yield Change(name, f"{text(old)} -> {text(new)}", True)
        return
    for field in fields(old):
        before, after = getattr(old, field.name), getattr(new, field.name)
        if field.name in ("path", "columns") and name == "include":
            continue
        if _compared(field.name, before) != _compared(field.name, after):
            breaking = (name, field.name) != ("include", "reason")
            yield Change(name, f"{field.name.replace('_', ' ')}: {text(before)} -> {text(after)}", breaking)


def _compared(name: str, value: Any) -> Any:
    """A value without what does not matter of it."""
    if name == "condition":
        condition, _ = parse_condition(value, "")
        return meaning(condition.root) if condition else value
    if name == "encoding":
        return value.lower().replace("_", "-")
    if name in UNORDERED:
        return frozenset(value)
    if isinstance(value, FromColumn):
        codes = frozenset((ours, frozenset(codes)) for ours, codes in value.codes)
        return value.columns, str(value.lookup), codes, value.together
    return value


def _fact(fact: FromColumn) -> str:
    by = f" by {fact.lookup}" if fact.lookup else ""
    codes = "; ".join(f"{ours} is {', '.join(code.text for code in theirs)}" for ours, theirs in fact.codes)
    return (
        f"from {' or '.join(fact.columns)}{by}{f' ({codes})' if codes else ''}{', together' if fact.together else ''}"
    )


def _fact_lookups(old: Mapping, new: Mapping) -> Iterator[Change]:
    """Codes of the lookups by which the sample's facts are read."""
    before, after = read_fact_lookups(old), read_fact_lookups(new)
    for name in before.keys() & after.keys():
        was, now = (
            {code.text: str(target) for target, codes in each.targets for code in codes}
            for each in (before[name], after[name])
        )
        for code in sorted({*was, *now}):
            if was.get(code) != now.get(code):
                words = f"{name}: {code}: {was.get(code, 'not there')} -> {now.get(code, 'not there')}"
                yield Change("sample", words, code in was)


def _quoted(value: Any) -> str:
    return text(value) if not isinstance(value, str) or value.strip() else f'"{value}"'
