"""`--protect` on the command line: noise by cell key, rounded counts, and what each must be given."""

from __future__ import annotations

import json
import random
from pathlib import Path

import polars as pl
import pytest

from tests.functional.example import CENSUS, MAPPING

KEY = random.Random(1).randbytes(32).hex()
ASKED = ("--indicator", "7.1.1", "--indicator", "8.6.1", "--quiet")


@pytest.fixture
def key(tmp_path: Path) -> Path:
    path = tmp_path / "key.txt"
    path.write_text(KEY + "\n")
    return path


def table(folder: Path) -> pl.DataFrame:
    return pl.read_parquet(folder / "estimates.parquet")


def levels(folder: Path) -> pl.DataFrame:
    return table(folder).filter(pl.col("statistic") == "level")


def test_cell_key_moves_counts_a_little_and_the_same_key_by_as_much(harmonize, tmp_path, key):
    for name in ("once", "again"):
        arguments = ("--protect", "cell-key", "--key", key, *ASKED)
        assert harmonize("run", MAPPING, CENSUS, "-o", tmp_path / name, *arguments).exit_code == 0
    assert (tmp_path / "once" / "estimates.csv").read_bytes() == (tmp_path / "again" / "estimates.csv").read_bytes()
    harmonize("run", MAPPING, CENSUS, "-o", tmp_path / "plain", "--protect", "none", *ASKED)
    found, plain = levels(tmp_path / "once"), levels(tmp_path / "plain")
    names = found.columns[: found.columns.index("estimate")]
    both = found.join(plain, on=names, suffix="_plain", nulls_equal=True)
    moved = both["n"] - both["n_plain"]
    assert 2 <= moved.abs().max() <= 5
    assert abs(moved.mean()) < 0.5
    assert not both.filter(pl.col("n").is_in([1, 2])).height
    assert found["deff"].null_count() == found["left_out_share"].null_count() == found.height


def test_the_key_is_in_no_output(harmonize, tmp_path, key):
    harmonize("run", MAPPING, CENSUS, "-o", tmp_path / "out", "--protect", "cell-key", "--key", key, *ASKED)
    secret = bytes.fromhex(KEY)
    for path in (tmp_path / "out").rglob("*"):
        if path.is_file():
            assert KEY.encode() not in path.read_bytes()
            assert secret not in path.read_bytes()


def test_run_json_tells_a_fingerprint_of_the_key_by_which_two_releases_are_of_one_key(harmonize, tmp_path, key):
    other = tmp_path / "other.txt"
    other.write_bytes(random.Random(2).randbytes(32))
    told = {}
    for name, file in (("one", key), ("same", key), ("other", other)):
        harmonize("run", MAPPING, CENSUS, "-o", tmp_path / name, "--protect", "cell-key", "--key", file, *ASKED)
        told[name] = json.loads((tmp_path / name / "run.json").read_text())["protection"]["key_fingerprint"]
    assert told["one"] == told["same"] != told["other"]
    assert len(told["one"]) == 8
    assert told["one"] not in KEY


def test_without_noise_there_is_no_fingerprint(harmonize, tmp_path):
    harmonize("run", MAPPING, CENSUS, "-o", tmp_path / "out", "--protect", "round:5", *ASKED)
    assert "key_fingerprint" not in json.loads((tmp_path / "out" / "run.json").read_text())["protection"]


def test_a_weak_key_is_refused_before_anything_is_read(harmonize, tmp_path):
    weak = tmp_path / "weak.txt"
    weak.write_text("0123456789abcdef" * 4)
    done = harmonize("run", MAPPING, CENSUS, "-o", tmp_path / "out", "--protect", "cell-key", "--key", weak)
    assert done.exit_code == 2
    assert "this key is not random: it is a short pattern over and over" in done.stderr
    assert "head -c 32 /dev/urandom > key" in done.stderr
    assert not (tmp_path / "out").exists()


def test_parts_with_the_key_merge_to_what_a_run_says(harmonize, tmp_path, key):
    harmonize("run", MAPPING, CENSUS, "-o", tmp_path / "run", "--protect", "cell-key", "--key", key, *ASKED)
    harmonize("apply", MAPPING, CENSUS, "-o", tmp_path / "h.parquet", "--quiet")
    part = ("tabulate", tmp_path / "h.parquet", "-o", tmp_path / "part", "--partial", *ASKED)
    assert harmonize(*part, "--key", key).exit_code == 0
    state = tmp_path / "part" / "state.zip"
    done = harmonize("merge", state, "-o", tmp_path / "merged", "--protect", "cell-key", "--quiet")
    assert done.exit_code == 0, done.stderr
    assert (tmp_path / "run" / "estimates.csv").read_bytes() == (tmp_path / "merged" / "estimates.csv").read_bytes()
    of_run, of_merge = (
        json.loads((tmp_path / name / "run.json").read_text())["protection"] for name in ("run", "merged")
    )
    assert of_run == of_merge
    assert of_run["key_fingerprint"]


def test_merge_by_cell_key_of_parts_without_keys_says_what_to_do(harmonize, tmp_path):
    harmonize("apply", MAPPING, CENSUS, "-o", tmp_path / "h.parquet", "--quiet")
    harmonize("tabulate", tmp_path / "h.parquet", "-o", tmp_path / "part", "--partial", *ASKED)
    done = harmonize("merge", tmp_path / "part" / "state.zip", "-o", tmp_path / "out", "--protect", "cell-key")
    assert done.exit_code == 2
    assert "tabulate each with --partial --key FILE" in done.stderr
    assert not (tmp_path / "out").exists()


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        (["--protect", "cell-key"], "give the key, --key FILE"),
        (["--protect", "suppress", "--key", "KEY"], "--key goes with --protect cell-key"),
        (["--protect", "round"], "multiples of 2 to 1000: of which is not said\n  write round:5, for example"),
        (["--protect", "round:1"], "multiples of 2 to 1000, not of '1'\n  write round:5, for example"),
        (["--protect", "round:abc"], "multiples of 2 to 1000, not of 'abc'\n  write round:5, for example"),
        (["--protect", "ROUND:20"], "or none; did you mean round:20?"),
        (["--protect", "cell_key"], "or none; did you mean cell-key?"),
        (
            ["--protect", "nonsense"],
            "there is no such method\n  write suppress (the default), cell-key with --key FILE, "
            "round:5 (or another number), or none\n",
        ),
        (["--min-count", "abc"], "'abc' is not a whole number from 1 on. Write digits alone, as 10."),
        (["--min-households", "2.5"], "'2.5' is not a whole number from 1 on. Write digits alone, as 5."),
        (
            ["--protect", "none", "--min-count", "5"],
            "--min-count goes with --protect suppress, cell-key or round:N, not with none\n  leave one of them out",
        ),
        (
            ["--min-households", "9", "--protect", "none"],
            "--min-households goes with --protect suppress, cell-key or round:N, not with none",
        ),
        (
            ["--protect", "round:5", "--group-disclosure", "suppress"],
            "--group-disclosure goes with --protect suppress, not with round:5",
        ),
        (
            ["--protect", "round:5", "--totals"],
            "take --protect suppress, or leave --totals out: beside noise or rounding, population times the share",
        ),
    ],
)
def test_each_mistake_says_what_to_write(harmonize, tmp_path, key, arguments, words):
    given = [key if word == "KEY" else word for word in arguments]
    done = harmonize("run", MAPPING, CENSUS, "-o", tmp_path / "out", *given)
    assert done.exit_code == 2
    assert words in done.stderr
    assert not (tmp_path / "out").exists()


@pytest.mark.parametrize("second", ["none", "suppress"])
def test_a_second_protect_is_refused_and_not_taken_in_silence(harmonize, tmp_path, second):
    twice = ("--protect", "suppress", "--protect", second)
    done = harmonize("run", MAPPING, CENSUS, "-o", tmp_path / "out", *twice)
    assert done.exit_code == 2
    assert f"given 2 times, as suppress and {second}" in done.stderr
    assert "Write the one that you want" in done.stderr
    assert not (tmp_path / "out").exists()


@pytest.mark.parametrize(
    ("option", "first", "second"),
    [
        ("--min-count", 5, 20),
        ("--min-households", 3, 3),
        ("--key", "a", "b"),
        ("--group-disclosure", "allow", "suppress"),
    ],
)
@pytest.mark.parametrize("command", ["run", "tabulate"])
def test_what_protects_a_release_is_given_once_too(as_typed, tmp_path, command, option, first, second):
    given = {"run": [MAPPING, CENSUS], "tabulate": [tmp_path / "h.parquet"]}[command]
    done = as_typed(command, *given, "-o", tmp_path / "out", option, first, option, second)
    assert done.exit_code == 2
    assert f"Invalid value for '{option}': it is given 2 times, as {first} and {second}" in done.stderr
    assert "Write the one that you want, and leave out the others." in done.stderr
    assert not (tmp_path / "out").exists()


def test_a_missing_key_file_is_a_missing_file(harmonize, tmp_path):
    missing = tmp_path / "nothing.txt"
    done = harmonize("run", MAPPING, CENSUS, "-o", tmp_path / "out", "--protect", "cell-key", "--key", missing)
    assert done.exit_code == 3
    assert "secrets.token_hex(32)" in done.stderr


def test_rounded_counts_are_multiples_everywhere(harmonize, tmp_path):
    done = harmonize("run", MAPPING, CENSUS, "-o", tmp_path / "out", "--protect", "round:5", *ASKED)
    assert done.exit_code == 0
    found = table(tmp_path / "out")
    assert set(found["n"].drop_nulls() % 5) == set(found["n_numerator"].drop_nulls() % 5) == {0}
    told = json.loads((tmp_path / "out" / "run.json").read_text())
    assert told["protect"] == told["protection"]["method"] == "round:5"
    counts = [sample[name] for sample in told["samples"] for name in ("persons", "migrants")]
    assert counts
    assert not any(count % 5 for count in counts)


@pytest.mark.parametrize(
    ("method", "words"),
    [
        ("suppress", "Not shown, to protect persons: groups of fewer than 10 persons or 5 households (unweighted)"),
        ("round:5", "Every count is rounded to a multiple of 5"),
        ("cell-key", "Every count has noise of at most 5 up or down (cell-key method)"),
    ],
)
def test_the_notes_of_methods_csv_say_how_the_numbers_are_protected(harmonize, tmp_path, key, method, words):
    given = ("--key", key) if method == "cell-key" else ()
    done = harmonize("run", MAPPING, CENSUS, "-o", tmp_path / "out", "--protect", method, *given, *ASKED)
    assert done.exit_code == 0, done.stderr
    notes = pl.read_csv(tmp_path / "out" / "methods.csv")["notes"].to_list()
    assert len(notes) == 4
    assert all(words in note for note in notes)


def test_means_of_money_follow_the_rules_of_suppression_beside_noise(harmonize, tmp_path):
    from tests.protect.test_rules_of_suppression import MAPPING as MADE
    from tests.protect.test_rules_of_suppression import PERSON

    rows = [PERSON | {"AGE": 30, "NAT": nat, "HH": i} for nat, many in ((1, 200), (2, 9)) for i in range(many)]
    (tmp_path / "m.yaml").write_text(MADE)
    pl.DataFrame(rows).write_csv(tmp_path / "p.csv")

    def of_migrants(folder, *more):
        arguments = ("-o", tmp_path / folder, "--protect", "round:5", "--quiet", *more)
        done = harmonize("run", tmp_path / "m.yaml", tmp_path / "p.csv", *arguments)
        assert done.exit_code == 0, done.stderr
        by_status = levels(tmp_path / folder).filter(
            pl.col("disaggregation") == "migratory_status", pl.col("migratory_status") == "migrant"
        )
        return {row["series"]: row["conf_status"] for row in by_status.to_dicts()}

    of = of_migrants("out")
    assert of["mean_hourly"] == of["median_hourly"] == "C"
    assert of["electricity"] == "F"
    fewer = of_migrants("fewer", "--min-count", 9)  # the minimum is of these alone
    assert fewer["mean_hourly"] == fewer["median_hourly"] == fewer["electricity"] == "F"
