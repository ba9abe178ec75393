from __future__ import annotations

import random
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from made_files import drain, write

from harmonize.errors import FitError
from harmonize.readers import Extract, household_batches, open_extract
from harmonize.readers.key_set import KeySet


def persons(sizes: list[int], order: list[int] | None = None) -> list[tuple[str, str]]:
    rows = [(f"h{h}", f"{h}.{p}") for h, size in enumerate(sizes) for p in range(size)]
    return rows if order is None else [rows[i] for i in order]


def csv_of(path: Path, header: str, rows: list[tuple[str, ...]]) -> Path:
    return write(path, header + "\n" + "".join(",".join(row) + "\n" for row in rows))


def households_are_whole(extract: Extract, chunk_size: int, restart: bool) -> dict[str, set[str]]:
    found: dict[str, set[str]] = {}
    more = {"restart": found.clear} if restart else {}
    for batch in household_batches(extract, ["H", "P"], ("H",), chunk_size, **more):  # type: ignore[arg-type]
        for run in batch.partition_by("_hh", maintain_order=True):
            assert run["H"].n_unique() == 1
            assert run["H"][0] not in found, "a household came in two runs"
            found[run["H"][0]] = set(run["P"])
            assert len(found[run["H"][0]]) == run.height
    return found


@settings(max_examples=40)
@given(
    sizes=st.lists(st.integers(1, 6), min_size=1, max_size=30),
    chunk_size=st.integers(1, 12),
    shuffled=st.booleans(),
    restart=st.booleans(),
    seed=st.integers(0, 9),
)
def test_every_household_is_whole_in_one_batch_whatever_the_order(
    tmp_path_factory: pytest.TempPathFactory,
    sizes: list[int],
    chunk_size: int,
    shuffled: bool,
    restart: bool,
    seed: int,
) -> None:
    order = list(range(sum(sizes)))
    if shuffled:
        random.Random(seed).shuffle(order)
    data = csv_of(tmp_path_factory.mktemp("d") / "x.csv", "H,P", persons(sizes, order))
    with open_extract([data]) as extract:
        found = households_are_whole(extract, chunk_size, restart)
    expected: dict[str, set[str]] = {}
    for household, person in persons(sizes):
        expected.setdefault(household, set()).add(person)
    assert found == expected


def test_a_household_that_comes_again_is_told_and_the_batches_start_again(
    tmp_path: Path, temporary_folder: Path
) -> None:
    data = csv_of(tmp_path / "x.csv", "H,P", [("1", "a"), ("2", "b"), ("3", "c"), ("1", "d")])
    told: list[str] = []
    with open_extract([data]) as extract:
        got = drain(extract, ["P", "H"], ("H",), chunk_size=1, notice=told.append)
        left = [path for folder in temporary_folder.iterdir() for path in folder.iterdir()]
    assert sorted(got["P"]) == ["a", "b", "c", "d"]
    assert got["_hh"].n_unique() == 3
    assert told == ["rows of a household do not stand together: sorting them into temporary files"]
    assert not left
    assert not list(temporary_folder.iterdir())


def test_a_household_may_go_on_in_the_next_file(tmp_path: Path) -> None:
    files = [write(tmp_path / "1.csv", "H\n1\n2\n"), write(tmp_path / "2.csv", "H\n2\n3\n")]
    with open_extract(files) as extract:
        assert drain(extract, ["H"], ("H",))["_hh"].to_list() == [0, 1, 1, 2]


def test_a_key_of_several_columns_is_not_their_text_run_together(tmp_path: Path) -> None:
    data = csv_of(tmp_path / "x.csv", "S,H", [("1", "12"), ("11", "2"), ("11", "2")])
    with open_extract([data]) as extract:
        assert drain(extract, ["H"], ("S", "H"))["_hh"].to_list() == [0, 1, 1]


def test_a_blank_key_tells_file_and_record(tmp_path: Path) -> None:
    files = [write(tmp_path / "1.csv", "H,P\n1,2\n"), write(tmp_path / "2.csv", "H,P\n2,3\n,4\n")]
    with (
        open_extract(files) as extract,
        pytest.raises(FitError, match=r"2\.csv: record 2 has no household: H is blank"),
    ):
        drain(extract, ["P"], ("H",))


def test_stopping_early_leaves_nothing_behind(tmp_path: Path, temporary_folder: Path) -> None:
    data = csv_of(tmp_path / "x.csv", "H,P", [("1", "a"), ("2", "b"), ("1", "d")] * 9)
    with open_extract([data]) as extract:
        batches = household_batches(extract, ["P"], ("H",), chunk_size=1)
        next(batches)
        batches.close()  # type: ignore[attr-defined]
    assert not list(temporary_folder.iterdir())


HOUSES = [("1", "u"), ("9", "x"), ("2", "v"), ("3", "w")]
PEOPLE = [("1", "a"), ("1", "b"), ("2", "c"), ("3", "d")]
JOINED = {("a", "u"), ("b", "u"), ("c", "v"), ("d", "w")}


@pytest.mark.parametrize("houses", [HOUSES, HOUSES[::-1]], ids=["same order", "another order"])
@pytest.mark.parametrize("people", [PEOPLE, PEOPLE[1:] + PEOPLE[:1]], ids=["together", "scattered"])
@pytest.mark.parametrize("chunk_size", [1, 2, 100])
def test_households_join_their_persons_in_any_order(
    tmp_path: Path, houses: list[tuple[str, str]], people: list[tuple[str, str]], chunk_size: int
) -> None:
    data = csv_of(tmp_path / "p.csv", "H,P", people)
    other = csv_of(tmp_path / "h.csv", "H,E", houses)
    with open_extract([data], households=other, household_key=("H",)) as extract:
        assert extract.columns == ["H", "P", "E"]
        got = drain(extract, ["P", "E"], ("H",), chunk_size=chunk_size)
        assert set(got.select("P", "E").rows()) == JOINED
        assert got["_hh"].n_unique() == 3
        assert set(extract.scan(["P", "E"]).collect().rows()) == JOINED


def test_a_column_in_both_is_the_persons_and_the_other_has_the_prefix(tmp_path: Path) -> None:
    data = csv_of(tmp_path / "p.csv", "H,ST", [("1", "mine")])
    other = csv_of(tmp_path / "h.csv", "H,ST", [("1", "theirs")])
    with open_extract([data], households=other, household_key=("H",)) as extract:
        assert drain(extract, ["household.ST", "ST"], ("H",)).rows() == [("theirs", "mine", 0)]


@pytest.mark.parametrize("chunk_size", [1, 100])
def test_a_household_that_appears_twice_tells_both_rows_and_not_the_key(tmp_path: Path, chunk_size: int) -> None:
    data = csv_of(tmp_path / "p.csv", "H,P", PEOPLE)
    other = csv_of(tmp_path / "h.csv", "H,E", [*HOUSES, ("4711", "x"), ("4711", "y")])
    extract = open_extract([data], households=other, household_key=("H",))
    with (
        extract,
        pytest.raises(FitError, match=r"h\.csv: a household appears twice \(rows 5 and 6\)") as caught,
    ):
        drain(extract, ["P", "E"], ("H",), chunk_size=chunk_size)
    assert "4711" not in str(caught.value)


def test_persons_without_a_household_are_counted_and_the_first_is_told(tmp_path: Path) -> None:
    data = csv_of(tmp_path / "p.csv", "H,P", [*PEOPLE, ("77", "e"), ("78", "f")])
    other = csv_of(tmp_path / "h.csv", "H,E", HOUSES)
    extract = open_extract([data], households=other, household_key=("H",))
    with (
        extract,
        pytest.raises(FitError, match=r"no household for 2 persons, the first in record 5 of .*p\.csv"),
    ):
        drain(extract, ["P", "E"], ("H",))


def test_a_key_that_one_file_lacks_is_an_error(tmp_path: Path) -> None:
    data, other = csv_of(tmp_path / "p.csv", "H", [("1",)]), csv_of(tmp_path / "h.csv", "HH", [("1",)])
    with pytest.raises(FitError, match="the households have no column H, which joins"):
        open_extract([data], households=other, household_key=("H",))
    with pytest.raises(FitError, match="a households file needs a key"):
        open_extract([data], households=other)


def test_the_key_set_notices_every_hash_that_comes_again() -> None:
    keys = KeySet()
    hashes = np.random.default_rng(1).integers(0, 2**64, 300_000, dtype=np.uint64)
    hashes = np.unique(np.append(hashes, np.uint64(0)))
    assert not any(keys.add_all(part) for part in np.array_split(hashes, 9))
    assert all(keys.add_all(hashes[i : i + 1]) for i in range(0, len(hashes), 9999))
    assert keys.add_all(hashes[:1])
    assert KeySet().add_all(np.array([5, 6, 5], dtype=np.uint64))
