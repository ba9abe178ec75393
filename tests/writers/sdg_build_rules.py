"""What sdg-build 2.3 checks of a data repository, read from its source: a finding for each thing that is wrong.

github.com/open-sdg/sdg-build: sdg/check_csv.py (headers, types, white space, empty rows),
sdg/schemas/SchemaInputBase.py and SchemaInputOpenSdg.py (metadata), sdg/data.py (the headline), sdg/edges.py (columns
of which one is there only with another). The package is on no index: where it is installed, test_open_sdg asks it too.
"""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pandas as pd
import yaml

TEXTS = (str, int, float, bool, type(None))


def read(path: Path) -> pd.DataFrame:
    """As sdg.inputs.InputCsvData reads it."""
    return pd.read_csv(path)


def plain_columns(folder: Path) -> list[str]:
    """The columns that are no disaggregations, by the folder's settings."""
    return list(_yaml(folder / "config_data.harmonize.yml")["indicator_options"]["non_disaggregation_columns"])


def groups(data: pd.DataFrame, plain: list[str]) -> list[str]:
    return [column for column in data.columns if column not in plain]


def headline(data: pd.DataFrame, plain: list[str]) -> pd.DataFrame:
    """The rows of no disaggregation: what the portal opens with."""
    return data[data[groups(data, plain)].isna().all(axis=1)]


def children(data: pd.DataFrame, plain: list[str]) -> set[tuple[str, str]]:
    """(a, b): b is there only where a is, so that the portal hides b until a is chosen."""
    there = {column: data[column].notna() for column in groups(data, plain)}
    return {(a, b) for a in there for b in there if a != b and there[b].any() and not (there[b] & ~there[a]).any()}


def findings(folder: Path) -> Iterator[str]:
    """All that the check would tell of a folder."""
    config = _yaml(folder / "config_data.harmonize.yml")
    data, *metas = [each["path_pattern"] for each in config["inputs"]]
    fields = _yaml(folder / config["schema_file"])["prose"]["metadata"]["meta"]
    found = {path.stem.replace("indicator_", ""): path for path in folder.glob(data)}
    for number, path in found.items():
        yield from (f"{path.name}: {each}" for each in wrong_data(read(path)))
        meta: dict[str, Any] = {}
        for pattern in metas:
            meta |= _yaml(folder / pattern.replace("*-*", number))
        yield from (f"{number}: {each}" for each in wrong_meta(meta, fields))


def wrong_data(data: pd.DataFrame) -> Iterator[str]:
    columns = list(data.columns)
    if columns[0] != "Year":
        yield "the first column is not Year"
    if columns[-1] != "Value":
        yield "the last column is not Value"
    if any(name != name.strip(" ") for name in columns):
        yield "white space at a column's name"
    if data["Value"].dtype not in ("float64", "int64"):
        yield "Value is not numeric"
    for name in columns:
        if any(isinstance(cell, str) and cell != cell.strip(" ") for cell in data[name]):
            yield f"white space in {name}"
    if data.isna().all(axis=1).any():
        yield "an empty row"


def wrong_meta(meta: dict[str, Any], fields: list[dict[str, Any]]) -> Iterator[str]:
    if "reporting_status" not in meta:
        yield "no reporting_status"
    if meta.get("reporting_status") == "complete" and "data_non_statistical" not in meta:
        yield "no data_non_statistical"
    if meta.get("reporting_status") == "complete" and meta.get("data_non_statistical") is False:
        yield from (f"no {name}" for name in ("graph_title", "graph_type") if name not in meta)
    for each in fields:
        name, field = each["name"], each["field"]
        value = meta.get(name)
        if field["element"] == "select" and value not in [None, *(option["value"] for option in field["options"])]:
            yield f"{name}: {value} is no option"
        kinds = (bool, type(None)) if field["element"] == "checkbox" else TEXTS
        if not isinstance(value, kinds):
            yield f"{name}: {value} is not of the type"


def _yaml(path: Path) -> dict[str, Any]:
    told: dict[str, Any] = yaml.safe_load(path.read_text(encoding="utf-8"))
    return told
