"""The registry of rule kinds is whole."""

from __future__ import annotations

from harmonize.rules.parse import RULE_KINDS


def test_the_kinds_are_those_of_the_manual() -> None:
    kinds = ["codes", "lookup", "number", "bands", "when", "value", "through", "unavailable"]
    assert list(RULE_KINDS) == kinds
