"""Rules: how each variable of the common schema comes from an extract. One rule kind a file.

`RULE_KINDS` is the registry. `parse_rule` reads one rule of a mapping; `compile_mapping` makes a mapping's
rules into polars expressions for one extract.
"""

from __future__ import annotations

from harmonize.rules.harmoniser import Available, Harmoniser, Link, compile_mapping
from harmonize.rules.lookups import Lookup, LookupLoader
from harmonize.rules.parse import RULE_KINDS, parse_rule
from harmonize.rules.rule import Rule

__all__ = [
    "RULE_KINDS",
    "Available",
    "Harmoniser",
    "Link",
    "Lookup",
    "LookupLoader",
    "Rule",
    "compile_mapping",
    "parse_rule",
]
