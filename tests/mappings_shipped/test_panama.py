"""`pan/census-2023` on made rows: persons and households in two files."""

from __future__ import annotations

from pathlib import Path

import pytest

from harmonize.errors import FitError
from tests import unprotected
from tests.mappings_shipped.made_rows import the_level, written

ADULT = {
    "P01_RELA": 1, "P02_SEXO": 2, "P03_EDAD": 30, "AREA": "1", "P04_ESTC": 7, "P05_NACIO": 1, "P05A_ANIO1": "",
    "P14_ESCU": 2, "P13_SLYE": 1, "P15_GRADO": 36, "PEA_NEA": 1, "P21_CATEG": 2, "P23_HIJOS": 0,
}  # fmt: skip
CAME = {"P05_NACIO": 3, "P05A_ANIO1": 2018, "PEA_NEA": 2, "P21_CATEG": ""}


def person(household: int, number: int, **answers: object) -> dict[str, object]:
    return {"LLAVEVIV": "000017", "HOGAR": household, "NPERSONA": number, **ADULT, **answers}


def household(number: int, **answers: object) -> dict[str, object]:
    services = {
        "H_PERSONAS": 2, "H18L_INTER": 1, "H18I_TCEL": 1, "V01_TIPO": 1, "V03_TENE": 3, "V06_PISO": 2, "V07A_DORM": 2,
        "V08_AGUA": 1, "V11_SANIT": 1, "V14_LUZ": 1, "V15_BASU": 1, "V16_COMB": 1,
    }  # fmt: skip
    return {"LLAVEVIV": "000017", "HOGAR": number, **services, **answers}


PERSONS = [person(1, 1), person(1, 2, P01_RELA=2, **CAME), person(2, 1, P13_SLYE=2, PEA_NEA=3, P21_CATEG="")]


def test_services_are_of_the_household_and_who_came_is_a_migrant(tmp_path: Path) -> None:
    persons = written(tmp_path / "p.csv", PERSONS)
    households = written(tmp_path / "h.csv", [household(1), household(2, V14_LUZ=6)])
    result = unprotected.run("pan/census-2023", [persons], tmp_path / "out", households=households)
    assert result.run["unmapped"] == []
    lit = the_level(result.estimates, "7.1.1", "electricity", "_T")
    assert lit["estimate"] == pytest.approx(100 * 2 / 3)
    migrants = the_level(result.estimates, "8.5.2", "unemployment", "migrant")
    assert (migrants["n"], migrants["estimate"]) == (1, 100.0)
    assert the_level(result.estimates, "4.6.1", "literacy_15_plus", "non_migrant")["estimate"] == 50.0


def test_a_conjugal_status_that_is_no_code_stops_the_run(tmp_path: Path) -> None:
    persons = written(tmp_path / "p.csv", [person(1, 1, P04_ESTC=8)])
    with pytest.raises(FitError):
        unprotected.run("pan/census-2023", [persons], tmp_path / "out")
