"""What is particular to Stata files: extended missing values, years and months, old encodings, a real file."""

from __future__ import annotations

from pathlib import Path

import polars as pl
import pyreadstat
import pytest
from made_typed import FRAME, TEXTS, made, texts

from harmonize.readers import open_extract

REAL = Path(__file__).parents[3] / "shared" / "real" / "mex-2015" / "Tr_vivienda30_001.dta"


def test_extended_missing_values_are_codes_and_the_plain_one_is_a_missing_cell(tmp_path: Path) -> None:
    # the letters in one column alone: pyreadstat writes a mixed column of Python objects
    frame = pl.DataFrame({"A": pl.Series([1.0, "a", "z", None, 2.5], dtype=pl.Object), "B": [1.0, 2.0, None, 4.0, 5.0]})
    path = tmp_path / "x.dta"
    pyreadstat.write_dta(
        frame,
        str(path),
        version=14,
        missing_user_values={"A": ["a", "z"]},
        variable_value_labels={"A": {"a": "refused"}},
    )
    assert texts(path) == {"A": ["1", ".a", ".z", None, "2.5"], "B": ["1", "2", None, "4", "5"]}
    with open_extract([path]) as extract:
        assert extract.numeric == {"A", "B"}
        assert extract.labels == {"A": {".a": "refused"}}


@pytest.mark.parametrize("display", ["%ty", "%tm", "%tq", "%th", "%tw"])
def test_years_and_months_are_the_numbers_that_are_stored(display: str, tmp_path: Path) -> None:
    path = made(tmp_path, "118.dta", pl.DataFrame({"A": [2015.0, None]}), variable_format={"A": display})
    assert texts(path) == {"A": ["2015", None]}


@pytest.mark.parametrize("display", ["%td", "%d", "%tdDD/NN/CCYY", "%-tdD_m_Y"])
def test_a_date_is_iso_however_it_is_displayed(display: str, tmp_path: Path) -> None:
    path = made(tmp_path, "118.dta", pl.DataFrame({"A": [-1.0, 20_089.0]}), variable_format={"A": display})
    assert texts(path) == {"A": ["1959-12-31", "2015-01-01"]}


@pytest.mark.parametrize("version", [8, 10, 12, 13])
def test_text_of_stata_13_and_older_is_in_the_encoding_of_the_mapping(version: int, tmp_path: Path) -> None:
    path = tmp_path / "x.dta"
    # pyreadstat writes UTF-8 whatever the version
    pyreadstat.write_dta(FRAME, str(path), version=version)
    content = path.read_bytes()
    assert content.count("Zoé".encode()) == 1
    path.write_bytes(content.replace("Zoé".encode(), b"Zo\xe9\0"))
    assert texts(path) == TEXTS
    assert texts(path, "iso-8859-2") == TEXTS
    assert texts(path, "cp437")["TXT"][3] == "ZoΘ"


def test_accents_that_fill_a_field_of_an_old_file_are_whole(tmp_path: Path) -> None:
    path = tmp_path / "x.dta"
    pyreadstat.write_dta(pl.DataFrame({"A": ["Ju~n", "~~~~"]}), str(path), version=12)
    path.write_bytes(path.read_bytes().replace(b"~", b"\xe1"))
    assert texts(path)["A"] == ["Juán", "áááá"]


def test_integers_and_floats_of_every_width_are_codes(tmp_path: Path) -> None:
    frame = pl.DataFrame(
        {
            "BYTE": pl.Series([1, -127, None], dtype=pl.Int8),
            "INT": pl.Series([1, -32_000, None], dtype=pl.Int16),
            "LONG": pl.Series([1, -2_000_000_000, None], dtype=pl.Int32),
        }
    )
    assert texts(made(tmp_path, "118.dta", frame)) == {
        "BYTE": ["1", "-127", None],
        "INT": ["1", "-32000", None],
        "LONG": ["1", "-2000000000", None],
    }


@pytest.mark.skipif(not REAL.is_file(), reason=f"the real file is not at {REAL}")
def test_the_dwellings_of_mexico_2015() -> None:
    with open_extract([REAL]) as extract:
        got = extract.scan(["ent", "clavivp", "factor", "nom_ent"]).collect()
        whole = extract.scan(extract.columns).collect()
        assert extract.about == 1332
        assert extract.labels["clavivp"]["99"] == "No especificado"
        assert extract.codebook is not None
        assert extract.codebook.variables["ent"].label == "Entidad Federativa"
        assert extract.numeric is not None
        assert {"clavivp", "factor"} <= extract.numeric
        assert "ent" not in extract.numeric
    assert got.height == 1332
    assert got["ent"].unique().to_list() == ["30"]
    assert got["nom_ent"].unique().to_list() == ["Veracruz de Ignacio de la Llave"]
    theirs, _ = pyreadstat.read_dta(str(REAL), output_format="dict")
    assert whole.width == len(theirs) == 88
    for name, values in theirs.items():
        ours = whole[name].to_list()
        if isinstance(next((v for v in values if v is not None), ""), str):
            assert ours == [value.rstrip(" ") for value in values], name
        else:
            assert [None if text is None else float(text) for text in ours] == values, name
