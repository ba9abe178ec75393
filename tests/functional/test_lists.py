"""The commands that list: schema, mappings, indicators, and check on what ships."""

from __future__ import annotations

import json
import os
import re
from pathlib import Path

import pytest

from harmonize.indicators import INDICATORS
from harmonize.indicators.membership import MEMBERSHIP
from harmonize.indicators.status import availability
from harmonize.mapping import load_mapping, shipped_mappings
from harmonize.mapping.cases import read_cases
from harmonize.mapping.find import mappings_dir
from harmonize.schema import VARIABLES
from tests.functional.example import MAPPING


def test_schema_lists_every_variable_by_topic(harmonize):
    output = harmonize("schema").output
    first_words = [line.split()[0] for line in output.splitlines() if line.startswith("  ") and line[2] != " "]
    assert first_words == list(VARIABLES)


def test_schema_fits_eighty_columns(harmonize):
    assert max(len(line) for line in harmonize("schema").output.splitlines()) <= 80


def test_schema_of_a_variable_says_its_categories_and_options(harmonize):
    output = harmonize("schema", "nativity").output
    for word in ("native_born", "foreign_born", "unknown", "concept", "citizenship_at_birth"):
        assert word in output


def test_schema_of_a_variable_that_is_not_there_names_one_like_it(harmonize):
    result = harmonize("schema", "natvity")
    assert (result.exit_code, result.stdout) == (2, "")
    assert "did you mean nativity" in result.stderr


def test_mappings_lists_every_shipped_one_with_version_and_title(harmonize):
    lines = harmonize("mappings").output.split("\n\n")[0].splitlines()
    assert [line.split()[0] for line in lines] == list(shipped_mappings())
    assert all(line.split()[1][0].isdigit() for line in lines)


def test_mappings_counts_the_24_indicators_of_each_by_the_best_of_their_series(harmonize):
    result = harmonize("mappings")
    (line,) = [line for line in result.stdout.splitlines() if line.startswith("mex/2020-census ")]
    exact, proxy = (int(number) for number in re.findall(r"(\d+) (?:exact|proxy)", line))
    numbers = [number for number, each in MEMBERSHIP.items() if each.standing != "extra"]
    assert len(numbers) == 24
    found = {number: set() for number in numbers}
    for each in availability(load_mapping("mex/2020-census")):
        found.get(each.number, set()).add(each.status)
    best = ["exact" if "exact" in status else "proxy" if "proxy" in status else "-" for status in found.values()]
    assert (exact, proxy) == (best.count("exact"), best.count("proxy"))
    assert exact > 0
    assert "of the 24 indicators" in result.stdout.split("\n\n")[1]


def test_mapping_ids_are_one_a_line(harmonize):
    assert harmonize("mappings", "--ids").output.split("\n")[:-1] == list(shipped_mappings())


def test_shipped_mappings_have_no_findings(harmonize):
    result = harmonize("check", *shipped_mappings(), "--output-format", "json")
    assert json.loads(result.stdout) == []
    assert result.exit_code == 0


def test_check_counts_on_stderr(harmonize):
    result = harmonize("check", MAPPING)
    assert (result.exit_code, result.stdout) == (0, "")
    assert re.fullmatch(r"1 mapping, \d+ cases(, \d+ lookups?)?: 0 errors, 0 warnings\n", result.stderr)


def test_check_of_a_folder_says_how_many_mappings_cases_and_lookups_it_looked_at(harmonize):
    result = harmonize("check", mappings_dir())
    assert (result.exit_code, result.stdout) == (0, "")
    cases = sum(len(read_cases(path)[0]) for path in shipped_mappings().values())
    lookups = len(list((mappings_dir() / "lookups").glob("*.yaml")))
    assert lookups > 5
    said = f"{len(shipped_mappings())} mappings, {cases} cases, {lookups} lookups: 0 errors, 0 warnings\n"
    assert result.stderr == said


def test_check_of_a_folder_takes_its_mappings_and_no_other_yaml(harmonize, tmp_path):
    for name in ("b.yaml", "deep/a.yaml", "a.cases.yaml", "lookups/c.yaml", ".hidden/d.yaml"):
        (tmp_path / name).parent.mkdir(exist_ok=True)
        (tmp_path / name).write_text("mapping: m\n")
    (tmp_path / "services.yaml").write_text("version: 1.0.0\nname: something else\n")
    found = json.loads(harmonize("check", tmp_path, "--output-format", "json").stdout)
    assert {finding["path"] for finding in found} == {str(tmp_path / "b.yaml"), str(tmp_path / "deep/a.yaml")}
    result = harmonize("check", tmp_path / "lookups")
    assert (result.exit_code, "there is no mapping in this folder" in result.stderr) == (2, True)


@pytest.fixture
def locked(monkeypatch):
    """A folder in which nobody may look; for root too, who may look anywhere."""

    def lock(folder):
        may = os.access
        monkeypatch.setattr(os, "access", lambda path, mode, **more: Path(path) != folder and may(path, mode, **more))
        return folder

    return lock


def test_a_folder_below_that_cannot_be_read_is_told_and_the_others_are_checked(harmonize, tmp_path, locked):
    for name in ("b.yaml", "shut/a.yaml"):
        (tmp_path / name).parent.mkdir(exist_ok=True)
        (tmp_path / name).write_text("mapping: m\nmapping: n\n")
    shut = locked(tmp_path / "shut")
    result = harmonize("check", tmp_path)
    assert result.exit_code == 3
    assert f"{tmp_path / 'b.yaml'}:2:1  Y0" in result.stdout
    assert (
        f"{shut}: this folder can't be read\n  Check its permissions; its mappings were not checked." in result.stderr
    )


def test_a_folder_with_nothing_but_one_that_cannot_be_read_names_that_one(harmonize, tmp_path, locked):
    (tmp_path / "shut").mkdir()
    shut = locked(tmp_path / "shut")
    result = harmonize("check", tmp_path)
    assert (result.exit_code, f"{shut}: this folder can't be read" in result.stderr) == (2, True)


def test_a_mapping_that_is_named_twice_is_checked_once(harmonize, tmp_path):
    (tmp_path / "b.yaml").write_text("mapping: m\n")
    result = harmonize("check", tmp_path, tmp_path / "b.yaml")
    assert "\n1 mapping, 0 cases: " in result.stderr


def test_check_of_a_broken_mapping_shows_the_line_on_stdout(harmonize, tmp_path):
    path = tmp_path / "m.yaml"
    path.write_text("mapping: m\nmapping: n\n")
    result = harmonize("check", path)
    assert result.exit_code == 1
    assert f"{path}:2:1  Y0" in result.stdout
    assert "    2 | mapping: n\n      | ^^^^^^^\n" in result.stdout


def test_check_shows_errors_before_warnings(harmonize, tmp_path):
    (tmp_path / "a.yaml").write_text("mapping: m\nmapping: n\n")  # no cases beside it: a warning on line 1
    output = harmonize("check", tmp_path / "a.yaml").stdout
    assert output.index("a.yaml:2:1  Y0") < output.index("a.yaml:1:1  C001  warning")


def test_check_shows_a_warning_that_many_mappings_share_once(harmonize, tmp_path):
    paths = [tmp_path / f"{name}.yaml" for name in "abcdef"]
    for path in paths:
        path.write_text("mapping: m\n")
    result = harmonize("check", *paths)
    assert result.stdout.count("C001") == 1
    named = ", ".join(f"{path}:1" for path in paths[1:4])
    assert f"   the same 5 more times: {named}, ...\n" in result.stdout
    assert "6 warnings" in result.stderr
    listed = json.loads(harmonize("check", *paths, "--output-format", "json").stdout)
    assert [finding["path"] for finding in listed if finding["code"] == "C001"] == [str(path) for path in paths]


def test_indicators_lists_every_number(harmonize):
    output = harmonize("indicators").output
    for number in INDICATORS:
        assert f"{number} " in output
    assert "mean_parity" not in output  # what a method takes is no series of its own


def test_indicators_of_a_mapping_says_exact_proxy_and_what_is_needed(harmonize):
    output = harmonize("indicators", "--mapping", MAPPING).output
    for number in INDICATORS:
        assert f"{number} " in output
    assert "proxy" in output
    assert f"{MAPPING}: " in output


def test_lines_have_no_blanks_at_their_ends(harmonize):
    for arguments in (["indicators"], ["indicators", "--mapping", MAPPING]):
        lines = harmonize(*arguments).output.splitlines()
        assert lines == [line.rstrip() for line in lines]


def test_on_a_narrow_terminal_a_mapping_keeps_a_column_that_can_be_read(harmonize, monkeypatch):
    monkeypatch.setenv("COLUMNS", "40")
    lines = harmonize("indicators", "--mapping", MAPPING).output.splitlines()
    assert lines[0].split() == ["series", MAPPING]


def test_schema_fits_the_terminal(harmonize, monkeypatch):
    monkeypatch.setenv("COLUMNS", "60")
    for arguments in (["schema"], ["schema", "labour_force_status"]):
        assert max(len(line) for line in harmonize(*arguments).output.splitlines()) <= 60


@pytest.mark.parametrize("name", ["migratory_status", "duration_of_stay", "age_group"])
def test_what_is_derived_is_said_not_to_be_filled_by_a_mapping(harmonize, name):
    result = harmonize("schema", name)
    assert result.exit_code == 2
    assert f"{name} is not filled by a mapping: it is derived" in result.stderr
