"""What an office has, as variables with labels: a codebook, a dictionary in a table, or the data alone."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path

from harmonize.errors import DataFileError
from harmonize.readers.blocks import existing
from harmonize.readers.ddi import CodebookVariable, read_ddi
from harmonize.readers.dictionary import TABLE, read_dictionary
from harmonize.readers.redatam import read_dicx
from harmonize.rules.source_codes import number_of

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
    suffix = existing(path).suffix.lower()
    if suffix == ".xml":
        return [replace(v, labels=v.told | v.labels) for v in read_ddi(path).variables.values()], {}, set()
    if suffix == ".dicx":
        return read_dicx(path), {}, set()
    if suffix in (".dic", ".wxp"):
        raise DataFileError(
            f"{path}: of REDATAM's dictionaries .dicx alone is read", f"save it as that, or as a table: {TABLE}"
        )
    if suffix == ".csv" and (dictionary := read_dictionary(path)) is not None:
        return *dictionary, set()
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
