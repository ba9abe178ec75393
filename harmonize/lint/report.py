"""What `harmonize check` found: by mapping, and all of it once."""

from __future__ import annotations

import os
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from harmonize.errors import Finding


@dataclass(frozen=True)
class Report:
    """The findings of each mapping, under the name it was given by, in the order given."""

    mappings: tuple[tuple[str, tuple[Finding, ...]], ...]

    @property
    def findings(self) -> list[Finding]:
        """Every finding once, errors first, then by file and line. Mappings may share a lookup, and what is in it."""
        found = sorted({finding for _, findings in self.mappings for finding in findings})
        return sorted(found, key=lambda finding: finding.severity != "error")


def repository_path(path: str) -> str:
    """`path` from the working directory, where it is below that, with `/`: as services that show findings want it."""
    relative = os.path.relpath(path)
    return Path(path if relative.startswith("..") else relative).as_posix()


def with_help(finding: Finding) -> str:
    """Message and advice, a line each."""
    return "\n".join([finding.message, *finding.help.splitlines()])


def counted(findings: Sequence[Finding]) -> str:
    """`2 errors, 0 warnings`, and how many notes where there are some."""
    of = {kind: sum(finding.severity == kind for finding in findings) for kind in ("error", "warning", "info")}
    said = [plural(of["error"], "error"), plural(of["warning"], "warning")]
    return ", ".join(said + ([plural(of["info"], "note")] if of["info"] else []))


def looked_at(mappings: int, cases: int, lookups: int) -> str:
    """`2 mappings, 12 cases, 1 lookup`: what was checked; of lookups nothing where there are none."""
    return ", ".join(
        [plural(mappings, "mapping"), plural(cases, "case"), *([plural(lookups, "lookup")] if lookups else [])]
    )


def plural(number: int, noun: str) -> str:
    """`1 mapping`, `2 mappings`."""
    return f"{number} {noun}{'' if number == 1 else 's'}"
