"""Runs of made persons, whose quality is known by hand."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any

import polars as pl
import pytest

from harmonize import pipeline

MAPPING = """
mapping: my/quality
version: 1.0.0
title: Quality
source: {{producer: Office}}
sample: {{id: S, country: CHL, year: 2020}}
design: {{person_weight: W, weight_decimals: 1}}
keys: {{household: HH}}
variables:
  sex: {{from: SEX, codes: {{male: 1, female: 2, unknown: 9}}}}
  age: {age}
  nativity: {{from: NAT, codes: {{native_born: 1, foreign_born: 2, unknown: 9}}}}
  electricity: {{from: ELEC, codes: {{"yes": 1, "no": 2, unknown: 9, not_applicable: 0}}}}
"""
SINGLE = "{from: AGE, number: {}, missing: {unknown: 999}}"


def persons(count: int, **columns: Any) -> list[dict[str, Any]]:
    """Persons alike but for what is a list; each is a household unless said."""
    row = {"HH": None, "W": 1, "SEX": [1, 2], "AGE": list(range(90)), "NAT": 1, "ELEC": 1, **columns}
    return [
        {name: value[i % len(value)] if isinstance(value, list) else value for name, value in row.items()}
        for i in range(count)
    ]


@pytest.fixture
def quality(tmp_path: Path) -> Callable[..., dict[tuple[str, str, str], dict[str, Any]]]:
    """`quality(rows)` is the table by measure, variable and status."""

    def call(
        rows: Sequence[dict[str, Any]],
        protect: Any = "none",
        age: str = SINGLE,
        chunk_size: int = 100,
        only: str = "",
    ) -> dict[tuple[str, str, str], dict[str, Any]]:
        mapping = MAPPING.format(age=age)
        if only:  # of a mapping without weights
            mapping = mapping.replace("person_weight: W, weight_decimals: 1", "weight_kind: none")
            mapping += f"include: {{if: {only!r}, reason: residents}}\n"
        (tmp_path / "m.yaml").write_text(mapping, encoding="utf-8")
        named = [row | {"HH": i + 1 if row["HH"] is None else row["HH"]} for i, row in enumerate(rows)]
        pl.DataFrame(named, infer_schema_length=None).write_csv(tmp_path / "data.csv")
        pipeline.run(
            str(tmp_path / "m.yaml"), [tmp_path / "data.csv"], tmp_path / "out", protect=protect, chunk_size=chunk_size
        )
        table = pl.read_csv(tmp_path / "out" / "quality.csv", infer_schema_length=None)
        return {(row["measure"], row["variable"], row["status"]): row for row in table.iter_rows(named=True)}

    return call
