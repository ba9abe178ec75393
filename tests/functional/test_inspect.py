"""`harmonize inspect`: what it says of the example census, counted here by hand, and what it must not say."""

from __future__ import annotations

import json
import random
from collections import Counter
from decimal import Decimal

import pytest

import harmonize.inspect
from harmonize.inspect import columns, keys
from harmonize.inspect.distinct import KEPT
from tests.functional.example import CENSUS, MAPPING


@pytest.fixture
def inspected(harmonize):
    """`inspected(path, ...)` is the JSON record."""

    def call(*arguments):
        result = harmonize("inspect", *arguments, "--output-format", "json")
        assert result.exit_code == 0, result.stderr
        assert result.stderr == ""
        return json.loads(result.stdout)

    return call


def of(record, name):
    return next(each for each in record["variables"] if each["variable"] == name)


def counts(variable):
    return {each["code"]: each["records"] for each in variable["codes"]}


def test_every_count_of_a_code_is_that_of_the_rows(inspected, census_rows):
    record = inspected(CENSUS, "--min-count", "1")
    listed = [variable for variable in record["variables"] if variable["codes"]]
    assert len(listed) > 20
    for variable in listed:
        assert counts(variable) == Counter(row[variable["variable"]] for row in census_rows), variable["variable"]


def test_every_variable_is_there_with_its_different_values(inspected, census_rows):
    record = inspected(CENSUS)
    assert record["records"] == len(census_rows)
    assert {each["variable"]: each["values"] for each in record["variables"]} == {
        name: len({row[name] for row in census_rows}) for name in census_rows[0]
    }


def test_a_weight_has_the_sum_of_its_column(inspected, census_rows):
    weights = {each["variable"]: each for each in inspected(CENSUS)["weights"]}
    assert set(weights) == {"PERWT", "HHWT"}
    for name, weight in weights.items():
        assert weight["sum"] == pytest.approx(float(sum(Decimal(row[name]) for row in census_rows)), rel=1e-12)
        assert (weight["no_number"], weight["zero_or_negative"]) == (0, 0)


def test_weights_that_are_blank_or_negative_are_counted(inspected, census):
    def edit(rows):
        for row in rows[:30]:
            row["PERWT"] = "-1"
        for row in rows[30:70]:
            row["PERWT"] = ""
        return rows

    weight = next(each for each in inspected(census(edit))["weights"] if each["variable"] == "PERWT")
    assert (weight["no_number"], weight["zero_or_negative"]) == (40, 30)


def test_the_keys_are_those_of_the_layout(inspected, census_rows):
    record = inspected(CENSUS)
    households = len({(row["SAMPLE"], row["SERIAL"]) for row in census_rows})
    assert record["household_key"] == {"columns": ["SAMPLE", "SERIAL"], "values": households, "checked": True}
    assert record["record_key"]["columns"] == ["SAMPLE", "SERIAL", "PERNUM"]


def test_in_one_sample_the_serial_number_alone_is_the_key(inspected, census):
    path = census(lambda rows: [row for row in rows if row["SAMPLE"] == rows[0]["SAMPLE"]])
    record = inspected(path)
    assert record["household_key"]["columns"] == ["SERIAL"]
    assert record["record_key"]["columns"] == ["SERIAL", "PERNUM"]


def test_a_household_that_comes_back_is_no_household_key(inspected, census):
    record = inspected(census(lambda rows: [*rows[1:], rows[0] | {"SERIAL": rows[5]["SERIAL"]}]))
    assert record["household_key"] is None
    assert record["record_key"] is None


def test_two_persons_of_one_number_are_no_key_of_the_records(inspected, census):
    def edit(rows):
        second = next(row for row in rows if row["PERNUM"] == "2")
        second["PERNUM"] = "1"
        return rows

    record = inspected(census(edit))
    assert record["household_key"]["columns"] == ["SAMPLE", "SERIAL"]
    assert record["record_key"] is None


def test_numbers_within_what_proves_to_be_no_household_are_no_key(inspected, tmp_path, monkeypatch):
    monkeypatch.setattr(harmonize.inspect, "CELLS", 3 * 40)
    # HH_A looks like the household, with LINE in it, until its first value comes back in the last record
    rows = [f"{i // 2},{i // 4},{1 + i % 2}" for i in range(400)] + ["0,100,1"]
    path = tmp_path / "p.csv"
    path.write_text("HH_A,HH_B,LINE\n" + "\n".join(rows) + "\n")
    record = inspected(path)
    assert record["household_key"]["columns"] == ["HH_B"]
    assert record["record_key"] is None


def test_a_number_of_each_person_is_a_key_of_the_records(inspected, census):
    path = census(lambda rows: [{"PERSON_ID": f"P{i * 7919 % 2003}"} | row for i, row in enumerate(rows)])
    assert inspected(path)["record_key"]["columns"] == ["PERSON_ID"]


def test_it_says_the_same_whatever_the_batches(inspected, monkeypatch):
    whole = inspected(CENSUS)
    monkeypatch.setattr(harmonize.inspect, "CELLS", 31 * 7)
    assert inspected(CENSUS) == whole


def test_a_column_with_more_values_than_are_counted_keeps_its_form(inspected, monkeypatch):
    counted = {each["variable"]: each for each in inspected(CENSUS)["variables"]}
    monkeypatch.setattr(columns, "MOST_CODES", 12)
    monkeypatch.setattr(harmonize.inspect, "CELLS", 31 * 50)
    many = [each for each in inspected(CENSUS)["variables"] if each["values"] > 12]
    assert len(many) > 5
    for each in many:
        assert each == counted[each["variable"]] | {"codes": None}


def test_more_households_than_can_be_remembered_are_said_to_be_unchecked(inspected, harmonize, monkeypatch):
    monkeypatch.setattr(keys, "MOST_KEYS", 100)
    record = inspected(CENSUS)
    assert record["household_key"] == {"columns": ["SAMPLE", "SERIAL"], "values": 562, "checked": False}
    assert record["record_key"] == {"columns": ["SAMPLE", "SERIAL", "PERNUM"], "checked": False}
    assert " ".join(harmonize("inspect", CENSUS).output.split()).count("(too many to check all)") == 2


def test_the_order_of_the_rows_changes_no_count(inspected, census):
    def shuffled(rows):
        random.Random(5).shuffle(rows)
        return rows

    assert inspected(census(shuffled))["variables"] == inspected(CENSUS)["variables"]


def test_counts_under_ten_are_not_told(inspected, census_rows):
    record = inspected(CENSUS)
    rare = {code for code, n in Counter(row["EMPSTAT"] for row in census_rows).items() if n < 10}
    assert rare
    for each in of(record, "EMPSTAT")["codes"]:
        assert (each["records"] == "<10") == (each["share"] is None) == (each["code"] in rare)
    assert "<10" in json.dumps(of(record, "GQ"))


def with_secrets(rows):
    """Persons with a name, an income that nobody else has, and a wage that many share or nobody does."""
    for i, row in enumerate(rows):
        row["NAME"] = f"Secret{i}"
        row["INCOME"] = str(7_000_001 + 13 * i)
        row["WAGE"] = "100" if i % 2 else str(8_000_003 + 17 * i)
        row["BOSS"] = f"Hidden{i}" if i < 15 else ""
    return rows


@pytest.mark.parametrize("form", ["full", "json"])
@pytest.mark.parametrize(
    "options", [[], ["--min-count", "1"], ["--variable", "NAME", "--variable", "INCOME", "--variable", "WAGE"],
                ["--variable", "BOSS", "--variable", "INCOME", "--min-count", "1"]]
)  # fmt: skip
def test_no_value_of_a_person_is_shown(harmonize, census, options, form):
    path = census(with_secrets)
    result = harmonize("inspect", path, *options, "--output-format", form)
    assert result.exit_code == 0
    assert "INCOME" in result.stdout
    for i in range(2002):
        for secret in (f"Secret{i}", f"Hidden{i}", str(7_000_001 + 13 * i), str(8_000_003 + 17 * i)):
            assert secret not in result.output.replace(",", "")


def test_of_a_variable_by_name_the_values_that_many_share_are_shown_and_the_others_gathered(inspected, census):
    wage = of(inspected(census(with_secrets), "--variable", "WAGE"), "WAGE")
    assert counts(wage) == {"100": 1001}
    assert wage["others"] == {"values": 1001, "records": 1001}


def test_blank_cells_are_counted_apart(inspected, harmonize, census):
    def edit(rows):
        for i, row in enumerate(rows):
            row["SEX"] = "" if i < 500 else row["SEX"]
            row["EMPTY"] = ""
        return rows

    path = census(edit)
    record = inspected(path)
    assert of(record, "SEX")["missing"] == 500
    assert sum(counts(of(record, "SEX")).values()) == 1502
    assert (of(record, "EMPTY")["type"], of(record, "EMPTY")["missing"]) == ("blank", 2002)
    assert "EMPTY   always blank\n" in harmonize("inspect", path).output


def test_types_are_those_of_the_cells(inspected, census):
    def edit(rows):
        for i, row in enumerate(rows):
            row |= {"WHOLE": f"-{i}", "DECIMAL": f"{i}.25", "TEXT": f"t{i}", "BOTH": "x" if i == 9 else str(i)}
        return rows

    record = inspected(census(edit))
    assert [of(record, name)["type"] for name in ("WHOLE", "DECIMAL", "TEXT", "BOTH")] == [
        "whole", "decimal", "text", "text",
    ]  # fmt: skip
    assert (of(record, "WHOLE")["length"], of(record, "DECIMAL")["decimals"]) == (4, 2)
    assert [of(record, name)["some_numbers"] for name in ("TEXT", "BOTH")] == [False, True]


def test_more_values_than_can_be_kept_are_told_about(harmonize, inspected, tmp_path):
    persons = 5 * KEPT
    path = tmp_path / "persons.csv"
    # each value three times, and never beside itself, so that nothing of it is a key
    path.write_text("SEX,INCOME\n" + "".join(f"{i % 2},{i % persons}\n" for i in range(3 * persons)))
    income = of(inspected(path), "INCOME")
    assert income["codes"] is None
    assert not income["values_exact"]
    assert income["values"] == pytest.approx(persons, rel=0.05)
    assert f"about {income['values']:,} different" in harmonize("inspect", path).output


def test_the_mapping_that_fits_is_named_first(inspected, harmonize):
    first, *_ = inspected(CENSUS)["mappings"]
    assert (first["mapping"], first["lacking"]) == ("ipums/international", 0)
    assert "  mapping    ipums/international: " in harmonize("inspect", CENSUS).output


def test_a_harmonised_file_is_said_to_be_one_with_the_command_for_it(harmonize, tmp_path):
    done = tmp_path / "h.csv"
    assert harmonize("apply", MAPPING, CENSUS, "-o", done, "-q").exit_code == 0
    said = " ".join(harmonize("inspect", done).stdout.split())
    assert f"harmonised by `harmonize apply`: harmonize tabulate {done} -o out/" in said
    assert "mappings/README.md" not in said


def test_a_variable_is_found_whatever_the_case_of_its_letters(harmonize):
    assert (
        harmonize("inspect", CENSUS, "--variable", "age").stdout
        == harmonize("inspect", CENSUS, "--variable", "AGE").stdout
    )


def test_two_variables_that_differ_in_case_alone_are_not_taken_for_each_other(harmonize, tmp_path):
    (tmp_path / "two.csv").write_text("Age,AGE\n1,2\n")
    result = harmonize("inspect", tmp_path / "two.csv", "--variable", "age")
    assert result.exit_code == 4
    assert "no column age" in result.stderr


def test_a_household_file_is_shown_after_the_persons(inspected, harmonize, census, tmp_path):
    persons = census(lambda rows: rows)
    households = tmp_path / "households.csv"
    households.write_text("SERIAL,TENURE\n" + "".join(f"{i},{1 + i % 2}\n" for i in range(400)))
    record = inspected(persons, "--households", households)
    assert record["households"]["records"] == 400
    assert record["households"]["record_key"]["columns"] == ["SERIAL"]
    assert counts(of(record["households"], "TENURE")) == {"1": 200, "2": 200}
    output = harmonize("inspect", persons, "--households", households).output
    assert output.index("persons.csv   ") < output.index("households.csv   400 records")


def test_a_variable_by_name_may_be_of_the_households_alone(inspected, harmonize, census, tmp_path):
    households = tmp_path / "households.csv"
    households.write_text("SERIAL,TENURE\n" + "".join(f"{i},{1 + i % 2}\n" for i in range(400)))
    record = inspected(census(lambda rows: rows), "--households", households, "--variable", "TENURE")
    assert (record["records"], record["variables"]) == (2002, [])
    assert [each["variable"] for each in record["households"]["variables"]] == ["TENURE"]


def test_several_files_are_one_extract(inspected, census, census_rows, tmp_path):
    halves = []
    for name, part in (("a.csv", census_rows[:900]), ("b.csv", census_rows[900:])):
        halves.append(census(lambda rows, part=part: list(part)).rename(tmp_path / name))
    assert inspected(*halves)["variables"] == inspected(CENSUS)["variables"]


def test_replicate_weights_are_one_line(harmonize, tmp_path):
    names = ["PWGTP", *(f"PWGTP{i}" for i in range(1, 81))]
    path = tmp_path / "p.csv"
    path.write_text(",".join(names) + "\n" + "".join(",".join(["25"] * 81) + "\n" for _ in range(40)))
    output = harmonize("inspect", path).output
    assert "  weight     PWGTP: sum 1,000\n" in output
    assert "  weight     PWGTP1 to PWGTP80: 80 columns, like replicate weights\n" in output
    assert output.count("  weight  ") == 2
