"""Where the word TODO is left in a mapping: what a draft could not be told, and nobody has filled in since."""

from __future__ import annotations

import re
from pathlib import Path

from harmonize.errors import Finding
from harmonize.listing import first_of
from harmonize.mapping.yaml_errors import LINE_BREAK

TODO = re.compile(r"""(?:^|[#:;,\[{"'-])\s*(TODO)\b""")
"""At the beginning of a value or a comment: a comment about the word is no TODO."""
LISTED = 8


def todo_findings(path: Path) -> list[Finding]:
    """M110, a warning at the first, that counts and lists them all; none where the file can't be read."""
    try:
        rows = LINE_BREAK.split(path.read_text(encoding="utf-8-sig"))
    except (OSError, UnicodeDecodeError):
        return []
    found = [(line, match) for line, row in enumerate(rows, start=1) if (match := TODO.search(row))]
    if not found:
        return []
    line, match = found[0]
    where = "1 line is" if len(found) == 1 else f"{len(found)} lines are"
    message = f"{where} marked TODO: {first_of([str(line) for line, _ in found], LISTED)}"
    help = "say what each asks for, from the questionnaire and the code lists, and remove the word"
    start, end = match.start(1) + 1, match.end(1) + 1
    return [Finding(str(path), line, start, "M110", message, help, "warning", line, end)]
