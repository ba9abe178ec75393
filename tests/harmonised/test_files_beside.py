"""The files that `apply` writes are of one making, whenever it is ended; none of them replaces what is read."""

from __future__ import annotations

import os
import shutil
from collections.abc import Callable
from pathlib import Path

import polars as pl
import pytest
from click.testing import Result

from harmonize import apply as applying
from harmonize.apply import apply
from harmonize.errors import UsageError
from harmonize.harmonised.files import format_of
from tests.functional.conftest import as_typed
from tests.functional.example import CENSUS, MAPPING
from tests.harmonised.made import make

__all__ = ["as_typed"]

BESIDE = ("h.csv", "h.csv.ddi.xml", "h.csv.dictionary.csv", "h.csv.meta.json")
Typed = Callable[..., Result]


class Killed(BaseException):
    """As a signal that nothing can catch."""


@pytest.mark.parametrize("done", range(len(BESIDE)))
def test_ended_between_two_files_there_are_no_data_that_tabulate_takes_for_others(
    as_typed: Typed, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, done: int
) -> None:
    """Of last year's data and this year's with as many rows and the same columns."""
    mapping, data = make(tmp_path)
    out = tmp_path / "h.csv"
    apply(str(mapping), [data], out)
    before = out.read_bytes()
    pl.read_csv(data, infer_schema=False).with_columns(SEX=pl.lit("1")).write_csv(tmp_path / "this_year.csv")
    replace, count = os.replace, 0

    def killed(source: Path, target: Path) -> None:
        nonlocal count
        if count == done:
            raise Killed
        count += 1
        replace(source, target)

    monkeypatch.setattr(applying.os, "replace", killed)
    with pytest.raises(Killed):
        apply(str(mapping), [tmp_path / "this_year.csv"], out)
    monkeypatch.undo()
    there = {path.name for path in tmp_path.iterdir() if path.name.startswith("h.csv")}
    assert there == {*BESIDE[: max(done, 1)]}
    assert (out.read_bytes() == before) == (done == 0)
    result = as_typed("tabulate", out, "-o", tmp_path / "out")
    assert result.exit_code == 3
    assert "there is no h.csv.meta.json beside it" in result.stderr
    apply(str(mapping), [tmp_path / "this_year.csv"], out)
    assert {path.name for path in tmp_path.iterdir() if path.name.startswith("h.csv")} == {*BESIDE}


@pytest.mark.parametrize("suffix", [".ddi.xml", ".dictionary.csv", ".meta.json"])
def test_a_description_that_cant_be_written_ends_with_5_and_an_earlier_file_is_as_it_was(
    as_typed: Typed, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, suffix: str
) -> None:
    for name in BESIDE:
        (tmp_path / name).write_text("of last year", encoding="utf-8")
    opened = Path.open

    def full(path: Path, *arguments: object, **options: object) -> object:
        if path.name.endswith(suffix) and ("w" in str(arguments) or "w" in str(options)):
            raise OSError(28, "No space left on device")
        return opened(path, *arguments, **options)  # type: ignore[call-overload]

    monkeypatch.setattr(Path, "open", full)
    result = as_typed("apply", MAPPING, CENSUS, "-o", tmp_path / "h.csv")
    monkeypatch.undo()
    assert result.exit_code == 5
    assert "No space left on device" in " ".join(result.stderr.split())
    assert {path.name: path.read_text(encoding="utf-8") for path in tmp_path.iterdir()} == dict.fromkeys(
        BESIDE, "of last year"
    )


def test_an_extract_that_is_called_like_a_file_beside_is_not_overwritten(as_typed: Typed, tmp_path: Path) -> None:
    mapping, made = make(tmp_path)
    data = made.rename(tmp_path / "h.csv.dictionary.csv")
    before = data.read_bytes()
    result = as_typed("apply", mapping, data, "-o", tmp_path / "h.csv")
    assert result.exit_code == 2, result.output
    assert "among what is read" in result.stderr
    assert data.read_bytes() == before
    assert not (tmp_path / "h.csv").exists()


def test_the_codebook_of_the_extract_is_not_overwritten_by_that_of_the_result(as_typed: Typed, tmp_path: Path) -> None:
    apply(MAPPING, [CENSUS], tmp_path / "h.csv")
    codebook = (tmp_path / "h.csv.ddi.xml").read_bytes()
    (tmp_path / "again.yaml").write_text(AGAIN, encoding="utf-8")
    shutil.copy(tmp_path / "h.csv", tmp_path / "persons.csv")
    result = as_typed(
        "apply", tmp_path / "again.yaml", tmp_path / "persons.csv", "--codebook", tmp_path / "h.csv.ddi.xml",
        "-o", tmp_path / "h.csv",
    )  # fmt: skip
    assert result.exit_code == 2
    assert "h.csv.ddi.xml is among what is read" in " ".join(result.stderr.split())
    assert (tmp_path / "h.csv.ddi.xml").read_bytes() == codebook


AGAIN = """
mapping: my/again
version: 1.0.0
title: Again
source: {producer: Office}
sample: {id: S, country: CRI, year: 2011}
design: {full_count: true}
variables:
  sex: {from: sex, codes: {male: male, female: female}}
"""


@pytest.mark.parametrize(("name", "says"), [("h", "it has none"), ("h.xlsx", "are not written as '.xlsx'")])
def test_a_file_without_a_suffix_or_with_a_strange_one_is_told_which_there_are(tmp_path, name, says):
    with pytest.raises(UsageError, match=f"{says}\n  suffixes: .parquet, .csv, .sav, .dta"):
        format_of(tmp_path / name)
