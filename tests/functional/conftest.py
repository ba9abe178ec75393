"""The command line as a user has it, and copies of the example census with one thing changed."""

from __future__ import annotations

import csv
import gzip
import os
import subprocess
import sys
from collections.abc import Callable, Sequence
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from harmonize.cli import main
from tests.functional.example import CENSUS

Row = dict[str, str]
Edit = Callable[[list[Row]], list[Row]]


@pytest.fixture
def as_typed() -> Callable[..., Result]:
    """`as_typed("run", ...)` in this process; an exception that is no exit fails the test."""

    def call(*arguments: object) -> Result:
        result = CliRunner().invoke(main, [str(argument) for argument in arguments])
        if result.exception and not isinstance(result.exception, SystemExit):
            raise result.exception
        assert "Traceback" not in result.output
        return result

    return call


@pytest.fixture
def harmonize(as_typed: Callable[..., Result]) -> Callable[..., Result]:
    """As `as_typed`, with nothing hidden where the test does not say how: see `unprotected`."""
    return lambda *arguments: as_typed(*unprotected(arguments))


def unprotected(arguments: Sequence[object]) -> list[str]:
    """A command with `--protect none` added where it makes estimates and names no --protect.

    Most tests are about the numbers. A part has no estimates: the option is merge's.
    """
    typed = [str(argument) for argument in arguments]
    hides = typed[:1] in (["run"], ["tabulate"], ["merge"]) and not {"--partial", "--protect", "--help"} & set(typed)
    return [*typed, "--protect", "none"] if hides else typed


@pytest.fixture
def process() -> Callable[..., subprocess.CompletedProcess[str]]:
    """`process("run", ...)` in a process of its own, with stdout and stderr apart, from this checkout.

    Nothing is hidden where the test does not say how: see `unprotected`.
    """
    environment = os.environ | {"PYTHONPATH": str(CENSUS.parents[2])}

    def call(*arguments: object, cwd: Path | None = None) -> subprocess.CompletedProcess[str]:
        command = [sys.executable, "-m", "harmonize", *unprotected(arguments)]
        return subprocess.run(
            command, capture_output=True, text=True, cwd=cwd, env=environment, timeout=120, check=False
        )

    return call


@pytest.fixture(scope="session")
def census_rows() -> Sequence[Row]:
    """The rows of the example census, as text."""
    with gzip.open(CENSUS, "rt", encoding="utf-8", newline="") as file:
        return tuple(csv.DictReader(file))


@pytest.fixture
def census(census_rows: Sequence[Row], tmp_path: Path) -> Callable[[Edit], Path]:
    """`census(edit)` is the path of a csv with the rows that `edit` makes of the census's."""

    def write(edit: Edit) -> Path:
        rows = edit([dict(row) for row in census_rows])
        path = tmp_path / "persons.csv"
        with path.open("w", encoding="utf-8", newline="") as file:
            writer = csv.DictWriter(file, fieldnames=list(rows[0]))
            writer.writeheader()
            writer.writerows(rows)
        return path

    return write
