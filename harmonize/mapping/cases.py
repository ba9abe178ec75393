"""Cases: hand-worked rows beside a mapping, raw in, harmonised out. Read here, run by run_cases.py."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from harmonize.errors import Finding
from harmonize.mapping.find import id_by_place
from harmonize.mapping.located import Block, Items, Located, Text, finding_at, load_located
from harmonize.rules.near import did_you_mean

CASE_KEYS = ("name", "raw", "harmonised", "household")
PERSON_KEYS = ("raw", "harmonised")


@dataclass(frozen=True)
class Person:
    """One row: source column -> text as in the extract, variable -> what must come out."""

    raw: dict[Text, Text]
    harmonised: dict[Text, Text]


@dataclass(frozen=True)
class Case:
    """A sentence and the persons of one household that show it."""

    name: Text
    persons: tuple[Person, ...]


@dataclass(frozen=True)
class Row:
    """A person of a case, numbered."""

    case: int
    member: int
    person: Person
    name: Text


def cases_path(mapping: Path) -> Path:
    """`<id>.cases.yaml` beside the mapping."""
    return mapping.with_name(f"{mapping.stem}.cases.yaml")


def read_cases(mapping: Path) -> tuple[list[Case], list[Finding]]:
    """The cases of a mapping file, and what is wrong with how they are written.

    A shipped mapping without cases is an error (C001), another one a warning.
    """
    path = cases_path(mapping)
    if not path.is_file():
        severity = "warning" if id_by_place(mapping) is None else "error"
        help = f"write {path.name} beside it: cases: [{{name: ..., raw: {{...}}, harmonised: {{...}}}}]"
        message = "the mapping has no cases: nobody has worked a row by hand"
        where = Text("", 1, 1, 1, 2)
        return [], [finding_at(str(mapping), where, "C001", message, help, severity)]  # type: ignore[arg-type]
    value, findings = load_located(path)
    if value is None:
        return [], findings
    reader = _CaseReader(str(path), findings)
    return reader.cases(value), reader.findings


class _CaseReader:
    def __init__(self, path: str, findings: list[Finding]) -> None:
        self.path, self.findings = path, findings

    def cases(self, value: Located) -> list[Case]:
        if not isinstance(value, Block) or "cases" not in value:
            self._find(
                value,
                "a cases file is `cases:` and a list",
                "cases: [{name: ..., raw: ..., harmonised: ...}]",
            )
            return []
        for key in value:
            if key != "cases":
                self._find(key, f"'{key}' is not a key of a cases file", "its one key is cases")
        listed = value[Text("cases")]
        if not isinstance(listed, Items) or not listed:
            self._find(listed, "cases must be a list of at least one case")
            return []
        found = [case for item in listed if (case := self._case(item)) is not None]
        seen: dict[str, int] = {}
        for case in found:
            if case.name in seen:
                self._find(
                    case.name,
                    f"a case of this name is on line {seen[case.name]}",
                    "give each its own sentence",
                )
            seen.setdefault(str(case.name), case.name.line)
        return found

    def _case(self, value: Located) -> Case | None:
        if not isinstance(value, Block):
            self._find(value, "a case is a block", "keys: " + ", ".join(CASE_KEYS))
            return None
        for key in value:
            if key not in CASE_KEYS:
                self._find(key, f"'{key}' is not a key of a case", did_you_mean(key, CASE_KEYS, "keys"))
        name = value.get(Text("name"))
        if not isinstance(name, Text) or not name.strip():
            self._find(name if name is not None else value, "a case needs a name, a sentence")
            return None
        if "household" not in value:
            person = self._person(value)
            return Case(name, (person,)) if person else None
        for part in PERSON_KEYS:
            if part in value:
                self._find(value.key(part), f"{part} stands beside household", "put it into the household's persons")
        members = value[Text("household")]
        if not isinstance(members, Items) or not members:
            self._find(members, "household is a list of persons", "household: [{raw: {...}, harmonised: {...}}]")
            return None
        persons = [self._person(member, only=PERSON_KEYS) for member in members]
        return Case(name, tuple(person for person in persons if person is not None))

    def _person(self, value: Located, only: tuple[str, ...] = ()) -> Person | None:
        if not isinstance(value, Block):
            self._find(value, "a person is a block of raw and harmonised")
            return None
        for key in value:
            if only and key not in only:
                self._find(key, f"'{key}' is not a key of a person", "keys: " + ", ".join(only))
        if "harmonised" not in value and not only:
            self._find(value, "the case says nothing about what comes out", "harmonised: {variable: category}")
        return Person(self._texts(value, "raw"), self._texts(value, "harmonised"))

    def _texts(self, value: Block, name: str) -> dict[Text, Text]:
        block = value.get(Text(name))
        if block is None:
            return {}
        if not isinstance(block, Block):
            self._find(block, f"{name} must be a block of values", f"{name}: {{...: ...}}")
            return {}
        texts: dict[Text, Text] = {}
        for key, inner in block.items():
            if isinstance(inner, Text):
                texts[key] = inner
            else:
                self._find(inner, f"{name}: {key} must be one value")
        return texts

    def _find(self, where: Located, message: str, help: str = "") -> None:
        self.findings.append(finding_at(self.path, where, "C002", message, help))
