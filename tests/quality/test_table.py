"""quality.csv of made persons: each number by hand, what it takes, and when there is none."""

from __future__ import annotations

import numpy as np
import pytest

from harmonize.quality.ages import AGES
from harmonize.quality.measures import Context, measures
from harmonize.quality.persons import Persons
from harmonize.quality.sums import OneStatus
from tests.quality.conftest import SINGLE, persons


def test_whipples_index_counts_weights_of_ages_in_fives_from_23_to_62(quality):
    rows = [*persons(40, AGE=25, W=3), *persons(60, AGE=31), *persons(50, AGE=20), *persons(50, AGE=65)]
    found = quality(rows)["whipple", "age", "_T"]
    assert found["value"] == pytest.approx(500 * 120 / 180, abs=1e-4)
    assert found["n"] == 100


def test_each_status_has_its_own_and_a_status_of_nobody_has_no_row(quality):
    found = quality([*persons(100, AGE=[30, 31]), *persons(50, AGE=30, NAT=2)])
    assert found["whipple", "age", "non_migrant"]["value"] == 250
    assert found["whipple", "age", "migrant"]["value"] == 500
    assert found["whipple", "age", "_T"]["value"] == pytest.approx(500 * 100 / 150, abs=1e-4)
    assert ("whipple", "age", "unknown") not in found


def test_the_note_of_an_index_has_its_class_and_what_chance_alone_does(quality):
    found = quality(persons(400, AGE=[30, 31, 32, 33]))
    assert found["whipple", "age", "_T"]["note"] == "rough; by chance alone 20"
    assert found["myers", "age", "_T"]["note"] == "ages 10 to 89; by chance alone 6"


@pytest.mark.parametrize(
    ("fives", "others", "heaped"),
    [(1000, 3000, True), (999, 3001, False), (36, 100, False), (1001, 3000, True)],
)  # the third is 132, and by chance alone 34
@pytest.mark.parametrize("protect", ["none", "suppress", "round:5"])
def test_ages_are_heaped_from_125_on_where_chance_does_not_explain_it(fives, others, heaped, protect):
    weights = np.zeros((2, 3 * AGES), object)
    weights[:, 30], weights[:, 31] = fives, others
    everybody = Persons(
        OneStatus(persons=weights[0].astype(int), weight=weights[0].astype(int), square=weights[1]), False
    )
    context = Context(None) if protect == "none" else Context(None, base=10, width=20)
    reading = {name: read for name, _, read in measures(["age"])}["whipple"](everybody, context)
    assert reading.heaped == heaped


def test_unequal_weights_make_chance_larger_by_kishs_design_effect(quality):
    """400 persons, 200 of weight 1 and 200 of weight 4: 400 × 3400 / 1000² = 1.36 times the variance."""
    rows = [*persons(200, AGE=[30, 31, 32, 33]), *persons(200, AGE=[30, 31, 32, 33], W=4)]
    found = quality(rows)["whipple", "age", "_T"]
    assert found["chance"] == pytest.approx(20 * 1.36**0.5, abs=0.05)
    assert found["note"] == "rough; by chance alone 23"
    assert quality(rows)["myers", "age", "_T"]["chance"] == pytest.approx(6 * 1.36**0.5, abs=0.05)
    assert quality(persons(400, AGE=[30, 31], W=7))["whipple", "age", "_T"]["chance"] == 20
    assert quality(rows)["sex_ratio", "sex", "_T"]["chance"] is None


def test_the_weights_of_other_ages_do_not_count_for_chance(quality):
    rows = persons(400, AGE=[30, 31, 32, 33])
    assert quality([*rows, *persons(100, AGE=5, W=90)])["whipple", "age", "_T"]["chance"] == 20


@pytest.mark.parametrize("chunk_size", [7, 100, 1000])
def test_chance_is_the_same_whatever_the_order_and_the_chunks(quality, chunk_size):
    rows = persons(600, AGE=list(range(20, 70)), W=[1, 2.5, 90000, 3.7])
    assert quality(rows[::-1], chunk_size=chunk_size) == quality(rows)


def test_whom_the_mapping_leaves_out_counts_for_nothing(quality):
    kept = persons(300, W=[1, 3], AGE=[20, 31, 47, 60], SEX=[1, 2, 2], NAT=[1, 2], ELEC=[1, 9, 0])
    others = persons(100, W=50, AGE=30, SEX=1, NAT=2, ELEC=9, OUT=1)
    kept = [row | {"OUT": 0} for row in kept]
    assert quality([*kept, *others], only="OUT = 0") == quality(kept, only="OUT = 0")


def test_a_sex_ratio_is_males_per_100_females_by_broad_age_and_of_all_ages(quality):
    rows = [*persons(30, SEX=1, AGE=14), *persons(40, SEX=2, AGE=15), *persons(20, SEX=1, AGE=65), *persons(10, SEX=2)]
    rows = [row | {"AGE": 80} if row["SEX"] == 2 and row["AGE"] != 15 else row for row in rows]
    found = quality([*rows, *persons(5, SEX=9), *persons(8, SEX=1, AGE=999)])
    assert found["sex_ratio", "sex", "_T"] | {"value": 116, "n": 108} == found["sex_ratio", "sex", "_T"]
    assert found["sex_ratio_0_14", "sex", "_T"]["value"] is None  # no females
    assert found["sex_ratio_15_64", "sex", "_T"]["value"] == 0
    assert found["sex_ratio_65_plus", "sex", "_T"]["value"] == 200


def test_the_share_unknown_is_of_those_asked_by_weight(quality):
    rows = [*persons(40), *persons(10, ELEC=9, W=2), *persons(15, ELEC=0), *persons(20, NAT=2, ELEC=[1, 9])]
    found = quality(rows)
    assert found["unknown_share", "electricity", "non_migrant"]["value"] == pytest.approx(20 / 60, abs=1e-4)
    assert found["unknown_share", "electricity", "non_migrant"]["n"] == 50
    assert found["unknown_share", "electricity", "migrant"]["value"] == 0.5
    assert found["unknown_share", "electricity", "_T"]["value"] == 0.375


def test_age_sex_and_status_have_shares_unknown_too(quality):
    found = quality([*persons(60), *persons(20, SEX=9), *persons(10, AGE=999), *persons(10, NAT=9)])
    assert found["unknown_share", "sex", "_T"]["value"] == 0.2
    assert found["unknown_share", "age", "_T"]["value"] == 0.1
    assert found["unknown_share", "nativity", "_T"]["value"] == 0.1
    assert found["unknown_share", "sex", "unknown"]["value"] == 0
    assert ("unknown_share", "nativity", "migrant") not in found  # who is unknown has no status


def test_where_age_is_in_classes_alone_there_is_no_heaping_and_the_table_says_so(quality):
    bands = "{from: AGE, bands: {0..14: 1, 15..64: 2, 65..: 3}}"
    found = quality(persons(300, AGE=[1, 2, 3]), age=bands)
    for measure in ("whipple", "myers"):
        (row,) = (row for key, row in found.items() if key[0] == measure)
        assert (row["value"], row["n"]) == (None, None)
        assert row["note"] == "age is known in classes only"
    assert found["sex_ratio_15_64", "sex", "_T"]["n"] == 100


def test_an_open_class_of_the_oldest_leaves_the_years_below_it(quality):
    bands = ", ".join(f"{age}: {age}" for age in range(80))
    found = quality(persons(1600, AGE=list(range(81))), age=f"{{from: AGE, bands: {{{bands}, 80..: 80}}}}")
    assert found["myers", "age", "_T"]["note"] == "ages 10 to 79: 80 stands for all older ages; by chance alone 3"
    assert found["myers", "age", "_T"]["value"] == pytest.approx(0, abs=1)
    assert found["unknown_share", "age", "_T"]["value"] == 0


@pytest.mark.parametrize(
    ("top", "note"),
    [(99, "ages 10 to 89"), (85, "ages 10 to 79: 85 stands for all older ages"), (60, "60 stands for all older ages")],
)
def test_a_top_code_is_no_age_of_its_own(quality, top, note):
    age = SINGLE.replace("number: {}", f"number: {{top_code: {top}}}")
    found = quality(persons(2000, AGE=list(range(top + 1))), age=age)
    assert found["myers", "age", "_T"]["note"].split(";")[0] == note
    assert ("whipple", "age", "non_migrant") in found or top == 60


def test_without_age_and_sex_the_shares_unknown_remain(quality):
    found = quality(persons(100), age='{unavailable: "not asked"}')
    assert {measure for measure, _, _ in found} == {"sex_ratio", "unknown_share"}
    assert ("unknown_share", "age", "_T") not in found
