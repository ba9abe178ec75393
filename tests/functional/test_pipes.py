"""Commands in processes of their own: what goes to stdout, what to stderr, and a reader that leaves."""

from __future__ import annotations

import json
import subprocess
import sys

from tests.functional.example import CENSUS, MAPPING


def test_run_leaves_stdout_empty_in_a_pipe(process, tmp_path):
    done = process("run", MAPPING, CENSUS, "-o", "out", cwd=tmp_path)
    assert done.returncode == 0, done.stderr
    assert done.stdout == ""
    assert "out/estimates.csv" in done.stderr.replace("\\", "/")
    assert "\x1b" not in done.stderr
    assert "\r" not in done.stderr


def test_the_summary_fits_eighty_columns(process, tmp_path):
    done = process("run", MAPPING, CENSUS, "-o", "out", cwd=tmp_path)
    assert max(len(line) for line in done.stderr.splitlines()) <= 80


def test_an_error_goes_to_stderr_alone(process, tmp_path):
    done = process("run", MAPPING, "nowhere.csv", "-o", "out", cwd=tmp_path)
    assert (done.returncode, done.stdout) == (3, "")
    assert done.stderr.startswith("nowhere.csv")


def test_json_findings_are_all_of_stdout(process, tmp_path):
    (tmp_path / "m.yaml").write_text("mapping: m\nmapping: n\n")
    done = process("check", "m.yaml", "--output-format", "json", cwd=tmp_path)
    assert done.returncode == 1
    findings = json.loads(done.stdout)
    assert findings
    assert {finding["path"] for finding in findings} == {"m.yaml"}


def test_a_reader_that_leaves_early_is_no_traceback():
    command = f"{sys.executable} -m harmonize schema | head -n 1"
    done = subprocess.run(command, shell=True, capture_output=True, text=True, timeout=60, check=False)
    assert len(done.stdout.splitlines()) == 1
    assert "Traceback" not in done.stderr
