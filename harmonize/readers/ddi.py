"""DDI codebooks (DDI-Codebook 2.5, the XML of IPUMS and Nesstar): where a variable is, what its codes mean.

Both namespaces in use (`ddi:codebook:2_5`, `http://www.icpsr.umich.edu/DDI`) are read: only local names
are looked at.
Source: ddialliance.org, DDI Codebook 2.5.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from pathlib import Path
from xml.etree.ElementTree import Element

from harmonize.errors import DataFileError
from harmonize.readers.safe_xml import AGAIN, parse_xml


@dataclass(frozen=True)
class CodebookVariable:
    """One variable. `start` is the 0-based byte of a record, None where the codebook gives no position.

    decimals: implied decimals of the fixed-width text. labels: code as written in the codebook -> label.
    records: the types of record it is in, where a file has several. told: code -> meaning, of the codes that the
    coding instructions name in a line such as `9999999 = N.I.U.`, as IPUMS does where codes are not listed.
    """

    name: str
    label: str = ""
    start: int | None = None
    width: int = 0
    decimals: int = 0
    numeric: bool = True
    labels: dict[str, str] = field(default_factory=dict)
    records: tuple[str, ...] = ()
    told: dict[str, str] = field(default_factory=dict)


@dataclass(frozen=True)
class RecordGroup:
    """One type of record of a hierarchical file (DDI `recGrp`).

    code: its code in the variable `told_by`. keys: the variables that join it to others. length: in bytes,
    0 if not said.
    """

    code: str
    told_by: str
    keys: tuple[str, ...]
    length: int


@dataclass(frozen=True)
class Codebook:
    """What a codebook says about one data file. `record_length` is in bytes, 0 if positions are not given."""

    path: Path
    file_name: str
    encoding: str
    hierarchical: bool
    record_length: int
    variables: dict[str, CodebookVariable]
    groups: tuple[RecordGroup, ...] = ()


def read_ddi(path: Path) -> Codebook:
    """The codebook in the DDI file `path`. Raises DataFileError if it is missing or is not a DDI codebook."""
    root = parse_xml(path)
    if root.tag != "codeBook":
        raise DataFileError(
            f"{path}: this is not a DDI codebook (its root is <{root.tag[:40]}>)",
            "give the DDI .xml with --codebook",
        )
    variables: dict[str, CodebookVariable] = {}
    for element in root.iter("var"):
        variable = _variable(element, path)
        if variable.name in variables:
            raise DataFileError(f"{path}: the variable {variable.name} is described twice", AGAIN)
        variables[variable.name] = variable
    if not variables:
        raise DataFileError(f"{path}: the codebook describes no variable", AGAIN)
    ends = [v.start + v.width for v in variables.values() if v.start is not None]
    structure = next(root.iter("fileStrc"), None)
    file_type = next(root.iter("fileType"), None)
    return Codebook(
        path=path,
        file_name=(root.findtext(".//fileTxt/fileName") or "").strip(),
        encoding="" if file_type is None else file_type.get("charset", "").strip().lower(),
        hierarchical=structure is not None and structure.get("type", "").lower() == "hierarchical",
        record_length=_whole(root.findtext(".//logRecL")) or max(ends, default=0),
        variables=variables,
        groups=tuple(_group(element) for element in root.iter("recGrp")),
    )


# a line of coding instructions; IPUMS has the heading Codes run into its first
_TOLD = re.compile(r"^[ \t]*(?:Codes)?[ \t]*(-?\d+)[ \t]*=[ \t]*(\S.*?)\.?[ \t]*$", re.MULTILINE)


def _variable(element: Element, path: Path) -> CodebookVariable:
    name = (element.get("name") or element.get("ID") or "").strip()
    if not name:
        raise DataFileError(f"{path}: a variable has no name", AGAIN)
    location = element.find("location")
    start: int | None = None
    width = 0
    # without end and width it is the number of the column in a file without positions (codebook.xsd, location)
    if location is not None and location.get("StartPos") and (location.get("EndPos") or location.get("width")):
        first, last = _whole(location.get("StartPos")), _whole(location.get("EndPos"))
        width = _whole(location.get("width")) or last - first + 1
        start = first - 1
        if first < 1 or width < 1:
            raise DataFileError(f"{path}: the position of {name} is not a place in a record", AGAIN)
    form = element.find("varFormat")
    labels: dict[str, str] = {}
    for category in element.iter("catgry"):
        code = (category.findtext("catValu") or "").strip()
        if code:
            labels[code] = " ".join((category.findtext("labl") or "").split())
    return CodebookVariable(
        name=name,
        label=" ".join((element.findtext("labl") or "").split()),
        start=start,
        width=width,
        decimals=_whole(element.get("dcml")),
        numeric=form is None or form.get("type", "numeric").lower() == "numeric",
        labels=labels,
        records=tuple(element.get("rectype", "").split()),
        told=dict(_TOLD.findall(element.findtext("codInstr") or "")),
    )


def _group(element: Element) -> RecordGroup:
    return RecordGroup(
        code=element.get("rectype", "").strip(),
        told_by=element.get("recidvar", "").strip(),
        keys=tuple(element.get("keyvar", "").split()),
        length=_whole(element.findtext("recDimnsn/logRecL")),
    )


def _whole(text: str | None) -> int:
    """The whole number in `text`, 0 if there is none."""
    found = re.fullmatch(r"\s*(\d{1,9})\s*", text or "")
    return int(found[1]) if found else 0
