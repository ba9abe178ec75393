"""An extract that was made for another mapping, and one whose columns are written in other letters."""

from __future__ import annotations

import pytest

from harmonize.mapping.closest import closest_advice
from tests.functional.example import CENSUS, MAPPING

OTHER = "ipums/cps"

OWN = """\
mapping: own
version: 1.0.0
title: A census of one's own
source: {producer: P, citation: C, documentation: D, checked_on: "2026-01-01"}
sample: {country: MEX, year: 2020}
design: {person_weight: PESO}
variables:
  sex: {from: SEXO, codes: {male: 1, female: 2}}
"""


def test_the_census_with_another_mapping_ends_with_4_and_names_the_one_that_fits(harmonize, tmp_path):
    result = harmonize("run", OTHER, CENSUS, "-o", tmp_path / "out")
    assert (result.exit_code, result.stdout) == (4, "")
    lines = result.stderr.splitlines()
    assert lines[0] == f"{CENSUS.name}: the data do not fit mapping {OTHER}"
    assert "no column ASECWT (for design, include)" in lines
    assert result.stderr.count("columns: ") == 1
    assert f"columns that {OTHER} reads are there." in lines[-2]
    assert lines[-1].startswith(f"  This file fits {MAPPING}: ")
    assert not (tmp_path / "out").exists()


@pytest.mark.parametrize("command", ["run", "apply"])
def test_a_mapping_of_the_same_family_is_told_by_the_codes_of_the_sample(harmonize, tmp_path, command):
    out = tmp_path / "out.csv"
    result = harmonize(command, "ipums/usa", CENSUS, "-o", out)
    assert result.exit_code == 4
    *_, first, counted, fits = result.stderr.splitlines()
    assert first.startswith(f"{CENSUS.name}: SAMPLE holds a code that ")
    assert counted.endswith(" columns that ipums/usa reads are there.")
    assert fits.startswith(f"  This file fits {MAPPING}: ")
    assert not out.exists()


@pytest.mark.parametrize("command", ["run", "apply"])
def test_a_harmonised_file_needs_no_mapping_and_gets_its_command(harmonize, tmp_path, command):
    done = tmp_path / "h.csv"
    assert harmonize("apply", MAPPING, CENSUS, "-o", done, "-q").exit_code == 0
    result = harmonize(command, MAPPING, done, "-o", tmp_path / "out.csv")
    assert result.exit_code == 4
    assert result.stderr == (
        f"h.csv: written by `harmonize apply`, and needs no mapping\n  harmonize tabulate {done} -o out/\n"
    )
    assert harmonize("tabulate", done, "-o", tmp_path / "out").exit_code == 0


@pytest.mark.parametrize("command", ["run", "apply"])
def test_the_data_before_the_mapping_is_said_to_be_the_wrong_way_round(harmonize, tmp_path, command):
    result = harmonize(command, CENSUS, MAPPING, "-o", tmp_path / "out.csv")
    assert result.exit_code == 2
    first, help = result.stderr.splitlines()
    assert first == f"{CENSUS}: this is a data file, where a mapping should stand"
    assert help.startswith("  The mapping comes first, then the data: ")


def test_a_file_of_which_the_mapping_reads_nothing_becomes_no_variable_and_a_warning(harmonize, tmp_path):
    (tmp_path / "own.yaml").write_text(OWN.replace("{from: SEXO,", "{from: SEXO, optional: true,"))
    (tmp_path / "persons.csv").write_text("AGE,PESO\n1,1\n")
    result = harmonize("apply", tmp_path / "own.yaml", tmp_path / "persons.csv", "-o", tmp_path / "h.csv")
    assert result.exit_code == 0, result.stderr
    assert "h.csv: 1 row, 0 variables of the common schema" in result.stderr
    assert result.stderr.splitlines()[-1].startswith("warning: nothing of ")


def test_an_unmapped_code_of_a_shipped_mapping_goes_to_one_that_extends_it(harmonize, census, tmp_path):
    path = census(lambda rows: [{**row, "SEX": "7"} for row in rows])
    said = " ".join(harmonize("run", MAPPING, path, "-o", tmp_path / "out").stderr.split())
    assert f"or in a mapping of yours with `extends: {MAPPING}`, or run with --allow-unmapped" in said
    assert "1 code is not mapped" in said
    own = tmp_path / "own.yaml"
    own.write_text(OWN.replace("SEXO", "SEX").replace("PESO", "PERWT"))
    said = " ".join(harmonize("run", own, path, "-o", tmp_path / "out").stderr.split())
    assert "extends" not in said
    assert f"Map it in {own} (line 8), or run with --allow-unmapped to count it as unknown." in said


def test_how_many_columns_are_there_is_counted():
    # of three columns the weight is missing; a shipped mapping would find none of its own
    advice = closest_advice(MAPPING, ["SAMPLE", "COUNTRY", "YEAR"], "mend it")
    assert advice.startswith("3 of the ")
    assert "This file fits" not in advice


def test_with_a_mapping_of_ones_own_that_nearly_fits_no_other_is_named(harmonize, tmp_path):
    (tmp_path / "own.yaml").write_text(OWN)
    (tmp_path / "persons.csv").write_text("SEX,PESO\n1,1\n")
    result = harmonize("run", tmp_path / "own.yaml", tmp_path / "persons.csv", "-o", tmp_path / "out")
    assert result.exit_code == 4
    assert result.stderr == (
        "persons.csv: the data do not fit mapping own\n"
        "no column SEXO (for sex): columns like it: SEX\n"
        "columns: SEX, PESO\n"
        f"  1 of the 2 columns that {tmp_path / 'own.yaml'} reads are there.\n"
        "  No mapping that comes with the tool fits better.\n"
        "  optional: true on a variable makes it unavailable instead\n"
    )


def test_with_a_shipped_mapping_and_a_file_that_none_fits_the_page_on_writing_one_is_named(harmonize, tmp_path):
    (tmp_path / "persons.csv").write_text("A,B\n1,1\n")
    result = harmonize("run", MAPPING, tmp_path / "persons.csv", "-o", tmp_path / "out")
    assert result.exit_code == 4
    assert result.stderr.splitlines()[-2:] == [
        "  No mapping that comes with the tool fits better.",
        "  mappings/README.md says how to write one.",
    ]


def test_columns_in_other_letters_are_taken_with_one_note_for_all(harmonize, census, tmp_path):
    path = census(lambda rows: [{name.title(): value for name, value in row.items()} for row in rows])
    result = harmonize("run", MAPPING, path, "-o", tmp_path / "out")
    assert result.exit_code == 0, result.output
    assert result.stderr.count("M031") == 1
    note = " ".join(result.stderr.split())
    assert "columns are taken whose name differs in upper and lower case alone: Age for AGE, " in note


@pytest.mark.parametrize("name", ["8.6", "3.2"])
def test_every_line_of_advice_is_indented(harmonize, tmp_path, name):
    result = harmonize("run", MAPPING, CENSUS, "-o", tmp_path / "out", "--indicator", name)
    assert result.exit_code == 2
    first, *help = result.stderr.splitlines()
    assert first == f"--indicator: harmonize does not measure '{name}', did you mean {name}.1?"
    assert help
    assert all(line.startswith("  ") for line in help)
