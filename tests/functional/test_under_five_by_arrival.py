"""3.2.1 of migrants: mothers who had arrived when the number is of, where their year of arrival is known."""

from __future__ import annotations

import csv
from pathlib import Path

import polars as pl
import pytest

from harmonize.apply import apply
from harmonize.demography.child_mortality import child_mortality
from harmonize.options import Options
from harmonize.partial.tabulating import tabulate_part
from tests import unprotected
from tests.functional.test_under_five_mortality import AGES, BORN, DEAD, MAPPING, WOMEN, level, persons

YEARS = "  years_since_arrival: {from: YEARS, number: {}, missing: {unknown: 99, not_applicable: blank}}\n"
CLASSES = "  years_since_arrival: {from: YEARS, bands: {0..4: 0, 5..9: 1, 10..: 2}, missing: {not_applicable: blank}}\n"
TIMES = [group.t for group in child_mortality(WOMEN, BORN, DEAD).groups]
EVERYBODY = [born / women for born, women in zip(BORN, WOMEN, strict=True)]


def women() -> list[dict[str, str]]:
    """Every second one came from abroad, 0 to 19 years ago; a few do not say; and those who came late lost more."""
    rows = []
    for i, row in enumerate(persons()):
        abroad = row["NATIVE"] == "2"
        years = "99" if i % 46 == 1 else str(i // 2 % 20)
        if abroad and 0 <= int(years) < 5 and int(row["CEB"]) > 1:
            row["CS"] = str(int(int(row["CS"]) > 0))
        rows.append(row | {"YEARS": years if abroad else "", "BLOCK": str(i % 97)})
    return rows


def was_here(row: dict[str, str]) -> bool:
    return row["YEARS"] != "99" and int(row["YEARS"]) >= TIMES[(int(row["AGE"]) - 15) // 5]


def estimated(folder: Path, rows: list[dict[str, str]], mapping: str, **given: object) -> pl.DataFrame:
    folder.mkdir(exist_ok=True)
    (folder / "panama.yaml").write_text(mapping)
    with (folder / "persons.csv").open("w", newline="") as file:
        writer = csv.DictWriter(file, list(rows[0]))
        writer.writeheader()
        writer.writerows(rows)
    made = unprotected.run(
        str(folder / "panama.yaml"), [folder / "persons.csv"], folder / "out", indicators=["3.2.1"], **given
    )
    return made.estimates


def sums(rows: list[dict[str, str]]) -> tuple[list[float], list[float], list[float]]:
    """Women, children ever born and dead by age group."""
    found = [0.0] * 7, [0.0] * 7, [0.0] * 7
    for row in rows:
        for total, more in zip(found, (1, int(row["CEB"]), int(row["CEB"]) - int(row["CS"])), strict=True):
            total[(int(row["AGE"]) - 15) // 5] += more
    return found


@pytest.fixture(scope="module")
def by_year(tmp_path_factory: pytest.TempPathFactory) -> pl.DataFrame:
    return estimated(tmp_path_factory.mktemp("years"), women(), MAPPING + YEARS)


def test_migrants_are_the_mothers_who_had_arrived(by_year):
    """Each age of mothers by the date of its own number, from 2.4 years ago of 20-24 to 14.9 of 45-49."""
    here = [row for row in women() if row["NATIVE"] == "2" and was_here(row)]
    exact = child_mortality(*sums(here), parities=EVERYBODY)
    for group in range(1, 7):
        row = level(by_year, f"under_five_mortality_{AGES[group]}", "migrant")
        assert row["estimate"] == pytest.approx(1000 * exact.groups[group].q5, rel=1e-12)
        assert row["n"] == sums(here)[0][group]
        assert row["proxy_reason"] == "indirect_estimate"
    assert level(by_year, "under_five_mortality", "migrant")["estimate"] == pytest.approx(1000 * exact.q5, rel=1e-12)


def test_later_ones_are_of_unknown_status_and_nobody_else_is(by_year):
    later = [row for row in women() if row["NATIVE"] == "2" and not was_here(row)]
    for group in range(1, 7):
        assert level(by_year, f"under_five_mortality_{AGES[group]}", "unknown")["n"] == sums(later)[0][group]
        assert level(by_year, f"under_five_mortality_{AGES[group]}")["n"] == WOMEN[group]
    abroad = by_year.filter(pl.col("nativity") == "foreign_born", pl.col("series") == "under_five_mortality")
    assert abroad["n"].to_list() == [sum(row["NATIVE"] == "2" and 25 <= int(row["AGE"]) < 35 for row in women())]


@pytest.mark.parametrize("design", ["weight_kind: none", "weight_kind: none, cluster: BLOCK"])
def test_all_numbers_are_those_of_a_census_that_did_not_know_the_status_of_later_ones(tmp_path, design):
    """Estimates, errors, counts and comparisons: the same women written as of unknown birthplace."""
    unsure = [row | {"NATIVE": "9"} if row["NATIVE"] == "2" and not was_here(row) else row for row in women()]
    plain = MAPPING.replace("foreign_born: 2}", "foreign_born: 2, unknown: 9}").replace("weight_kind: none", design)
    alike = estimated(tmp_path / "unsure", unsure, plain)
    own = estimated(tmp_path / "own", women(), MAPPING.replace("weight_kind: none", design) + YEARS)
    by_status = pl.col("disaggregation").str.starts_with("migratory_status")
    numbers = [name for name in own.columns if name != "proxy_reason"]
    assert own.filter(by_status).height > 100
    assert own.filter(by_status).select(numbers).equals(alike.filter(by_status).select(numbers))


def test_years_in_classes_tell_too_little_and_the_number_stays_a_proxy(tmp_path):
    rows = [
        row | {"YEARS": row["YEARS"] and str(min(int(row["YEARS"]) % 99 // 5, 2))} for row in women()
    ]  # fmt: skip
    table = estimated(tmp_path, rows, MAPPING + CLASSES)
    row = level(table, "under_five_mortality", "migrant")
    assert row["proxy_reason"] == "indirect_estimate;exposure_abroad"
    assert row["n"] == sum(each["NATIVE"] == "2" and 25 <= int(each["AGE"]) < 35 for each in women())


def test_other_definitions_of_a_migrant_ask_for_their_arrival_too(tmp_path):
    """Of those who came under 5 years ago nobody aged 30-34 was here 6.6 years ago."""
    table = estimated(tmp_path, women(), MAPPING + YEARS, options=Options(definitions=True))
    of_status = table.filter(
        pl.col("series") == "under_five_mortality_30_34", pl.col("disaggregation") == "migratory_status",
        pl.col("statistic") == "level", pl.col("migratory_status") == "migrant",
    )  # fmt: skip
    shown = {row["definition"]: row for row in of_status.iter_rows(named=True)}
    assert shown["birth"]["estimate"] == shown["default"]["estimate"]
    assert "recent" not in shown


def test_groups_may_take_the_parities_of_their_own_women(tmp_path):
    table = estimated(tmp_path, women(), MAPPING + YEARS, options=Options(own_parities=True))
    natives = sums([row for row in women() if row["NATIVE"] == "1"])
    own = child_mortality(*natives, parities=[born / of for born, of in zip(natives[1], natives[0], strict=True)])
    shared = child_mortality(*natives, parities=EVERYBODY)
    for group in range(1, 7):
        row = level(table, f"under_five_mortality_{AGES[group]}", "non_migrant")
        assert row["estimate"] == pytest.approx(1000 * own.groups[group].q5, rel=1e-12)
        assert row["estimate"] != pytest.approx(1000 * shared.groups[group].q5, rel=1e-9)
        assert row["se"] > 0
    beside = pl.read_csv(tmp_path / "out" / "under_five_mortality.csv", infer_schema_length=None)
    assert set(beside["parities"]) == {"own_group"}
    run = (tmp_path / "out" / "run.json").read_text()
    assert '"own_parities": true' in run


@pytest.mark.parametrize("own_parities", [False, True])
def test_parts_merged_and_rows_in_another_order_give_the_same_bytes(tmp_path, own_parities):
    options, rows = Options(own_parities=own_parities, definitions=True), women()
    estimated(tmp_path / "all", rows, MAPPING + YEARS, options=options)
    estimated(tmp_path / "turned", rows[::-1], MAPPING + YEARS, options=options, chunk_size=1000)
    apply(str(tmp_path / "all" / "panama.yaml"), [tmp_path / "all" / "persons.csv"], tmp_path / "all.parquet")
    whole, states = pl.read_parquet(tmp_path / "all.parquet"), []
    for number, (first, last) in enumerate(((0, 4001), (4001, 11643))):
        part = tmp_path / f"part{number}.parquet"
        whole[first:last].write_parquet(part)
        (tmp_path / f"part{number}.parquet.meta.json").write_bytes((tmp_path / "all.parquet.meta.json").read_bytes())
        made = tabulate_part([part], tmp_path / f"p{number}", indicators=["3.2.1"], options=options)
        states.append(made.state)
    unprotected.merge(states, tmp_path / "merged" / "out")
    for name in ("estimates.csv", "under_five_mortality.csv"):
        expected = (tmp_path / "all" / "out" / name).read_bytes()
        assert (tmp_path / "turned" / "out" / name).read_bytes() == expected
        assert (tmp_path / "merged" / "out" / name).read_bytes() == expected


def test_of_pooled_samples_each_goes_by_what_it_asked(tmp_path, by_year):
    """The second did not ask when people came: all its migrants count, and the number stays a proxy."""
    asked = [row | {"SAMPLE": "A"} for row in women()]
    not_asked = [row | {"SAMPLE": "B", "YEARS": "", "HH": "B" + row["HH"]} for row in women()]
    mapping = MAPPING.replace("id: PAN_1976", "id: {from: SAMPLE}") + YEARS
    pooled = estimated(tmp_path / "pooled", asked + not_asked, mapping)
    alone = estimated(tmp_path / "alone", not_asked, MAPPING)
    numbers = [name for name in pooled.columns if name != "sample"]
    of_status = pl.col("disaggregation").str.starts_with("migratory_status")
    for sample, expected in (("A", by_year), ("B", alone)):
        own = pooled.filter(pl.col("sample") == sample, of_status)
        assert own.height > 80
        assert own.select(numbers).equals(expected.filter(of_status).select(numbers))


def test_a_calendar_year_of_arrival_may_be_a_year_less(tmp_path):
    """Who came in 1972, four calendar years before the census, may have been here for three years alone."""
    by_calendar = YEARS.replace("years_since_arrival", "year_of_arrival").replace("number: {}", "number: {}")
    rows = [row | {"YEARS": str(1976 - int(row["YEARS"])) if row["YEARS"] not in ("", "99") else row["YEARS"]}
            for row in women()]  # fmt: skip
    table = estimated(tmp_path, rows, MAPPING + by_calendar)
    abroad = [row for row in women() if row["NATIVE"] == "2" and row["YEARS"] != "99"]
    surely = [row for row in abroad if was_here(row | {"YEARS": str(int(row["YEARS"]) - 1)})]
    for group in (1, 2, 3):
        assert level(table, f"under_five_mortality_{AGES[group]}", "migrant")["n"] == sums(surely)[0][group]


def test_non_migrants_by_citizenship_who_came_late_are_not_compared_either(tmp_path):
    """All are citizens by now: those of them who came late bore children elsewhere too."""
    citizens = (
        MAPPING.replace("  nativity:", "  citizenship_status: {from: CIT, codes: {citizen: 1}}\n  nativity:") + YEARS
    )
    table = estimated(tmp_path, [row | {"CIT": "1"} for row in women()], citizens, options=Options(definitions=True))
    (row,) = table.filter(
        pl.col("series") == "under_five_mortality_25_29", pl.col("definition") == "citizenship",
        pl.col("disaggregation") == "migratory_status", pl.col("migratory_status") == "non_migrant",
    ).iter_rows(named=True)  # fmt: skip
    of_age = [each for each in women() if 25 <= int(each["AGE"]) < 30]
    late = [each for each in of_age if each["NATIVE"] == "2" and each["YEARS"] != "99" and not was_here(each)]
    assert row["n"] == len(of_age) - len(late)


def test_rows_by_birthplace_or_duration_still_say_that_children_were_born_abroad(by_year):
    reasons = {
        name: set(by_year.filter(pl.col("disaggregation") == name)["proxy_reason"])
        for name in ("migratory_status", "nativity", "duration_of_stay", "total")
    }
    assert reasons["nativity"] == reasons["duration_of_stay"] == {"indirect_estimate;exposure_abroad"}
    assert reasons["migratory_status"] == reasons["total"] == {"indirect_estimate"}
