"""A mapping compiled for one extract: expressions from source columns to the common schema."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from collections.abc import Mapping as MappingOf
from dataclasses import dataclass, field
from functools import cached_property

import polars as pl

from harmonize.distinct.group import Group, grouped
from harmonize.distinct.memory import Memory
from harmonize.distinct.rows import Rows
from harmonize.errors import Finding
from harmonize.mapping.model import Mapping
from harmonize.rules.codebook_labels import label_findings
from harmonize.rules.condition_expr import condition_expr
from harmonize.rules.extract_columns import ExtractColumns, source_column
from harmonize.rules.fit import Link, beyond_reach, fit, links
from harmonize.rules.nativity_of import nativity_of
from harmonize.rules.pointed import add_through, nobody_of
from harmonize.rules.rule import Compiled, Rule, Source
from harmonize.rules.sample_facts import sample_facts
from harmonize.rules.universe import outside, with_others
from harmonize.schema import VARIABLES
from harmonize.schema.variable import NOT_APPLICABLE, UNKNOWN


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
    def read(self) -> frozenset[str]:
        """The columns of the extract that the expressions read."""
        return frozenset(name for group in self._groups for name in group.columns)

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
    fitted = fit(mapping, extract)
    usable, condition = fitted.rules, fitted.include
    facts = sample_facts(mapping, extract, fitted.lookups)
    compiled = {name: rule.compile(extract) for name, rule in usable.items() if rule.body is not None}
    beyond = beyond_reach(usable)
    _narrow(mapping, usable, compiled, facts.country, beyond)
    include = None
    if condition is not None:
        include = condition_expr(condition, lambda name: extract.cell(Source((name,)), None))
    replicate = mapping.design.replicate
    for name in (*mapping.design.columns, *mapping.keys.household, *(replicate.columns if replicate else ())):
        extract.use(name)
    if mapping.keys.person:
        extract.use(mapping.keys.person)
    through, lost = links(mapping, usable, compiled, extract)
    linked = {link.variable for link in through}
    available = {
        name: _available(rule, compiled.get(name))
        for name, rule in usable.items()
        if name in compiled or name in linked
    }
    warnings = extract.renaming(str(mapping.path))
    return Harmoniser(
        columns=tuple(extract.used),
        available=available,
        unavailable={**fitted.unavailable, **beyond, **lost},
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
        through=through,
        renamed=dict(extract.renamed),
        findings=(*warnings, *label_findings(usable.values(), extract, labels or {})),
    )


def _narrow(
    mapping: Mapping, rules: dict[str, Rule], compiled: dict[str, Compiled], country: pl.Expr, beyond: Collection[str]
) -> None:
    """Apply `others` of a universe, and take out what is beyond reach."""
    values: dict[str, pl.Expr] = {name: compiled[name].value for name in ("nativity", "sex", "age") if name in compiled}
    if "country_of_birth" in compiled:
        by_birthplace = nativity_of(compiled["country_of_birth"].value, mapping.sample, country)
        if "nativity" in values:  # a sample of a pool that was not asked it
            own = values["nativity"]
            there = (own != NOT_APPLICABLE).fill_null(False)
            by_birthplace = pl.when(there).then(own.cast(pl.String)).otherwise(by_birthplace)
        values["nativity"] = by_birthplace
    for name in beyond:
        del compiled[name]
    for name, done in compiled.items():
        rule = rules[name]
        if "others" in rule.universe:
            compiled[name] = with_others(rule.universe, outside(rule.universe, values), done, rule.variable)


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
