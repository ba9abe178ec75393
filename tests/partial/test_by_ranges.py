"""A run by ranges of the rows of a file gives the bytes of a run; what ranges can't tell is run whole."""

from __future__ import annotations

import gzip
from contextlib import contextmanager
from itertools import pairwise
from pathlib import Path

import polars as pl
import pytest

from harmonize import pipeline
from harmonize.partial import by_ranges
from harmonize.partial.by_ranges import Asked, NotInRanges, RangeState
from harmonize.readers import open_extract
from harmonize.readers.ranges import Cutting, _ends_of_rows
from tests.functional.example import CENSUS, MAPPING
from tests.partial.ranges import OPTIONS, by_ranges_of, outputs


@pytest.fixture(scope="module")
def census(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The example census, not packed."""
    path = tmp_path_factory.mktemp("census") / "persons.csv"
    path.write_bytes(gzip.decompress(CENSUS.read_bytes()))
    return path


def test_the_bytes_are_those_of_a_run(census, tmp_path):
    asked = Asked(MAPPING, census, None, OPTIONS)
    ranges = by_ranges_of(asked, census.stat().st_size / 5, tmp_path / "ranges")
    assert len(ranges) == 5
    pipeline.run(MAPPING, [census], tmp_path / "run", **OPTIONS)
    assert outputs(tmp_path / "ranges") == outputs(tmp_path / "run")


def test_of_parquet_too(census, tmp_path):
    path = tmp_path / "persons.parquet"
    pl.read_csv(census, infer_schema_length=None).write_parquet(path)
    asked = Asked(MAPPING, path, None, OPTIONS | {"indicators": ("7.1.1",)})
    assert len(by_ranges_of(asked, path.stat().st_size / 3, tmp_path / "ranges")) == 3
    pipeline.run(MAPPING, [path], tmp_path / "run", **asked.options)
    assert outputs(tmp_path / "ranges") == outputs(tmp_path / "run")


def test_of_scattered_households_there_are_no_ranges(census, tmp_path):
    header, *rows = census.read_text().splitlines(keepends=True)
    serial = [row.split(",")[header.split(",").index("SERIAL")] for row in rows]
    first = next(n for n, (one, other) in enumerate(pairwise(serial)) if one == other)
    others = [*rows[:first], *rows[first + 1 :]]
    path = tmp_path / "persons.csv"
    asked = Asked(MAPPING, path, None, OPTIONS | {"indicators": ("7.1.1",)})
    path.write_text("".join([header, *others, rows[first]]))
    ranges = by_ranges.ranges_of(asked, path.stat().st_size / 3)
    states: list[RangeState] = [by_ranges.state_of(asked, each, {}) for each in ranges]
    with pytest.raises(NotInRanges):
        by_ranges.joined_states(asked, states)
    path.write_text("".join([header, *others[: first + 20], rows[first], *others[first + 20 :]]))
    with pytest.raises(NotInRanges):
        by_ranges.state_of(asked, by_ranges.ranges_of(asked, path.stat().st_size / 3)[0], {})


def test_a_row_that_does_not_fit_is_for_the_whole_file_to_tell(census, tmp_path):
    path = tmp_path / "persons.csv"
    path.write_bytes(census.read_bytes() + b"1,2,3\n")
    asked = Asked(MAPPING, path, None, OPTIONS)
    ranges = by_ranges.ranges_of(asked, path.stat().st_size / 3)
    with pytest.raises(NotInRanges):
        by_ranges.state_of(asked, ranges[-1], {})


def test_what_is_packed_is_not_cut(tmp_path):
    with pytest.raises(NotInRanges):
        by_ranges.ranges_of(Asked(MAPPING, CENSUS, None, OPTIONS), 100)
    packed = tmp_path / "persons.csv"
    packed.write_bytes(CENSUS.read_bytes())
    with pytest.raises(NotInRanges):
        by_ranges.ranges_of(Asked(MAPPING, packed, None, OPTIONS), 100)


@pytest.mark.parametrize("block", [1, 2, 3, 5, 100])
def test_line_ends_within_quotes_end_no_row(block):
    text = b'a,"b\nc"\n"""\n""",d\n\ne,f\n"g\n'
    blocks = [text[at : at + block] for at in range(0, len(text), block)]
    ends = [8, 18, 19, 23]
    for place in range(23):
        assert list(_ends_of_rows(iter(blocks), [place])) == [next(end for end in ends if end > place)]
    assert list(_ends_of_rows(iter(blocks), [23])) == []
    assert list(_ends_of_rows(iter(blocks), [0, 9, 10])) == [8, 18, 19]


def test_ranges_are_of_whole_households_and_have_every_row_once(tmp_path):
    path = tmp_path / "x.csv"
    rows = [f'{household},"{person}\n"\r\n' for household in range(40) for person in range(household % 7 + 1)]
    path.write_bytes(b"\xef\xbb\xbf" + "".join(["H,P\r\n", *rows]).encode())
    cutting = Cutting(path)

    @contextmanager
    def opened(part):
        cutting.write(part, tmp_path / "near.csv")
        with open_extract([tmp_path / "near.csv"]) as extract:
            yield extract

    ranges = cutting.ranges(6, ["H"], opened)
    assert len(ranges) == 6
    pieces = []
    for number, each in enumerate(ranges):
        cutting.write(each, tmp_path / f"{number}.csv")
        pieces.append(pl.read_csv(tmp_path / f"{number}.csv", infer_schema=False))
    assert pl.concat(pieces).equals(pl.read_csv(path, infer_schema=False))
    households = [set(piece["H"]) for piece in pieces]
    assert sum(map(len, households)) == 40
