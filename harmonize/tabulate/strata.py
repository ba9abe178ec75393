"""The strata of a run: their numbers, their one canonical order, and what share of each was sampled.

Canonical: by sample, then the crc32 of the name, then the name; numbers as numbers, since one file writes
0012 for another's 12. It does not depend on the order of rows, and a *part*, the strata whose crc32 starts
with the same bits, is a range of it: so a state may be written and read part by part, and sums of floats
over strata still come in one order.
"""

from __future__ import annotations

import itertools
import re
import zlib
from collections.abc import Sequence
from dataclasses import dataclass, field

import numpy as np
import numpy.typing as npt
import polars as pl

from harmonize.distinct.memory import Memory
from harmonize.distinct.rows import Rows
from harmonize.errors import FitError
from harmonize.readers.written import in_text

Ints = npt.NDArray[np.int64]
Floats = npt.NDArray[np.float64]
PART_BITS = 10
BETWEEN = ":"  # of the columns of a name
Name = tuple[str, ...]
_WHOLE = re.compile(r"(-?)(\d+)(?:\.0*)?", re.ASCII)


@dataclass
class Numbers:
    """Names met so far, numbered in order of appearance, those of one frame in their own order.

    _of_combinations: the numbers of those met, by the identity of the Combinations, which the memory keeps.
    """

    index: dict[Name, int] = field(default_factory=dict)
    _memory: Memory = field(default_factory=Memory)
    _of_combinations: dict[int, npt.NDArray[np.uint64]] = field(default_factory=dict)

    def numbers_of(self, names: Sequence[Name]) -> Ints:
        """The number of each name."""
        found = (self.index.setdefault(name, len(self.index)) for name in names)
        return np.fromiter(found, np.int64, len(names))

    def of(self, frame: pl.DataFrame) -> npt.NDArray[np.uint64]:
        """The number of each row's tuple of texts; columns may be of numbers that stand for them."""
        found = Rows(frame, self._memory).combined(tuple(frame.columns))
        if found is None:
            return self._by_rank(in_text(frame, frame.columns))
        combinations, lookup = found
        numbers = self._of_combinations.get(id(combinations), np.zeros(0, np.uint64))
        if combinations.count > len(numbers):
            numbers = np.append(numbers, self._by_rank(combinations.from_on(len(numbers)).select(frame.columns)))
            self._of_combinations[id(combinations)] = numbers
        return numbers[lookup.numbers]

    def _by_rank(self, frame: pl.DataFrame) -> npt.NDArray[np.uint64]:
        named = frame.select(pl.struct(pl.all()).rank("dense").alias("k") - 1, pl.struct(pl.all()).alias("v"))
        firsts = named.unique("k", keep="first").sort("k")
        look = np.fromiter(
            (self.index.setdefault(tuple(v.values()), len(self.index)) for v in firsts["v"]),
            np.uint64,
            firsts.height,
        )
        numbers: npt.NDArray[np.uint64] = look[named["k"].to_numpy()]
        return numbers


def _place(name: tuple[str, ...]) -> tuple[int, str]:
    """Where a stratum stands in its sample: crc32 of its name as every file format writes it, and that name."""
    plain = BETWEEN.join(_plain(text) for text in name[1:])
    return zlib.crc32(plain.encode()), plain


def _plain(text: str) -> str:
    """A whole number without leading zeros and `.0`; any text without spaces around it."""
    text = text.strip(" ")
    number = _WHOLE.fullmatch(text)
    return number[1] + (number[2].lstrip("0") or "0") if number else text


def plain_name(columns: Sequence[str]) -> pl.Expr:
    """The columns' text as one name, which has the place of the several."""
    number = r"^(-?)0*([0-9]+)(?:\.0*)?$"
    plain = [pl.col(name).str.strip_chars(" ").str.replace(number, "${1}${2}") for name in columns]
    return pl.concat_str(plain, separator=BETWEEN)


class Strata(Numbers):
    """(sample, stratum...) -> number. Names, parts and fpc stay in memory, a few dozen bytes a stratum.

    fpc_column: the column of design.fpc, for messages.
    """

    def __init__(self, fpc_column: str = "") -> None:
        super().__init__()
        self.fpc_column = fpc_column
        self._samples: dict[str, int] = {}
        self._parts: list[int] = []
        self._fpc = np.zeros(0, np.float64)

    @property
    def fpc(self) -> Floats | None:
        """The fpc of each stratum by its number, if there is one."""
        return self._fpc if len(self._fpc) else None

    @property
    def parts(self) -> Ints:
        """The part of each stratum, by its number; the parts of one sample are consecutive numbers."""
        self._place_new()
        return np.array(self._parts, np.int64)

    def _place_new(self) -> None:
        for name in itertools.islice(self.index, len(self._parts), None):
            sample = self._samples.setdefault(name[0], len(self._samples))
            self._parts.append((sample << PART_BITS) | (_place(name)[0] >> (32 - PART_BITS)))

    def parts_of(self, sample: str) -> tuple[int, int]:
        """First part of a sample, and the one after its last."""
        self._place_new()
        number = self._samples.get(sample, -1)
        return number << PART_BITS, (number + 1) << PART_BITS

    def in_order(self, sample: str) -> Ints:
        """The numbers of a sample's strata in canonical order."""
        names = sorted((name for name in self.index if name[0] == sample), key=lambda name: (_place(name), name))
        return np.array([self.index[name] for name in names], np.int64)

    def keep_fpc(self, stratum: npt.NDArray[np.uint64], fpc: Floats) -> None:
        """Remember the fpc of each unit's stratum. Raises FitError where it is missing or not one a stratum."""
        wrong = ~(np.isfinite(fpc) & (fpc > 0))
        if wrong.any():
            raise FitError(
                f"{self.fpc_column} is blank, not a number or not above 0 {self._in(int(stratum[wrong.argmax()]))}",
                "fpc is the number of clusters in the stratum, or the share of them that was sampled: "
                "mend the column, or leave fpc out of design in the mapping",
            )
        known = np.full(len(self.index), np.nan)
        known[: len(self._fpc)] = self._fpc
        firsts = np.unique(stratum, return_index=True)[1]
        fresh = firsts[np.isnan(known[stratum[firsts]])]
        known[stratum[fresh]] = fpc[fresh]
        differs = known[stratum] != fpc
        if differs.any():
            raise FitError(
                f"{self.fpc_column} has more than one value {self._in(int(stratum[differs.argmax()]))}",
                "fpc must be the same for all rows of a stratum: is design.stratum the stratum that was sampled?",
            )
        self._fpc = known

    def sampled_share(self, units: Ints) -> Floats:
        """The sampled share of each stratum's clusters, 0 without an fpc. units: clusters by stratum number.

        A value above 1 is how many clusters the stratum has; up to 1, the share of them, as in R's survey.
        Raises FitError for a sample that has both, and for fewer clusters than are in the extract.
        """
        if not len(self._fpc):
            return np.zeros(len(self.index))
        share = self._fpc.copy()
        sample = self.parts >> PART_BITS
        for number, name in enumerate(self._samples):
            mine = sample == number
            if not (share[mine] > 1).any():
                continue
            if (share[mine] < 1).any():
                raise FitError(
                    f"{self.fpc_column} is above 1 in some strata of sample {name} and below 1 in others",
                    "give the number of clusters of every stratum, or the sampled share of every stratum",
                )
            share[mine] = units[mine] / share[mine]
        if (share > 1).any():
            at = int(share.argmax())
            raise FitError(
                f"{self.fpc_column} says that there are fewer clusters than the extract has {self._in(at)}",
                "fpc counts the clusters of design.cluster in the whole stratum: is it a count of something else?",
            )
        return share

    def _in(self, number: int) -> str:
        """`in stratum 12 of sample X`."""
        sample, *stratum = list(self.index)[number]
        return f"in stratum {' '.join(stratum)} of sample {sample}" if stratum else f"in sample {sample}"
