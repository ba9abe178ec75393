"""Dictionaries of REDATAM as XML (.dicx), made here with the elements that Open REDATAM reads."""

from __future__ import annotations

from pathlib import Path

import pytest

from harmonize.draft.sources import read_sources
from harmonize.errors import DataFileError
from harmonize.lint.codebook import Codebook
from harmonize.readers.redatam import read_dicx

DICTIONARY = """<?xml version="1.0" encoding="ISO-8859-1"?>
<redDictionary_XML><root><name>PAIS</name><label>País</label>
  <variable><name>NOMBRE</name><label>Nombre</label><varDicChoice><datasetType>CHR</datasetType></varDicChoice></variable>
  <entity><name>VIVIENDA</name>
    <variable><name>LUZ</name><label>Tiene electricidad</label>
      <varDicChoice><datasetType>BIN</datasetType></varDicChoice>
      <valueLabels><valueLabelElement><value>1</value><label>Sí</label></valueLabelElement>
        <valueLabelElement><value>2</value><label>No</label></valueLabelElement></valueLabels>
      <missing>9</missing><notappl>0</notappl></variable>
    <variable><name>SEXO</name><label>Sexo del jefe</label></variable>
    <entity><name>PERSONA</name>
      <variable><name>SEXO</name><label>Sexo</label><varDicChoice><datasetType>BIN</datasetType></varDicChoice>
        <valueLabels><valueLabelElement><value>1</value><label>Hombre</label></valueLabelElement>
          <valueLabelElement><value>2</value><label>Mujer</label></valueLabelElement></valueLabels></variable>
    </entity></entity></root></redDictionary_XML>
"""


@pytest.fixture
def dicx(tmp_path: Path) -> Path:
    path = tmp_path / "censo.dicx"
    path.write_bytes(DICTIONARY.encode("iso-8859-1"))
    return path


def test_the_variables_of_persons_come_before_those_of_dwellings(dicx: Path) -> None:
    found = read_dicx(dicx)
    assert [(v.name, v.records) for v in found] == [
        ("SEXO", ("PERSONA",)),
        ("LUZ", ("VIVIENDA",)),
        ("SEXO", ("VIVIENDA",)),
        ("NOMBRE", ("PAIS",)),
    ]
    assert found[0].labels == {"1": "Hombre", "2": "Mujer"}
    assert [v.numeric for v in found] == [True, True, True, False]


def test_codes_of_what_is_missing_or_was_not_asked_are_labels_too(dicx: Path) -> None:
    light = next(v for v in read_dicx(dicx) if v.name == "LUZ")
    assert light.label == "Tiene electricidad"
    assert light.labels == {"1": "Sí", "2": "No", "9": "Missing", "0": "Not applicable"}


def test_draft_and_check_take_the_sex_of_persons_not_that_of_the_head(dicx: Path) -> None:
    assert read_sources([dicx]).variables["SEXO"].label == "Sexo"
    assert Codebook([dicx]).labels["SEXO"] == {"1": "Hombre", "2": "Mujer"}


@pytest.mark.parametrize(
    "text", ["<codeBook/>", "<redDictionary_XML><root><name>PAIS</name></root></redDictionary_XML>", "PAIS"]
)
def test_what_is_no_dictionary_is_refused_by_name(tmp_path: Path, text: str) -> None:
    path = tmp_path / "other.dicx"
    path.write_text(text)
    with pytest.raises(DataFileError, match=r"other\.dicx"):
        read_dicx(path)


def test_a_binary_dictionary_says_what_to_save_it_as(tmp_path: Path) -> None:
    path = tmp_path / "censo.dic"
    path.write_bytes(b"\x00\x01")
    with pytest.raises(DataFileError, match=r"\.dicx alone is read"):
        read_sources([path])
