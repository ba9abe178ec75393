"""Dictionaries of REDATAM as XML, `.dicx`: the entities of a census within each other, and their variables.

Of the binary `.dic` nothing is read; REDATAM saves one as the other. Elements as Open REDATAM reads them
(github.com/litalbarkai/open-redatam, src/readers/XMLParser.cpp): `redDictionary_XML` holds `root`, an entity holds
`variable`s and the next `entity`, a variable `name`, `label`, `valueLabels` of `valueLabelElement` (`value`, `label`),
and the codes `missing` and `notappl`.
"""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from xml.etree.ElementTree import Element

from harmonize.errors import DataFileError
from harmonize.readers.ddi import CodebookVariable
from harmonize.readers.safe_xml import parse_xml

TEXT = "CHR"
MISSING = {"missing": "Missing", "notappl": "Not applicable"}


def read_dicx(path: Path) -> list[CodebookVariable]:
    """The variables of all entities, those of persons first; `records` is the entity.

    Raises DataFileError if it is missing or is no dictionary of REDATAM.
    """
    root = parse_xml(path)
    if root.tag != "redDictionary_XML":
        raise DataFileError(f"{path}: this is no dictionary of REDATAM (its root is <{root.tag[:40]}>)")
    found = [
        _variable(each, _said(entity, "name"))
        for entity in reversed(list(_entities(root)))
        for each in entity.findall("variable")
    ]
    if not found:
        raise DataFileError(f"{path}: the dictionary describes no variable")
    return found


def _entities(element: Element) -> Iterator[Element]:
    """All below, each before those in it."""
    for entity in (*element.findall("root"), *element.findall("entity")):
        yield entity
        yield from _entities(entity)


def _variable(element: Element, entity: str) -> CodebookVariable:
    labels = {_said(each, "value"): _said(each, "label") for each in element.iterfind("valueLabels/valueLabelElement")}
    for tag, meaning in MISSING.items():
        if code := _said(element, tag):
            labels.setdefault(code, meaning)
    return CodebookVariable(
        _said(element, "name"),
        _said(element, "label"),
        numeric=_said(element, "varDicChoice/datasetType") != TEXT,
        labels={code: label for code, label in labels.items() if code},
        records=(entity,),
    )


def _said(element: Element, path: str) -> str:
    return (element.findtext(path) or "").strip()
