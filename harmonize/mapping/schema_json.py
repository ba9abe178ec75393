"""The JSON Schema of a mapping file, for editors that complete and check YAML while it is typed.

`python -m harmonize.mapping.schema_json` prints it; mappings/mapping.schema.json is that text.
"""

from __future__ import annotations

import json
from typing import Any

from harmonize.mapping.expect import SCHEMA as EXPECT
from harmonize.mapping.fields import FIRST, object_schema
from harmonize.mapping.sections import HEAD, SECTIONS
from harmonize.rules.targets import MISSING
from harmonize.schema import VARIABLES, Variable

WORD: dict[str, Any] = {"type": ["string", "number"]}
DEFS: dict[str, dict[str, Any]] = {
    "codes": {"anyOf": [WORD, {"type": "array", "items": WORD}]},
    "first": FIRST,
    "from": {
        "anyOf": [
            {"type": "string"},
            {"type": "array", "items": {"anyOf": [{"type": "string"}, {"$ref": "#/$defs/first"}]}},
            {"$ref": "#/$defs/first"},
        ]
    },
    "lookup": {"type": "string"},
    "number": {"type": ["object", "boolean"]},
    "bands": {"type": "object"},
    "missing": {
        "type": "object",
        "properties": {name: {"$ref": "#/$defs/codes"} for name in MISSING},
        "additionalProperties": False,
    },
    "when": {"type": "array", "items": {"type": "object"}, "minItems": 1},
    "value": WORD,
    "through": {"enum": ["mother", "father"]},
    "variable": {"type": "string"},
    "unavailable": {"type": "string", "minLength": 1},
    "kind": {"enum": ["text", "number"]},
    "optional": {"type": "boolean"},
    "universe": {"type": ["object", "string"]},
    "others": {"type": "string"},
    "reference": {"type": ["object", "string"]},
    "note": {"type": "string"},
}
"""What may stand under any variable, and the forms of source codes and columns."""
WORDS = {
    "codes": "source codes: 1, '01', 3..7, 75.., blank, or a list of them",
    "first": "columns of which the first that the extract has is read",
    "from": "the source column or columns",
    "lookup": "a code list in lookups/, alone or after codes",
    "number": "the cell is the number: {top_code:, bottom_code:, min:, max:, scale:, intervals:}",
    "bands": "a number known in classes: {0..4: 1, 5..9: 2, 85..: 18}",
    "missing": "codes that mean unknown or not_applicable",
    "when": 'branches, the first that holds: [{if: "A = 1", then: category}, {else: category}]',
    "value": "the same for everybody",
    "through": "the value of the person whom a pointer of keys names",
    "variable": "with through: the variable that is taken",
    "unavailable": "not asked or not in this file: why, and where that is seen",
    "kind": "how codes compare, where it is not by the codebook or the codes",
    "optional": "an extract without the column lacks the variable, nothing more",
    "universe": "whom the form asked: {min_age: 15}, foreign_born",
    "others": "with universe: the category of everybody else",
    "reference": "where it was seen: {question:, seen_in:, note:}",
    "note": "what a reader should know",
}
"""What an editor says of each."""
ABOUT = {
    "source": "who made the data, and where they are documented",
    "read": "how the text of the data is written; never guessed",
    "sample": "country and year, from columns where the extract tells them",
    "include": "whom the tables are about: {if:, reason:}",
    "design": "weight, strata and clusters, or replicate weights",
    "keys": "what names a household and a person, and who points to mother and father",
    "variables": "a rule for each variable of the common schema",
}
"""What an editor says of each section."""


def mapping_schema() -> dict[str, Any]:
    """The schema as a dict, in the order of the file."""
    head = object_schema(HEAD)
    sections = {name: {"description": ABOUT[name], **object_schema(fields)} for name, fields in SECTIONS.items()}
    for section in sections.values():
        section.pop("required", None)  # a mapping that extends another leaves out what the other gives
    variables = {name: _variable(variable) for name, variable in VARIABLES.items()}
    return {
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        "title": "harmonize mapping",
        "description": "Source variables and codes of a census, mapped to the common schema.",
        "type": "object",
        "properties": {
            **head["properties"],
            **sections,
            "expect": EXPECT,
            "variables": {
                "type": "object",
                "description": ABOUT["variables"],
                "properties": variables,
                "additionalProperties": False,
            },
        },
        "required": ["mapping", "version", "title"],
        "additionalProperties": False,
        "$defs": {name: {"description": WORDS[name], **form} for name, form in DEFS.items()},
    }


def _variable(variable: Variable) -> dict[str, Any]:
    """What may stand under one variable: keys of the rule kinds, common keys, its own options."""
    properties: dict[str, Any] = {name: {"$ref": f"#/$defs/{name}"} for name in DEFS if name not in ("first", "codes")}
    codes = {"$ref": "#/$defs/codes"}
    words = "ours, then the source's codes: {ours: code, ours: [code, 3..7]}"
    properties["codes"] = {"type": "object", "description": words, "additionalProperties": codes}
    if variable.kind == "category":  # by name, so that editors complete them
        named = dict.fromkeys(variable.values, codes)
        properties["codes"] |= {"properties": named, "additionalProperties": False}
    for name, allowed in variable.options.items():
        form = {"enum": list(allowed)} if allowed else WORD
        properties[name] = {"description": f"{name.replace('_', ' ')} of this variable in these data", **form}
    unit = f", in {variable.unit}" if variable.unit else ""
    words = f"{variable.title}{unit}; {variable.universe}"
    return {"type": "object", "description": words, "properties": properties, "additionalProperties": False}


def schema_text() -> str:
    """The schema as the file holds it: a line for each section and each variable."""
    lines = []
    for name, part in mapping_schema().items():
        if name in ("properties", "$defs"):
            rows = [f"  {_json(key)}: {_part(value)}" for key, value in part.items()]
            lines.append(f"{_json(name)}: {{\n" + ",\n".join(rows) + "\n}")
        else:
            lines.append(f"{_json(name)}: {_json(part)}")
    return "{\n" + ",\n".join(lines) + "\n}\n"


def _part(value: dict[str, Any]) -> str:
    if len(value.get("properties", {})) < 40:
        return _json(value)
    rest = {key: inner for key, inner in value.items() if key != "properties"}
    rows = ",\n".join(f"    {_json(key)}: {_json(inner)}" for key, inner in value["properties"].items())
    return f'{_json(rest)[:-1]}, "properties": {{\n{rows}\n  }}}}'


def _json(value: Any) -> str:
    return json.dumps(value, ensure_ascii=False)


if __name__ == "__main__":
    print(schema_text(), end="")
