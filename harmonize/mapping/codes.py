"""Every finding code of mappings and cases, with what it is about, in one line each."""

from __future__ import annotations

from harmonize.rules.codes_registry import RULE_FINDINGS

FILE_CODES: dict[str, str] = {
    "Y001": "The file can't be read as UTF-8 text.",
    "Y002": "The file is not YAML: indentation, a tab, a bracket, or a second ': ' on a line.",
    "Y003": "The file is empty, or isn't a block of keys.",
    "Y004": "A key is written twice in one block.",
    "Y005": "A key has no value, or a list an empty item.",
    "Y006": "An anchor contains itself, or aliases expand without measure.",
    "Y007": "YAML that mappings don't use: tags, merge keys, keys that are lists.",
    "M101": "A key that this section doesn't have.",
    "M102": "A key that must be there is missing.",
    "M103": "A value is not of the kind its key wants.",
    "M104": "The id is not the file's place under mappings/.",
    "M105": "The mapping named by extends isn't there, or extends in a circle.",
    "M107": "No weight, and neither `weight_kind: none` nor `full_count: true`.",
    "M108": "Parts of the design contradict each other.",
    "M109": "A key, pointer or size is used without what it needs.",
    "C001": "The mapping has no cases file beside it.",
    "C002": "A cases file holds something else than cases.",
    "C003": "A case names a column, variable or category that doesn't exist.",
    "C004": "A case comes out otherwise than written.",
    "C005": "A mapped variable occurs in no case.",
}

CODES: dict[str, str] = {**FILE_CODES, **RULE_FINDINGS}
"""code -> what it is about, of the YAML (Y), the mapping (M) and its cases (C)."""
