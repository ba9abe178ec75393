"""`did you mean`: the nearest name, beside the names there are."""

from __future__ import annotations

from collections.abc import Collection
from difflib import get_close_matches

LISTED = 40


def did_you_mean(word: str, known: Collection[str], noun: str) -> str:
    """`noun: a, b, c`, and on a second line `did you mean 'a'?` where one is close."""
    names = list(known)
    near = nearest(word, names)
    shown = ", ".join(names) if len(names) <= LISTED else ""
    lines = [f"{noun}: {shown}" if shown else "", f"did you mean '{near[0]}'?" if near else ""]
    return "\n".join(line for line in lines if line)


def nearest(word: str, known: Collection[str], n: int = 1) -> list[str]:
    """Up to n close names, regardless of case."""
    by_lower = {name.lower(): name for name in known}
    return [by_lower[name] for name in get_close_matches(word.lower(), list(by_lower), n=n, cutoff=0.6)]
