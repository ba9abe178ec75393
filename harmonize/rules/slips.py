"""Codes that are one text as they are written, and were meant as several: `1-2`, `1 2`, `"1, 2"`."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from harmonize.errors import Finding
from harmonize.mapping.located import finding_at
from harmonize.rules.source_codes import Code
from harmonize.rules.targets import Entry

RANGE = re.compile(r"(\d+)\s*(?:-|–|to)\s*(\d+)")
LIST = re.compile(r"\d+((\s*[,;]\s*|\s+)\d+)+")


def texts_among_numbers(entries: Sequence[Entry], kind: str | None, path: str) -> Iterator[Finding]:
    """M014, a warning: such texts where every other code is a number. In quotes `"1-2"` is meant as it is written."""
    codes = [code for entry in entries for code in entry.codes if not code.is_blank]
    slips = [(code, meant) for code in codes if (meant := _meant(code))]
    if kind == "text" or len(slips) == len(codes) or not all(code.is_number or _meant(code) for code in codes):
        return
    for code, meant in slips:
        help = f"write {meant}, or in the rule kind: text, if this is how the column has it"
        message = f"'{code.text}' is one code, and a text, where the others are numbers"
        yield finding_at(path, code.where, "M014", message, help, "warning")


def _meant(code: Code) -> str:
    """What was meant; nothing for other codes."""
    if code.is_number:
        return ""
    found = RANGE.fullmatch(code.text)
    if found and not code.where.quoted and int(found[1]) < int(found[2]):
        return f"{found[1]}..{found[2]}"
    return f"[{', '.join(re.findall('[0-9]+', code.text))}]" if LIST.fullmatch(code.text) else ""
