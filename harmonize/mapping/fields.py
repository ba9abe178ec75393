"""What may stand in a section of a mapping file, as data: one Field a key.

The same table reads the section (`read_section`), words its errors, and becomes the JSON Schema.
"""

from __future__ import annotations

import datetime
import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

from harmonize.errors import Finding
from harmonize.mapping.located import Block, Items, Located, Text, finding_at
from harmonize.mapping.model import FromColumn, KeyRef
from harmonize.rules.near import did_you_mean
from harmonize.rules.source_codes import Code, compare_as_numbers, overlaps, parse_codes

Fields = Mapping[str, "Field"]

FIRST: dict[str, Any] = {
    "type": "object",
    "properties": {"first": {"type": "array", "items": {"type": "string"}, "minItems": 1}},
    "required": ["first"],
    "additionalProperties": False,
}
"""The JSON Schema of `{first: [A, B]}`: the first column that the extract has."""


class WrongValue(Exception):
    """A value is not of its field's kind: where, what, and what to write instead."""

    def __init__(self, where: Located, message: str, help: str = "", code: str = "M103") -> None:
        super().__init__(message)
        self.where, self.message, self.help, self.code = where, message, help, code


@dataclass(frozen=True)
class Field:
    """One key of a section: how its value is read, its JSON Schema, and what it means in words."""

    read: Callable[[Located], Any]
    schema: dict[str, Any]
    words: str
    required: bool = False


def read_section(block: Block, fields: Fields, section: str, path: str) -> tuple[dict[str, Any], list[Finding]]:
    """The section's values by key, and all its findings. Required keys are looked at after `extends`."""
    values: dict[str, Any] = {}
    findings: list[Finding] = []
    for key, value in block.items():
        if key not in fields:
            findings.append(
                finding_at(
                    path,
                    key,
                    "M101",
                    f"{section}: '{key}' is not a key here",
                    did_you_mean(key, fields, "keys"),
                )
            )
            continue
        try:
            values[str(key)] = fields[key].read(value)
        except WrongValue as wrong:
            findings.append(finding_at(path, wrong.where, wrong.code, f"{section}.{key}: {wrong.message}", wrong.help))
    return values, findings


def text(words: str, required: bool = False, pattern: str = "", help: str = "") -> Field:
    """Any text that is not empty; with `pattern`, one that matches."""

    def read(value: Located) -> str:
        given = _scalar(value, help)
        if not given.strip():
            raise WrongValue(value, "must not be empty", help)
        if pattern and not re.fullmatch(pattern, given):
            raise WrongValue(value, f"'{given}' is not {words}", help)
        return str(given)

    schema: dict[str, Any] = (
        {"type": ["string", "number"]} if not pattern else {"type": "string", "pattern": f"^{pattern}$"}
    )
    return Field(read, schema, words, required)


def texts(words: str, empty_allowed: bool = False) -> Field:
    """One text or a list of texts, as a tuple."""

    def read(value: Located) -> tuple[str, ...]:
        items = value if isinstance(value, Items) else [value]
        if not items:
            raise WrongValue(value, "the list is empty", "leave the key out instead")
        found = [_scalar(item, "write a text or a list of texts") for item in items]
        for item in found:
            if not item and not empty_allowed:
                raise WrongValue(item, "must not be empty")
        repeated = next((item for i, item in enumerate(found) if item in found[:i]), None)
        if repeated is not None:
            raise WrongValue(repeated, f"'{repeated}' is listed twice", "keep one of them")
        return tuple(str(item) for item in found)

    word = {"type": ["string", "number"]}
    return Field(read, {"anyOf": [word, {"type": "array", "items": word}]}, words)


def column(words: str) -> Field:
    """The name of one source column."""
    return Field(_column, {"type": "string"}, words)


def columns(words: str) -> Field:
    """A source column or a list of them, as a tuple."""
    return texts(words)


def choice(words: str, *values: str, required: bool = False) -> Field:
    """One of `values`."""

    def read(value: Located) -> str:
        given = _scalar(value, f"one of: {', '.join(values)}")
        if given not in values:
            raise WrongValue(value, f"'{given}' is not one of its values", did_you_mean(given, values, "values"))
        return str(given)

    return Field(read, {"enum": list(values)}, words, required)


def flag(words: str) -> Field:
    """true or false."""

    def read(value: Located) -> bool:
        given = _scalar(value, "write true or false")
        if given not in ("true", "false"):
            raise WrongValue(value, f"'{given}' is neither true nor false", "write true or false")
        return given == "true"

    return Field(read, {"type": "boolean"}, words)


def number(words: str, low: float, high: float, whole: bool = False, required: bool = False) -> Field:
    """A number from `low` to `high`."""
    kind = "whole number" if whole else "number"
    wanted = f"write a {kind} from {low:g} to {high:g}"

    def read(value: Located) -> float:
        given = _scalar(value, wanted)
        if not re.fullmatch(r"[+-]?\d+" if whole else r"[+-]?(\d+\.?\d*|\.\d+)([eE][+-]?\d+)?", given, re.ASCII):
            raise WrongValue(value, f"'{given}' is not a {kind}", wanted)
        found = int(given) if whole else float(given)
        if not low <= found <= high:
            raise WrongValue(value, f"{given} is outside {low:g} to {high:g}", wanted)
        return found

    return Field(read, {"type": "integer" if whole else "number", "minimum": low, "maximum": high}, words, required)


def numbers(words: str) -> Field:
    """A list of numbers (or one), as a tuple."""
    one = number(words, 0, 1e12)

    def read(value: Located) -> tuple[float, ...]:
        return tuple(one.read(item) for item in (value if isinstance(value, Items) else [value]))

    return Field(read, {"anyOf": [one.schema, {"type": "array", "items": one.schema}]}, words)


def date(words: str) -> Field:
    """A day as YYYY-MM-DD, or a month, or a year."""

    def read(value: Located) -> str:
        given = _scalar(value, "write YYYY-MM-DD")
        full = given + "-01-01"[len(given) - 4 :] if re.fullmatch(r"\d{4}(-\d\d)?", given, re.ASCII) else given
        try:
            datetime.datetime.strptime(full, "%Y-%m-%d")
        except ValueError:
            raise WrongValue(value, f"'{given}' is not a date", "write YYYY-MM-DD") from None
        return str(given)

    return Field(read, {"type": "string"}, words)


def fact(constant: Field, words: str, required: bool = False) -> Field:
    """A constant, or where the extract gives it `{from: COLUMN}`, with `codes` or a `lookup` that translate it.

    `from: {first: [A, B]}` takes the first column that the extract has.
    """
    code = texts("").schema
    keys: Fields = {
        "from": Field(_first, {"anyOf": [{"type": "string"}, FIRST]}, "the column", required=True),
        "lookup": Field(_scalar, {"type": "string"}, "the code list that translates it"),
        "codes": Field(
            lambda value: _targets(value, constant),
            {"type": "object", "additionalProperties": code},
            "our value: the column's codes for it, e.g. {2011: 1018237}",
        ),
        "together": flag("whether an extract with one code of a value has them all, as a file of several years has"),
    }

    def read(value: Located) -> Any:
        if isinstance(value, Block):
            found = inner(value, keys)
            if "lookup" in found and "codes" in found:
                raise WrongValue(value.key("codes"), "codes and lookup do not go together", "keep one of them")
            if found.get("together") and not found.get("codes"):
                raise WrongValue(value.key("together"), "together is of codes, and there are none", "list the codes")
            together = found.get("together", False)
            return FromColumn(found["from"], found.get("lookup"), found.get("codes", ()), together=together)
        return constant.read(value)

    return Field(read, {"anyOf": [constant.schema, object_schema(keys)]}, words, required)


def pointer(words: str) -> Field:
    """`COLUMN`, or `{from: COLUMN, none: codes for nobody}`."""
    keys: Fields = {
        "from": Field(_column, {"type": "string"}, "the column", required=True),
        "none": Field(_codes, texts("").schema, "codes that mean nobody, e.g. [0, 96..99]"),
    }

    def read(value: Located) -> KeyRef:
        if isinstance(value, Block):
            found = inner(value, keys)
            return KeyRef(found["from"], tuple(code.text for code in found.get("none", ())))
        return KeyRef(_column(value))

    return Field(read, {"anyOf": [{"type": "string"}, object_schema(keys)]}, words)


def block(words: str, keys: Fields, make: Callable[[dict[str, Any]], Any] = dict, required: bool = False) -> Field:
    """A block of its own keys, made into one value."""

    def read(value: Located) -> Any:
        if not isinstance(value, Block):
            raise WrongValue(value, "must be a block of keys", "keys: " + ", ".join(keys))
        return make(inner(value, keys))

    return Field(read, object_schema(keys), words, required)


def inner(value: Block, keys: Fields) -> dict[str, Any]:
    """The values of a block within a section; WrongValue at its first mistake."""
    for key in value:
        if key not in keys:
            raise WrongValue(key, f"'{key}' is not a key here", did_you_mean(key, keys, "keys"), "M101")
    for name, field in keys.items():
        if field.required and name not in value:
            raise WrongValue(value, f"'{name}' is missing", f"{name}: {field.words}", "M102")
    return {str(key): keys[key].read(found) for key, found in value.items()}


def object_schema(fields: Fields) -> dict[str, Any]:
    """The JSON Schema of a block with these keys and no others."""
    properties = {name: {**field.schema, "description": field.words} for name, field in fields.items()}
    required = [name for name, field in fields.items() if field.required]
    more = {"required": required} if required else {}
    return {"type": "object", "properties": properties, "additionalProperties": False, **more}


def _scalar(value: Located, help: str = "") -> Text:
    if isinstance(value, Text):
        return value
    what = "a list" if isinstance(value, Items) else "a block"
    raise WrongValue(value, f"must be one value, not {what}", help)


def _codes(value: Located) -> tuple[Code, ...]:
    codes, findings = parse_codes(value, "")
    for finding in findings:
        where = Text("", finding.line, finding.column, finding.end_line, finding.end_column)
        raise WrongValue(where, finding.message, finding.help, finding.code)
    return tuple(codes)


def _targets(value: Located, constant: Field) -> tuple[tuple[str, tuple[Code, ...]], ...]:
    """The source codes of each of our values; none may stand for two."""
    if not isinstance(value, Block):
        raise WrongValue(value, "codes is a block", "e.g. {2011: 1018237, 2019: 1010145}")
    found = tuple((str(constant.read(target)), _codes(given)) for target, given in value.items())
    numeric = compare_as_numbers([code for _, codes in found for code in codes], None)
    before: list[Code] = []
    owner: dict[int, str] = {}
    for target, codes in found:
        for first, second in overlaps(before, list(codes), numeric):
            message = f"the code {second.text} is given to {owner[id(first)]} and to {target}"
            raise WrongValue(second.where, message, "keep one of them", "M013")
        before += codes
        owner.update((id(code), target) for code in codes)
    return found


def _first(value: Located) -> tuple[str, ...]:
    """A column, or the candidates of `{first: [A, B]}`."""
    if not isinstance(value, Block):
        return (_column(value),)
    listed = inner(value, {"first": Field(lambda names: names, {}, "[A, B]", required=True)})["first"]
    if not isinstance(listed, Items) or not listed:
        raise WrongValue(listed, "first is a list of columns", "first: [A, B]")
    return tuple(_column(name) for name in listed)


def _column(value: Located) -> str:
    given = _scalar(value, "write the name of one column")
    if not given.strip():
        raise WrongValue(value, "the name of a column is empty")
    return str(given)
