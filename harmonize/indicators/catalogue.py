"""From series to masks: five Boolean expressions over the harmonised columns of a batch.

A person counts in a series only if every variable that the series needs of this person is known, even
when some of them already decide it. A question that the form skips for this person is not needed.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import TYPE_CHECKING

from harmonize.indicators.asked import Availability
from harmonize.indicators.availability import Resolved, resolve
from harmonize.indicators.model import Need, Population, Series

if TYPE_CHECKING:
    import polars as pl


@dataclass(frozen=True)
class SeriesMasks:
    """The masks of one series, none ever null. `numerator` ⊆ `universe` ⊆ `base`.

    base: the persons whom it is, or may be, about: those known to be outside the denominator are not. left_out:
    those of them of whom something needed is unknown, be it whether they belong.
    universe: the denominator, all known. narrowed: persons who would be in the base, but were not asked.
    amount: of a series that is a mean, what a person adds to it, 0 outside the universe; never null. per: the
    same of what stands below the line, where that is not the person.
    """

    resolved: Resolved
    base: pl.Expr
    left_out: pl.Expr
    universe: pl.Expr
    numerator: pl.Expr
    narrowed: pl.Expr
    amount: pl.Expr | None = None
    per: pl.Expr | None = None

    @property
    def key(self) -> tuple[str, str]:
        """(indicator, series)."""
        return self.resolved.series.key

    @property
    def named(self) -> dict[str, pl.Expr]:
        """Mask name to expression, in the order of the fields."""
        return {
            "base": self.base,
            "left_out": self.left_out,
            "universe": self.universe,
            "numerator": self.numerator,
            "narrowed": self.narrowed,
        }


def series_masks(series_list: Iterable[Series], has: Availability) -> dict[tuple[str, str], SeriesMasks]:
    """The masks of each series that the sample can measure, by (indicator, series), in the list's order."""
    made = (resolve(series, has) for series in series_list)
    return {done.series.key: masks_of(done, has) for done in made if done.numerator is not None}


def masks_of(done: Resolved, has: Availability) -> SeriesMasks:
    """The masks of one resolved series. ValueError if it is unavailable."""
    import polars as pl

    if done.numerator is None:
        raise ValueError(f"series {done.series.key} is unavailable in this sample")
    concerned = _all([population.could() for population in done.base])
    belongs = _all([population.expr() for population in done.base])
    skipped = [_skipped(need, has) for need in done.needs if need.not_applicable == "narrow"]
    not_asked = pl.any_horizontal(skipped) if skipped else pl.lit(False)
    amount = done.series.amount
    base = concerned & ~not_asked
    known = belongs & _all([_settled(need, has) for need in done.needs])
    universe = base & known
    if (denominator := done.series.denominator) is not None:
        base = base & _may_be(denominator, done.needs, has)
        universe = universe & denominator.expr()
    return SeriesMasks(
        resolved=done,
        base=base,
        left_out=base & ~known,
        universe=universe,
        numerator=universe if done.series.decided else universe & done.numerator.expr(),
        narrowed=concerned & not_asked,
        amount=None if amount is None else pl.when(universe).then(amount.build(has)).otherwise(0.0),
        per=None if amount is None or amount.per is None else pl.when(universe).then(amount.per(has)).otherwise(0.0),
    )


def needed_columns(masks: Iterable[SeriesMasks]) -> tuple[str, ...]:
    """The harmonised columns that the masks read, `<number>__na` included, sorted."""
    read = (expr for mask in masks for expr in (*mask.named.values(), mask.amount, mask.per) if expr is not None)
    names = {name for expr in read for name in expr.meta.root_names()}
    return tuple(sorted(names))


def _all(conditions: list[pl.Expr]) -> pl.Expr:
    import polars as pl

    return pl.all_horizontal(conditions) if conditions else pl.lit(True)


def _settled(need: Need, has: Availability) -> pl.Expr:
    """The need is met: the variable is known of the person, or is not needed of this person."""
    met = _known(need, has)
    return met if need.when is None else met | ~need.when.expr()


def _known(need: Need, has: Availability) -> pl.Expr:
    import polars as pl

    column = pl.col(need.variable)
    if _is_number(need):
        known = column.is_finite().fill_null(False)
        return known | _not_applicable(need, has) if need.not_applicable in ("no", "zero") else known
    known = column.is_not_null() & (column != "unknown")
    if need.not_applicable not in ("no", "zero"):
        known = known & (column != "not_applicable")
    return known.fill_null(False)


def _may_be(population: Population, needs: Iterable[Need], has: Availability) -> pl.Expr:
    """In the population, or not known to be outside: a variable that decides it is unknown."""
    import polars as pl

    if population.parts:
        join = pl.all_horizontal if population.join == "and" else pl.any_horizontal
        return join([_may_be(part, needs, has) for part in population.parts])
    known = _all([_known(need, has) for need in needs if need.variable in population.needs])
    return population.expr() | ~known


def _skipped(need: Need, has: Availability) -> pl.Expr:
    """The variable is needed of the person's kind, but the form did not ask this person."""
    skipped = _not_applicable(need, has)
    return skipped if need.when is None else skipped & need.when.expr()


def _not_applicable(need: Need, has: Availability) -> pl.Expr:
    import polars as pl

    if _is_number(need):
        marked = has.variables[need.variable].not_applicable
        return pl.col(f"{need.variable}__na").fill_null(False) if marked else pl.lit(False)
    return (pl.col(need.variable) == "not_applicable").fill_null(False)


def _is_number(need: Need) -> bool:
    from harmonize.schema import VARIABLES

    return VARIABLES[need.variable].kind == "number"
