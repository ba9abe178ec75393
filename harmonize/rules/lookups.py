"""Lookup files: code lists that mappings share, `lookups/<name>.yaml`.

A file gives each target its source codes, each with the label its source gives it:

    lookup: inegi-country
    source: {producer: INEGI, documentation: "..."}
    SCG: {43144: Serbia and Montenegro}
    USA: 840
"""

from __future__ import annotations

from dataclasses import dataclass, field
from pathlib import Path

from harmonize.errors import Finding
from harmonize.mapping.find import mappings_dir
from harmonize.mapping.located import Block, Text, finding_at, load_located
from harmonize.rules.near import did_you_mean
from harmonize.rules.place_labels import another_country
from harmonize.rules.source_codes import Claims, Code, compare_as_numbers, parse_code, parse_codes

LEVELS = 4  # folders above a mapping in which `lookups` is looked for
ABOUT = ("lookup", "title", "source", "note", "kind")


@dataclass(frozen=True)
class Lookup:
    """A code list: (target, its codes) in the order of the file, and labels by code text."""

    name: str
    path: str
    targets: tuple[tuple[Text, tuple[Code, ...]], ...]
    labels: dict[str, tuple[str, Text]] = field(default_factory=dict)
    kind: str | None = None

    @property
    def codes(self) -> list[Code]:
        """All its codes."""
        return [code for _, codes in self.targets for code in codes]


class LookupLoader:
    """Finds `lookups/<name>.yaml` beside a mapping, in a folder above it, or among the shipped ones.

    Reads each once.
    """

    def __init__(self, mapping: Path) -> None:
        above = list(Path(mapping).absolute().parents)[:LEVELS]
        self.folders = [*(folder / "lookups" for folder in above), mappings_dir() / "lookups"]
        self._read: dict[str, tuple[Lookup | None, list[Finding]]] = {}

    def load(self, name: Text, path: str) -> tuple[Lookup | None, list[Finding]]:
        """The lookup named at `name` in the file `path`. A broken file's findings are given once."""
        key = str(name)
        if key in self._read:
            lookup, _ = self._read[key]
            return lookup, []
        file = next((f / f"{key}.yaml" for f in self.folders if (f / f"{key}.yaml").is_file()), None)
        if file is None:
            known = sorted({p.stem for folder in self.folders if folder.is_dir() for p in folder.glob("*.yaml")})
            message = f"no lookup named '{name}'"
            return None, [finding_at(path, name, "M016", message, did_you_mean(key, known, "lookups"))]
        self._read[key] = read_lookup(file, key)
        return self._read[key]


def read_lookup(file: Path, name: str) -> tuple[Lookup | None, list[Finding]]:
    """Read one lookup file; None when it has errors."""
    path = str(file)
    value, findings = load_located(file)
    if value is None:
        return None, findings
    if not isinstance(value, Block):
        return None, [*findings, finding_at(path, value, "M017", "a lookup is a block of target: codes")]
    targets: list[tuple[Text, tuple[Code, ...]]] = []
    labels: dict[str, tuple[str, Text]] = {}
    for target, given in value.items():
        if target in ABOUT:
            continue
        codes: list[Code] = []
        if isinstance(given, Block):
            for key, label in given.items():
                code, found = parse_code(key, path)
                findings += found
                if code is not None:
                    codes.append(code)
                if isinstance(label, Text):
                    labels[str(key)] = (str(label), key)
                else:
                    findings.append(finding_at(path, key, "M017", f"the label of {key} is not a text"))
        else:
            codes, found = parse_codes(given, path)
            findings += found
        targets.append((target, tuple(codes)))
    kind = value.get(Text("kind"))
    if kind is not None and kind not in ("number", "text"):
        findings.append(finding_at(path, kind, "M017", "kind is number or text"))
    findings += _given_twice(targets, str(kind) if kind else None, path)
    if not targets:
        findings.append(finding_at(path, value, "M017", "a lookup with no codes"))
    broken = any(finding.severity == "error" for finding in findings)
    if not broken:
        findings += _other_countries(targets, labels, path)
    lookup = Lookup(name, path, tuple(targets), labels, str(kind) if kind else None)
    return (None if broken else lookup), findings


def _other_countries(
    targets: list[tuple[Text, tuple[Code, ...]]], labels: dict[str, tuple[str, Text]], path: str
) -> list[Finding]:
    """M032: labels that name another country than the target."""
    findings = []
    for target, codes in targets:
        for label, where in (labels[code.text] for code in codes if code.text in labels):
            named = another_country(label, target)
            if named is not None:
                message, help = f"{where} is '{label}', and is given to {target}", f"did you mean {named}?"
                findings.append(finding_at(path, where, "M032", message, help, "warning"))
    return findings


def _given_twice(targets: list[tuple[Text, tuple[Code, ...]]], kind: str | None, path: str) -> list[Finding]:
    findings = []
    numeric = compare_as_numbers([code for _, codes in targets for code in codes], kind)
    before = Claims((), numeric)
    owner: dict[int, Text] = {}
    for target, codes in targets:
        for first, second in before.met_by(codes):
            earlier = f"'{owner[id(first)]}' on line {first.where.line}"
            message = f"the code {second.text} is given to {earlier} and to '{target}'"
            findings.append(finding_at(path, second.where, "M017", message, "keep one of them"))
        before.add(codes)
        owner.update((id(code), target) for code in codes)
    return findings
