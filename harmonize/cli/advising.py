"""What to do with an extract that the mapping is not for: another mapping, or another command."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path

from harmonize.errors import FitError, OtherExtractError


@contextmanager
def advising(mapping: str, data: Sequence[Path]) -> Iterator[None]:
    """Around work that reads DATA with a mapping, an id or a path: such an error gets its advice."""
    try:
        yield
    except OtherExtractError as error:
        from harmonize.harmonised.description import has_description
        from harmonize.mapping.closest import closest_advice, told_by

        if all(has_description(path) for path in data):
            names = ", ".join(path.name for path in data)
            help = f"harmonize tabulate {' '.join(map(str, data))} -o out/"
            raise FitError(f"{names}: written by `harmonize apply`, and needs no mapping", help) from error
        other = told_by(mapping, error.columns, error.told)
        if other and error.told:
            error.help = f"{other} knows what {error.told[0]} holds here: it comes with the tool, for such a file"
        else:
            error.help = closest_advice(mapping, error.columns, error.help)
        raise
