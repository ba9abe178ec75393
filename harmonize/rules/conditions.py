"""Conditions: a whitelisted part of SQL, parsed by polars and walked node by node."""

from __future__ import annotations

import json
from collections.abc import Collection, Iterator
from dataclasses import dataclass
from itertools import pairwise
from typing import Any

import polars as pl

from harmonize.errors import Finding
from harmonize.mapping.located import Text, finding_at
from harmonize.rules.condition_tokens import COMPARISONS, HELP, Refused, Token, minus, rewritten, tokenize
from harmonize.rules.near import did_you_mean
from harmonize.rules.source_codes import Code

OPERATORS = {"Eq": "=", "NotEq": "<>", "Lt": "<", "LtEq": "<=", "Gt": ">", "GtEq": ">="}
SUMS = {"Plus": "+", "Minus": "-", "Multiply": "*", "Mul": "*"}


@dataclass(frozen=True)
class Column:
    """A source column."""

    name: str


@dataclass(frozen=True)
class Literal_:
    """A number, a text, or the list after IN."""

    codes: tuple[Code, ...]
    is_text: bool = False
    is_list: bool = False


@dataclass(frozen=True)
class Sum:
    """Two operands under + - *."""

    sign: str
    left: Operand
    right: Operand


Operand = Column | Literal_ | Sum


@dataclass(frozen=True)
class Comparison:
    """Two operands under = <> < <= > >=; with a list on the right, membership."""

    sign: str
    left: Operand
    right: Operand


@dataclass(frozen=True)
class IsNull:
    """The column's cell is blank (or, negated, is not)."""

    column: Column
    negated: bool


@dataclass(frozen=True)
class Not:
    """The inner condition is known not to hold."""

    inner: Node


@dataclass(frozen=True)
class Both:
    """AND, or OR where `either`."""

    either: bool
    left: Node
    right: Node


Node = Comparison | IsNull | Not | Both


@dataclass(frozen=True)
class Condition:
    """A parsed condition: its text, its tree and the columns it names, in order."""

    text: Text
    root: Node
    columns: tuple[str, ...]

    def comparisons(self) -> Iterator[Comparison | IsNull]:
        """Its leaves that test something."""
        return _leaves(self.root)


def parse_condition(
    text: Text, path: str, columns: Collection[str] | None = None
) -> tuple[Condition | None, list[Finding]]:
    """Parse a condition; `columns` are those it may name (None: any). The findings point into the text."""
    try:
        tokens = tokenize(text)
        named = [token for token in tokens if token.kind == "column"]
        root = _parse(tokens, text)
        for token in named:
            if columns is not None and token.text not in columns:
                help = did_you_mean(token.text, columns, "columns")
                raise Refused(
                    token.start,
                    token.end,
                    f"the condition names {token.text}, which is not in `from`",
                    help,
                    "M022",
                )
    except Refused as refused:
        return None, [_finding(refused, text, path)]
    return Condition(text, root, tuple(dict.fromkeys(token.text for token in named))), []


def _finding(refused: Refused, text: Text, path: str) -> Finding:
    one_line = text.end_line == text.line and text.end_column - text.column in (len(text), len(text) + 2)
    if not one_line:
        return finding_at(path, text, refused.code, refused.message, refused.help)
    column = text.column + (1 if text.quoted else 0)
    start, end = column + refused.start, column + refused.end
    return Finding(path, text.line, start, refused.code, refused.message, refused.help, "error", text.line, end)


def _parse(tokens: list[Token], text: str) -> Node:
    if not tokens:
        raise Refused(0, max(len(text), 1), "an empty condition")
    if not any(token.kind == "column" for token in tokens):
        raise Refused(0, len(text), "the condition names no column")
    try:
        tree = json.loads(pl.sql_expr(rewritten(tokens)).meta.serialize(format="json"))
    except (pl.exceptions.PolarsError, ValueError, RecursionError):
        raise Refused(0, len(text), "this is not a condition") from None
    return _Walk(tokens, len(text)).node(tree)


class _Walk:
    """Turns polars' tree into ours, and refuses every node that is not on the list."""

    def __init__(self, tokens: list[Token], length: int) -> None:
        self.tokens, self.length = tokens, length

    def node(self, tree: Any) -> Node:
        operation = _operation(tree)
        if operation is None:
            raise self._no_comparison(tree)
        name, inputs = operation
        if name in ("And", "Or"):
            return Both(name == "Or", self.node(inputs[0]), self.node(inputs[1]))
        if name == "Not":
            return Not(self.node(_without_cast(inputs[0])))
        if name in ("IsNull", "IsNotNull"):
            operand = self.operand(inputs[0])
            if not isinstance(operand, Column):
                raise Refused(0, self.length, "IS NULL asks about a column", "write X IS NULL")
            return IsNull(operand, name == "IsNotNull")
        if name in OPERATORS:
            left, right = (self.operand(side) for side in inputs)
            if not (_names_column(left) or _names_column(right)):
                start, end = self._span(tree)
                raise Refused(start, end, "a comparison that names no column")
            return Comparison(OPERATORS[name], left, right)
        raise self._no_comparison(tree)

    def operand(self, tree: Any) -> Operand:
        if isinstance(tree, dict) and isinstance(tree.get("Column"), str):
            token = self.tokens[int(tree["Column"][1:])]
            if token.kind == "column":
                return Column(token.text)
            return Literal_(token.codes, token.text.startswith("'"), token.text == "(...)")
        operation = _operation(tree)
        if operation and operation[0] in SUMS:
            name, (left, right) = operation
            if left == {"Literal": {"Dyn": {"Int": 0}}}:
                return self._signed(name, self.operand(right))
            sides = self.operand(left), self.operand(right)
            for side in sides:
                if isinstance(side, Literal_) and (side.is_text or side.is_list):
                    raise Refused(*self._span(tree), "a sum of texts or lists", "+ - * take numbers and columns")
            return Sum(SUMS[name], *sides)
        if operation and (operation[0] in OPERATORS or operation[0] in ("And", "Or", "Not", "IsNull", "IsNotNull")):
            raise self._chained(tree)
        raise Refused(*self._span(tree), "this is not allowed in a condition")

    def _signed(self, name: str, operand: Operand) -> Operand:
        if isinstance(operand, Literal_) and not operand.is_text and not operand.is_list:
            return Literal_((minus(operand.codes[0]),)) if name == "Minus" else operand
        return Sum(SUMS[name], Literal_((Code("0", 0.0, 0.0),)), operand)

    def _no_comparison(self, tree: Any) -> Refused:
        start, end = self._span(tree)
        return Refused(start, end, "this is not a comparison", f"write what it is compared with; {HELP}")

    def _chained(self, tree: Any) -> Refused:
        signs = [i for i, token in enumerate(self.tokens) if token.text in COMPARISONS and token.kind == "sign"]
        for i, j in pairwise(signs):
            between = self.tokens[i + 1 : j]
            if j - i == 2 and between[0].kind in ("column", "literal"):
                middle = between[0].text
                left, right = (
                    self.tokens[i - 1].text,
                    self.tokens[j + 1].text if j + 1 < len(self.tokens) else "...",
                )
                turned = {"<": ">", ">": "<", "<=": ">=", ">=": "<="}.get(self.tokens[i].text, self.tokens[i].text)
                help = f"write {middle} {turned} {left} AND {middle} {self.tokens[j].text} {right}"
                start, end = (
                    self.tokens[max(i - 1, 0)].start,
                    self.tokens[min(j + 1, len(self.tokens) - 1)].end,
                )
                return Refused(start, end, "a chained comparison", help, "M021")
        return Refused(*self._span(tree), "a comparison inside a comparison", "join comparisons with AND or OR", "M021")

    def _span(self, tree: Any) -> tuple[int, int]:
        numbers = [int(name[1:]) for name in _placeholders(tree)]
        if not numbers:
            return 0, self.length
        return self.tokens[min(numbers)].start, self.tokens[max(numbers)].end


def _operation(tree: Any) -> tuple[str, list[Any]] | None:
    """The name of an operator or function node that may be allowed, and its inputs."""
    match tree:
        case {"BinaryExpr": {"left": left, "op": str(name), "right": right}}:
            return name, [left, right]
        case {"Function": {"input": [*inputs], "function": {"Boolean": str(name)}}}:
            return name, inputs
        case {"Function": {"input": [left, right], "function": {"Sql": {"Binary": str(name)}}}}:
            return name, [left, right]
    return None


def _without_cast(tree: Any) -> Any:
    match tree:
        case {"Cast": {"expr": inner, "dtype": {"Literal": "Boolean"}}}:
            return inner
    return tree


def _names_column(operand: Operand) -> bool:
    if isinstance(operand, Sum):
        return _names_column(operand.left) or _names_column(operand.right)
    return isinstance(operand, Column)


def _placeholders(tree: Any) -> Iterator[str]:
    if isinstance(tree, dict):
        for key, value in tree.items():
            if key == "Column" and isinstance(value, str):
                yield value
            else:
                yield from _placeholders(value)
    elif isinstance(tree, list):
        for value in tree:
            yield from _placeholders(value)


def _leaves(node: Node) -> Iterator[Comparison | IsNull]:
    if isinstance(node, Both):
        yield from _leaves(node.left)
        yield from _leaves(node.right)
    elif isinstance(node, Not):
        yield from _leaves(node.inner)
    else:
        yield node
