"""What a mapping makes of persons, a row at a time."""

from __future__ import annotations

from collections.abc import Mapping as MappingOf
from collections.abc import Sequence
from typing import Any

from harmonize.by_hand.facts import facts_of
from harmonize.by_hand.household import through
from harmonize.by_hand.kinds import outcome_of
from harmonize.by_hand.outcome import Outcome
from harmonize.by_hand.row import Columns, Row
from harmonize.by_hand.universe import told, with_others
from harmonize.mapping.model import Mapping, Sample
from harmonize.rules.extract_columns import ExtractColumns
from harmonize.rules.fit import beyond_reach, fit, links
from harmonize.rules.rule import Rule
from harmonize.rules.sample_facts import fact_entries
from harmonize.rules.targets import Entry
from harmonize.schema import UNKNOWN

Written = MappingOf[str, str | None]


def by_hand(
    mapping: Mapping, extract: ExtractColumns, households: Sequence[Sequence[Written]]
) -> tuple[list[dict[str, Any]], dict[str, str]]:
    """What comes out of each person, in order; and the variables that this extract has not, with the reason.

    households: of each its persons, source column -> what is written. Out come the columns of a harmonised file, each
    by its name: a category or place that nothing says is `unknown`; numbers with `NAME__na`, `NAME__low`,
    `NAME__high`, also where they are exact; with `others`, `NAME__na` and `NAME__beyond`; `_sample`, `_country` and
    `_year` as text; `_unmapped_NAME` of what reads a column. FitError where the columns do not fit the mapping.
    """
    fitted = fit(mapping, extract)
    lost = beyond_reach(fitted.rules)
    own = {name: rule for name, rule in fitted.rules.items() if rule.body is not None}
    pointers, without = links(mapping, fitted.rules, own.keys() - lost.keys(), extract)
    entries = {
        name: tuple(Entry(target, tuple(codes)) for codes, target in fact_entries(fact, fitted.lookups))
        for name, fact in mapping.sample.from_columns
    }
    columns = Columns(extract)
    results: list[dict[str, Any]] = []
    for persons in households:
        rows = [Row(written, columns) for written in persons]
        members = [(row, _own(row, own, lost, mapping.sample, entries)) for row in rows]
        for row, result in members:
            result |= {link.variable: through(link, row, members) for link in pointers}
        results += [result for _, result in members]
    return results, {**fitted.unavailable, **lost, **without}


def _own(
    row: Row,
    rules: MappingOf[str, Rule],
    lost: MappingOf[str, str],
    sample: Sample,
    entries: dict[str, tuple[Entry, ...]],
) -> dict[str, Any]:
    """What the row itself says."""
    facts = facts_of(row, sample, entries)
    outcomes = {name: outcome_of(rule.body, row, rule.variable) for name, rule in rules.items()}
    tells = told(outcomes, sample, facts["_country"])
    found: dict[str, Any] = {**facts}
    for name, outcome in outcomes.items():
        universe = rules[name].universe
        if name not in lost:
            found |= _named(rules[name], with_others(universe, outcome, tells) if "others" in universe else outcome)
    return found


def _named(rule: Rule, outcome: Outcome) -> dict[str, Any]:
    name, value = str(rule.name), outcome.value
    found: dict[str, Any] = {name: UNKNOWN if value is None and rule.variable.values else value}
    if rule.variable.kind == "number":
        found |= {f"{name}__na": outcome.na, f"{name}__low": outcome.low, f"{name}__high": outcome.high}
    if "others" in rule.universe:
        found |= {f"{name}__na": outcome.na, f"{name}__beyond": outcome.beyond}
    if rule.sources:
        found[f"_unmapped_{name}"] = outcome.unmapped
    return found
