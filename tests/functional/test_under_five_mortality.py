"""3.2.1 through a whole run: Panama 1976, whose numbers the UN Manual X published, written out as persons."""

from __future__ import annotations

import csv
import json
from pathlib import Path

import polars as pl
import pytest

from harmonize import pipeline
from harmonize.demography.child_mortality import child_mortality
from harmonize.partial.merging import merge
from harmonize.partial.tabulating import tabulate_part
from harmonize.protect.protection import Protection
from tests import unprotected

AGES = ("15_19", "20_24", "25_29", "30_34", "35_39", "40_44", "45_49")
WOMEN = (2695, 2095, 1828, 1605, 1362, 1128, 930)
BORN = (557, 2633, 4757, 6085, 6722, 6367, 5276)
DEAD = (40, 130, 312, 435, 636, 686, 689)
# published by the package u5mr of the same table, West, both sexes; deaths before age 5 per birth
FIVE = (0.1068, 0.0582, 0.0702, 0.0718, 0.0886, 0.0936, 0.1033)
Q_X = (0.07658, 0.05137, 0.06518, 0.07179, 0.09671, 0.10882, 0.13087)
TIMES = (1.048, 2.365, 4.315, 6.637, 9.194, 11.924, 14.856)

MAPPING = """\
mapping: made/panama
version: 1.0.0
title: Panama 1976 written out
source: {producer: made, citation: "UN Manual X, table 49", documentation: none, checked_on: "2026-11-24"}
sample: {id: PAN_1976, country: PAN, year: 1976}
design: {weight_kind: none}
keys: {household: HH}
variables:
  sex: {from: SEX, codes: {male: 1, female: 2}}
  age: {from: AGE, number: {}}
  nativity: {from: NATIVE, codes: {native_born: 1, foreign_born: 2}}
  children_ever_born: {from: CEB, number: {}, missing: {unknown: 99, not_applicable: blank}}
  children_surviving: {from: CS, number: {}, missing: {unknown: 99, not_applicable: blank}}
"""


def persons() -> list[dict[str, str]]:
    """Women whose children and losses add up to the table; each second one is foreign-born, and bore the same."""
    rows = []
    for group, (women, born, dead) in enumerate(zip(WOMEN, BORN, DEAD, strict=True)):
        for i in range(women):
            children = born // women + (i < born % women)
            lost = dead // women + (i < dead % women)
            rows.append(
                {
                    "HH": str(len(rows)), "SEX": "2", "AGE": str(15 + 5 * group + i % 5), "NATIVE": str(1 + i % 2),
                    "CEB": str(children), "CS": str(children - min(lost, children)),
                }
            )  # fmt: skip
    return rows


def written(folder: Path, rows: list[dict[str, str]], name: str = "persons.csv") -> Path:
    (folder / "panama.yaml").write_text(MAPPING)
    with (folder / name).open("w", newline="") as file:
        writer = csv.DictWriter(file, list(rows[0]))
        writer.writeheader()
        writer.writerows(rows)
    return folder / name


@pytest.fixture(scope="module")
def measured(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, pl.DataFrame]:
    folder = tmp_path_factory.mktemp("panama")
    data = written(folder, persons())
    unprotected.run(str(folder / "panama.yaml"), [data], folder / "out", indicators=["3.2.1"])
    return folder, pl.read_csv(folder / "out" / "estimates.csv", infer_schema_length=None)


def level(table: pl.DataFrame, series: str, status: str = "_T") -> dict[str, object]:
    (row,) = table.filter(
        (pl.col("series") == series)
        & (pl.col("statistic") == "level")
        & (pl.col("disaggregation") == ("total" if status == "_T" else "migratory_status"))
        & (pl.col("migratory_status") == status)
    ).iter_rows(named=True)
    return row


@pytest.mark.parametrize("group", range(1, 7))
def test_each_age_of_mothers_gives_the_published_number(measured, group):
    row = level(measured[1], f"under_five_mortality_{AGES[group]}")
    assert row["estimate"] == pytest.approx(1000 * FIVE[group], abs=0.05)
    assert row["unit"] == "per_1000"
    assert row["status_of"] == "mother"
    assert row["n"] == WOMEN[group]


def test_the_headline_is_the_mean_of_the_women_aged_25_to_34(measured):
    row = level(measured[1], "under_five_mortality")
    exact = child_mortality(WOMEN, BORN, DEAD)
    assert row["estimate"] == pytest.approx(1000 * exact.q5, rel=1e-12)
    assert row["n"] == WOMEN[2] + WOMEN[3]


def test_women_aged_15_to_19_serve_the_parities_alone_and_no_helper_is_shown(measured):
    shown = set(measured[1]["series"])
    assert shown == {"under_five_mortality", *(f"under_five_mortality_{age}" for age in AGES[1:])}


def test_the_file_beside_has_q_and_the_date_that_it_is_of(measured):
    rows = pl.read_csv(measured[0] / "out" / "under_five_mortality.csv", infer_schema_length=None)
    total = rows.filter(pl.col("disaggregation") == "total")
    (headline,) = total.filter(pl.col("mothers") == "25_34").iter_rows(named=True)
    assert headline["q_5"] == pytest.approx((FIVE[2] + FIVE[3]) / 2, abs=5e-5)
    assert headline["reference_date"] == pytest.approx(1976.5 - (TIMES[2] + TIMES[3]) / 2, abs=6e-4)
    total = total.filter(pl.col("mothers") != "25_34")
    assert total["mothers"].to_list() == list(AGES[1:])
    assert total["q_x"].to_list() == pytest.approx(list(Q_X[1:]), abs=6e-6)
    assert total["x"].to_list() == [2, 3, 5, 10, 15, 20]
    assert total["reference_date"].to_list() == pytest.approx([1976.5 - t for t in TIMES[1:]], abs=6e-4)
    assert set(rows["family"]) == {"west"}


def test_groups_take_the_parities_of_everybody_and_their_own_losses(measured):
    rows = [row for row in persons() if row["NATIVE"] == "2"]
    women, born, dead = [0.0] * 7, [0.0] * 7, [0.0] * 7
    for row in rows:
        group = (int(row["AGE"]) - 15) // 5
        women[group] += 1
        born[group] += int(row["CEB"])
        dead[group] += int(row["CEB"]) - int(row["CS"])
    everybody = [b / w for b, w in zip(BORN, WOMEN, strict=True)]
    exact = child_mortality(women, born, dead, parities=everybody)
    for group in range(1, 7):
        row = level(measured[1], f"under_five_mortality_{AGES[group]}", "migrant")
        assert row["estimate"] == pytest.approx(1000 * exact.groups[group].q5, rel=1e-12)


def test_the_standard_error_is_that_of_leaving_out_each_group_of_clusters(measured):
    """Near what losses at random would give: the share of children dead of women aged 25-29, times k and the table."""
    row = level(measured[1], "under_five_mortality_25_29")
    exact = child_mortality(WOMEN, BORN, DEAD).groups[2]
    share = exact.proportion_dead
    at_random = 1000 * exact.q5 / share * (share * (1 - share) / BORN[2]) ** 0.5
    assert at_random / 2 < row["se"] < 2 * at_random
    assert row["df"] == 49
    assert row["ci_lower"] < row["estimate"] < row["ci_upper"]


def test_methods_csv_says_that_its_errors_are_of_a_jackknife_of_its_own(measured):
    folder, _ = measured
    methods = pl.read_csv(folder / "out" / "methods.csv").filter(
        pl.col("indicator") == "3.2.1", pl.col("measurement") != "unavailable"
    )
    assert methods.height > 0
    assert set(methods["standard_errors"]) == {"jackknife over groups of clusters"}


def test_the_order_of_rows_and_the_size_of_batches_change_no_byte(measured, tmp_path):
    data = written(tmp_path, persons()[::-1])
    unprotected.run(str(tmp_path / "panama.yaml"), [data], tmp_path / "out", indicators=["3.2.1"], chunk_size=1000)
    for name in ("estimates.csv", "under_five_mortality.csv"):
        assert (tmp_path / "out" / name).read_bytes() == (measured[0] / "out" / name).read_bytes()


@pytest.mark.parametrize("protect", ["suppress", "none"])
def test_parts_merged_give_the_same_bytes(measured, tmp_path, protect):
    from harmonize.apply import apply

    folder = measured[0]
    asked = {"indicators": ["3.2.1"], "protect": protect}
    pipeline.run(str(folder / "panama.yaml"), [folder / "persons.csv"], tmp_path / "whole", **asked)
    apply(str(folder / "panama.yaml"), [folder / "persons.csv"], tmp_path / "all.parquet")
    whole = pl.read_parquet(tmp_path / "all.parquet")
    states = []
    for number, (first, last) in enumerate(((0, 4001), (4001, 11643))):
        part = tmp_path / f"part{number}.parquet"
        whole[first:last].write_parquet(part)
        (tmp_path / f"part{number}.parquet.meta.json").write_bytes((tmp_path / "all.parquet.meta.json").read_bytes())
        states.append(tabulate_part([part], tmp_path / f"p{number}", indicators=["3.2.1"]).state)
    merge(states, tmp_path / "out", protect=protect)
    for name in ("estimates.csv", "under_five_mortality.csv"):
        assert (tmp_path / "out" / name).read_bytes() == (tmp_path / "whole" / name).read_bytes()


def test_women_who_do_not_say_are_left_out_and_corrected_for(tmp_path):
    """A tenth of women aged 15-29 do not say: El-Badry's line takes those of them who have no children as childless."""
    rows = persons()
    for i, row in enumerate(rows):
        if int(row["AGE"]) < 30 and i % 10 == 0:
            row["CEB"] = row["CS"] = "99"
    data = written(tmp_path, rows)
    unprotected.run(str(tmp_path / "panama.yaml"), [data], tmp_path / "out", indicators=["3.2.1"])
    table = pl.read_csv(tmp_path / "out" / "estimates.csv", infer_schema_length=None)
    row = level(table, "under_five_mortality_25_29")
    assert 0.09 < row["left_out_share"] < 0.11
    assert row["estimate"] == pytest.approx(1000 * FIVE[2], rel=0.1)

    (sample,) = json.loads((tmp_path / "out" / "run.json").read_text())["samples"]
    told = sample["women_of_under_five_mortality"]
    assert told["mothers"] == list(AGES)
    assert all(0.09 < share < 0.11 for share in told["share_not_stated"][:3])
    assert told["share_not_stated"][3:] == [0, 0, 0, 0]
    assert told["el_badry"]["applies"]
    # some of those who do not say are childless, so that there are fewer children a woman
    pairs = zip(told["mean_parities"][:3], told["mean_parities_taken"][:3], strict=True)
    assert all(taken < reported for reported, taken in pairs)


def test_more_children_living_than_born_do_not_count(tmp_path):
    rows = persons()
    rows[0] = rows[0] | {"CEB": "1", "CS": "5"}
    data = written(tmp_path, rows)
    unprotected.run(str(tmp_path / "panama.yaml"), [data], tmp_path / "out", indicators=["3.2.1"])
    table = pl.read_csv(tmp_path / "out" / "estimates.csv", infer_schema_length=None)
    assert all(0 <= value <= 1000 for value in table["estimate"].drop_nulls() if value is not None and value > 5)


def estimated(folder: Path, rows: list[dict[str, str]], mapping: str = MAPPING) -> pl.DataFrame:
    data = written(folder, rows)
    (folder / "panama.yaml").write_text(mapping)
    return unprotected.run(str(folder / "panama.yaml"), [data], folder / "out", indicators=["3.2.1"]).estimates


def test_without_the_women_whose_parities_the_method_takes_there_is_no_number(tmp_path):
    """Asked from 20 on: a share of children dead is no under-five mortality."""
    mapping = MAPPING.replace("{from: CEB,", "{from: CEB, universe: {min_age: 20},")
    table = estimated(tmp_path, [row for row in persons() if int(row["AGE"]) >= 20], mapping)
    assert table["estimate"].null_count() == table.height
    assert set(table["obs_status"]) <= {"M"}
    assert not (tmp_path / "out" / "under_five_mortality.csv").exists()


def test_asked_to_44_all_but_the_oldest_women_have_their_number(tmp_path):
    mapping = MAPPING.replace("{from: CEB,", "{from: CEB, universe: {max_age: 44},")
    table = estimated(tmp_path, [row for row in persons() if int(row["AGE"]) < 45], mapping)
    headline = child_mortality(WOMEN, BORN, DEAD).q5
    assert level(table, "under_five_mortality")["estimate"] == pytest.approx(1000 * headline, rel=1e-12)
    assert "under_five_mortality_45_49" not in set(table["series"])


def test_without_surviving_children_a_year_of_arrival_needs_no_date(tmp_path):
    """Parities are known, and when migrants came; what is dated by them is not measured."""
    lines = [line for line in MAPPING.splitlines(keepends=True) if "children_surviving" not in line]
    mapping = "".join(lines) + "  year_of_arrival: {from: CAME, number: {}, missing: {not_applicable: blank}}\n"
    rows = [row | {"CAME": "1970" if row["NATIVE"] == "2" else ""} for row in persons()]
    data = written(tmp_path, rows)
    (tmp_path / "panama.yaml").write_text(mapping)
    run = unprotected.run(str(tmp_path / "panama.yaml"), [data], tmp_path / "out")
    assert "under_five_mortality" not in set(run.estimates["series"].cast(str))


def test_where_no_woman_under_20_has_a_child_the_run_goes_on(tmp_path):
    rows = [row | {"CEB": "0", "CS": "0"} if int(row["AGE"]) < 20 else row for row in persons()]
    row = level(estimated(tmp_path, rows), "under_five_mortality_25_29")
    assert row["estimate"] is not None
    assert row["se"] is not None


def test_parities_that_do_not_rise_with_age_give_no_number(tmp_path):
    rows = [row | {"CEB": "30", "CS": "30"} if int(row["AGE"]) == 17 else row for row in persons()]
    assert estimated(tmp_path, rows)["estimate"].null_count() > 0
    assert level(estimated(tmp_path, rows), "under_five_mortality")["obs_status"] == "M"


def test_a_number_at_the_end_of_the_life_tables_has_no_error_as_it_is_not_known(tmp_path):
    """Without one of the groups the share of children dead falls below what any level of the tables has."""
    rows = persons()
    young = [row for row in rows if 20 <= int(row["AGE"]) < 25]
    for number, row in enumerate(young):
        row["CS"] = str(int(row["CEB"]) - (number < 16 and int(row["CEB"]) > 0))
    row = level(estimated(tmp_path, rows), "under_five_mortality_20_24")
    assert row["estimate"] is not None
    assert row["se"] is None
    assert row["obs_status"] == "U"


def test_women_with_more_children_living_than_born_are_counted_as_a_contradiction(tmp_path):
    rows = persons()
    rows[0] = rows[0] | {"CEB": "1", "CS": "5"}
    data = written(tmp_path, rows)
    exact = Protection("none", min_count=1)
    run = pipeline.run(str(tmp_path / "panama.yaml"), [data], tmp_path / "out", indicators=["3.2.1"], protect=exact)
    assert run.run["contradictions"] == [{"words": "more children living than born", "persons": 1}]


def test_with_replicate_weights_the_error_is_still_that_of_groups_of_clusters(tmp_path):
    rows = persons()[::4]
    weighted = MAPPING.replace("weight_kind: none", "person_weight: W, weight_decimals: 0")
    said = ", replicate_weights: {columns: [R1, R2], method: brr}}"
    replicated = weighted.replace("weight_decimals: 0}", f"weight_decimals: 0{said}")
    assert replicated != weighted
    rows = [row | {"W": "1", "R1": str(2 * (i % 2)), "R2": str(2 - 2 * (i % 2))} for i, row in enumerate(rows)]
    (tmp_path / "one").mkdir()
    (tmp_path / "two").mkdir()
    one = estimated(tmp_path / "one", rows, weighted).filter(pl.col("indicator") == "3.2.1")
    two = estimated(tmp_path / "two", rows, replicated).filter(pl.col("indicator") == "3.2.1")
    assert one["se"].drop_nulls().len() > 10
    assert two.equals(one)
