"""An output folder written all or not at all: files stand beside their names until the end.

The last file, `run.json`, says that the folder is complete; it is taken away first and put back last.
"""

from __future__ import annotations

import contextlib
import os
import shutil
import tempfile
from collections.abc import Iterable
from pathlib import Path
from types import TracebackType

from harmonize.errors import OutputError, UsageError

LAST = "run.json"
STAGE = ".harmonize-"  # begins the name of the folder that files stand in until the end
_OPEN_SDG = (
    "data/indicator_*.csv", "intervals/indicator_*.csv", "meta/*-*.yml", "indicator-config/*-*.yml",
    "config_data.harmonize.yml", "metadata_schema.harmonize.yml",
)  # fmt: skip
# what an earlier run may have left in the folder, as patterns: beside the new run.json it would be taken for its
# result. A state is none of these: it says itself what it is, and is what `merge` reads.
OURS = (
    "estimates.csv", "estimates.parquet", "estimates.xlsx", "estimates.sdmx.csv", "estimates.sdmx.xml",
    "report.html", "sdmx_notes.csv", "estimates_full.sdmx.csv", "estimates_full.dsd.xml", "methods.csv",
    "quality.csv", "under_five_mortality.csv", "private/release_log.csv", "private/run.json",
    *(f"open-sdg/{each}" for each in _OPEN_SDG), *(f"open-sdg/[A-Z]*/{each}" for each in _OPEN_SDG),
)  # fmt: skip


class Delivery:
    """Stage files with `path(name)`, then `finish()`. Left without finishing, nothing of it stays."""

    def __init__(self, folder: Path, read: Iterable[Path] = ()) -> None:
        """Make the folder if need be. read: the files that the work reads, which it must not replace.

        Raises OutputError when the folder can't be written, UsageError when an output would replace an input.
        """
        refuse_what_is_read([*_left(folder), folder / LAST], read)
        self.folder = folder
        self.names: list[str] = []
        self.made = not folder.exists()
        try:
            folder.mkdir(parents=True, exist_ok=True)
            self.stage = Path(tempfile.mkdtemp(prefix=STAGE, dir=folder))
        except OSError as error:
            raise _unwritable(folder, error) from error

    def path(self, name: str) -> Path:
        """Where to write the file that will be called `name` (`private/...` makes that folder).

        A name that ends in `/` is a folder, made here: all files that are in it at the end are delivered.
        """
        self.names.append(name)
        staged = self.stage / name
        (staged if name.endswith("/") else staged.parent).mkdir(parents=True, exist_ok=True)
        return staged

    def finish(self) -> list[Path]:
        """Give every file its name, `run.json` last; what earlier work left goes. Raises OutputError."""
        try:
            staged = sorted(file for name in self.names for file in _files(self.stage / name))
            (self.folder / LAST).unlink(missing_ok=True)
            for old in _left(self.folder):
                if self.stage / old.relative_to(self.folder) not in staged:
                    old.unlink()
                    _remove_empty(old.parent, self.folder)
            for file in sorted(staged, key=lambda each: each == self.stage / LAST):
                target = self.folder / file.relative_to(self.stage)
                target.parent.mkdir(parents=True, exist_ok=True)
                os.replace(file, target)
        except OSError as error:
            raise _unwritable(self.folder, error) from error
        self.made = False
        return [self.folder / name for name in self.names]

    def __enter__(self) -> Delivery:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        shutil.rmtree(self.stage, ignore_errors=True)
        if self.made:
            with contextlib.suppress(OSError):  # somebody else put a file there
                self.folder.rmdir()
        if isinstance(error, OSError):
            raise _unwritable(self.folder, error) from error


def refuse_what_is_read(outputs: Iterable[Path], read: Iterable[Path]) -> None:
    """Raises UsageError where one of the outputs is a file that is read."""
    read = [path for path in read if path.exists()]
    for out in outputs:
        if out.exists() and any(out.samefile(path) for path in read):
            raise UsageError(f"-o: {out} is among what is read, nothing was written", "give another name with -o")


def _files(staged: Path) -> list[Path]:
    """The file itself, or all files in the folder."""
    return [each for each in staged.rglob("*") if each.is_file()] if staged.is_dir() else [staged]


def _left(folder: Path) -> list[Path]:
    """The files of OURS that are in the folder."""
    return [each for pattern in OURS for each in folder.glob(pattern) if each.is_file()]


def _remove_empty(folder: Path, top: Path) -> None:
    """Remove a folder in which nothing is left, and those above it below `top`."""
    with contextlib.suppress(OSError):  # something is in it
        while folder != top:
            folder.rmdir()
            folder = folder.parent


def _unwritable(folder: Path, error: OSError) -> OutputError:
    return OutputError(
        f"{folder}: can't be written ({error.strerror or error})", "give another folder with -o, or free this one"
    )
