"""When a number is flagged as unreliable: the thresholds, which an office may set."""

from __future__ import annotations

from dataclasses import dataclass, fields
from typing import Any

import numpy as np
import numpy.typing as npt

from harmonize.words import Words, words_in

ENGLISH = words_in("en")
Floats = npt.NDArray[np.float64]
Mask = npt.NDArray[np.bool_]
LEVEL_OF_WIDTH = 95.0  # percent: of the interval whose width counts, whatever `--level` shows


@dataclass(frozen=True)
class Reliability:
    """Thresholds of obs_status U; at a threshold itself a number is still reliable.

    n: fewest persons, unweighted. df: fewest degrees of freedom. left_out: most persons left out of the series, in
    percent. cv: largest coefficient of variation, in percent; of a percentage it is of the smaller of the share
    and the rest, and only a 95 % interval wider than `width` percentage points makes it count.

    What has no standard error though it should have one is unreliable by any thresholds.
    """

    n: int = 30
    df: int = 8
    left_out: float = 10.0
    cv: float = 30.0
    width: float = 20.0

    def too_few(self, n: Floats, df: Floats, left_out: Floats) -> Mask:
        """Whether a number rests on too little. left_out: a share from 0 to 1; df: nan for a full count."""
        return (n < self.n) | (df < self.df) | (left_out > self.left_out / 100)

    def too_vague(self, cv: Floats) -> Mask:
        """Whether the standard error is too large. cv: a plain number."""
        return cv > self.cv / 100

    def too_wide(self, lower: Floats, upper: Floats) -> Mask:
        """Whether the interval of a share at LEVEL_OF_WIDTH is. lower, upper: from 0 to 1."""
        return upper - lower > self.width / 100

    def as_json(self) -> dict[str, float]:
        """As run.json has it: n and df as numbers, the others in percent or percentage points."""
        return {field.name: getattr(self, field.name) for field in fields(self)}

    @classmethod
    def of(cls, told: dict[str, Any]) -> Reliability:
        """From what JSON made of one."""
        return cls(**told)

    def words(self, words: Words = ENGLISH) -> str:
        """The thresholds as a sentence: under the tables of the workbook and of the terminal."""
        return words(
            "Fewer than {n} persons or {df} degrees of freedom, more than {left_out} % of the persons left out, no "
            "standard error where there should be one, a mean or ratio of 0, or a standard error of more than {cv} % "
            "of the number (of a percentage: of the smaller of it and what it lacks to 100, where its {level} % "
            "interval is also wider than {width} points).",
            level=words.plain(LEVEL_OF_WIDTH),
            **{name: words.plain(value) for name, value in self.as_json().items()},
        )


USUAL = Reliability()
