"""`mex/2020-census` and `mex/eic-2025` on made rows: persons and dwellings in two files, as INEGI gives them."""

from __future__ import annotations

from pathlib import Path

import pytest

from harmonize.errors import FitError
from tests import unprotected
from tests.mappings_shipped.made_rows import the_level, written

DESIGN = {"FACTOR": 10, "ESTRATO": "01-001-0000-03", "CLAVIVP": "01", "TAMLOC": 5}
HEALTHY = dict.fromkeys(("DIS_VER", "DIS_OIR", "DIS_CAMINAR", "DIS_RECORDAR", "DIS_BANARSE", "DIS_HABLAR"), 1)
ADULT = {
    "PARENTESCO": 101, "ENT_PAIS_NAC": "009", "NACIONALIDAD": 1, "ENT_PAIS_RES_5A": "009", "REGIS_NAC": 1, "ASISTEN": 3,
    "ALFABET": 1, "NIVACAD": "03", "ESCOLARI": "03", "ESCOACUM": 9, "SITUA_CONYUGAL": 5, "CONACT": 10, "SITTRA": 1,
    "ACTIVIDADES_C": 4310, "HORTRA": 40, "INGTRMEN": 6000, "SAR_AFORE": 3, "VACACIONES": 3, "INCAP_SUELDO": 1,
    "DHSERSAL1": "01",
}  # fmt: skip


def person(dwelling: int, number: int, **answers: object) -> dict[str, object]:
    key = {"ID_VIV": f"01001000{dwelling:04d}", "NUMPER": f"{number:02d}", "UPM": f"{dwelling:05d}"}
    return {**key, **DESIGN, "SEXO": 1, "EDAD": 30, **HEALTHY, **ADULT, "CAUSA_MIG_V": "", "IDENT_MADRE": 96} | {
        "IDENT_PADRE": 97, "HIJOS_NAC_VIVOS": "", "HIJOS_SOBREVIV": "", "FECHA_NAC_M": "", "FECHA_NAC_A": "", **answers
    }  # fmt: skip


def dwelling(number: int, **answers: object) -> dict[str, object]:
    services = {
        "ELECTRICIDAD": 1, "INTERNET": 7, "CELULAR": 5, "AGUA_ENTUBADA": 1, "SERSAN": 1, "CONAGUA": 1, "DRENAJE": 1,
        "COMBUSTIBLE": 2, "DESTINO_BAS": 1, "TENENCIA": 1, "TOTCUART": 3, "PISOS": 2, "NUMPERS": 2,
    }  # fmt: skip
    return {"ID_VIV": f"01001000{number:04d}", **DESIGN, **services, **answers}


PERSONS = [
    person(1, 1),
    person(1, 2, SEXO=3, ENT_PAIS_NAC=225, NACIONALIDAD=3, ENT_PAIS_RES_5A=225, CAUSA_MIG_V="0102", HIJOS_NAC_VIVOS=0),
    person(2, 1, SAR_AFORE=4),
    person(3, 1, ENT_PAIS_NAC=221, SITTRA=5, SAR_AFORE="", VACACIONES="", INCAP_SUELDO=""),
]
DWELLINGS = [dwelling(1), dwelling(2, ELECTRICIDAD=3), dwelling(3)]


def test_a_weight_stands_for_persons_and_the_dwelling_has_the_services(tmp_path: Path) -> None:
    persons, dwellings = written(tmp_path / "p.csv", PERSONS), written(tmp_path / "d.csv", DWELLINGS)
    result = unprotected.run("mex/2020-census", [persons], tmp_path / "out", households=dwellings)
    assert result.run["unmapped"] == []
    everybody = the_level(result.estimates, "7.1.1", "electricity", "_T")
    assert (everybody["n"], everybody["population"], everybody["estimate"]) == (4, 40, 75.0)
    assert everybody["se"] is not None
    assert the_level(result.estimates, "7.1.1", "electricity", "migrant")["estimate"] == 100.0
    assert the_level(result.estimates, "8.3.1", "informal_employment", "_T")["estimate"] == 50.0


def test_the_persons_alone_have_no_services(tmp_path: Path) -> None:
    persons = written(tmp_path / "p.csv", PERSONS)
    result = unprotected.run("mex/2020-census", [persons], tmp_path / "out")
    assert "7.1.1" not in set(result.estimates["indicator"].cast(str))


def test_a_country_that_inegi_does_not_list_stops_the_run(tmp_path: Path) -> None:
    persons = written(tmp_path / "p.csv", [*PERSONS, person(3, 2, ENT_PAIS_NAC=224)])
    with pytest.raises(FitError):
        unprotected.run("mex/2020-census", [persons], tmp_path / "out")


def test_the_survey_of_2025_reads_the_same_files_with_its_own_codes(tmp_path: Path) -> None:
    came = {"ENT_PAIS_NAC": 225, "NACIONALIDAD": 3, "ENT_PAIS_RES_5A": 225, "CAUSA_MIG_C": "0202"}
    rows = [person(1, 1, SITUA_CONYUGAL="09"), person(1, 2, SEXO=3, SITUA_CONYUGAL="08", **came), person(2, 1)]
    left = ("REGIS_NAC", "CAUSA_MIG_V")
    persons = [{"CAUSA_MIG_C": "", **{name: row[name] for name in row if name not in left}} for row in rows]
    dwellings = [dwelling(1, TENENCIA=6), dwelling(2, ELECTRICIDAD=3)]
    result = unprotected.run(
        "mex/eic-2025",
        [written(tmp_path / "p.csv", persons)],
        tmp_path / "out",
        households=written(tmp_path / "d.csv", dwellings),
    )
    assert result.run["unmapped"] == []
    assert the_level(result.estimates, "7.1.1", "electricity", "migrant")["estimate"] == 100.0
    assert "16.9.1" not in set(result.estimates["indicator"].cast(str))
