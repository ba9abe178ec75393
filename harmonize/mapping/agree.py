"""What must fit together in a mapping beyond each key by itself: weights, design, keys, unit."""

from __future__ import annotations

from typing import Any

from harmonize.errors import Finding
from harmonize.mapping.located import Block, Located, Text, finding_at
from harmonize.mapping.model import Replicates, VariableRule


def check_agreement(sections: dict[str, Any], head: dict[str, Any], top: Block, path: str) -> list[Finding]:
    """Findings on parts that contradict or need each other. `top` is the file's own YAML, for positions."""
    findings: list[Finding] = []

    def place(section: str, *keys: str) -> Located:
        block = top.get(Text(section))
        for key in keys:
            if isinstance(block, Block) and key in block:
                return block.key(key)
        if section in top:
            return top.key(section)
        return Text("", top.line, top.column, top.line, top.column + 1)

    def find(where: Located, code: str, message: str, help: str = "") -> None:
        findings.append(finding_at(path, where, code, message, help))

    design: dict[str, Any] = sections.get("design", {})
    keys: dict[str, Any] = sections.get("keys", {})
    weight, kind, full = (
        design.get("person_weight"),
        design.get("weight_kind"),
        design.get("full_count", False),
    )
    if weight is None and kind is None and not full and _unwritten(top, "person_weight", "weight_kind", "full_count"):
        help = "person_weight: COLUMN, or say weight_kind: none, or full_count: true"
        find(place("design"), "M107", "design: no person_weight, and nothing says that there is none", help)
    if weight is None and kind in ("expansion", "normalised"):
        find(place("design", "weight_kind"), "M108", f"design: weight_kind: {kind} needs person_weight")
    if weight is not None and kind == "none":
        find(
            place("design", "weight_kind"),
            "M108",
            "design: weight_kind: none, and a person_weight",
            "keep one of them",
        )
    for part in ("fpc", "replicate_weights"):
        if full and part in design:
            find(
                place("design", part),
                "M108",
                f"design: a full count has no {part}",
                "remove it, or full_count",
            )
    fpc = design.get("fpc")
    if fpc is not None and (fpc.fraction is None) == (fpc.column is None):
        find(place("design", "fpc"), "M108", "design: fpc takes either a fraction or a column")
    replicates = design.get("replicate_weights")
    if replicates is not None and replicates.rscales and len(replicates.rscales) not in (1, len(replicates.columns)):
        message = f"design: {len(replicates.rscales)} rscales for {len(replicates.columns)} replicate weights"
        find(place("design", "replicate_weights"), "M108", message)
    if replicates is not None:
        for message, help in _lacks_of_method(replicates):
            find(place("design", "replicate_weights"), "M108", f"design: {message}", help)
    if replicates is not None and weight is None:
        find(place("design", "replicate_weights"), "M108", "design: replicate weights need a person_weight")
    if head.get("unit") == "dwelling" and "size" not in design:
        find(
            place("unit"),
            "M109",
            "unit: dwelling needs design.size",
            "size: the column of persons in a dwelling",
        )
    if head.get("unit") != "dwelling" and "size" in design:
        find(place("design", "size"), "M109", "design: size is for unit: dwelling")
    for pointer in ("mother", "father"):
        if pointer in keys and not {"household", "person"} <= keys.keys():
            find(
                place("keys", pointer),
                "M109",
                f"keys: {pointer} needs household and person",
                "a pointer is a person's number within a household",
            )
    if "person" in keys and "household" not in keys:
        find(
            place("keys", "person"),
            "M109",
            "keys: person needs household",
            "household: COLUMN, or a list of columns",
        )
    read: dict[str, Any] = sections.get("read", {})
    if read.get("separator", ",") == read.get("decimal", "."):
        find(
            place("read", "decimal", "separator"),
            "M108",
            "read: separator and decimal are the same character",
        )
    return findings


def _lacks_of_method(replicates: Replicates) -> list[tuple[str, str]]:
    """What the method can't do without, and what to write."""
    found = []
    if replicates.method == "jkn" and not replicates.rscales:
        help = "rscales: [0.9, 0.9, ...], (n - 1)/n of the stratum that each replicate leaves a cluster out of"
        found.append(("replicate weights of method jkn need rscales", help))
    if replicates.method == "fay" and replicates.rho is None and replicates.scale is None:
        found.append(("replicate weights of method fay need rho, or scale", "rho: 0.5, or scale: 1/(R (1 - rho)^2)"))
    if replicates.method != "fay" and replicates.rho is not None:
        found.append((f"rho is of method fay, this is {replicates.method}", "remove rho, or method: fay"))
    if len(set(replicates.columns)) < len(replicates.columns):
        found.append(("a column of replicate weights is named twice", "name each column once"))
    return found


def check_universes(variables: dict[str, VariableRule]) -> list[Finding]:
    """M026 for each universe whose youngest are older than its oldest."""
    findings: list[Finding] = []
    for rule in variables.values():
        universe = rule.body.get(Text("universe"))
        low, high = rule.universe.get("min_age"), rule.universe.get("max_age")
        if universe is not None and low is not None and high is not None and low > high:
            message = f"{rule.name}: min_age {low} is above max_age {high}"
            findings.append(finding_at(rule.path, universe, "M026", message, "nobody would have been asked"))
    return findings


def check_pointers(variables: dict[str, VariableRule], keys: dict[str, Any]) -> list[Finding]:
    """M025 for each `through` of a pointer that `keys` lacks, or of a variable that the mapping lacks."""
    findings: list[Finding] = []
    for rule in variables.values():
        if rule.through is None:
            continue
        pointer, name = rule.through
        where = Text(rule.name, rule.line, rule.column)
        if pointer not in keys:
            message, help = (
                f"{rule.name}: through {pointer}, which keys doesn't have",
                f"keys: {{{pointer}: COLUMN}}",
            )
            findings.append(finding_at(rule.path, where, "M025", message, help))
        if name not in variables or name == rule.name:
            message = f"{rule.name}: '{name}' through {pointer} is not mapped here"
            findings.append(finding_at(rule.path, where, "M025", message, f"map {name} too"))
    return findings


def _unwritten(top: Block, *keys: str) -> bool:
    """Whether none of the keys is written at all: one that is there and wrong has its own finding."""
    design = top.get(Text("design"))
    return not (isinstance(design, Block) and any(key in design for key in keys))
