"""Small made files for the readers' tests, and how to open and drain them."""

from __future__ import annotations

import gzip
from collections.abc import Sequence
from pathlib import Path

import polars as pl

from harmonize.readers import Extract, household_batches

Field = tuple[str, int, int, int]  # name, first byte (1-based), width, implied decimals
FIELDS: tuple[Field, ...] = (("SERIAL", 1, 4, 0), ("NAME", 5, 5, 0), ("WT", 10, 6, 2))


def ddi(
    path: Path,
    fields: Sequence[Field] = FIELDS,
    namespace: str = "ddi:codebook:2_5",
    structure: str = "rectangular",
    charset: str = "ISO-8859-1",
    head: str = "",
) -> Path:
    variables = "".join(
        f'<var ID="{name}" name="{name}" dcml="{decimals}"><location StartPos="{first}" '
        f'EndPos="{first + width - 1}" width="{width}"/><labl>label of {name}</labl>'
        f"<catgry><catValu>1</catValu><labl>one</labl></catgry>"
        f'<varFormat type="{"character" if name == "NAME" else "numeric"}"/></var>'
        for name, first, width, decimals in fields
    )
    path.write_text(
        f'<?xml version="1.0" encoding="UTF-8"?>{head}<codeBook xmlns="{namespace}"><fileDscr><fileTxt>'
        f'<fileName>{path.stem}.dat</fileName><fileStrc type="{structure}"/><fileType charset="{charset}"/>'
        f"</fileTxt></fileDscr><dataDscr>{variables}</dataDscr></codeBook>",
        encoding="utf-8",
    )
    return path


# name, types of record, first byte (1-based), width, implied decimals
HIERARCHICAL = (
    ("RECTYPE", "H P", 1, 1, 0),
    ("YEAR", "H P", 2, 4, 0),
    ("SERIAL", "H P", 6, 3, 0),
    ("HHWT", "H", 9, 4, 2),
    ("OWNER", "H", 13, 1, 0),
    ("PERNUM", "P", 9, 2, 0),
    ("NAME", "P", 11, 5, 0),
)


def hierarchical_ddi(
    path: Path,
    types: Sequence[str] = "PH",
    told_by: str = "RECTYPE",
    fields: Sequence[tuple[str, str, int, int, int]] = HIERARCHICAL,
    charset: str = "ISO-8859-1",
    length_of_h: str = "",
) -> Path:
    """The codebook of a file whose households have 13 bytes, whose persons 15."""
    variables = "".join(
        f'<var ID="{name}" name="{name}" dcml="{decimals}" rectype="{records}"><location StartPos="{first}" '
        f'EndPos="{first + width - 1}" width="{width}"/><catgry><catValu>1</catValu><labl>one</labl></catgry>'
        f'<varFormat type="{"character" if name in ("NAME", "RECTYPE") else "numeric"}"/></var>'
        for name, records, first, width, decimals in fields
    )
    inside = {"P": ' keyvar="SERIAL">', "H": f">{length_of_h}"}
    groups = "".join(f'<recGrp recidvar="{told_by}" rectype="{code}"{inside.get(code, ">")}</recGrp>' for code in types)
    path.write_text(
        f'<codeBook xmlns="ddi:codebook:2_5"><fileDscr><fileTxt><fileStrc type="hierarchical">{groups}</fileStrc>'
        f'<fileType charset="{charset}"/></fileTxt></fileDscr><dataDscr>{variables}</dataDscr></codeBook>',
        encoding="utf-8",
    )
    return path


def write(path: Path, content: str | bytes, encoding: str = "utf-8") -> Path:
    data = content.encode(encoding) if isinstance(content, str) else content
    path.write_bytes(gzip.compress(data) if path.suffix == ".gz" else data)
    return path


def drain(extract: Extract, columns: Sequence[str], key: Sequence[str] = (), **more: object) -> pl.DataFrame:
    """All batches as one table; on a restart what came before is forgotten. Households are whole in each."""
    batches: list[pl.DataFrame] = []
    for batch in household_batches(extract, columns, key, restart=batches.clear, **more):  # type: ignore[arg-type]
        assert batch.columns == [*columns, "_hh"]
        assert batch["_hh"].dtype == pl.UInt32
        batches.append(batch)
    number = 0
    numbered = []
    for batch in batches:
        numbered.append(batch.with_columns(pl.col("_hh") + number))
        number += int(batch["_hh"][-1]) + 1  # type: ignore[call-overload]
    return pl.concat(numbered)
