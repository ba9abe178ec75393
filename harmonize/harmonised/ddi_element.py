"""An element of a DDI codebook."""

from __future__ import annotations

from xml.etree.ElementTree import Element, SubElement

from harmonize.xml_text import legal


def add(parent: Element, tag: str, text: object = "", **attributes: str) -> Element:
    """A child with its text; an attribute that is empty is left out."""
    found = SubElement(parent, tag, {key: legal(value) for key, value in attributes.items() if value})
    found.text = legal(str(text)) or None
    return found
