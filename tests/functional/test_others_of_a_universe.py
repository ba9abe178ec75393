"""Citizenship asked only of the foreign-born, in a pooled extract; the others are citizens, says the mapping."""

from __future__ import annotations

import json

import polars as pl
import pytest

from tests import unprotected

MAPPING = """
mapping: my/pool
version: 1.0.0
title: Two censuses
source: {producer: Office}
sample: {id: {from: SAMPLE}, country: CHL, year: {from: YEAR}}
design: {full_count: true}
variables:
  nativity: {from: NAT, codes: {native_born: 1, foreign_born: 2, unknown: 9}}
  country_of_birth: {from: BPL, codes: {domestic: 1, PER: 2, unknown: 9}}
  citizenship_status: {from: CIT, codes: {citizen: 1, foreign_citizen: 2}, universe: foreign_born, others: citizen}
  electricity: {from: ELEC, codes: {yes: 1, no: 2}}
"""


@pytest.fixture
def run(tmp_path):
    """`run(rows)` is n by (sample, citizenship), and the record; a row is (sample, NAT, BPL, CIT)."""

    def call(rows):
        (tmp_path / "pool.yaml").write_text(MAPPING, encoding="utf-8")
        frame = pl.DataFrame(rows, schema=["SAMPLE", "NAT", "BPL", "CIT"], orient="row")
        frame = frame.with_columns(YEAR=pl.lit("2010"), ELEC=pl.lit("1"))
        frame.write_csv(tmp_path / "persons.csv")
        result = unprotected.run(str(tmp_path / "pool.yaml"), [tmp_path / "persons.csv"], tmp_path / "out")
        levels = result.estimates.filter(
            (pl.col("disaggregation") == "citizenship_status")
            & (pl.col("indicator") == "7.1.1")
            & (pl.col("statistic") == "level")
        )
        counts = {(row["sample"], row["citizenship_status"]): row["n"] for row in levels.iter_rows(named=True)}
        return counts, json.loads((tmp_path / "out" / "private" / "run.json").read_text(encoding="utf-8"))

    return call


def test_natives_are_the_others_also_where_the_birthplace_tells_who_is_native(run):
    asked = [("a", "1", "", "")] * 5 + [("a", "2", "", "2")] * 3
    by_birthplace = [("b", "", "1", "")] * 4 + [("b", "", "2", "1")] * 2
    counts, _ = run(asked + by_birthplace)
    assert counts == {("a", "citizen"): 5, ("a", "foreign_citizen"): 3, ("b", "citizen"): 6}


def test_a_sample_that_was_not_asked_has_no_citizenship_for_what_the_others_are(run):
    asked = [("a", "1", "", "")] * 5 + [("a", "2", "", "2")] * 3
    not_asked = [("b", "1", "", "")] * 5 + [("b", "2", "", "")] * 3
    counts, record = run(asked + not_asked)
    assert counts == {("a", "citizen"): 5, ("a", "foreign_citizen"): 3}
    assert "citizenship_status" in record["samples"][1]["disaggregations_missing"]
    assert record["unmapped"] == []


def test_another_answer_of_those_who_were_not_asked_is_counted(run):
    counts, record = run([("a", "1", "", "2")] * 2 + [("a", "1", "", "1")] * 2 + [("a", "2", "", "2")])
    assert counts == {("a", "citizen"): 4, ("a", "foreign_citizen"): 1}
    assert record["contradictions"] == [
        {"words": "citizenship status answered outside its universe", "persons": 2},
    ]
