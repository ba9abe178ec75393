"""The file of a report: whole or not at all, and never in the place of what it is made of."""

from __future__ import annotations

import os
from contextlib import suppress
from pathlib import Path

from harmonize.errors import OutputError, UsageError
from harmonize.quality.columns import NAME as QUALITY
from harmonize.report.folder import METHODS
from harmonize.writers.delivery import LAST, refuse_what_is_read

SUFFIXES = (".html", ".htm")
MADE_OF = ("estimates.parquet", "estimates.csv", METHODS, QUALITY, LAST)


def write_report(text: str, path: Path, folder: Path) -> None:
    """Write the text. folder: what the report is of.

    Raises UsageError where the file is among what is read or is called what it is not, OutputError where it can't be
    written.
    """
    if path.suffix.lower() not in SUFFIXES:
        raise UsageError(
            f"-o {path}: a report is HTML", f"call it {path.with_suffix('.html').name}; a browser prints it"
        )
    refuse_what_is_read([path], [each for name in MADE_OF for each in (folder / name, *folder.glob(f"*/{name}"))])
    staged = path.with_name(f".{path.name}.part")
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        staged.write_text(text, encoding="utf-8", newline="\n")
        os.replace(staged, path)
    except OSError as error:
        with suppress(OSError):
            staged.unlink(missing_ok=True)
        raise OutputError.of(path, error) from error
