"""`ury/census-2023` on made rows: one file of persons, weighted."""

from __future__ import annotations

from pathlib import Path

import pytest

from harmonize.errors import FitError
from tests import unprotected
from tests.mappings_shipped.made_rows import the_level, written

HEALTHY = dict.fromkeys((f"PERDI0{each}" for each in (1, 2, 3, 4, 6, 7)), 1)
ADULT = {
    "PERPH02": 1, "PERNA01": 30, "PERPA01": 1, "AREA": 1, "PERMI01": 1, "PERMI01_4": 7777, "PERMI02": 7777,
    "PERED00": 7777, "PERED01": 3, "PERED03": 7777, "PERED05_1_1": 7777, "PERED03_1": 14, "PERED04": 1, "PERED08": 7777,
    "POBPCOAC": 2, "PERAL08": 1, "VIVDV07": 1, "HOGSH01": 1, "HOGSH03": 1, "HOGCE11": 1, "HOGRS01": 1, "VIVDV03": 1,
}  # fmt: skip
DWELLING = ("VIVDV07", "HOGSH01", "HOGSH03", "HOGCE11", "HOGRS01", "VIVDV03")
CAME = {"PERMI01": 4, "PERMI01_4": 862, "PERMI02": 2019}


def person(household: int | str, weight: float, **answers: object) -> dict[str, object]:
    key = {"DIRECCION_ID": 7, "DEPARTAMENTO": "01", "LOCALIDAD": "020", "VIVID": 1, "HOGID": household, "W": weight}
    return {**key, **ADULT, **HEALTHY, **answers}


PERSONS = [
    person(1, 1.25),
    person(1, 1.0, PERPH02=2, PERPA01=2, POBPCOAC=3, PERAL08=7777, **CAME),
    person(2, 1.25, HOGSH03=3, PERED08=2, PERED03_1=7777, PERED01=4, PERED04=7777),
    person("NA", 1.0, **dict.fromkeys(DWELLING, "NA"), POBPCOAC=4, PERAL08=7777),
]


def test_weights_make_up_for_who_was_not_counted_and_no_error_is_of_a_sample(tmp_path: Path) -> None:
    persons = written(tmp_path / "p.csv", PERSONS)
    result = unprotected.run("ury/census-2023", [persons], tmp_path / "out")
    assert result.run["unmapped"] == []
    sewer = the_level(result.estimates, "1.4.1", "sewer_or_septic", "_T")
    assert sewer["estimate"] == pytest.approx(100 * 2.25 / 3.5)
    assert sewer["se"] is None
    migrants = the_level(result.estimates, "8.5.2", "unemployment", "migrant")
    assert (migrants["n"], migrants["estimate"]) == (1, 100.0)
    read = the_level(result.estimates, "4.6.1", "literacy_15_plus", "_T")
    assert read["estimate"] == pytest.approx(100 * 3.25 / 4.5)


def test_a_country_that_is_no_code_of_iso_stops_the_run(tmp_path: Path) -> None:
    persons = written(tmp_path / "p.csv", [person(1, 1.0, PERMI01=4, PERMI01_4=7241)])
    with pytest.raises(FitError):
        unprotected.run("ury/census-2023", [persons], tmp_path / "out")
