"""What quality.csv hides: few persons, few households, and what would tell of them."""

from __future__ import annotations

import polars as pl
import pytest

from harmonize import pipeline
from harmonize.protect.protection import Protection
from harmonize.quality.measures import MEASURES, at_most
from tests.functional.example import CENSUS, MAPPING
from tests.quality.conftest import persons

STATUSES = ("_T", "migrant", "non_migrant", "unknown")


def flags(found, measure, variable="age"):
    return {
        status: found[measure, variable, status]["conf_status"]
        for status in STATUSES
        if (measure, variable, status) in found
    }


MANY = [*persons(900, NAT=1), *persons(360, NAT=2)]


def test_with_enough_of_everybody_all_is_shown(quality):
    found = quality([*persons(3000), *persons(1500, NAT=2)], "suppress")
    assert {row["conf_status"] for row in found.values()} == {"F"}


@pytest.mark.parametrize("measure", ["whipple", "myers"])
def test_a_few_of_one_status_hide_the_others_but_not_everybody(quality, measure):
    found = quality([*MANY, *persons(9, NAT=9, AGE=40)], "suppress")
    assert flags(found, measure) == {"_T": "F", "migrant": "D", "non_migrant": "D", "unknown": "C"}
    hidden = [row for row in found.values() if row["conf_status"] != "F"]
    assert hidden
    assert {(row["value"], row["n"], row["note"]) for row in hidden} == {(None, None, None)}


def test_a_few_females_among_many_migrants_hide_the_sex_ratio_of_migrants(quality):
    found = quality([*persons(900), *persons(100, NAT=2, SEX=1, AGE=30), *persons(4, NAT=2, SEX=2, AGE=30)], "suppress")
    assert flags(found, "sex_ratio", "sex") == {"_T": "F", "migrant": "C", "non_migrant": "D"}
    assert flags(found, "whipple") == {"_T": "F", "migrant": "F", "non_migrant": "F"}


def test_many_persons_of_few_households_are_hidden(quality):
    crowd = [row | {"HH": 5000 + i % 4} for i, row in enumerate(persons(80, NAT=2, AGE=30))]
    found = quality([*persons(900), *sorted(crowd, key=lambda row: row["HH"])], "suppress")
    assert flags(found, "whipple") == {"_T": "F", "migrant": "C", "non_migrant": "D"}
    crowd = [row | {"HH": 5000 + i % 5} for i, row in enumerate(persons(80, NAT=2, AGE=30))]
    found = quality([*persons(900), *sorted(crowd, key=lambda row: row["HH"])], "suppress")
    assert flags(found, "whipple") == {"_T": "F", "migrant": "F", "non_migrant": "F"}


def test_more_households_than_are_told_apart_are_not_taken_for_enough(quality):
    found = quality(MANY, Protection(min_households=81))
    assert set(flags(found, "whipple").values()) == {"C"}
    found = quality(MANY, Protection(min_households=80))
    assert set(flags(found, "whipple").values()) == {"F"}


def test_a_few_who_are_unknown_are_not_told(quality):
    found = quality([*persons(300), *persons(5, ELEC=9), *persons(300, NAT=2), *persons(40, NAT=2, ELEC=9)], "suppress")
    assert flags(found, "unknown_share", "electricity") == {"_T": "F", "migrant": "D", "non_migrant": "C"}
    assert found["unknown_share", "electricity", "_T"]["value"] == 0.07  # 45 of 645, as the 40 to 49 are


@pytest.mark.parametrize("protect", ["suppress", "round:5", "round:20", Protection("suppress", min_count=30)])
def test_counts_are_rounded_so_that_two_near_each_other_look_alike(quality, protect):
    step = protect.min_count if isinstance(protect, Protection) else {"round:20": 20, "round:5": 5}.get(protect, 10)
    one = quality([*persons(900), *persons(900, NAT=2)], protect)
    other = quality([*persons(902), *persons(900, NAT=2)], protect)
    for key in (("sex_ratio", "sex", "_T"), ("sex_ratio", "sex", "migrant")):
        assert one[key]["n"] % step == 0
        assert one[key] == other[key]


def test_persons_of_some_ages_are_not_counted_beside_suppressed_estimates(quality):
    """570 migrants of 15 to 59 are in the estimates: 580 of 15 to 64 would tell that 5 to 15 are of 60 to 64."""
    migrants = [
        *persons(570, NAT=2, AGE=[15, 30, 45, 59]),
        *persons(6, NAT=2, AGE=62),
        *persons(60, NAT=2, AGE=[3, 93]),
    ]
    rows = [*persons(900, AGE=[*range(90), 95]), *migrants, *persons(40, ELEC=0)]
    counted = {key for key, row in quality(rows, "suppress").items() if row["n"] is not None}
    assert ("sex_ratio", "sex", "migrant") in counted
    of_some = {name for name in MEASURES if name[0] != "sex_ratio"}
    assert not {(*name, status) for name in of_some for status in STATUSES} & counted
    rounded = {key for key, row in quality(rows, "round:5").items() if row["n"] is not None}
    assert {("sex_ratio_15_64", "sex", "migrant"), ("unknown_share", "electricity", "_T")} <= rounded
    assert ("unknown_share", "electricity", "_T") not in counted  # not asked of all
    assert ("unknown_share", "nativity", "_T") in counted


def test_one_count_is_not_told_by_two_roundings(quality):
    """573 migrants are 575 in tables rounded to 5: 570 beside it would leave 573 to 575."""
    found = quality([*persons(900), *persons(573, NAT=2)], "round:5")
    assert {row["n"] for key, row in found.items() if key[0] == "sex_ratio" and key[2] == "migrant"} >= {575}
    assert found["whipple", "age", "migrant"]["n"] % 5 == 0
    assert quality([*persons(900), *persons(573, NAT=2)], "suppress")["sex_ratio", "sex", "migrant"]["n"] == 570


@pytest.mark.parametrize("protect", ["suppress", "round:5"])
def test_an_index_and_what_chance_does_to_it_do_not_tell_the_number_of_few_persons(quality, protect):
    one, other = (
        quality([*persons(900), *persons(each, NAT=2, AGE=[30, 31, 32])], protect)["whipple", "age", "migrant"]
        for each in (70, 170)
    )
    assert {**one, "n": None} == {**other, "n": None}
    assert (one["chance"], one["note"]) == (50, "rough; by chance alone at most 50")


def test_a_ratio_of_too_few_for_its_steps_is_hidden_and_hides_no_other(quality):
    found = quality([*persons(900), *persons(100, NAT=2, AGE=30)], "suppress")
    assert flags(found, "sex_ratio", "sex") == {"_T": "F", "migrant": "C", "non_migrant": "F"}
    row = found["sex_ratio", "sex", "migrant"]
    assert (row["value"], row["n"], row["note"]) == (None, None, None)
    told = found["sex_ratio", "sex", "_T"]
    assert (told["within"], told["note"]) == (7.5, "within 7.5 of the exact ratio")
    assert row["within"] is None


@pytest.mark.parametrize(
    ("exact", "told"), [(1.2, 1.5), (10.0, 10.0), (10.1, 15.0), (23.2, 30.0), (43, 50), (400, 500)]
)
def test_chance_is_told_as_the_most_that_it_is_in_fine_steps(exact, told):
    assert at_most(exact) == told
    assert told / exact < 1.5


def test_a_class_is_told_where_neither_steps_nor_chance_are_wider(quality):
    """Of 4,000 persons chance is 6.3 and a step 1.25: of 125 to 175 one class, of 110 to 125 none where steps cross."""
    heaped = quality(persons(4000, AGE=[30, 31, 32]), "suppress")["whipple", "age", "_T"]
    assert heaped["note"] == "rough; by chance alone at most 7"
    fair = quality(persons(4000, AGE=[30, 31, 32, 33, 34]), "suppress")["whipple", "age", "_T"]
    assert (fair["value"], fair["note"]) == (100, "by chance alone at most 7")
    assert quality(persons(4000, AGE=[30, 31, 32, 33, 34]))["whipple", "age", "_T"]["note"] == "by chance alone 6"


def test_an_exact_index_of_124_is_in_no_class_where_it_is_told_as_100_or_150(quality):
    """100 persons, of whom 25 of 101 are of ages in fives: 123.8 in steps of 50, by chance 39.8."""
    found = quality([*persons(25, AGE=30), *persons(76, AGE=31), *persons(400, AGE=5)], "suppress")
    row = found["whipple", "age", "_T"]
    assert (row["value"], row["note"]) in ((100, "by chance alone at most 50"), (150, "by chance alone at most 50"))


def test_a_sex_that_nobody_has_hides_nothing(quality):
    found = quality([*persons(900), *persons(100, NAT=2, SEX=1, AGE=30)], "suppress")
    assert flags(found, "sex_ratio", "sex") == {"_T": "F", "migrant": "F", "non_migrant": "F"}
    assert (found["sex_ratio", "sex", "migrant"]["value"], found["sex_ratio", "sex", "migrant"]["n"]) == (None, 100)


def test_no_shown_row_is_of_a_few_nor_beside_a_status_of_a_few(tmp_path):
    """The example census: what is exact without protection tells which rows may be shown with it."""
    made = {}
    for protect in ("none", "suppress"):
        pipeline.run(MAPPING, [CENSUS], tmp_path / protect, protect=protect, formats=["csv"])
        made[protect] = pl.read_csv(tmp_path / protect / "quality.csv", schema_overrides={"n": pl.Int64})
    key = ["sample", "measure", "variable"]
    exact = made["none"].filter(pl.col("n").is_not_null())
    few = exact.filter(pl.col("n").is_between(1, 9)).select(key).unique()
    shown = made["suppress"].filter((pl.col("conf_status") == "F") & pl.col("value").is_not_null())
    assert few.height > 5
    beside = shown.join(few, on=key, how="semi")
    assert set(beside["status"]) <= {"_T"}
    assert shown.height > 8
    assert (shown["n"].drop_nulls() % 10 == 0).all()
    hidden = made["suppress"].filter(pl.col("conf_status") != "F")
    assert hidden.select("value", "n", "note").null_count().sum_horizontal().item() == 3 * hidden.height


def test_unprotected_they_are_exact(quality):
    found = quality([*persons(903, SEX=[1, 2, 2]), *persons(7, NAT=9)])
    assert found["sex_ratio", "sex", "non_migrant"]["n"] == 903
    assert found["sex_ratio", "sex", "unknown"]["n"] == 7
