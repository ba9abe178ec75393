"""`harmonize indicators` with several mappings or runs: the matrix of availability, on a terminal and as csv."""

from __future__ import annotations

import csv
import io
import json
import sys

import pytest

from harmonize.cli.matrix import matrix_lines
from harmonize.indicators import INDICATORS
from harmonize.indicators.matrix import COLUMNS, of_mapping, of_run
from harmonize.mapping import load_mapping
from tests.functional.example import CENSUS, MAPPING

SERIES = [series.key for each in INDICATORS.values() for series in each.shown]


@pytest.fixture(scope="module")
def run(tmp_path_factory):
    """The folder of a run of all indicators on the example, which pools two samples."""
    from tests import unprotected

    out = tmp_path_factory.mktemp("matrix") / "whole"
    unprotected.run(MAPPING, [CENSUS], out)
    return out


def entry(number, series, status="exact", reasons=(), missing=(), sample="A"):
    return {
        "sample": sample, "number": number, "series": series, "status": status, "reasons": list(reasons),
        "missing": list(missing),
    }  # fmt: skip


@pytest.fixture
def record(tmp_path):
    """`record("name", *entries)` is the path of a run.json with that availability."""

    def write(name, *entries, samples=("A",)):
        path = tmp_path / name / "run.json"
        path.parent.mkdir()
        told = [{"sample": sample, "country": "CHL", "year": 2002 + at} for at, sample in enumerate(samples)]
        content = {"mapping": {"id": "my/mapping"}, "samples": told, "availability": list(entries)}
        path.write_text(json.dumps(content), encoding="utf-8")
        return path

    return write


def table(text):
    return list(csv.DictReader(io.StringIO(text)))


def test_two_mappings_in_a_pipe_are_a_row_for_each_series_and_mapping(harmonize):
    result = harmonize("indicators", "--mapping", MAPPING, "--mapping", "usa/acs-pums")
    rows = table(result.stdout)
    assert tuple(rows[0]) == COLUMNS
    assert [(row["indicator"], row["series"], row["mapping"]) for row in rows] == [
        (*key, name) for key in SERIES for name in (MAPPING, "usa/acs-pums")
    ]
    for row in rows:
        assert row["availability"] in ("exact", "proxy", "unavailable")
        assert bool(row["reasons"]) == bool(row["reason_codes"]) == (row["availability"] != "exact")
        assert row["membership"] in ("named", "likely", "candidate", "extra")
        assert (row["sample"], row["country"], row["year"]) == ("", "", "")


def test_a_run_has_a_column_for_each_sample_and_says_what_was(harmonize, run):
    by_run = table(harmonize("indicators", "--run", run).stdout)
    assert by_run == table(harmonize("indicators", "--run", run / "run.json").stdout)
    assert {(row["country"], row["year"], row["mapping"]) for row in by_run} == {
        ("CRI", "2011", MAPPING),
        ("ZWE", "2012", MAPPING),
    }
    assert len(by_run) == 2 * len(SERIES)
    written = json.loads((run / "run.json").read_text(encoding="utf-8"))["availability"]
    told = {(e["sample"], e["number"], e["series"]): (e["status"], ";".join(e["reasons"])) for e in written}
    read = {(r["sample"], r["indicator"], r["series"]): (r["availability"], r["reason_codes"]) for r in by_run}
    assert read == told


def test_a_run_tells_the_reasons_in_the_words_of_its_mapping(harmonize, tmp_path):
    """`unavailable: not asked`, the parts that were asked, the variable of an option: not their codes alone."""
    from tests.functional.test_pooled_extract import MAPPING as POOL
    from tests.functional.test_pooled_extract import OLD

    mapping, data, out = tmp_path / "pool.yaml", tmp_path / "old.csv", tmp_path / "out"
    told = "\n  literacy: {unavailable: only the long form asks it}\n"
    mapping.write_text(POOL.replace("\nvariables:\n", f"\nvariables:{told}"), encoding="utf-8")
    with data.open("w", encoding="utf-8", newline="") as file:
        writer = csv.DictWriter(file, list(OLD[0]))
        writer.writeheader()
        writer.writerows(OLD)
    assert harmonize("run", mapping, data, "-o", out, "-q").exit_code == 0
    of_run = {row["series"]: row["reasons"] for row in table(harmonize("indicators", "--run", out).stdout)}
    of_both = table(harmonize("indicators", "--mapping", mapping, "--run", out).stdout)
    of_file = {row["series"]: row["reasons"] for row in of_both if not row["sample"]}
    assert "literacy (only the long form asks it)" in of_file["literacy_15_plus"]
    assert of_run["literacy_15_plus"] == of_file["literacy_15_plus"]


def test_the_words_of_a_run_are_shown_and_one_without_them_is_still_read(record):
    detail = "the sample asks of some: electricity, internet"
    told = entry("1.4.1", "all_asked", "proxy", ["asked_components"]) | {"words": [detail]}
    path = record("r", told, entry("8.6.1", "neet", "proxy", ["no_training"]))
    _, foot = matrix_lines(of_run(path), (), 100)
    assert foot[:2] == [f"  1  {detail}", "  2  training outside formal education was not asked"]


def test_a_folder_of_runs_is_all_of_them(harmonize, record, tmp_path):
    record("b", entry("8.6.1", "neet"))
    record("a", entry("8.6.1", "neet", "proxy", ["no_training"]))
    rows = table(harmonize("indicators", "--run", tmp_path).stdout)
    assert [row["availability"] for row in rows] == ["proxy", "exact"]


def test_a_mapping_or_a_run_that_is_named_twice_counts_once(harmonize, record):
    once = harmonize("indicators", "--mapping", MAPPING)
    assert harmonize("indicators", "--mapping", MAPPING, "--mapping", MAPPING).stdout == once.stdout
    path = record("r", entry("8.6.1", "neet"))
    result = harmonize("indicators", "--run", path, "--run", path.parent, "--run", path.parents[1])
    assert len(table(result.stdout)) == 1


PART = '{"partial": "state.zip", "mapping": {"id": "my/mapping"}, "samples": []}'


def test_the_parts_in_a_folder_are_left_out_and_told(harmonize, record, tmp_path):
    record("whole", entry("8.6.1", "neet"))
    part = record("p1")
    part.write_text(PART, encoding="utf-8")
    result = harmonize("indicators", "--run", tmp_path)
    assert (result.exit_code, result.stderr) == (0, f"{part} is of a part: `harmonize merge` first\n")
    assert [row["indicator"] for row in table(result.stdout)] == ["8.6.1"]


def test_a_part_that_is_named_is_to_be_merged_first(harmonize, record, tmp_path):
    part = record("p1")
    part.write_text(PART, encoding="utf-8")
    for named in (part, part.parent):
        result = harmonize("indicators", "--run", named)
        assert (result.exit_code, result.stdout) == (3, "")
        assert result.stderr.startswith(f"{part} is of a part of an extract, which has no estimates\n  join the parts ")
    alone = harmonize("indicators", "--run", tmp_path)
    assert alone.exit_code == 3
    assert alone.stderr.startswith(f"{tmp_path}: has parts of an extract alone, which have no estimates\n  join them ")


def test_out_writes_the_same_table_and_the_terminal_keeps_the_readable_one(harmonize, run, tmp_path):
    out = tmp_path / "matrix.csv"
    result = harmonize("indicators", "--mapping", MAPPING, "--run", run, "-o", out)
    assert result.exit_code == 0, result.output
    assert result.stdout.splitlines()[0].split()[:2] == ["series", MAPPING]
    assert f"{out}: 3 columns" in result.stderr
    assert out.read_text(encoding="utf-8") == harmonize("indicators", "--mapping", MAPPING, "--run", run).stdout
    assert [path.name for path in tmp_path.iterdir()] == ["matrix.csv"]


def test_one_mapping_is_told_in_words_as_ever_and_can_be_written(harmonize, tmp_path):
    out = tmp_path / "matrix.csv"
    plain = harmonize("indicators", "--mapping", MAPPING)
    assert harmonize("indicators", "--mapping", MAPPING, "-o", out).stdout == plain.stdout
    assert len(table(out.read_text(encoding="utf-8"))) == len(SERIES)


def test_each_reason_stands_once_under_the_matrix_with_its_number_in_the_cells(record):
    path = record(
        "r",
        entry("7.1.1", "electricity"),
        entry("8.6.1", "neet", "proxy", ["no_training", "not_asked_under_16"]),
        entry("8.6.1", "neet", "proxy", ["no_training"], sample="B"),
        entry("1.2.1", "national_poverty", "unavailable", ["missing_variable"], ["literacy", "age"]),
        samples=("A", "B"),
    )
    lines, foot = matrix_lines(of_run(path), (), 100)
    assert lines == [
        "       series            CHL 2002   CHL 2003",
        "1.2.1  national_poverty  - 1 2",
        "7.1.1  electricity       exact",
        "8.6.1  neet              proxy 3 4  proxy 3",
    ]
    assert foot == [
        "  1  needs literacy",
        "  2  needs age",
        "  3  training outside formal education was not asked",
        "  4  asked only of persons aged 16 and over",
        "blank: that run was not asked for the indicator",
        "CHL 2002: 1 indicator exact, 1 proxy, 1 not available",
        "CHL 2003: 0 indicators exact, 1 proxy, 0 not available",
    ]


def test_a_narrow_terminal_has_the_columns_below_each_other(record):
    columns = [*of_run(record("r", entry("8.6.1", "neet"))), of_mapping(MAPPING, load_mapping(MAPPING))]
    lines, _ = matrix_lines(columns, ("8.6.1",), 30)
    assert [line.split() for line in lines] == [
        ["series", "CHL", "2002"], ["8.6.1", "neet", "exact"], [],
        ["series", MAPPING], ["8.6.1", "neet", "proxy", "1"],
    ]  # fmt: skip


def test_samples_of_the_same_name_in_two_runs_are_told_by_their_folders(record):
    columns = [of_run(record(name, entry("8.6.1", "neet")))[0] for name in ("first", "second")]
    head = matrix_lines(columns, (), 400)[0][0]
    assert "first A" in head
    assert "second A" in head


def test_a_series_and_a_reason_of_another_version_are_shown_as_they_are(harmonize, record):
    path = record("r", entry("99.1.1", "of_tomorrow", "proxy", ["seen_in_a_dream"]), entry("8.6.1", "neet"))
    rows = table(harmonize("indicators", "--run", path).stdout)
    assert [row["indicator"] for row in rows] == ["8.6.1", "99.1.1"]
    assert rows[1]["reasons"] == "seen in a dream"


@pytest.mark.parametrize(
    "text", ["", "[]", "{}", '{"availability": 3}', '{"availability": [], "samples": [{}]}', "a,b\n1,2\n"]
)
def test_a_file_that_is_no_run_json_ends_with_3_and_says_what_to_give(harmonize, tmp_path, text):
    path = tmp_path / "x.json"
    path.write_text(text, encoding="utf-8")
    result = harmonize("indicators", "--run", path)
    assert (result.exit_code, result.stdout) == (3, "")
    assert result.stderr.startswith(f"{path}: is not the run.json of a run\n  give ")


def test_a_status_that_is_none_is_no_run_json(harmonize, record):
    assert harmonize("indicators", "--run", record("r", entry("8.6.1", "neet", "perhaps"))).exit_code == 3


def test_a_folder_without_a_run_and_a_file_that_is_not_there_end_with_3(harmonize, tmp_path):
    assert "no run ended there" in harmonize("indicators", "--run", tmp_path).stderr
    assert "no such file" in harmonize("indicators", "--run", tmp_path / "nothing").stderr
    assert harmonize("indicators", "--run", tmp_path).exit_code == 3


def test_out_needs_a_mapping_or_a_run_and_a_place(harmonize, tmp_path, record):
    assert harmonize("indicators", "-o", tmp_path / "x.csv").exit_code == 2
    run = record("r", entry("8.6.1", "neet"))
    assert harmonize("indicators", "--run", run, "-o", tmp_path / "nowhere" / "x.csv").exit_code == 5


@pytest.mark.skipif(sys.platform == "win32", reason="needs a pseudo-terminal")
def test_on_a_terminal_the_matrix_is_readable_and_fits(record, tmp_path):
    import os
    import pty
    import subprocess

    ours, theirs = pty.openpty()
    command = [sys.executable, "-m", "harmonize", "indicators", "--run", str(record("r", entry("8.6.1", "neet")))]
    environment = os.environ | {"PYTHONPATH": str(CENSUS.parents[2]), "COLUMNS": "80"}
    done = subprocess.run(command, stdout=theirs, stderr=subprocess.PIPE, env=environment, timeout=60, check=False)
    os.close(theirs)
    shown = os.read(ours, 65536).decode().splitlines()
    os.close(ours)
    assert done.returncode == 0, done.stderr
    assert shown[:2] == ["       series  CHL 2002", "8.6.1  neet    exact"]
    assert max(map(len, shown)) <= 80
