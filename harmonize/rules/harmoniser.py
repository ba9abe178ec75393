"""A mapping compiled for one extract: expressions from source columns to the common schema."""

from __future__ import annotations

from collections.abc import Mapping as MappingOf
from collections.abc import Sequence
from dataclasses import dataclass, field
from functools import cached_property
from typing import Any, NamedTuple

import polars as pl

from harmonize.distinct.group import Group, grouped
from harmonize.distinct.memory import Memory
from harmonize.distinct.rows import Rows
from harmonize.errors import Finding, OtherExtractError
from harmonize.listing import first_of
from harmonize.mapping.model import KeyRef, Mapping
from harmonize.rules.codebook_labels import label_findings
from harmonize.rules.condition_expr import condition_expr
from harmonize.rules.condition_mentions import mentioned
from harmonize.rules.condition_parser import parse_condition
from harmonize.rules.conditions import Condition
from harmonize.rules.extract_columns import ExtractColumns, source_column
from harmonize.rules.nativity_of import nativity_of
from harmonize.rules.pointed import add_through, nobody_of
from harmonize.rules.rule import Compiled, Rule, Source
from harmonize.rules.sample_facts import fact_codes, read_fact_lookups, sample_facts
from harmonize.rules.universe import outside, with_others
from harmonize.schema import VARIABLES
from harmonize.schema.variable import NOT_APPLICABLE, UNKNOWN

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
class Available(Rule):
    """A rule that the extract can fill. reaches: the categories it can give, None where not listed.

    not_applicable: a number has a Boolean column `<name>__na` beside it.
    """

    reaches: frozenset[str] | None = None
    not_applicable: bool = False


@dataclass(frozen=True)
class Harmoniser:
    """Expressions over the extract's String columns; see compile_mapping.

    columns: the source columns needed. expressions: aliased to schema variables, and `<name>__na`,
    `<name>__low`, `<name>__high` beside numbers that have them. unmapped: variable to (Boolean, the
    columns whose codes to show). include: None where every row is. renamed: names of the mapping that
    match a column in all but case. findings: warnings, and labels that differ. rows: how many there must be
    in all, None where nothing tells.
    """

    columns: tuple[str, ...]
    available: dict[str, Available]
    unavailable: dict[str, str]
    expressions: list[pl.Expr]
    unmapped: dict[str, tuple[pl.Expr, tuple[str, ...]]]
    sample: pl.Expr
    country: pl.Expr
    year: pl.Expr
    include: pl.Expr | None
    through: list[Link]
    renamed: dict[str, str] = field(default_factory=dict)
    findings: tuple[Finding, ...] = ()
    rows: int | None = None

    @cached_property
    def _groups(self) -> list[Group]:
        include = [] if self.include is None else [self.include.alias("_include")]
        flags = [expr.alias(f"_unmapped_{name}") for name, (expr, _) in self.unmapped.items()]
        filled = [_filled(expr) for expr in self.expressions]
        return grouped([self.sample, self.country, self.year, *include, *filled, *flags])

    @cached_property
    def nobody(self) -> dict[str, Group]:
        """Pointer to a Boolean column `_nobody`: its code means that there is no such person."""
        return {link.pointer: grouped([nobody_of(source_column(link.pointer), link.none)])[0] for link in self.through}

    def harmonised(self, batch: pl.DataFrame, memory: Memory) -> Rows:
        """The batch with `_sample _country _year`, `_include` where there is one, all `expressions`, a Boolean
        `_unmapped_<name>` for each of `unmapped`, and what is another person's.

        batch: source columns, as texts or as numbers that stand for them, and `_hh`, each household's rows in one
        run. A category that nothing says is `unknown`. A source column called like a variable of the schema is
        found under `source_column` of its name.
        """
        rows = Rows(batch, memory)
        rows.add(self._groups)
        for name in batch.columns:
            if source_column(name) != name:
                rows.put_source(batch[name].alias(source_column(name)))
        self.add_linked(rows)
        return rows

    def add_linked(self, rows: Rows) -> None:
        """Add what is another person's of the household."""
        add_through(rows, self)


def compile_mapping(
    mapping: Mapping,
    columns: Sequence[str],
    numeric: set[str] | None = None,
    decimals: MappingOf[str, int] | None = None,
    labels: dict[str, dict[str, str]] | None = None,
) -> Harmoniser:
    """Compile `mapping` for an extract with these columns, all read as String.

    numeric: the columns its codebook or file says are numeric, None for a bare csv. decimals: implied
    decimals, which the reader has applied already. labels: of the codebook, column -> code -> label.
    OtherExtractError: a column that must be there is missing.
    """
    extract = ExtractColumns(columns, numeric, mapping.read.decimal)
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
    facts = sample_facts(mapping, extract, lookups)
    compiled = {name: rule.compile(extract) for name, rule in usable.items() if rule.body is not None}
    unavailable |= _narrow(mapping, usable, compiled, facts.country)
    include = None
    if condition is not None:
        include = condition_expr(condition, lambda name: extract.cell(Source((name,)), None))
    replicate = mapping.design.replicate
    for name in (*mapping.design.columns, *mapping.keys.household, *(replicate.columns if replicate else ())):
        extract.use(name)
    if mapping.keys.person:
        extract.use(mapping.keys.person)
    links, lost = _links(mapping, usable, compiled, extract)
    unavailable |= lost
    linked = {link.variable for link in links}
    available = {
        name: _available(rule, compiled.get(name))
        for name, rule in usable.items()
        if name in compiled or name in linked
    }
    warnings = extract.renaming(str(mapping.path))
    return Harmoniser(
        columns=tuple(extract.used),
        available=available,
        unavailable=unavailable,
        expressions=[expr for name, done in compiled.items() for expr in _named(name, done)],
        unmapped={
            name: (done.unmapped, _shown_columns(usable[name], extract))
            for name, done in compiled.items()
            if usable[name].sources
        },
        sample=facts.sample,
        country=facts.country,
        year=facts.year,
        include=include,
        through=links,
        renamed=dict(extract.renamed),
        findings=(*warnings, *label_findings(usable.values(), extract, labels or {})),
    )


def _rule_of(rule: Any) -> Rule:
    found = getattr(rule, "rule", rule)
    assert isinstance(found, Rule)
    return found


def _include(mapping: Mapping) -> Condition | None:
    if mapping.include is None:
        return None
    condition, findings = parse_condition(mapping.include.condition, mapping.include.path)
    if condition is None:
        from harmonize.errors import MappingError

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
            unavailable[name] = f"the extract has no column {', '.join(lacking)}"
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


def _narrow(
    mapping: Mapping, rules: dict[str, Rule], compiled: dict[str, Compiled], country: pl.Expr
) -> dict[str, str]:
    """Apply `others` of a universe. A universe of some births without it makes a citizenship unavailable."""
    unavailable: dict[str, str] = {}
    values: dict[str, pl.Expr] = {name: compiled[name].value for name in ("nativity", "sex", "age") if name in compiled}
    if "country_of_birth" in compiled:
        by_birthplace = nativity_of(compiled["country_of_birth"].value, mapping.sample, country)
        if "nativity" in values:  # a sample of a pool that was not asked it
            own = values["nativity"]
            there = (own != NOT_APPLICABLE).fill_null(False)
            by_birthplace = pl.when(there).then(own.cast(pl.String)).otherwise(by_birthplace)
        values["nativity"] = by_birthplace
    for name, rule in rules.items():
        if name not in compiled:
            continue
        if "others" not in rule.universe:
            if name == "citizenship_status" and rule.universe.get("nativity") == "foreign_born":
                unavailable[name] = "only the foreign-born were asked, and no `others` says what the others are"
        else:
            beyond = outside(rule.universe, values)
            if beyond is None:
                unavailable[name] = "its universe needs a variable that this extract does not have"
            else:
                compiled[name] = with_others(rule.universe, beyond, compiled[name], rule.variable)
    for name in unavailable:
        del compiled[name]
    return unavailable


def _links(
    mapping: Mapping, rules: dict[str, Rule], compiled: dict[str, Compiled], extract: ExtractColumns
) -> tuple[list[Link], dict[str, str]]:
    links: list[Link] = []
    unavailable: dict[str, str] = {}
    for name, rule in rules.items():
        if rule.through is None:
            continue
        pointer, source = rule.through
        ref: KeyRef | None = mapping.keys.mother if pointer == "mother" else mapping.keys.father
        if ref is None or mapping.keys.person is None or not mapping.keys.household:
            unavailable[name] = f"keys gives no household, person and {pointer}"
        elif source not in compiled:
            unavailable[name] = f"{source} is not available"
        elif extract.find(ref.column) is None and rule.optional:
            unavailable[name] = f"the extract has no column {ref.column}"
        else:
            column, person = extract.use(ref.column), extract.use(mapping.keys.person)
            links.append(Link(name, column, ref.none, person, source))
    return links, unavailable


def _available(rule: Rule, done: Compiled | None) -> Available:
    reaches: frozenset[str] | None = None
    targets = getattr(rule.body, "targets", None)
    if targets is not None and rule.variable.values:
        others = [str(rule.universe["others"])] if "others" in rule.universe else []
        reaches = frozenset([*map(str, targets), *others])
    fields = {name: getattr(rule, name) for name in Rule.__dataclass_fields__}
    return Available(**fields, reaches=reaches, not_applicable=done is not None and done.na is not None)


def _named(name: str, done: Compiled) -> list[pl.Expr]:
    beside = {"na": done.na, "low": done.low, "high": done.high, "beyond": done.beyond}
    value = done.value.cast(VARIABLES[name].dtype) if VARIABLES[name].kind == "number" else done.value
    return [value.alias(name), *(e.alias(f"{name}__{key}") for key, e in beside.items() if e is not None)]


def _filled(expr: pl.Expr) -> pl.Expr:
    variable = VARIABLES.get(expr.meta.output_name())
    return expr.fill_null(pl.lit(UNKNOWN, dtype=variable.dtype)) if variable and variable.values else expr


def _shown_columns(rule: Rule, extract: ExtractColumns) -> tuple[str, ...]:
    found = (extract.first(source) for source in rule.sources)
    return tuple(dict.fromkeys(column for column in found if column))
