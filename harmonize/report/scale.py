"""An axis: from where the data need it, with round ticks."""

from __future__ import annotations

import math
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from harmonize.report.numbers import is_told, is_unreliable

Row = Mapping[str, Any]
TICKS = 4  # about so many fit under a narrow chart
PERCENT = (0.0, 100.0)


@dataclass(frozen=True)
class Scale:
    """A linear axis from `low` to `high`, both multiples of `step`."""

    low: float
    high: float
    step: float

    @classmethod
    def of(cls, rows: Iterable[Row | None], include: Iterable[float] = (), ticks: int = TICKS) -> Scale:
        """What holds the numbers and intervals of the rows, and the values of `include`.

        Of what is unreliable the number alone: an interval of nearly everything would leave no room for the others.
        """
        values = [float(each) for each in include]
        percent = False
        for row in rows:
            if row is None or not is_told(row):
                continue
            percent |= row["unit"] == "percent" and row["statistic"] == "level"
            values.append(row["estimate"])
            if not is_unreliable(row):
                values += [row[name] for name in ("ci_lower", "ci_upper") if row[name] is not None]
        low, high = (min(values), max(values)) if values else PERCENT
        if high - low < 1e-9:
            low, high = low - 0.5, high + 0.5
        step = _round_step((high - low) / ticks)
        low, high = math.floor(low / step + 1e-9) * step, math.ceil(high / step - 1e-9) * step
        if percent:
            low, high = max(low, PERCENT[0]), min(high, PERCENT[1])
        return cls(low, high, step)

    @property
    def ticks(self) -> list[float]:
        """Where the axis has a number."""
        first = math.ceil(self.low / self.step - 1e-9)
        last = math.floor(self.high / self.step + 1e-9)
        return [place * self.step for place in range(first, last + 1)]

    @property
    def decimals(self) -> int:
        """Decimals that the ticks take."""
        return max(0, -math.floor(math.log10(self.step) + 1e-9))

    def place(self, value: float, start: float, end: float) -> float:
        """Where a value is between two ends of the drawn axis; what is beyond is at its end."""
        share = (value - self.low) / (self.high - self.low)
        return start + min(1.0, max(0.0, share)) * (end - start)

    def holds(self, value: float) -> bool:
        """Whether the axis reaches to the value."""
        return self.low - 1e-9 <= value <= self.high + 1e-9


def _round_step(least: float) -> float:
    """The smallest of 1, 2, 5 times a power of ten that is not less."""
    power = 10.0 ** math.floor(math.log10(least))
    return next(each * power for each in (1, 2, 5, 10) if each * power >= least * (1 - 1e-9))
