"""What every SDMX-ML 2.1 message begins with. No clock: the same content gives the same bytes."""

from __future__ import annotations

from xml.etree import ElementTree

DECLARATION = '<?xml version="1.0" encoding="UTF-8"?>\n'
_SCHEMAS = "http://www.sdmx.org/resources/sdmxml/schemas/v2_1"
NAMESPACES = {
    "xmlns:xsi": "http://www.w3.org/2001/XMLSchema-instance",
    "xmlns:mes": f"{_SCHEMAS}/message",
    "xmlns:com": f"{_SCHEMAS}/common",
}
STRUCTURE_SPECIFIC = {"xmlns:ss": f"{_SCHEMAS}/data/structurespecific"}
STRUCTURE = {"xmlns:str": f"{_SCHEMAS}/structure"}
#: Required by the standard, and no date of anything.
PREPARED = "1980-01-01T00:00:00Z"
SENDER = "HARMONIZE"


def message(kind: str, identity: str, namespaces: dict[str, str]) -> tuple[ElementTree.Element, ElementTree.Element]:
    """The root of a message, `mes:` and its kind, and its header, to which more may be added.

    identity: of letters, digits, `_`, `@`, `$` and `-`; the same for the same content.
    """
    root = ElementTree.Element(f"mes:{kind}", NAMESPACES | namespaces)
    header = ElementTree.SubElement(root, "mes:Header")
    for name, text in (("ID", identity), ("Test", "false"), ("Prepared", PREPARED)):
        ElementTree.SubElement(header, f"mes:{name}").text = text
    ElementTree.SubElement(header, "mes:Sender", id=SENDER)
    return root, header


def as_text(root: ElementTree.Element) -> str:
    """The whole document, indented, its lines ended by `\\n`."""
    ElementTree.indent(root)
    return f"{DECLARATION}{ElementTree.tostring(root, encoding='unicode')}\n"
