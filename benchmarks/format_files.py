"""The made extract in every format that can be written, each made once from examples/make_ipums_extract.py.

A .sas7bdat is made by the command `readstat` of ReadStat, where that is installed: of the form of SAS's own, though
SAS does not open it. The names of a .por have eight characters at most: longer ones are cut.
"""

from __future__ import annotations

import gzip
import shutil
import sys
import tempfile
from collections.abc import Callable
from pathlib import Path

import format_codebook
import numpy as np
import polars as pl
import pyreadstat
from format_codebook import COLUMNS, HOUSEHOLD, KEY
from measure import DATA, ROOT, measure

FOLDER = DATA / "formats"
POR_NAME = 8
_RECORDS = 500_000


def made(form: str, rows: int) -> Path:
    """The file of that format and size, made if it is not there; with its codebook beside it."""
    FOLDER.mkdir(parents=True, exist_ok=True)
    stem, suffix = (f"hierarchical_{rows}", "dat") if form == "hierarchical" else (f"persons_{rows}", form)
    book = format_codebook.hierarchical() if form == "hierarchical" else format_codebook.rectangular()
    (FOLDER / f"{stem}.xml").write_text(book, encoding="utf-8")
    path = FOLDER / f"{stem}.{suffix}"
    if not path.exists():
        print(f"making {path.relative_to(ROOT)} ...", file=sys.stderr)
        with tempfile.TemporaryDirectory(dir=FOLDER) as part:  # so that a file cut short is never measured
            MAKERS[form](Path(part) / path.name, rows)
            (Path(part) / path.name).rename(path)
    return path


def _example(path: Path, rows: int) -> None:
    maker = [sys.executable, str(ROOT / "examples" / "make_ipums_extract.py"), "--persons", str(rows)]
    measure([*maker, "--formats", path.suffix[1:], "--out", str(path.parent), "--name", path.stem])


def _gzipped(path: Path, rows: int) -> None:
    plain = made(path.name.split(".")[1], rows)
    with plain.open("rb") as source, gzip.open(path, "wb", 6) as packed:
        shutil.copyfileobj(source, packed, 1 << 20)


def _hierarchical(path: Path, rows: int) -> None:
    """Out of the rectangular records: a household's where the key changes, then one for each person."""
    key = sum(column.width for column in KEY)
    household = key + sum(column.width for column in HOUSEHOLD)
    before = b""
    with made("dat", rows).open("rb") as source, path.open("wb") as target:
        length = len(source.readline())
        source.seek(0)
        while block := source.read(_RECORDS * length):
            records = np.frombuffer(block, np.uint8).reshape(-1, length)
            first = np.append(block[:key] != before, (records[1:, :key] != records[:-1, :key]).any(axis=1))
            before = block[-length:][:key]
            heads = _lines(b"H", records[first, :household])
            persons = _lines(b"P", records[:, :key], records[:, household:-1])
            size = np.where(first, heads.shape[1], 0) + persons.shape[1]
            end = np.cumsum(size)
            out = np.empty(int(end[-1]), np.uint8)
            out[(end - size)[first, None] + np.arange(heads.shape[1])] = heads
            out[(end - persons.shape[1])[:, None] + np.arange(persons.shape[1])] = persons
            target.write(out.tobytes())


def _lines(kind: bytes, *parts: np.ndarray) -> np.ndarray:
    """Records as rows of bytes: their type, the parts, the end of the line."""
    edge = [np.full((len(parts[0]), 1), byte, np.uint8) for byte in (kind[0], ord("\n"))]
    return np.hstack([edge[0], *parts, edge[1]])


def _persons(rows: int) -> pl.DataFrame:
    """The persons with the smallest integers that hold the width of each column, as Stata would keep them."""
    whole = {
        column.name: pl.Int8 if column.width <= 2 else pl.Int16 if column.width <= 4 else pl.Int32
        for column in COLUMNS
        if column.width <= 9 and not column.decimals
    }
    return pl.scan_parquet(made("parquet", rows)).cast(whole).collect()


def _sav(path: Path, rows: int) -> None:
    # compressed row by row, as SPSS itself saves
    pyreadstat.write_sav(_persons(rows), path, row_compress=True)


def _zsav(path: Path, rows: int) -> None:
    pyreadstat.write_sav(_persons(rows), path, compress=True)


def _por(path: Path, rows: int) -> None:
    pyreadstat.write_por(_persons(rows).rename({column.name: column.name[:POR_NAME] for column in COLUMNS}), path)


def _dta(path: Path, rows: int) -> None:
    pyreadstat.write_dta(_persons(rows), path)


def _xpt(path: Path, rows: int) -> None:
    pyreadstat.write_xport(_persons(rows), path)


def _sas7bdat(path: Path, rows: int) -> None:
    measure(["readstat", str(made("sav", rows)), str(path)])


MAKERS: dict[str, Callable[[Path, int], None]] = {
    "dat": _example,
    "dat.gz": _gzipped,
    "hierarchical": _hierarchical,
    "csv": _example,
    "csv.gz": _gzipped,
    "parquet": _example,
    "sav": _sav,
    "zsav": _zsav,
    "por": _por,
    "dta": _dta,
    "xpt": _xpt,
    "sas7bdat": _sas7bdat,
}
