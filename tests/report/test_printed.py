"""The report as Chromium prints it: no page ends with a heading or with the heads of a table."""

from __future__ import annotations

import re
import shutil
import subprocess

import pytest

from tests.report.test_browser import CHROMIUM, chromium  # noqa: F401

TO_TEXT = shutil.which("pdftotext")
pytestmark = pytest.mark.skipif(not (CHROMIUM and TO_TEXT), reason="Chromium or pdftotext (poppler-utils) is not there")
#: Lines of heads and headings, alone or side by side.
HEADS = (
    "persons",
    "interval]",
    "Sample",
    "Group",
    "Sex",
    "Age group",
    "Migrants",
    "Non-migrants",
    "Everybody",
    "migrants",
    "Unknown status",
)


def printed(text, chromium, tmp_path, **paper):  # noqa: F811
    """The lines of each page of a report on that paper."""
    path = tmp_path / "report.html"
    path.write_text(text, encoding="utf-8")
    page = chromium.new_page()
    page.goto(path.as_uri())
    page.pdf(path=tmp_path / "report.pdf", prefer_css_page_size=False, **paper)
    page.close()
    done = subprocess.run(
        [TO_TEXT, "-layout", str(tmp_path / "report.pdf"), "-"], check=True, capture_output=True, encoding="utf-8"
    )
    found = [[line.strip() for line in each.splitlines() if line.strip()] for each in done.stdout.split("\f")]
    return [each for each in found if each]


@pytest.fixture(params=["page_of_one", "page_of_many"])
def pages(request, chromium, tmp_path):  # noqa: F811
    """The lines of each printed page."""
    return printed(request.getfixturevalue(request.param).text, chromium, tmp_path, format="Letter")


def test_every_page_has_its_number(pages):
    assert [lines[-1] for lines in pages] == [str(at) for at in range(1, len(pages) + 1)]


def test_the_first_table_begins_below_what_is_said_in_short(chromium, page_of_one, tmp_path):  # noqa: F811
    """Also where it goes on on the next page: it has a body for each indicator, each of few rows."""
    first, second, *_ = printed(page_of_one.text, chromium, tmp_path, width="210mm", height="190mm")
    assert "Migrants and non-migrants" in first
    assert any(line.startswith("8.6.1 ") for line in second)


def test_no_page_ends_with_the_heads_of_a_table_or_a_heading(pages):
    assert len(pages) > 15
    for *lines, _ in pages:  # less the number of the page
        words = re.split(r" {2,}", lines[-1])
        assert not set(words) <= set(HEADS), lines[-3:]
        assert lines[-1] not in ("Table of these numbers", "Table of the samples"), lines[-3:]
