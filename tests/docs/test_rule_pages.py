"""docs/rules.md has every rule of `harmonize check` as it is now."""

from __future__ import annotations

import re
from pathlib import Path

from harmonize.lint.manual import manual
from harmonize.lint.registry import PAGES

PAGE = Path(__file__).parents[2] / "docs" / "rules.md"


def test_the_page_is_current():
    current = PAGE.read_text(encoding="utf-8") == manual()
    assert current, "docs/rules.md is old: run `make docs`"


def test_every_rule_has_a_section_that_a_link_leads_to():
    text = manual()
    headings = re.findall(r"^## (\w+) (\S+)$", text, re.MULTILINE)
    assert headings == [(page.code, page.name) for page in PAGES.values()]
    links = re.findall(r"\]\(#([^)]+)\)", text)
    assert links == [f"{code.lower()}-{name}" for code, name in headings]
