"""A list of indicators that a user keeps in a file: a UN number a line, `#` begins a comment."""

from __future__ import annotations

import re
from collections.abc import Sequence
from difflib import SequenceMatcher
from pathlib import Path

from harmonize.errors import UsageError
from harmonize.indicators import INDICATORS

ALSO_CALLED = {"16.b.1": "10.3.1"}  # one indicator, in the global list under two numbers
LISTS = "`harmonize indicators` lists what it does"
NUMBER = re.compile(r"\d+\.\w+\.\w+", re.ASCII)


def read_list(path: Path) -> tuple[str, ...]:
    """The numbers of the list in its order, without repeats, each as it is called here.

    Raises UsageError for a file that can't be read or names nobody, and for numbers that are none, each
    with its line and the nearest number.
    """
    try:
        text = path.read_text(encoding="utf-8-sig")
    except OSError as error:
        raise UsageError(f"{path}: can't be read ({error.strerror})", "give a text file, a UN number a line") from error
    except UnicodeDecodeError as error:
        raise UsageError(f"{path}: is not text in UTF-8", "give a text file, a UN number a line") from error
    lines = [line.partition("#")[0].strip() for line in text.splitlines()]
    found = [called_here(line) for line in lines]
    wrong = [_complaint(path, at, lines[at - 1]) for at, it in enumerate(found, 1) if it and it not in INDICATORS]
    if wrong:
        raise UsageError("\n".join(wrong), f"{LISTS}; # before a line skips it")
    numbers = tuple(dict.fromkeys(number for number in found if number))
    if not numbers:
        raise UsageError(f"{path}: names no indicator", "write a UN number a line, as 8.6.1")
    return numbers


def called_here(number: str) -> str:
    """The number under which an indicator is here: 16.B.1 is 10.3.1. What is no number stays as it is."""
    number = number.strip().lower()
    return ALSO_CALLED.get(number, number)


def refuse_unmeasured(typed: Sequence[str]) -> None:
    """Raises UsageError for what was typed with --indicator and is not an indicator here."""
    wrong = [text.strip() for text in typed if called_here(text) not in INDICATORS]
    if not wrong:
        return
    if several := next((numbers for text in wrong if len(numbers := _numbers(text)) > 1), None):
        raise UsageError(
            f"--indicator takes one number, not {len(several)}",
            f"repeat the option: {' '.join(f'--indicator {number}' for number in several)}",
        )
    raise UsageError("\n".join(f"--indicator: {_unmeasured(text)}" for text in wrong), LISTS)


def as_listed(number: str, words: str = "") -> str:
    """`10.3.1 (also 16.b.1)`: the number, or `words` about it, with the other that the global list has of it."""
    others = [other for other, ours in ALSO_CALLED.items() if ours == number]
    return f"{words or number} (also {', '.join(others)})" if others else words or number


def _complaint(path: Path, at: int, line: str) -> str:
    if len(numbers := _numbers(line)) > 1:
        return f"{path}:{at}: '{line}' is {len(numbers)} numbers: write one a line"
    first = line.split()[0].rstrip(",;").lower()
    if called_here(first) in INDICATORS:
        return f"{path}:{at}: '{line}' is more than a number: write {first}, and what follows after #"
    return f"{path}:{at}: {_unmeasured(first if NUMBER.fullmatch(first) else line)}"


def _numbers(text: str) -> list[str]:
    """The numbers of `8.6.1,8.5.2`; none where there is another word among them."""
    words = [word for word in re.split(r"[,;\s]+", text) if word]
    return words if all(NUMBER.fullmatch(word) for word in words) else []


def _unmeasured(text: str) -> str:
    word = text if NUMBER.fullmatch(text) else f"'{text}'"
    of = next((each.indicator for one in INDICATORS.values() for each in one.series if each.name == text), "")
    if of:
        return f"{word} is a series of {of}: write {of}"
    near = nearest_number(text.lower())
    return f"harmonize does not measure {word}{f', did you mean {near}?' if near else ''}"


def nearest_number(word: str) -> str:
    """The number of the same target that is most like it, or the one that lacks points alone; else empty."""
    bare = re.sub(r"\W", "", word)
    there = [*INDICATORS, *ALSO_CALLED]
    near = [each for each in there if each.split(".")[:2] == word.split(".")[:2] or each.replace(".", "") == bare]
    return max(near, key=lambda number: SequenceMatcher(None, word, number).ratio(), default="")
