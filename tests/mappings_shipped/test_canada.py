"""`can/census-2021-individuals` on made rows: one file of persons, weighted."""

from __future__ import annotations

from pathlib import Path

import pytest

from harmonize.errors import FitError
from tests import unprotected
from tests.mappings_shipped.made_rows import the_level, written

ADULT = {
    "WEIGHT": 37.0, "Gender": 1, "AGEGRP": 11, "MARSTH": 2, "HHSIZE": 3, "POB": 1, "GENSTAT": 4, "Citizen": 1,
    "Mob1": 1, "Mob5": 1, "ATTSCH": 1, "LFACT": 1, "COW": 1, "NAICS": 44, "LOMBM_2018": 1, "TENUR": 1, "BEDRM": 3,
}  # fmt: skip
CAME = {"POB": 25, "GENSTAT": 1, "Citizen": 3, "Mob1": 6, "Mob5": 6}
PERSONS = [
    ADULT,
    {**ADULT, **CAME, "LFACT": 3, "COW": 9, "NAICS": 999, "LOMBM_2018": 2},
    {**ADULT, "WEIGHT": 74.0, "LFACT": 14, "COW": 9, "NAICS": 999, "LOMBM_2018": 9},
    {**ADULT, "AGEGRP": 4, "LFACT": 99, "COW": 9, "NAICS": 999, "ATTSCH": 9, "GENSTAT": 2, "LOMBM_2018": 2},
]


def test_poverty_and_unemployment_are_of_the_codes_and_weighted(tmp_path: Path) -> None:
    persons = written(tmp_path / "p.csv", PERSONS)
    result = unprotected.run("can/census-2021-individuals", [persons], tmp_path / "out")
    assert result.run["unmapped"] == []
    everybody = the_level(result.estimates, "8.5.2", "unemployment", "_T")
    assert (everybody["n"], everybody["estimate"]) == (2, 50.0)
    assert the_level(result.estimates, "8.5.2", "unemployment", "migrant")["estimate"] == 100.0
    poor = the_level(result.estimates, "1.2.1", "national_poverty", "_T")
    assert poor["estimate"] == pytest.approx(100 * 2 / 3)


def test_a_place_of_birth_that_is_no_code_stops_the_run(tmp_path: Path) -> None:
    persons = written(tmp_path / "p.csv", [{**ADULT, "POB": 33}])
    with pytest.raises(FitError):
        unprotected.run("can/census-2021-individuals", [persons], tmp_path / "out")
