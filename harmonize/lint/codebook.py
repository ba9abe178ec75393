"""Codebooks for `check --codebook`: the columns, and the labels of their codes, of one or several files."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from copy import copy
from dataclasses import dataclass, field
from pathlib import Path

from harmonize.errors import DataFileError
from harmonize.readers.ddi import CodebookVariable
from harmonize.readers.source import HOUSEHOLD
from harmonize.rules.extract_columns import ExtractColumns
from harmonize.rules.rule import Source
from harmonize.rules.source_codes import BLANK, Code, number_of, overlaps

SUFFIXES = (".xml", ".csv", ".dicx", ".sav", ".zsav", ".por", ".dta", ".sas7bdat", ".xpt")


@dataclass(frozen=True)
class LabelledColumn:
    """A column of the codebook. numeric: its codes compare as numbers. labels: code -> label."""

    name: str
    numeric: bool
    labels: dict[str, str]
    codes: tuple[Code, ...] = field(repr=False, default=())

    def matched(self, codes: Sequence[Code]) -> dict[str, Code]:
        """Labelled code -> the one of `codes`, or the range, that holds it."""
        return {labelled.text: mine for mine, labelled in overlaps(list(codes), list(self.codes), self.numeric)}


class Codebook:
    """What the codebooks say together, of persons first: a column that a later one has too is `household.NAME`.

    codes_alone: they are lists of codes, which leave out the columns that have none, as weights and keys.
    """

    def __init__(self, paths: Sequence[Path]) -> None:
        """Read them. Raises DataFileError for one that is missing, can't be read, or is not a codebook."""
        self.labels: dict[str, dict[str, str]] = {}
        self.numeric: set[str] = set()
        for path in paths:
            for name, is_number, labels in _described(path):
                called = HOUSEHOLD + name if name in self.labels else name
                self.labels.setdefault(called, labels)
                self.numeric |= {called} if is_number else set()
        self.name = ", ".join(path.name for path in paths)
        lists = any(path.suffix.lower() == ".csv" for path in paths)
        self.codes_alone = lists and all(self.labels.values())
        self.columns = ExtractColumns(list(self.labels), self.numeric)

    @classmethod
    def of(cls, variables: Collection[CodebookVariable], name: str) -> Codebook:
        """One of variables that were read elsewhere; `name` is what findings call it."""
        book = cls([])
        book.labels = {variable.name: variable.labels for variable in variables}
        book.numeric = {variable.name for variable in variables if variable.numeric}
        book.name = name
        return book.anew()

    def anew(self, blank: Sequence[str] = ()) -> Codebook:
        """The same for another mapping, for which codes in `blank` are missing cells.

        Which names were taken in another case is remembered for each mapping.
        """
        other = copy(self)
        other.columns = ExtractColumns(list(self.labels), self.numeric)
        other.labels = {
            name: {code: label for code, label in labels.items() if code not in blank}
            for name, labels in self.labels.items()
        }
        return other

    def column(self, source: Source) -> LabelledColumn | None:
        """The column that a source reads, None where the codebook lacks it or has no label of its codes."""
        name = self.columns.first(source)
        labels = self.labels.get(name or "")
        if name is None or not labels:
            return None
        codes = tuple(Code(text, number_of(text), number_of(text), is_blank=text == BLANK) for text in labels)
        return LabelledColumn(name, self.columns.is_numeric(name), labels, codes)


def _described(path: Path) -> list[tuple[str, bool, dict[str, str]]]:
    """Name, whether numeric, and labels of each column of a DDI, or of a file that has them inside."""
    from harmonize.readers.blocks import existing

    suffix = existing(path).suffix.lower()
    if suffix not in SUFFIXES:
        raise DataFileError(f"{path}: this is no codebook", f"one of: {', '.join(SUFFIXES)}")
    if suffix == ".xml":
        from harmonize.readers.ddi import read_ddi

        return [(v.name, v.numeric, v.told | v.labels) for v in read_ddi(path).variables.values()]
    if suffix == ".dicx":
        from harmonize.readers.redatam import read_dicx

        return _of_persons_first(read_dicx(path))
    if suffix == ".csv":
        from harmonize.readers.dictionary import TABLE, read_dictionary

        read = read_dictionary(path)
        if read is None:
            raise DataFileError(f"{path}: this is no codebook", TABLE)
        return _of_persons_first(read[0])
    from harmonize.readers.formats import open_source
    from harmonize.readers.options import Reading

    source = open_source(path, Reading())
    return [(name, name in (source.numeric or ()), source.labels.get(name, {})) for name in source.columns]


def _of_persons_first(variables: Sequence[CodebookVariable]) -> list[tuple[str, bool, dict[str, str]]]:
    """As a dictionary has them, without ranges, which are of numbers, and missing cells. Of two of a name the first."""
    found: dict[str, tuple[str, bool, dict[str, str]]] = {}
    for each in variables:
        labels = {code: label for code, label in each.labels.items() if ".." not in code and code != BLANK}
        found.setdefault(each.name, (each.name, each.numeric, labels))
    return list(found.values())
