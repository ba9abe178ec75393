"""Whether a condition holds of a row: true, false, or None where a blank cell leaves it open, as in SQL."""

from __future__ import annotations

import math
import operator
from collections.abc import Callable
from typing import Any

from harmonize.by_hand.row import Cell
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
)

SIGNS: dict[str, Callable[[Any, Any], Any]] = {
    "=": operator.eq, "<>": operator.ne, "<": operator.lt, "<=": operator.le, ">": operator.gt, ">=": operator.ge,
    "+": operator.add, "-": operator.sub, "*": operator.mul,
}  # fmt: skip

CellOf = Callable[[str], Cell]


def condition_holds(condition: Condition, cell_of: CellOf) -> bool:
    """Whether it is known to hold. cell_of: the cell of a column that it names."""
    return _node(condition.root, cell_of) is True


def _node(node: Node, cell_of: CellOf) -> bool | None:
    if isinstance(node, Both):
        sides = (_node(node.left, cell_of), _node(node.right, cell_of))
        decides = node.either  # one that holds decides OR, one that does not decides AND
        return decides if decides in sides else None if None in sides else not decides
    if isinstance(node, Not):
        inner = _node(node.inner, cell_of)
        return None if inner is None else not inner
    if isinstance(node, IsNull):
        return cell_of(node.column.name).blank is not node.negated
    return _comparison(node, cell_of)


def _comparison(node: Comparison, cell_of: CellOf) -> bool | None:
    left, right, sign = node.left, node.right, node.sign
    if isinstance(left, Literal_):
        left, right, sign = right, left, TURNED.get(sign, sign)
    if isinstance(left, Column) and isinstance(right, Literal_):
        return _with_literal(cell_of(left.name), sign, right)
    if isinstance(left, Column) and isinstance(right, Column):
        one, other = cell_of(left.name), cell_of(right.name)
        if not (one.numeric and other.numeric):
            return _compare(sign, one.text, other.text)
    number = _number(left, cell_of)
    if isinstance(right, Literal_) and right.is_list:
        return None if number is None else number in [code.low for code in right.codes]
    return _compare(sign, number, _number(right, cell_of))


def _with_literal(cell: Cell, sign: str, literal: Literal_) -> bool | None:
    if sign in ("=", "<>"):
        return None if cell.blank else cell.holds(literal.codes) is (sign == "=")
    code = literal.codes[0]
    if code.low is None or (literal.is_text and not cell.numeric):
        return _compare(sign, cell.text, code.text)
    return _compare(sign, cell.number, code.low)


def _compare(sign: str, left: Any, right: Any) -> bool | None:
    return None if left is None or right is None else bool(SIGNS[sign](left, right))


def _number(operand: Operand, cell_of: CellOf) -> float | None:
    if isinstance(operand, Column):
        return cell_of(operand.name).number
    if isinstance(operand, Literal_):
        return operand.codes[0].low
    left, right = _number(operand.left, cell_of), _number(operand.right, cell_of)
    if left is None or right is None:
        return None
    total: float = SIGNS[operand.sign](left, right)
    return total if math.isfinite(total) else None
