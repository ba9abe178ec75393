"""docs/methods.md names code that is there, and has a test for every family of formulas."""

from __future__ import annotations

import re
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
PAGE = (ROOT / "docs" / "methods.md").read_text(encoding="utf-8")


def test_the_code_that_it_names_is_there():
    named = re.findall(r"`(harmonize/[\w/]+(?:\.py)?)`", PAGE)
    assert len(named) > 12
    assert [name for name in named if not (ROOT / name).exists()] == []


def test_the_tests_that_it_names_are_there_and_have_tests():
    named = set(re.findall(r"\]\(\.\./(tests/[\w/]+\.py)\)", PAGE))
    assert len(named) > 15
    for name in named:
        assert "\ndef test_" in (ROOT / name).read_text(encoding="utf-8"), name


def test_every_folder_of_formulas_is_named():
    """What estimates, adjusts or protects a number has its formula here."""
    for folder in ("estimate", "second_look", "demography", "protect"):
        assert f"harmonize/{folder}" in PAGE, folder
