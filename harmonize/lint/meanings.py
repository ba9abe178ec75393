"""Codes against what their labels say: L003 to L006, L009 to L011."""

from __future__ import annotations

from collections.abc import Iterator

from harmonize.errors import Finding
from harmonize.lint.codebook import Codebook, LabelledColumn
from harmonize.lint.label_words import category_of, missing_kind, says_no_number, says_or_more
from harmonize.lint.leaves import Given, Leaf, given, leaves, reach
from harmonize.listing import first_of
from harmonize.mapping.located import Block, Text, finding_at
from harmonize.mapping.model import VariableRule
from harmonize.rules.number import NumberRule
from harmonize.rules.place_labels import another_country
from harmonize.rules.source_codes import number_of
from harmonize.rules.targets import MISSING
from harmonize.schema import VARIABLES

TWO_DIGITS = 10
LISTED = 4


def meanings(rule: VariableRule, book: Codebook) -> Iterator[Finding]:
    """L003 to L006 and L009 to L011 of one variable."""
    for leaf in leaves(rule.rule.body):
        for source in leaf.body.sources:
            column = book.column(source)
            if column is None:
                continue
            taken = column.matched([code for name in source.names for code in leaf.taken.get(name, ())])
            for each in given(leaf, rule):
                yield from _of_code(rule, each, column, taken.keys())
            if isinstance(leaf.body, NumberRule):
                yield from _of_number(rule, leaf, leaf.body, column, taken.keys())
                yield from _numbers_as_missing(rule, leaf, column)


def _of_code(rule: VariableRule, each: Given, column: LabelledColumn, taken: object) -> Iterator[Finding]:
    """L003, L004, L011 and, for a range, L005."""
    variable = VARIABLES[rule.name]
    if each.code.is_blank:
        return
    for code in column.matched([each.code]):
        label = column.labels[code]
        said = None if code in taken else category_of(label, variable)  # type: ignore[operator]
        if said is None and variable.kind == "place" and not each.shared:  # M029 and M032 look at lookups
            said = another_country(label, str(each.value))
        if said is None or said == each.value:
            continue
        labelled = f"{column.name} {code} is '{label}'"
        if each.value in MISSING:
            if said not in MISSING:
                message, help = f"{rule.name}: {labelled}, and is given to {each.value}", f"did you mean '{said}'?"
                yield finding_at(each.path, each.code.where, "L011", message, help, "warning")
            continue
        value = f"{each.value:g}" if isinstance(each.value, float) else each.value
        if said not in MISSING:
            message, help = f"{rule.name}: {labelled}, and is given to {value}", f"did you mean '{said}'?"
            yield finding_at(each.path, each.code.where, "L004", message, help, "warning")
        elif each.code.is_range:
            message = f"{rule.name}: {each.code.text} takes in {code} of {column.name}, '{label}'"
            help = f"end the range before it, and write {said}: {code}"
            yield finding_at(each.path, each.code.where, "L005", message, help, "warning")
        else:
            message = f"{rule.name}: {labelled}, and is given to {value}"
            yield finding_at(each.path, each.code.where, "L003", message, f"write {said}: {code}", "warning")


def _of_number(
    rule: VariableRule, leaf: Leaf, body: NumberRule, column: LabelledColumn, taken: object
) -> Iterator[Finding]:
    """L005, L006 and L010: labelled numbers that the rule reads as they are."""
    variable = VARIABLES[rule.name]
    listed = column.matched([*(each.code for each in given(leaf, rule)), *(code for code, _ in body.intervals)])
    least, most = reach(body, variable)
    where = _place(rule)
    for code, label in column.labels.items():
        number = number_of(code)
        if number is None or code in listed or code in taken or not least <= number <= most:  # type: ignore[operator]
            continue
        said = missing_kind(label)
        if said is not None:
            message = f"{rule.name}: the number {code} of {column.name} is '{label}'"
            yield finding_at(rule.path, where, "L005", message, f"write missing: {{{said}: {code}}}", "warning")
        elif says_or_more(label, number) and body.bounds.get("top_code", float("inf")) > number:
            message = f"{rule.name}: {column.name} {code} is '{label}', and is read as {number:g}"
            yield finding_at(rule.path, where, "L006", message, f"write number: {{top_code: {number:g}}}", "warning")
        elif says_no_number(label, number) and number not in (
            body.bounds.get("top_code"), body.bounds.get("bottom_code"),
        ):  # fmt: skip  # `years and more` is what a top code says
            message = f"{rule.name}: {column.name} {code} is '{label}', and is read as {number:g}"
            help = (
                f"write missing: {{unknown: {code}}}, or the number that it stands for, as intervals: {{{code}: 0..0}}"
            )
            yield finding_at(rule.path, where, "L010", message, help, "warning")


def _numbers_as_missing(rule: VariableRule, leaf: Leaf, column: LabelledColumn) -> Iterator[Finding]:
    """L009: codes of `missing` that are shorter than each code that the codebook says is missing."""
    told = {code: said for code, label in column.labels.items() if (said := missing_kind(label)) and _is_long(code)}
    shortest = min((number_of(code) or 0 for code in told), default=0)
    least, most = reach(leaf.body, VARIABLES[rule.name])
    for each in given(leaf, rule):
        first, last = each.code.low, each.code.high
        if first is None or last is None or first < TWO_DIGITS or column.matched([each.code]):
            continue
        if least <= first <= most and last < 10 ** (len(f"{shortest:.0f}") - 1):
            own = [code for code, said in told.items() if said == each.value] or list(told)
            message = (
                f"{rule.name}: {each.code.text} is {each.value} here, and {first_of(own, LISTED)} in {column.name}"
            )
            help = f"remove it, if {each.code.text} is a number as any other"
            yield finding_at(each.path, each.code.where, "L009", message, help, "warning")


def _is_long(code: str) -> bool:
    number = number_of(code)
    return number is not None and number >= TWO_DIGITS


def _place(rule: VariableRule) -> Text:
    """The word `number` of the rule; of one in a branch, the variable's name."""
    body: Block = rule.body
    return body.key("number") if "number" in body else Text(rule.name, rule.line, rule.column)
