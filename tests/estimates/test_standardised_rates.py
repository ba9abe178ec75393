"""`--standardise age` and `age*sex`: rates worked out by hand, and by plain loops over any few persons."""

from __future__ import annotations

import csv
import re
import tempfile
from collections import defaultdict
from pathlib import Path

import polars as pl
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from harmonize import pipeline
from harmonize.options import PLAIN, Options

MAPPING = """\
mapping: few
version: 1.0.0
title: A few persons
source: {producer: P, citation: C, documentation: D, checked_on: "2026-01-01"}
sample: {country: MEX, year: 2020}
design: {person_weight: W, weight_decimals: 0}
variables:
  sex: {from: SEX, codes: {male: m, female: f}}
  age: {from: AGE, number: {}, missing: {unknown: 999}}
  nativity: {from: NAT, codes: {native_born: n, foreign_born: f, unknown: "?"}, concept: birthplace}
  electricity: {from: ELEC, codes: {"yes": y, "no": n, unknown: "?"}}
  literacy: {from: LIT, codes: {literate: y, illiterate: n, unknown: "?", not_applicable: blank}}
  labour_force_status: {from: LF, codes: {employed: e, unemployed: u, outside_labour_force: o, not_applicable: blank}}
  school_attendance: {from: ATT, codes: {attending: y, not_attending: n, not_applicable: blank}}
"""
#: more columns, of which means are made
WITH_MEANS = (
    MAPPING
    + """\
  births_12_months: {from: BIRTHS, number: {}, missing: {unknown: "?", not_applicable: blank}}
  status_in_employment: {from: JOB, codes: {employee: e, not_applicable: blank}}
  earnings: {from: EARN, number: {}, missing: {unknown: "?", not_applicable: blank}, period: hour, currency: MXN}
  hours_worked_week: {from: HRS, number: {}, missing: {unknown: "?", not_applicable: blank}, hours: usual}
"""
)
ARRIVAL = """\
  years_since_arrival: {from: SINCE, number: {}, missing: {unknown: "?", not_applicable: blank}}
"""
STATUS = {"f": "migrant", "n": "non_migrant", "?": "unknown"}
GROUPS = ("migrant", "non_migrant")
ADJUSTMENTS = {"age": "standardised_age", "age*sex": "standardised_age_sex"}
Row = dict[str, str]


def person(status: str, age: int, hit: str, weight: int = 1, sex: str = "f") -> Row:
    """One who has electricity, reads, and is neither at work nor at school, where `hit` is y."""
    neet = {"LF": "o" if hit == "y" else "e", "ATT": "n"}
    asked = neet if age >= 15 else {"LF": "", "ATT": "y"}
    literacy = hit if age >= 10 else ""
    return {"W": str(weight), "SEX": sex, "AGE": str(age), "NAT": status, "ELEC": hit, "LIT": literacy, **asked}


def estimated(rows: list[Row], options: Options = PLAIN, mapping: str = MAPPING, protect: str = "none") -> pl.DataFrame:
    return made(rows, options, mapping, protect).estimates


def made(rows: list[Row], options: Options, mapping: str = MAPPING, protect: str = "none") -> pipeline.RunResult:
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        (folder / "few.yaml").write_text(mapping, encoding="utf-8")
        with (folder / "few.csv").open("w", encoding="utf-8", newline="") as file:
            writer = csv.DictWriter(file, list(rows[0]))
            writer.writeheader()
            writer.writerows(rows)
        return pipeline.run(
            str(folder / "few.yaml"), [folder / "few.csv"], folder / "out", options=options, formats=["csv"],
            protect=protect,
        )  # fmt: skip


def by_status(table: pl.DataFrame, series: str, adjustment: str = "standardised_age") -> dict[str, float | None]:
    """Status -> rate, in the unit of the series."""
    rows = table.filter(
        ~pl.col("indicator").is_in(["1.4.1", "4.5.1"]), pl.col("series") == series, pl.col("adjustment") == adjustment,
        pl.col("disaggregation") == "migratory_status", pl.col("statistic") == "level",
    )  # fmt: skip
    return dict(rows.select("migratory_status", "estimate").iter_rows())


AGE, BOTH = Options(standardise=("age",)), Options(standardise=("age", "age*sex"))


# ---- by hand


def test_the_rate_is_the_mean_of_the_rates_by_age_weighted_as_everybody_is():
    # Of ten persons six are 20 to 24 and four are 40 to 44. Migrants: of five young ones one has electricity, the
    # older one has: 0.6 of a fifth and 0.4 of 1 is 52 %, where the crude rate is 2 of 6. Non-migrants: the young one
    # has not, of three older ones two: 0.4 of two thirds.
    rows = [person("f", 20, "y")] + 4 * [person("f", 24, "n")] + [person("f", 42, "y")]
    rows += [person("n", 21, "n"), person("n", 40, "y"), person("n", 44, "y"), person("n", 44, "n")]
    table = estimated(rows, AGE)
    assert by_status(table, "electricity", "none") == {"migrant": pytest.approx(100 / 3), "non_migrant": 50.0}
    assert by_status(table, "electricity") == {"migrant": pytest.approx(52), "non_migrant": pytest.approx(80 / 3)}
    compared = table.filter(indicator="7.1.1", disaggregation="migratory_status", adjustment="standardised_age")
    values = dict(compared.select("statistic", "estimate").filter(pl.col("statistic") != "level").iter_rows())
    assert values == {"difference": pytest.approx(52 - 80 / 3), "ratio": pytest.approx(52 / (80 / 3))}


def test_a_universe_of_ten_years_goes_by_single_years_and_any_other_by_groups_of_five():
    # All are 15 or 19. Migrants: the one of 15 is in it, of three of 19 none; non-migrants: all three of 15 are, the
    # one of 19 is not. Of everybody half are of each age. By single years half of 100 % for both; in the one group of
    # 15 to 19 nothing is standardised: a quarter and three quarters.
    rows = [person("f", 15, "y")] + 3 * [person("f", 19, "n")] + 3 * [person("n", 15, "y")] + [person("n", 19, "n")]
    table = estimated(rows, AGE)
    for series in ("neet", "literacy_15_24"):
        assert by_status(table, series) == {"migrant": 50.0, "non_migrant": 50.0}, series
    for series in ("electricity", "literacy_15_plus"):
        assert by_status(table, series) == {"migrant": 25.0, "non_migrant": 75.0}, series


def test_the_standard_is_of_everybody_in_the_universe_whatever_the_status_and_by_weight():
    # Three of four persons by weight are young, by one of unknown status who counts for two.
    rows = [person("f", 20, "y"), person("f", 40, "n"), person("?", 20, "n", weight=2)]
    assert by_status(estimated(rows, AGE), "electricity") == {"migrant": 75.0}


def test_an_unknown_age_is_outside():
    # Migrants: two known ages, of which one has electricity; of the three of unknown age nobody counts.
    rows = [person("f", 20, "y"), person("f", 40, "n"), person("n", 20, "n"), person("n", 40, "y")]
    rows += 3 * [person("f", 999, "y")]
    table = estimated(rows, AGE)
    assert by_status(table, "electricity") == {"migrant": 50.0, "non_migrant": 50.0}
    assert by_status(table, "electricity", "none") == {"migrant": 80.0, "non_migrant": 50.0}


def test_a_group_without_anybody_of_an_age_has_no_rate_and_is_not_compared():
    # No migrant is 60; nobody at all is 80.
    rows = [person("f", 20, "y"), person("f", 40, "n"), person("n", 20, "n"), person("n", 40, "y")]
    rows += [person("n", 60, "y")]
    table = estimated(rows, AGE)
    assert by_status(table, "electricity") == {"migrant": None, "non_migrant": pytest.approx(60)}
    of_it = table.filter(indicator="7.1.1", disaggregation="migratory_status", adjustment="standardised_age")
    one = of_it.filter(statistic="level", migratory_status="migrant").row(0, named=True)
    assert one["obs_status"] == "M"
    assert [one[name] for name in ("estimate", "se", "ci_lower", "ci_upper", "cv", "df", "deff")] == [None] * 7
    assert one["n"] == 2
    for row in of_it.filter(pl.col("statistic") != "level").iter_rows(named=True):
        assert (row["estimate"], row["se"], row["obs_status"]) == (None, None, "M")
    # of the ages 15 to 24 migrants are there
    assert by_status(table, "literacy_15_24") == {"migrant": 100.0, "non_migrant": 0.0}


def no_rates(found: pipeline.RunResult) -> list[str]:
    return [each for each in found.run["notices"] if "standardised for" in each]


def test_whose_rates_are_not_standardised_is_said_of_every_series_and_of_no_other_group():
    rows = [person("f", 20, "y"), person("f", 40, "n"), person("n", 20, "n"), person("n", 40, "y")]
    rows += [person("n", 60, "y")]
    found = made(rows, AGE)
    told = {}
    for notice in no_rates(found):
        start, _, series = notice.partition(" standardised for age: ")
        named = re.sub(r" \(nobody of [^)]*\)", "", series)
        told[start.removeprefix("no rates of ")] = set(re.split("[,;] ", named))
    # of the labour force alone there is no non-migrant of 40
    assert set(told) == {"migrants", "non-migrants"}
    without = found.estimates.filter(
        pl.col("estimate").is_null(), statistic="level", disaggregation="migratory_status",
        adjustment="standardised_age",
    )  # fmt: skip
    for status in GROUPS:
        rows_of = without.filter(migratory_status=status).iter_rows(named=True)
        assert told[f"{status.replace('_', '-')}s"] == {f"{row['indicator']} {row['series']}" for row in rows_of}
    assert "7.1.1 electricity" in told["migrants"]
    assert "7.1.1 electricity" not in told["non-migrants"]


def test_where_both_groups_lack_an_age_each_has_its_own_sentence():
    rows = [person("f", 20, "y"), person("f", 40, "n"), person("n", 20, "n"), person("n", 60, "y")]
    migrants, others = no_rates(made(rows, AGE))
    assert "of migrants" in migrants
    assert "7.1.1 electricity" in migrants
    assert "nobody of 60_64" in migrants
    assert "of non-migrants" in others
    assert "nobody of 40_44" in others


def test_of_several_samples_it_is_said_by_country_and_year():
    several = MAPPING.replace("year: 2020}", "year: {from: YEAR}, id: {from: ID}}")
    rows = [person("f", 20, "y"), person("n", 20, "n"), person("n", 60, "y")]
    pool = [row | {"YEAR": year, "ID": f"484{year}01"} for year in ("2010", "2020") for row in rows]
    assert [each.partition(":")[0] for each in no_rates(made(pool, AGE, several))] == ["MEX 2010", "MEX 2020"]


def test_a_person_of_no_weight_does_not_fill_an_age():
    rows = [person("f", 20, "y"), person("f", 60, "n", weight=0), person("n", 20, "n"), person("n", 60, "y")]
    # Of everybody two thirds are 20: a third for non-migrants.
    assert by_status(estimated(rows, AGE), "electricity") == {"migrant": None, "non_migrant": pytest.approx(100 / 3)}


def test_by_age_and_sex_each_sex_of_an_age_counts_as_in_everybody():
    # One age. Men are a quarter of eight persons. Migrants: of two men one, of two women none: an eighth, and not the
    # quarter that it is by age alone.
    rows = [person("f", 20, "y", sex="m"), person("f", 20, "n", sex="m"), *(2 * [person("f", 20, "n")])]
    rows += [person("n", 20, "n")] * 4
    table = estimated(rows, BOTH)
    assert by_status(table, "electricity")["migrant"] == 25.0
    adjusted = by_status(table, "electricity", "standardised_age_sex")
    assert adjusted == {"migrant": pytest.approx(12.5), "non_migrant": None}  # no non-migrant man


def test_a_group_standardised_to_its_own_structure_has_its_crude_rate():
    rows = [person("f", age, "y" if age % 3 else "n", weight=age % 5 + 1) for age in range(4, 70, 3)]
    table = estimated(rows, BOTH)
    for series in ("electricity", "literacy_15_plus", "literacy_15_24", "neet"):
        crude = by_status(table, series, "none")
        assert set(crude) == {"migrant"}
        for adjustment in ADJUSTMENTS.values():
            assert by_status(table, series, adjustment) == pytest.approx(crude, rel=1e-12), series


def test_two_groups_of_one_structure_have_their_crude_rates_and_so_the_same_comparison():
    rows = [person("f", age, "y" if age % 3 else "n", weight=age % 5 + 1) for age in range(4, 70, 3)]
    rows += [person("n", age, "y" if age % 4 else "n", weight=2 * (age % 5 + 1)) for age in range(4, 70, 3)]
    table = estimated(rows, BOTH).filter(disaggregation="migratory_status")
    for series in ("electricity", "literacy_15_plus", "literacy_15_24", "neet"):
        mine = table.filter(pl.col("series") == series, ~pl.col("indicator").is_in(["1.4.1", "4.5.1"]))
        numbers = ("statistic", "migratory_status", "estimate")
        crude = mine.filter(adjustment="none").select(numbers).rows()
        for adjustment in ADJUSTMENTS.values():
            adjusted = mine.filter(adjustment=adjustment).select(numbers).rows()
            assert [row[:2] for row in adjusted] == [row[:2] for row in crude]
            assert [row[2] for row in adjusted] == pytest.approx([row[2] for row in crude], rel=1e-12)


# ---- what the rows say


@pytest.fixture(scope="module")
def tables() -> tuple[pl.DataFrame, pl.DataFrame]:
    """Estimates with both standards, and without."""
    rows = [
        person(status, age, "y" if (age + len(status) * at) % 3 else "n", weight=at % 4 + 1, sex=sex)
        for at, age in enumerate(range(2, 60))
        for status in "fn"
        for sex in "fm"
    ]
    return estimated(rows, BOTH), estimated(rows)


def test_no_other_row_changes_and_no_key_is_there_twice(tables):
    asked, plain = tables
    assert asked.filter(adjustment="none").equals(plain)
    key = asked.columns[: asked.columns.index("estimate")]
    assert not asked.select(key).is_duplicated().any()
    assert set(asked["adjustment"]) == {"none", *ADJUSTMENTS.values()}


def test_they_are_by_migratory_status_alone_with_an_error_and_without_a_deff(tables):
    rows = tables[0].filter(pl.col("adjustment") != "none")
    assert set(rows["disaggregation"]) == {"migratory_status"}
    assert set(rows.filter(statistic="level")["migratory_status"]) == set(GROUPS)
    assert set(rows["statistic"]) == {"level", "difference", "ratio"}
    assert rows["deff"].null_count() == rows.height
    assert rows.filter(statistic="level")["se"].null_count() == 0
    counted = ("indicator", "series", "migratory_status", "n", "n_numerator", "population", "left_out_share")
    crude = tables[1].filter(disaggregation="migratory_status", statistic="level")
    for adjustment in ADJUSTMENTS.values():
        mine = rows.filter(adjustment=adjustment, statistic="level").select(counted)
        assert mine.height > 8
        assert set(mine.rows()) <= set(crude.select(counted).rows())


def test_a_mapping_without_age_or_sex_has_no_such_rates(tables):
    rows = [person(status, age, "y") for age in (20, 40) for status in "fn"]
    no_sex = "\n".join(line for line in MAPPING.splitlines() if not line.startswith("  sex"))
    no_age = "\n".join(line for line in MAPPING.splitlines() if not line.startswith("  age"))
    assert set(estimated(rows, BOTH, no_sex)["adjustment"]) == {"none", "standardised_age"}
    assert set(estimated(rows, BOTH, no_age)["adjustment"]) == {"none"}


def test_a_full_count_has_rates_without_an_error():
    rows = [person(status, age, "y" if age == 20 else "n") for age in (20, 40, 40) for status in "fn"]
    full = MAPPING.replace("{person_weight: W, weight_decimals: 0}", "{full_count: true}")
    table = estimated(rows, AGE, full).filter(indicator="7.1.1", adjustment="standardised_age")
    assert table.filter(statistic="level")["estimate"].to_list() == pytest.approx([100 / 3, 100 / 3])
    for name in ("se", "ci_lower", "ci_upper", "df"):
        assert table[name].null_count() == table.height == 4


# ---- any few persons

COMPARED = (
    ("7.1.1", "electricity"), ("8.6.1", "neet"), ("3.7.2", "births_15_19"), ("8.5.1", "mean_hourly"),
)  # fmt: skip
AMOUNTS = {"births_15_19": "BIRTHS", "mean_hourly": "EARN"}


def cell_of(row: Row, standard: str, single: bool) -> tuple[str, ...] | None:
    if row["AGE"] == "999":
        return None
    age = int(row["AGE"])
    by_age = str(age) if single else str(min(age // 5, 17))
    return (by_age, row["SEX"]) if standard == "age*sex" else (by_age,)


def counts(row: Row, series: str) -> bool:
    """Whether a person is in the universe, everything known."""
    if series == "electricity":
        return row["ELEC"] != "?"
    if row["AGE"] == "999":
        return False
    age = int(row["AGE"])
    if series == "births_15_19":
        return row["SEX"] == "f" and 15 <= age <= 19 and row["BIRTHS"] != "?"
    if series == "mean_hourly":
        return age >= 15 and row["LF"] == "e" and row["EARN"] != "?"
    return 15 <= age <= 24 and bool(row["LF"]) and bool(row["ATT"])


def amount(row: Row, series: str) -> float:
    """What a person adds: of a share one or nothing."""
    if series in AMOUNTS:
        return float(row[AMOUNTS[series]])
    return row["ELEC"] == "y" if series == "electricity" else (row["LF"] in ("u", "o") and row["ATT"] == "n")


def group_of(row: Row, series: str) -> str:
    """The migratory status: of births, unknown of a migrant who just arrived."""
    just_arrived = row["NAT"] == "f" and row["SINCE"] == "0"
    return "unknown" if series == "births_15_19" and just_arrived else STATUS[row["NAT"]]


def rates(rows: list[Row], series: str, standard: str) -> dict[str, float | None]:
    """In the unit of the series, by migrants and non-migrants, None where there is none."""
    everybody: dict[tuple[str, ...], int] = defaultdict(int)
    own: dict[str, dict[tuple[str, ...], list[float]]] = {group: defaultdict(lambda: [0, 0]) for group in GROUPS}
    for row in rows:
        cell, group = cell_of(row, standard, series in ("neet", "births_15_19")), group_of(row, series)
        if cell is None or not counts(row, series):
            continue
        everybody[cell] += int(row["W"])
        if group in own:
            own[group][cell][0] += int(row["W"]) * amount(row, series)
            own[group][cell][1] += int(row["W"])
    found: dict[str, float | None] = {}
    for group in GROUPS:
        total, rate = sum(everybody.values()), 0.0
        empty = total == 0
        for cell, weight in everybody.items():
            above, below = own[group][cell]
            if weight and not below:
                empty = True
            elif weight:
                rate += weight / total * above / below
        found[group] = None if empty else {"births_15_19": 1000, "mean_hourly": 1}.get(series, 100) * rate
    return found


people = st.fixed_dictionaries(
    {
        "W": st.sampled_from("0112359"),
        "SEX": st.sampled_from("fm"),
        "AGE": st.sampled_from(["3", "16", "17", "17", "24", "38", "39", "87", "95", "999"]),
        "NAT": st.sampled_from("fffnnn?"),
        "ELEC": st.sampled_from("yyynnn?"),
        "LIT": st.just("y"),
        "LF": st.sampled_from("euo"),
        "ATT": st.sampled_from("yn"),
        "BIRTHS": st.sampled_from("00012?"),
        "JOB": st.just("e"),
        "EARN": st.sampled_from(["0", "7.5", "7.5", "33", "40000.25", "?"]),
        "HRS": st.just("40"),
        "SINCE": st.sampled_from("0019?"),
    }
)


@settings(max_examples=40, suppress_health_check=[HealthCheck.too_slow])
@given(st.lists(people, min_size=1, max_size=60), st.sets(st.sampled_from(["3", "16", "17", "38"]), min_size=1))
def test_of_any_persons_the_rates_are_those_of_plain_loops(rows: list[Row], ages: set[str]) -> None:
    # few ages, so that not all rates lack an age
    few = sorted(ages)
    rows = [row | {"AGE": age if (age := row["AGE"]) == "999" else few[int(age) % len(few)]} for row in rows]
    rows = [row if row["NAT"] == "f" else row | {"SINCE": ""} for row in rows]
    table = estimated(rows, BOTH, WITH_MEANS + ARRIVAL).filter(disaggregation="migratory_status", statistic="level")
    for standard, adjustment in ADJUSTMENTS.items():
        for indicator, series in COMPARED:
            mine = table.filter(indicator=indicator, series=series, adjustment=adjustment)
            crude = table.filter(indicator=indicator, series=series, adjustment="none")
            expected = rates(rows, series, standard)
            assert set(mine["migratory_status"]) == set(crude["migratory_status"]) - {"unknown"}
            for row in mine.iter_rows(named=True):
                rate = expected[row["migratory_status"]]
                if row["n"] == 0 or (row["left_out_share"] or 0) > 0.5:
                    rate = None
                if rate is None:
                    assert (row["estimate"], row["se"], row["obs_status"]) == (None, None, "M")
                else:
                    assert row["estimate"] == pytest.approx(rate, rel=1e-12, abs=1e-12)
