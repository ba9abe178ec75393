"""`gtm/census-2018` on made rows: persons and households in two files."""

from __future__ import annotations

from pathlib import Path

import pytest

from harmonize.errors import FitError
from tests import unprotected
from tests.mappings_shipped.made_rows import the_level, written

HEALTHY = dict.fromkeys((f"PCP16_{each}" for each in "ABCDEF"), 1)
ASKED = {
    "PCP34": 3, "AREA": 1, "PCP10": 1, "PCP10_B": "", "PCP10_C": "", "PCP10_D": "", "PCP11": 2, "PCP11_B": "",
    "PCP11_C": "", "PCP9": 1, "PCP18": 2, "PCP22": 1, "NIVGRADO": 36, "ANEDUCA": 6, "PCP26_C": 1, "PCP27": 1,
    "PCP28": "", "PCP29": "", "PCP31_D": 5, "PCP32_2D": 14, "PCP35_A": "", "PCP36_A": "", "PCP38_B": "", "PCP38_C": "",
}  # fmt: skip


def person(household: int, number: int, **answers: object) -> dict[str, object]:
    key = {"NUM_VIVIENDA": household, "NUM_HOGAR": 1, "PCP1": number}
    return {**key, "PCP5": 1, "PCP6": 1, "PCP7": 30, **HEALTHY, **ASKED, **answers}


def household(number: int, **answers: object) -> dict[str, object]:
    services = {"PCH1": 1, "PCH4": 1, "PCH5": 1, "PCH8": 1, "PCH9_I": 1, "PCH10": 1, "PCH12": 2, "PCH14": 1}
    return {"NUM_VIVIENDA": number, "NUM_HOGAR": 1, **services, **answers}


PERSONS = [
    person(1, 1),
    person(1, 2, PCP5=2, PCP6=2, PCP10=2, PCP10_C=4, PCP10_D=2016, PCP11=3, PCP11_C=4, PCP35_A=0),
    person(2, 1, PCP10=2, PCP10_B=5, PCP22=2, NIVGRADO=10, ANEDUCA=0),
    person(2, 2, PCP5=3, PCP7=3, PCP34="", PCP27="", PCP31_D="", PCP32_2D="", PCP22="", PCP18="", NIVGRADO=""),
]


def test_services_are_of_the_household_and_who_is_foreign_born_is_told_by_the_country(tmp_path: Path) -> None:
    persons = written(tmp_path / "p.csv", PERSONS)
    households = written(tmp_path / "h.csv", [household(1), household(2, PCH8=4)])
    result = unprotected.run("gtm/census-2018", [persons], tmp_path / "out", households=households)
    assert result.run["unmapped"] == []
    assert the_level(result.estimates, "7.1.1", "electricity", "_T")["estimate"] == 50.0
    migrants = the_level(result.estimates, "7.1.1", "electricity", "migrant")
    assert (migrants["n"], migrants["estimate"]) == (1, 100.0)
    assert the_level(result.estimates, "4.6.1", "literacy_15_plus", "non_migrant")["estimate"] == 50.0


def test_a_person_with_a_department_and_a_country_of_birth_stops_the_run(tmp_path: Path) -> None:
    persons = written(tmp_path / "p.csv", [person(1, 1, PCP10=2, PCP10_B=5, PCP10_C=4)])
    with pytest.raises(FitError):
        unprotected.run("gtm/census-2018", [persons], tmp_path / "out")
