"""Which rules of a mapping an extract can fill, told by the names of its columns, before any cell is read."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from typing import Any, NamedTuple

from harmonize.errors import MappingError, OtherExtractError
from harmonize.listing import first_of
from harmonize.mapping.model import KeyRef, Mapping
from harmonize.rules.condition_mentions import mentioned
from harmonize.rules.condition_parser import parse_condition
from harmonize.rules.conditions import Condition
from harmonize.rules.extract_columns import ExtractColumns
from harmonize.rules.lookups import Lookup
from harmonize.rules.rule import Rule, Source
from harmonize.rules.sample_facts import fact_codes, read_fact_lookups
from harmonize.rules.universe import needed

NO_COLUMN = "the extract has no column "  # begins why a rule of a column can't be filled
NAMED = 3
"""Columns that a message about many names."""
ALL_OR_NONE = (
    "give all replicate weights; or none, where the mapping names them under design: optional:, "
    "and errors are linearised"
)


class Link(NamedTuple):
    """A variable that is another person's: filled by through.add_through once the household is there.

    variable: the one filled. pointer, person: columns of the extract. none: codes for nobody.
    source: the harmonised variable taken from the person pointed to.
    """

    variable: str
    pointer: str
    none: tuple[str, ...]
    person: str
    source: str


@dataclass(frozen=True)
class Fit:
    """What an extract can fill.

    rules: those whose columns it has, `through` included. unavailable: the others, with the reason. lookups: of the
    facts of the sample, by name. include: the condition of those tabulated.
    """

    rules: dict[str, Rule]
    unavailable: dict[str, str]
    lookups: dict[str, Lookup]
    include: Condition | None


def fit(mapping: Mapping, extract: ExtractColumns) -> Fit:
    """The rules that `extract` can fill; it is given the codes that tell how its columns compare.

    OtherExtractError: a column that must be there is missing.
    """
    rules = {name: _rule_of(rule) for name, rule in mapping.variables.items()}
    unavailable = {name: rule.unavailable for name, rule in rules.items() if rule.unavailable is not None}
    lookups = read_fact_lookups(mapping)
    condition = _include(mapping)
    unavailable |= _check_columns(mapping, rules, condition, extract)
    usable = {name: rule for name, rule in rules.items() if name not in unavailable}
    for rule in usable.values():
        if rule.body is not None:
            extract.give(rule.body.codes())
    for _, fact in mapping.sample.from_columns:
        if fact.lookup or fact.codes:
            extract.give(dict.fromkeys(fact.columns, fact_codes(fact, lookups)))
    if condition is not None:
        extract.give(mentioned(condition))
    return Fit(usable, unavailable, lookups, condition)


def beyond_reach(rules: dict[str, Rule]) -> dict[str, str]:
    """The variables of `rules` that nobody can tell of those who were not asked, with the reason.

    Their universe has `others` and needs a variable that is not there; or a citizenship was asked of the foreign-born
    alone and has none.
    """
    known = {"nativity" if name == "country_of_birth" else name for name, rule in rules.items() if rule.body}
    found: dict[str, str] = {}
    for name, rule in rules.items():
        if rule.body is None:
            continue
        if "others" in rule.universe:
            if not needed(rule.universe) <= known:
                found[name] = "its universe needs a variable that this extract does not have"
        elif name == "citizenship_status" and rule.universe.get("nativity") == "foreign_born":
            found[name] = "only the foreign-born were asked, and no `others` says what the others are"
    return found


def links(
    mapping: Mapping, rules: dict[str, Rule], there: Collection[str], extract: ExtractColumns
) -> tuple[list[Link], dict[str, str]]:
    """The variables that are another person's, and those that can't be had, with the reason. there: with a value."""
    found: list[Link] = []
    unavailable: dict[str, str] = {}
    for name, rule in rules.items():
        if rule.through is None:
            continue
        pointer, source = rule.through
        ref: KeyRef | None = mapping.keys.mother if pointer == "mother" else mapping.keys.father
        if ref is None or mapping.keys.person is None or not mapping.keys.household:
            unavailable[name] = f"keys gives no household, person and {pointer}"
        elif source not in there:
            unavailable[name] = f"{source} is not available"
        elif extract.find(ref.column) is None and rule.optional:
            unavailable[name] = f"{NO_COLUMN}{ref.column}"
        else:
            column, person = extract.use(ref.column), extract.use(mapping.keys.person)
            found.append(Link(name, column, ref.none, person, source))
    return found, unavailable


def _rule_of(rule: Any) -> Rule:
    found = getattr(rule, "rule", rule)
    assert isinstance(found, Rule)
    return found


def _include(mapping: Mapping) -> Condition | None:
    if mapping.include is None:
        return None
    condition, findings = parse_condition(mapping.include.condition, mapping.include.path)
    if condition is None:
        raise MappingError(f"{mapping.id}: the condition of include can't be read", findings)
    return condition


def _check_columns(
    mapping: Mapping, rules: dict[str, Rule], condition: Condition | None, extract: ExtractColumns
) -> dict[str, str]:
    """The variables whose optional columns are missing, with the reason. OtherExtractError names all that must be."""
    unavailable: dict[str, str] = {}
    missing: dict[str, list[str]] = {}
    for name, rule in rules.items():
        lacking = [" or ".join(s.names) for s in rule.sources if extract.first(s) is None]
        if lacking and rule.optional:
            unavailable[name] = f"{NO_COLUMN}{', '.join(lacking)}"
        elif lacking:
            for column in lacking:
                missing.setdefault(column, []).append(name)
    for _, fact in mapping.sample.from_columns:
        if extract.first(Source(fact.columns)) is None:
            missing.setdefault(" or ".join(fact.columns), []).append("sample")
    replicate = mapping.design.replicate
    needed = {
        "design": mapping.design.columns,
        "keys": (*mapping.keys.household, *([mapping.keys.person] if mapping.keys.person else [])),
        "include": condition.columns if condition else (),
    }
    for part, names in needed.items():
        for column in names:
            if extract.find(column) is None:
                missing.setdefault(column, []).append(part)
    lost = [column for column in (replicate.columns if replicate else ()) if extract.find(column) is None]
    if missing or lost:
        lines = []
        for column, uses in missing.items():
            near = extract.near(column.split(" or "))
            like = f": columns like it: {', '.join(near)}" if near else ""
            lines.append(f"no column {column} (for {', '.join(dict.fromkeys(uses))}){like}")
        if lost:
            columns = "column" if len(lost) == 1 else "columns"
            lines.append(f"no {columns} {first_of(lost, NAMED)} (for design)")
        lines.append(f"columns: {extract.listed()}")
        help = "optional: true on a variable makes it unavailable instead" if missing else ALL_OR_NONE
        message = "\n".join([f"the data do not fit mapping {mapping.id}", *lines])
        raise OtherExtractError(message, help)
    return unavailable
