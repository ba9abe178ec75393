"""Observations as SDMX-ML 2.1, structure specific: a `Series` for each key without time, an `Obs` for each year of it.

Written by polars, piece by piece; nothing but the piece is in memory.
"""

from __future__ import annotations

from collections.abc import Sequence
from hashlib import sha256
from pathlib import Path
from xml.etree import ElementTree

import polars as pl

from harmonize.writers.sdmx.dsd import DATA_SET, MEASURE, OBSERVATION, SERIES, TIME, Dsd
from harmonize.writers.sdmx.message import STRUCTURE_SPECIFIC, as_text, message

ROWS = 10_000  # of a piece
URN = "urn:sdmx:org.sdmx.infomodel.datastructure.DataStructure"
#: What XML can't hold at all, and what an attribute has to write otherwise.
FORBIDDEN = r"[^\x{9}\x{A}\x{D}\x{20}-\x{D7FF}\x{E000}-\x{FFFD}\x{10000}-\x{10FFFF}]"
ESCAPED = {"&": "&amp;", "<": "&lt;", ">": "&gt;", '"': "&quot;", "\t": "&#9;", "\n": "&#10;", "\r": "&#13;"}
MARK = "rows"


def write_data(observations: pl.DataFrame, dsd: Dsd, path: Path) -> None:
    """Write observations, their columns named as the components of the DSD. A number that is not there is `NaN`."""
    head, tail = _frame(observations, dsd)
    with path.open("w", encoding="utf-8", newline="\n") as file:
        file.write(head)
        for piece in _by_series(observations, dsd).iter_slices(ROWS):
            file.writelines(piece.select(_lines(dsd, observations.columns))["line"])
        file.write(tail)


def _frame(observations: pl.DataFrame, dsd: Dsd) -> tuple[str, str]:
    """What is before the rows and what after."""
    root, header = message(
        "StructureSpecificData",
        _identity(observations),
        {**STRUCTURE_SPECIFIC, "xmlns:sdg": namespace(dsd)},
    )
    structure = ElementTree.SubElement(
        header, "mes:Structure", structureID=dsd.name, namespace=namespace(dsd), dimensionAtObservation=TIME
    )
    ElementTree.SubElement(
        ElementTree.SubElement(structure, "com:Structure"), "Ref",
        {"agencyID": dsd.agency, "id": dsd.name, "version": dsd.version, "class": "DataStructure"},
    )  # fmt: skip
    ElementTree.SubElement(header, "mes:DataSetAction").text = "Append"
    of_all = [name for name in dsd.attached_to(DATA_SET) if name in observations.columns]
    data = ElementTree.SubElement(
        root,
        "mes:DataSet",
        {"ss:structureRef": dsd.name, "xsi:type": "sdg:DataSetType", "ss:dataScope": "DataStructure"}
        | {"ss:action": "Append"}
        | {name: str(observations[name][0]) for name in of_all if observations.height},
    )
    data.text = MARK
    head, tail = as_text(root).split(f">{MARK}<")
    return f"{head}>\n", f"  <{tail}"


def _identity(observations: pl.DataFrame) -> str:
    """Of what is said: another message has another."""
    found = sha256(",".join(observations.columns).encode())
    for piece in observations.iter_slices(ROWS):
        found.update(piece.write_csv(include_header=False).encode())
    return found.hexdigest()[:32]


def namespace(dsd: Dsd) -> str:
    """That of the elements of its data, whose observations are told apart by time."""
    return f"{URN}={dsd.id}:ObsLevelDim:{TIME}"


def _by_series(observations: pl.DataFrame, dsd: Dsd) -> pl.DataFrame:
    """Series in the order of their first observation, years in theirs, with which rows begin and end a series."""
    rows = observations.with_row_index("_at").with_columns(_series=pl.col("_at").first().over(dsd.dimensions))
    series = pl.col("_series")
    return rows.sort("_series", TIME, maintain_order=True).with_columns(
        _first=series.ne_missing(series.shift(1)), _last=series.ne_missing(series.shift(-1))
    )


def _lines(dsd: Dsd, columns: Sequence[str]) -> pl.Expr:
    def told(names: Sequence[str]) -> list[pl.Expr]:
        return [_attribute(name) for name in names if name in columns]

    series = pl.concat_str(pl.lit("    <Series"), *told(dsd.dimensions), *told(dsd.attached_to(SERIES)), pl.lit(">\n"))
    value = pl.when(pl.col(MEASURE).is_finite()).then(MEASURE).cast(pl.String).fill_null("NaN")
    line = pl.concat_str(
        pl.when("_first").then(series).otherwise(pl.lit("")),
        pl.lit("      <Obs"), *told([TIME]), pl.format(f' {MEASURE}="{{}}"', value),
        *told(dsd.attached_to(OBSERVATION)), pl.lit("/>\n"),
        pl.when("_last").then(pl.lit("    </Series>\n")).otherwise(pl.lit("")),
    )  # fmt: skip
    return line.alias("line")


def _attribute(name: str) -> pl.Expr:
    """` NAME="value"`; nothing where there is no value."""
    text = pl.col(name).cast(pl.String)
    escaped = text.str.replace_all(FORBIDDEN, "\N{REPLACEMENT CHARACTER}").str.replace_many(ESCAPED)
    return pl.when(text.is_null()).then(pl.lit("")).otherwise(pl.format(f' {name}="{{}}"', escaped))
