"""Dictionaries in a table: a row for each code, or the NAME and VAL rows of the US Census Bureau."""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Iterable, Sequence
from pathlib import Path

from harmonize.plain_text import plain
from harmonize.readers.ddi import CodebookVariable

HEADINGS = {
    "variable": ("variable", "variable name", "name", "nombre", "nom", "nome", "mnemonico", "campo",
                 "column", "cod var"),
    "code": ("code", "value", "codigo", "valor", "valeur", "modalite", "categoria codigo", "cod mod"),
    "label": ("label", "value label", "code label", "etiqueta", "categoria", "libelle", "rotulo", "descripcion",
              "description", "lib mod"),
    "about": ("variable label", "variable description", "question", "etiqueta variable", "descripcion variable",
              "pregunta", "libelle variable", "rotulo variable", "descricao da variavel", "lib var"),
}  # fmt: skip
"""Column headings of a dictionary of one row a code, in plain words; COD_VAR and the like are Insee's."""
MOST = 100_000  # bytes of the first row, which in a dictionary are few
NEEDED = ("variable", "code", "label")
BLANK = "blank"
TABLE = "a dictionary is a .csv with a row for each code and the columns variable, code, label and variable_label"


Dictionary = tuple[list[CodebookVariable], dict[str, tuple[str, ...]]]
"""The variables, and codes to which one gives several labels, which are left out of it: variable -> codes."""


def read_dictionary(path: Path) -> Dictionary | None:
    """The dictionary in a .csv; None where it is none. A code may be a range, `0..99`, or `blank`."""
    rows = _rows(path)
    if rows and rows[0][:1] == ["NAME"]:
        return _of_names_and_values(rows)
    if rows and (where := _headings(rows[0])):
        return _of_codes(rows[1:], where)
    return None


def _rows(path: Path) -> list[list[str]]:
    """Its rows, none where the first is not that of a dictionary: data may be too large to look at."""
    with path.open("rb") as file:
        first = _text(file.readline(MOST))
    separator = max(",;\t", key=first.count)
    head = list(csv.reader([first], delimiter=separator))
    if not head or not (head[0][:1] == ["NAME"] or _headings(head[0])):
        return []
    rows = csv.reader(io.StringIO(_text(path.read_bytes()), newline=""), delimiter=separator)
    return [[cell.strip() for cell in row] for row in rows if row]


def _text(raw: bytes) -> str:
    try:
        return raw.decode("utf-8-sig")
    except UnicodeDecodeError:
        return raw.decode("cp1252", errors="replace")


def _headings(row: Sequence[str]) -> dict[str, int] | None:
    """Which column is which, None where this is no dictionary."""
    said = [plain(cell) for cell in row]
    where = {part: next((said.index(name) for name in names if name in said), None) for part, names in HEADINGS.items()}
    found = {part: place for part, place in where.items() if place is not None}
    return found if all(part in found for part in NEEDED) else None


def _of_names_and_values(rows: Sequence[Sequence[str]]) -> Dictionary:
    """`NAME,SEX,C,1,"Sex"` and `VAL,SEX,C,1,"1","1","Male"`: the dictionaries of the US Census Bureau.

    A code of nothing but the letter b is a blank.
    """
    about = {row[1]: (row[4], row[2] == "N") for row in rows if row[0] == "NAME" and len(row) > 4}
    codes: list[tuple[str, str, str]] = []
    for row in rows:
        if row[0] == "VAL" and len(row) > 6:
            low, high = (BLANK if re.fullmatch("b+", cell) else cell for cell in row[4:6])
            codes.append((row[1], low if low == high else f"{low}..{high}", row[6]))
    return _gathered(codes, {name: label for name, (label, _) in about.items()})


def _of_codes(rows: Sequence[Sequence[str]], where: dict[str, int]) -> Dictionary:
    """A row for each code."""
    rows = [row for row in rows if len(row) > max(where[part] for part in NEEDED) and row[where["variable"]]]
    place = where.get("about")
    about: dict[str, str] = {}
    for row in rows:
        about.setdefault(row[where["variable"]], row[place] if place is not None and len(row) > place else "")
    return _gathered([(row[where["variable"]], row[where["code"]], row[where["label"]]) for row in rows], about)


def _gathered(codes: Iterable[tuple[str, str, str]], about: dict[str, str]) -> Dictionary:
    labels: dict[str, dict[str, list[str]]] = {name: {} for name in about}
    for name, code, label in codes:
        of_variable = labels.setdefault(name, {})
        said = of_variable.setdefault(code, []) if code else [label]
        if label not in said:
            said.append(label)
    twice = {name: tuple(code for code, said in given.items() if len(said) > 1) for name, given in labels.items()}
    variables = [
        CodebookVariable(
            name,
            about.get(name, ""),
            numeric=all(re.fullmatch(r"-?\d+(\.\d+)?(\.\.-?\d+)?|blank", code) for code in given),
            labels={code: said[0] for code, said in given.items() if len(said) == 1},
        )
        for name, given in labels.items()
    ]
    return variables, {name: codes for name, codes in twice.items() if codes}
