"""docs/rules.md: every rule of `harmonize check`, from the registry. `python -m harmonize.lint.manual` prints it."""

from __future__ import annotations

import io
import sys
from collections.abc import Iterator

from harmonize.lint.registry import GROUPS

TOP = """\
# The rules of `harmonize check`

Written by `make docs` from the rules themselves: change `harmonize/lint`, not this page. `harmonize explain CODE`
prints one of them.
"""


def manual() -> str:
    """The whole page, Markdown, ending in a line break."""
    return "\n".join([TOP, *_contents(), *_pages()])


def _contents() -> Iterator[str]:
    for words, pages in GROUPS.items():
        yield f"**{words}**\n"
        yield "| code | name | severity | finds |\n|---|---|---|---|"
        for page in pages:
            what = page.what.replace("|", "\\|")
            yield f"| [{page.code}](#{page.code.lower()}-{page.name}) | {page.name} | {page.severity} | {what} |"
        yield ""


def _pages() -> Iterator[str]:
    for pages in GROUPS.values():
        for page in pages:
            yield f"{page.markdown(level=2)}\n"


if __name__ == "__main__":
    if isinstance(sys.stdout, io.TextIOWrapper):
        sys.stdout.reconfigure(encoding="utf-8", newline="\n")
    sys.stdout.write(manual())
