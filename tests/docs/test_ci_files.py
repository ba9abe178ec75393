"""The pre-commit hook and the action do what docs/ci.md says."""

from __future__ import annotations

import re
import shlex
from pathlib import Path

import pytest
import yaml
from click.testing import CliRunner

from harmonize.cli import main
from harmonize.cli.findings import FORMATS

ROOT = Path(__file__).resolve().parents[2]


def hook():
    [found] = yaml.safe_load((ROOT / ".pre-commit-hooks.yaml").read_text(encoding="utf-8"))
    return found


@pytest.mark.parametrize(
    ("path", "checked"),
    [
        ("mappings/ken/2019-census.yaml", True),
        ("mappings/ken/2019-census.cases.yaml", False),
        ("mappings/lookups/knbs-country.yaml", False),
        ("mappings/ken/lookups/areas.yaml", False),
        ("other/2019.yaml", False),
        ("mappings/README.md", False),
    ],
)
def test_the_hook_takes_mapping_files_alone(path, checked):
    assert bool(re.search(hook()["files"], path) and not re.search(hook()["exclude"], path)) is checked


def test_the_hook_and_the_action_run_as_written():
    program, *arguments = shlex.split(hook()["entry"])
    assert program == "harmonize"
    assert CliRunner().invoke(main, [*arguments, "ipums/cps"]).exit_code == 0
    action = yaml.safe_load((ROOT / "action.yml").read_text(encoding="utf-8"))
    line = action["runs"]["steps"][-1]["run"].replace("$MAPPINGS", "ipums/cps usa/acs-pums")
    program, *arguments = shlex.split(line.replace("$ARGUMENTS", "--ignore C005"))
    assert program == "harmonize"
    assert CliRunner().invoke(main, arguments).exit_code == 0


def test_the_page_names_what_there_is():
    page = (ROOT / "docs" / "ci.md").read_text(encoding="utf-8")
    assert hook()["id"] in page
    named = set(re.findall(r"--output-format (\w+)", page)) - {"markdown"}
    assert named <= set(FORMATS)
    for block in re.findall(r"```yaml\n(.*?)```", page, re.DOTALL):
        yaml.safe_load(block)
