"""The same persons give the same bytes, however the extract is cut, ordered, stored or drawn."""

from __future__ import annotations

import gzip
import itertools
import json
import os
import subprocess
import sys
from pathlib import Path

import numpy as np
import polars as pl
import pytest

from harmonize import pipeline

ROOT = Path(__file__).resolve().parents[2]
MAPPING = "ipums/international"
PROTECT = ("suppress", "none")
CLUSTERED = """\
mapping: clustered
version: 1.0.0
title: The made extract with coarse clusters
source: {producer: made, citation: made, documentation: made, checked_on: "2026-11-24"}
extends: ipums/international
design: {person_weight: PERWT, weight_decimals: 2, stratum: STRATA, cluster: BLOCK}
"""


@pytest.fixture(scope="module")
def extract(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A made extract of some thousand persons, as fixed width with its DDI, csv and parquet."""
    folder = tmp_path_factory.mktemp("extract")
    subprocess.run(
        [sys.executable, ROOT / "examples" / "make_ipums_extract.py", "--persons", "6000",
         "--formats", "dat,csv,parquet",
         "--out", folder, "--seed", "7"],
        check=True,
    )  # fmt: skip
    return folder


def persons(folder: Path) -> pl.DataFrame:
    """The csv's rows, all as text, with a block of some households."""
    path = next(p for p in folder.iterdir() if p.name.endswith((".csv", ".csv.gz")))
    frame = pl.read_csv(path, infer_schema=False)
    return frame.with_columns(
        BLOCK=(pl.col("SERIAL").cast(pl.Int64) // 7000 + pl.col("STRATA").cast(pl.Int64) * 1000).cast(pl.String)
    )


def write(frame: pl.DataFrame, path: Path) -> Path:
    frame.write_csv(path)
    return path


def outcome(tmp_path: Path, name: str, data: list[Path], mapping: str = MAPPING, **options: object) -> bytes:
    """The bytes of the estimates of a run, protected, and with nothing hidden."""
    found = b""
    for protect in PROTECT:
        out = tmp_path / f"{name}-{protect}"
        pipeline.run(mapping, data, out, protect=protect, totals=True, **options)  # type: ignore[arg-type]
        found += (out / "estimates.csv").read_bytes() + (out / "quality.csv").read_bytes()
    assert found.count(b"\n") > 400
    return found


@pytest.fixture(scope="module")
def expected(extract: Path, tmp_path_factory: pytest.TempPathFactory) -> bytes:
    folder = tmp_path_factory.mktemp("expected")
    return outcome(folder, "csv", [write(persons(extract), folder / "whole.csv")])


def test_every_format_of_the_extract_gives_the_same_bytes(extract: Path, expected: bytes, tmp_path: Path) -> None:
    files = [
        p for p in sorted(extract.iterdir()) if p.name.split(".", 1)[1] in ("dat", "dat.gz", "csv", "csv.gz", "parquet")
    ]
    assert len(files) == 3
    for file in files:
        assert outcome(tmp_path, file.name.replace(".", "-"), [file]) == expected, file.name


def test_shuffled_rows_give_the_same_bytes(extract: Path, expected: bytes, tmp_path: Path) -> None:
    shuffled = persons(extract).sample(fraction=1.0, shuffle=True, seed=3)
    assert outcome(tmp_path, "shuffled", [write(shuffled, tmp_path / "s.csv")]) == expected


def test_seven_files_cut_anywhere_give_the_same_bytes(extract: Path, expected: bytes, tmp_path: Path) -> None:
    frame = persons(extract)
    cuts = [
        0,
        *sorted(np.random.default_rng(5).choice(np.arange(1, frame.height), 6, replace=False).tolist()),
        frame.height,
    ]
    files = [write(frame[a:b], tmp_path / f"part{i}.csv") for i, (a, b) in enumerate(itertools.pairwise(cuts))]
    assert outcome(tmp_path, "seven", files) == expected
    assert outcome(tmp_path, "backwards", files[::-1]) == expected


@pytest.mark.parametrize("chunk_size", [1, 37, 1000, 1_000_000])
def test_small_batches_and_large_give_the_same_bytes(
    extract: Path, expected: bytes, tmp_path: Path, chunk_size: int
) -> None:
    frame = persons(extract)
    if chunk_size == 1:  # a batch a row is slow: some households are enough
        frame = frame.head(300)
        whole = outcome(tmp_path, "whole", [write(frame, tmp_path / "whole.csv")])
        assert outcome(tmp_path, "one", [tmp_path / "whole.csv"], chunk_size=1) == whole
        return
    assert outcome(tmp_path, "chunks", [write(frame, tmp_path / "w.csv")], chunk_size=chunk_size) == expected


def test_clusters_of_several_households_may_be_cut_anywhere(extract: Path, tmp_path: Path) -> None:
    mapping = tmp_path / "clustered.yaml"
    mapping.write_text(CLUSTERED, encoding="utf-8")
    frame = persons(extract)
    whole = outcome(tmp_path, "whole", [write(frame, tmp_path / "w.csv")], str(mapping))
    shuffled = frame.sample(fraction=1.0, shuffle=True, seed=11)
    files = [write(shuffled[a : a + 1500], tmp_path / f"p{a}.csv") for a in range(0, frame.height, 1500)]
    assert outcome(tmp_path, "cut", files, str(mapping), chunk_size=500) == whole


def test_one_thread_and_two_and_any_order_of_hashes_give_the_same_bytes(
    extract: Path, expected: bytes, tmp_path: Path
) -> None:
    data = write(persons(extract), tmp_path / "w.csv")
    for threads in ("1", "2"):
        found = b""
        for protect in PROTECT:
            out = tmp_path / f"{threads}-{protect}"
            subprocess.run(
                [sys.executable, "-m", "harmonize", "run", MAPPING, data, "-o", out, "--quiet", "--totals",
                 "--protect", protect],
                check=True, env={**os.environ, "POLARS_MAX_THREADS": threads, "PYTHONHASHSEED": threads},
            )  # fmt: skip
            found += (out / "estimates.csv").read_bytes() + (out / "quality.csv").read_bytes()
        assert found == expected


def test_one_thread_and_four_give_the_same_files_to_the_last_byte(tmp_path: Path) -> None:
    """More persons than one lane takes: see harmonize.tabulate.side_by_side. run.json too, but for its clock."""
    made = [sys.executable, ROOT / "examples" / "make_ipums_extract.py", "--persons", "20000", "--formats", "csv"]
    subprocess.run([*made, "--out", tmp_path, "--seed", "5"], check=True)
    harmonize = [sys.executable, "-m", "harmonize"]
    harmonised = tmp_path / "harmonised.parquet"
    subprocess.run([*harmonize, "apply", MAPPING, tmp_path / "persons.csv", "-o", harmonised, "--quiet"], check=True)
    found = []
    for threads in ("1", "4"):
        environment = {**os.environ, "POLARS_MAX_THREADS": threads}
        run, part = tmp_path / "run" / threads, tmp_path / "part" / threads
        for words in (
            ["run", MAPPING, tmp_path / "persons.csv", "-o", run],
            ["tabulate", harmonised, "--partial", "-o", part],
        ):
            subprocess.run([*harmonize, *words, "--quiet"], check=True, env=environment)
        files = {
            str(path.relative_to(folder)): path.read_bytes()
            for folder in (run, part) for path in sorted(folder.rglob("*")) if path.is_file()
        }  # fmt: skip
        records = {name: json.loads(content) for name, content in files.items() if name.endswith("run.json")}
        for told in records.values():
            told.pop("timings", None)
        found.append(files | records)
    assert "state.zip" in found[0]
    assert found[0] == found[1]


def test_a_compressed_extract_gives_the_same_bytes(extract: Path, expected: bytes, tmp_path: Path) -> None:
    plain = write(persons(extract), tmp_path / "w.csv")
    packed = tmp_path / "w2.csv.gz"
    packed.write_bytes(gzip.compress(plain.read_bytes()))
    assert outcome(tmp_path, "gz", [packed]) == expected
