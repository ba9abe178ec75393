"""A release of few persons is protected too, and never refused: at last the row of everybody is hidden."""

from __future__ import annotations

import json
from pathlib import Path

import polars as pl
import pytest

from harmonize import pipeline
from tests.functional.test_second_looks import ONE_SAMPLE, persons
from tests.protect.outside import MINIMUM, Outside
from tests.protect.test_attack import broken, of_persons, widths
from tests.protect.test_rules_of_suppression import statuses

MAPPING = """\
mapping: made/tiny
version: 1.0.0
title: A made survey
source: {producer: P, citation: C, documentation: D, checked_on: "2026-01-01"}
sample: {country: MEX, year: 2020}
design: {person_weight: W, weight_decimals: 0}
keys: {household: HH}
variables:
  age: {from: AGE, number: {}}
  nativity: {from: NAT, codes: {native_born: 1, foreign_born: 2}, concept: birthplace}
  electricity: {from: ELEC, codes: {"yes": 1, "no": 2}}
  literacy: {from: LIT, codes: {literate: 1, illiterate: 2}}
"""
CHILD = {"AGE": 7, "NAT": 1, "ELEC": 1, "LIT": 1, "W": 1}
ADULT = CHILD | {"AGE": 30}


def released(mapping: str, rows: pl.DataFrame, folder: Path, **options: object) -> tuple[pl.DataFrame, pl.DataFrame]:
    """The estimates protected and not; run.json is in `folder` / suppress."""
    (folder / "made.yaml").write_text(mapping, encoding="utf-8")
    rows.write_csv(folder / "rows.csv")
    protected, plain = (
        pipeline.run(
            str(folder / "made.yaml"), [folder / "rows.csv"], folder / way, protect=way, formats=["csv"], **options
        ).estimates  # type: ignore[arg-type]
        for way in ("suppress", "none")
    )
    return protected, plain


def of_households(groups: list[tuple[int, dict[str, int]]]) -> pl.DataFrame:
    """So many persons of each kind, each alone in a household."""
    everybody = [kind for count, kind in groups for _ in range(count)]
    return pl.DataFrame([kind | {"HH": number} for number, kind in enumerate(everybody)])


def assert_safe(protected: pl.DataFrame, plain: pl.DataFrame, folder: Path) -> None:
    """A reader who has run.json too, with the number of persons, can narrow no count, and no weighted one."""
    persons_told = json.loads((folder / "suppress" / "run.json").read_text())["samples"][0]["persons"]
    outside, truth = Outside(protected, plain=plain), Outside(plain)
    outside.rows_tell = False
    counted = {key: truth.known.get(number) for key, number in truth.names.items()}
    outside.told = {number: persons_told for key, number in outside.names.items() if counted.get(key) == persons_told}
    assert not broken(outside, of_persons(outside, truth))
    assert min(widths(Outside(protected, value="population", plain=plain), plain)) >= MINIMUM - 1e-6


@pytest.mark.parametrize(("weight", "status"), [(10, "D"), (1, "F")])
def test_everybody_is_hidden_where_their_weight_tells_too_much_of_a_few(tmp_path, weight, status):
    """Four adults who weigh 10 each must stay unknown by 100; all together weigh 53, or, where all weigh the same, 17
    where 10 is asked for.
    """
    rows = of_households([(13, CHILD), (4, ADULT | {"W": weight})])
    protected, plain = released(MAPPING, rows, tmp_path, indicators=["7.1.1", "4.6.1"])
    assert statuses(protected, "literacy_15_plus", "") == {"_T": "C"}
    assert statuses(protected, "electricity", "") == {"_T": status}
    assert_safe(protected, plain, tmp_path)


@pytest.mark.parametrize(("with_electricity", "status"), [(8, "D"), (9, "F")])
def test_everybody_is_hidden_where_few_of_them_are_above_the_line_with_all_of_a_few(tmp_path, with_electricity, status):
    """All four adults have electricity: they are at most those who have, and must be possible to be nine."""
    heavy = CHILD | {"W": 10}
    rows = of_households([(4, ADULT), (with_electricity - 4, heavy), (12, heavy | {"ELEC": 2})])
    protected, plain = released(MAPPING, rows, tmp_path, indicators=["7.1.1", "4.6.1"])
    assert statuses(protected, "literacy_15_plus", "") == {"_T": "C"}
    assert statuses(protected, "electricity", "") == {"_T": status}
    assert_safe(protected, plain, tmp_path)


def test_how_many_there_are_is_told_where_everybody_is_hidden(tmp_path):
    released(MAPPING, of_households([(13, CHILD), (4, ADULT | {"W": 10})]), tmp_path, indicators=["7.1.1", "4.6.1"])
    assert json.loads((tmp_path / "suppress" / "run.json").read_text())["persons"] == 17


@pytest.mark.parametrize(("start", "count"), [(145, 16), (0, 12), (60, 25), (200, 40)])
def test_any_few_persons_of_a_survey_are_protected_and_not_refused(tmp_path, start, count):
    rows = persons()[start : start + count]
    asked = ["3.7.2", "7.1.1", "8.5.1", "8.6.1", "10.2.1"]
    protected, plain = released(ONE_SAMPLE, rows, tmp_path, indicators=asked, by=["sex"])
    assert (protected["conf_status"] == "C").any()
    assert_safe(protected, plain, tmp_path)
