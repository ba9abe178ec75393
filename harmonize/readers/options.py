"""How the files of one extract are read, and the temporary folder that belongs to it."""

from __future__ import annotations

import shutil
import tempfile
import weakref
from dataclasses import dataclass
from pathlib import Path
from typing import Protocol

from harmonize.errors import OutputError
from harmonize.readers.blocks import BLOCK


class ReadOptions(Protocol):
    """The mapping's `read` section."""

    @property
    def encoding(self) -> str:
        """The encoding of text files."""

    @property
    def separator(self) -> str:
        """Between the fields of a csv."""

    @property
    def decimal(self) -> str:
        """The decimal mark of numbers in text."""

    @property
    def blank(self) -> tuple[str, ...]:
        """Cells that mean a missing cell."""


class Scratch:
    """A private temporary folder (in TMPDIR), made when first asked for; gone after `remove` or at exit."""

    def __init__(self) -> None:
        self._path: Path | None = None
        self._made = 0

    def file(self, stem: str) -> Path:
        """A path in the folder that nothing else has."""
        if self._path is None:
            try:
                self._path = Path(tempfile.mkdtemp(prefix="harmonize-"))
            except OSError as error:
                raise OutputError(
                    f"no temporary folder can be made: {error.strerror}", "set TMPDIR to a folder with room"
                ) from None
            weakref.finalize(self, shutil.rmtree, self._path, ignore_errors=True)
        self._made += 1
        return self._path / f"{self._made}-{stem}"

    def remove(self) -> None:
        """Delete the folder with all in it."""
        if self._path is not None:
            shutil.rmtree(self._path, ignore_errors=True)
            self._path = None


@dataclass(frozen=True)
class Reading:
    """The read options of a mapping, and its household key.

    first: bytes looked at when a file is opened. block: bytes drawn at a time.
    """

    encoding: str = "utf-8"
    separator: str = ","
    decimal: str = "."
    blank: tuple[str, ...] = ("",)
    household_key: tuple[str, ...] = ()
    first: int = 1 << 20
    block: int = BLOCK
