"""`col/census-2018` on made rows: persons, and households joined to their dwellings."""

from __future__ import annotations

from pathlib import Path

import pytest

from harmonize.errors import FitError
from tests import unprotected
from tests.mappings_shipped.made_rows import the_level, written

ADULT = {
    "P_SEXO": 1, "P_EDADR": 7, "P_PARENTESCOR": 1, "UA_CLASE": 1, "PA_LUG_NAC": 1, "PA_VIVIA_5ANOS": 2, "P_ALFABETA": 1,
    "PA_ASISTENCIA": 2, "P_TRABAJO": 1, "P_EST_CIVIL": 2, "PA_HNV": "", "PA1_THNV": "",
}  # fmt: skip
CHILD = {"P_EDADR": 1, "P_PARENTESCOR": 3, "PA_VIVIA_5ANOS": 1} | dict.fromkeys(
    ("P_ALFABETA", "PA_ASISTENCIA", "P_TRABAJO", "P_EST_CIVIL"), ""
)
ABROAD = {"PA_LUG_NAC": 3, "PA_VIVIA_5ANOS": 4}
SERVICES = {
    "VA_EE": 1, "VB_ACU": 1, "VF_INTERNET": 1, "VE_RECBAS": 1, "V_TIPO_SERSA": 1, "V_MAT_PISO": 2, "H_AGUA_COCIN": 1,
    "H_NRO_CUARTOS": 3,
}  # fmt: skip


def person(household: int, number: int, **answers: object) -> dict[str, object]:
    key = {"COD_ENCUESTAS": household, "U_VIVIENDA": 1, "P_NROHOG": 1, "P_NRO_PER": number}
    return {**key, **ADULT, **answers}


def household(number: int, **answers: object) -> dict[str, object]:
    return {"COD_ENCUESTAS": number, "U_VIVIENDA": 1, "P_NROHOG": 1, **SERVICES, **answers}


PERSONS = [
    person(1, 1),
    person(1, 2, P_PARENTESCOR=2, P_SEXO=2, PA_HNV=1, PA1_THNV=1, P_TRABAJO=4, **ABROAD),
    person(1, 3, **CHILD),
    person(2, 1, P_ALFABETA=2, P_TRABAJO=0, UA_CLASE=3),
]


def test_persons_and_households(tmp_path: Path) -> None:
    persons = written(tmp_path / "p.csv", PERSONS)
    households = written(tmp_path / "h.csv", [household(1), household(2, VA_EE=2, V_TIPO_SERSA=6)])
    result = unprotected.run("col/census-2018", [persons], tmp_path / "out", households=households)
    assert result.run["unmapped"] == []
    assert the_level(result.estimates, "1.4.1", "electricity", "_T")["estimate"] == 75.0
    migrants = the_level(result.estimates, "1.4.1", "sewer_or_septic", "migrant")
    assert (migrants["n"], migrants["estimate"]) == (1, 100.0)
    unemployed = the_level(result.estimates, "8.5.2", "unemployment", "_T")
    assert (unemployed["n"], unemployed["estimate"]) == (2, 50.0)


def test_a_level_of_the_lists_that_are_not_followed_stops_the_run(tmp_path: Path) -> None:
    persons = written(tmp_path / "p.csv", [person(1, 1, P_TRABAJO=10)])
    with pytest.raises(FitError):
        unprotected.run("col/census-2018", [persons], tmp_path / "out")
