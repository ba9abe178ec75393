"""The same persons have the same noise in every table, whatever the order, the chunks, the files and the parts."""

from __future__ import annotations

import gzip
import io
from pathlib import Path

import numpy as np
import polars as pl
import pytest

from harmonize.apply import apply
from harmonize.errors import DataFileError, FitError, UsageError
from harmonize.estimate.taylor import BY_CELL, Ratios
from harmonize.gather import nothing_yet
from harmonize.mapping import load_mapping
from harmonize.partial.record_sums import record_sums_of_all
from harmonize.partial.state_file import StateFile
from harmonize.partial.tabulating import tabulate_part
from harmonize.plan import Plan
from harmonize.protect.key_file import mark_of
from harmonize.readers import open_extract
from tests.functional.example import CENSUS, MAPPING
from tests.functional.parts import cut, rows_of
from tests.functional.test_merge_of_parts import inside_households
from tests.protect.cell_key_run import SECRET, Keyed, of_extract, of_harmonised

OTHER = SECRET[::-1]


def bits(found: dict[str, Ratios]) -> dict[tuple[str, str], bytes]:
    """Every number of the estimates, as bytes."""
    return {(sample, name): getattr(each, name).tobytes() for sample, each in found.items() for name in BY_CELL}


@pytest.fixture(scope="module")
def rows() -> pl.DataFrame:
    return pl.read_csv(io.BytesIO(gzip.decompress(CENSUS.read_bytes())), infer_schema=False)


@pytest.fixture(scope="module")
def census() -> Keyed:
    return of_extract(MAPPING, [CENSUS])


@pytest.fixture(scope="module")
def harmonised(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("census") / "census.parquet"
    apply(MAPPING, [CENSUS], path)
    return path


def test_noise_is_there_and_bounded(census: Keyed) -> None:
    for sample, found in census.found.items():
        noise = census.noisy[sample].n - found.n
        there = found.n > 0
        assert there.sum() > 500
        assert np.abs(noise).max() == 5
        assert 0.1 < (noise[there] == 0).mean() < 0.4
        assert not noise[~there].any()
        assert not np.isin(census.noisy[sample].n, [1, 2]).any()
        assert np.all(census.noisy[sample].n_numerator <= census.noisy[sample].n)


def test_the_same_persons_have_the_same_noise_under_any_name(census: Keyed) -> None:
    """Of one sum of record keys, and so of one group of persons, there is one published count."""
    equal = 0
    for sample, found in census.found.items():
        universe, numerator = census.sums.of(sample, found.cells)
        published: dict[tuple[int, int], set[int]] = {}
        noisy = census.noisy[sample]
        cut_off = (noisy.n_numerator == noisy.n) & (found.n_numerator < found.n)
        for keys, counts, shown_counts in (
            (universe, found.n, noisy.n),
            (numerator, found.n_numerator, np.where(cut_off, -1, noisy.n_numerator)),
        ):
            for key, count, shown in zip(keys.ravel(), counts.ravel(), shown_counts.ravel(), strict=True):
                if count and shown >= 0:
                    published.setdefault((int(key), int(count)), set()).add(int(shown))
                    equal += 1
        assert {len(each) for each in published.values()} == {1}
        equal -= len(published)
    assert equal > 300  # counts that stand in several places


@pytest.mark.parametrize("chunk_size", [37, 500])
def test_chunks_change_nothing(census: Keyed, chunk_size: int) -> None:
    assert bits(of_extract(MAPPING, [CENSUS], chunk_size=chunk_size).noisy) == bits(census.noisy)


def test_the_order_of_rows_and_the_cut_into_files_change_nothing(
    census: Keyed, rows: pl.DataFrame, tmp_path: Path
) -> None:
    mixed = rows.sample(fraction=1, shuffle=True, seed=4)
    paths = [tmp_path / "one.csv", tmp_path / "two.csv"]
    mixed[:600].write_csv(paths[0])
    mixed[600:].write_csv(paths[1])
    assert bits(of_extract(MAPPING, paths).noisy) == bits(census.noisy)


def test_leading_zeros_of_another_file_change_nothing(census: Keyed, rows: pl.DataFrame, tmp_path: Path) -> None:
    padded = rows.with_columns(pl.col("SERIAL").str.zfill(12), pl.col("PERNUM").str.zfill(4))
    padded.write_csv(tmp_path / "padded.csv")
    found = of_extract(MAPPING, [tmp_path / "padded.csv"])
    assert bits(found.noisy) == bits(census.noisy)


@pytest.mark.parametrize("suffix", [".parquet", ".csv", ".sav", ".dta"])
def test_harmonised_files_have_the_noise_of_their_extract(census: Keyed, tmp_path: Path, suffix: str) -> None:
    path = tmp_path / f"census{suffix}"
    apply(MAPPING, [CENSUS], path)
    found = of_harmonised([path])
    for sample, noisy in census.noisy.items():
        assert np.array_equal(found.noisy[sample].n, noisy.n)
        assert np.array_equal(found.noisy[sample].n_numerator, noisy.n_numerator)


def test_another_secret_gives_other_noise(census: Keyed) -> None:
    other = of_extract(MAPPING, [CENSUS], OTHER)
    assert bits(other.found) == bits(census.found)
    for sample, noisy in census.noisy.items():
        there = census.found[sample].n > 0
        assert (other.noisy[sample].n != noisy.n)[there].mean() > 0.5


def test_the_secret_is_not_in_what_a_plan_says_of_itself(census: Keyed) -> None:
    assert census.plan.secret == SECRET
    assert "secret" not in repr(census.plan)
    assert repr(SECRET) not in repr(census.plan)


def parts(paths: list[Path], folder: Path, *secrets: bytes | None) -> list[Path]:
    """The states of these parts, each with its secret."""
    return [
        tabulate_part([path], folder / f"state-{number}", secret=secret).state
        for number, (path, secret) in enumerate(zip(paths, secrets, strict=True))
    ]


def test_parts_have_the_record_sums_of_the_whole(harmonised: Path, tmp_path: Path) -> None:
    whole = of_harmonised([harmonised])
    inside = inside_households(rows_of(harmonised))
    pieces = cut(harmonised, [inside[20], inside[-20]])
    files = [StateFile(path) for path in parts(pieces, tmp_path, SECRET, SECRET, SECRET)]
    joined, mark = record_sums_of_all(files, nothing_yet(whole.plan))
    assert joined is not None
    assert mark == mark_of(SECRET)
    for one, other in zip(joined.saved(), whole.sums.saved(), strict=True):
        assert np.array_equal(one, other)
    for path in files:
        path.__exit__()
        assert SECRET not in path.path.read_bytes()
        assert SECRET.hex().encode() not in path.path.read_bytes()


def test_parts_without_a_key_have_no_record_sums(harmonised: Path, tmp_path: Path) -> None:
    plan = of_harmonised([harmonised]).plan
    (state,) = parts([harmonised], tmp_path, None)
    with StateFile(state) as file:
        assert not [name for name in file._file.namelist() if "record_keys" in name]
        assert record_sums_of_all([file], nothing_yet(plan)) == (None, None)


@pytest.mark.parametrize(
    ("secrets", "words"),
    [((SECRET, OTHER), "different keys"), ((SECRET, None), "with --key.*without"), ((None, SECRET), "with --key")],
)
def test_parts_of_different_keys_are_refused(
    harmonised: Path, tmp_path: Path, secrets: tuple[bytes | None, ...], words: str
) -> None:
    plan = of_harmonised([harmonised]).plan
    pieces = cut(harmonised, [900])
    states = parts(pieces, tmp_path, *secrets)
    with StateFile(states[0]) as one, StateFile(states[1]) as two, pytest.raises(FitError, match=words):
        record_sums_of_all([one, two], nothing_yet(plan))


def test_a_damaged_member_is_said_to_be(harmonised: Path, tmp_path: Path) -> None:
    plan = of_harmonised([harmonised]).plan
    (state,) = parts([harmonised], tmp_path, SECRET)
    with StateFile(state) as file, pytest.raises(DataFileError, match="damaged"):
        file.record_sums(1, len(plan.series))
    with StateFile(state) as file, pytest.raises(DataFileError, match="damaged"):
        file.record_sums(10**6, len(plan.series) + 1)


NAMELESS = """\
mapping: made/nameless
version: 1.0.0
title: Persons without numbers
source: {producer: made, citation: made, documentation: made, checked_on: "2026-11-24"}
sample: {id: AAA_2010, country: MEX, year: 2010}
design: {weight_kind: none}
keys: {household: HH}
variables:
  electricity: {from: ELEC, codes: {yes: 1, no: 2}}
"""


def test_a_mapping_that_does_not_name_persons_is_refused_before_a_row_is_read(tmp_path: Path) -> None:
    (tmp_path / "made.yaml").write_text(NAMELESS)
    (tmp_path / "made.csv").write_text("HH,ELEC\n1,1\n1,1\n")
    mapping = load_mapping(str(tmp_path / "made.yaml"))
    extract = open_extract([tmp_path / "made.csv"], mapping.read, None, None, ("HH",))
    with extract, pytest.raises(UsageError, match=r"made/nameless has no keys\.person"):
        Plan.make(mapping, extract, secret=SECRET)
    apply(str(tmp_path / "made.yaml"), [tmp_path / "made.csv"], tmp_path / "made.parquet")
    with pytest.raises(UsageError, match=r"no keys\.person"):
        tabulate_part([tmp_path / "made.parquet"], tmp_path / "part", secret=SECRET)
    assert not (tmp_path / "part").exists()
