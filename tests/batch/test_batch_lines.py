"""A batch shows on a terminal what it is at and how long it will take; elsewhere a line as each run ends."""

from __future__ import annotations

import io
import sys
from pathlib import Path

import pytest

from harmonize.batch.manifest import Job
from harmonize.batch.work import Outcome
from harmonize.cli.batch_lines import BatchLines


class Terminal(io.StringIO):
    def isatty(self) -> bool:
        return True


def job(name):
    return Job(name, "ipums/cps", (Path("a.csv"),), (), None, ())


def said(monkeypatch, stream, *, quiet=False):
    """What a batch of three runs says, one of which fails, two of which begin."""
    monkeypatch.setattr(sys, "stderr", stream)
    monkeypatch.setenv("TERM", "xterm")
    monkeypatch.setenv("COLUMNS", "100")
    outcomes = [
        Outcome(job("a"), 0, before=True),
        Outcome(job("[b]"), 3, message="x.csv: the file is empty\n  download it again"),
        Outcome(job("c"), 0),
    ]
    lines = BatchLines(3, quiet=quiet)
    with lines:
        for outcome in outcomes:
            if not outcome.before:
                lines.begin(outcome.job)
        for outcome in outcomes:
            lines.tell(outcome)
    lines.end(outcomes, Path("out/summary.csv"))
    return stream.getvalue()


LINES = """\
[1/3] a: done before
[2/3] [b]: failed, x.csv: the file is empty
      download it again
[3/3] c: done
3 runs: 1 done, 1 done before, 1 failed; out/summary.csv
"""


def test_without_a_terminal_there_are_lines_alone(monkeypatch):
    assert said(monkeypatch, io.StringIO()) == LINES


def test_on_a_terminal_a_bar_tells_what_is_running_and_is_gone_at_the_end(monkeypatch):
    text = said(monkeypatch, Terminal())
    assert "[b], c" in text
    assert "1/3" in text
    assert "\x1b[2K" in text.splitlines()[-1]  # the line of the bar is wiped before the last words
    assert text.endswith("3 runs: 1 done, 1 done before, 1 failed; out/summary.csv\n")


@pytest.mark.parametrize("stream", [io.StringIO, Terminal])
def test_quiet_tells_failures_alone(monkeypatch, stream):
    assert said(monkeypatch, stream(), quiet=True) == "".join(LINES.splitlines(keepends=True)[i] for i in (1, 2, 4))
