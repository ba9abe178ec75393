"""What a draft could not be told is marked TODO: check counts it as a warning, and a run says it once."""

from __future__ import annotations

import pytest

from harmonize.lint.check import lint

MAPPING = """\
# A draft: what is marked TODO was not told by any source.
mapping: ken/2019
version: 0.1.0
title: Draft  # TODO: what the data are
source: {producer: TODO}
sample: {country: KEN, year: 2019}
design:
  weight_kind: none  # TODO confirm: a guess
  # TODO replicate weights
variables:
  sex: {from: SEX, codes: {male: 1, female: 2}}
  literacy: {unavailable: "TODO: seems to be LIT"}
"""


@pytest.fixture
def file(tmp_path):
    path = tmp_path / "draft.yaml"
    path.write_text(MAPPING)
    path.with_name("draft.cases.yaml").write_text("cases: [{name: a man, raw: {SEX: 1}, harmonised: {sex: male}}]\n")
    return path


def test_the_lines_that_are_marked_are_counted_and_listed_once_at_the_first(harmonize, file):
    (finding,) = (finding for finding in lint(str(file)) if finding.code == "M110")
    assert (finding.line, finding.column, finding.severity) == (4, 17, "warning")
    assert finding.message == "5 lines are marked TODO: 4, 5, 8, 9, 12"
    assert harmonize("check", file).exit_code == 0


def test_no_more_than_some_lines_are_listed(file):
    file.write_text(MAPPING + "".join(f"  # TODO {number}\n" for number in range(10)))
    (finding,) = (finding for finding in lint(str(file)) if finding.code == "M110")
    assert finding.message == "15 lines are marked TODO: 4, 5, 8, 9, 12, 13, 14, 15 and 7 more"


def test_a_word_about_todos_is_none(file):
    file.write_text(MAPPING.replace("TODO", "done").replace("was not told", "and no TODO was left"))
    assert "M110" not in [finding.code for finding in lint(str(file))]


def test_it_can_be_ignored_by_an_option_or_by_a_comment_with_a_reason(harmonize, file):
    assert "M110" in harmonize("check", file, "--output-format", "concise").stdout
    assert "M110" not in harmonize("check", file, "--ignore", "M110", "--output-format", "concise").stdout
    assert "M110" not in harmonize("check", file, "--select", "C", "--output-format", "concise").stdout
    file.write_text(MAPPING.replace("what the data are", "what? # harmonize: ignore[M110] until the office answers"))
    assert "M110" not in harmonize("check", file, "--output-format", "concise").stdout


def test_a_run_says_once_that_todos_are_left(harmonize, file, tmp_path):
    data = tmp_path / "persons.csv"
    data.write_text("SEX\n" + "1\n2\n" * 20)
    result = harmonize("run", file, data, "-o", tmp_path / "out", "--protect", "none")
    assert result.exit_code == 0, result.output
    assert result.stderr.count("5 lines are marked TODO") == 1
