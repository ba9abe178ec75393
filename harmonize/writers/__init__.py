"""Formats of the estimates: name -> its files and who writes them. A new one is a module and a line here.

A name that ends in `/` is a folder: it is there when its writer is called, which names the files in it.
"""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from harmonize.writers.csv import write_csv
from harmonize.writers.html import write_html
from harmonize.writers.open_sdg.folder import write_open_sdg
from harmonize.writers.parquet import write_parquet
from harmonize.writers.result import Result
from harmonize.writers.sdmx_csv import write_sdmx, write_sdmx_full, write_sdmx_notes
from harmonize.writers.sdmx_xml import write_sdmx_structure, write_sdmx_xml
from harmonize.writers.xlsx import write_xlsx

WRITERS: dict[str, dict[str, Callable[[Result, Path], None]]] = {
    "csv": {"estimates.csv": write_csv},
    "parquet": {"estimates.parquet": write_parquet},
    "xlsx": {"estimates.xlsx": write_xlsx},
    "sdmx": {
        "estimates.sdmx.csv": write_sdmx,
        "estimates.sdmx.xml": write_sdmx_xml,
        "sdmx_notes.csv": write_sdmx_notes,
        "estimates_full.sdmx.csv": write_sdmx_full,
        "estimates_full.dsd.xml": write_sdmx_structure,
    },
    "open-sdg": {"open-sdg/": write_open_sdg},
    "html": {"report.html": write_html},
}

__all__ = ["WRITERS", "Result"]
