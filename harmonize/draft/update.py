"""`draft --update`: a mapping with the variables and codes that a new codebook brings. What it has stays as it is."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from harmonize.draft import country_of_births
from harmonize.draft.proposal import Given, Proposal
from harmonize.draft.propose import codes_of, proposals
from harmonize.draft.sources import Told, read_sources
from harmonize.draft.words import all_words
from harmonize.draft.write import NOT_PROPOSED as TITLE
from harmonize.draft.write import TODO, variable, wrapped
from harmonize.draft.yaml_text import codes as written
from harmonize.errors import UsageError
from harmonize.lint.codebook import Codebook
from harmonize.lint.coverage import left_out
from harmonize.lint.report import plural
from harmonize.mapping.load import load_mapping
from harmonize.mapping.located import Block, Items, Located, Text, load_located_text, walk
from harmonize.mapping.model import Mapping, VariableRule
from harmonize.mapping.yaml_errors import LINE_BREAK
from harmonize.rules.targets import MISSING


@dataclass
class Added:
    """edits: (line, column, text) to put in, of codes. lines: each code in words. open: what is left to the reader."""

    edits: list[tuple[int, int, str]] = field(default_factory=list)
    lines: list[str] = field(default_factory=list)
    open: list[str] = field(default_factory=list)


def updated(path: Path, sources: Sequence[Path], codebook: Path | None = None) -> tuple[str, str]:
    """The text of the mapping with what the sources add, and what was added in words.

    Codes go into the rules of `codes` and numbers that the file itself has, variables after its last; the rest is
    listed at the end. Raises MappingError where the mapping has errors, and the errors of the readers.
    """
    mapping = load_mapping(path)
    told = read_sources(sources, codebook)
    country = mapping.sample.country
    home = country if isinstance(country, str) else country_of_births(told)
    text = mapping.path.read_text(encoding="utf-8")
    open_ones = {rule.name: rule for rule in mapping.variables.values() if (rule.unavailable or "").startswith(TODO)}
    have = mapping.variables.keys() - open_ones.keys()
    year = mapping.sample.year
    proposed = proposals(told, home, year if isinstance(year, int) else None)
    new = [each for each in proposed if each.variable not in have]
    found = _codes(mapping, told, home, text, proposed)
    gone = {open_ones[each.variable].line for each in new if each.variable in open_ones}
    if not found.lines and not new:
        rest = "".join(f"\n  {line}" for line in found.open)
        return text, f"{mapping.id}: nothing to add{', but look at' if rest else ''}{rest}"
    edits = [*found.edits, *_after_the_last(mapping.path, text, "".join(map(variable, new)))]
    changed = _edited(text, edits, gone).rstrip("\n") + "\n"
    unclear = [
        f"{each.variable}: {code} '{label}' of {each.column.name}" for each in new for code, label in each.codes.unclear
    ]
    for title, lines in (
        ("Codes that were added to rules, to be reviewed", found.lines),
        (TITLE, [*unclear, *found.open]),
    ):
        if lines:
            changed += "\n".join(["", f"# {title}", *(row for line in lines for row in wrapped(line))]) + "\n"
    return changed, f"{mapping.id}: {plural(len(new), 'variable')} and {plural(len(found.lines), 'code')} added"


def _codes(mapping: Mapping, told: Told, home: str | None, text: str, proposed: Sequence[Proposal]) -> Added:
    """What the labels of columns that the mapping reads bring to their rules."""
    added = Added()
    book = Codebook.of(told.variables.values(), ", ".join(path.name for path in told.files)).anew(mapping.read.blank)
    for rule in mapping.variables.values():
        if rule.rule.body is None:
            seen = any(each.variable == rule.name for each in proposed)
            if rule.unavailable and seen and not rule.unavailable.startswith(TODO):
                added.open.append(f"{rule.name} is unavailable in the mapping, and there is a column of it now")
            continue
        for column, left in left_out(rule, book):
            of_column = told.variables[column.name]
            codes = codes_of(rule.name, of_column, home) if rule.name in all_words() else None
            given = [each for each in (codes.given if codes else ()) if each.code in left]
            block = _of_rule(rule, mapping)
            wanted = [each for each in given if block is not None and (rule.kind == "codes" or each.value in MISSING)]
            if block is not None and wanted:
                added.edits += _put_in(block, wanted, of_column.numeric, text)
                added.lines += [
                    f"{rule.name}: {each.sure:.2f} {each.value}: {each.code} '{each.label}'" for each in wanted
                ]
            taken = {each.code for each in wanted}
            rest = [f"{code} '{label}'" for code, label in left.items() if code not in taken]
            if rest:
                added.open.append(f"{rule.name}: {column.name} has codes that the rule does not: {', '.join(rest)}")
    return added


def _of_rule(rule: VariableRule, mapping: Mapping) -> Block | None:
    """The block of codes that can take more, None where the rule is of another kind or in another file."""
    block = rule.body.get(Text({"codes": "codes", "number": "missing", "bands": "missing"}.get(rule.kind, "")))
    return block if isinstance(block, Block) and rule.path == str(mapping.path) else None


def _put_in(block: Block, given: Sequence[Given], numeric: bool, text: str) -> Iterator[tuple[int, int, str]]:
    """Edits of the block: codes beside those of their value, a value of its own before the first."""
    first = next(iter(block))
    line = LINE_BREAK.split(text)[block.line - 1]
    flow = line[block.column - 1 : block.column] == "{"
    values: dict[str, list[str]] = {}
    for each in given:
        values.setdefault(each.value, []).append(each.code)
    for value, codes in values.items():
        old: Located | None = block.get(Text(value))
        more = written(codes, numeric).strip("[]")
        if isinstance(old, Text):
            yield old.line, old.column, "["
            yield old.end_line, old.end_column, f", {more}]"
        elif isinstance(old, Items) and old:
            last = old[-1]
            yield last.end_line, last.end_column, f", {more}"
        else:
            shown = f'"{value}"' if value in ("yes", "no") or ":" in value else value
            entry = f"{shown}: {written(codes, numeric)}"
            yield first.line, first.column, f"{entry}, " if flow else f"{entry}\n{' ' * (first.column - 1)}"


def _edited(text: str, edits: Sequence[tuple[int, int, str]], gone: set[int]) -> str:
    """The text with what is put in, without the lines `gone`."""
    lines = text.split("\n")
    for line, column, put in sorted(edits, key=lambda edit: edit[:2], reverse=True):
        whole = "" if line in gone else lines[line - 1]
        lines[line - 1] = whole[: column - 1] + put + whole[column - 1 :]
        gone = gone - {line}
    return "\n".join(line for number, line in enumerate(lines, 1) if number not in gone)


def _after_the_last(path: Path, text: str, blocks: str) -> Iterator[tuple[int, int, str]]:
    """The edit that puts variables after the last of the file, at the indent of the others."""
    value, _ = load_located_text(text, str(path))
    variables = value.get(Text("variables")) if isinstance(value, Block) else None
    if not blocks:
        return
    lines = text.split("\n")
    if not isinstance(variables, Block) or not variables:
        yield len(lines), len(lines[-1]) + 1, f"\nvariables:\n{blocks}"
        return
    if lines[variables.line - 1][variables.column - 1 : variables.column] == "{":
        raise UsageError(
            f"{path}: its variables stand in braces", "write each on a line of its own, to have more added"
        )
    indent = " " * (next(iter(variables)).column - 1)
    last = max(each.end_line for each in walk(variables) if isinstance(each, Text))
    yield last, len(lines[last - 1]) + 1, "\n" + re.sub(r"(?m)^  ", indent, blocks).rstrip("\n")
