"""The formats that are read, by suffix: a new one is a module and a line here.

A module is imported with the first file of its format.
"""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from pkgutil import resolve_name

from harmonize.errors import DataFileError, FitError
from harmonize.readers.blocks import existing
from harmonize.readers.ddi import Codebook, read_ddi
from harmonize.readers.options import Reading
from harmonize.readers.source import Source

Opener = Callable[[Path, Reading, Codebook | None], Source]

FORMATS: dict[str, str] = {
    ".dat": "fixed_width:open_fixed_width",
    ".dat.gz": "fixed_width:open_fixed_width",
    ".csv": "delimited:open_delimited",
    ".csv.gz": "delimited:open_delimited",
    ".parquet": "parquet:open_parquet",
    ".sav": "spss:open_spss",
    ".zsav": "spss:open_spss",
    ".por": "spss_portable:open_portable",
    ".dta": "stata:open_stata",
    ".sas7bdat": "sas:open_sas",
    ".xpt": "sas:open_transport",
}
"""Suffix to the module of this folder, and its Opener."""


def open_source(path: Path, reading: Reading, codebook: Codebook | None = None) -> Source:
    """The data file `path`, checked, with `codebook` or else the .xml of its name beside it.

    Raises DataFileError (suffix, file) and FitError (the codebook is of another file).
    """
    suffix = suffix_of(existing(path))
    codebook = codebook or beside(path)
    opener: Opener = resolve_name(f"harmonize.readers.{FORMATS[suffix]}")
    source = opener(path, reading, codebook)
    if codebook is not None:
        shared = len(set(source.columns) & set(codebook.variables))
        if 2 * shared < min(len(source.columns), len(codebook.variables)):
            raise FitError(
                f"{path}: {shared} of its {len(source.columns)} columns are in {codebook.path.name}: "
                "is that its codebook?",
                "give the right one with --codebook",
            )
    return source


def suffix_of(path: Path) -> str:
    """The suffix of a format that is read. Raises DataFileError for any other, with what to do."""
    name = path.name.lower()
    found = next((suffix for suffix in sorted(FORMATS, key=len, reverse=True) if name.endswith(suffix)), None)
    if found is not None:
        return found
    if name.endswith(".xml"):
        raise DataFileError(f"{path}: this is a codebook, not data", "give the .dat or .csv; the .xml with --codebook")
    if name.endswith((".yaml", ".yml")):
        raise DataFileError(f"{path}: this is a mapping, not data", "one mapping is named first, then the data files")
    if name.endswith((".txt", ".tsv", ".xlsx", ".xls", ".zip")):
        how = "unpack it first" if name.endswith(".zip") else "save it as .csv (a text file can be renamed)"
        raise DataFileError(f"{path}: files of this kind are not read", how)
    raise DataFileError(f"{path}: no format has the suffix '{path.suffix}'", f"one of: {', '.join(FORMATS)}")


def beside(path: Path) -> Codebook | None:
    """The codebook x.xml beside x.dat, x.dat.gz, x.csv, ..., None if there is none."""
    xml = codebook_path(path)
    return read_ddi(xml) if xml.is_file() else None


def codebook_path(path: Path) -> Path:
    """Where the codebook of a data file is looked for. Raises DataFileError for a file of no format."""
    return path.with_name(path.name[: -len(suffix_of(path))] + ".xml")
