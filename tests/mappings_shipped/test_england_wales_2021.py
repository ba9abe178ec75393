"""`gbr/census-2021-teaching` on made rows: one file of persons, each of whom stands for 100."""

from __future__ import annotations

from pathlib import Path

import pytest

from harmonize.errors import FitError
from tests import unprotected
from tests.mappings_shipped.made_rows import the_level, written

ADULT = {
    "usual_short_student": 1, "sex": 1, "resident_age_7d": 3, "legal_partnership_status_6a": 2, "residence_type": 1,
    "country_of_birth_3a": 1, "in_full_time_education": 2, "economic_activity_status_10m": 1,
    "hours_per_week_worked": 3, "industry_10a": 8,
}  # fmt: skip
NO_WORK = {"hours_per_week_worked": -8, "industry_10a": -8}
PERSONS = [
    ADULT,
    {**ADULT, "country_of_birth_3a": 2, "economic_activity_status_10m": 3, **NO_WORK},
    {**ADULT, "resident_age_7d": 2, "economic_activity_status_10m": 4, **NO_WORK, "in_full_time_education": 1},
    {**ADULT, "resident_age_7d": 2, "economic_activity_status_10m": 4, "in_full_time_education": 1},
]
ELSEWHERE = dict.fromkeys(set(ADULT) - {"usual_short_student"}, -8)


def test_a_student_who_seeks_work_is_unemployed_and_one_with_hours_is_not(tmp_path: Path) -> None:
    persons = written(tmp_path / "p.csv", PERSONS)
    result = unprotected.run("gbr/census-2021-teaching", [persons], tmp_path / "out")
    assert result.run["unmapped"] == []
    everybody = the_level(result.estimates, "8.5.2", "unemployment", "_T")
    assert (everybody["n"], everybody["estimate"]) == (4, 50.0)
    assert everybody["population"] == 400
    migrants = the_level(result.estimates, "8.5.2", "unemployment", "migrant")
    assert (migrants["n"], migrants["estimate"]) == (1, 100.0)


def test_a_student_who_lives_elsewhere_in_term_time_is_left_out(tmp_path: Path) -> None:
    persons = written(tmp_path / "p.csv", [*PERSONS, {"usual_short_student": 2, **ELSEWHERE}])
    result = unprotected.run("gbr/census-2021-teaching", [persons], tmp_path / "out")
    assert the_level(result.estimates, "8.5.2", "unemployment", "_T")["n"] == 4


def test_a_country_of_birth_that_is_no_code_stops_the_run(tmp_path: Path) -> None:
    persons = written(tmp_path / "p.csv", [{**ADULT, "country_of_birth_3a": 3}])
    with pytest.raises(FitError):
        unprotected.run("gbr/census-2021-teaching", [persons], tmp_path / "out")
