"""Build the manual as a site: `python -m tools.manual.build [FOLDER]`, out/site if none is named.

Every warning of Sphinx is an error, a link that leads nowhere among them. Open FOLDER/index.html: no server and no
network are needed.
"""

from __future__ import annotations

import shutil
import sys
import tempfile
from pathlib import Path

from sphinx.cmd.build import main as sphinx

from tools.manual.stage import ROOT, BrokenLink, stage

HERE = Path(__file__).resolve().parent


def build(out: Path) -> int:
    """Write the site into a folder, in the place of what was there. 0, or another number where something is wrong."""
    with tempfile.TemporaryDirectory() as work:
        pages, site = Path(work) / "pages", Path(work) / "site"
        pages.mkdir()
        try:
            stage(pages)
        except BrokenLink as problem:
            print(problem, file=sys.stderr)
            return 1
        wrong = sphinx(
            ["-q", "-W", "--keep-going", "-c", str(HERE), "-d", str(Path(work) / "trees"), str(pages), str(site)]
        )
        if not wrong:
            for name in ("objects.inv", ".buildinfo"):
                (site / name).unlink(missing_ok=True)
            shutil.rmtree(out, ignore_errors=True)
            out.parent.mkdir(parents=True, exist_ok=True)
            shutil.move(site, out)
    return wrong


if __name__ == "__main__":
    sys.exit(build(Path(sys.argv[1]) if len(sys.argv) > 1 else ROOT / "out" / "site"))
