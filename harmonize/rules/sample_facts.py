"""Country, year and sample of each row: constants of the mapping, or columns of a pooled extract."""

from __future__ import annotations

from dataclasses import dataclass

import polars as pl

from harmonize.errors import MappingError
from harmonize.mapping.located import Text
from harmonize.mapping.model import FromColumn, Mapping
from harmonize.rules.cells import table
from harmonize.rules.extract_columns import ExtractColumns
from harmonize.rules.lookups import Lookup, LookupLoader
from harmonize.rules.rule import Source


@dataclass(frozen=True)
class SampleFacts:
    """Expressions named `_sample` (String), `_country` (String, alpha-3) and `_year` (Int32).

    Null where a row's column is blank or its code is not in the lookup.
    """

    sample: pl.Expr
    country: pl.Expr
    year: pl.Expr


def read_fact_lookups(mapping: Mapping) -> dict[str, Lookup]:
    """The lookups that the sample section names. MappingError where one can't be read."""
    loader = LookupLoader(mapping.path)
    found: dict[str, Lookup] = {}
    for fact in (mapping.sample.id, mapping.sample.country, mapping.sample.year):
        if isinstance(fact, FromColumn) and fact.lookup:
            lookup, findings = loader.load(Text(fact.lookup), str(mapping.path))
            if lookup is None and fact.lookup not in found:
                raise MappingError(f"{mapping.id}: the lookup {fact.lookup} of sample can't be read", findings)
            if lookup is not None:
                found[fact.lookup] = lookup
    return found


def sample_facts(mapping: Mapping, columns: ExtractColumns, lookups: dict[str, Lookup]) -> SampleFacts:
    """The expressions for an extract. FitError where a column is missing."""

    def text(fact: str | int | FromColumn) -> pl.Expr:
        if not isinstance(fact, FromColumn):
            return pl.lit(str(fact))
        cell = columns.cell(Source((fact.column,)), None)
        if not fact.lookup:
            return pl.when(~cell.blank).then(cell.stripped)
        entries = [(codes, str(target)) for target, codes in lookups[fact.lookup].targets]
        return table(cell, entries, pl.String())

    country = text(mapping.sample.country)
    year = mapping.sample.year
    if isinstance(year, FromColumn) and not year.lookup:
        number = columns.cell(Source((year.column,)), "number").number
        year_expr = number.cast(pl.Int32, strict=False)
    else:
        year_expr = text(year).cast(pl.Int32, strict=False)
    if mapping.sample.id is None:
        sample = pl.concat_str(country, pl.lit("_"), year_expr.cast(pl.String))
    else:
        sample = text(mapping.sample.id)
    return SampleFacts(sample.alias("_sample"), country.alias("_country"), year_expr.alias("_year"))
