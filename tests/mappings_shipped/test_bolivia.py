"""`bol/census-2024` on made rows: persons and dwellings in two files."""

from __future__ import annotations

from pathlib import Path

import pytest

from harmonize.errors import FitError
from tests import unprotected
from tests.mappings_shipped.made_rows import the_level, written

HEALTHY = {"p42a_ver": 1, "p42b_oir": 1, "p42c_camina": 2, "p42d_comuni": 1}
ADULT = {
    "p24_parentes": 1, "p25_sexo": 2, "p26_edad": 30, "p31_afiliado": 1, "p35_lugnac": 1, "p353_paisnac_cod": "",
    "p354_anllega": "", "p36_lugres": 1, "p37_lugres5": 1, "p38_asiste": 8, "p40_lee": 1, "p41a_nivel": 8,
    "p41b_curso": 6, "condact_13": 1, "p50_catocu_13": 1, "p49_ocu_1d": 5, "act_eco_2d_13": 7, "p53_ecivil": 1,
    "p54_hvtot": "",
}  # fmt: skip
NOT_ASKED = dict.fromkeys(("p40_lee", "p41a_nivel", "p41b_curso", "p53_ecivil", "p50_catocu_13", "p49_ocu_1d"), "")
CAME = {"p35_lugnac": 3, "p353_paisnac_cod": 32, "p354_anllega": 2022, "p37_lugres5": 3}


def person(dwelling: int, **answers: object) -> dict[str, object]:
    return {"idep": 2, "iprov": 1, "imun": 1, "i00": dwelling, **ADULT, **HEALTHY, **answers}


def dwelling(number: int, **answers: object) -> dict[str, object]:
    services = {
        "urbrur": 1, "tot_pers": 2, "v06_piso": 4, "v07_aguapro": 1, "v08_aguadist": 1, "v09_energia": 1,
        "v10_combus": 1, "v11_basura": 1, "v13_habitac": 2, "v15_servsan": 1, "v16_desague": 1, "v17_tenencia": 1,
        "v19d_celular": 1, "v19e_f": 1,
    }  # fmt: skip
    return {"idep": 2, "iprov": 1, "imun": 1, "i00": number, **services, **answers}


PERSONS = [
    person(1),
    person(1, p24_parentes=2, p25_sexo=1, p54_hvtot=0, **CAME),
    person(2, p40_lee=2, p41a_nivel=1, p41b_curso=9),
    person(2, p24_parentes=3, p26_edad=3, p38_asiste=4, p37_lugres5=4, condact_13=5, **NOT_ASKED),
]


def test_services_are_of_the_dwelling_and_who_came_is_a_migrant(tmp_path: Path) -> None:
    persons = written(tmp_path / "p.csv", PERSONS)
    dwellings = written(tmp_path / "d.csv", [dwelling(1), dwelling(2, v09_energia=5)])
    result = unprotected.run("bol/census-2024", [persons], tmp_path / "out", households=dwellings)
    assert result.run["unmapped"] == []
    assert the_level(result.estimates, "7.1.1", "electricity", "_T")["estimate"] == 50.0
    migrants = the_level(result.estimates, "7.1.1", "electricity", "migrant")
    assert (migrants["n"], migrants["estimate"]) == (1, 100.0)
    assert the_level(result.estimates, "4.6.1", "literacy_15_plus", "non_migrant")["estimate"] == 50.0


def test_who_lives_in_another_country_is_left_out(tmp_path: Path) -> None:
    persons = written(tmp_path / "p.csv", [*PERSONS, person(1, p24_parentes=12, p36_lugres=3, p40_lee=2)])
    result = unprotected.run("bol/census-2024", [persons], tmp_path / "out")
    assert the_level(result.estimates, "4.6.1", "literacy_15_plus", "_T")["n"] == 3


def test_a_year_of_arrival_that_is_no_year_stops_the_run(tmp_path: Path) -> None:
    persons = written(tmp_path / "p.csv", [person(1, **{**CAME, "p354_anllega": 9999})])
    with pytest.raises(FitError):
        unprotected.run("bol/census-2024", [persons], tmp_path / "out")
