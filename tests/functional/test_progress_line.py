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
        progress(1_000, 0.5)
    assert stream.getvalue() == ""


def test_nothing_is_shown_in_the_first_second():
    stream = Terminal()
    with ProgressLine(stream) as progress:
        progress(1_000, 0.5)
    assert stream.getvalue() == ""


def test_quiet_shows_nothing():
    stream = Terminal()
    with ProgressLine(stream, enabled=False) as progress:
        progress.shown_at = -10
        progress(1_000, 0.5)
    assert stream.getvalue() == ""


def test_the_line_is_wiped_at_the_end():
    stream = Terminal()
    with ProgressLine(stream) as progress:
        progress.shown_at = -10
        progress(1_000, 0.5)
        shown = stream.getvalue()
    assert shown.startswith("\r1,000 rows")
    width = len(shown) - 1
    assert stream.getvalue() == shown + "\r" + " " * width + "\r"


def test_rows_per_cent_speed_and_time_left_are_said():
    assert _line(1_000_000, 0.2, 2.0) == "1,000,000 rows   20 %   500,000 rows/s   8 s left"
    assert _line(1_000_000, 0.005, 2.0).endswith("   6 min 38 s left")
    assert _line(1_000_000, 0.0, 2.0) == "1,000,000 rows   0 %   500,000 rows/s"
    assert _line(1_000_000, 1.0, 2.0).endswith("   100 %   500,000 rows/s   0 s left")
