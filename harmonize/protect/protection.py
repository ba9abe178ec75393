"""What a user asks of disclosure control."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any, Literal

from harmonize.errors import UsageError
from harmonize.protect.key_file import MAKE_KEY
from harmonize.rules.near import nearest

Method = Literal["suppress", "cell-key", "round", "none"]
DOMINANCE = 0.80
LARGEST_BASE = 1000


@dataclass(frozen=True)
class Protection:
    """How a release is protected.

    min_count, min_households: unweighted persons and households that a cell must have. group_disclosure: of sensitive
    indicators, 0 and 100 % are not shown either. base: what counts are rounded to. key: of cell-key, never written.
    """

    method: Method = "suppress"
    min_count: int = 10
    min_households: int = 5
    group_disclosure: bool = False
    base: int = 0
    key: bytes | None = field(default=None, repr=False)

    @property
    def secret(self) -> bytes | None:
        """The key, for a run that makes sums of record keys. Raises UsageError where it is lacking."""
        if self.method == "cell-key" and self.key is None:
            raise UsageError("--protect cell-key: give the key, --key FILE", MAKE_KEY)
        return self.key if self.method == "cell-key" else None

    @property
    def name(self) -> str:
        """As it is typed: `suppress`, `cell-key`, `round:5`, `none`."""
        return f"round:{self.base}" if self.method == "round" else self.method

    def as_json(self) -> dict[str, Any]:
        """For run.json."""
        if self.method == "none":
            return {"method": "none"}
        return {
            "method": self.name, "min_count": self.min_count, "min_households": self.min_households,
            "dominance": DOMINANCE, "group_disclosure": "suppress" if self.group_disclosure else "allow",
        }  # fmt: skip


def as_protection(typed: Protection | str) -> Protection:
    """What was typed, with the defaults of the rest. Raises UsageError for what is no method."""
    if isinstance(typed, Protection):
        return typed
    begin, _, number = typed.partition(":")
    if begin == "round":
        if number.isdecimal() and 2 <= int(number) <= LARGEST_BASE:
            return Protection("round", base=int(number))
        wrong = f", not of {number!r}" if number else ": of which is not said"
        raise UsageError(
            f"--protect {typed}: counts can be rounded to multiples of 2 to {LARGEST_BASE}{wrong}",
            "write round:5, for example",
        )
    methods: tuple[Method, ...] = ("suppress", "cell-key", "none")
    for method in methods:
        if typed == method:
            return Protection(method)
    near = nearest(begin, ("suppress", "cell-key", "round"))  # not none, which protects nobody
    meant = f"; did you mean {near[0]}{f':{number or 5}' * (near[0] == 'round')}?" if near else ""
    raise UsageError(
        f"--protect {typed}: there is no such method",
        f"write suppress (the default), cell-key with --key FILE, round:5 (or another number), or none{meant}",
    )
