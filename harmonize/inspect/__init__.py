"""What an extract holds, without a mapping: one pass, flat memory, counts of codes and no person's values."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from contextlib import ExitStack
from pathlib import Path
from typing import Any

from harmonize.harmonised.description import has_description
from harmonize.inspect.columns import Column, add_batch
from harmonize.inspect.keys import Keys
from harmonize.inspect.record import Seen, record_of, titles
from harmonize.inspect.weights import Weight, weight_columns
from harmonize.mapping.closest import shipped_fits
from harmonize.readers import Extract, open_extract
from harmonize.readers.options import ReadOptions
from harmonize.rules.extract_columns import ExtractColumns

CELLS = 2_000_000
"""Cells of a batch: of many columns it has fewer records."""
MOST_RECORDS = 200_000

Progress = Callable[[int, float], None]


def inspect_files(
    paths: Sequence[Path],
    read: ReadOptions,
    codebook: Path | None = None,
    households: Sequence[Path] = (),
    variables: Sequence[str] = (),
    min_count: int = 10,
    progress: Progress = lambda records, share: None,
) -> dict[str, Any]:
    """What `harmonize inspect` says of an extract, as it is in its JSON: `record_of`, and `mappings` that fit.

    households: files of household records, which are inspected by themselves, under `households`.
    variables: only these, in whatever case, each with all its codes; every column, and the keys among them, if
    none is named.
    progress: called with the records read so far and the share of the file that they are.
    Raises DataFileError and FitError of the readers, FitError for a variable that no file has.
    """
    with ExitStack() as stack:
        persons = stack.enter_context(open_extract(paths, read, codebook))
        theirs = stack.enter_context(open_extract(households, read)) if households else None
        every = ExtractColumns([*persons.columns, *(theirs.columns if theirs else ())])
        variables = [every.find(name) or name for name in variables]
        persons.split([name for name in variables if theirs is None or name not in theirs.columns])
        record = _inspect(persons, variables, min_count, progress)
        if not variables:
            record["harmonised"] = all(has_description(path) for path in paths)
            record["mappings"] = [
                {"mapping": fit.name, "found": fit.found, "wanted": fit.wanted, "lacking": fit.lacking}
                for fit in shipped_fits([*persons.columns, *(theirs.columns if theirs else ())])
            ]
        if theirs is not None:
            record["households"] = _inspect(theirs, variables, min_count, progress)
    return record


def _inspect(extract: Extract, variables: Sequence[str], min_count: int, progress: Progress) -> dict[str, Any]:
    names = [name for name in dict.fromkeys(variables or extract.columns) if name in extract.columns]
    weights, replicates = weight_columns(names, titles(extract))
    no_key = {*weights, *(name for group in replicates.values() for name in group)}
    seen = Seen(
        records=0,
        columns={name: Column() for name in names},
        keys=None if variables else Keys([name for name in names if name not in no_key]),
        weights=[Weight(name) for name in weights],
        replicates=replicates,
    )
    read = names or extract.columns[:1]  # the records are counted in any case
    for batch in extract.person_frames(read, min(MOST_RECORDS, max(1, CELLS // len(read)))):
        seen.records += batch.height
        add_batch(seen.columns, batch)
        if seen.keys is not None:
            seen.keys.add(batch)
        for weight in seen.weights:
            weight.add(batch[weight.column])
        progress(seen.records, extract.progress)
    for column in seen.columns.values():
        column.finish()
    return record_of(extract, seen, named=bool(variables), min_count=min_count)
