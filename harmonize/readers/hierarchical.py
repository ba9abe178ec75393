"""A hierarchical file as its DDI describes it: a household record (H), then its persons' records (P).

A person's row is both records in one, the person's first. Other types of record are not read.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from pathlib import Path

import numpy as np

from harmonize.errors import DataFileError
from harmonize.readers.ddi import Codebook, CodebookVariable, RecordGroup
from harmonize.readers.hierarchical_bytes import Shape, Spans
from harmonize.readers.source import HOUSEHOLD

_RECTANGULAR = "ask for the extract again as rectangular: data structure, rectangular (person)"


@dataclass(frozen=True)
class Hierarchy:
    """One hierarchical file.

    book: name of its codebook. told_by: the variable that tells H from P. shape: where things are in a record.
    shared: the parts of the household key that a person repeats, in the order of the shape.
    identity: the columns that tell a household from the one before it; empty without a household key.
    columns: name in the extract -> where it is in a person's row. A variable of both records is the
    person's, `household.NAME` the household's, but for the record type and what must agree.
    """

    book: str
    told_by: str
    shape: Shape
    shared: tuple[str, ...]
    identity: tuple[str, ...]
    columns: dict[str, CodebookVariable]


def hierarchy(path: Path, codebook: Codebook, key: Sequence[str], codec: str) -> Hierarchy:
    """The layout of the file `path`; `key` is the mapping's household key, `codec` the file's encoding.

    Raises DataFileError: records other than H and P, or a codebook that does not tell which is which.
    """
    household, person = _groups(path, codebook)
    told_by = _variable(path, codebook, person.told_by)
    loose = [v.name for v in codebook.variables.values() if not {"H", "P"} & set(v.records)]
    if loose:
        raise DataFileError(
            f"{codebook.path}: no type of record is given for {', '.join(loose[:5])}", "get the full DDI"
        )
    theirs, own = ({v.name: v for v in codebook.variables.values() if code in v.records} for code in "HP")
    both = [name for name in own if name in theirs and name != told_by.name]
    shared = tuple(name for name in both if name in key or name in person.keys)
    # a key with a part of the person's cuts households in parts, which may follow each other
    whole_key = bool(key) and all(name in theirs for name in key)
    identity = tuple(dict.fromkeys((*both, *key))) if whole_key else ()
    lengths = [max(g.length, *(_end(v) for v in vs.values())) for g, vs in ((household, theirs), (person, own))]
    shape = Shape(
        type_at=told_by.start or 0,
        household=_mark(household, told_by, codec),
        person=_mark(person, told_by, codec),
        household_length=lengths[0],
        person_length=lengths[1],
        shared=_spans([own[name] for name in shared]),
        identity=_spans([theirs[name] for name in identity]),
    )
    columns = dict(own)
    for name, variable in theirs.items():
        moved = replace(variable, start=(variable.start or 0) + shape.person_length)
        if name not in own:
            columns[name] = moved
        elif name in both and name not in shared:
            columns[HOUSEHOLD + name] = moved
    return Hierarchy(codebook.path.name, told_by.name, shape, shared, identity, columns)


def _groups(path: Path, codebook: Codebook) -> tuple[RecordGroup, RecordGroup]:
    """The household's and the person's type of record."""
    groups = {group.code: group for group in codebook.groups}
    others = [code for code in groups if code not in ("H", "P")]
    if others:
        raise DataFileError(
            f"{path}: it has records of type {', '.join(others)}, says {codebook.path.name}; "
            "only those of households (H) and persons (P) are read",
            _RECTANGULAR,
        )
    lacks = [code for code in ("H", "P") if code not in groups]
    if lacks:
        raise DataFileError(
            f"{path}: the file is hierarchical, says {codebook.path.name}, but not which records are "
            f"of type {' and '.join(lacks)} (H is a household, P a person)",
            _RECTANGULAR,
        )
    return groups["H"], groups["P"]


def _variable(path: Path, codebook: Codebook, name: str) -> CodebookVariable:
    """The variable that tells the type of a record."""
    found = codebook.variables.get(name)
    if found is None or not {"H", "P"} <= set(found.records):
        raise DataFileError(
            f"{path}: the file is hierarchical, says {codebook.path.name}, but not which variable "
            "of both records tells households from persons",
            "get the full DDI",
        )
    return found


def _mark(group: RecordGroup, told_by: CodebookVariable, codec: str) -> bytes:
    return group.code.ljust(told_by.width).encode(codec)


def _spans(variables: Sequence[CodebookVariable]) -> Spans:
    found = [((v.start or 0), _end(v)) for v in variables]
    return np.array(found, dtype=np.int64).reshape(len(found), 2)


def _end(variable: CodebookVariable) -> int:
    return (variable.start or 0) + variable.width
