"""What can be mended without changing what a mapping means: F001 to F003, each with its edit."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from harmonize.errors import Finding
from harmonize.mapping.located import Block, Items, Located, Text, finding_at, load_located, walk
from harmonize.mapping.yaml_errors import LINE_BREAK
from harmonize.rules.source_codes import BLANK, Code, parse_code

OF_CODES = ("codes", "missing", "bands")
"""Keys of a block whose values are source codes."""

WORDS = re.compile(r"yes|no", re.IGNORECASE)
PLAIN = re.compile(r"0|-?[1-9]\d*")
FEW = 3
"""Codes that follow each other and are written as a range from this many on."""


@dataclass(frozen=True)
class Mend:
    """A finding, and the text that its place on one line should have."""

    finding: Finding
    text: str

    def __str__(self) -> str:
        """`m.yaml:8:45 F001 the codes [4, 2] are not in order: now [2, 4]`, once it is mended."""
        at = self.finding
        return f"{at.path}:{at.line}:{at.column} {at.code} {at.message}: now {self.text}"


@dataclass(frozen=True)
class _Item:
    """A code as it is written in the file, and what it is."""

    written: str
    code: Code

    @property
    def order(self) -> tuple[int, float, str]:
        if self.code.is_blank:
            return 2, 0.0, ""
        if self.code.is_number:
            return 0, float("-inf") if self.code.low is None else self.code.low, ""
        return 1, 0.0, self.code.text

    @property
    def ends(self) -> tuple[int, int] | None:
        """First and last whole number that it stands for; None where it is not written plainly."""
        parts = [part.strip() for part in self.written.split("..")]
        if len(parts) > 2 or not all(PLAIN.fullmatch(part) for part in parts):
            return None
        return int(parts[0]), int(parts[-1])


def mends(path: str) -> list[Mend]:
    """Of a mapping or cases file, sorted; none where it can't be read."""
    if not Path(path).is_file():
        return []
    value, findings = load_located(path)
    if value is None or findings:
        return []
    lines = LINE_BREAK.split(Path(path).read_text(encoding="utf-8-sig"))
    found = [mend for codes in _lists(value) for mend in _of_list(codes, lines, path)]
    found += [_quoted(each, path) for each in walk(value) if isinstance(each, Text) and _is_bare(each)]
    return sorted(set(found), key=lambda mend: mend.finding)


def _lists(value: Located) -> Iterator[Items]:
    """Every list of source codes."""
    for block in walk(value):
        if not isinstance(block, Block):
            continue
        for key, inner in block.items():
            if key in OF_CODES and isinstance(inner, Block):
                yield from (codes for codes in inner.values() if isinstance(codes, Items))
            elif key == "none" and isinstance(inner, Items):
                yield inner


def _of_list(codes: Items, lines: Sequence[str], path: str) -> Iterator[Mend]:
    """F001 and F002 of a list on one line, in brackets."""
    row = lines[codes.line - 1]
    if not codes or codes.end_line != codes.line or row[codes.column - 1] != "[":
        return
    items = []
    for each in codes:
        code = parse_code(each, path)[0] if isinstance(each, Text) else None
        if code is None:
            return
        items.append(_Item(row[each.column - 1 : each.end_column - 1], code))
    ordered = sorted(items, key=lambda item: item.order)
    now = row[codes.column - 1 : codes.end_column - 1]
    if ordered != items:
        text = f"[{', '.join(item.written for item in ordered)}]"
        yield Mend(finding_at(path, codes, "F001", f"the codes {now} are not in order", f"write {text}", "info"), text)
    merged = _merged(items)
    if len(merged) < len(items):
        text = merged[0] if len(merged) == 1 else f"[{', '.join(merged)}]"
        yield Mend(
            finding_at(path, codes, "F002", f"of the codes {now} some are a range", f"write {text}", "info"), text
        )


def _merged(items: Sequence[_Item]) -> list[str]:
    """The items as written, with runs of neighbours that follow each other as ranges."""
    merged: list[str] = []
    run: list[_Item] = []

    def close() -> None:
        ends = [item.ends for item in run]
        first, last = ends[0], ends[-1]
        if len(run) > 1 and first and last and (last[1] - first[0] + 1 >= FEW):
            merged.append(f"{first[0]}..{last[1]}")
        else:
            merged.extend(item.written for item in run)
        run.clear()

    for item in items:
        before = run[-1].ends if run else None
        if run and (before is None or item.ends is None or item.ends[0] != before[1] + 1):
            close()
        run.append(item)
    close()
    return merged


def _is_bare(text: Text) -> bool:
    return not text.quoted and text.end_line == text.line and WORDS.fullmatch(text) is not None and text != BLANK


def _quoted(text: Text, path: str) -> Mend:
    return Mend(finding_at(path, text, "F003", f"{text} stands without quotes", f'write "{text}"', "info"), f'"{text}"')
