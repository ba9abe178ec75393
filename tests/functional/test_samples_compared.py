"""What methods.csv and the notes say of samples that are not alike."""

from __future__ import annotations

import polars as pl

from tests import unprotected
from tests.functional.test_pooled_extract import MAPPING, NEW, OLD


def run(tmp_path, mapping, rows):
    (tmp_path / "pool.yaml").write_text(mapping, encoding="utf-8")
    pl.DataFrame(rows).write_csv(tmp_path / "persons.csv")
    return unprotected.run(str(tmp_path / "pool.yaml"), [tmp_path / "persons.csv"], tmp_path / "out")


def test_what_samples_differ_in_is_named(tmp_path):
    result = run(tmp_path, MAPPING, OLD + NEW)
    (about,) = [each for each in result.run["notices"] if "numerator of 1.4.1 all_asked" in each]
    assert "(old)" in about
    assert "(new)" in about


def test_samples_that_are_alike_need_no_word(tmp_path):
    again = [row | {"SAMPLE": "again"} for row in OLD]
    assert not [each for each in run(tmp_path, MAPPING, OLD + again).run["notices"] if "samples differ" in each]


def test_a_top_code_is_named_where_it_occurs_with_how_many_persons(tmp_path):
    mapping = MAPPING.replace("number: {}, missing", "number: {top_code: 75}, missing")
    mapping += "  labour_force_status: {from: NET, codes: {employed: 1, unemployed: 2, unknown: [9, blank]}}\n"
    methods = run(tmp_path, mapping, OLD + NEW).methods
    top = methods.filter((pl.col("series") == "unemployment") & (pl.col("sample") == "old"))["top_codes"].item()
    assert top == f"age: 75 and over, {sum(int(row['AGE']) >= 75 for row in OLD)} persons"


def test_the_age_floor_is_that_of_the_universe_or_of_the_question_whichever_is_higher(tmp_path):
    mapping = MAPPING + "  labour_force_status:\n    from: ELEC\n    universe: {min_age: 12}\n"
    mapping += "    codes: {employed: 1, unemployed: 2, unknown: 9}\n"
    methods = run(tmp_path, mapping, OLD + NEW).methods
    assert set(methods.filter(pl.col("series") == "unemployment")["age_floor"]) == {"15"}
