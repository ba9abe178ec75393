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
# what an earlier run may have left in the folder: beside the new run.json it would be taken for its result. A state
# is none of these: it says itself what it is, and is what `merge` reads.
OURS = (
    "estimates.csv", "estimates.parquet", "estimates.xlsx", "estimates.sdmx.csv", "sdmx_notes.csv", "report.html",
    "methods.csv", "under_five_mortality.csv", "private/release_log.csv", "private/run.json",
)  # fmt: skip


class Delivery:
    """Stage files with `path(name)`, then `finish()`. Left without finishing, nothing of it stays."""

    def __init__(self, folder: Path, read: Iterable[Path] = ()) -> None:
        """Make the folder if need be. read: the files that the work reads, which it must not replace.

        Raises OutputError when the folder can't be written, UsageError when an output would replace an input.
        """
        refuse_what_is_read([folder / name for name in (*OURS, LAST)], read)
        self.folder = folder
        self.names: list[str] = []
        self.made = not folder.exists()
        try:
            folder.mkdir(parents=True, exist_ok=True)
            self.stage = Path(tempfile.mkdtemp(prefix=STAGE, dir=folder))
        except OSError as error:
            raise _unwritable(folder, error) from error

    def path(self, name: str) -> Path:
        """Where to write the file that will be called `name` (`private/...` makes that folder)."""
        self.names.append(name)
        staged = self.stage / name
        staged.parent.mkdir(parents=True, exist_ok=True)
        return staged

    def finish(self) -> list[Path]:
        """Give every file its name, `run.json` last; what earlier work left goes. Raises OutputError."""
        try:
            (self.folder / LAST).unlink(missing_ok=True)
            for name in set(OURS) - set(self.names):
                (self.folder / name).unlink(missing_ok=True)
            for name in sorted(self.names, key=lambda each: each == LAST):
                (self.folder / name).parent.mkdir(parents=True, exist_ok=True)
                os.replace(self.stage / name, self.folder / name)
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


def _unwritable(folder: Path, error: OSError) -> OutputError:
    return OutputError(
        f"{folder}: can't be written ({error.strerror or error})", "give another folder with -o, or free this one"
    )
