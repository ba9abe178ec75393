"""What the workbook shows is what the tables say: no group lost, no number changed."""

from __future__ import annotations

from typing import Any

import polars as pl
import pytest

from harmonize.words.english import category_label, dimension_label, sample_label
from tests.writers.sheet_lines import lines_of_sheet

MEASURES = ("estimate", "se", "ci_lower", "ci_upper", "n", "population")
DIGITS = 1e-15  # relative: 16 digits are written


def place_of(row: dict[str, Any], titles: dict[tuple[str, str], str]) -> tuple[str, ...]:
    """Where a row of the estimates belongs: series, sample, section, label, group of columns."""
    dimensions = [] if row["disaggregation"] == "total" else row["disaggregation"].split("*")
    others = [name for name in dimensions if name != "migratory_status"]
    group = row["migratory_status"] if "migratory_status" in dimensions else "everybody"
    if row["comparison"] == "migrant:non_migrant":
        group = row["statistic"]
    elif row["comparison"]:
        others = ["comparison"]
    return (
        titles[row["indicator"], row["series"]],
        sample_label(row["country"], row["year"], row["sample"]),
        " × ".join(dimension_label(name) for name in others),
        ", ".join(category_label(name, row[name]) for name in others) or "Total",
        group,
    )


def shown(value: Any) -> Any:
    return "-" if value is None else pytest.approx(value, rel=DIGITS, abs=0)


def test_every_level_difference_and_parity_is_on_the_sheet_of_its_indicator_under_its_heading(run, read_back):
    estimates, methods = run.result.estimates, run.result.methods
    titles = {(row["indicator"], row["series"]): row["title"] for row in methods.iter_rows(named=True)}
    checked = 0
    for (number,), rows in estimates.filter(~pl.col("statistic").is_in(["ratio", "gap"])).group_by("indicator"):
        expected = {place_of(row, titles): row for row in rows.iter_rows(named=True)}
        assert len(expected) == rows.height, "two rows of the table share a place on the sheet"
        found = {}
        lines = lines_of_sheet(
            read_back[number], {p[0] for p in expected}, {p[1] for p in expected}, {p[2] for p in expected}
        )
        for line in lines:
            for group, cells in line.cells.items():
                place = (line.series, line.sample, line.section, line.label, group)
                values = {name: cell.value for name, cell in cells.items()}
                assert place not in found, f"{place} is on sheet {number} twice"
                if place not in expected:
                    assert set(values.values()) == {"-"}, f"{number}: {place} has numbers that no table has"
                    continue
                found[place] = values
        assert found.keys() == expected.keys(), f"sheet {number} lacks groups"
        for place, values in found.items():
            assert values == {name: shown(expected[place][name]) for name in values}, place
            assert {"estimate", "ci_lower", "ci_upper", "n"} <= values.keys()
        checked += len(found)
    assert checked > 2000


def test_groups_come_in_the_order_of_the_categories_even_if_only_non_migrants_have_one(written, electricity):
    lacking = electricity.filter(
        ~((pl.col("age_group") == "10_14") & (pl.col("migratory_status") != "non_migrant"))
        & ~((pl.col("age_group") == "15_19") & (pl.col("migratory_status") == "non_migrant"))
    )
    sheet = written(estimates=lacking)["7.1.1"]
    labels = [row[0].value for row in sheet.iter_rows()]
    first = labels.index("Age group")
    assert labels[first + 1 : first + 6] == ["0–4", "5–9", "10–14", "15–19", "20–24"]


def test_every_row_of_the_estimates_is_on_the_sheet_data(run, read_back):
    estimates, sheet = run.result.estimates, read_back["Data"]
    rows = list(sheet.iter_rows(values_only=True))
    assert list(rows[0]) == estimates.columns
    assert len(rows) == estimates.height + 1
    for found, expected in zip(rows[1:], estimates.iter_rows(), strict=True):
        for name, cell, value in zip(estimates.columns, found, expected, strict=True):
            wanted = value or None if isinstance(value, str) else value
            if isinstance(value, float):
                wanted = pytest.approx(value, rel=DIGITS, abs=0)
            assert cell == wanted, name


def test_the_headline_of_a_series_on_contents_is_that_of_the_table(run, read_back):
    rows = run.result.estimates.filter(
        (pl.col("disaggregation") == "migratory_status")
        & ((pl.col("migratory_status") == "migrant") | (pl.col("statistic") == "parity"))
    )
    levels, parities = (rows.filter(statistic=name) for name in ("level", "parity"))
    assert levels.height > 20
    assert parities.height > 5
    contents = list(read_back["Contents"].iter_rows(values_only=True))
    head = next(at for at, row in enumerate(contents) if row[0] == "Indicator")
    # from the heading to the first empty row: lines of series have a sample, those of indicators a number
    table = contents[head + 1 : next(at for at in range(head, len(contents)) if not any(contents[at]))]
    series = [row for row in table if row[2] is not None]
    assert [row[2] for row in series].count("Costa Rica 2011 (188201101)") * 2 == len(series)
    # of a series that has no level its comparison alone is there, in the place of the difference
    without_level = [row for row in series if row[5] is None]
    assert all(row[5:15] == (None,) * 10 for row in without_level)
    found = sorted((row[5], row[9]) for row in series if row[5] is not None)
    for place, expected in ((found, levels), (sorted((row[15], row[19]) for row in without_level), parities)):
        assert place == [
            (pytest.approx(estimate, rel=DIGITS), n)
            for estimate, n in sorted(expected.select("estimate", "n").iter_rows())
        ]


def test_another_status_of_a_series_has_a_table_of_its_own(run, written, electricity):
    mothers = electricity.with_columns(pl.lit("mother").alias("status_of"), estimate=100 - pl.col("estimate"))
    methods = run.result.methods
    of_mothers = methods.filter(pl.col("indicator") == "7.1.1").with_columns(pl.lit("mother").alias("status_of"))
    book = written(estimates=pl.concat([electricity, mothers]), methods=pl.concat([methods, of_mothers]))
    title = of_mothers["title"][0]
    totals = [
        (line.series, line.cells["everybody"]["estimate"].value)
        for line in lines_of_sheet(
            book["7.1.1"], {title, f"{title} (by the mother's status)"}, {"Costa Rica 2011 (188201101)"}, set()
        )
        if line.label == "Total"
    ]
    total = electricity.filter(pl.col("disaggregation") == "total")["estimate"][0]
    assert totals == [
        (title, pytest.approx(total, rel=DIGITS)),
        (f"{title} (by the mother's status)", pytest.approx(100 - total, rel=DIGITS)),
    ]
