"""The section `expect`: totals that the office published, held against the data by `check --data`.

    expect:
      - {persons: 112336538, seen_in: "Tabulados basicos, poblacion 1"}
      - {persons: 57481307, of: {sex: female}, within: 0.1, seen_in: "the same"}

They are of this file alone: a mapping that extends it reads other data.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from harmonize.errors import Finding
from harmonize.mapping.located import Block, Items, Located, Text, finding_at
from harmonize.rules.near import did_you_mean
from harmonize.rules.source_codes import number_of
from harmonize.schema import VARIABLES

KEYS = ("persons", "of", "within", "seen_in")
WITHIN = 1.0  # per cent
EXAMPLE = 'e.g. - {persons: 57481307, of: {sex: female}, seen_in: "census tables, table 2"}'
SCHEMA = {
    "type": "array",
    "description": "totals that the office published, held against the data by check --data",
    "items": {
        "type": "object",
        "properties": {
            "persons": {"type": "number", "description": "how many persons, weighted"},
            "of": {"type": "object", "description": "categories that they have: {sex: female}; everybody without it"},
            "within": {"type": "number", "description": "how far off it may be, in per cent; 1 without it"},
            "seen_in": {"type": "string", "description": "where the total is published"},
        },
        "required": ["persons", "seen_in"],
        "additionalProperties": False,
    },
}


@dataclass(frozen=True)
class Expected:
    """A published total of persons. of: variables of the schema and a category each. within: per cent."""

    persons: float
    of: tuple[tuple[str, str], ...]
    within: float
    seen_in: str
    where: Text
    path: str

    @property
    def words(self) -> str:
        """`persons with sex female, nativity native_born`."""
        return f"persons with {', '.join(' '.join(pair) for pair in self.of)}" if self.of else "persons"


def read_expect(given: Located, path: str) -> tuple[tuple[Expected, ...], list[Finding]]:
    """The totals of the section, and all that is wrong with it."""
    if not isinstance(given, Items):
        return (), [finding_at(path, given, "M103", "expect: must be a list of totals", EXAMPLE)]
    found: list[Expected] = []
    findings: list[Finding] = []
    for item in given:
        if not isinstance(item, Block):
            findings.append(finding_at(path, item, "M103", "expect: each total is a block of keys", EXAMPLE))
            continue
        wrong = list(_wrong(item, path))
        findings += wrong
        if not wrong:
            of = item.get(Text("of"))
            pairs = tuple((str(name), str(value)) for name, value in of.items()) if isinstance(of, Block) else ()
            persons, within = (number_of(str(item.get(Text(key), ""))) for key in ("persons", "within"))
            where = item.key("persons")
            found.append(
                Expected(
                    persons or 0.0, pairs, WITHIN if within is None else within, str(item[Text("seen_in")]), where, path
                )
            )
    return tuple(found), findings


def _wrong(item: Block, path: str) -> Iterator[Finding]:
    for key in item:
        if key not in KEYS:
            yield finding_at(path, key, "M101", f"'{key}' is not a key of expect", did_you_mean(key, KEYS, "keys"))
    for name in ("persons", "within"):
        given = item.get(Text(name))
        number = number_of(given) if isinstance(given, Text) else None
        if (given is not None or name == "persons") and (number is None or number < 0):
            message = f"expect: {name} is {'a number of persons' if name == 'persons' else 'a number, in per cent'}"
            yield finding_at(path, given or item, "M103", message, EXAMPLE)
    seen = item.get(Text("seen_in"))
    if not isinstance(seen, Text) or not seen.strip():
        yield finding_at(path, item, "M102", "expect: 'seen_in' is missing", "say where the total is published")
    of = item.get(Text("of"))
    if of is None:
        return
    if not isinstance(of, Block):
        yield finding_at(path, of, "M103", "expect: of names variables and a category each", "e.g. {sex: female}")
        return
    for variable, value in of.items():
        yield from _wrong_category(variable, value, path)


def _wrong_category(name: Text, value: Located, path: str) -> Iterator[Finding]:
    variable = VARIABLES.get(str(name))
    if variable is None or not variable.values:
        known = [each.name for each in VARIABLES.values() if each.values]
        what = "not a variable of the schema" if variable is None else "a number, and has no categories"
        yield finding_at(path, name, "M010", f"'{name}' is {what}", did_you_mean(name, known, "variables"))
    elif not isinstance(value, Text) or value not in variable.values:
        help = did_you_mean(str(value), variable.values, "categories") if isinstance(value, Text) else EXAMPLE
        yield finding_at(path, value, "M012", f"{name}: '{value}' is not a category", help)
