"""Conditions: a small part of SQL, as a tree over the columns of an extract."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from harmonize.mapping.located import Text
from harmonize.rules.source_codes import Code


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
TURNED = {"<": ">", ">": "<", "<=": ">=", ">=": "<="}


@dataclass(frozen=True)
class Condition:
    """A parsed condition: its text, its tree and the columns it names, in order."""

    text: Text
    root: Node
    columns: tuple[str, ...]

    def comparisons(self) -> Iterator[Comparison | IsNull]:
        """Its leaves that test something."""
        return _leaves(self.root)


def _leaves(node: Node) -> Iterator[Comparison | IsNull]:
    if isinstance(node, Both):
        yield from _leaves(node.left)
        yield from _leaves(node.right)
    elif isinstance(node, Not):
        yield from _leaves(node.inner)
    else:
        yield node


def meaning(node: Node) -> str:
    """The same text for conditions that say the same: AND, OR and lists in any order, `1 = X` as `X = 1`."""
    if isinstance(node, Both):
        parts = sorted({meaning(part) for part in _flat(node, node.either)})
        return f"({(' OR ' if node.either else ' AND ').join(parts)})" if len(parts) > 1 else parts[0]
    if isinstance(node, Not):
        return f"NOT {meaning(node.inner)}"
    if isinstance(node, IsNull):
        return f"{_operand(node.column)} IS {'NOT ' if node.negated else ''}NULL"
    left, sign, right = _operand(node.left), node.sign, _operand(node.right)
    if isinstance(node.left, Literal_) or (
        isinstance(node.right, Column | Sum) and sign in ("=", "<>") and right < left
    ):
        left, sign, right = right, TURNED.get(sign, sign), left
    return f"{left} {sign} {right}"


def _flat(node: Node, either: bool) -> Iterator[Node]:
    """The parts of ANDs in ANDs, or of ORs in ORs."""
    if isinstance(node, Both) and node.either == either:
        yield from _flat(node.left, either)
        yield from _flat(node.right, either)
    else:
        yield node


def _operand(operand: Operand) -> str:
    if isinstance(operand, Column):
        return f'"{operand.name}"'
    if isinstance(operand, Sum):
        return f"({_operand(operand.left)} {operand.sign} {_operand(operand.right)})"
    return ", ".join(sorted({f"'{code.text}'" if code.as_text else code.text for code in operand.codes}))
