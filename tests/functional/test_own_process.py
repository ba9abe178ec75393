"""What the command line sets in its process, and a program that imports harmonize never finds changed."""

from __future__ import annotations

import gc
import json
import os
import subprocess
import sys

import pytest

from harmonize.own_process import seldom_collecting

TOLD = """
import gc, json, os
print(json.dumps([gc.get_threshold()[0], os.environ.get("_RJEM_MALLOC_CONF"), os.environ.get("OPENBLAS_NUM_THREADS")]))
"""
LIBRARY = "import harmonize.pipeline, harmonize.gather, harmonize.mapping\n"
COMMAND = """
from harmonize.cli import main
main(["schema", "--help"], standalone_mode=False)
"""


def told(code: str, **environment: str) -> list[object]:
    clean = {
        name: value for name, value in os.environ.items() if name not in ("_RJEM_MALLOC_CONF", "OPENBLAS_NUM_THREADS")
    }
    asked = [sys.executable, "-c", code + TOLD]
    done = subprocess.run(asked, env=clean | environment, capture_output=True, text=True, check=True)
    found: list[object] = json.loads(done.stdout.splitlines()[-1])
    return found


def test_a_program_that_imports_harmonize_keeps_its_settings() -> None:
    threshold, allocator, threads = told(LIBRARY)
    assert [threshold, allocator, threads] == told("import polars\n")
    assert threads is None


def test_the_command_line_keeps_freed_memory() -> None:
    assert told(COMMAND)[1:] == ["dirty_decay_ms:5000", "1"]


def test_objects_are_looked_for_less_often_while_a_command_runs_and_as_before_after_it() -> None:
    before = gc.get_threshold()
    with seldom_collecting():
        assert gc.get_threshold()[0] > before[0]
    assert gc.get_threshold() == before
    assert told(COMMAND)[0] == told("")[0]


def test_what_the_user_has_set_counts() -> None:
    _, allocator, threads = told(COMMAND, _RJEM_MALLOC_CONF="dirty_decay_ms:7", OPENBLAS_NUM_THREADS="3")
    assert allocator == "dirty_decay_ms:5000,dirty_decay_ms:7"
    assert threads == "3"


@pytest.mark.parametrize("times", [1, 3])
def test_it_is_set_once_however_often_a_command_is_called_in_one_process(times: int) -> None:
    assert told(COMMAND * times)[1] == "dirty_decay_ms:5000"
