"""Where a harmonised value comes from: the codes behind it, with labels, and how many persons have each."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import polars as pl

from harmonize.gather import naming
from harmonize.mapping.model import Mapping as MappingFile
from harmonize.readers import Extract, open_extract
from harmonize.readers.blocks import sound
from harmonize.rules.harmoniser import compile_mapping
from harmonize.schema.variable import NOT_APPLICABLE, UNKNOWN, Variable
from harmonize.unmapped import FEW, VALUES
from harmonize.variable_named import variable_of

Row = tuple[tuple[str, ...], str, str, int]
NUMBERS = "any"  # what stands for the codes of a number
NUMBER = "a number"
UNMAPPED = "(not mapped)"


@dataclass(frozen=True)
class Seen:
    """columns: the source columns. rows: their codes, the label of one column, the value, persons (unweighted).

    Sorted by value in the order of the schema, then by code; what the mapping lacks last.
    """

    columns: tuple[str, ...]
    rows: list[Row]


def seen_in(
    name: str,
    mapping: MappingFile,
    data: Sequence[Path],
    *,
    households: Sequence[Path] | None = None,
    codebook: Path | None = None,
) -> Seen | None:
    """Which codes of an extract become which value; None where the extract has not the variable, or it is another's.

    Raises a HarmonizeError with the exit code of the contract.
    """
    variable = variable_of(name, mapping)
    extract = open_extract(list(data), mapping.read, codebook, households, mapping.keys.household)
    mapping, _ = mapping.lacking(extract.columns)
    with naming(extract):
        harmoniser = compile_mapping(
            mapping, extract.columns, numeric=extract.numeric, decimals=extract.decimals, labels=extract.labels
        )
    if name not in harmoniser.unmapped:
        return None
    said = {expr.meta.output_name(): expr for expr in harmoniser.expressions}
    flag, columns = harmoniser.unmapped[name]
    value = said[name]
    if variable.kind == "number":
        value = _in_words(value, said.get(f"{name}__na", pl.lit(False)))
    counted = _counted(extract, columns, value, flag, variable)
    labels = extract.labels.get(columns[0], {}) if len(columns) == 1 else {}
    return Seen(tuple(columns), sorted(_codes_alone(_rows(counted, columns, labels)), key=_order(variable)))


def _in_words(number: pl.Expr, not_applicable: pl.Expr) -> pl.Expr:
    """`a number`, or which of the two a missing one is."""
    missing = pl.when(not_applicable).then(pl.lit(NOT_APPLICABLE)).otherwise(pl.lit(UNKNOWN))
    return pl.when(number.is_not_null()).then(pl.lit(NUMBER)).otherwise(missing)


def _counted(
    extract: Extract, columns: Sequence[str], value: pl.Expr, flag: pl.Expr, variable: Variable
) -> pl.DataFrame:
    """The codes as `0`, `1`, ..., `value` (String) and `persons`. Of a number only what is none keeps its code."""
    codes = [pl.col(name).str.strip_chars().fill_null("").alias(str(i)) for i, name in enumerate(columns)]
    needed = dict.fromkeys([*columns, *value.meta.root_names(), *flag.meta.root_names()])
    rows = extract.scan(list(needed)).select(
        *codes, value=pl.when(flag).then(pl.lit(UNMAPPED)).otherwise(value.cast(pl.String).fill_null(UNKNOWN))
    )
    if variable.kind == "number":
        number = pl.col("value") == NUMBER
        rows = rows.with_columns(
            pl.when(number).then(pl.lit(NUMBERS)).otherwise(str(i)).alias(str(i)) for i in range(len(columns))
        )
    with sound([*extract.files, *extract.households_files]):
        return rows.group_by(pl.all()).agg(persons=pl.len()).collect(engine="streaming")


def _rows(counted: pl.DataFrame, columns: Sequence[str], labels: Mapping[str, str]) -> list[Row]:
    found = []
    for *codes, value, persons in counted.iter_rows():
        shown = tuple(code or "blank" for code in codes)
        found.append((shown, labels.get(codes[0], ""), value, persons))
    return found


def _codes_alone(rows: list[Row]) -> list[Row]:
    """Unmapped and unlabelled codes of few persons each, if they are many, as one row: they are persons' values."""
    own = [row for row in rows if row[2] == UNMAPPED and not row[1] and row[3] < FEW]
    if len(own) <= VALUES:
        return rows
    kept = [row for row in rows if row not in own]
    codes = (f"({len(own)} values of few persons each)", *("" for _ in own[0][0][1:]))
    return [*kept, (codes, "", UNMAPPED, sum(row[3] for row in own))]


def _order(variable: Variable) -> Any:
    place = {name: i for i, name in enumerate(variable.values or (NUMBER, UNKNOWN, NOT_APPLICABLE))}

    def key(row: tuple[tuple[str, ...], str, str, int]) -> tuple[object, ...]:
        codes, _, value, _ = row
        number = tuple((0, float(code), "") if code.lstrip("-").isdigit() else (1, 0.0, code) for code in codes)
        return value == UNMAPPED, place.get(value, len(place)), value, number

    return key
