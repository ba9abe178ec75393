"""`fra/census-2020` on made rows: one file of persons, weighted."""

from __future__ import annotations

from pathlib import Path

import pytest

from harmonize.errors import FitError
from tests import unprotected
from tests.mappings_shipped.made_rows import the_level, written

ADULT = {
    "SEXE": 2, "AGEREV": "040", "LPRM": "1", "STAT_CONJ": "6", "CATPC": "0", "INPER": "02", "INAI": "1", "NAIDT": "00",
    "INATC": "1", "IRAN": "1", "ETUD": "2", "DIPL": "16", "TACT": "11", "EMPL": "16", "NA17": "GZ", "STOCD": "10",
}  # fmt: skip
CAME = {"INAI": "6", "NAIDT": "30", "INATC": "2", "IRAN": "9", "TACT": "12", "EMPL": "ZZ", "NA17": "ZZ"}


def person(household: str, weight: float, **answers: object) -> dict[str, object]:
    return {"CANTVILLE": "0101", "NUMMI": household, "IPONDI": weight, **ADULT, **answers}


PERSONS = [
    person("1", 2.5),
    person("1", 2.5, LPRM="2", **CAME),
    person("2", 5.0, INAI="5", NAIDT="11"),
    person("Z", 1.0, LPRM="Z", INPER="Z", CATPC="1", STOCD="ZZ", TACT="22", EMPL="ZZ", NA17="ZZ"),
]


def test_who_was_born_overseas_is_native_and_rates_are_weighted(tmp_path: Path) -> None:
    persons = written(tmp_path / "p.csv", PERSONS, ";")
    result = unprotected.run("fra/census-2020", [persons], tmp_path / "out")
    assert result.run["unmapped"] == []
    everybody = the_level(result.estimates, "8.5.2", "unemployment", "_T")
    assert everybody["estimate"] == pytest.approx(100 * 2.5 / 10)
    migrants = the_level(result.estimates, "8.5.2", "unemployment", "migrant")
    assert (migrants["n"], migrants["estimate"]) == (1, 100.0)
    assert the_level(result.estimates, "8.5.2", "unemployment", "non_migrant")["n"] == 2


def test_a_type_of_activity_that_is_no_code_stops_the_run(tmp_path: Path) -> None:
    persons = written(tmp_path / "p.csv", [person("1", 2.5, TACT="13")], ";")
    with pytest.raises(FitError):
        unprotected.run("fra/census-2020", [persons], tmp_path / "out")
