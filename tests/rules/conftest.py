"""A small mapping around the variables a test is about, run on a few rows."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from textwrap import indent
from typing import Any

import polars as pl
import pytest

from harmonize.distinct.memory import Memory
from harmonize.errors import Finding
from harmonize.mapping import load_mapping
from harmonize.mapping.located import Block, load_located_text
from harmonize.mapping.model import Mapping
from harmonize.rules.harmoniser import Harmoniser, compile_mapping
from harmonize.rules.lookups import LookupLoader
from harmonize.rules.parse import parse_rule
from harmonize.schema import VARIABLES
from harmonize.schema.variable import UNKNOWN
from tests.by_hand.engine import assert_same

HEAD = """\
mapping: made
version: 1.0.0
title: Made for a test
source: {producer: nobody, citation: none, documentation: none, checked_on: "2026-11-24"}
"""
REST = """\
sample: {country: MEX, year: 2020}
design: {weight_kind: none}
"""

Rows = dict[str, list[str | None]]


def remembering(harmoniser: Harmoniser, frame: pl.DataFrame) -> Memory:
    """A memory of the same rows in another order, the last of them first, two at a time."""
    memory = Memory()
    for start in range(0, frame.height, 2):
        harmoniser.harmonised(frame.reverse()[start : start + 2], memory)
    return memory


class Made:
    """Builds mappings in a folder, and applies them to rows of text."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        (folder / "lookups").mkdir()

    def lookup(self, name: str, text: str) -> None:
        (self.folder / "lookups" / f"{name}.yaml").write_text(text, encoding="utf-8")

    def mapping(self, variables: str, rest: str = REST) -> Mapping:
        path = self.folder / "made.yaml"
        path.write_text(HEAD + rest + "variables:\n" + indent(variables, "  "), encoding="utf-8")
        return load_mapping(str(path))

    def harmoniser(self, variables: str, rows: Rows, rest: str = REST, **facts: Any) -> Harmoniser:
        return compile_mapping(self.mapping(variables, rest), list(rows), **facts)

    def apply(self, variables: str, rows: Rows, rest: str = REST, **facts: Any) -> dict[str, list[Any]]:
        """What comes out by the expressions; that `harmonised` and `by_hand` give the same is checked each time."""
        harmoniser = self.harmoniser(variables, rows, rest, **facts)
        frame = pl.DataFrame(rows, schema=dict.fromkeys(rows, pl.String))
        named = [expr.alias(f"_unmapped_{name}") for name, (expr, _) in harmoniser.unmapped.items()]
        include = [] if harmoniser.include is None else [harmoniser.include.alias("_include")]
        sample = (harmoniser.sample, harmoniser.country, harmoniser.year)
        out = frame.with_columns(*sample, *include, *named, *harmoniser.expressions)
        own = [expr.meta.output_name() for expr in harmoniser.expressions]
        words = [name for name in own if name in VARIABLES and VARIABLES[name].values]
        told = out.with_columns(pl.col(name).fill_null(UNKNOWN) for name in words)
        households = frame.with_columns(_hh=pl.int_range(pl.len(), dtype=pl.UInt32))
        for memory in (Memory(), remembering(harmoniser, households)):
            assert harmoniser.harmonised(households, memory).frame(told.columns).equals(told)
        persons = [dict(zip(rows, cells, strict=True)) for cells in zip(*rows.values(), strict=True)]
        assert_same(self.mapping(variables, rest), list(rows), [[person] for person in persons], facts.get("numeric"))
        return out.to_dict(as_series=False)

    def findings(self, variable: str, where: str = "made.yaml") -> list[Finding]:
        """The findings of one rule, written `name: {...}`."""
        value, found = load_located_text(variable, where)
        assert not found, found
        assert isinstance(value, Block)
        (name, body), *_ = value.items()
        return parse_rule(name, body, LookupLoader(self.folder / "made.yaml"), where)[1]  # type: ignore[arg-type]

    def finding(self, variable: str) -> tuple[str, int, str]:
        """Code, column and message of the only finding."""
        (finding,) = self.findings(variable)
        return finding.code, finding.column, finding.message


@pytest.fixture
def made(tmp_path: Path) -> Callable[..., Any] | Made:
    return Made(tmp_path)
