from __future__ import annotations

import io

from harmonize.cli.progress import ProgressLine, _line


class Terminal(io.StringIO):
    def isatty(self) -> bool:
        return True


def test_nothing_is_shown_where_stderr_is_no_terminal():
    stream = io.StringIO()
    with ProgressLine(stream) as progress:
        progress.shown_at = -10
        progress(1_000, 2_000)
    assert stream.getvalue() == ""


def test_nothing_is_shown_in_the_first_second():
    stream = Terminal()
    with ProgressLine(stream) as progress:
        progress(1_000, 2_000)
    assert stream.getvalue() == ""


def test_quiet_shows_nothing():
    stream = Terminal()
    with ProgressLine(stream, enabled=False) as progress:
        progress.shown_at = -10
        progress(1_000)
    assert stream.getvalue() == ""


def test_the_line_is_wiped_at_the_end():
    stream = Terminal()
    with ProgressLine(stream) as progress:
        progress.shown_at = -10
        progress(1_000)
        shown = stream.getvalue()
    assert shown.startswith("\r1,000 rows")
    width = len(shown) - 1
    assert stream.getvalue() == shown + "\r" + " " * width + "\r"


def test_time_left_is_said_where_the_size_is_known():
    assert _line(1_000_000, 5_000_000, 2.0) == "1,000,000 of 5,000,000 rows   500,000 rows/s   8 s left"
    assert _line(1_000_000, 200_000_000, 2.0).endswith("   6 min 38 s left")
    assert _line(1_000_000, None, 2.0) == "1,000,000 rows   500,000 rows/s"
