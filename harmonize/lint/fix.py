"""`check --fix`: writes what `tidy` mends into the file, and nothing else of it: comments and spacing stay."""

from __future__ import annotations

import os
import re
from collections.abc import Callable, Iterable, Sequence
from pathlib import Path

from harmonize.errors import Finding, OutputError
from harmonize.lint.tidy import Mend, mends
from harmonize.mapping.yaml_errors import LINE_BREAK

ROUNDS = 10
"""A list that is put in order may then have a range in it: that is mended in the next round."""


def fix(path: Path, wanted: Callable[[list[Finding]], Iterable[Finding]]) -> list[Mend]:
    """Mend the file; returns what was mended, by line. `wanted`: those of all found that are not silenced.

    The file is written beside and renamed, only if something changes. Raises OutputError where it can't be.
    """
    written: list[Mend] = []
    for _ in range(ROUNDS):
        found = mends(str(path))
        keep = set(wanted([mend.finding for mend in found]))
        chosen = [mend for mend in found if mend.finding in keep]
        if not chosen:
            break
        with path.open(encoding="utf-8", newline="") as file:
            text = file.read()
        changed, done = mended(text, chosen)
        _write(path, changed)
        written += done
    return sorted(written, key=lambda mend: mend.finding.line)  # of a line in the order of the rounds


def mended(text: str, chosen: Sequence[Mend]) -> tuple[str, list[Mend]]:
    """The text with the edits in it, and which these are; of two that overlap, the first alone."""
    mark = "\ufeff" if text.startswith("\ufeff") else ""
    parts = re.split(f"({LINE_BREAK.pattern})", text.removeprefix(mark))  # lines at even places, their ends between
    taken: list[tuple[int, int, int]] = []
    edits: list[Mend] = []
    for mend in chosen:
        place = (mend.finding.line, mend.finding.column, mend.finding.end_column)
        if not any(place[0] == line and place[1] < end and start < place[2] for line, start, end in taken):
            taken.append(place)
            edits.append(mend)
    for mend in sorted(edits, key=lambda mend: mend.finding, reverse=True):
        index = 2 * (mend.finding.line - 1)
        line = parts[index]
        parts[index] = line[: mend.finding.column - 1] + mend.text + line[mend.finding.end_column - 1 :]
    return mark + "".join(parts), edits


def _write(path: Path, text: str) -> None:
    beside = path.with_name(f".{path.name}.part")
    try:
        with beside.open("w", encoding="utf-8", newline="") as file:
            file.write(text)
        beside.chmod(path.stat().st_mode)
        os.replace(beside, path)
    except OSError as error:
        beside.unlink(missing_ok=True)
        raise OutputError(f"{path}: can't be written ({error.strerror})", "check the rights of the folder") from None
