"""What an office has, as variables with labels: a codebook, a dictionary in a table, or the data alone."""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path

from harmonize.errors import DataFileError
from harmonize.lint.label_words import plain
from harmonize.readers.ddi import CodebookVariable, read_ddi
from harmonize.rules.source_codes import number_of

HEADINGS = {
    "variable": ("variable", "variable name", "name", "nombre", "nom", "nome", "mnemonico", "campo",
                 "column"),
    "code": ("code", "value", "codigo", "valor", "valeur", "modalite", "categoria codigo"),
    "label": ("label", "value label", "code label", "etiqueta", "categoria", "libelle", "rotulo", "descripcion",
              "description"),
    "about": ("variable label", "variable description", "question", "etiqueta variable", "descripcion variable",
              "pregunta", "libelle variable", "rotulo variable", "descricao da variavel"),
}  # fmt: skip
"""Column headings of a dictionary of one row a code, in plain words."""
NEEDED = ("variable", "code", "label")
BLANK = "blank"
DICTIONARY = "a dictionary is a .csv with a row for each code and the columns variable, code, label and variable_label"


Read = tuple[list[CodebookVariable], dict[str, tuple[str, ...]], set[str]]
"""Variables of one file, codes with several labels by variable, and the columns of `few`."""


@dataclass(frozen=True)
class Told:
    """What the sources say together. variables: by name, in their order. files: of the sources, in that order.

    few: columns of bare data with so few numbers that they may be classes, of which nothing says what they are.
    twice: codes that a source gives to several labels, which are not used: variable -> codes.
    """

    variables: dict[str, CodebookVariable]
    files: tuple[Path, ...]
    twice: dict[str, tuple[str, ...]] = field(default_factory=dict)
    few: frozenset[str] = frozenset()


def read_sources(paths: Sequence[Path], codebook: Path | None = None) -> Told:
    """The variables of all files; of one that several have, the first with labels, `codebook` before the others.

    With a codebook, those alone that the others have, if they share any.

    Raises DataFileError for a file that is missing or that nobody here can read, and the errors of the readers.
    """
    variables: dict[str, CodebookVariable] = {}
    twice: dict[str, tuple[str, ...]] = {}
    read = [_read(path) for path in paths if path != codebook]
    have = {variable.name.casefold(): variable.name for found, _, _ in read for variable in found}
    described = [_of_data_alone(_read(codebook), have)] if codebook else []
    for found, doubled, _ in [*described, *read]:
        for variable in found:
            known = variables.get(variable.name)
            if known is None or (variable.labels and not known.labels):
                kept, again = _apart(variable)
                variables[variable.name] = kept
                twice[variable.name] = (*doubled.get(variable.name, ()), *again)
    few = {name for _, _, classes in read for name in classes if not variables[name].labels}
    files = tuple(dict.fromkeys([*([codebook] if codebook else []), *paths]))
    return Told(variables, files, {name: codes for name, codes in twice.items() if codes}, frozenset(few))


def _of_data_alone(described: Read, have: dict[str, str]) -> Read:
    """What a codebook says of the columns that the data have, named as there; all of it where there are no data.

    have: name in lower case -> as the data have it.
    """
    found, doubled, few = described
    if not have:
        return described
    names = {variable.name: have[variable.name.casefold()] for variable in found if variable.name.casefold() in have}
    renamed = [replace(variable, name=names[variable.name]) for variable in found if variable.name in names]
    return renamed, {names[name]: codes for name, codes in doubled.items() if name in names}, few


def _apart(variable: CodebookVariable) -> tuple[CodebookVariable, tuple[str, ...]]:
    """The variable with codes that no other code takes in, and those that one does: 1 and 01, 5 and 0..9."""
    ranges = [
        (code, number_of(low), number_of(high))
        for code in variable.labels
        for low, dots, high in [code.partition("..")]
        if dots
    ]
    taken: dict[object, str] = {}
    again = []
    for code in variable.labels:
        number = number_of(code)
        same = taken.setdefault(code if number is None else number, code)
        inside = [
            other
            for other, low, high in ranges
            if other != code and number is not None and low is not None and high is not None and low <= number <= high
        ]
        if same != code or inside:
            again.append(code)
    return replace(variable, labels={c: label for c, label in variable.labels.items() if c not in again}), tuple(again)


def _read(path: Path) -> Read:
    """Variables of one file, codes with several labels, and the columns of `few`."""
    if not path.is_file():
        raise DataFileError(f"{path}: there is no such file", "give a codebook, a dictionary or data")
    suffix = path.suffix.lower()
    if suffix == ".xml":
        return [replace(v, labels=v.told | v.labels) for v in read_ddi(path).variables.values()], {}, set()
    if suffix in (".dic", ".dicx", ".wxp"):
        raise DataFileError(f"{path}: a REDATAM dictionary is not read as it is", f"save it as a table: {DICTIONARY}")
    if suffix == ".csv":
        rows = _rows(path)
        if rows and rows[0][:1] == ["NAME"]:
            return _of_names_and_values(rows)
        if rows and (where := _headings(rows[0])):
            return _of_codes(rows[1:], where)
    return _of_data(path)


def _of_data(path: Path) -> Read:
    """Of a data file: its own labels, or those of the codebook beside it; else codes that records share, as labels."""
    from harmonize.readers.formats import open_source
    from harmonize.readers.options import Reading

    source = open_source(path, Reading())
    if source.codebook is not None:
        known = source.codebook.variables
        have = [known.get(name, CodebookVariable(name)) for name in source.columns]
        return [replace(v, labels=v.told | (source.labels.get(v.name) or v.labels)) for v in have], {}, set()
    from harmonize.inspect import inspect_files

    record = inspect_files([path], Reading())
    found = []
    few = {each["variable"] for each in record["variables"] if each["codes"] and each["type"] != "text"}
    for each in record["variables"]:
        is_text = each["type"] == "text"  # a number says nothing by itself
        words = {code["code"]: code["code"] for code in each["codes"] or () if is_text}
        found.append(CodebookVariable(each["variable"], numeric=not is_text, labels=words))
    return found, {}, few


def _rows(path: Path) -> list[list[str]]:
    try:
        text = path.read_bytes().decode("utf-8-sig")
    except UnicodeDecodeError:
        text = path.read_bytes().decode("cp1252", errors="replace")
    first = text.split("\n", 1)[0]
    separator = max(",;\t", key=first.count)
    head = list(csv.reader([first], delimiter=separator))
    if not head or not (head[0][:1] == ["NAME"] or _headings(head[0])):
        return []
    return [
        [cell.strip() for cell in row] for row in csv.reader(io.StringIO(text, newline=""), delimiter=separator) if row
    ]


def _headings(row: Sequence[str]) -> dict[str, int] | None:
    """Which column is which, None where this is no dictionary."""
    said = [plain(cell) for cell in row]
    where = {part: next((said.index(name) for name in names if name in said), None) for part, names in HEADINGS.items()}
    found = {part: place for part, place in where.items() if place is not None}
    return found if all(part in found for part in NEEDED) else None


def _of_names_and_values(rows: Sequence[Sequence[str]]) -> Read:
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


def _of_codes(rows: Sequence[Sequence[str]], where: dict[str, int]) -> Read:
    """A row for each code."""
    rows = [row for row in rows if len(row) > max(where[part] for part in NEEDED) and row[where["variable"]]]
    place = where.get("about")
    about: dict[str, str] = {}
    for row in rows:
        about.setdefault(row[where["variable"]], row[place] if place is not None and len(row) > place else "")
    return _gathered([(row[where["variable"]], row[where["code"]], row[where["label"]]) for row in rows], about)


def _gathered(codes: Iterable[tuple[str, str, str]], about: dict[str, str]) -> Read:
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
    return variables, {name: codes for name, codes in twice.items() if codes}, set()
