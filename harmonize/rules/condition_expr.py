"""A condition as a polars expression over an extract's cells."""

from __future__ import annotations

import operator
from collections.abc import Callable
from typing import Any

from harmonize.lazily import pl
from harmonize.rules.cells import Cell, holds
from harmonize.rules.conditions import (
    TURNED,
    Both,
    Column,
    Comparison,
    Condition,
    IsNull,
    Literal_,
    Node,
    Not,
    Operand,
    Sum,
)

COMPARE: dict[str, Callable[[Any, Any], Any]] = {
    "=": operator.eq,
    "<>": operator.ne,
    "<": operator.lt,
    "<=": operator.le,
    ">": operator.gt,
    ">=": operator.ge,
}
SUM: dict[str, Callable[[Any, Any], Any]] = {"+": operator.add, "-": operator.sub, "*": operator.mul}


def condition_expr(condition: Condition, cell_of: Callable[[str], Cell]) -> pl.Expr:
    """Boolean, never null: a condition that a blank cell leaves open does not hold."""
    return _node(condition.root, cell_of).fill_null(False)


def _node(node: Node, cell_of: Callable[[str], Cell]) -> pl.Expr:
    """Boolean with SQL's three values."""
    if isinstance(node, Both):
        left, right = _node(node.left, cell_of), _node(node.right, cell_of)
        return left | right if node.either else left & right
    if isinstance(node, Not):
        return ~_node(node.inner, cell_of)
    if isinstance(node, IsNull):
        blank = cell_of(node.column.name).blank
        return ~blank if node.negated else blank
    return _comparison(node, cell_of)


def _comparison(node: Comparison, cell_of: Callable[[str], Cell]) -> pl.Expr:
    left, right, sign = node.left, node.right, node.sign
    if isinstance(left, Literal_):
        left, right, sign = right, left, TURNED.get(sign, sign)
    compare = COMPARE[sign]
    if isinstance(left, Column) and isinstance(right, Literal_):
        cell = cell_of(left.name)
        if sign in ("=", "<>"):
            known = pl.when(~cell.blank).then(holds(cell, right.codes))
            return known if sign == "=" else ~known
        value = right.codes[0]
        as_text = value.low is None or (right.is_text and not cell.numeric)
        return compare(cell.text, value.text) if as_text else compare(cell.number, value.low)  # type: ignore[no-any-return]
    if isinstance(left, Column) and isinstance(right, Column):
        one, other = cell_of(left.name), cell_of(right.name)
        if not (one.numeric and other.numeric):
            return compare(one.text, other.text)  # type: ignore[no-any-return]
    if isinstance(right, Literal_) and right.is_list and sign == "=":
        return _number(left, cell_of).is_in([code.low for code in right.codes if code.low is not None])
    return compare(_number(left, cell_of), _number(right, cell_of))  # type: ignore[no-any-return]


def _number(operand: Operand, cell_of: Callable[[str], Cell]) -> pl.Expr:
    if isinstance(operand, Column):
        return cell_of(operand.name).number
    if isinstance(operand, Literal_):
        return pl.lit(operand.codes[0].low, dtype=pl.Float64)
    assert isinstance(operand, Sum)
    total = SUM[operand.sign](_number(operand.left, cell_of), _number(operand.right, cell_of))
    return pl.when(total.is_finite()).then(total)
