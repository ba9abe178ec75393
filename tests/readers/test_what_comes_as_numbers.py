"""Which columns of an extract come as numbers, by what the mapping does with them."""

from __future__ import annotations

from pathlib import Path
from types import SimpleNamespace

import polars as pl
from made_files import ddi, write

from harmonize.distinct.values import Numbers
from harmonize.mapping.model import Design, Fpc
from harmonize.plan import Plan
from tests import unprotected

MAPPING = """
mapping: my/persons
version: 1.0.0
title: Persons
source: {producer: Office}
sample: {country: MEX, year: 2015}
design: {person_weight: W, weight_decimals: 0, stratum: S, fpc: {column: N}}
keys: {household: [N, ID]}
variables:
  nativity: {from: BORN, codes: {native_born: 1, foreign_born: 2}}
  electricity: {from: ELEC, codes: {yes: 5, no: 7, unknown: 9}}
  living_quarters: {from: ELEC, codes: {private_household: [5, 7, 9]}}
"""
FIELDS = (("N", 1, 4, 0), ("ID", 5, 3, 0), ("W", 8, 2, 0), ("S", 10, 1, 0), ("BORN", 11, 1, 0), ("ELEC", 12, 1, 0))


def test_a_name_that_is_reckoned_with_too_comes_as_text() -> None:
    # `017` is a name of its own, and 17 as a number
    design = Design(person_weight="W", stratum=("S",), cluster=("C",), fpc=Fpc(column="H"))
    mapping = SimpleNamespace(design=design, keys=SimpleNamespace(household=("H", "N")))
    plan = SimpleNamespace(mapping=mapping, harmoniser=SimpleNamespace(columns={"A", "H"}, read={"A"}))
    found = Plan.as_numbers.func(plan)  # type: ignore[attr-defined]
    assert found == (frozenset("A"), frozenset("NSC"), frozenset("W"))


def test_a_correction_that_is_a_part_of_the_households_name_is_one_number_in_every_format(tmp_path: Path) -> None:
    rows = [
        (f"{400 + 100 * (i // 80):04}", f"{i // 2:03}", f"{i % 30 + 1:2}", f"{i // 80}", "112"[i % 3], "579"[i % 3])
        for i in range(160)
    ]
    (tmp_path / "m.yaml").write_text(MAPPING, encoding="utf-8")
    names = [name for name, *_ in FIELDS]
    ddi(tmp_path / "x.xml", FIELDS)
    write(tmp_path / "x.dat", "".join("".join(row) + "\n" for row in rows))
    write(tmp_path / "y.csv", "".join(",".join(row) + "\n" for row in [names, *rows]))
    fixed, texts = (
        unprotected.run(str(tmp_path / "m.yaml"), [tmp_path / name], tmp_path / name[0]).estimates
        for name in ("x.dat", "y.csv")
    )
    assert fixed["se"].drop_nulls().len() > 0
    assert fixed.equals(texts)


def test_numbers_beyond_all_whole_numbers_are_told_apart_row_by_row() -> None:
    column = pl.Series([1e19, 1e19, -(2.0**63)])
    assert Numbers(column.dtype).codes(column) is None
