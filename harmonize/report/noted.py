"""What quality.csv notes beside a measure, taken apart: how accurate it says ages are, and the rest."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from harmonize.quality.heaping import CLASSES, WORST
from harmonize.quality.measures import AT_MOST, CHANCE, WITHIN
from harmonize.report.release import Row

ACCURACY = frozenset({WORST, *(words for _, words in CLASSES)})


@dataclass(frozen=True)
class Noted:
    """accuracy: of the ages, in the words of the United Nations. chance: a number, as text. rest: any other words, less
    those that column `within` has as a number.
    """

    accuracy: str = ""
    chance: str = ""
    rest: str = ""


def is_hidden(row: Row) -> bool:
    """Whether a row of quality.csv may not be told."""
    return row["conf_status"] not in (None, "", "F")


def noted(row: Row | None) -> Noted:
    """The parts of the note of a row of quality.csv; none of a row that is hidden or not there."""
    if row is None or is_hidden(row) or not row.get("note"):
        return Noted()
    parts = row["note"].split("; ")
    most = _after(AT_MOST, parts)
    return Noted(
        accuracy=next((each for each in parts if each in ACCURACY), ""),
        chance=f"≤ {most}" if most else _after(CHANCE, parts),
        rest="; ".join(each for each in parts if each not in ACCURACY and not each.startswith((CHANCE, WITHIN))),
    )


def _after(words: str, parts: list[str]) -> str:
    return next((each.removeprefix(words) for each in parts if each.startswith(words)), "")


def rests(found: Mapping[tuple[str, str, str], Mapping[str, Row]]) -> dict[str, dict[tuple[str, str], list[Row]]]:
    """The remaining words, with the measures that have them: note -> (measure, variable) -> a row a sample."""
    told: dict[str, dict[tuple[str, str], list[Row]]] = {}
    for (measure, variable, _), some in found.items():
        for note in dict.fromkeys(noted(row).rest for row in some.values()):
            if note:
                told.setdefault(note, {}).setdefault((measure, variable), []).append(next(iter(some.values())))
    return told
