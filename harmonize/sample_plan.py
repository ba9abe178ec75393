"""What one sample can measure: its derivations, its series and their masks, its tables.

In a pooled extract samples differ in what they asked. Each gets the rules that the variables it has allow:
the country of birth decides nativity only where nativity was not asked, the longest question it has about
living abroad decides who came back, and the services it asked make up `all_asked`.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cached_property

import polars as pl

from harmonize.derivations import Context, contradictions, derivation_notes, derive
from harmonize.derivations.arrival import arrival_columns, least_stay
from harmonize.indicators.availability import Availability, Resolved, resolve
from harmonize.indicators.catalogue import SeriesMasks, masks_of
from harmonize.indicators.model import Series
from harmonize.rules.harmoniser import Harmoniser
from harmonize.tabulate.tables import BASES, Table

COMPANIONS = ("na", "low", "high")


@dataclass(frozen=True)
class SamplePlan:
    """The decisions for one sample.

    before: columns that the derivations take, made before them all. derived: variables with their expressions,
    applied one after another. columns: the harmonised and
    derived variables that it has. resolved: every series, also those it can't measure. masks: by
    (indicator, series), of those it can. concept: what its nativity means. stay: years since arrival (see
    least_stay), where a series asks who arrived before a date and the sample tells to the year.
    """

    before: list[pl.Expr]
    derived: list[tuple[str, pl.Expr]]
    columns: frozenset[str]
    contradictions: dict[str, pl.Expr]
    notes: dict[str, dict[str, str]]
    resolved: list[Resolved]
    masks: dict[tuple[str, str], SeriesMasks]
    concept: str
    stay: pl.Expr | None = None

    @classmethod
    def make(
        cls,
        harmoniser: Harmoniser,
        territories: tuple[str, ...],
        series: Sequence[Series],
        absent: frozenset[str] = frozenset(),
        unmet: frozenset[tuple[str, str]] = frozenset(),
        pooled: bool = False,
        lines: Mapping[str, float] | None = None,
    ) -> SamplePlan:
        """The plan of a sample that lacks the variables `absent` and the categories `unmet`.

        lines: poverty lines that the user gives, by indicator.

        The derivations of an extract of one sample are those of its mapping, whatever occurs in it.
        """
        linked = {link.variable for link in harmoniser.through if link.source in absent}
        lost = absent | linked
        gone = lost if pooled else frozenset()
        rules = {name: rule for name, rule in harmoniser.available.items() if name not in gone}
        context = Context.of_rules(rules, territories)
        made = {expr.meta.output_name() for expr in harmoniser.expressions}
        present = set(rules) | {f"{name}__{what}" for name in rules for what in COMPANIONS} & made
        before = arrival_columns(present, context)
        present |= {expr.meta.output_name() for expr in before}
        derived = derive(present, context)
        has = Availability.of(harmoniser).in_sample(lost, unmet if pooled else frozenset())
        has = replace(has, lines=lines or {})
        resolved = [resolve(each, has) for each in series]
        columns = frozenset(rules) | {name for name, _ in derived}
        return cls(
            before,
            derived,
            columns,
            contradictions(present, context) | _answered_beyond(rules, made),
            derivation_notes(present, context),
            resolved,
            {done.series.key: masks_of(done, has) for done in resolved if done.numerator is not None},
            context.concept(),
            least_stay(present, context) if has.tells_arrival and any(each.from_sums for each in series) else None,
        )

    @cached_property
    def definition(self) -> tuple[object, ...]:
        """What the sums of a sample rest on: two plans of one definition code every person alike."""
        series = tuple(
            (
                done.series.key,
                done.universe,
                tuple((need.variable, need.when and need.when.words) for need in done.needs),
                done.numerator and done.numerator.words,
            )
            for done in self.resolved
        )
        made = (*((name, str(expr)) for name, expr in self.derived), *(str(expr) for expr in self.before))
        return made, series, self.stay is None

    @property
    def bases(self) -> list[str]:
        """The bases on which migratory status is known here."""
        return [basis for basis, (column, _) in BASES.items() if column in self.columns]

    def has_table(self, table: Table) -> bool:
        """Whether the sample has every dimension of the table."""
        return set(table.needs) <= self.columns


def _answered_beyond(rules: Collection[str], made: Collection[str]) -> dict[str, pl.Expr]:
    """Other answers of persons who, says the mapping, were not asked: counted, as they are not used."""
    return {
        f"{name}_answered_outside_its_universe": pl.col(f"{name}__beyond")
        for name in rules
        if f"{name}__beyond" in made
    }
