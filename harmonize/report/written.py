"""The file of a report: whole or not at all, and never in the place of what it is made of."""

from __future__ import annotations

import os
from pathlib import Path

from harmonize.errors import OutputError
from harmonize.report.folder import METHODS, QUALITY
from harmonize.writers.delivery import LAST, refuse_what_is_read

MADE_OF = ("estimates.parquet", "estimates.csv", METHODS, QUALITY, LAST)


def write_report(text: str, path: Path, folder: Path) -> None:
    """Write the text. folder: what the report is of.

    Raises UsageError where the file is among what is read, OutputError where it can't be written.
    """
    refuse_what_is_read([path], [each for name in MADE_OF for each in (folder / name, *folder.glob(f"*/{name}"))])
    staged = path.with_name(f".{path.name}.part")
    try:
        staged.write_text(text, encoding="utf-8", newline="\n")
        os.replace(staged, path)
    except OSError as error:
        staged.unlink(missing_ok=True)
        raise OutputError.of(path, error) from error
