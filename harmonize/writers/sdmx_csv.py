"""SDMX-CSV 2.0: by the global SDG DSD, with what of the estimates is not in it; and all of them by our own DSD."""

from __future__ import annotations

from pathlib import Path

from harmonize.writers.csv import write_table
from harmonize.writers.result import Result


def write_sdmx(result: Result, path: Path) -> None:
    """Write the levels that the DSD has codes for. Raises FitError as `export`."""
    write_table(result.sdmx.observations, path)


def write_sdmx_notes(result: Result, path: Path) -> None:
    """Write which rows are left out and why, and which are written against the draft constraints."""
    write_table(result.sdmx.notes, path)


def without_series(result: Result) -> list[str]:
    """A sentence on the indicators that are not there as the mapping does not say by which standard they are."""
    from harmonize.writers.sdmx.series import STANDARDS, undecided

    numbers = undecided(result)
    if not numbers:
        return []
    listed = " and ".join(filter(None, [", ".join(numbers[:-1]), numbers[-1]]))
    return [
        f"{listed} {'is' if len(numbers) == 1 else 'are'} not in estimates.sdmx.*: the mapping does not say that "
        "labour_force_status is by the 13th or the 19th ICLS. Where it is, write there "
        + " or ".join(f"standard: {each}" for each in STANDARDS)
    ]


def write_sdmx_full(result: Result, path: Path) -> None:
    """Write every row and column of the estimates by our own DSD. Raises FitError as `checked`."""
    from harmonize.writers.sdmx.export import checked
    from harmonize.writers.sdmx.own import observations_of, structure_of

    structure = structure_of(result.estimates)
    write_table(checked(observations_of(result.estimates, structure), structure.dsd), path)
