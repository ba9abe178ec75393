"""The pre-commit hook and the action do what docs/ci.md says."""

from __future__ import annotations

import re
import shlex
import subprocess
from pathlib import Path

import pytest
import yaml
from click.testing import CliRunner

from harmonize.cli import main
from harmonize.cli.findings import FORMATS
from tests.docs.page_commands import block_run_by, with_harmonize

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


def git(folder: Path, *words: str) -> None:
    subprocess.run(["git", "-c", "user.name=a", "-c", "user.email=a@b.c", *words], cwd=folder, check=True)


def test_the_steps_of_ci_md_run_as_written_in_a_repository_whose_pull_request_moves_a_code(tmp_path):
    [here, there] = [tmp_path / "here", tmp_path / "bin"]
    there.mkdir()
    mapping = here / "mappings" / "ken" / "2019-census.yaml"
    mapping.parent.mkdir(parents=True)
    text = (ROOT / "mappings" / "ipums" / "cps.yaml").read_text(encoding="utf-8")
    mapping.write_text(text, encoding="utf-8")
    git(here, "init", "-q", "-b", "main")
    git(here, "add", "mappings")
    git(here, "commit", "-q", "-m", "before")
    git(here, "update-ref", "refs/remotes/origin/main", "HEAD")
    assert text.count("{male: 1, female: 2") == 1
    mapping.write_text(text.replace("{male: 1, female: 2", "{male: 2, female: 1"), encoding="utf-8")
    workflow = yaml.safe_load(block_run_by("tests/docs/test_ci_files.py", "docs/ci.md"))
    [step] = [each for each in workflow["jobs"]["check"]["steps"] if "run" in each]
    summary = tmp_path / "summary.md"
    own = with_harmonize(there) | {"GITHUB_BASE_REF": "main", "GITHUB_STEP_SUMMARY": str(summary)}
    done = subprocess.run(["bash", "-e", "-c", step["run"]], cwd=here, env=own, capture_output=True, check=False)
    assert done.returncode == 1, done.stderr
    assert "### mappings/ken/2019-census.yaml" in summary.read_text(encoding="utf-8")
    assert "sex" in summary.read_text(encoding="utf-8")
    [asked] = yaml.safe_load(block_run_by("tests/docs/test_ci_files.py", "README.md"))
    subprocess.run(["bash", "-e", "-c", asked["run"]], cwd=here, env=own, check=True)


def test_the_page_names_what_there_is():
    page = (ROOT / "docs" / "ci.md").read_text(encoding="utf-8")
    assert hook()["id"] in page
    named = set(re.findall(r"--output-format (\w+)", page)) - {"markdown"}
    assert named <= set(FORMATS)
    for block in re.findall(r"```yaml\n(.*?)```", page, re.DOTALL):
        yaml.safe_load(block)
