"""An extract of several samples: each measures what it asked, as if it were alone.

Two censuses of one mapping. In 2001 nativity, internet and "ever lived abroad" were asked, in 2011 the
country of birth, water and residence five years ago; electricity in both. What a census did not ask is
blank in all its rows, which is how pooled extracts come.
"""

from __future__ import annotations

import csv
import json
import random

import polars as pl
import pytest

from harmonize.errors import FitError
from tests import unprotected

MAPPING = """
mapping: my/pool
version: 1.0.0
title: Two censuses
source: {producer: Office}
sample: {id: {from: SAMPLE}, country: CHL, year: {from: YEAR}}
design: {person_weight: W, weight_decimals: 0}
keys: {household: HH}
variables:
  age: {from: AGE, number: {}, missing: {unknown: 999}}
  sex: {from: SEX, codes: {male: 1, female: 2}}
  nativity: {from: NAT, codes: {native_born: 1, foreign_born: 2, unknown: 9}}
  country_of_birth: {from: BPL, codes: {domestic: 1, PER: 2, ARG: 3, unknown: 9}}
  ever_lived_abroad: {from: EVER, codes: {yes: 1, no: 2, unknown: 9}}
  residence_5_years_ago: {from: RES5, codes: {same_country: 1, abroad: 2, unknown: 9, not_applicable: 0}}
  electricity: {from: ELEC, codes: {yes: 1, no: 2, unknown: 9}}
  internet: {from: NET, codes: {yes: 1, no: 2, unknown: 9}}
  water_source: {from: WATER, codes: {improved_on_premises: 1, unimproved: 2, piped: 3, not_piped: 4, unknown: 9}}
"""
COLUMNS = ("SAMPLE", "YEAR", "HH", "W", "AGE", "SEX", "NAT", "BPL", "EVER", "RES5", "ELEC", "NET", "WATER")


def census(sample, year, households, seed):
    """Rows of one census, as text; every tenth answer unknown."""
    made = random.Random(seed)

    def code(*codes):
        return "9" if made.random() < 0.1 else str(made.choice(codes))

    rows = []
    for household in range(households):
        house = {"ELEC": code(1, 1, 2), "NET": code(1, 2), "WATER": code(1, 1, 2)}
        for _ in range(made.randint(1, 5)):
            age = made.randint(0, 80)
            person = {
                "SAMPLE": sample, "YEAR": str(year), "HH": str(household), "W": str(made.randint(1, 50)),
                "AGE": str(age), "SEX": str(made.randint(1, 2)), "NAT": code(1, 1, 2), "BPL": code(1, 1, 2, 3),
                "EVER": code(1, 2, 2), "RES5": "0" if age < 5 else code(1, 1, 2), **house,
            }  # fmt: skip
            blank = ("BPL", "RES5", "WATER") if year == 2001 else ("NAT", "EVER", "NET")
            rows.append(person | dict.fromkeys(blank, ""))
    return rows


@pytest.fixture
def run(tmp_path):
    """`run(rows)` is the estimates and run.json of the pooled mapping on these rows."""
    (tmp_path / "pool.yaml").write_text(MAPPING, encoding="utf-8")

    def call(rows, **options):
        data = tmp_path / "persons.csv"
        with data.open("w", encoding="utf-8", newline="") as file:
            writer = csv.DictWriter(file, fieldnames=COLUMNS)
            writer.writeheader()
            writer.writerows(rows)
        result = unprotected.run(str(tmp_path / "pool.yaml"), [data], tmp_path / "out", **options)
        return result.estimates, json.loads((tmp_path / "out" / "run.json").read_text(encoding="utf-8"))

    return call


OLD, NEW = census("old", 2001, 300, 1), census("new", 2011, 300, 2)


def test_each_sample_of_a_pool_gets_the_rows_it_has_alone(run):
    pooled, record = run(OLD + NEW)
    alone = [run(rows)[0] for rows in (OLD, NEW)]
    assert pooled.equals(pl.concat(alone))
    assert [each["persons"] for each in record["samples"]] == [len(OLD), len(NEW)]


def test_nothing_depends_on_where_batches_are_cut_or_how_samples_are_mixed(run):
    whole, _ = run(OLD + NEW)
    mixed = sorted(OLD + NEW, key=lambda row: (int(row["HH"]), row["SAMPLE"]))
    for rows, chunk in ((OLD + NEW, 40), (mixed, 65_536), (mixed, 50)):
        found, _ = run(rows, chunk_size=chunk)
        assert found.equals(whole)


def test_all_asked_is_what_each_sample_asked(run):
    _, record = run(OLD + NEW)
    found = {
        (each["sample"], each["series"]): each for each in record["availability"] if each["number"] == "1.4.1"
    }  # fmt: skip
    assert found["old", "all_asked"]["status"] == found["new", "all_asked"]["status"] == "proxy"
    assert found["old", "basic_water"]["missing"] == ["water_source"]
    assert found["new", "internet"]["missing"] == ["internet"]
    assert found["new", "basic_water"]["status"] == "proxy"


def test_all_asked_counts_the_persons_whose_services_of_this_sample_are_known(run):
    estimates, _ = run(OLD + NEW)
    row = estimates.filter(
        (pl.col("sample") == "old") & (pl.col("series") == "all_asked") & (pl.col("disaggregation") == "total")
    ).row(0, named=True)
    known = [row for row in OLD if row["ELEC"] != "9" and row["NET"] != "9"]
    assert row["n"] == len(known)
    assert row["n_numerator"] == sum(each["ELEC"] == each["NET"] == "1" for each in known)


def test_a_category_that_spoils_a_series_does_so_only_where_it_occurs(run):
    spoilt = [row | {"WATER": "3"} if row["HH"] == "7" else row for row in NEW]
    again = [row | {"SAMPLE": "third", "YEAR": "2021"} for row in NEW]
    _, record = run(spoilt + again)
    found = {
        (each["sample"], each["series"]): each["status"] for each in record["availability"] if each["number"] == "1.4.1"
    }  # fmt: skip
    assert found["new", "basic_water"] == "unavailable"
    assert found["third", "basic_water"] == "proxy"


def test_a_sample_without_nativity_takes_it_from_the_country_of_birth(run):
    estimates, record = run(OLD + NEW)
    assert [each["basis"] for each in record["samples"]] == ["nativity", "nativity"]
    row = estimates.filter(
        (pl.col("sample") == "new")
        & (pl.col("series") == "electricity")
        & (pl.col("nativity") == "foreign_born")
        & (pl.col("disaggregation") == "nativity")
        & (pl.col("statistic") == "level")
        & (pl.col("indicator") == "7.1.1")
    ).row(0, named=True)
    assert row["n"] == sum(each["BPL"] in ("2", "3") and each["ELEC"] != "9" for each in NEW)


def test_return_migrants_come_from_the_longest_question_of_each_sample(run):
    _, record = run(OLD + NEW)
    assert [each["derivations"]["return_migrant"] for each in record["samples"]] == [
        {"return_basis": "ever"},
        {"return_basis": "5 years"},
    ]


def test_a_table_by_what_a_sample_did_not_ask_has_no_rows_of_it_and_is_named(run):
    estimates, record = run(OLD + NEW)
    regions = estimates.filter(pl.col("disaggregation") == "region_of_birth")
    assert regions["sample"].unique().to_list() == ["new"]
    assert "region_of_birth" in record["samples"][0]["disaggregations_missing"]
    assert "region_of_birth" not in record["samples"][1]["disaggregations_missing"]


def test_a_blank_among_answers_is_still_unmapped(run):
    holed = [row | {"NET": ""} if row["HH"] == "7" else row for row in OLD]
    with pytest.raises(FitError, match=r"internet +NET +blank"):
        run(holed + NEW)


def test_columns_called_like_our_variables_are_told_apart_from_them(run, tmp_path):
    """An extract with lower-case names: `sex` is its column and our variable, `age` too."""
    plain, _ = run(NEW)
    text = MAPPING.replace("from: AGE", "from: age").replace("from: SEX", "from: sex").replace("W,", "household_size,")
    (tmp_path / "lower.yaml").write_text(text.replace("my/pool", "my/lower"), encoding="utf-8")
    names = {"AGE": "age", "SEX": "sex", "W": "household_size"}
    frame = pl.DataFrame(NEW).rename(names)
    frame.write_csv(tmp_path / "lower.csv")
    result = unprotected.run(str(tmp_path / "lower.yaml"), [tmp_path / "lower.csv"], tmp_path / "out2")
    assert result.estimates.equals(plain)
    frame.with_columns(sex=pl.lit("7")).write_csv(tmp_path / "lower.csv")
    with pytest.raises(FitError, match=r"sex +sex +7"):
        unprotected.run(str(tmp_path / "lower.yaml"), [tmp_path / "lower.csv"], tmp_path / "out3")
