"""SDMX read by pysdmx and by sdmx1: rows of text, None where there is no value."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

Rows = list[dict[str, str | None]]
INSTALL = "is not installed (pip install '.[oracles]')"


def by_pysdmx(data: Path, structure: Path) -> Rows:
    """Of SDMX-CSV and of SDMX-ML, as it types them by the structure; numbers as Python writes them."""
    for needed in ("pyarrow", "lxml"):
        pytest.importorskip(needed, reason=f"{needed} {INSTALL}")
    io = pytest.importorskip("pysdmx.io", reason=f"pysdmx {INSTALL}")
    (found,) = io.get_datasets(str(data), str(structure))
    return [
        {name: None if value is None or value != value or value == "" else str(value) for name, value in row.items()}
        for row in found.data.astype(object).where(found.data.notna(), None).to_dict("records")
    ]


def by_sdmx1(data: Path, structure: Path) -> Rows:
    """The same; what is of a series beside what is of its observations."""
    sdmx = pytest.importorskip("sdmx", reason=f"sdmx1 {INSTALL}")
    # given open files, as it leaves those open that it opens itself
    with structure.open("rb") as file:
        (definition,) = sdmx.read_sdmx(file, format="XML").structure.values()
    with data.open("rb") as file:
        message = sdmx.read_sdmx(file, format=data.suffix[1:].upper(), structure=definition)
    rows: Rows = []
    for each in message.data[0].obs:
        series = each.series_key.attrib if each.series_key else {}
        told = {name: str(value.value) for name, value in each.key.values.items()}
        told |= {name: str(value.value) for name, value in (*series.items(), *each.attached_attribute.items())}
        value = None if each.value is None else str(each.value)
        rows.append(
            {name: said or None for name, said in told.items()} | {"OBS_VALUE": None if value in ("NaN", "") else value}
        )
    return rows


READERS: dict[str, Callable[[Path, Path], Rows]] = {"pysdmx": by_pysdmx, "sdmx1": by_sdmx1}
