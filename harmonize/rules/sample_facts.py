"""Country, year and sample of each row: constants of the mapping, or columns of the extract."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from harmonize.errors import MappingError, OtherExtractError
from harmonize.lazily import pl
from harmonize.mapping.located import Text
from harmonize.mapping.model import FromColumn, Mapping
from harmonize.rules.cells import table
from harmonize.rules.extract_columns import ExtractColumns, source_column
from harmonize.rules.lookups import Lookup, LookupLoader
from harmonize.rules.rule import Source
from harmonize.rules.source_codes import Code

if TYPE_CHECKING:
    from harmonize.distinct.rows import Rows


@dataclass(frozen=True)
class SampleFacts:
    """Expressions named `_sample` (String), `_country` (String, alpha-3) and `_year` (Int32).

    Null where a row's column is blank or its code is not in the fact's codes or lookup.
    """

    sample: pl.Expr
    country: pl.Expr
    year: pl.Expr


def read_fact_lookups(mapping: Mapping) -> dict[str, Lookup]:
    """The lookups that the sample section names. MappingError where one can't be read."""
    loader = LookupLoader(mapping.path)
    found: dict[str, Lookup] = {}
    for _, fact in mapping.sample.from_columns:
        if fact.lookup:
            lookup, findings = loader.load(Text(fact.lookup), str(mapping.path))
            if lookup is None and fact.lookup not in found:
                raise MappingError(f"{mapping.id}: the lookup {fact.lookup} of sample can't be read", findings)
            if lookup is not None:
                found[fact.lookup] = lookup
    return found


def fact_entries(fact: FromColumn, lookups: dict[str, Lookup]) -> list[tuple[Sequence[Code], str]]:
    """What translates a fact's column, as (codes, our value); nothing where its cells are the fact."""
    if fact.lookup:
        return [(codes, str(target)) for target, codes in lookups[fact.lookup].targets]
    return [(codes, target) for target, codes in fact.codes]


def fact_codes(fact: FromColumn, lookups: dict[str, Lookup]) -> list[Code]:
    """All codes that translate a fact's column; none where its cells are the fact."""
    return [code for codes, _ in fact_entries(fact, lookups) for code in codes]


def sample_facts(mapping: Mapping, columns: ExtractColumns, lookups: dict[str, Lookup]) -> SampleFacts:
    """The expressions for an extract. OtherExtractError where a column is missing."""

    def text(fact: str | int | FromColumn) -> pl.Expr:
        if not isinstance(fact, FromColumn):
            return pl.lit(str(fact))
        cell = columns.cell(Source(fact.columns), None)
        if not fact.lookup and not fact.codes:
            return pl.when(~cell.blank).then(cell.stripped)
        return table(cell, fact_entries(fact, lookups), pl.String())

    country = text(mapping.sample.country)
    year = mapping.sample.year
    if isinstance(year, FromColumn) and not year.lookup and not year.codes:
        number = columns.cell(Source(year.columns), "number").number
        year_expr = number.cast(pl.Int32, strict=False)
    else:
        year_expr = text(year).cast(pl.Int32, strict=False)
    if mapping.sample.id is None:
        sample = pl.concat_str(country, pl.lit("_"), year_expr.cast(pl.String))
    else:
        sample = text(mapping.sample.id)
    return SampleFacts(sample.alias("_sample"), country.alias("_country"), year_expr.alias("_year"))


def check_facts(mapping: Mapping, rows: Rows) -> None:
    """OtherExtractError where a row has no sample, country or year: the column, and what the mapping knows.

    rows: with `_sample`, `_country`, `_year`. No cell is shown: one may be a serial number.
    """
    lines: list[str] = []
    helps: dict[str, None] = {}
    told: tuple[str, frozenset[str]] | None = None
    for name, fact in mapping.sample.from_columns:
        if not rows.any_null(f"_{'sample' if name == 'id' else name}"):
            continue
        column = " or ".join(fact.columns)
        if fact.absent:
            column += f" (the extract has no {' or '.join(fact.absent)})"
        if fact.codes:
            told = fact.columns[0], frozenset(_cells(fact, rows))
            lines.append(f"{column} holds a code that sample.{name} does not know; it knows {_listed(fact)}")
            helps[
                f"another file or year? Compare its codebook with the mapping, then add its code to sample.{name}"
            ] = None
        elif fact.lookup:
            lines.append(f"{column} holds a code that the lookup {fact.lookup} of sample.{name} does not know")
            helps[f"add the code to the lookup {fact.lookup}, once you know what it is"] = None
        else:
            lines.append(f"{column} gives a row no {name}: it is blank{', or not a number' if name == 'year' else ''}")
            helps["every row must say which sample it belongs to"] = None
    if lines:
        error = OtherExtractError("\n".join(lines), "; ".join(helps))
        error.told = told
        raise error


def codes_told(mapping: Mapping, rows: Rows) -> set[tuple[str, str, str]]:
    """(fact, our value, code) of the rows, for the facts whose codes stand together."""
    found: set[tuple[str, str, str]] = set()
    for name, fact in mapping.sample.from_columns:
        if fact.together:
            seen = _cells(fact, rows)
            numbers = set(pl.Series(list(seen), dtype=pl.String).cast(pl.Float64, strict=False).drop_nulls())
            for target, codes in fact.codes:
                found |= {(name, target, code.text) for code in codes if code.text in seen or code.low in numbers}
    return found


def check_together(mapping: Mapping, told: set[tuple[str, str, str]]) -> None:
    """OtherExtractError where an extract has some of the codes of a value, and not all that stand together.

    told: what `codes_told` found in all rows. So a file of one year is not taken for one of five.
    """
    for name, fact in mapping.sample.from_columns:
        for target, codes in fact.codes if fact.together else ():
            there = [code.text for code in codes if (name, target, code.text) in told]
            if there and len(there) < len(codes):
                error = OtherExtractError(
                    f"{' or '.join(fact.columns)} holds {', '.join(there)}, and not all of the {len(codes)} codes that "
                    f"stand together for sample.{name} {target}: {', '.join(code.text for code in codes)}",
                    "a file of one year, where the mapping is of several? `harmonize mappings` lists the one for it. "
                    "A part of a file? Take all of its years",
                )
                error.told = fact.columns[0], frozenset(there)
                raise error


def _cells(fact: FromColumn, rows: Rows) -> set[str]:
    """What stands in the columns of a fact, each once, without spaces around."""
    cells = pl.concat([rows.series(source_column(column)).cast(pl.String) for column in fact.columns]).unique()
    return {cell.strip() for cell in cells if cell is not None}


def _listed(fact: FromColumn) -> str:
    return ", ".join(f"{target} ({', '.join(code.text for code in codes)})" for target, codes in fact.codes)
