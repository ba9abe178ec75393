"""A comment with a reason silences a warning on its line or in its variable, and nothing else."""

from __future__ import annotations

import pytest

from harmonize.lint.check import lint

MAPPING = """\
mapping: ken/2019
version: 1.0.0
title: Kenya 2019
source: {producer: KNBS}
sample: {country: KEN, year: 2019}
design: {person_weight: W}
variables:
  sex: {from: P11, codes: {male: 1, female: 2}}
  labour_force_status:
    from: [P26, P27]
    when:
      - {if: "P26 = 1", then: employed}
      - {else: outside_labour_force}
"""
CASES = "cases:\n  - {name: at work, raw: {P11: 1, P26: 1}, harmonised: {sex: male, labour_force_status: employed}}\n"
ON_THE_LINE = ("[P26, P27]", "[P26, P27]  # harmonize: ignore[M030] both are in the file")
ON_THE_VARIABLE = ("labour_force_status:", "labour_force_status:  # harmonize: ignore[M030] both are in the file")


@pytest.fixture
def check(tmp_path):
    def check(*changes, cases=CASES):
        text = MAPPING
        for old, new in changes:
            assert old in text
            text = text.replace(old, new, 1)
        path = tmp_path / "m.yaml"
        path.write_text(text, encoding="utf-8")
        (tmp_path / "m.cases.yaml").write_text(cases, encoding="utf-8")
        return [(finding.line, finding.code, finding.message) for finding in lint(str(path))]

    return check


def codes(found):
    return [code for _, code, _ in found]


def test_without_a_comment_there_is_a_warning(check):
    assert codes(check()) == ["M030"]


@pytest.mark.parametrize("place", [ON_THE_LINE, ON_THE_VARIABLE])
def test_a_comment_silences_the_warning_on_its_line_or_in_its_variable(check, place):
    assert check(place) == []


def test_a_comment_on_another_variable_silences_nothing_and_is_told(check):
    change = ("female: 2}}", "female: 2}}  # harmonize: ignore[M030] no")
    assert check(change) == [
        (8, "S002", "there is no M030 here to ignore"),
        (10, "M030", "labour_force_status: no condition or branch reads P27"),
    ]


def test_one_comment_may_name_several_codes_of_which_each_must_silence_something(check):
    change = ("[P26, P27]", "[P26, P27]  # harmonize: ignore[M030, C005] both are in the file")
    assert check(change) == [(10, "S002", "there is no C005 here to ignore")]


def test_without_a_reason_it_silences_and_is_told(check):
    assert codes(check(("[P26, P27]", "[P26, P27]  # harmonize: ignore[M030]"))) == ["S001"]


@pytest.mark.parametrize("comment", ["# harmonize: ignore M030 both", "# harmonize: ignore", "# harmonize: ignore[] x"])
def test_a_comment_that_names_no_code_silences_nothing(check, comment):
    assert codes(check(("[P26, P27]", f"[P26, P27]  {comment}"))) == ["M030", "S003"]


def test_an_error_is_told_in_spite_of_a_comment(check):
    change = ("female: 2}}", "femal: 2}}  # harmonize: ignore[M012] we call it so")
    assert codes(check(change)) == ["M012", "S002", "M030"]


def test_what_only_a_codebook_shows_is_not_called_unneeded_without_one(check):
    assert check(ON_THE_LINE, ("female: 2}}", "female: 2}}  # harmonize: ignore[M029] another release")) == []


@pytest.mark.parametrize(
    "title", ['"# harmonize: ignore[M030] no"', "|\n  # harmonize: ignore[M030] no", "a #harmonize: ignore[M030] no"]
)
def test_a_text_that_looks_like_a_comment_is_a_text(check, title):
    found = check(("Kenya 2019", title))
    expected = ["M030"] if title[0] != "a" else ["S002", "M030"]  # after a space, # begins a comment of YAML
    assert codes(found) == expected


def test_a_comment_in_the_cases_silences_what_is_wrong_with_them(check):
    left_out = CASES.replace(", labour_force_status: employed", "")
    assert codes(check(ON_THE_LINE, cases=left_out)) == ["C005"]
    silent = left_out.replace("cases:", "cases:  # harmonize: ignore[C005] no row of the labour force can be shown")
    assert check(ON_THE_LINE, cases=silent) == []


def test_selected_are_findings_whose_code_begins_so_and_errors(harmonize, tmp_path):
    path = tmp_path / "m.yaml"
    path.write_text(MAPPING)

    def told(*options):
        result = harmonize("check", path, "--output-format", "concise", *options)
        assert result.exit_code == 0
        return [line.split()[1] for line in result.stdout.splitlines()]

    assert told() == ["C001", "M030"]
    assert told("--select", "C") == ["C001"]
    assert told("--select", "C,M0") == told("--select", "C", "--select", "m030") == ["C001", "M030"]
    assert told("--ignore", "C") == ["M030"]
    assert told("--select", "M030", "--ignore", "M") == ["M030"]
    assert told("--select", "M", "--ignore", "M030") == []
    assert told("--select", "ALL", "--ignore", "C001") == ["M030"]
    path.write_text(MAPPING.replace("female", "femal"))
    wrong = harmonize("check", path, "--output-format", "concise", "--select", "C", "--ignore", "M012")
    assert wrong.exit_code == 1
    assert [line.split()[1] for line in wrong.stdout.splitlines()] == ["M012", "C001"]


@pytest.mark.parametrize(
    ("option", "given", "hint"),
    [
        ("--select", "M3", "did you mean M103?"),
        ("--ignore", "M300", "did you mean M030"),
        ("--select", "Q", "begin with C,"),
    ],
)
def test_with_what_no_code_begins_ends_with_2(harmonize, option, given, hint):
    result = harmonize("check", "ipums/cps", option, given)
    assert result.exit_code == 2
    assert f"{option} {given}: no code begins so" in result.stderr
    assert hint in result.stderr


@pytest.mark.parametrize("word", ["Harmonize", "harmonise"])
def test_the_comment_may_be_written_in_capitals_and_as_in_britain(check, word):
    old, new = ON_THE_LINE
    assert check((old, new.replace("harmonize", word))) == []
