"""FILE.ddi.xml: the codebook of a harmonised file as DDI-Codebook 2.5, each variable with where it came from.

As IPUMS and ipumspy have them: an ID is the name in upper case, a note of the study's scope a sample, and each variable
has a place. Of a file without positions that is its number among the columns, as the schema says of free formats.
The order of elements is the schema's. Source: ddialliance.org, DDI Codebook 2.5, codebook.xsd of 2014-01-28.
"""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path
from xml.etree.ElementTree import Element, ElementTree, indent

from harmonize.harmonised.codebook import Codebook, Column
from harmonize.harmonised.ddi_element import add
from harmonize.harmonised.ddi_study import document, study
from harmonize.words.words import ENGLISH

SUFFIX = ".ddi.xml"
NAMESPACE = "ddi:codebook:2_5"
_FORMATS = {
    ".csv": "comma-delimited", ".parquet": "Apache Parquet", ".sav": "SPSS system file", ".dta": "Stata 14 or later",
}  # fmt: skip
_MISSING = "as categories with missing=Y, which say why there is no value; a blank cell is what a sample was not asked"


def write(book: Codebook, data: str, path: Path) -> None:
    """Write the codebook of the file that is called `data`. Raises OSError where it can't be written."""
    root = Element("codeBook", {"xmlns": NAMESPACE, "version": "2.5", "xml:lang": "en"})
    document(root, book)
    study(root, book)
    _file(root, book, data)
    described = add(root, "dataDscr")
    _groups(described, book.columns)
    for number, column in enumerate(book.columns, 1):
        _variable(described, column, number, book)
    for name, reason in book.told.content["unavailable"].items():
        add(described, "notes", f"{name}: {reason}", type="unavailable")
    indent(root, " ")
    with path.open("wb") as file:
        ElementTree(root).write(file, encoding="utf-8", xml_declaration=True, short_empty_elements=True)
        file.write(b"\n")


def _file(root: Element, book: Codebook, data: str) -> None:
    text = add(add(root, "fileDscr", ID="FILE"), "fileTxt")
    add(text, "fileName", data)
    add(text, "fileCont", book.title)
    add(text, "fileStrc", type="rectangular")
    sizes = add(text, "dimensns")
    add(sizes, "caseQnty", book.told.content["rows"])
    add(sizes, "varQnty", len(book.columns))
    form = _FORMATS[Path(data).suffix.lower()]
    add(text, "fileType", form, charset="utf-8")
    add(text, "format", form)
    add(text, "filePlac", "where harmonize apply was run")
    add(text, "dataMsng", _MISSING)


def _groups(described: Element, columns: Iterable[Column]) -> None:
    topics: dict[str, list[str]] = {}
    for column in columns:
        topics.setdefault(_topic(column), []).append(_id(column.name))
    for topic, names in topics.items():
        group = add(described, "varGrp", type="subject", name=topic, var=" ".join(names))
        add(group, "labl", topic)


def _topic(column: Column) -> str:
    return column.variable.topic if column.variable is not None else "design"


def _id(name: str) -> str:
    return name.upper()


def _variable(described: Element, column: Column, number: int, book: Codebook) -> None:
    weight = book.told.named("_weight")
    found = add(
        described, "var", ID=_id(column.name), name=column.name, files="FILE",
        intrvl="contin" if column.measured else "discrete", measUnit=column.unit,
        nature="" if column.measured or not column.categories else "nominal",
        **({"wgt": "wgt"} if column.name == weight else {"wgt-var": _id(weight)} if column.variable else {}),
    )  # fmt: skip
    place = str(number)
    add(found, "location", StartPos=place, EndPos=place, width="1", fileid="FILE")
    add(found, "labl", column.title, **_lang(book))
    lineage, reference = column.lineage, column.lineage.reference if column.lineage else {}
    if reference.get("question"):
        add(found, "qstn", reference["question"], seqNo=reference["question"])
    variable = column.variable
    if column.measured and variable is not None and (variable.minimum, variable.maximum) != (None, None):
        ends = {"min": variable.minimum, "max": variable.maximum}
        given = {key: f"{end:g}" for key, end in ends.items() if end is not None}
        add(add(found, "valrng"), "range", UNITS="REAL", **given)
    missing = [category for category in column.categories if category.missing]
    if missing:
        invalid = add(found, "invalrng")
        for category in missing:
            add(invalid, "item", VALUE=category.code)
    if column.universe:
        add(found, "universe", column.universe)
    add(found, "txt", _text(column))
    for category in column.categories:
        each = add(found, "catgry", missing="Y" if category.missing else "", missType=category.missing)
        add(each, "catValu", category.code)
        add(each, "labl", category.label, **_lang(book))
    add(found, "concept", _topic(column))
    if lineage is not None:
        derived = add(found, "derivation")
        add(derived, "drvdesc", "\n".join([_origin(column, book), *lineage.words]))
        if lineage.rule:
            add(derived, "drvcmd", lineage.rule, syntax="harmonize mapping (YAML)")
    elif column.about:
        add(add(found, "derivation"), "drvdesc", f"from {column.about}")
    add(found, "varFormat", type="numeric" if column.numeric else "character")
    for key in ("seen_in", "note"):
        if reference.get(key):
            add(found, "notes", reference[key], type=key)
    for option, value in (lineage.options if lineage else {}).items():
        add(found, "notes", f"{option}: {value}", type="option")


def _text(column: Column) -> str:
    parts = [
        column.title,
        f"Standard: {column.standard}" if column.standard else "",
        f"Unit: {column.unit}" if column.unit else "",
    ]
    return ". ".join(part for part in parts if part)


def _origin(column: Column, book: Codebook) -> str:
    kind = column.lineage.kind if column.lineage else ""
    return f"from {', '.join(column.sources) or 'no column'}; rule ({kind}) of {book.made_by}"


def _lang(book: Codebook) -> dict[str, str]:
    """That labels are in another language than the rest of the codebook, which is in English."""
    return {} if book.words.lang == ENGLISH else {"xml:lang": book.words.lang}
