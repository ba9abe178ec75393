"""`chl/census-2024` on made rows: persons and households in two files."""

from __future__ import annotations

from pathlib import Path

import pytest

from harmonize.errors import FitError
from tests import unprotected
from tests.mappings_shipped.made_rows import the_level, written

HEALTHY = dict.fromkeys(
    (
        "p32a_dificultad_ver", "p32b_dificultad_oir", "p32c_dificultad_mover", "p32d_dificultad_cogni",
        "p32e_dificultad_cuidado", "p32f_dificultad_comunic",
    ),
    1,
)  # fmt: skip
ADULT = {
    "sexo": 2, "edad": 30, "parentesco": 1, "tipo_operativo": 2, "area": 1, "p23_est_civil": 8,
    "p25_lug_nacimiento_rec": 1, "p25_lug_nacimiento_esp": 13101, "p27_nacionalidad_rec": 1,
    "p27_nacionalidad_esp": 152, "p24_lug_resid5": 2, "p33_edu_asiste": 2, "p37_alfabet": 1,
    "cine11": 7, "escolaridad": 12, "sit_fuerza_trabajo": 1, "p40_cise_rec": 2, "cod_ciuo": 5, "cod_caenes": "G",
    "p46a_tot_hijs_nac": 0, "p47a_tot_hijs_sobrev": "",
}  # fmt: skip
CAME = {
    "p25_lug_nacimiento_rec": 2, "p25_lug_nacimiento_esp": 862, "p27_nacionalidad_rec": 2, "p27_nacionalidad_esp": 862,
    "p24_lug_resid5": 4, "sit_fuerza_trabajo": 2, "p40_cise_rec": "", "cod_ciuo": "", "cod_caenes": "",
}  # fmt: skip


def person(household: int, number: int, **answers: object) -> dict[str, object]:
    return {"id_vivienda": 7, "id_hogar": household, "id_persona": number, **ADULT, **HEALTHY, **answers}


def household(number: int, **answers: object) -> dict[str, object]:
    services = {
        "cant_per": 3, "p5_num_dormitorios": 2, "p6_fuente_agua": 1, "p8_serv_hig": 1, "p9_fuente_elect": 1,
        "p13_comb_cocina": 1, "p15d_serv_internet_fija": 2, "p15e_serv_internet_movil": 1,
        "p15f_serv_internet_satelital": 2, "p15a_serv_tel_movil": 1, "p10_basura": 1, "p12_tenencia_viv": 1,
        "p4c_mat_piso": 1,
    }  # fmt: skip
    return {"id_vivienda": 7, "id_hogar": number, **services, **answers}


PERSONS = [person(1, 1), person(1, 2, parentesco=4, **CAME), person(2, 1, p37_alfabet=2, cine11=1, edad=70)]


def test_services_are_of_the_household_and_who_came_is_a_migrant(tmp_path: Path) -> None:
    persons = written(tmp_path / "p.csv", PERSONS, ";")
    households = written(tmp_path / "h.csv", [household(1), household(2, p9_fuente_elect=6)], ";")
    result = unprotected.run("chl/census-2024", [persons], tmp_path / "out", households=households)
    assert result.run["unmapped"] == []
    lit = the_level(result.estimates, "7.1.1", "electricity", "_T")
    assert lit["estimate"] == pytest.approx(100 * 2 / 3)
    migrants = the_level(result.estimates, "8.5.2", "unemployment", "migrant")
    assert (migrants["n"], migrants["estimate"]) == (1, 100.0)
    assert the_level(result.estimates, "4.6.1", "literacy_15_plus", "non_migrant")["estimate"] == 50.0


def test_an_age_that_was_suppressed_is_in_no_class_of_age(tmp_path: Path) -> None:
    persons = written(tmp_path / "p.csv", [*PERSONS, person(2, 2, edad=-66, p37_alfabet=2)], ";")
    result = unprotected.run("chl/census-2024", [persons], tmp_path / "out")
    assert the_level(result.estimates, "4.6.1", "literacy_15_plus", "_T")["n"] == 3


def test_a_code_of_nationality_that_is_no_answer_stops_the_run(tmp_path: Path) -> None:
    persons = written(tmp_path / "p.csv", [person(1, 1, p27_nacionalidad_rec=3)], ";")
    with pytest.raises(FitError):
        unprotected.run("chl/census-2024", [persons], tmp_path / "out")
