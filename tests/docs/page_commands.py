"""Commands of the manual's pages that need what a test alone has: a cluster, an object store, a workflow."""

from __future__ import annotations

import os
import stat
import sys
from pathlib import Path

from tools.manual.examples import ROOT, blocks


def block_run_by(test: str, page: str) -> str:
    """The lines of the one block of a page that says `<!-- run by: TEST -->`."""
    [found] = [each for each in blocks((ROOT / page).read_text("utf-8")) if each.said.get("run by") == test]
    return "\n".join(found.lines) + "\n"


def with_harmonize(folder: Path) -> dict[str, str]:
    """The environment of a reader who has installed harmonize: its program is made in the folder."""
    program = folder / "harmonize"
    program.write_text(f'#!/bin/sh\nexec "{sys.executable}" -m harmonize "$@"\n', encoding="utf-8")
    program.chmod(program.stat().st_mode | stat.S_IXUSR)
    path = f"{folder}{os.pathsep}{os.environ['PATH']}"
    return os.environ | {"PATH": path, "PYTHONPATH": str(ROOT), "NO_COLOR": "1"}
