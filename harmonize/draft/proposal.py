"""What is proposed: codes and their values, each with how sure it is."""

from __future__ import annotations

from dataclasses import dataclass, field

from harmonize.readers.ddi import CodebookVariable
from harmonize.rules.targets import MISSING


@dataclass(frozen=True)
class Given:
    """A code of the source, its label, the value it is proposed for, and how sure that is, 0 to 1."""

    code: str
    label: str
    value: str
    sure: float


@dataclass(frozen=True)
class Codes:
    """What the codes of a column mean. unclear: codes and labels of which nothing is proposed.

    number: what is beside the codes where they are read as numbers, as in a mapping (`top_code`, `intervals`), or None.
    bands: the codes are classes of a number: their values are `0..4`.
    """

    given: tuple[Given, ...]
    unclear: tuple[tuple[str, str], ...] = ()
    number: dict[str, object] | None = None
    bands: bool = False

    @property
    def meant(self) -> tuple[Given, ...]:
        """Those that are neither unknown nor not_applicable."""
        return tuple(each for each in self.given if each.value not in MISSING)

    @property
    def coverage(self) -> float:
        """The share of the labels, those of missing values apart, that a value is proposed for; of a number all."""
        if self.number is not None:
            return 1.0
        number = len(self.meant) + len(self.unclear)
        return len(self.meant) / number if number else 1.0


@dataclass(frozen=True)
class Proposal:
    """A column for a variable of the schema. sure: 0 to 1, by why. others: columns that fit less, how well."""

    variable: str
    column: CodebookVariable
    sure: float
    why: str
    codes: Codes
    others: tuple[tuple[str, float], ...] = field(default=())
