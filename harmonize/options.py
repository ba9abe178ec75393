"""What a user asks for beyond the indicators and the tables."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

DAYS = {"day": 1.0, "month": 365 / 12, "year": 365.0}  # of a period


@dataclass(frozen=True)
class Options:
    """definitions: also by other definitions of a migrant, see tabulate/tables.py.

    standardise: also rates standardised for the age (`age`), or the age and sex (`age*sex`), of the sample.
    lines: (indicator, amount a person a day, in the currency of the extract) of poverty lines.
    own_parities: under-five mortality of a group by the parities of its own women, not by those of all.
    """

    definitions: bool = False
    standardise: tuple[str, ...] = ()
    lines: tuple[tuple[str, float], ...] = ()
    own_parities: bool = False

    def as_json(self) -> dict[str, Any]:
        """As JSON gives it back."""
        return {
            "definitions": self.definitions,
            "standardise": [*self.standardise],
            "lines": [[indicator, amount] for indicator, amount in self.lines],
            "own_parities": self.own_parities,
        }

    def as_typed(self) -> dict[str, list[str]]:
        """Each option to the words that give it on the command line, none where it was not given."""
        return {
            "--definitions": ["--definitions"] if self.definitions else [],
            "--standardise": [f"--standardise {quoted(name)}" for name in self.standardise],
            "--poverty-line": [f"--poverty-line {number}={_amount(line)}" for number, line in self.lines],
            "--own-parities": ["--own-parities"] if self.own_parities else [],
        }

    @classmethod
    def of(cls, told: dict[str, Any]) -> Options:
        """From what JSON made of one."""
        return cls(
            bool(told["definitions"]),
            tuple(told["standardise"]),
            tuple((str(indicator), float(amount)) for indicator, amount in told["lines"]),
            bool(told["own_parities"]),
        )


def quoted(text: str) -> str:
    """As it is typed in a shell: `age*sex` and what has blanks in quotes."""
    return f'"{text}"' if set("* ") & set(text) else text


def _amount(line: float) -> str:
    """`950/month` of an amount a day: by the period in which it is shortest, exactly."""
    found = [f"{line!r}/day"]
    for period, days in DAYS.items():
        text = f"{line * days:.12g}"
        if float(text) / days == line:
            found.append(f"{text}/{period}")
    return min(found, key=len)


PLAIN = Options()
