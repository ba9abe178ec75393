"""The sums of record keys of all parts of an extract, for `merge --protect cell-key`."""

from __future__ import annotations

from collections.abc import Sequence

from harmonize.errors import FitError
from harmonize.partial.state_file import StateFile
from harmonize.tabulate.record_sums import RecordSums
from harmonize.tabulate.state import State


def record_sums_of_all(files: Sequence[StateFile], state: State) -> tuple[RecordSums | None, int | None]:
    """The sums of all parts and the mark of their key; None where no part was tabulated with one. state: of all parts.

    Raises FitError where parts were tabulated with different keys, or only some with one.
    """
    found = RecordSums(len(state.dense), state.kinds)
    first: tuple[StateFile, int] | None = None
    for number, file in enumerate(files):
        saved = file.record_sums(len(state.dense), state.series)
        if (saved is None) != (first is None) and number:
            with_key, without = (files[0], file) if saved is None else (file, files[0])
            raise FitError(
                f"{with_key.path} was tabulated with --key, {without.path} without", "tabulate all parts with the same"
            )
        if saved is None:
            continue
        mark, sums = saved
        if first is not None and first[1] != mark:
            raise FitError(
                f"{first[0].path} and {file.path} were tabulated with different keys",
                "tabulate all parts with the same key file",
            )
        first = first or (file, mark)
        found.join(sums)
    return (None, None) if first is None else (found, first[1])
