"""The pages of the manual, laid out in one folder for Sphinx.

The pages are the Markdown files of the repository, which are read on their own too: their links go from file to
file. Here each gets its place in the manual, and links follow: to the place of a page, or to a copy of a file of the
repository under `files/`. docs/indicators.md becomes a page for each indicator.
"""

from __future__ import annotations

import os
import re
import shutil
from collections.abc import Iterator
from pathlib import Path

from tools.manual import indicators

ROOT = Path(__file__).resolve().parents[2]
INDEX = "docs/index.md"
ELSEWHERE = {
    "README.md": "readme.md",
    "CONTRIBUTING.md": "contributing.md",
    "CHANGELOG.md": "changelog.md",
    "mappings/README.md": "mapping-reference.md",
    "examples/README.md": "example.md",
    "benchmarks/README.md": "benchmarks.md",
}
"""Pages that are not in docs/: place in the repository -> place in the manual."""

_FENCE = re.compile(r"^ *(```+)")
_LINK = re.compile(r"(?<!!)\[((?:[^\[\]]|\[[^\[\]]*\])*)\]\(([^()\s]+)\)")
_ENTRY = re.compile(r"^- \[([^\]]+)\]\(([^)#]+\.md)\)")


class BrokenLink(Exception):
    """A link of a page that leads nowhere."""


def places() -> dict[str, str]:
    """Of each page, its place in the repository -> its place in the manual; both with `/`."""
    inside = sorted((ROOT / "docs").rglob("*.md"))
    return {f"docs/{(name := path.relative_to(ROOT / 'docs').as_posix())}": name for path in inside} | ELSEWHERE


def stage(out: Path) -> None:
    """Write all pages, and the files that they link to, into an empty folder. Raises BrokenLink."""
    at = places()
    for source, place in at.items():
        page = _Page(source, place, at, out)
        text = page.text()
        if source == INDEX:
            text += _contents(text)
        if place == "commands/index.md":
            text += _toctree(_entries(text))
        made = indicators.split(text) if place == "indicators.md" else {place: text}
        for name, each in made.items():
            target = out / name
            target.parent.mkdir(parents=True, exist_ok=True)
            target.write_text(each, encoding="utf-8")


class _Page:
    """One page on its way to its place."""

    def __init__(self, source: str, place: str, at: dict[str, str], out: Path) -> None:
        self.source, self.place, self.at, self.out = source, place, at, out

    def text(self) -> str:
        """Its text with links from place to place."""
        pieces = []
        for start, piece, code in _pieces((ROOT / self.source).read_text(encoding="utf-8")):
            self.start = start
            pieces.append(piece if code else _LINK.sub(self._link, piece))
        return "".join(pieces)

    def _link(self, found: re.Match[str]) -> str:
        words, target = found[1], found[2]
        if re.match(r"[a-z]+:|#", target):
            return found[0]
        path, _, anchor = target.partition("#")
        name = os.path.normpath(os.path.join(os.path.dirname(self.source), path)).replace(os.sep, "/")
        file = ROOT / name
        if file.is_dir() and f"{name}/README.md" in self.at:
            name, file = f"{name}/README.md", file / "README.md"
        if name.startswith("..") or not file.exists():
            line = self.start + found.string.count("\n", 0, found.start(2))
            raise BrokenLink(f"{self.source}:{line}: there is no {target}")
        if name in self.at:
            place, anchor = indicators.place(self.at[name], anchor)
        elif file.is_dir():
            return words  # a folder is no page
        else:
            place = f"files/{name}"
            copy = self.out / place
            copy.parent.mkdir(parents=True, exist_ok=True)
            shutil.copyfile(file, copy)
        there = os.path.relpath(place, os.path.dirname(self.place) or ".").replace(os.sep, "/")
        return f"[{words}]({there}{'#' if anchor else ''}{anchor})"


def _pieces(text: str) -> Iterator[tuple[int, str, bool]]:
    """What is between blocks of code, and these: number of the first line, text, whether it is code."""
    fence, first, piece = "", 1, ""
    for number, line in enumerate(text.splitlines(keepends=True), 1):
        mark = _FENCE.match(line)
        if mark and not fence:
            yield first, piece, False
            fence, first, piece = mark[1], number, line
        elif mark and line.strip() == fence:
            yield first, piece + line, True
            fence, first, piece = "", number + 1, ""
        else:
            piece += line
    yield first, piece, bool(fence)


def _contents(text: str) -> str:
    """Below each heading of the first page its list of pages is a part of the contents at the side."""
    parts = re.split(r"^## (.+)$", text, flags=re.MULTILINE)
    return "".join(_toctree(_entries(body), title) for title, body in zip(parts[1::2], parts[2::2], strict=True))


def _entries(text: str) -> list[str]:
    """The pages that a page lists, by the names that it gives them."""
    return [f"{found[1]} <{found[2]}>" for line in text.splitlines() if (found := _ENTRY.match(line))]


def _toctree(pages: list[str], title: str = "") -> str:
    if not pages:
        return ""
    caption = f":caption: {title}\n" if title else ""
    return f"\n```{{toctree}}\n:hidden:\n:maxdepth: 1\n{caption}\n" + "\n".join(pages) + "\n```\n"
