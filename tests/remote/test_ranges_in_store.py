"""Ranges of a file in an object store are read by themselves, to the same bytes."""

from __future__ import annotations

import gzip

import pytest

from harmonize import pipeline
from harmonize.partial.by_ranges import Asked
from harmonize.readers.ranges import Cutting, Range
from tests.functional.example import CENSUS, MAPPING
from tests.partial.ranges import OPTIONS, by_ranges_of, outputs

pytestmark = pytest.mark.filterwarnings("default")  # those of the store's own packages


def test_the_bytes_are_those_of_a_run(store, tmp_path):
    path = tmp_path / "persons.csv"
    path.write_bytes(gzip.decompress(CENSUS.read_bytes()))
    store.put_file(str(path), "census/persons.csv")
    ranges = by_ranges_of(Asked(MAPPING, "s3://census/persons.csv", None, OPTIONS), 70_000, tmp_path / "ranges")
    assert len(ranges) == 2
    pipeline.run(MAPPING, [path], tmp_path / "run", **OPTIONS)
    assert outputs(tmp_path / "ranges") == outputs(tmp_path / "run")


def test_a_range_is_the_same_from_a_store_and_a_disk(store, tmp_path):
    path = tmp_path / "x.csv"
    path.write_bytes(b"\xef\xbb\xbfA,B\r\n" + b"".join(b'%d,"b\n"\r\n' % n for n in range(1000)))
    store.put_file(str(path), "census/x.csv")
    here, there = Cutting(path), Cutting("s3://census/x.csv")
    assert here.size == there.size
    for part in (Range(0, 10), Range(1000, 2000), Range(here.size - 9, here.size)):
        for name, cutting in (("here", here), ("there", there)):
            cutting.write(part, tmp_path / name)
        assert (tmp_path / "here").read_bytes() == (tmp_path / "there").read_bytes()
