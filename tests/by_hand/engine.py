"""What the engine makes of persons, as `by_hand` names it, and the question whether both come to the same."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any

import polars as pl

from harmonize.by_hand.persons import Written, by_hand
from harmonize.distinct.memory import Memory
from harmonize.errors import HarmonizeError
from harmonize.mapping.model import Mapping
from harmonize.rules.extract_columns import ExtractColumns
from harmonize.rules.harmoniser import compile_mapping
from harmonize.schema import VARIABLES

Households = Sequence[Sequence[Written]]
Came = tuple[list[dict[str, Any]], dict[str, str]]


def by_engine(mapping: Mapping, columns: Sequence[str], households: Households, numeric: set[str] | None) -> Came:
    """The same as `by_hand`, by the expressions that an extract goes through."""
    harmoniser = compile_mapping(mapping, columns, numeric)
    rows = [(i, row) for i, household in enumerate(households) for row in household]
    data = {column: [row.get(column) for _, row in rows] for column in columns}
    frame = pl.DataFrame(data, schema=dict.fromkeys(columns, pl.String))
    frame = frame.with_columns(pl.Series("_hh", [i for i, _ in rows], dtype=pl.UInt32))
    made = harmoniser.harmonised(frame, Memory())
    out = made.frame(made.names).with_columns(pl.col("_sample", "_country", "_year").cast(pl.String))
    facts = ("_sample", "_country", "_year")
    base = {name: name.removeprefix("_unmapped_").partition("__")[0] for name in out.columns}
    results = out.select(name for name in out.columns if name in facts or base[name] in harmoniser.available).to_dicts()
    own = [name for name, rule in harmoniser.available.items() if rule.through is None]
    return [_in_full(result, own) for result in results], harmoniser.unavailable


def _in_full(result: dict[str, Any], names: Sequence[str]) -> dict[str, Any]:
    """With the columns of numbers that the engine leaves out: `__na` of one that never is, both ends of exact ones."""
    numbers = [name for name in names if VARIABLES[name].kind == "number"]
    implied = [{f"{name}__na": False, f"{name}__low": result[name], f"{name}__high": result[name]} for name in numbers]
    return {key: value for each in implied for key, value in each.items()} | result


def assert_same(
    mapping: Mapping, columns: Sequence[str], households: Households, numeric: set[str] | None = None
) -> Came | None:
    """Both give the same outcomes, or the same error; returns the outcomes, None where there is an error."""

    def hand() -> Came:
        return by_hand(mapping, ExtractColumns(columns, numeric, mapping.read.decimal), households)

    ours, theirs = _told(hand), _told(lambda: by_engine(mapping, columns, households, numeric))
    if isinstance(ours, str) or isinstance(theirs, str):
        assert ours == theirs
        return None
    assert ours[1] == theirs[1]
    rows = [row for household in households for row in household]
    for row, one, other in zip(rows, ours[0], theirs[0], strict=True):
        differ = {name: (one.get(name), other.get(name)) for name in one | other if one.get(name) != other.get(name)}
        assert not differ, (mapping.id, differ, {name: row.get(name) for name in columns if row.get(name)})
        assert one.keys() == other.keys()
    return ours


def _told(ask: Callable[[], Came]) -> Came | str:
    try:
        return ask()
    except HarmonizeError as error:
        return f"{type(error).__name__}: {error.message}\n{error.help}"
