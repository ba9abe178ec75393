"""The page of one rule: what it finds, why that is bad, an example, and what to do instead."""

from __future__ import annotations

import textwrap
from dataclasses import dataclass

from harmonize.errors import Severity


@dataclass(frozen=True)
class Page:
    """A rule of `harmonize check`.

    name: kebab-case. severity: the usual one; a finding says its own. example: YAML, or another text, that is
    wrong. instead: words, with `code` in backticks. needs_codebook: found only with `--codebook` or in a run.
    needs_data: only with `--data`.
    """

    code: str
    name: str
    severity: Severity
    what: str
    why: str
    example: str
    instead: str
    needs_codebook: bool = False
    needs_data: bool = False
    fixable: bool = False

    def markdown(self, level: int = 1) -> str:
        """The page as Markdown, its heading at `level`, ending without a line break."""
        notes = [f"Severity: {self.severity}."]
        if self.needs_codebook:
            notes.append("Found with a codebook (`check --codebook`), or in a run on an extract that has labels.")
        if self.needs_data:
            notes.append("Found with data (`check --data`).")
        if self.fixable:
            notes.append("`check --fix` mends it.")
        parts = [
            f"{'#' * level} {self.code} {self.name}",
            " ".join(notes),
            f"**What it finds.** {self.what}",
            f"**Why it is bad.** {self.why}",
            "**Example**",
            f"```yaml\n{textwrap.dedent(self.example).strip(chr(10))}\n```",
            f"**Instead.** {self.instead}",
        ]
        return "\n\n".join(parts)
