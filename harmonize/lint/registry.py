"""Every code that `harmonize check` can give, each with its page: the one list of them."""

from __future__ import annotations

from harmonize.lint import (
    case_pages,
    codebook_pages,
    data_pages,
    file_pages,
    rule_pages,
    suppression_pages,
    tidy_pages,
    yaml_pages,
)
from harmonize.lint.page import Page

GROUPS: dict[str, tuple[Page, ...]] = {
    "The file as YAML": yaml_pages.PAGES,
    "Rules of variables": rule_pages.PAGES,
    "Sections of a mapping": file_pages.PAGES,
    "Cases": case_pages.PAGES,
    "A mapping against a codebook": codebook_pages.PAGES,
    "A mapping against data": data_pages.PAGES,
    "What --fix mends": tidy_pages.PAGES,
    "Suppression comments": suppression_pages.PAGES,
}
"""Pages by what they are about, in the order of the manual."""

PAGES: dict[str, Page] = {page.code: page for pages in GROUPS.values() for page in pages}
"""code -> its page."""
