"""`chl/census-2017` on made rows: persons and dwellings in two files, as the census's office gives them."""

from __future__ import annotations

from pathlib import Path

from tests import unprotected
from tests.mappings_shipped.made_rows import the_level, written

NOBODY = {
    "P10": 1, "P11": 2, "P12A_LLEGADA": 9998, "P12PAIS": 998, "P13": 2, "P14": 8, "P15": 5, "P15A": 1, "P17": 1,
    "P18": "C", "P19": 98, "P20": 98, "P21M": 98, "P21A": 9998, "AREA": 1,
}  # fmt: skip
DWELLINGS: list[dict[str, object]] = [
    {"ID_ZONA_LOC": 1, "NVIV": 1, "P03C": 1, "P04": 2, "P05": 1, "CANT_PER": 3},
    {"ID_ZONA_LOC": 1, "NVIV": 2, "P03C": 5, "P04": 1, "P05": 2, "CANT_PER": 1},
]


def person(dwelling: int, number: int, **answers: object) -> dict[str, object]:
    key = {"ID_ZONA_LOC": 1, "NVIV": dwelling, "NHOGAR": 1, "PERSONAN": number}
    return {**key, "P07": 1, "P08": 1, "P09": 30, "P12": 1, **NOBODY, **answers}


PERSONS = [
    person(1, 1),
    person(1, 2, P07=2, P08=2, P12=8, P12PAIS=332, P12A_LLEGADA=2015, P11=9, P17=4, P18="98", P19=0),
    person(1, 3, P07=5, P09=20, P17=5, P18="98"),
    person(2, 1, P12=3, P12A_LLEGADA=1990, P18="A"),
    person(2, 2, P12=5, P10=4),
]


def test_persons_who_live_in_another_country_are_not_counted_and_nobody_has_an_error_of_sampling(
    tmp_path: Path,
) -> None:
    persons = written(tmp_path / "persons.csv", PERSONS, ";")
    dwellings = written(tmp_path / "dwellings.csv", DWELLINGS, ";")
    result = unprotected.run("chl/census-2017", [persons], tmp_path / "out", households=dwellings)
    assert result.run["unmapped"] == []
    everybody = the_level(result.estimates, "8.5.2", "unemployment", "_T")
    assert (everybody["n"], everybody["se"]) == (3, None)
    migrants = the_level(result.estimates, "8.5.2", "unemployment", "migrant")
    assert (migrants["n"], migrants["estimate"]) == (2, 50.0)
    assert the_level(result.estimates, "1.4.1", "piped_water", "_T")["estimate"] == 75.0
