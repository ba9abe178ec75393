"""The scripts of docs/scale.md work as they are written there."""

from __future__ import annotations

import gzip
import os
import re
import subprocess
import sys
from itertools import chain, groupby
from pathlib import Path

import pytest
import yaml
from click.testing import CliRunner

from harmonize.cli import main
from tests.functional.example import CENSUS, MAPPING

ROOT = CENSUS.parents[2]
PAGE = (ROOT / "docs" / "scale.md").read_text(encoding="utf-8")
FEWER = ("--indicator", "7.1.1")


def blocks(kind: str) -> list[str]:
    """The blocks of a kind, which measure one indicator here: that is enough, and sooner done."""
    found = re.findall(rf"```{kind}\n(.*?)```", PAGE, re.DOTALL)
    return [text.replace("--partial", f"--partial {' '.join(FEWER)}") for text in found]


@pytest.fixture
def folder(tmp_path):
    """The example census in three parts, and `harmonize` on the path."""
    (tmp_path / "parts").mkdir()
    (tmp_path / "harmonised").mkdir()
    header, *rows = gzip.decompress(CENSUS.read_bytes()).decode().splitlines(keepends=True)
    serial = header.split(",").index("SERIAL")
    households = [list(each) for _, each in groupby(rows, key=lambda row: row.split(",")[serial])]
    third = len(households) // 3 + 1
    for n in range(3):
        some = households[n * third : (n + 1) * third]
        (tmp_path / "parts" / f"province-{n}.csv").write_text(
            "".join([header, *chain.from_iterable(some)]), encoding="utf-8"
        )
    program = tmp_path / "bin" / "harmonize"
    program.parent.mkdir()
    program.write_text(f'#!/bin/sh\nPYTHONPATH="{ROOT}" exec "{sys.executable}" -m harmonize "$@"\n')
    program.chmod(0o755)
    return tmp_path


def called(folder: Path, *words: str, **more: str) -> None:
    path = {"PATH": f"{folder / 'bin'}{os.pathsep}{os.environ['PATH']}"}
    done = subprocess.run(words, cwd=folder, env=os.environ | path | more, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr


def assert_merged(folder: Path) -> None:
    whole = CliRunner().invoke(main, ["run", MAPPING, str(CENSUS), "-o", str(folder / "whole"), *FEWER])
    assert whole.exit_code == 0
    for name in ("estimates.csv", "estimates.parquet", "methods.csv", "quality.csv", "private/release_log.csv"):
        assert (folder / "merged" / name).read_bytes() == (folder / "whole" / name).read_bytes(), name


def test_a_slurm_array_and_its_merge_give_the_tables_of_a_run(folder):
    array, merge = blocks("bash")
    assert "#SBATCH --array=1-3" in array
    for task in range(1, 4):
        called(folder, "bash", "-eu", "-c", array, SLURM_ARRAY_TASK_ID=str(task))
    called(folder, "bash", "-eu", "-c", merge)
    assert_merged(folder)


def test_make_gives_the_tables_of_a_run_and_has_nothing_to_do_then(folder):
    [text] = blocks("make")
    (folder / "Makefile").write_text(text)
    called(folder, "make", "-j", "2")
    assert_merged(folder)
    again = subprocess.run(["make", "-q"], cwd=folder, check=False)
    assert again.returncode == 0


def test_its_manifest_and_the_file_of_a_cluster_are_yaml_with_the_keys_that_are_read():
    manifest, cluster = (yaml.safe_load(text) for text in blocks("yaml"))
    assert set(manifest) == {"out", "options", "runs"}
    assert set(cluster) == {"cluster", "options", "scale"}
