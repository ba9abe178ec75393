"""A survey that asks nearly everything: each number of a run is the share that the masks give of its persons."""

from __future__ import annotations

import importlib.util
import random
import sys
from pathlib import Path

import polars as pl
import pytest
from click.testing import CliRunner

from harmonize.cli import main
from harmonize.indicators import measured_series, series_masks
from harmonize.schema import VARIABLES

HERE = Path(__file__).parent
_spec = importlib.util.spec_from_file_location("sample_of_all_series", HERE / "sample_of.py")
assert _spec is not None
assert _spec.loader is not None
sample_of = importlib.util.module_from_spec(_spec)
sys.modules["sample_of_all_series"] = sample_of
_spec.loader.exec_module(sample_of)

# what a category would make unavailable, and means of amounts, are the business of other tests
WITHOUT = {"piped", "not_piped", "sewer_or_septic", "no_sewer_or_septic", "secondary", "self_employed"}
SHARES = [series for series in measured_series() if series.amount is None and series.levels]
NAMES = sorted({name for series in SHARES for name in series.variables})
HEAD = """
mapping: made
version: 1.0.0
title: A survey that asks nearly everything
source: {producer: made, citation: made, documentation: made, checked_on: "2026-11-24"}
sample: {id: ABC_2020, country: MEX, year: 2020, population_base: de_jure, kind: survey}
design: {weight_kind: none}
keys: {household: household, person: person}
variables:
  nativity: {from: nativity, codes: {native_born: native_born, foreign_born: foreign_born}, concept: birthplace}
"""


def _answers(name: str) -> list[object]:
    numbers = {"height_for_age_z": (-7, 3), "hours_worked_week": (0, 60), "chores_hours_week": (0, 40), "rooms": (1, 4)}
    if VARIABLES[name].kind == "number":
        low, high = numbers.get(name, (1, 70))
        return [None, "not_applicable", *range(low, high)]
    if VARIABLES[name].kind == "text":
        return ["2211", "2221", "2222", "2261", "2262", "3221", "9999", "unknown", "not_applicable"]
    return sorted(set(VARIABLES[name].values) - WITHOUT)


def _weights(name: str) -> list[float]:
    """Few persons have something unknown, or were not asked: else most series would leave out more than half."""
    values = _answers(name)
    return [0.005 * len(values) if value in (None, "unknown", "not_applicable") else 1.0 for value in values]


def _rule(name: str) -> str:
    if VARIABLES[name].kind == "number":
        return f"  {name}: {{from: {name}, number: {{}}, missing: {{not_applicable: blank, unknown: 999}}}}"
    codes = ", ".join(f'"{value}": "{value}"' for value in _answers(name))
    stated = ", classification: isco_08" if name == "occupation_detail" else ""
    return f"  {name}: {{from: {name}, codes: {{{codes}}}{stated}}}"


@pytest.fixture(scope="module")
def rows():
    chance = random.Random("all series")
    made = {name: chance.choices(_answers(name), _weights(name), k=3_000) for name in NAMES}
    return [dict(zip(made, answers, strict=True)) for answers in zip(*made.values(), strict=True)]


@pytest.fixture(scope="module")
def estimates(rows, tmp_path_factory):
    folder = tmp_path_factory.mktemp("all_series")
    (folder / "made.yaml").write_text(HEAD.lstrip() + "\n".join(map(_rule, NAMES)) + "\n")
    written = [
        {
            name: 999 if value is None else "" if value == "not_applicable" and is_number else value
            for name, value in row.items()
            for is_number in (VARIABLES[name].kind == "number",)
        }
        for row in rows
    ]
    columns = {name: [str(row[name]) for row in written] for name in NAMES}
    numbered = [str(number) for number in range(len(rows))]
    native = ["native_born" if number % 3 else "foreign_born" for number in range(len(rows))]
    frame = pl.DataFrame({"household": numbered, "person": numbered, "nativity": native, **columns})
    frame.write_csv(folder / "made.csv")
    arguments = [str(folder / "made.yaml"), str(folder / "made.csv"), "-o", str(folder / "out"), "--protect", "none"]
    result = CliRunner().invoke(main, ["run", *arguments])
    assert result.exit_code == 0, result.output
    found = pl.read_csv(folder / "out" / "estimates.csv", infer_schema_length=None)
    whole = found.filter((pl.col("disaggregation") == "total") & (pl.col("statistic") == "level"))
    return {(row["indicator"], row["series"]): row for row in whole.iter_rows(named=True)}


def test_every_share_of_a_run_is_that_of_its_masks(rows, estimates):
    codes = {"reaches": frozenset(_answers("occupation_detail")), "options": {"classification": "isco_08"}}
    has = sample_of.sample(*NAMES, without=WITHOUT, occupation_detail=codes)
    people = sample_of.people(rows, has)
    masks = series_masks(SHARES, has)
    assert len(masks) > 64  # more than the bits of a word
    assert set(masks) == set(estimates)
    for key, mask in masks.items():
        counts = people.select(**mask.named).sum()
        universe, numerator = counts["universe"].item(), counts["numerator"].item()
        factor = {"percent": 100, "per_10000": 10_000, "per_100000": 100_000}[estimates[key]["unit"]]
        assert 0 < numerator < universe, key
        assert estimates[key]["n"] == universe, key
        assert estimates[key]["estimate"] == pytest.approx(factor * numerator / universe), key
