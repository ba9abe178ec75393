"""A data structure definition: its components in order, which of them are required, and their codes.

The one that comes with the package is IAEG-SDGs:SDG(1.4) of April 2021, dsd_1_4.json, made by tools/build_sdmx.py.
Another version is read from its SDMX-ML 2.1 structure file, with its code lists in it, as the SDMX Global Registry
gives it.
"""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import astuple, dataclass
from functools import cache
from importlib.resources import files
from pathlib import Path
from typing import Any
from xml.etree import ElementTree

from harmonize.errors import DataFileError, UsageError

#: Of the global SDG DSD; in another one further dimensions are `_T`.
DIMENSIONS = (
    "FREQ", "REPORTING_TYPE", "SERIES", "REF_AREA", "SEX", "AGE", "URBANISATION", "INCOME_WEALTH_QUANTILE",
    "EDUCATION_LEV", "OCCUPATION", "CUST_BREAKDOWN", "COMPOSITE_BREAKDOWN", "DISABILITY_STATUS", "ACTIVITY", "PRODUCT",
)  # fmt: skip
TIME, MEASURE = "TIME_PERIOD", "OBS_VALUE"
BUNDLED = "dsd_1_4.json"
OBSERVATION, SERIES, DATA_SET = "observation", "series", "data set"  # what an attribute is attached to
KINDS = {"Dimension": "dimension", "TimeDimension": "time", "PrimaryMeasure": "measure", "Attribute": "attribute"}


@dataclass(frozen=True)
class Component:
    """kind: dimension, time, measure or attribute. codelist: the id of its list of codes; empty for free values.

    attached: of an attribute, what has one value of it: observation, series (a key without time) or data set.
    """

    name: str
    kind: str
    required: bool
    codelist: str
    attached: str = ""


@dataclass(frozen=True)
class Dsd:
    """components: dimensions, time, measure, attributes, each kind in the order of the DSD. lists: id -> codes."""

    agency: str
    name: str
    version: str
    components: tuple[Component, ...]
    lists: dict[str, tuple[str, ...]]

    @property
    def id(self) -> str:
        """As a file of data names it: `IAEG-SDGs:SDG(1.4)`."""
        return f"{self.agency}:{self.name}({self.version})"

    @property
    def dimensions(self) -> tuple[str, ...]:
        """The dimensions but time, in order."""
        return tuple(each.name for each in self.components if each.kind == "dimension")

    def attached_to(self, what: str) -> tuple[str, ...]:
        """The attributes that are attached to an observation, a series or the data set."""
        return tuple(each.name for each in self.components if each.attached == what)

    def codes(self, component: str) -> tuple[str, ...]:
        """The codes of a component in order; none where its values are free or it is not there."""
        found = [each.codelist for each in self.components if each.name == component]
        return self.lists.get(found[0], ()) if found else ()

    def as_json(self) -> dict[str, Any]:
        """As `of` reads it."""
        return {
            "agency": self.agency,
            "name": self.name,
            "version": self.version,
            "components": [list(astuple(each)) for each in self.components],
            "lists": {name: " ".join(codes) for name, codes in self.lists.items()},
        }

    @classmethod
    def of(cls, told: dict[str, Any]) -> Dsd:
        """From what JSON made of one."""
        components = tuple(Component(*each) for each in told["components"])
        lists = {name: tuple(codes.split()) for name, codes in told["lists"].items()}
        return cls(told["agency"], told["name"], told["version"], components, lists)


@cache
def bundled() -> Dsd:
    """IAEG-SDGs:SDG(1.4)."""
    return Dsd.of(json.loads(files("harmonize.writers.sdmx").joinpath(BUNDLED).read_text(encoding="utf-8")))


def dsd_of(formats: Sequence[str], path: Path | None) -> Dsd | None:
    """The DSD of a file. Raises UsageError where no SDMX is written, DataFileError as `read_dsd`."""
    if path is None:
        return None
    if "sdmx" not in formats:
        raise UsageError("--dsd goes with --format sdmx", "add sdmx to --format, or leave --dsd out")
    return read_dsd(path)


def read_dsd(path: Path) -> Dsd:
    """The DSD of an SDMX-ML 2.1 structure file.

    Raises DataFileError where the file can't be read, has none or several, or it is not of SDG indicators.
    """
    again = "give the structure file of the DSD with its code lists (references=children), as SDMX-ML 2.1"
    tree = _parsed(path, again)
    found = [each for each in tree.iter() if _tag(each) == "DataStructure" and _below(each, *KINDS)]
    if len(found) != 1:
        raise DataFileError(f"--dsd: {path}: {len(found) or 'no'} data structure definitions in it", again)
    listed = {_identity(each): each for each in tree.iter() if _tag(each) == "Codelist"}
    told = [each for kind in KINDS for each in sorted(_below(found[0], kind), key=_position)]
    components = tuple(
        Component(
            each.get("id", ""),
            KINDS[_tag(each)],
            _tag(each) != "Attribute" or each.get("assignmentStatus") == "Mandatory",
            _codelist(each)[1],
            _attached(each) if _tag(each) == "Attribute" else "",
        )
        for each in told
    )
    lists = {
        identity[1]: tuple(code.get("id", "") for code in _below(listed[identity], "Code"))
        for identity in dict.fromkeys(_codelist(each) for each in told)
        if identity in listed
    }
    about = found[0]
    dsd = Dsd(about.get("agencyID", ""), about.get("id", ""), about.get("version", ""), components, lists)
    names = {each.name for each in components}
    if lacking := [name for name in (*DIMENSIONS, TIME, MEASURE) if name not in names]:
        raise DataFileError(
            f"--dsd: {path}: {dsd.id} is no DSD of SDG indicators: it lacks {', '.join(lacking)}", again
        )
    if lacking := [name for name in DIMENSIONS if not dsd.codes(name)]:
        raise DataFileError(f"--dsd: {path}: the codes of {', '.join(lacking)} are not in it", again)
    return dsd


def _tag(element: ElementTree.Element) -> str:
    return element.tag.rpartition("}")[2]


def _below(element: ElementTree.Element, *tags: str) -> list[ElementTree.Element]:
    # a PrimaryMeasure without an id is what an attribute is attached to
    return [each for each in element.iter() if _tag(each) in tags and each.get("id")]


def _position(dimension: ElementTree.Element) -> int:
    position = dimension.get("position", "")
    return int(position) if position.isdecimal() else 0


def _identity(element: ElementTree.Element) -> tuple[str, str, str]:
    """Agency, id and version, of a list or of what refers to it: a file may hold several of one id."""
    return element.get("agencyID", ""), element.get("id", ""), element.get("version", "1.0")


def _codelist(component: ElementTree.Element) -> tuple[str, str, str]:
    for representation in component:
        if _tag(representation) == "LocalRepresentation":
            for each in representation.iter():
                if _tag(each) == "Ref" and each.get("class") == "Codelist":
                    return _identity(each)
    return "", "", ""


def _attached(attribute: ElementTree.Element) -> str:
    """What it is attached to; an attribute of groups of series is one of series here."""
    for relationship in attribute:
        if _tag(relationship) == "AttributeRelationship":
            kinds = {_tag(each) for each in relationship}
            refs = {each.get("id") for each in relationship.iter() if _tag(each) == "Ref"}
            if "PrimaryMeasure" in kinds or TIME in refs:
                return OBSERVATION
            return DATA_SET if "None" in kinds else SERIES
    return OBSERVATION


class _Tree(ElementTree.TreeBuilder):
    """A tree of untrusted XML: a document type declaration, and with it every entity, is refused."""

    def doctype(self, *_: object) -> None:
        raise ElementTree.ParseError("a document type declaration is not read, for safety")


def _parsed(path: Path, again: str) -> ElementTree.Element:
    try:
        return ElementTree.parse(path, ElementTree.XMLParser(target=_Tree())).getroot()
    except OSError as error:
        raise DataFileError(f"--dsd: {path}: can't be read ({error.strerror or error})", "check the path") from error
    except ElementTree.ParseError as error:
        raise DataFileError(f"--dsd: {path}: no XML ({error})", again) from error
    except (ValueError, LookupError) as error:
        raise DataFileError(f"--dsd: {path}: is in an encoding that can't be read", again) from error
