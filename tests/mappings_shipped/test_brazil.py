"""`bra/census-2010` and `bra/census-2022-public` on made rows: persons and dwellings in two files, weighted."""

from __future__ import annotations

from pathlib import Path

import pytest

from harmonize.errors import FitError
from tests import unprotected
from tests.mappings_shipped.made_rows import the_level, written

HEALTHY = {"V0614": 4, "V0615": 4, "V0616": 4, "V0617": 2}
EMPTY = dict.fromkeys(
    (
        "V0619", "V0620", "V0621", "V0622", "V0626", "V0629", "V0630", "V0632", "V0640", "V0650", "V0664", "V6633",
        "V6643", "V6664", "V0613",
    ),
    "",
)  # fmt: skip
ADULT = {
    "V0601": 2, "V6036": 30, "V0502": "01", "V1006": 1, "V0637": 1, "V0639": 1, "V0618": 1, "V0624": "", "V0628": 3,
    "V0627": 1, "V0633": "11", "V0634": 1, "V6900": 1, "V6910": 1, "V6930": 1, "V0648": 1, "V0653": 40, "V0651": 1,
    "V6511": 900, "V6529": 2000, "V0656": 0, "V0663": 2, **HEALTHY, **EMPTY,
}  # fmt: skip
NO_WORK = dict.fromkeys(("V6930", "V0648", "V0653", "V0651", "V6511"), "")
CAME = {"V0618": 3, "V0619": 3, "V0620": 3, "V0621": 2007, "V0622": 2, "V0624": 3, "V0626": 2}


def person(dwelling: int, weight: float, **answers: object) -> dict[str, object]:
    return {"V0300": dwelling, "V0010": weight, "V0011": 1100015003001, **ADULT, **answers}


def dwelling(number: int, **answers: object) -> dict[str, object]:
    services = {
        "V4001": "01", "V4002": 11, "V0208": "01", "V0209": 1, "V0205": 1, "V0206": "", "V0207": 1, "V0211": 1,
        "V0219": 1, "V0220": 1, "V0217": 1, "V0210": 1, "V0201": 1, "V0204": 2, "V0202": 1,
    }  # fmt: skip
    return {"V0300": number, **services, **answers}


PERSONS = [
    person(1, 10.5),
    person(1, 10.5, V0502="02", V6910=2, **CAME, **NO_WORK),
    person(2, 21.0, V0627=2, V0633="", V0634="", V0628=4),
]


def test_2010_services_are_of_the_dwelling_and_who_came_is_a_migrant(tmp_path: Path) -> None:
    persons = written(tmp_path / "p.csv", PERSONS)
    dwellings = written(tmp_path / "d.csv", [dwelling(1), dwelling(2, V0211=3, V0207=3)])
    result = unprotected.run("bra/census-2010", [persons], tmp_path / "out", households=dwellings)
    assert result.run["unmapped"] == []
    assert the_level(result.estimates, "7.1.1", "electricity", "_T")["estimate"] == 50.0
    migrants = the_level(result.estimates, "8.5.2", "unemployment", "migrant")
    assert (migrants["n"], migrants["estimate"]) == (1, 100.0)
    assert the_level(result.estimates, "4.6.1", "literacy_15_plus", "non_migrant")["estimate"] == pytest.approx(
        100 * 10.5 / 31.5
    )


def test_2010_a_year_of_arrival_after_the_census_stops_the_run(tmp_path: Path) -> None:
    persons = written(tmp_path / "p.csv", [person(1, 10.5, **{**CAME, "V0621": 2011})])
    with pytest.raises(FitError):
        unprotected.run("bra/census-2010", [persons], tmp_path / "out")


ADULT_2022 = {
    "P0020": 11, "P0150": 2, "P0180": 7, "P0170": "01", "P0130": "01", "P0140": 1, "P0280": 1, "P0290": 1, "P0470": 2,
    "P0480": 1, "P0520": "", "P0600": "", "P0650": 2, "P0920": 1, "P0930": 1, "P0950": 1, "P0990": "02", "P0940": 1,
    "P0270": "",
}  # fmt: skip
CAME_2022 = {"P0480": 3, "P0520": 3, "P0600": 3, "P0950": 0, "P0990": "", "P0940": ""}


def person_2022(dwelling: int, weight: float, **answers: object) -> dict[str, object]:
    return {"P0100": dwelling, "P0110": weight, **ADULT_2022, **answers}


PERSONS_2022 = [
    person_2022(1, 8.0),
    person_2022(1, 8.0, P0170="02", **CAME_2022),
    person_2022(2, 4.0, P0930=0, P0950="", P0990="", P0940=""),
]


def dwelling_2022(number: int, **answers: object) -> dict[str, object]:
    services = {"D0260": 1, "D0300": 1, "D0250": 1, "D0330": 1, "D0310": 1, "D0190": 1, "D0210": 1}
    return {"P0100": number, **services, **answers}


def test_2022_services_are_of_the_dwelling_and_who_came_is_a_migrant(tmp_path: Path) -> None:
    persons = written(tmp_path / "p.csv", PERSONS_2022, ";")
    dwellings = written(tmp_path / "d.csv", [dwelling_2022(1, D0330=2), dwelling_2022(2)], ";")
    result = unprotected.run("bra/census-2022-public", [persons], tmp_path / "out", households=dwellings)
    assert result.run["unmapped"] == []
    assert the_level(result.estimates, "1.4.1", "internet", "_T")["estimate"] == pytest.approx(20.0)
    everybody = the_level(result.estimates, "8.5.2", "unemployment", "_T")
    assert (everybody["n"], everybody["estimate"]) == (2, 50.0)
    assert the_level(result.estimates, "8.5.2", "unemployment", "migrant")["estimate"] == 100.0


def test_2022_a_country_of_birth_that_is_no_code_stops_the_run(tmp_path: Path) -> None:
    persons = written(tmp_path / "p.csv", [person_2022(1, 8.0, P0480=4)], ";")
    with pytest.raises(FitError):
        unprotected.run("bra/census-2022-public", [persons], tmp_path / "out")
