"""The words of a condition, each with its place in the text; a list of literals after IN is one word."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Literal

from harmonize.rules.source_codes import Code, number_of

TOKEN = re.compile(
    r"""(?P<space>\s+)
    |(?P<text>'(?:[^']|'')*')
    |(?P<quoted>"(?:[^"]|"")*")
    |(?P<number>[0-9]+(?:\.[0-9]*)?|\.[0-9]+)
    |(?P<word>[^\W\d]\w*(?:\.\w+)*)
    |(?P<sign><>|!=|<=|>=|[=<>()+\-*,])
    |(?P<other>.)""",
    re.VERBOSE | re.DOTALL,
)
KEYWORDS = frozenset({"AND", "OR", "NOT", "IN", "IS", "NULL", "BETWEEN"})
COMPARISONS = frozenset({"=", "<>", "!=", "<", "<=", ">", ">="})
REFUSED_WORDS = frozenset(
    [
        "LIKE",
        "ILIKE",
        "REGEXP",
        "RLIKE",
        "SIMILAR",
        "CASE",
        "WHEN",
        "THEN",
        "ELSE",
        "END",
        "CAST",
        "TRY_CAST",
        "AS",
        "XOR",
        "DIV",
        "MOD",
        "DISTINCT",
        "SELECT",
        "FROM",
        "WHERE",
        "EXISTS",
        "ANY",
        "ALL",
        "SOME",
        "OVER",
        "TRUE",
        "FALSE",
        "UNKNOWN",
        "INTERVAL",
        "COLLATE",
        "ESCAPE",
    ]
)
HELP = (
    "a condition has comparisons (= <> < <= > >=, BETWEEN, IN, IS NULL), AND, OR, NOT, parentheses and + - * "
    "over columns, numbers and 'texts'"
)

INSTEAD = {
    "=": "write = once", "&": "write AND", "|": "write OR", "≥": "write >=", "≤": "write <=", "≠": "write <>",
    "[": "write a list in parentheses: X IN (1, 2)", "{": "write a list in parentheses: X IN (1, 2)",
    **dict.fromkeys("‘’“”´`", "write a text in plain quotes: 'text'"),
}  # fmt: skip
"""What to write for a sign that is not allowed."""


@dataclass(frozen=True)
class Token:
    """One word: a column, a literal, a keyword or a sign. `start`, `end` are offsets in the condition."""

    kind: Literal["column", "literal", "keyword", "sign"]
    text: str
    start: int
    end: int
    codes: tuple[Code, ...] = ()


class Refused(Exception):
    """Something a condition may not hold: from where to where, the code, what, and what to write."""

    def __init__(self, start: int, end: int, message: str, help: str = HELP, code: str = "M020") -> None:
        super().__init__(message)
        self.start, self.end, self.message, self.help, self.code = start, end, message, help, code


def tokenize(text: str) -> list[Token]:
    """The tokens; a list of literals after IN is one literal token. Raises Refused at the first stranger."""
    tokens = _fold_lists([_token(match, text) for match in TOKEN.finditer(text) if match.lastgroup != "space"])
    for i, token in enumerate(tokens):
        if token.kind == "keyword" and token.text == "NULL":
            before = [t.text for t in tokens[max(0, i - 2) : i]]
            if before[-1:] != ["IS"] and before != ["IS", "NOT"]:
                help = "write X IS NULL, or X IS NOT NULL"
                raise Refused(token.start, token.end, "nothing equals NULL", help)
        if token.kind == "column" and tokens[i + 1 : i + 2] and tokens[i + 1].text == "(":
            raise Refused(token.start, token.end, f"{token.text}(...): functions are not allowed in a condition")
    return tokens


def _token(match: re.Match[str], text: str) -> Token:
    kind, word, start, end = match.lastgroup, match.group(), match.start(), match.end()
    if kind == "text":
        inner = word[1:-1].replace("''", "'")
        return Token("literal", word, start, end, (Code(inner, number_of(inner), number_of(inner), as_text=True),))
    if kind == "number":
        return Token("literal", word, start, end, (Code(word, number_of(word), number_of(word)),))
    if kind == "quoted":
        return Token("column", word[1:-1].replace('""', '"'), start, end)
    if kind == "word":
        if word.upper() in KEYWORDS:
            return Token("keyword", word.upper(), start, end)
        if word.upper() in REFUSED_WORDS:
            raise Refused(start, end, f"{word} is not allowed in a condition")
        return Token("column", word, start, end)
    if kind == "sign" and not text.startswith(("--", "=="), start):
        return Token("sign", word, start, end)
    more = INSTEAD.get(word, HELP)
    shown = text[start : start + 2] if text.startswith(("--", "==", "/*", "::", "||"), start) else word
    raise Refused(start, start + len(shown), f"'{shown}' is not allowed in a condition", more)


def _fold_lists(tokens: list[Token]) -> list[Token]:
    """`IN ( 1 , 2 )` becomes IN ( L ) with one literal token L of all the codes."""
    folded: list[Token] = []
    i = 0
    while i < len(tokens):
        folded.append(tokens[i])
        if tokens[i].text == "IN" and tokens[i].kind == "keyword":
            end = next((j for j in range(i, len(tokens)) if tokens[j].text == ")"), None)
            if tokens[i + 1 : i + 2] == [] or tokens[i + 1].text != "(" or end is None:
                raise Refused(tokens[i].start, tokens[i].end, "IN needs a list in parentheses", "write X IN (1, 2)")
            codes = _listed(tokens[i + 2 : end], tokens[i])
            inside = Token("literal", "(...)", tokens[i + 1].start, tokens[end].end, codes)
            folded += [tokens[i + 1], inside, tokens[end]]
            i = end
        i += 1
    return folded


def _listed(tokens: list[Token], where: Token) -> tuple[Code, ...]:
    codes: list[Code] = []
    expect_value, negative = True, False
    for token in tokens:
        if not expect_value and token.text == ",":
            expect_value = True
        elif expect_value and token.text == "-" and not negative:
            negative = True
        elif expect_value and token.kind == "literal" and not (negative and token.text.startswith("'")):
            code = token.codes[0]
            codes.append(minus(code) if negative else code)
            expect_value = negative = False
        else:
            help = "a list holds numbers and 'texts' alone"
            if token.text.lower() == "blank":
                help += "; for a missing cell write OR X IS NULL"
            elif token.text.startswith("."):
                help += "; for a range write X BETWEEN 1 AND 3"
            raise Refused(token.start, token.end, f"{token.text} in a list", help)
    if expect_value:
        raise Refused(where.start, where.end, "the list after IN is not complete", "write X IN (1, 2)")
    return tuple(codes)


def minus(code: Code) -> Code:
    """The code with the other sign."""
    text = code.text[1:] if code.text.startswith("-") else f"-{code.text}"
    return Code(text, number_of(text), number_of(text))
