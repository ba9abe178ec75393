"""Where mapping files are: the shipped ones by id, any other by its path."""

from __future__ import annotations

import os
import re
from difflib import get_close_matches
from pathlib import Path

from harmonize.errors import UsageError

# by which a data file is told from a mapping; the formats that are read are in harmonize.readers.formats
DATA_SUFFIXES = (".csv", ".gz", ".dat", ".parquet", ".sav", ".zsav", ".por", ".dta", ".sas7bdat", ".xpt")
OF_A_MAPPING = re.compile(rb"^(mapping|variables|extends)\s*:", re.MULTILINE)
OF_A_LOOKUP = re.compile(rb"^lookup\s*:", re.MULTILINE)
CASES = (".cases.yaml", ".cases.yml")
PACKAGE = Path(__file__).resolve().parent.parent


def mappings_dir() -> Path:
    """The folder of shipped mappings: `mappings/` of a checkout, `harmonize/_mappings` when installed."""
    installed = PACKAGE / "_mappings"
    return installed if installed.is_dir() else PACKAGE.parent / "mappings"


def is_mapping_file(path: Path) -> bool:
    """Whether a YAML file is a mapping by its place: not a cases file, not a lookup."""
    return path.suffix in (".yaml", ".yml") and not path.name.endswith(CASES) and "lookups" not in path.parts


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
    if not given.strip():
        raise UsageError("a mapping without a name", "Give its id or its path; is a variable of the shell empty?")
    if given.endswith((".yaml", ".yml")) and os.path.isfile(path):
        _refuse_its_parts(path)
        return path
    shipped = shipped_mappings()
    if given in shipped:
        return short_path(shipped[given])
    if os.path.isdir(path):
        raise UsageError(f"{given}: this is a folder", "Give one mapping in it, by its path.")
    if given.endswith((".yaml", ".yml")):
        raise UsageError(f"{given}: there is no such file", "Give the path of a mapping, or a shipped mapping's id.")
    if os.path.isfile(path):
        raise UsageError(f"{given}: this is no mapping", "A mapping is a file that ends in .yaml.")
    begin = [name for name in shipped if name.startswith(f"{given.rstrip('/')}/")]
    near = get_close_matches(given, shipped, n=1)
    hint = f"Ids that begin so: {', '.join(begin)}. " if begin else f"Did you mean '{near[0]}'? " if near else ""
    listed = f"Shipped are: {', '.join(shipped)}." if len(shipped) <= 12 else "`harmonize mappings` lists them."
    raise UsageError(f"{given}: there is no mapping with this id", f"{hint}{listed}")


def _refuse_its_parts(path: Path) -> None:
    """UsageError for a file of cases or a lookup, which are checked with their mapping."""
    if path.name.endswith(CASES):
        name = path.name[: path.name.rindex(".cases.")] + path.suffix
        raise UsageError(f"{path}: these are the cases of a mapping", f"Give the mapping, {path.with_name(name)}.")
    head = _bytes_of(path)
    if OF_A_LOOKUP.search(head) and not OF_A_MAPPING.search(head):
        raise UsageError(f"{path}: this is a lookup", "Give a mapping that uses it: it is checked with that.")


def _bytes_of(path: Path) -> bytes:
    """What is in a file; nothing of one that can't be read, which is told when it is read as a mapping."""
    try:
        return path.read_bytes()
    except OSError:
        return b""


def mappings_meant(id_path_or_folder: str) -> list[str]:
    """Paths of the mappings in a folder and those below it, in alphabetical order; an id or a path as it is given.

    Of other YAML files in a folder those count that have a mapping's key at the beginning of a line. UsageError where
    there is none.
    """
    folder = Path(id_path_or_folder)
    if not id_path_or_folder.strip() or id_path_or_folder in shipped_mappings() or not os.path.isdir(folder):
        return [id_path_or_folder]
    if not os.access(folder, os.R_OK | os.X_OK):
        raise UsageError(f"{folder}: this folder can't be read", "Check its permissions.")
    found = []
    for path in sorted(path for path in folder.rglob("*.y*ml") if os.path.isfile(path)):
        below = path.relative_to(folder)
        hidden = any(part.startswith(".") for part in below.parts)
        unread = not os.access(path, os.R_OK)  # is told as a mapping that can't be read
        if not hidden and is_mapping_file(folder.resolve().name / below):
            found += [str(path)] if unread or OF_A_MAPPING.search(_bytes_of(path)) else []
    if not found:
        if locked := locked_folders(id_path_or_folder):
            raise UsageError(f"{locked[0]}: this folder can't be read", "Check its permissions.")
        help = "A mapping is a .yaml file with variables: in it; not FILE.cases.yaml, and not in a folder lookups."
        raise UsageError(f"{folder}: there is no mapping in this folder", help)
    return found


def locked_folders(id_path_or_folder: str) -> list[Path]:
    """Folders below a folder that can't be read, whose mappings `mappings_meant` can't tell of; sorted."""
    if id_path_or_folder in shipped_mappings():
        return []
    found = []
    for folder, below, _ in os.walk(id_path_or_folder):
        below[:] = [name for name in below if not name.startswith(".")]
        found += [path for name in below if not os.access(path := Path(folder, name), os.R_OK | os.X_OK)]
    return sorted(found)


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
