"""Where mapping files are: the shipped ones by id, any other by its path."""

from __future__ import annotations

import re
from difflib import get_close_matches
from pathlib import Path

from harmonize.errors import UsageError

# by which a data file is told from a mapping; the formats that are read are in harmonize.readers.formats
DATA_SUFFIXES = (".csv", ".gz", ".dat", ".parquet", ".sav", ".zsav", ".por", ".dta", ".sas7bdat", ".xpt")
OF_A_MAPPING = re.compile(rb"^(mapping|variables|extends)\s*:", re.MULTILINE)
PACKAGE = Path(__file__).resolve().parent.parent


def mappings_dir() -> Path:
    """The folder of shipped mappings: `mappings/` of a checkout, `harmonize/_mappings` when installed."""
    installed = PACKAGE / "_mappings"
    return installed if installed.is_dir() else PACKAGE.parent / "mappings"


def is_mapping_file(path: Path) -> bool:
    """Whether a YAML file is a mapping by its place: not a cases file, not a lookup."""
    return path.suffix == ".yaml" and not path.name.endswith(".cases.yaml") and "lookups" not in path.parts


def shipped_mappings() -> dict[str, Path]:
    """Every shipped mapping, id -> path, in alphabetical order."""
    top = mappings_dir()
    found = (path for path in top.rglob("*.yaml") if is_mapping_file(path.relative_to(top)))
    return {path.relative_to(top).with_suffix("").as_posix(): path for path in sorted(found)}


def find_mapping(id_or_path: str | Path) -> Path:
    """The file of a mapping, by the id of a shipped one or by a path. UsageError if there is none."""
    given = str(id_or_path)
    path = Path(given)
    if given.lower().endswith(DATA_SUFFIXES):
        raise UsageError(
            f"{given}: this is a data file, where a mapping should stand",
            "The mapping comes first, then the data: its id (`harmonize mappings` lists them) or its .yaml file.",
        )
    if given.endswith((".yaml", ".yml")):
        if path.is_file():
            return path
        raise UsageError(f"{given}: there is no such file", "Give the path of a mapping, or a shipped mapping's id.")
    shipped = shipped_mappings()
    if given in shipped:
        return short_path(shipped[given])
    if path.is_file():
        return path
    near = get_close_matches(given, shipped, n=1)
    hint = f"Did you mean '{near[0]}'? " if near else ""
    listed = f"Shipped are: {', '.join(shipped)}." if len(shipped) <= 12 else "`harmonize mappings` lists them."
    raise UsageError(f"{given}: there is no mapping with this id", f"{hint}{listed}")


def mappings_meant(id_path_or_folder: str) -> list[str]:
    """Paths of the mappings in a folder and those below it, in alphabetical order; an id or a path as it is given.

    Of other YAML files in a folder those count that have a mapping's key at the beginning of a line. UsageError where
    there is none.
    """
    folder = Path(id_path_or_folder)
    if id_path_or_folder in shipped_mappings() or not folder.is_dir():
        return [id_path_or_folder]
    found = []
    for path in sorted(folder.rglob("*.yaml")):
        below = path.relative_to(folder)
        hidden = any(part.startswith(".") for part in below.parts)
        if not hidden and is_mapping_file(folder.resolve().name / below) and OF_A_MAPPING.search(path.read_bytes()):
            found.append(str(path))
    if not found:
        help = "A mapping is a .yaml file with variables: in it; not FILE.cases.yaml, and not in a folder lookups."
        raise UsageError(f"{folder}: there is no mapping in this folder", help)
    return found


def id_by_place(path: Path) -> str | None:
    """The id that a file's place under the shipped mappings gives it, None elsewhere."""
    try:
        return path.resolve().relative_to(mappings_dir().resolve()).with_suffix("").as_posix()
    except ValueError:
        return None


def short_path(path: Path) -> Path:
    """Relative to the working directory where that is shorter to read."""
    try:
        return path.relative_to(Path.cwd())
    except ValueError:
        return path
