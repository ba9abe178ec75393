"""html: the report of a run, one file to read and to print, as `harmonize report` makes it of the folder."""

from __future__ import annotations

from pathlib import Path

from harmonize.writers.result import Result


def write_html(result: Result, path: Path) -> None:
    """Write the report."""
    # not before a report is asked for: nothing else of a run needs it
    from harmonize.report.page import report
    from harmonize.report.release import Release, Run

    release = Release.of([Run(result.estimates, result.methods, result.record, result.quality)])
    path.write_text(report(release, result.words), encoding="utf-8", newline="\n")
