"""`harmonize draft --update`: a mapping keeps what it has and takes in what a new codebook brings."""

from __future__ import annotations

import pytest
from click.testing import CliRunner

from harmonize.cli import main
from harmonize.draft.sources import read_sources
from harmonize.lint.codebook import Codebook
from harmonize.mapping.load import load_mapping
from tests.draft.agreement import meaning
from tests.draft.codebooks import dictionary

MAPPING = """\
mapping: old
version: 1.0.0
title: A census  # as it was
source: {producer: Office}
sample: {country: KEN, year: 2019}
design: {weight_kind: none}
variables:
  sex:
    from: SEX
    codes: {male: 1, female: 2}  # the same since 1989
  labour_force_status:
    from: EMP
    codes:
      employed: [1, 3]  # 3 is at work
      unemployed: 2
  age:
    from: AGE
    number: {}
    missing: {unknown: 999}
  internet: {unavailable: "Not asked"}
  literacy: {unavailable: "TODO: seems to be LIT, but nothing says what its codes mean"}
"""
NEW = {
    "SEX": ("Sex", {"1": "Male", "2": "Female", "9": "Unknown"}),
    "EMP": (
        "Employment status",
        {"1": "Employed", "2": "Unemployed", "3": "At work", "4": "Has job, absent", "5": "Retired", "6": "Who knows"},
    ),
    "AGE": ("Age", {"98": "98", "998": "Refused", "999": "Unknown"}),
    "NET": ("Internet access", {"1": "Yes", "2": "No"}),
    "LIT": ("Literacy", {"1": "Literate", "2": "Illiterate"}),
    "TEN": ("Tenure", {"1": "Owned", "2": "Rented", "3": "A mystery"}),
}


@pytest.fixture
def files(tmp_path):
    """The mapping, and the codebook."""
    mapping = tmp_path / "old.yaml"
    mapping.write_text(MAPPING, encoding="utf-8")
    return mapping, dictionary(tmp_path / "codes.csv", NEW)


def updated(mapping, codebook, out):
    result = CliRunner().invoke(main, ["draft", str(codebook), "--update", str(mapping), "-o", str(out)])
    assert result.exit_code == 0, result.output
    return result.stderr, out.read_text(encoding="utf-8")


def test_codes_and_variables_are_added_and_the_mapping_still_says_what_it_said(files, tmp_path):
    mapping, codebook = files
    said, _ = updated(mapping, codebook, tmp_path / "new.yaml")
    assert said == "old: 2 variables and 4 codes added\n"
    old, new = load_mapping(mapping), load_mapping(tmp_path / "new.yaml")
    book = Codebook.of(read_sources([codebook]).variables.values(), "new")
    for name in ("sex", "labour_force_status", "age"):
        before, after = (meaning(each.variables[name], book)[0] for each in (old, new))
        assert before.items() <= after.items()
    after = {name: meaning(new.variables[name], book)[0] for name in new.variables}
    assert after["sex"]["SEX", "9"] == "unknown"
    assert after["labour_force_status"]["EMP", "4"] == "employed"
    assert after["labour_force_status"]["EMP", "5"] == "outside_labour_force"
    assert after["age"]["AGE", "998"] == "unknown"
    assert after["literacy"] == {("LIT", "1"): "literate", ("LIT", "2"): "illiterate"}
    assert after["tenure"] == {("TEN", "1"): "owned", ("TEN", "2"): "rented"}


def test_comments_stay_and_each_code_added_is_told_with_its_sureness(files, tmp_path):
    mapping, codebook = files
    _, text = updated(mapping, codebook, tmp_path / "new.yaml")
    for comment in ("# as it was", "# the same since 1989", "# 3 is at work"):
        assert comment in text
    assert "# - sex: 0.97 unknown: 9 'Unknown'" in text


def test_what_is_unclear_is_told_at_the_end(files, tmp_path):
    mapping, codebook = files
    _, text = updated(mapping, codebook, tmp_path / "new.yaml")
    end = text.split("# What could not be proposed")[1]
    assert "EMP has codes that the rule does not: 6 'Who knows'" in end
    assert "tenure: 3 'A mystery' of TEN" in end
    assert "internet is unavailable in the mapping, and there is a column of it now" in end


def test_a_second_time_nothing_is_added(files, tmp_path):
    mapping, codebook = files
    _, first = updated(mapping, codebook, tmp_path / "new.yaml")
    said, second = updated(tmp_path / "new.yaml", codebook, tmp_path / "newer.yaml")
    assert said.startswith("old: nothing to add, but look at\n")
    assert second == first


def test_a_mapping_with_errors_is_not_updated(files, tmp_path):
    mapping, codebook = files
    mapping.write_text(MAPPING.replace("male: 1", "mail: 1"), encoding="utf-8")
    result = CliRunner().invoke(main, ["draft", str(codebook), "--update", str(mapping)])
    assert result.exit_code == 1
    assert result.stdout == ""


def test_what_the_mapping_says_itself_is_no_option_of_an_update(files):
    mapping, codebook = files
    result = CliRunner().invoke(main, ["draft", str(codebook), "--update", str(mapping), "--country", "KEN"])
    assert result.exit_code == 2
