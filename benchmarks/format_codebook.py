"""The DDI codebook of a made extract, with all that ipumspy asks of one, so that both sides read the same."""

from __future__ import annotations

import sys
from dataclasses import dataclass
from pathlib import Path
from xml.sax.saxutils import escape

sys.path.append(str(Path(__file__).resolve().parent.parent / "examples"))

from ipums_layout import COLUMNS, Column

# The columns of a hierarchical extract, as in IPUMS's own: each record starts with its type and the key.
KEY = COLUMNS[:4]
HOUSEHOLD = COLUMNS[4:14]
PERSON = COLUMNS[14:]
RECORD_TYPE = Column("RECTYPE", 1, "Record type", labels={"H": "Household", "P": "Person"})

STUDY = """<stdyDscr><citation><titlStmt><titl>Invented extract</titl></titlStmt>
<serStmt><serName abbr="ipumsi">IPUMS International</serName><serInfo>invented persons</serInfo></serStmt></citation>
<dataAccs><useStmt><citReq>none: invented persons</citReq><conditions>none</conditions></useStmt></dataAccs>
</stdyDscr>"""
GROUPS = """<recGrp keyvar="SERIAL" recidvar="RECTYPE" rectype="P"><labl>Person Record</labl></recGrp>
<recGrp recidvar="RECTYPE" rectype="H"><labl>Household Record</labl></recGrp>"""


@dataclass(frozen=True)
class Place:
    """A column, its first byte in a record (1-based), and the types of record it is in."""

    column: Column
    start: int
    records: str = ""


def rectangular() -> str:
    """The codebook of persons_N.dat, .csv and so on."""
    return _codebook(_places(COLUMNS, 1, ""), "rectangular", "")


def hierarchical() -> str:
    """The codebook of hierarchical_N.dat."""
    common = _places((RECORD_TYPE, *KEY), 1, "H P")
    after = common[-1].start + common[-1].column.width
    return _codebook([*common, *_places(HOUSEHOLD, after, "H"), *_places(PERSON, after, "P")], "hierarchical", GROUPS)


def _places(columns: tuple[Column, ...], start: int, records: str) -> list[Place]:
    places = []
    for column in columns:
        places.append(Place(column, start, records))
        start += column.width
    return places


def _codebook(places: list[Place], structure: str, groups: str) -> str:
    return "\n".join(
        [
            '<?xml version="1.0" encoding="UTF-8"?>',
            '<codeBook xmlns="ddi:codebook:2_5" version="2.5">',
            STUDY,
            '<fileDscr ID="ExtractData"><fileTxt><fileName>extract.dat</fileName><fileCont>Invented persons</fileCont>',
            f'<fileStrc type="{structure}">{groups}</fileStrc><fileType charset="ISO-8859-1"/>',
            "<format>fixed length fields</format><filePlac>none</filePlac></fileTxt></fileDscr>",
            "<dataDscr>",
            *(_variable(place) for place in places),
            "</dataDscr></codeBook>",
        ]
    )


def _variable(place: Place) -> str:
    column = place.column
    end = place.start + column.width - 1
    records = f' rectype="{place.records}"' if place.records else ""
    categories = "".join(
        f"<catgry><catValu>{code}</catValu><labl>{escape(label)}</labl></catgry>"
        for code, label in column.labels.items()
    )
    return (
        f'<var ID="{column.name}" name="{column.name}" files="ExtractData" dcml="{column.decimals}"'
        f' intrvl="{"discrete" if column.labels else "contin"}"{records}>'
        f'<location StartPos="{place.start}" EndPos="{end}" width="{column.width}"/>'
        f"<labl>{escape(column.title)}</labl><txt>none</txt>{categories}<concept>none</concept>"
        f'<varFormat schema="other" type="{"character" if column is RECORD_TYPE else "numeric"}"/></var>'
    )
