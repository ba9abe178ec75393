"""The folder: data/, meta/, indicator-config/ and intervals/, a file an indicator, and the settings for sdg-build.

A portal is of one country. Where the estimates are of several, each has a folder of its own, by its code.
"""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import Any

import polars as pl
import yaml

from harmonize.writers.csv import write_table
from harmonize.writers.open_sdg.settings import CONFIG, HEAD, SCHEMA, config, schema
from harmonize.writers.open_sdg.table import data_of, intervals_of, rows_of
from harmonize.writers.result import Result

DATA, META, SHOWN, INTERVALS = "data", "meta", "indicator-config", "intervals"


def write_open_sdg(result: Result, path: Path) -> None:
    """Write the folder, which is there. Raises OSError where a file can't be written."""
    rows = rows_of(result)
    countries = rows["country"].n_unique()
    for (country,), its in rows.group_by("country", maintain_order=True):
        _write_country(its, result, path / str(country) if countries > 1 else path)


def _write_country(rows: pl.DataFrame, result: Result, path: Path) -> None:
    # not before: it takes words from the methods, which import what is measured, and that the formats
    from harmonize.writers.open_sdg.meta import configuration, metadata

    for folder in (path, *(path / name for name in (DATA, META, SHOWN, INTERVALS))):
        folder.mkdir(exist_ok=folder == path)
    for (indicator,), its in rows.group_by("indicator", maintain_order=True):
        number = str(indicator)
        name = number.replace(".", "-")
        write_table(data_of(its), path / DATA / f"indicator_{name}.csv")
        write_table(intervals_of(its), path / INTERVALS / f"indicator_{name}.csv")
        _write_yaml(metadata(number, its, result), path / META / f"{name}.yml")
        _write_yaml(configuration(number, its, result), path / SHOWN / f"{name}.yml")
    _write_yaml(config(), path / CONFIG, HEAD)
    _write_yaml(schema(), path / SCHEMA)


class _Dumper(yaml.SafeDumper):  # type: ignore[misc]  # it has no types
    """Texts of several paragraphs stand as blocks, which people can edit."""


def _text(dumper: yaml.SafeDumper, text: str) -> yaml.ScalarNode:
    return dumper.represent_scalar("tag:yaml.org,2002:str", text, style="|" if "\n" in text else None)


_Dumper.add_representer(str, _text)


def _write_yaml(told: Mapping[str, Any], path: Path, head: str = "") -> None:
    text = yaml.dump(dict(told), Dumper=_Dumper, allow_unicode=True, sort_keys=False, width=110)
    path.write_text(head + text, encoding="utf-8", newline="\n")
