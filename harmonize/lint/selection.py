"""`--select` and `--ignore`: which findings are told, by the beginning of their code."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from difflib import get_close_matches

from harmonize.errors import Finding, UsageError
from harmonize.lint.registry import PAGES

ALL = "ALL"


@dataclass(frozen=True)
class Selection:
    """Beginnings of codes. The longer one that fits a code decides; of two equally long, `ignore`."""

    select: tuple[str, ...] = (ALL,)
    ignore: tuple[str, ...] = ()

    def tells(self, finding: Finding) -> bool:
        """Whether the finding is told. An error always is: no mapping that has one is used."""
        return finding.severity == "error" or _longest(self.select, finding.code) > _longest(self.ignore, finding.code)


def selection(select: Sequence[str], ignore: Sequence[str]) -> Selection:
    """From the values of the options, each with one or several beginnings between commas.

    Raises UsageError for one with which no code begins.
    """
    chosen = _beginnings(select, "--select") or (ALL,)
    return Selection(chosen, _beginnings(ignore, "--ignore"))


def _beginnings(values: Sequence[str], option: str) -> tuple[str, ...]:
    found = tuple(part.strip().upper() for value in values for part in value.split(",") if part.strip())
    for beginning in found:
        if beginning != ALL and not any(code.startswith(beginning) for code in PAGES):
            near = get_close_matches(beginning, PAGES, n=1)
            families = ", ".join(sorted({code[0] for code in PAGES}))
            hint = f"did you mean {near[0]}?" if near else f"codes begin with {families}, or ALL for all"
            raise UsageError(f"{option} {beginning}: no code begins so", hint)
    return found


def _longest(beginnings: Sequence[str], code: str) -> int:
    """How much of `code` is given by the longest beginning of it: 0 for ALL, -1 for none."""
    return max(
        (0 if each == ALL else len(each) for each in beginnings if each == ALL or code.startswith(each)), default=-1
    )
