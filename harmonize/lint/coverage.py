"""Codes and columns on one side alone: L001 and L002 of codes, L007 of categories, L008 of columns."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from math import isinf

from harmonize.errors import Finding
from harmonize.lint.codebook import Codebook, LabelledColumn
from harmonize.lint.label_words import category_of
from harmonize.lint.leaves import given, leaves, reach
from harmonize.listing import first_of
from harmonize.mapping.located import Text, finding_at, load_located, walk
from harmonize.mapping.model import Mapping, VariableRule
from harmonize.rules.bands import BandsRule
from harmonize.rules.codes import CodesRule
from harmonize.rules.near import nearest
from harmonize.rules.number import NumberRule
from harmonize.rules.rule import Source
from harmonize.rules.source_codes import Code
from harmonize.rules.targets import MISSING
from harmonize.rules.when import WhenRule
from harmonize.schema import VARIABLES
from harmonize.schema.variable import Variable

LISTED = 6
SHORT = 20
"""Codes in a range that can be a list of them."""

FEW = 3
"""Categories of a variable of which each is expected; of longer lists a census has some."""


def not_mapped(rule: VariableRule, book: Codebook) -> Iterator[Finding]:
    """L001, one for each column of the rule."""
    for column, left in left_out(rule, book):
        shown = first_of([f"{code} '{label}'" for code, label in left.items()], LISTED)
        variable = VARIABLES[rule.name]
        near = [f"{code}: {name}" for code, label in left.items() if (name := category_of(label, variable))]
        help = "give each to a category, or to unknown or not_applicable"
        hint = f"\ndid you mean {first_of(near, LISTED)}?" if near else ""
        message = f"{rule.name}: {column.name} has codes that are not mapped: {shown}"
        yield finding_at(rule.path, _name(rule), "L001", message, f"{help}{hint}", "warning")


def left_out(rule: VariableRule, book: Codebook) -> Iterator[tuple[LabelledColumn, dict[str, str]]]:
    """Columns of the rule with codes that it should list and doesn't: code -> label."""
    for column, codes in _listing(rule, book):
        mine = column.matched(codes)
        left = {code: label for code, label in column.labels.items() if code not in mine}
        if left:
            yield column, left


def not_labelled(rule: VariableRule, book: Codebook) -> Iterator[Finding]:
    """L002, at each code. Of a first-list the codes may be those of another candidate: they are not looked at."""
    for leaf in leaves(rule.rule.body):
        for source in leaf.body.sources:
            column = book.column(source)
            if column is None or len(source.names) > 1 or not isinstance(leaf.body, CodesRule | BandsRule):
                continue
            for each in given(leaf, rule):
                code = each.code
                exempt = code.is_blank or _is_wide(code) or each.shared or each.value in MISSING
                if not exempt and not column.matched([code]):
                    message = f"{rule.name}: {book.name} labels no code {code.text} of {column.name}"
                    help = f"labelled are {first_of(list(column.labels), 2 * LISTED)}"
                    yield finding_at(each.path, code.where, "L002", message, help, "warning")


def _is_wide(code: Code) -> bool:
    """A range of numbers rather than of a few codes."""
    return code.is_range and (code.low is None or code.high is None or code.high - code.low >= SHORT)


def never_reached(rule: VariableRule, book: Codebook) -> Iterator[Finding]:
    """L007: one for a variable whose column the codebook labels."""
    if not any(book.column(source) for source in rule.rule.sources):
        return
    variable = VARIABLES[rule.name]
    left = [name for name in variable.categories if name not in rule.rule.body.targets]
    if variable.kind == "category" and len(variable.categories) <= FEW and left:
        message = f"{rule.name}: the rule never gives {' or '.join(left)}"
        help = "does the codebook have a code of it?"
        yield finding_at(rule.path, _name(rule), "L007", message, help, "info")


def lacking(mapping: Mapping, book: Codebook) -> Iterator[Finding]:
    """L008: columns of variables that are not optional, and of sample, keys, design and include."""
    for rule in mapping.variables.values():
        if rule.rule.body is None or rule.optional:
            continue
        codeless = isinstance(rule.rule.body, NumberRule)
        for source in rule.rule.sources:
            if book.columns.first(source) is None and not (codeless and _may_leave_out(source.names, book)):
                yield _lacks(rule.path, _name(rule), f"{rule.name}: ", source.names, book)
    value, _ = load_located(mapping.path)
    places = {str(each): each for each in reversed(list(walk(value))) if isinstance(each, Text)} if value else {}
    for names in _needed(mapping):
        if book.columns.first(Source(names)) is None and not _may_leave_out(names, book):
            where = next((places[name] for name in names if name in places), Text("", 1, 1, 1, 2))
            yield _lacks(str(mapping.path), where, "", names, book)


def _needed(mapping: Mapping) -> Iterable[tuple[str, ...]]:
    included = mapping.include.columns if mapping.include else ()
    design = [name for name in mapping.design.columns if name not in mapping.design.optional]
    singles = dict.fromkeys([*mapping.keys.household, *([mapping.keys.person] if mapping.keys.person else [])])
    yield from ((name,) for name in dict.fromkeys([*singles, *design, *included]))
    yield from (fact.columns for _, fact in mapping.sample.from_columns)


def _may_leave_out(names: tuple[str, ...], book: Codebook) -> bool:
    """Whether a list of codes lacks a column as it has no codes: it is not one that is called otherwise there."""
    return book.codes_alone and not any(nearest(name, book.columns.names) for name in names)


def _lacks(path: str, where: Text, before: str, names: tuple[str, ...], book: Codebook) -> Finding:
    near = [found for name in names for found in nearest(name, book.columns.names)]
    help = f"did you mean '{near[0]}'?" if near else f"its columns: {book.columns.listed()}"
    message = f"{before}{book.name} has no column {' or '.join(names)}"
    return finding_at(path, where, "L008", message, help, "warning")


def _listing(rule: VariableRule, book: Codebook) -> Iterator[tuple[LabelledColumn, list[Code]]]:
    """Labelled columns of which every code must be listed, and the codes that are.

    Of a `when`, all that a bare else needs; else those of its branches: a condition that doesn't hold is no gap.
    """
    body = rule.rule.body
    every = body.codes()
    whole = not isinstance(body, WhenRule) or any(branch.bare and not branch.condition for branch in body.branches)
    sources = (
        body.sources if whole else [source for leaf in leaves(body) if not leaf.chosen for source in leaf.body.sources]
    )
    for source in dict.fromkeys(sources):
        column = book.column(source)
        if column is not None and isinstance(body, NumberRule):
            yield column, _numbers(body, VARIABLES[rule.name])
        elif column is not None:
            # the codes are listed under the name that the mapping has, which may be in another case
            yield column, [code for name in source.names for code in every.get(name, ())]


def _numbers(body: NumberRule, variable: Variable) -> list[Code]:
    """What a number rule takes: its missing codes, those of intervals, and all numbers within its bounds."""
    least, most = reach(body, variable)
    low, high = (None if isinf(end) else end for end in (least, most))
    missing = [code for entry in body.missing for code in entry.codes]
    return [*missing, *(code for code, _ in body.intervals), Code("..", low, high, is_range=True)]


def _name(rule: VariableRule) -> Text:
    return Text(rule.name, rule.line, rule.column)
