"""docs/indicators.md as the manual has it: a page for each indicator, and one that lists them."""

from __future__ import annotations

import re
from pathlib import Path

LIST = "indicators.md"
MODULES = Path(__file__).resolve().parents[2] / "harmonize" / "indicators"
_SECTION = re.compile(r'^<a id="sdg-([^"]+)"></a>\n\n', re.MULTILINE)


def place(page: str, anchor: str) -> tuple[str, str]:
    """Where a link to a section of the list leads: the page of the indicator, or as it was."""
    if page == LIST and anchor.startswith("sdg-"):
        return f"indicators/{anchor.removeprefix('sdg-').replace('-', '.')}.md", ""
    return page, anchor


def split(text: str) -> dict[str, str]:
    """Place in the manual -> page."""
    parts = _SECTION.split(text)
    sections = dict(zip((name.replace("-", ".") for name in parts[1::2]), parts[2::2], strict=True))
    last = list(sections)[-1]
    sections[last], _, sources = sections[last].partition("\n## Sources\n")
    short = _short_names()
    names = "\n".join(f"{name} {short[name]} <indicators/{name}.md>" for name in sections)
    first = re.sub(
        r"\(#sdg-([^)]+)\)", lambda found: f"(indicators/{found[1].replace('-', '.')}.md)", parts[0]
    )  # fmt: skip
    whole = f"{first}\n## Sources\n{sources}\n```{{toctree}}\n:hidden:\n\n{names}\n```\n"
    pages = {f"indicators/{name}.md": _page(body) for name, body in sections.items()}
    return {LIST: whole} | pages


def _short_names() -> dict[str, str]:
    """Of each number a few words for the contents at the side: those of its module's name."""
    stems = [path.stem.split("_") for path in MODULES.glob("sdg_*.py")]
    return {".".join(part.lstrip("0") for part in stem[1:4]): " ".join(stem[4:]) for stem in stems}


def _page(body: str) -> str:
    """A section as a page: headings one level up, sources in the list."""
    higher = re.sub(r"^#(#+ )", r"\1", body, flags=re.MULTILINE)
    return higher.replace("](#sources)", f"](../{LIST}#sources)")
