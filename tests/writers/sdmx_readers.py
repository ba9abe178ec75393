"""SDMX read by pysdmx and by sdmx1: rows of text, None where there is no value; and the estimates that they are of."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from xml.etree import ElementTree

import polars as pl
import pytest

Rows = list[dict[str, str | None]]
NAMES = {"country": "REF_AREA", "year": "TIME_PERIOD", "unit": "UNIT_MEASURE", "estimate": "OBS_VALUE"}
INSTALL = "is not installed (pip install '.[dev]')"


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


def values_of(structure: Path) -> dict[str, dict[str, str]]:
    """Of each component with a list, code -> value in the estimates, as the structure file says it."""
    found: dict[str, dict[str, str]] = {}
    for each in ElementTree.parse(structure).getroot().iter():
        if each.tag.endswith("}Codelist"):
            codes = [code for code in each if code.tag.endswith("}Code")]
            told = {code.get("id", ""): code.find(".//{*}Annotation[@id='VALUE']/{*}AnnotationTitle") for code in codes}
            found[each.get("id", "").removeprefix("CL_")] = {
                code: ("" if code == "_Z" else code) if value is None else str(value.text)
                for code, value in told.items()
            }
    return found


def table_of(rows: Rows, structure: Path, like: pl.DataFrame) -> pl.DataFrame:
    """The estimates that observations by our DSD are of."""
    values = values_of(structure)
    columns = {}
    for name, dtype in like.schema.items():
        component = NAMES.get(name, name.upper())
        told = [row.get(component) for row in rows]
        if dtype == pl.String:
            codes = values.get(component)
            columns[name] = [codes[each] if codes and each else each or "" for each in told]
        else:
            columns[name] = [each if each is None else dtype.to_python()(each) for each in told]
    return pl.DataFrame(columns, schema=like.schema)
