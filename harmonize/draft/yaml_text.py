"""Codes, names and comments as a mapping writes them."""

from __future__ import annotations

import json
import re
from collections.abc import Iterable

from harmonize.lint.tidy import FEW
from harmonize.rules.source_codes import BLANK, number_of

PLAIN = re.compile(r"[A-Za-z0-9][A-Za-z0-9_]*|-?\d+(\.\d+)?|-?\d+\.\.-?\d+|\.[a-zA-Z]")
LIKE_YAML = re.compile(r"yes|no|true|false|null|on|off|y|n", re.IGNORECASE)
UNPRINTABLE = re.compile("[^\x09\x0a\x0d\x20-\x7e\xa0-\u2027\u202a-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
LONGEST = 118
SHOWN = 8
"""Labels that a comment shows of one line."""


def name(text: str) -> str:
    """A column's name; in quotes where YAML would take it otherwise."""
    return text if re.fullmatch(r"[^\W\d][\w .-]*\w|[^\W\d]", text) and not LIKE_YAML.fullmatch(text) else quoted(text)


def quoted(text: str) -> str:
    """The text in double quotes, of JSON, which YAML reads alike; what no YAML may hold as it is, escaped."""
    return UNPRINTABLE.sub(lambda found: f"\\u{ord(found[0]):04x}", json.dumps(text, ensure_ascii=False))


def code(text: str, numeric: bool) -> str:
    """One code: numbers without leading zeros, `blank` for a missing cell, texts that YAML takes otherwise quoted."""
    number = number_of(text)
    if numeric and number is not None and number == int(number):
        return str(int(number))
    plain = PLAIN.fullmatch(text) and not LIKE_YAML.fullmatch(text)
    return text if plain else quoted(text)


def codes(given: Iterable[str], numeric: bool) -> str:
    """A code or a list in order, blank at the end, three whole numbers or more that follow each other as a range."""
    texts = [code(each, numeric) for each in dict.fromkeys(given)]
    whole = sorted({int(each) for each in texts if re.fullmatch(r"0|-?[1-9]\d*", each)})
    rest = [each for each in texts if not re.fullmatch(r"0|-?[1-9]\d*", each)]
    runs: list[list[int]] = []
    for number in whole:
        if runs and number == runs[-1][-1] + 1:
            runs[-1].append(number)
        else:
            runs.append([number])
    written = [text for run in runs for text in ([f"{run[0]}..{run[-1]}"] if len(run) >= FEW else map(str, run))]
    rest = sorted(each for each in rest if each != BLANK) + [each for each in rest if each == BLANK]
    written += rest
    return written[0] if len(written) == 1 else f"[{', '.join(written)}]"


def comment(text: str, *, after: int = 0) -> str:
    """The text on one line, as much as fits beside `after` characters."""
    said = one_line(text)
    room = max(40, LONGEST - after - 4)
    return "# " + (said if len(said) <= room else said[: room - 3] + "...")


def one_line(text: str) -> str:
    """The text without line breaks and what a file of YAML may not hold."""
    return " ".join(UNPRINTABLE.sub(" ", text).split())


def labels(given: Iterable[str]) -> str:
    """Some labels as they are quoted in a comment."""
    texts = list(dict.fromkeys(given))
    more = f" and {len(texts) - SHOWN} more" if len(texts) > SHOWN else ""
    return ", ".join(f"'{text}'" for text in texts[:SHOWN]) + more
