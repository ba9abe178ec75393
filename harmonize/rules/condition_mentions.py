"""The codes that a condition mentions of each column: what a bare `else` may swallow."""

from __future__ import annotations

from harmonize.rules.conditions import Column, Condition, IsNull, Literal_, Operand, Sum
from harmonize.rules.source_codes import BLANK, Code

EVERY_NUMBER = (Code("..", is_range=True),)


def mentioned(condition: Condition) -> dict[str, list[Code]]:
    """Codes by column. `X < 15` and a comparison of columns are about every number; IS NULL about blank."""
    found: dict[str, list[Code]] = {name: [] for name in condition.columns}
    for leaf in condition.comparisons():
        if isinstance(leaf, IsNull):
            found[leaf.column.name].append(Code(BLANK, is_blank=True))
            continue
        for one, other in ((leaf.left, leaf.right), (leaf.right, leaf.left)):
            if isinstance(one, Column):
                codes = other.codes if isinstance(other, Literal_) else ()
                exact = bool(codes) and leaf.sign in ("=", "<>")
                found[one.name] += codes if exact else (*codes, *EVERY_NUMBER)
            elif isinstance(one, Sum):
                for name in _columns(one):
                    found[name] += EVERY_NUMBER
    return found


def _columns(operand: Operand) -> list[str]:
    if isinstance(operand, Sum):
        return _columns(operand.left) + _columns(operand.right)
    return [operand.name] if isinstance(operand, Column) else []
