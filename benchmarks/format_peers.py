"""The readers a user has today, each called as its documentation shows, for the same columns.

ipumspy: readers.read_microdata_chunked and read_hierarchical_microdata. pandas: read_fwf and read_csv with
chunksize, read_parquet. pyreadstat: read_file_in_chunks, and the whole file at once with usecols.
"""

from __future__ import annotations

import warnings
from collections.abc import Callable
from pathlib import Path
from typing import Any

from format_reading import Pieces, Reader, tell

# the default of pyreadstat's read_file_in_chunks; pandas and ipumspy have none
CHUNK = 100_000


def codebook_of(path: Path) -> Any:
    """ipumspy's codebook of a file: the .xml beside it."""
    from ipumspy import readers

    with warnings.catch_warnings():  # each reading of a codebook reminds of the citation
        warnings.simplefilter("ignore")
        return readers.read_ipums_ddi(str(path.with_name(path.name.split(".")[0] + ".xml")))


def ipumspy_chunks(path: Path, columns: list[str]) -> Pieces:
    from ipumspy import readers

    for frame in readers.read_microdata_chunked(codebook_of(path), path, subset=columns, chunksize=CHUNK):
        yield len(frame), int(frame["AGE"].sum())


def ipumspy_records(path: Path, columns: list[str]) -> Pieces:
    """Persons' records out of a hierarchical file, piece by piece: household values do not reach them."""
    from ipumspy import readers

    subset = ["RECTYPE", *columns]
    for frame in readers.read_microdata_chunked(codebook_of(path), path, subset=subset, chunksize=CHUNK):
        persons = frame[frame["RECTYPE"] == "P"]
        yield len(persons), int(persons["AGE"].sum())


def ipumspy_merged(path: Path, columns: list[str]) -> Pieces:
    """A hierarchical file whole: persons, with the columns of their households merged."""
    from ipumspy import readers

    frames = readers.read_hierarchical_microdata(codebook_of(path), path, subset=["RECTYPE", *columns])
    both = [name for name in frames["P"] if name in frames["H"].columns and name != "RECTYPE"]
    merged = frames["P"].merge(frames["H"].drop(columns="RECTYPE"), on=both, how="left", validate="m:1")
    yield len(merged), int(merged["AGE"].sum())


def pandas_fixed(path: Path, columns: list[str]) -> Pieces:
    import pandas as pd

    places = {v.name: (v.start, v.end) for v in codebook_of(path).data_description if v.name in columns}
    spans = [places[name] for name in columns]
    # not said, it takes a .gz for text (3.1.1)
    for frame in pd.read_fwf(path, colspecs=spans, names=columns, chunksize=CHUNK, compression="infer"):
        yield len(frame), int(frame["AGE"].sum())


def pandas_csv(path: Path, columns: list[str]) -> Pieces:
    import pandas as pd

    for frame in pd.read_csv(path, usecols=columns, chunksize=CHUNK):
        yield len(frame), int(frame["AGE"].sum())


def pandas_parquet(path: Path, columns: list[str]) -> Pieces:
    import pandas as pd

    frame = pd.read_parquet(path, columns=columns)
    yield len(frame), int(frame["AGE"].sum())


def pyreadstat_whole(function: str) -> Callable[[Path, list[str]], Pieces]:
    def read(path: Path, columns: list[str]) -> Pieces:
        import pyreadstat

        frame, _ = getattr(pyreadstat, function)(path, usecols=columns)
        yield len(frame), int(frame["AGE"].sum())

    return read


def pyreadstat_chunks(function: str) -> Callable[[Path, list[str]], Pieces]:
    def read(path: Path, columns: list[str]) -> Pieces:
        import pyreadstat

        reader = getattr(pyreadstat, function)
        for frame, _ in pyreadstat.read_file_in_chunks(reader, path, chunksize=CHUNK, usecols=columns):
            yield len(frame), int(frame["AGE"].sum())

    return read


def _typed(function: str) -> list[Reader]:
    needs = ("pandas", "pyreadstat")
    return [
        Reader(f"pyreadstat.{function}", needs, pyreadstat_whole(function)),
        Reader("pyreadstat in chunks", needs, pyreadstat_chunks(function)),
    ]


FIXED = [
    Reader("ipumspy in chunks", ("ipumspy",), ipumspy_chunks),
    Reader("pandas.read_fwf in chunks", ("pandas", "ipumspy"), pandas_fixed),
]
CSV = [Reader("pandas.read_csv in chunks", ("pandas",), pandas_csv)]

PEERS: dict[str, list[Reader]] = {
    "dat": FIXED,
    "dat.gz": FIXED,
    "hierarchical": [
        Reader("ipumspy in chunks, persons only", ("ipumspy",), ipumspy_records),
        Reader("ipumspy whole, and merge", ("ipumspy",), ipumspy_merged),
    ],
    "csv": CSV,
    "csv.gz": CSV,
    "parquet": [Reader("pandas.read_parquet", ("pandas", "pyarrow"), pandas_parquet)],
    "sav": _typed("read_sav"),
    "zsav": _typed("read_sav"),
    # in chunks is slower still: 21 and 44 s in two tries, whole 12 s both times, for 100,000 persons in one chunk
    "por": _typed("read_por")[:1],
    "dta": _typed("read_dta"),
    "xpt": _typed("read_xport"),
    "sas7bdat": _typed("read_sas7bdat"),
}

if __name__ == "__main__":
    tell(PEERS)
