"""polars-readstat and pyreadstat on the same generated files, and each difference that decides who reads what."""

from __future__ import annotations

import tempfile
from pathlib import Path
from typing import Any

import polars as pl
import polars_readstat
import pyreadstat
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from made_typed import WRITERS, made, texts

# SPSS takes about -1.8e308 for missing; a transport file holds 16^±63 in a base of 16
NUMBERS = (
    st.none() | st.integers(-(10**12), 10**12).map(float) | st.floats(-1e60, 1e60).filter(lambda x: abs(x) > 1e-60)
)
# no zero bytes, which end a text, and no line ends of a .por
WORDS = st.text(
    st.characters(min_codepoint=32, max_codepoint=0x2FFF, exclude_categories=["Cs", "Cc", "Cn"]), max_size=40
)
READ: dict[str, Any] = {
    ".sav": pyreadstat.read_sav,
    ".zsav": pyreadstat.read_sav,
    ".dta": pyreadstat.read_dta,
    ".xpt": pyreadstat.read_xport,
}


@st.composite
def frames(draw: st.DrawFn) -> pl.DataFrame:
    rows = draw(st.integers(1, 30))
    # a transport file is padded with blanks: a last row of blank texts alone could not be told from them
    columns = {"N": pl.Series([float(i) for i in range(rows)])}
    for i in range(draw(st.integers(1, 5))):
        if draw(st.booleans()):
            columns[f"N{i}"] = pl.Series(draw(st.lists(NUMBERS, min_size=rows, max_size=rows)), dtype=pl.Float64)
        else:
            columns[f"T{i}"] = pl.Series(draw(st.lists(WORDS, min_size=rows, max_size=rows)), dtype=pl.String)
    return pl.DataFrame(columns)


@pytest.mark.parametrize("name", [name for name in sorted(WRITERS) if not name.endswith(".por")])
@settings(max_examples=40)
@given(frame=frames())
def test_the_reader_gives_what_pyreadstat_gives(name: str, frame: pl.DataFrame) -> None:
    with tempfile.TemporaryDirectory() as folder:
        path = made(Path(folder), name, frame)
        theirs, _ = READ[path.suffix](str(path), output_format="dict")
        ours = texts(path)
    assert list(ours) == list(theirs) == frame.columns
    for column, values in theirs.items():
        if column.startswith("T"):
            assert ours[column] == [value.rstrip(" ") for value in values]
        else:
            assert [None if text is None else float(text) for text in ours[column]] == values


def fast(path: Path, **more: Any) -> dict[str, list[Any]]:
    return polars_readstat.read_readstat(str(path), preserve_order=True, **more).to_dict(as_series=False)


# Each of these says why a column is not given to polars-readstat. One that fails is good news: it was mended.


def test_polars_readstat_gives_declared_missing_values_as_null(tmp_path: Path) -> None:
    path = made(tmp_path, "x.sav", pl.DataFrame({"A": [1.0, 9.0]}), missing_ranges={"A": [9]})
    assert fast(path)["A"] == [1.0, None]


def test_polars_readstat_takes_a_year_of_stata_for_a_day(tmp_path: Path) -> None:
    path = made(tmp_path, "118.dta", pl.DataFrame({"A": [2015.0]}), variable_format={"A": "%ty"})
    assert str(fast(path)["A"][0]) == "1965-07-08"


def test_polars_readstat_gives_the_next_day_for_noon_before_1970(tmp_path: Path) -> None:
    frame = pl.DataFrame({"A": [86_400 + 43_200.0]})
    path = made(tmp_path, "x.sav", frame, variable_format={"A": "ADATE10"})
    assert str(fast(path)["A"][0]) == "1582-10-16"


def test_polars_readstat_cuts_accents_at_the_end_of_a_full_field_of_old_stata(tmp_path: Path) -> None:
    path = tmp_path / "x.dta"
    pyreadstat.write_dta(pl.DataFrame({"A": ["Jos~"]}), str(path), version=12)
    path.write_bytes(path.read_bytes().replace(b"~", b"\xe9"))
    assert fast(path)["A"] == ["Jos"]


def test_polars_readstat_fails_when_asked_for_a_column_and_its_missing_values(tmp_path: Path) -> None:
    path = made(tmp_path, "118.dta", pl.DataFrame({"A": [1.0], "B": [2.0]}))
    scan = polars_readstat.scan_readstat(str(path), informative_nulls={"use_value_labels": False})
    assert "A_null" in scan.collect_schema()
    with pytest.raises(Exception, match="not found: A_null"):
        scan.select("A", "A_null").collect()
