"""What README shows of its first command is what the command prints."""

from __future__ import annotations

from pathlib import Path

from click.testing import CliRunner

from harmonize.cli import main
from tests.functional.example import CENSUS, MAPPING

README = Path(__file__).resolve().parents[2] / "README.md"


def test_every_line_that_readme_shows_of_the_demo_is_printed(tmp_path):
    shown = README.read_text(encoding="utf-8").split("It prints, for each sample", 1)[1].split("```")[1].splitlines()
    printed = CliRunner().invoke(main, ["run", MAPPING, str(CENSUS), "-o", str(tmp_path)]).output.splitlines()
    # where the files are, and how long it took, is another each time
    end = next(i for i, line in enumerate(shown) if "/estimates.csv" in line)
    told = [line for line in shown[:end] if line.strip() and not line.startswith("(the second sample")]
    assert len(told) > 25
    assert [line for line in told if line not in printed] == []
