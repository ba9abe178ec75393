"""What is counted of the rows beside the tables: unknowns, contradictions, unmapped codes, who was not asked."""

from __future__ import annotations

from collections.abc import Mapping

import polars as pl

from harmonize.ledger import Ledger
from harmonize.rules.harmoniser import Harmoniser
from harmonize.rules.number import top_code
from harmonize.sample_plan import SamplePlan
from harmonize.schema.variable import UNKNOWN
from harmonize.tabulate.tables import BASES


def count_unmapped(frame: pl.DataFrame, harmoniser: Harmoniser, ledger: Ledger) -> None:
    """Add the codes that the mapping says nothing about, of the rows that reach their rule."""
    unmapped = harmoniser.unmapped
    if not unmapped:
        return
    hit = frame.select(pl.col(f"_unmapped_{name}").any() for name in unmapped).row(0)
    for (name, (_, columns)), found in zip(unmapped.items(), hit, strict=True):
        if found:
            ledger.add_unmapped(frame, name, columns, f"_unmapped_{name}")


def count(
    frame: pl.DataFrame,
    plan: SamplePlan,
    harmoniser: Harmoniser,
    ledger: Ledger,
    *,
    dwellings: bool,
    further: Mapping[str, pl.Expr] | None = None,
) -> None:
    """Add the counts of included persons, by sample. frame: derived rows with `_include`, of one plan.

    dwellings: a row stands for `_persons`. further: contradictions beside those of the plan.
    """
    contradictions, types = {**plan.contradictions, **(further or {})}, frame.schema
    counts: dict[str, pl.Expr] = {f"contradiction:{name}": expr for name, expr in contradictions.items()}
    for name in sorted(plan.columns):
        if isinstance(types[name], pl.Enum):
            counts[f"unknown:{name}"] = pl.col(name) == UNKNOWN
    numbers = [name for name in sorted(plan.columns) if types[name] == pl.Float64]
    for name in numbers:
        na = pl.col(f"{name}__na") if f"{name}__na" in types else pl.lit(False)
        counts[f"missing:{name}:not_applicable"] = na
        counts[f"missing:{name}:unknown"] = pl.col(name).is_null() & ~na.fill_null(False)
        top = top_code(harmoniser.available[name].body)
        if top is not None:
            counts[f"top:{name}"] = pl.col(name) >= top
    for key, mask in plan.masks.items():
        counts[f"narrowed:{key[0]}:{key[1]}"] = mask.narrowed
    for basis in plan.bases:
        column, as_status = BASES[basis]
        migrants = [value for value, status in as_status.items() if status == "migrant"]
        counts[f"known:{basis}"] = pl.col(column).cast(pl.String).is_in(list(as_status))
        counts[f"migrants:{basis}"] = pl.col(column).cast(pl.String).is_in(migrants)
    counted = {name: expr.fill_null(False) & pl.col("_include") for name, expr in counts.items()}
    counted["persons"] = pl.col("_include")
    if dwellings:
        counted = {name: expr * pl.col("_persons") for name, expr in counted.items()}
    counted["excluded"] = ~pl.col("_include")
    ledger.add(frame, counted)
