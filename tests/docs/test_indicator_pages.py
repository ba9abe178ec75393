"""docs/indicators.md says what the indicators are now, of all of them, in words."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from harmonize.indicators import INDICATORS
from harmonize.indicators.membership import MEMBERSHIP
from harmonize.indicators.pages import page
from harmonize.indicators.sources import SOURCES

PAGE = Path(__file__).parents[2] / "docs" / "indicators.md"


@pytest.fixture(scope="module")
def text():
    return page()


def test_the_page_is_current(text):
    current = PAGE.read_text(encoding="utf-8") == text
    assert current, "docs/indicators.md is old: run `make docs`"


def test_every_indicator_and_every_series_has_a_section(text):
    for indicator in INDICATORS.values():
        assert f"\n## {indicator.number} {indicator.title}\n" in text
        assert indicator.custodian in text
        for series in indicator.shown:
            assert f"\n### {indicator.number} `{series.name}`: {series.title}\n" in text
            assert all(f"`{code}`" in text for _, code in series.sdmx_series)


def test_every_link_leads_somewhere(text):
    anchors = {*re.findall(r'<a id="([^"]+)">', text), "sources"}
    assert set(re.findall(r"\]\(#([^)]+)\)", text)) == anchors


def test_every_source_that_is_cited_is_listed():
    cited = [word for one in INDICATORS.values() for source in one.sources for word in re.findall(r"\bS\d+\b", source)]
    cited += [word for each in MEMBERSHIP.values() for word in re.findall(r"\bS\d+\b", each.evidence)]
    assert set(cited) == set(SOURCES)


def test_nothing_of_the_program_shows_through(text):
    assert not re.search(r"None|<function|Population\(|Need\(|frozenset|\{\}", text)
    assert not re.search(r"\*\*: *$", text, re.MULTILINE)
