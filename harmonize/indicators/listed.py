"""A list of indicators that a user keeps in a file: a UN number a line, `#` begins a comment."""

from __future__ import annotations

from difflib import SequenceMatcher
from pathlib import Path

from harmonize.errors import UsageError
from harmonize.indicators import INDICATORS

ALSO_CALLED = {"16.b.1": "10.3.1"}  # one indicator, in the global list under two numbers


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
        raise UsageError("\n".join(wrong), "harmonize indicators lists those there are; # before a line skips it")
    numbers = tuple(dict.fromkeys(number for number in found if number))
    if not numbers:
        raise UsageError(f"{path}: names no indicator", "write a UN number a line, as 8.6.1")
    return numbers


def called_here(number: str) -> str:
    """The number under which an indicator is here: 16.B.1 is 10.3.1. What is no number stays as it is."""
    return ALSO_CALLED.get(number.lower(), number.lower())


def as_listed(number: str, words: str = "") -> str:
    """`10.3.1 (also 16.b.1)`: the number, or `words` about it, with the other that the global list has of it."""
    others = [other for other, ours in ALSO_CALLED.items() if ours == number]
    return f"{words or number} (also {', '.join(others)})" if others else words or number


def _complaint(path: Path, at: int, line: str) -> str:
    first = line.split()[0].rstrip(",;").lower()
    if called_here(first) in INDICATORS:
        return f"{path}:{at}: '{line}' is more than a number: write {first}, and what follows after #"
    return f"{path}:{at}: there is no indicator '{line}', did you mean {nearest_number(first)}?"


def nearest_number(word: str) -> str:
    """The indicator whose number is most like it: first of all of the same goal and target."""

    def likeness(number: str) -> tuple[int, float]:
        same = 0
        for theirs, ours in zip(word.split("."), number.split("."), strict=False):
            if theirs != ours:
                break
            same += 1
        return same, SequenceMatcher(None, word, number).ratio()

    return max(INDICATORS, key=likeness)
