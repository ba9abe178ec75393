"""A data structure definition of ours as an SDMX-ML 2.1 structure message: code lists, concepts, components."""

from __future__ import annotations

from pathlib import Path
from xml.etree.ElementTree import Element, SubElement

from harmonize.writers.sdmx.dsd import MEASURE, Dsd
from harmonize.writers.sdmx.message import STRUCTURE, as_text, message
from harmonize.writers.sdmx.own import AGENCY, VERSION, Column, Structure

TITLE = "SDG indicators by migratory status"
#: The annotation of a code that is not the value in the estimates: its title is that value.
VALUE = "VALUE"
#: The kind of components -> their list, its id, and their own tag; in the order of the message.
LISTS = {
    "dimension": ("DimensionList", "DimensionDescriptor", "Dimension"),
    "time": ("DimensionList", "DimensionDescriptor", "TimeDimension"),
    "attribute": ("AttributeList", "AttributeDescriptor", "Attribute"),
    "measure": ("MeasureList", "MeasureDescriptor", "PrimaryMeasure"),
}


def write_structure(structure: Structure, path: Path) -> None:
    """Write the DSD with all that it refers to."""
    dsd = structure.dsd
    root, _ = message("Structure", dsd.name, STRUCTURE)
    parts = SubElement(root, "mes:Structures")
    codelists = SubElement(parts, "str:Codelists")
    for each in structure.columns:
        if each.codes:
            _codelist(codelists, each)
    concepts = _maintained(SubElement(parts, "str:Concepts"), "ConceptScheme", dsd.name, TITLE)
    for each in structure.columns:
        _named(SubElement(concepts, "str:Concept", id=each.component.name), each.title)
    definition = _maintained(SubElement(parts, "str:DataStructures"), "DataStructure", dsd.name, TITLE)
    _components(SubElement(definition, "str:DataStructureComponents"), structure)
    path.write_text(as_text(root), encoding="utf-8", newline="\n")


def _codelist(parent: Element, column: Column) -> None:
    found = _maintained(parent, "Codelist", column.component.codelist, column.title)
    for value, code in column.codes.items():
        element = SubElement(found, "str:Code", id=code)
        if value and value != code:
            annotation = SubElement(SubElement(element, "com:Annotations"), "com:Annotation", id=VALUE)
            SubElement(annotation, "com:AnnotationTitle").text = value
        _named(element, column.words[code])


def _components(parent: Element, structure: Structure) -> None:
    columns = {each.component.name: each for each in structure.columns}
    lists: dict[str, Element] = {}
    for each in sorted(structure.dsd.components, key=lambda each: [*LISTS].index(each.kind)):
        kind, identity, tag = LISTS[each.kind]
        if kind not in lists:
            lists[kind] = SubElement(parent, f"str:{kind}", id=identity)
        place = len(lists[kind]) + 1
        about: dict[str, str] = {"id": each.name}
        if each.kind == "attribute":
            about["assignmentStatus"] = "Mandatory" if each.required else "Conditional"
        elif each.kind != "measure":
            about["position"] = str(place)
        _component(SubElement(lists[kind], f"str:{tag}", about), columns[each.name], structure.dsd)


def _component(element: Element, column: Column, dsd: Dsd) -> None:
    concept = {
        "id": column.component.name, "maintainableParentID": dsd.name, "maintainableParentVersion": dsd.version,
        "agencyID": dsd.agency, "package": "conceptscheme", "class": "Concept",
    }  # fmt: skip
    SubElement(SubElement(element, "str:ConceptIdentity"), "Ref", concept)
    representation = SubElement(element, "str:LocalRepresentation")
    if column.codes:
        codelist = {
            "id": column.component.codelist, "version": dsd.version, "agencyID": dsd.agency, "package": "codelist",
            "class": "Codelist",
        }  # fmt: skip
        SubElement(SubElement(representation, "str:Enumeration"), "Ref", codelist)
    else:
        SubElement(representation, "str:TextFormat", textType=column.text)
    if column.component.kind == "attribute":
        relationship = SubElement(element, "str:AttributeRelationship")
        SubElement(SubElement(relationship, "str:PrimaryMeasure"), "Ref", id=MEASURE)


def _maintained(parent: Element, tag: str, identity: str, name: str) -> Element:
    about = {"id": identity, "agencyID": AGENCY, "version": VERSION, "isFinal": "true"}
    element = SubElement(parent, f"str:{tag}", about)
    _named(element, name)
    return element


def _named(element: Element, name: str) -> None:
    SubElement(element, "com:Name", {"xml:lang": "en"}).text = name
