"""The registry of rule kinds is whole, and every finding code of rules is described."""

from __future__ import annotations

import re
from pathlib import Path

import harmonize.rules
from harmonize.rules import RULE_KINDS
from harmonize.rules.codes_registry import RULE_FINDINGS

FOLDER = Path(harmonize.rules.__file__).parent


def test_the_kinds_are_those_of_the_manual() -> None:
    kinds = ["codes", "lookup", "number", "bands", "when", "value", "through", "unavailable"]
    assert list(RULE_KINDS) == kinds


def test_every_finding_code_is_described_and_used() -> None:
    used = set()
    for file in FOLDER.glob("*.py"):
        if file.name != "codes_registry.py":
            used |= set(re.findall(r'"(M0\d\d)"', file.read_text(encoding="utf-8")))
    assert used == set(RULE_FINDINGS)
