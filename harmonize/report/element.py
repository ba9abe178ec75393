"""HTML and SVG elements as text. What is no element already is escaped, so that a label stays a label."""

from __future__ import annotations

import re
from collections.abc import Iterable
from html import escape

VOID = frozenset({"meta", "link", "br"})
#: What has no lines to break: drawings, their descriptions, and what is not shown.
NO_LINES = frozenset({"text", "title", "desc", "style"})
#: What a line must not break: `15–24`, `10-14`, `non-migrants`, `14.3 %`.
WHOLE = re.compile(r"\d+(?:[–-]\d+)+|\b[Nn]on-\w+|\d[\d.,]* %")


class Html(str):
    """Text that is HTML already."""

    __slots__ = ()


def element(tag: str, *children: str | Iterable[str], **attributes: str | float | bool | None) -> Html:
    """`<tag attributes>children</tag>`. Children: text, elements, or lists of them; empty ones leave no trace.

    Of names, `class_` is `class` and `aria_label` is `aria-label`. True is an attribute without a value, None and
    False are none. Numbers have at most two decimals: no pixel is seen in part.
    """
    names = "".join(_attribute(name, value) for name, value in attributes.items())
    if tag in VOID:
        return Html(f"<{tag}{names}/>")
    inside = "".join(_escaped(child, tag not in NO_LINES) for child in children)
    return Html(f"<{tag}{names}>{inside}</{tag}>")


def joined(*children: str | Iterable[str]) -> Html:
    """Texts and elements one after the other."""
    return Html("".join(_escaped(child, True) for child in children))


def _escaped(child: str | Iterable[str], lines: bool) -> str:
    if isinstance(child, Html):
        return child
    if not isinstance(child, str):
        return "".join(_escaped(each, lines) for each in child)
    return WHOLE.sub(r'<span class="whole">\g<0></span>', escape(child)) if lines else escape(child)


def _attribute(name: str, value: str | float | bool | None) -> str:
    if value is None or value is False:
        return ""
    name = name.rstrip("_").replace("_", "-")
    if value is True:
        return f" {name}"
    text = value if isinstance(value, str) else f"{value:.2f}".rstrip("0").rstrip(".")
    return f' {name}="{escape(text)}"'
