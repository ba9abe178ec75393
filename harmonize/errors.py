"""Errors a user can meet, each with its exit code, and findings: problems found in a mapping.

Exit codes: 1 mapping, 2 usage, 3 data file, 4 data and mapping do not fit, 5 output, 130 interrupted.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Literal

Severity = Literal["error", "warning", "info"]


@dataclass(frozen=True, order=True)
class Finding:
    """One problem in a mapping or cases file. Positions are 1-based and count characters."""

    path: str
    line: int
    column: int
    code: str
    message: str
    help: str = ""
    severity: Severity = "error"
    end_line: int = 0
    end_column: int = 0

    def as_dict(self) -> dict[str, object]:
        """The JSON form: code, severity, path, line, column, end_line, end_column, message, help."""
        return asdict(self)

    def __str__(self) -> str:
        """`path:line:column CODE message`, the concise form."""
        return f"{self.path}:{self.line}:{self.column} {self.code} {self.message}"


class HarmonizeError(Exception):
    """A problem the user can mend. `str(error)` is the whole message, `help` says what to do next."""

    exit_code = 1

    def __init__(self, message: str, help: str = "") -> None:
        super().__init__(message)
        self.message = message
        self.help = help

    def __str__(self) -> str:
        return "\n".join([self.message, *(f"  {line}" for line in self.help.splitlines())])


class MappingError(HarmonizeError):
    """A mapping or cases file does not load or has errors: carries all its findings."""

    exit_code = 1

    def __init__(self, message: str, findings: Sequence[Finding] = (), help: str = "") -> None:
        super().__init__(message, help)
        self.findings = tuple(findings)


class UsageError(HarmonizeError):
    """An unknown option value, a mapping id that is not found."""

    exit_code = 2


class DataFileError(HarmonizeError):
    """A data file or codebook is missing, unreadable, truncated, empty or not in the stated encoding."""

    exit_code = 3


class FitError(HarmonizeError):
    """Data and mapping do not fit: column, record length, code, number, weight or key."""

    exit_code = 4


class OtherExtractError(FitError):
    """The extract seems to be another than the mapping is for: it lacks columns, or tells of another sample.

    columns: all of the extract, for advice on which mapping it is for; they are set where they are known. told: the
    codes of a column that tell which sample it is; for that advice alone, never shown.
    """

    columns: tuple[str, ...] = ()
    told: tuple[str, frozenset[str]] | None = None


class OutputError(HarmonizeError):
    """An output cannot be written."""

    exit_code = 5

    @classmethod
    def of(cls, path: Path, error: OSError) -> OutputError:
        """Of a file named with `-o`, with what to do by what the system said."""
        if path.is_dir():
            return cls(f"{path}: can't be written: it is a folder", "name a file in it")
        if isinstance(error, FileNotFoundError | NotADirectoryError):
            return cls(f"{path}: can't be written: there is no folder {path.parent}", "make it first")
        return cls(f"{path}: can't be written: {error.strerror or error}", "name another file with -o")
