from __future__ import annotations

import json

from harmonize.mapping.find import mappings_dir
from harmonize.mapping.schema_json import mapping_schema, schema_text
from harmonize.rules.parse import ABOUT_KEYS, INNER_KEYS, RULE_KINDS
from harmonize.schema import VARIABLES


def test_the_shipped_schema_is_the_one_that_is_generated():
    assert (mappings_dir() / "mapping.schema.json").read_text(encoding="utf-8") == schema_text()


def test_the_schema_knows_every_variable_and_its_categories():
    variables = mapping_schema()["properties"]["variables"]["properties"]
    assert list(variables) == list(VARIABLES)
    named = variables["sex"]["properties"]["codes"]["properties"]
    assert list(named) == ["male", "female", "unknown", "not_applicable"]


def test_an_editor_has_a_word_on_every_key_and_variable():
    schema = mapping_schema()
    assert all(form["description"] for form in schema["$defs"].values())
    variables = schema["properties"]["variables"]["properties"]
    assert all(len(form["description"]) > 5 for form in variables.values())
    assert list(_without_a_word(schema)) == []


def _without_a_word(form, path=""):
    """Keys that an editor completes and says nothing of; a reference has the word of what it refers to."""
    for name, inner in form.get("properties", {}).items():
        if "description" not in inner and "$ref" not in inner:
            yield f"{path}/{name}"
        yield from _without_a_word(inner, f"{path}/{name}")


def test_the_schema_knows_every_key_of_a_rule():
    variables = mapping_schema()["properties"]["variables"]["properties"]
    assert set(variables["sex"]["properties"]) == {*RULE_KINDS, *INNER_KEYS, *ABOUT_KEYS}


def test_the_schema_is_json_that_reads_back():
    assert json.loads(schema_text()) == mapping_schema()
