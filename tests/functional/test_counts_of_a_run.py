"""What run.json counts of a sample: who is excluded, who was not asked, why a number is missing."""

from __future__ import annotations

import json

import polars as pl
import pytest

from harmonize import pipeline
from harmonize.protect.protection import Protection
from tests import unprotected

MAPPING = """
mapping: my/counts
version: 1.0.0
title: Counts
source: {producer: Office}
sample: {id: S, country: CHL, year: 2020}
design: {full_count: true}
include: {if: "RES = 1", reason: usual residents}
variables:
  age: {from: AGE, number: {}, missing: {unknown: 999}}
  rooms: {from: ROOMS, number: {}, missing: {unknown: 98, not_applicable: 99}}
  nativity: {from: NAT, codes: {native_born: 1, foreign_born: 2}}
  nativity_mother: {from: MOM, codes: {native_born: 1, foreign_born: 2, unknown: 9}, parents: coresident}
  labour_force_status:
    from: EMP
    universe: {min_age: 15}
    codes: {employed: 1, unemployed: 2, not_applicable: blank}
"""
ADULT = {"RES": "1", "AGE": "30", "ROOMS": "3", "NAT": "1", "MOM": "1", "EMP": "1"}


@pytest.fixture
def exact(tmp_path):
    """`exact(rows)` is the sample's entry in private/run.json, with the whole record under `record`."""

    def call(rows):
        (tmp_path / "m.yaml").write_text(MAPPING, encoding="utf-8")
        pl.DataFrame(rows).write_csv(tmp_path / "data.csv")
        unprotected.run(str(tmp_path / "m.yaml"), [tmp_path / "data.csv"], tmp_path / "out")
        record = json.loads((tmp_path / "out" / "private" / "run.json").read_text(encoding="utf-8"))
        return record["samples"][0] | {"record": record}

    return call


def test_persons_that_include_leaves_out_are_counted_and_their_codes_are_not_judged(exact):
    found = exact([ADULT] * 4 + [ADULT | {"RES": "2", "NAT": "7"}] * 3)
    assert (found["persons"], found["excluded"]) == (4, 3)
    assert found["record"]["unmapped"] == []


def test_why_a_number_is_missing_is_counted_also_where_nothing_is_derived_from_it(exact):
    found = exact([ADULT, ADULT | {"ROOMS": "98"}, ADULT | {"ROOMS": "99", "AGE": "999"}, ADULT | {"ROOMS": "99"}])
    assert found["missing"] == {"age": {"unknown": 1}, "rooms": {"unknown": 1, "not_applicable": 2}}


def test_persons_of_the_ages_asked_who_were_not_asked_are_counted_and_a_reason(exact):
    found = exact([ADULT] * 3 + [ADULT | {"EMP": ""}] * 2)
    unemployment = {"indicator": "8.5.2", "series": "unemployment", "persons": 2}
    assert unemployment in found["not_asked"]
    (entry,) = [each for each in found["record"]["availability"] if each["number"] == "8.5.2"]
    assert "not_asked_of_some" in entry["reasons"]


def test_a_generation_from_parents_in_the_household_says_so_and_is_of_children_alone(exact):
    found = exact([ADULT, ADULT | {"AGE": "10", "EMP": ""}])
    assert found["derivations"]["generation"] == {"proxy": "coresident_only"}
    assert found["unknown"]["generation"] == 2  # the adult, and the child of whose father nothing is known


def test_excluded_dwellings_are_counted(tmp_path):
    text = MAPPING.replace("mapping: my/counts", "mapping: my/dwellings\nunit: dwelling")
    text = text.replace("full_count: true", "full_count: true, size: N")
    (tmp_path / "m.yaml").write_text(text, encoding="utf-8")
    rows = [ADULT | {"N": "3"}] * 2 + [ADULT | {"RES": "2", "N": "5"}]
    pl.DataFrame(rows).write_csv(tmp_path / "data.csv")
    exact = Protection("none", min_count=1)
    run = pipeline.run(str(tmp_path / "m.yaml"), [tmp_path / "data.csv"], tmp_path / "out", protect=exact).run
    (entry,) = run["samples"]
    assert (entry["persons"], entry["excluded"]) == (6, 1)


def test_a_full_count_says_that_it_has_no_sampling_error(exact):
    assert exact([ADULT])["record"]["variance"] == "none: a full count has no sampling error"
