"""Reads a condition: comparisons of columns, numbers and texts, joined with AND, OR and NOT.

A grammar of a page in place of an SQL parser's: it lets through nothing that has to be taken out again
(functions, casts, aliases, `1 < X < 3`), knows where each word stands, and needs no engine to read a mapping.
Precedence is that of SQL: OR, AND, NOT, comparisons, + and -, *, the sign.
"""

from __future__ import annotations

from collections.abc import Callable, Collection
from dataclasses import dataclass

from harmonize.errors import Finding
from harmonize.mapping.located import Text, finding_at
from harmonize.rules.condition_tokens import COMPARISONS, HELP, Refused, Token, minus, tokenize
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
from harmonize.rules.near import did_you_mean
from harmonize.rules.source_codes import Code

DEEPEST = 40
"""Parentheses, NOTs and signs within each other; the tree is walked by recursion."""

LONGEST = 250
"""Parts that AND, OR and + - * join."""

BACKWARDS = "write the lower end first"
JOIN = "join comparisons with AND or OR"
ZERO = Literal_((Code("0", 0.0, 0.0),))


def parse_condition(
    text: Text, path: str, columns: Collection[str] | None = None
) -> tuple[Condition | None, list[Finding]]:
    """Parse a condition; `columns` are those it may name (None: any). The findings point into the text."""
    try:
        tokens = tokenize(text)
        root = _Reader(tokens, len(text)).whole()
        named = [token for token in tokens if token.kind == "column"]
        for token in named:
            if columns is not None and token.text not in columns:
                help = did_you_mean(token.text, columns, "columns")
                if "did you mean" not in help:
                    of_blank = token.text.lower() == "blank"
                    help += "\nof a missing cell write X IS NULL" if of_blank else f"\na text is written '{token.text}'"
                message = f"the condition names {token.text}, which is not in `from`"
                raise Refused(token.start, token.end, message, help, "M022")
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


@dataclass(frozen=True)
class _Part:
    """A part of the condition, and its place: parentheses around it left out."""

    is_: Node | Operand
    start: int
    end: int

    def node(self) -> Node:
        """It as something that holds or not."""
        if isinstance(self.is_, (Column, Literal_, Sum)):
            help = f"write what it is compared with; {HELP}"
            raise Refused(self.start, self.end, "this is not a comparison", help)
        return self.is_

    def operand(self) -> Operand:
        """It as something that is compared."""
        if not isinstance(self.is_, (Column, Literal_, Sum)):
            raise Refused(self.start, self.end, "a comparison inside a comparison", JOIN, "M021")
        return self.is_


class _Reader:
    """Goes through the tokens once, a method for each level of precedence."""

    def __init__(self, tokens: list[Token], length: int) -> None:
        self.tokens, self.length, self.at = tokens, length, 0
        self.depth = self.parts = 0

    def whole(self) -> Node:
        if not self.tokens:
            raise Refused(0, max(self.length, 1), "an empty condition")
        if not any(token.kind == "column" for token in self.tokens):
            raise Refused(0, self.length, "the condition names no column")
        node = self._either().node()
        if self.at < len(self.tokens):
            raise self._unexpected()
        return node

    def _either(self) -> _Part:
        return self._joined("OR", self._both)

    def _both(self) -> _Part:
        return self._joined("AND", self._not)

    def _joined(self, word: str, below: Callable[[], _Part]) -> _Part:
        part = below()
        while self._take(word):
            self._count()
            other = below()
            part = _Part(Both(word == "OR", part.node(), other.node()), part.start, other.end)
        return part

    def _not(self) -> _Part:
        if (word := self._take("NOT")) is None:
            return self._comparison()
        with_in = self._deeper(self._not)
        return _Part(Not(with_in.node()), word.start, with_in.end)

    def _comparison(self) -> _Part:
        left = self._sum()
        if (sign := self._take(*COMPARISONS)) is not None:
            right = self._sum()
            self._no_chain(left, sign, right)
            return self._compared("<>" if sign.text == "!=" else sign.text, left, right)
        if self._take("IS"):
            negated = self._take("NOT") is not None
            null = self._need("NULL")
            if not isinstance(left.is_, Column):
                raise Refused(left.start, null.end, "IS NULL asks about a column", "write X IS NULL")
            return self._alone(_Part(IsNull(left.is_, negated), left.start, null.end))
        negated = self._take("NOT") is not None
        if self._take("IN"):
            self._need("(")
            token = self._next()
            listed = _Part(Literal_(token.codes, is_list=True), token.start, token.end)
            self._need(")")
            part = self._compared("=", left, listed)
            return self._alone(_Part(Not(part.node()), part.start, part.end) if negated else part)
        if self._take("BETWEEN"):
            low = self._sum()
            self._need("AND")
            high = self._sum()
            ends = [_number(end.is_) for end in (low, high)]
            if ends[0] is not None and ends[1] is not None and ends[0] > ends[1]:
                raise Refused(left.start, high.end, "nothing is BETWEEN these: the higher end comes first", BACKWARDS)
            signs = ("<", ">") if negated else (">=", "<=")
            one, other = (self._compared(sign, left, end).node() for sign, end in zip(signs, (low, high), strict=True))
            return self._alone(_Part(Both(negated, one, other), left.start, high.end))
        if negated:
            raise self._unexpected()
        return left

    def _compared(self, sign: str, left: _Part, right: _Part) -> _Part:
        one, other = left.operand(), right.operand()
        if not (_names_column(one) or _names_column(other)):
            raise Refused(left.start, right.end, "a comparison that names no column")
        return _Part(Comparison(sign, one, other), left.start, right.end)

    def _alone(self, part: _Part) -> _Part:
        """The comparison, after which no second one may follow."""
        following = self._peek()
        if following is not None and (following.text in COMPARISONS or following.text in ("IS", "IN", "BETWEEN")):
            raise Refused(part.start, following.end, "a comparison inside a comparison", JOIN, "M021")
        return part

    def _no_chain(self, left: _Part, sign: Token, right: _Part) -> None:
        if self._take(*COMPARISONS) is None:
            self._alone(right)
            return
        second = self.tokens[self.at - 1]
        last = self._sum()
        one, middle, other = (self._written(part) for part in (left, right, last))
        help = f"write {middle} {TURNED.get(sign.text, sign.text)} {one} AND {middle} {second.text} {other}"
        raise Refused(left.start, last.end, "a chained comparison", help, "M021")

    def _written(self, part: _Part) -> str:
        return " ".join(token.text for token in self.tokens if part.start <= token.start < part.end)

    def _sum(self) -> _Part:
        return self._terms(("+", "-"), self._product)

    def _product(self) -> _Part:
        return self._terms(("*",), self._signed)

    def _terms(self, signs: tuple[str, ...], below: Callable[[], _Part]) -> _Part:
        part = below()
        while (sign := self._take(*signs)) is not None:
            self._count()
            other = below()
            start, end = part.start, other.end
            sides = (self._term(side, start, end) for side in (part, other))
            part = _Part(Sum(sign.text, *sides), start, end)
        return part

    def _signed(self) -> _Part:
        if (sign := self._take("-", "+")) is None:
            return self._single()
        part = self._deeper(self._signed)
        term = self._term(part, sign.start, part.end)
        if sign.text == "-":
            term = Literal_((minus(term.codes[0]),)) if isinstance(term, Literal_) else Sum("-", ZERO, term)
        return _Part(term, sign.start, part.end)

    def _term(self, part: _Part, start: int, end: int) -> Operand:
        """It as a number; `start`, `end` are those of the sum that it stands in."""
        operand = part.operand()
        if isinstance(operand, Literal_) and operand.is_text:
            raise Refused(start, end, "a sum of texts", "+ - * take numbers and columns")
        return operand

    def _single(self) -> _Part:
        token = self._next()
        if token.kind == "column":
            return _Part(Column(token.text), token.start, token.end)
        if token.kind == "literal":
            return _Part(Literal_(token.codes, token.text.startswith("'")), token.start, token.end)
        if token.text != "(":
            self.at -= 1
            raise self._unexpected()
        inner = self._deeper(self._either)
        if self._take(")") is None:
            if self._peek() is not None:
                raise self._unexpected()
            raise Refused(token.start, token.end, "a parenthesis that is not closed", "write ) where it ends")
        return inner

    def _deeper(self, below: Callable[[], _Part]) -> _Part:
        self.depth += 1
        if self.depth > DEEPEST:
            raise Refused(0, self.length, f"more than {DEEPEST} parentheses or NOTs in each other", HELP)
        part = below()
        self.depth -= 1
        return part

    def _count(self) -> None:
        self.parts += 1
        if self.parts > LONGEST:
            help = "write X IN (1, 2, 3) for X = 1 OR X = 2 OR X = 3"
            raise Refused(0, self.length, f"a condition of more than {LONGEST} parts", help)

    def _peek(self) -> Token | None:
        return self.tokens[self.at] if self.at < len(self.tokens) else None

    def _take(self, *words: str) -> Token | None:
        token = self._peek()
        if token is None or token.kind not in ("keyword", "sign") or token.text not in words:
            return None
        self.at += 1
        return token

    def _need(self, word: str) -> Token:
        token = self._take(word)
        if token is None:
            raise self._unexpected()
        return token

    def _next(self) -> Token:
        token = self._peek()
        if token is None:
            raise self._unexpected()
        self.at += 1
        return token

    def _unexpected(self) -> Refused:
        """What stands at a place where it can't: the word, or the end."""
        token = self._peek()
        if token is None:
            last = self.tokens[-1]
            return Refused(last.start, last.end, f"something is missing after {last.text}")
        return Refused(token.start, token.end, f"{token.text} can't stand here")


def _number(operand: Node | Operand) -> float | None:
    """The number that is written; None for a column, a sum or a text."""
    plain = isinstance(operand, Literal_) and not operand.is_text and len(operand.codes) == 1
    return operand.codes[0].low if plain and isinstance(operand, Literal_) else None


def _names_column(operand: Operand) -> bool:
    if isinstance(operand, Sum):
        return _names_column(operand.left) or _names_column(operand.right)
    return isinstance(operand, Column)
