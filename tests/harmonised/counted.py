"""A labelled file counted by code: as pyreadstat reads it, and as the .parquet of the same apply says it must be.

The form is that of tests/spec_r/labels_as_haven_counts.R, which is how R's haven reads it: (column, value) -> title,
label, missing, cells.
"""

from __future__ import annotations

import csv
import math
from collections import Counter
from pathlib import Path
from typing import Any
from xml.etree import ElementTree

import polars as pl
import pyreadstat

from harmonize.harmonised import stata
from harmonize.harmonised.description import Description, read_description
from harmonize.harmonised.labelled import fitted

Row = tuple[str, str, bool, int]
Counts = dict[tuple[str, str], Row]
DDI = "{ddi:codebook:2_5}"


def from_csv(path: Path) -> Counts:
    """What labels_as_haven_counts.R wrote."""
    with path.open(encoding="utf-8", newline="") as file:
        return {
            (row["column"], row["value"]): (row["title"], row["label"], row["missing"] == "TRUE", int(row["n"]))
            for row in csv.DictReader(file)
        }


def as_pyreadstat_counts(path: Path) -> Counts:
    """The file as pyreadstat reads it."""
    read = pyreadstat.read_sav if path.suffix == ".sav" else pyreadstat.read_dta
    cells, meta = read(str(path), user_missing=True, output_format="dict")
    found: Counts = {}
    for name in meta.column_names:
        title, text = meta.column_names_to_labels[name], meta.readstat_variable_types[name] == "string"
        labels = {_text(code, text): label for code, label in meta.variable_value_labels.get(name, {}).items()}
        texts = Counter(_text(cell, text) for cell in cells[name])
        if not labels:
            found[name, ""] = (title, "", False, texts.total() - texts[""])
            continue
        declared = {_text(each["lo"], text) for each in meta.missing_ranges.get(name, [])}
        for value in {*texts, *labels}:
            missing = value in declared or value == "" or value[0] == "."
            found[name, value] = (title, labels.get(value, ""), missing, texts[value])
    return found


def _text(cell: Any, text: bool) -> str:
    if text:
        return str(cell)
    if isinstance(cell, str):
        return f".{cell}"
    return "" if cell is None or math.isnan(cell) else f"{cell:.17g}"


def as_it_must_be(parquet: Path, labelled: Path) -> Counts:
    """Counts of the .parquet, by the codes of the labelled file's .meta.json, with the words of its .ddi.xml."""
    rows, told = pl.read_parquet(parquet), read_description(labelled)
    found: Counts = {}
    for variable in ElementTree.parse(f"{labelled}.ddi.xml").iter(f"{DDI}var"):
        called, title = variable.get("name", ""), variable.findtext(f"{DDI}labl") or ""
        title = fitted(title, stata.LONGEST_TITLE) if labelled.suffix == ".dta" else title
        name = next(each for each in rows.columns if told.named(each) == called)
        words = {each.findtext(f"{DDI}catValu") or "": each for each in variable.iter(f"{DDI}catgry")}
        texts = _cells(rows, name, told)
        if not words:
            found[called, ""] = (title, "", False, texts.total() - texts[""])
            continue
        for value in {*texts, *words}:
            category = words.get(value)
            label = "" if category is None else category.findtext(f"{DDI}labl") or ""
            missing = value == "" or (category is not None and category.get("missing") == "Y")
            found[called, value] = (title, label, missing, texts[value])
    return found


def _cells(rows: pl.DataFrame, name: str, told: Description) -> Counter[str]:
    """Value as the labelled file has it -> cells."""
    codes = {means: code for code, means in told.content["codes"].get(name, {}).items()}
    beside = rows[f"{name}__na"] if f"{name}__na" in rows.columns else [False] * rows.height
    counted: Counter[str] = Counter()
    for cell, na in zip(rows[name], beside, strict=True):
        if isinstance(cell, bool):
            cell = str(cell).lower()
        if cell is None and rows[name].dtype == pl.Float64 and "unknown" in codes and na is not None:
            cell = "not_applicable" if na else "unknown"
        if isinstance(cell, float) and math.isinf(cell):
            cell = str(cell)
        text = codes.get(cell, cell) if isinstance(cell, str) else "" if cell is None else f"{cell:.17g}"
        counted[text] += 1
    return counted
