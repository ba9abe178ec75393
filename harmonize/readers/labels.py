"""The codebook inside an SPSS, Stata or SAS file: its variables, their labels, the labels of their codes."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import Any

import polars as pl

from harmonize.readers.ddi import Codebook, CodebookVariable
from harmonize.readers.text import number_as_text


def codebook_inside(path: Path, metadata: Any, texts: Iterable[str]) -> Codebook:
    """What pyreadstat's `metadata` of the file `path` says; `texts` are its text variables.

    Codes are as the reader gives cells: `9` for 9.0, `.a` for Stata's extended missing value a (`.A` in SAS),
    texts without the blanks at their end.
    """
    text_columns = set(texts)
    labelled: Mapping[str, Mapping[Any, Any]] = metadata.variable_value_labels
    numbers = {code for labels in labelled.values() for code in labels if not isinstance(code, str)}
    text_of = _number_texts(numbers)
    variables: dict[str, CodebookVariable] = {}
    for name in metadata.column_names:
        labels: dict[str, str] = {}
        for code, label in labelled.get(name, {}).items():
            if not isinstance(code, str):
                text = text_of[code]
            else:
                text = code.rstrip(" ") if name in text_columns else f".{code}"
            labels[text] = _one_line(label)
        variables[name] = CodebookVariable(
            name=name,
            label=_one_line(metadata.column_names_to_labels.get(name)),
            numeric=name not in text_columns,
            labels=labels,
        )
    return Codebook(
        path=path,
        file_name=path.name,
        encoding=(metadata.file_encoding or "").lower(),
        hierarchical=False,
        record_length=0,
        variables=variables,
    )


def labels_of(inside: Codebook, codebook: Codebook | None) -> dict[str, dict[str, str]]:
    """Variable -> code -> label: those of `codebook`, and of the file where that has none for a variable."""
    known = {} if codebook is None else codebook.variables
    labels: dict[str, dict[str, str]] = {}
    for name, variable in inside.variables.items():
        found = known[name].labels if name in known else {}
        if found or variable.labels:
            labels[name] = found or variable.labels
    return labels


def _number_texts(numbers: Iterable[float]) -> dict[float, str]:
    """Numbers -> the text that cells of them have."""
    keys = list(numbers)
    codes = pl.Series("code", keys, dtype=pl.Float64)
    texts = pl.DataFrame([codes]).select(number_as_text(pl.col("code"), codes.dtype).fill_null("")).to_series()
    return dict(zip(keys, texts, strict=True))


def _one_line(text: object) -> str:
    return "" if text is None else " ".join(str(text).split())
