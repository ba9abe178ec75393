"""The made extract as files: fixed width with its DDI codebook, csv, parquet. Chunk by chunk."""

from __future__ import annotations

import gzip
import io
import shutil
import tempfile
from collections.abc import Callable
from pathlib import Path
from typing import Protocol, Self
from xml.sax.saxutils import escape

import numpy as np
import polars as pl
from ipums_layout import COLUMNS, RECORD_LENGTH

NAMESPACE = "ddi:codebook:2_5"


class Writer(Protocol):
    """Takes chunks one after another; leaving the context finishes the file."""

    def __enter__(self) -> Self: ...
    def __exit__(self, *failure: object) -> None: ...
    def write(self, columns: dict[str, np.ndarray]) -> None: ...


def frame(columns: dict[str, np.ndarray]) -> pl.DataFrame:
    """A chunk as numbers: codes Int64, weights Float64 with their decimals applied."""
    return pl.DataFrame({column.name: columns[column.name] for column in COLUMNS}).with_columns(
        (pl.col(column.name) / 10**column.decimals).round(column.decimals) for column in COLUMNS if column.decimals
    )


class _File:
    """What the writers share: one open file."""

    def __init__(self, path: Path) -> None:
        self.path = path
        self.raw = path.open("wb")
        # no name and no time in the header: the same bytes each time
        packed = gzip.GzipFile("", "wb", 6, self.raw, mtime=0) if path.suffix == ".gz" else None
        self.file = packed or self.raw

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *failure: object) -> None:
        self.file.close()
        self.raw.close()


class FixedWidth(_File):
    """Records of digits without separators, and beside them the DDI codebook."""

    def write(self, columns: dict[str, np.ndarray]) -> None:
        """Append the records: each digit of each column is one column of a matrix of bytes."""
        rows = len(columns[COLUMNS[0].name])
        records = np.empty((rows, RECORD_LENGTH + 1), dtype=np.uint8)
        end = 0
        for column in COLUMNS:
            rest = columns[column.name].astype(np.int64)
            end += column.width
            for place in range(end - 1, end - column.width - 1, -1):
                rest, digit = np.divmod(rest, 10)
                records[:, place] = digit + ord("0")
        records[:, RECORD_LENGTH] = ord("\n")
        self.file.write(records.tobytes())

    def __exit__(self, *failure: object) -> None:
        super().__exit__(*failure)
        stem = self.path.name.removesuffix(".gz").removesuffix(".dat")
        self.path.with_name(stem + ".xml").write_text(codebook(stem), encoding="utf-8")


class Csv(_File):
    """A csv with a header."""

    header = True

    def write(self, columns: dict[str, np.ndarray]) -> None:
        """Append the rows."""
        text = io.BytesIO()
        frame(columns).write_csv(text, include_header=self.header)
        self.file.write(text.getbuffer())
        self.header = False


class Parquet:
    """One parquet file, made of a part a chunk so that memory stays flat."""

    def __init__(self, path: Path) -> None:
        self.path = path
        self.parts = Path(tempfile.mkdtemp(dir=path.parent))
        self.count = 0

    def __enter__(self) -> Self:
        return self

    def write(self, columns: dict[str, np.ndarray]) -> None:
        """Keep the rows as a part."""
        frame(columns).write_parquet(self.parts / f"{self.count:06d}.parquet")
        self.count += 1

    def __exit__(self, *failure: object) -> None:
        if failure[0] is None:
            pl.scan_parquet(sorted(self.parts.glob("*.parquet"))).sink_parquet(self.path)
        shutil.rmtree(self.parts)


WRITERS: dict[str, Callable[[Path], Writer]] = {"dat": FixedWidth, "csv": Csv, "parquet": Parquet}


def codebook(stem: str) -> str:
    """The DDI 2.5 codebook of `stem`.dat, as IPUMS writes it."""
    lines = [
        '<?xml version="1.0" encoding="UTF-8"?>',
        f'<codeBook xmlns="{NAMESPACE}" version="2.5">',
        f"  <stdyDscr><citation><titlStmt><titl>Invented extract {escape(stem)}.dat</titl></titlStmt>",
        '    <serStmt><serName abbr="ipumsi">IPUMS International</serName>',
        "      <serInfo>invented persons, codes of V7.6</serInfo></serStmt>",
        "  </citation></stdyDscr>",
        '  <fileDscr ID="ExtractData">',
        f"    <fileTxt><fileName>{escape(stem)}.dat</fileName><fileCont>Invented persons</fileCont>",
        '      <fileStrc type="rectangular"/><fileType charset="ISO-8859-1"/>',
        "      <format>fixed length fields</format></fileTxt>",
        "  </fileDscr>",
        "  <dataDscr>",
    ]
    start = 1
    for column in COLUMNS:
        end = start + column.width - 1
        kind = "discrete" if column.labels else "contin"
        lines += [
            f'    <var ID="{column.name}" name="{column.name}" files="ExtractData"'
            f' dcml="{column.decimals}" intrvl="{kind}">',
            f'      <location StartPos="{start}" EndPos="{end}" width="{column.width}"/>',
            f"      <labl>{escape(column.title)}</labl>",
        ]
        lines += [
            f"      <catgry><catValu>{code}</catValu><labl>{escape(label)}</labl></catgry>"
            for code, label in column.labels.items()
        ]
        lines += ['      <varFormat schema="other" type="numeric"/>', "    </var>"]
        start = end + 1
    return "\n".join([*lines, "  </dataDscr>", "</codeBook>", ""])
