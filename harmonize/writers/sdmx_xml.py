"""SDMX-ML 2.1: the observations by the global SDG DSD, and the structure of our own DSD."""

from __future__ import annotations

from pathlib import Path

from harmonize.writers.result import Result


def write_sdmx_xml(result: Result, path: Path) -> None:
    """Write what is in the SDMX-CSV by the global DSD. Raises FitError as `export`."""
    from harmonize.writers.sdmx.data_xml import write_data
    from harmonize.writers.sdmx.dsd import bundled

    write_data(result.sdmx.observations, result.dsd or bundled(), path)


def write_sdmx_structure(result: Result, path: Path) -> None:
    """Write our own DSD, with its concepts and code lists."""
    from harmonize.writers.sdmx.own import structure_of
    from harmonize.writers.sdmx.structure_xml import write_structure

    write_structure(structure_of(result.estimates), path)
