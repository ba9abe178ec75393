"""What a user asks for beyond the indicators and the tables."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any


@dataclass(frozen=True)
class Options:
    """definitions: also by other definitions of a migrant, see tabulate/tables.py.

    standardise: also rates standardised for the age (`age`), or the age and sex (`age*sex`), of the sample.
    lines: (indicator, amount a person a day, in the currency of the extract) of poverty lines.
    """

    definitions: bool = False
    standardise: tuple[str, ...] = ()
    lines: tuple[tuple[str, float], ...] = ()

    def as_json(self) -> dict[str, Any]:
        """As JSON gives it back."""
        return {
            "definitions": self.definitions,
            "standardise": [*self.standardise],
            "lines": [[indicator, amount] for indicator, amount in self.lines],
        }

    @classmethod
    def of(cls, told: dict[str, Any]) -> Options:
        """From what JSON made of one."""
        return cls(
            bool(told["definitions"]),
            tuple(told["standardise"]),
            tuple((str(indicator), float(amount)) for indicator, amount in told["lines"]),
        )


PLAIN = Options()
