"""stdout and stderr that are closed, full, of another encoding, or read by one who leaves."""

from __future__ import annotations

import gzip
import os
import subprocess
import sys
import time
from pathlib import Path

import pytest

from tests.functional.example import CENSUS, MAPPING

HARMONIZE = f"{sys.executable} -m harmonize"
RUN = f"{HARMONIZE} run {MAPPING} {CENSUS} -o out"
LISTS = ["--help", "indicators", f"indicators --mapping {MAPPING}", "schema", "mappings"]


@pytest.fixture
def shell(tmp_path):
    """`shell(command)` in an empty folder, with variables of the environment added."""

    def call(command, **variables):
        environment = os.environ | {"PYTHONPATH": str(CENSUS.parents[2])} | variables
        done = subprocess.run(
            command, shell=True, capture_output=True, cwd=tmp_path, env=environment, timeout=120, check=False
        )
        assert b"Traceback" not in done.stderr, done.stderr
        assert b"Exception ignored" not in done.stderr
        return done

    return call


@pytest.mark.parametrize("arguments", LISTS)
def test_letters_that_the_terminal_lacks_are_written_plainly(shell, arguments):
    done = shell(f"{HARMONIZE} {arguments}", LC_ALL="C", PYTHONIOENCODING="ascii")
    assert done.returncode == 0, done.stderr
    text = done.stdout.decode("ascii")
    assert "\\u" not in text
    assert "?" not in text


def test_a_title_with_accents_keeps_its_letters(shell, tmp_path):
    (tmp_path / "m.yaml").write_text("mapping: m\nt\u00edtulo: M\u00e9xico \u2013 2020\n", encoding="utf-8")
    done = shell(f"{HARMONIZE} check m.yaml", LC_ALL="C", PYTHONIOENCODING="ascii")
    assert "'titulo' is not a section" in done.stdout.decode("ascii")
    assert "Mexico - 2020" in done.stdout.decode("ascii")


@pytest.mark.parametrize("arguments", LISTS)
def test_a_reader_that_leaves_after_a_line_hears_no_complaint(shell, arguments):
    assert shell(f"{HARMONIZE} {arguments} | head -n 1").stderr == b""


@pytest.mark.parametrize("lines", [1, 3])
def test_a_run_whose_reader_leaves_goes_on_to_its_end(shell, tmp_path, lines):
    done = shell(f"({RUN} 2>&1; echo $? > code) | head -n {lines}")
    assert (tmp_path / "code").read_text() == "0\n"
    assert len(done.stdout.splitlines()) == lines
    assert (tmp_path / "out" / "run.json").exists()


def test_a_list_whose_reader_has_left_ends_as_the_shell_has_it_and_not_with_a_code_of_ours(shell, tmp_path):
    shell(f"(sleep 1; {HARMONIZE} schema; echo $? > code) | true")
    assert (tmp_path / "code").read_text() == "141\n"


def test_a_scheduler_that_stops_a_run_leaves_nothing_half_written(tmp_path):
    environment = os.environ | {"PYTHONPATH": str(CENSUS.parents[2])}
    big = tmp_path / "big.csv"
    head, *rows = gzip.decompress(CENSUS.read_bytes()).decode().splitlines()
    big.write_text("\n".join([head, *(rows * 300)]) + "\n")
    command = [sys.executable, "-m", "harmonize", "run", MAPPING, str(big), "-o", str(tmp_path / "out")]
    running = subprocess.Popen(command, env=environment, stderr=subprocess.DEVNULL)
    for _ in range(600):
        if (tmp_path / "out").exists():
            break
        time.sleep(0.05)
    running.terminate()
    assert running.wait(timeout=60) == 143
    assert not (tmp_path / "out").exists()


@pytest.mark.parametrize("arguments", LISTS)
def test_a_closed_stdout_is_no_error(shell, arguments):
    done = shell(f"{HARMONIZE} {arguments} >&-")
    assert (done.returncode, done.stderr) == (0, b"")


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="no /dev/full here")
@pytest.mark.parametrize("arguments", LISTS)
def test_a_full_disk_behind_stdout_ends_with_5_and_says_so(shell, arguments):
    done = shell(f"{HARMONIZE} {arguments} > /dev/full")
    assert done.returncode == 5
    assert done.stderr.startswith(b"stdout can't be written (")


@pytest.mark.parametrize("closed", [">&-", "2>&-", ">&- 2>&-", "<&- >&- 2>&-"])
def test_a_run_writes_the_same_files_whatever_is_closed(shell, tmp_path, closed):
    assert shell(f"{RUN} --quiet").returncode == 0
    whole = (tmp_path / "out" / "estimates.csv").read_bytes()
    assert shell(f"{RUN} {closed}").returncode == 0
    assert (tmp_path / "out" / "estimates.csv").read_bytes() == whole


def test_nothing_is_coloured_even_where_colour_is_asked_for(shell):
    for variables in ({"NO_COLOR": "1"}, {"FORCE_COLOR": "1"}):
        done = shell(f"{RUN} && {HARMONIZE} indicators", **variables)
        assert done.returncode == 0
        assert b"\x1b" not in done.stdout + done.stderr


def test_a_run_fits_a_terminal_of_sixty_columns(shell):
    done = shell(RUN, COLUMNS="60")
    lines = done.stderr.decode().splitlines()
    assert max(len(line) for line in lines if "harmonize indicators" not in line) <= 60
