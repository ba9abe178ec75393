"""Source codes as a mapping writes them: `1`, `'01'`, `3..7`, `75..`, `A01..B99`, `blank`, or a list."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field

from harmonize.errors import Finding
from harmonize.mapping.located import Items, Located, Text, finding_at

BLANK = "blank"
NUMBER = re.compile(r"[+-]?(\d+(\.\d*)?|\.\d+)", re.ASCII)
RANGE = re.compile(r"\s*([+-]?[\d.]*?\d)?\s*\.\.\s*([+-]?\d[\d.]*)?\s*", re.ASCII)
MOST_DIGITS = 15  # a float64 holds these exactly; a longer "number" is an identifier and stays text


def number_of(text: str) -> float | None:
    """The number a code is, ignoring leading zeros, `.0` and spaces; None for text."""
    stripped = text.strip()
    if not NUMBER.fullmatch(stripped) or sum(c.isdigit() for c in stripped.lstrip("+-0")) > MOST_DIGITS:
        return None
    return float(stripped)


@dataclass(frozen=True)
class Code:
    """One code, or one range of codes (both ends included; None is open), or the missing cell.

    as_text: a condition writes it in 'quotes', which says that the column is text.
    ends: of a range of texts (`A01..B99`) both ends; it holds texts as long as they are, in code-point order.
    """

    text: str
    low: float | None = None
    high: float | None = None
    is_range: bool = False
    is_blank: bool = False
    as_text: bool = False
    ends: tuple[str, str] | None = None
    where: Text = field(default_factory=lambda: Text(""), compare=False, repr=False)

    @property
    def is_number(self) -> bool:
        """Whether it can be a code of a numeric column. `blank` is neither number nor text."""
        return self.ends is None and (self.is_range or (not self.is_blank and self.low is not None))

    @property
    def padded_width(self) -> int:
        """Digits of each code of a range written with leading zeros (`01..32` is 2), else 0."""
        first = self.text.split("..")[0].strip().lstrip("+-")
        return len(first) if self.is_range and self.ends is None and len(first) > 1 and first[0] == "0" else 0

    def holds_number(self, value: float) -> bool:
        """Whether this range holds the whole number `value`."""
        if self.ends is not None or not value.is_integer():
            return False
        return (self.low is None or self.low <= value) and (self.high is None or value <= self.high)

    def holds_text(self, text: str) -> bool:
        """Whether this range, in a text column, holds `text`: the number written plainly, or padded."""
        if self.ends is not None:
            return len(text) == len(self.ends[0]) and self.ends[0] <= text <= self.ends[1]
        width = self.padded_width
        plain = re.fullmatch(rf"[0-9]{{{width}}}" if width else r"0|-?[1-9][0-9]*", text)
        return bool(plain) and self.holds_number(float(text))


def parse_code(value: Text, path: str) -> tuple[Code | None, list[Finding]]:
    """One code or range. A quoted text is never `blank` and never a range."""
    if not value.quoted:
        if value == BLANK:
            return Code(BLANK, is_blank=True, where=value), []
        if ".." in value:
            return _range(value, path)
    number = number_of(value)
    return Code(str(value), number, number, where=value), []


def _range(value: Text, path: str) -> tuple[Code | None, list[Finding]]:
    first, _, last = (part.strip() for part in value.partition(".."))
    if _is_code_with_letters(first) and _is_code_with_letters(last) and len(first) == len(last):
        if first > last:
            return None, [_empty(value, path)]
        return Code(str(value), is_range=True, ends=(first, last), where=value), []
    match = RANGE.fullmatch(value)
    ends = [None if end is None else number_of(end) for end in match.groups()] if match else []
    unread = match is None or any(g is not None and e is None for g, e in zip(match.groups(), ends, strict=True))
    if unread or ends == [None, None]:
        help = "write 3..7, 75.., ..-1 or A01..B99 (equally long); a text that holds two dots is written in quotes"
        return None, [finding_at(path, value, "M014", f"'{value}' is not a range of codes", help)]
    low, high = ends
    if low is not None and high is not None and low > high:
        return None, [_empty(value, path)]
    return Code(str(value), low, high, is_range=True, where=value), []


def _empty(value: Text, path: str) -> Finding:
    return finding_at(path, value, "M014", f"the range {value} is empty", "write the lower end first")


def _is_code_with_letters(text: str) -> bool:
    """Letters and at least one digit: two words with dots between them are a slip, not a range."""
    return re.fullmatch(r"[A-Za-z0-9]+", text) is not None and not text.isdigit() and any(map(str.isdigit, text))


def parse_codes(value: Located, path: str) -> tuple[list[Code], list[Finding]]:
    """One code or a list of codes and ranges."""
    codes: list[Code] = []
    findings: list[Finding] = []
    for item in value if isinstance(value, Items) else [value]:
        if not isinstance(item, Text):
            findings.append(
                finding_at(path, item, "M014", "a source code is one value", "write a code, a range or a list")
            )
            continue
        code, found = parse_code(item, path)
        findings += found
        if code is not None:
            codes.append(code)
    if isinstance(value, Items) and not value:
        findings.append(
            finding_at(path, value, "M014", "an empty list of codes", "list the codes, or leave the key out")
        )
    return codes, findings


def compare_as_numbers(codes: Iterable[Code], kind: str | None) -> bool:
    """How the mapping alone would compare these codes: by `kind`, else as numbers if all are numbers."""
    if kind is not None:
        return kind == "number"
    return all((code.is_number and not code.as_text) or code.is_blank for code in codes)


class Claims:
    """Codes that have been given to something, each asked for again and again."""

    def __init__(self, codes: Iterable[Code], numeric: bool) -> None:
        self._numeric = numeric
        self._singles: dict[tuple[str, float | str], Code] = {}
        self._ranges: list[Code] = []
        self.add(codes)

    def add(self, codes: Iterable[Code]) -> None:
        """More codes."""
        for code in codes:
            if code.is_range:
                self._ranges.append(code)
            else:
                self._singles[_key(code, self._numeric)] = code

    def met_by(self, codes: Iterable[Code]) -> Iterator[tuple[Code, Code]]:
        """Pairs of a code given before and one of `codes`, that some cell would match both."""
        for code in codes:
            if not code.is_range:
                same = self._singles.get(_key(code, self._numeric))
                if same is not None:
                    yield same, code
                if self._ranges and not code.is_blank:
                    yield from ((other, code) for other in self._ranges if _within(code, other, self._numeric))
            else:
                singles = (other for other in self._singles.values() if not other.is_blank)
                yield from ((other, code) for other in singles if _within(other, code, self._numeric))
                yield from ((other, code) for other in self._ranges if _meet(other, code, self._numeric))


def overlaps(first: list[Code], second: list[Code], numeric: bool) -> Iterator[tuple[Code, Code]]:
    """Pairs of codes, one of each list, that some cell would match both; `numeric`: compared as numbers."""
    return Claims(first, numeric).met_by(second)


def _key(code: Code, numeric: bool) -> tuple[str, float | str]:
    if code.is_blank:
        return BLANK, ""
    if numeric and code.low is not None:
        return "number", code.low
    return "text", code.text.strip() if numeric else code.text.rstrip(" ")


def _within(single: Code, range_: Code, numeric: bool) -> bool:
    if numeric:
        return single.low is not None and range_.holds_number(single.low)
    return range_.holds_text(single.text.rstrip(" "))


def _meet(a: Code, b: Code, numeric: bool) -> bool:
    if a.ends is not None or b.ends is not None:
        return not numeric and _texts_meet(a, b)
    if not numeric and a.padded_width != b.padded_width:
        return False
    below = a.high is not None and b.low is not None and a.high < b.low
    above = b.high is not None and a.low is not None and b.high < a.low
    return not below and not above


def _texts_meet(a: Code, b: Code) -> bool:
    """Whether two ranges, at least one of texts, can hold the same text of a text column."""
    width = len((a.ends or b.ends or ("",))[0])
    one, other = _texts_of(a, width), _texts_of(b, width)
    return one is not None and other is not None and max(one[0], other[0]) <= min(one[1], other[1])


def _texts_of(code: Code, width: int) -> tuple[str, str] | None:
    """The first and the last text of `width` characters that a range holds, None where there is none."""
    if code.ends is not None:
        return code.ends if len(code.ends[0]) == width else None
    if code.padded_width not in (0, width):
        return None
    least = 0 if code.padded_width or width == 1 else 10 ** (width - 1)
    low = max(least, -int(-code.low // 1)) if code.low is not None else least
    high = min(10**width - 1, int(code.high // 1)) if code.high is not None else 10**width - 1
    return (f"{low:0{width}d}", f"{high:0{width}d}") if low <= high else None
