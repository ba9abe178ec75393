"""What `harmonize run` says and how it ends, on the example census with one thing broken in it.

In every case: the exit code of the contract, a message on stderr that names the file and the place,
nothing on stdout, no traceback, no output folder that could be taken for a result.
"""

from __future__ import annotations

import gzip
import json
import subprocess
import sys

import pytest

from tests.functional.example import CENSUS, MAPPING

FILES = ("estimates.csv", "estimates.parquet", "methods.csv", "quality.csv", "run.json")


@pytest.fixture
def refused(harmonize, tmp_path):
    """`refused(code, data, *options)` runs, holds what is true of every refusal, and returns stderr."""

    def call(code, data, *options, out=None):
        out = out or tmp_path / "out"
        result = harmonize("run", MAPPING, data, "-o", out, *options)
        assert result.exit_code == code, result.output
        assert result.stdout == ""
        assert not [name for name in FILES if (out / name).exists()]
        return result.stderr

    return call


def with_first(column, value):
    """An edit: the first row's `column` becomes `value`."""

    def edit(rows):
        rows[0][column] = value
        return rows

    return edit


def test_a_whole_census_ends_with_0_protected_files_and_the_exact_counts_apart(as_typed, tmp_path):
    result = as_typed("run", MAPPING, CENSUS, "-o", tmp_path / "out")
    assert result.exit_code == 0, result.output
    assert sorted(path.name for path in (tmp_path / "out").iterdir()) == sorted([*FILES, "private"])
    assert (tmp_path / "out" / "private" / "release_log.csv").exists()
    assert result.stdout == ""
    assert "indicators measured" in result.stderr
    assert "not protected" not in result.stderr
    assert json.loads((tmp_path / "out" / "run.json").read_text())["protect"] == "suppress"


def test_unprotected_tables_must_be_asked_for_and_are_called_so(as_typed, tmp_path):
    result = as_typed("run", MAPPING, CENSUS, "-o", tmp_path / "out", "--protect", "none")
    assert result.exit_code == 0, result.output
    assert sorted(path.name for path in (tmp_path / "out").iterdir()) == sorted([*FILES, "private"])
    assert "note: not protected (protect: none)" in result.stderr
    assert json.loads((tmp_path / "out" / "run.json").read_text())["protect"] == "none"


def test_the_log_of_a_protected_release_goes_when_the_next_is_unprotected(as_typed, tmp_path):
    for protect in ("suppress", "none"):
        assert as_typed("run", MAPPING, CENSUS, "-o", tmp_path / "out", "--protect", protect, "-q").exit_code == 0
    assert not (tmp_path / "out" / "private/release_log.csv").exists()


def test_quiet_says_nothing(harmonize, tmp_path):
    result = harmonize("run", MAPPING, CENSUS, "-o", tmp_path / "out", "--quiet")
    assert (result.exit_code, result.output) == (0, "")


def test_a_mapping_with_errors_ends_with_1_and_shows_each_at_its_line(harmonize, tmp_path):
    mapping = tmp_path / "m.yaml"
    mapping.write_text("mapping: m\nversion: 1.0.0\nvariables:\n  sex:\n    from: SEX\n    codes: {mail: 1}\n")
    result = harmonize("run", mapping, CENSUS, "-o", tmp_path / "out")
    assert result.exit_code == 1
    assert f"{mapping}:6:" in result.stderr
    assert "'mail'" in result.stderr
    assert result.stdout == ""
    assert not (tmp_path / "out").exists()


def test_a_file_that_is_not_there_ends_with_3(refused, tmp_path):
    assert "nowhere.csv" in refused(3, tmp_path / "nowhere.csv")


def test_an_empty_file_ends_with_3(refused, tmp_path):
    (tmp_path / "empty.csv").write_bytes(b"")
    assert "empty.csv" in refused(3, tmp_path / "empty.csv")


def test_a_header_without_rows_ends_with_3(refused, tmp_path):
    with gzip.open(CENSUS, "rt") as file:
        (tmp_path / "header.csv").write_text(file.readline())
    assert "header.csv" in refused(3, tmp_path / "header.csv")


def test_a_truncated_gz_ends_with_3_and_says_to_fetch_it_again(refused, tmp_path):
    path = tmp_path / "persons.csv.gz"
    whole = CENSUS.read_bytes()
    path.write_bytes(whole[: len(whole) * 2 // 3])
    message = refused(3, path)
    assert "persons.csv.gz" in message
    assert "again" in message


def test_a_text_that_is_no_gz_ends_with_3(refused, tmp_path):
    path = tmp_path / "persons.csv.gz"
    path.write_text("this is no gzip file\n")
    assert "persons.csv.gz" in refused(3, path)


def test_a_file_in_another_encoding_ends_with_3_and_names_the_encoding(refused, census):
    path = census(lambda rows: rows)
    path.write_bytes(path.read_bytes().replace(b"\n", b"\n", 1) + "é,".encode("latin-1"))
    message = refused(3, path)
    assert "persons.csv" in message
    assert "utf-8" in message.lower()


def test_a_format_that_nobody_reads_ends_with_3_and_lists_those_read(refused, tmp_path):
    (tmp_path / "persons.ods").write_bytes(b"PK")
    message = refused(3, tmp_path / "persons.ods")
    assert "persons.ods" in message
    assert ".csv" in message


def test_a_missing_column_ends_with_4_and_names_those_like_it(refused, census):
    def rename(rows):
        return [{("PERWTX" if k == "PERWT" else k): v for k, v in row.items()} for row in rows]

    message = refused(4, census(rename))
    assert "no column PERWT" in message
    assert "PERWTX" in message


def test_an_unmapped_code_ends_with_4_and_a_table_of_variable_column_code_and_persons(refused, census):
    def strange(rows):
        for row in rows[:12]:
            row["SEX"] = "7"
        return rows

    message = refused(4, census(strange))
    line = next(line for line in message.splitlines() if line.split()[:3] == ["sex", "SEX", "7"])
    assert line.split()[-1] == "12"
    assert "--allow-unmapped" in message
    assert "nothing was written" in message


def test_allow_unmapped_counts_the_code_as_unknown(harmonize, census, tmp_path):
    path = census(with_first("SEX", "7"))
    result = harmonize("run", MAPPING, path, "-o", tmp_path / "out", "--allow-unmapped")
    assert result.exit_code == 0, result.output
    assert "1 unmapped code" in result.stderr
    assert "SEX" in (tmp_path / "out" / "run.json").read_text()


@pytest.mark.parametrize("weight", ["-1.5", "", "n/a", "nan", "inf"])
def test_a_weight_that_is_none_ends_with_4_and_names_the_column(refused, census, weight):
    message = refused(4, census(with_first("PERWT", weight)))
    assert "PERWT" in message


@pytest.mark.parametrize("scattered", [False, True])
def test_the_row_of_a_wrong_weight_is_said_not_to_be_the_files_where_households_were_scattered(
    refused, census, scattered
):
    def edit(rows):
        rows[7]["PERWT"] = "-1"
        return sorted(rows, key=lambda row: int(row["PERNUM"])) if scattered else rows

    message = refused(4, census(edit))
    assert ("rows are counted as sorted by household" in " ".join(message.split())) == scattered
    assert "first in row" in message


def test_text_where_a_number_belongs_ends_with_4(refused, census):
    message = refused(4, census(with_first("AGE", "forty")))
    assert "AGE" in message


def test_a_message_never_repeats_the_row_of_a_person(refused, census, census_rows):
    message = refused(4, census(with_first("PERWT", "-1.5")))
    assert ",".join(list(census_rows[0].values())[:4]) not in message
    assert census_rows[0]["SERIAL"] not in message.replace(",", " ").split()


def test_an_output_folder_that_is_a_file_ends_with_5(refused, tmp_path):
    (tmp_path / "taken").write_text("mine")
    message = refused(5, CENSUS, out=tmp_path / "taken")
    assert "taken" in message
    assert (tmp_path / "taken").read_text() == "mine"


def test_an_unknown_indicator_ends_with_2(refused):
    assert "8.6.9" in refused(2, CENSUS, "--indicator", "8.6.9")


def test_an_unknown_format_ends_with_2(refused):
    assert "docx" in refused(2, CENSUS, "--format", "docx")


def test_an_unknown_dimension_ends_with_2_and_names_one_like_it(refused):
    message = refused(2, CENSUS, "--by", "sex*age_gruop")
    assert "age_gruop" in message
    assert "did you mean 'age_group'?" in message


# SIGINT comes in the middle of the pass: at the first batch that the progress line hears of.
INTERRUPTED_RUN = """
import os, signal, sys
from harmonize.cli import main
from harmonize.cli.progress import ProgressLine
ProgressLine.__call__ = lambda *counts: os.kill(os.getpid(), signal.SIGINT)
main(sys.argv[1:], prog_name="harmonize")
"""


def test_ctrl_c_ends_with_130_and_nothing_written(tmp_path):
    done = subprocess.run(
        [sys.executable, "-c", INTERRUPTED_RUN, "run", MAPPING, CENSUS, "-o", tmp_path / "out"],
        capture_output=True, text=True, timeout=120, check=False,
    )  # fmt: skip
    assert done.returncode == 130, done.stderr
    assert done.stderr.endswith("interrupted, nothing was written\n")
    assert not [name for name in FILES if (tmp_path / "out" / name).exists()]


# What a compiler stopped half-way leaves behind: an object that complains when it is thrown away.
INTERRUPTED_WHILE_BUILDING = """
import sys
from harmonize import pipeline
from harmonize.cli import main

class Half:
    def __init__(self): raise KeyboardInterrupt
    def __del__(self): self.whole

def run(*arguments, **options):
    Half()

pipeline.run = run
main(sys.argv[1:], prog_name="harmonize")
"""


def test_ctrl_c_while_something_is_being_built_leaves_no_complaint(tmp_path):
    done = subprocess.run(
        [sys.executable, "-c", INTERRUPTED_WHILE_BUILDING, "run", MAPPING, CENSUS, "-o", tmp_path / "out"],
        capture_output=True, text=True, timeout=120, check=False,
    )  # fmt: skip
    assert (done.returncode, done.stderr) == (130, "interrupted, nothing was written\n")


def test_ctrl_c_leaves_an_earlier_result_as_it_was(harmonize, tmp_path, monkeypatch):
    from harmonize import pipeline

    out = tmp_path / "out"
    assert harmonize("run", MAPPING, CENSUS, "-o", out).exit_code == 0
    before = {name: (out / name).read_bytes() for name in FILES}

    def interrupted(*arguments, **options):
        raise KeyboardInterrupt

    monkeypatch.setattr(pipeline, "run", interrupted)
    result = harmonize("run", MAPPING, CENSUS, "-o", out)
    assert result.exit_code == 130
    assert result.stderr == "interrupted, nothing was written\n"
    assert {name: (out / name).read_bytes() for name in FILES} == before


def test_a_bug_keeps_its_traceback(tmp_path):
    code = INTERRUPTED_RUN.replace("os.kill(os.getpid(), signal.SIGINT)", "1 // 0")
    done = subprocess.run(
        [sys.executable, "-c", code, "run", MAPPING, CENSUS, "-o", tmp_path / "out"],
        capture_output=True, text=True, timeout=120, check=False,
    )  # fmt: skip
    assert done.returncode == 1
    assert "ZeroDivisionError" in done.stderr
