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


def of_series(text, name):
    """What the page says of a series, up to the next."""
    return text.split(f"\n### {name}: ")[1].split("\n### ")[0].split("\n## ")[0]


def test_a_series_that_the_tables_call_otherwise_says_how(text):
    names = "- **In the tables**: series `births_15_19`, adjustment "
    assert f"{names}`age_shift`\n" in of_series(text, "3.7.2 `births_15_19_age_shift`")
    assert f"{names}`pf`\n" in of_series(text, "3.7.2 `births_15_19_pf`")
    assert "In the tables" not in of_series(text, "3.7.2 `births_15_19`")


def test_a_proxy_of_samples_that_do_not_tell_arrival_is_not_one_always(text):
    (line,) = [each for each in text.splitlines() if "`exposure_abroad`" in each][:1]
    assert line.startswith("- **A proxy** where a sample does not tell to the year when a person arrived: ")


def test_what_there_is_without_a_line_from_the_user_is_said(text):
    assert "without it unavailable" in of_series(text, "1.1.1 `international_poverty`")
    assert "without it `below_national_poverty_line` of the data, else" in of_series(text, "1.2.1 `national_poverty`")


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
