"""`tabulate --partial` and `merge` on the command line."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path

import pytest
from click.testing import Result

from harmonize.apply import apply
from tests.functional.example import CENSUS, MAPPING
from tests.functional.parts import assert_same_files, cut

Command = Callable[..., Result]


@pytest.fixture(scope="module")
def parts(tmp_path_factory: pytest.TempPathFactory) -> list[Path]:
    """The example census, harmonised, in two parts."""
    path = tmp_path_factory.mktemp("census") / "census.parquet"
    apply(MAPPING, [CENSUS], path)
    return cut(path, [950])


@pytest.mark.parametrize(
    "protect", [[], ["--protect", "none"], ["--min-count", "20", "--group-disclosure", "suppress"]]
)
def test_two_parts_are_merged_to_what_run_gives(
    as_typed: Command, parts: list[Path], tmp_path: Path, protect: list[str]
) -> None:
    for number, part in enumerate(parts):
        done = as_typed("tabulate", part, "-o", tmp_path / str(number), "--partial")
        assert done.exit_code == 0
        assert "rows; harmonize merge joins it with the other parts" in done.stderr
        assert done.stdout == ""
    states = [tmp_path / "0" / "state.zip", tmp_path / "1" / "state.zip"]
    done = as_typed("merge", *states, "-o", tmp_path / "merged", "--format", "csv,xlsx", *protect)
    assert done.exit_code == 0
    assert ("not protected (protect: none)" in done.stderr) == ("none" in protect)
    assert as_typed("run", MAPPING, CENSUS, "-o", tmp_path / "run", "-q", *protect).exit_code == 0
    log = [] if "none" in protect else ["private/release_log.csv"]
    for name in ("estimates.csv", "methods.csv", "quality.csv", *log):
        assert (tmp_path / "run" / name).read_bytes() == (tmp_path / "merged" / name).read_bytes(), name
    names = {path.name for path in (tmp_path / "merged").iterdir()}
    assert names == {"estimates.csv", "estimates.xlsx", "methods.csv", "private", "quality.csv", "run.json"}


def test_a_part_has_a_state_and_a_run_json_and_no_estimates(
    harmonize: Command, parts: list[Path], tmp_path: Path
) -> None:
    done = harmonize("tabulate", parts[0], "-o", tmp_path / "part", "--partial", "--quiet")
    assert (done.exit_code, done.output) == (0, "")
    assert {path.name for path in (tmp_path / "part").iterdir()} == {"state.zip", "run.json"}
    record = json.loads((tmp_path / "part" / "run.json").read_text(encoding="utf-8"))
    assert record["partial"] == "state.zip"
    assert record["rows"] == 950
    assert record["mapping"]["id"] == MAPPING


def test_options_of_measuring_differently_reach_merge(harmonize: Command, parts: list[Path], tmp_path: Path) -> None:
    for number, part in enumerate(parts):
        harmonize("tabulate", part, "-o", tmp_path / str(number), "--partial", "-q", "--by", "age_broad")
    states = [tmp_path / "0" / "state.zip", tmp_path / "1" / "state.zip"]
    for protect, ends in (("suppress", ""), ("none", "-unprotected")):
        options = ("--singleton", "certainty", "--level", "90", "-q", "--protect", protect)
        run, merged = tmp_path / f"run{ends}", tmp_path / f"merged{ends}"
        assert harmonize("merge", *states, "-o", merged, *options).exit_code == 0
        assert harmonize("run", MAPPING, CENSUS, "-o", run, "--by", "age_broad", *options).exit_code == 0
    assert_same_files(tmp_path / "run", tmp_path / "merged")


@pytest.mark.parametrize(
    ("options", "words"),
    [
        (("--partial", "--format", "csv"), "--format goes with estimates, which --partial does not make"),
        (("--partial", "--level", "90"), "--level goes with estimates"),
        (("--partial", "--protect", "none"), "--protect goes with estimates"),
        (("--partial", "--min-households", "3"), "--min-households goes with estimates"),
        (("--partial", "--group-disclosure", "suppress"), "--group-disclosure goes with estimates"),
        (("--facts", "state.zip"), "--facts goes with --partial"),
    ],
)
def test_options_that_do_not_go_together_end_with_2(
    harmonize: Command, parts: list[Path], tmp_path: Path, options: tuple[str, ...], words: str
) -> None:
    done = harmonize("tabulate", parts[0], "-o", tmp_path / "part", *options)
    assert done.exit_code == 2
    assert words in done.stderr
    assert not (tmp_path / "part").exists()


def test_the_exit_codes_of_merge(harmonize: Command, parts: list[Path], tmp_path: Path) -> None:
    harmonize("tabulate", parts[0], "-o", tmp_path / "part", "--partial", "-q")
    state, out = tmp_path / "part" / "state.zip", tmp_path / "out"
    assert harmonize("merge", state, state, "-o", out).exit_code == 2
    assert harmonize("merge", tmp_path / "nowhere.zip", "-o", out).exit_code == 3
    assert harmonize("merge", CENSUS, "-o", out).exit_code == 3
    assert harmonize("merge", state, "-o", out).exit_code == 4
    assert harmonize("merge", state, "-o", out, "--protect", "supress").exit_code == 2
    assert not out.exists()


def test_a_part_with_more_rows_than_its_description_tells_of_ends_with_4(
    harmonize: Command, parts: list[Path], tmp_path: Path
) -> None:
    copy = tmp_path / "part.parquet"
    copy.write_bytes(parts[0].read_bytes())
    told = json.loads(parts[0].with_name(f"{parts[0].name}.meta.json").read_text(encoding="utf-8"))
    (tmp_path / "part.parquet.meta.json").write_text(json.dumps(told | {"rows": 949}), encoding="utf-8")
    done = harmonize("tabulate", copy, "-o", tmp_path / "out", "--partial")
    assert done.exit_code == 4
    assert "950 rows, where .meta.json tells of 949" in done.stderr
    assert not (tmp_path / "out").exists()


def test_states_stay_where_they_are_when_merged_into_their_own_folder(
    harmonize: Command, parts: list[Path], tmp_path: Path
) -> None:
    for number, path in enumerate(parts):
        assert harmonize("tabulate", path, "-o", tmp_path / f"{number}", "--partial").exit_code == 0
    states = [tmp_path / f"{number}" / "state.zip" for number in range(len(parts))]
    before = [state.read_bytes() for state in states]
    assert harmonize("merge", *states, "-o", tmp_path / "0").exit_code == 0
    assert [state.read_bytes() for state in states] == before
