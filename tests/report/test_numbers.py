"""The numbers of the report are those of the estimates, where they are told and where they are drawn."""

from __future__ import annotations

import re
from dataclasses import replace

import polars as pl
import pytest

from harmonize.report.dots import tick_texts
from harmonize.report.scale import Scale
from harmonize.words import words_in
from tests.report.conftest import SENTINEL, told

PLAIN = {"adjustment": "none", "definition": "default", "status_of": "self"}
GROUPS = ("_T", "migrant", "non_migrant")


def cell(row):
    """A number as a reader expects it, worked out from the table alone."""
    if row["conf_status"] != "F":
        return ".."
    if row["estimate"] is None:
        return "-"
    places = 1 if row["unit"] in ("percent", "percentage_points") else 2
    number, low, high = (f"{row[n]:,.{places}f}".replace("-", "−") for n in ("estimate", "ci_lower", "ci_upper"))
    return f"{number}{' (u)' if row['obs_status'] == 'U' else ''} [{low}, {high}]"


def rows_of(run, indicator, series, disaggregation):
    return run.estimates.filter(
        (pl.col("indicator") == indicator) & (pl.col("series") == series)
        & (pl.col("disaggregation") == disaggregation)
        & pl.all_horizontal(pl.col(name) == value for name, value in PLAIN.items())
    )  # fmt: skip


def table(page, caption):
    return next(each for each in page.all("table") if told(each.find("caption")) == caption)


def body(found):
    return {told(row[0]): [told(each) for each in row[1:]] for row in found.find("tbody")}


LITERATE = "Literate, persons aged 15 and over"


@pytest.mark.parametrize(
    ("indicator", "series", "title"),
    [("4.6.1", "literacy_15_plus", LITERATE), ("7.1.1", "electricity", "Living in a dwelling with electricity")],
)
def test_the_table_of_a_total_has_estimate_interval_and_persons_of_each_group(
    page_of_one, one, indicator, series, title
):
    [cells] = body(table(page_of_one, title)).values()
    levels = pl.concat([rows_of(one, indicator, series, each) for each in ("total", "migratory_status")])
    told_of = {row["migratory_status"]: row for row in levels.filter(pl.col("statistic") == "level").to_dicts()}
    [difference] = levels.filter(pl.col("statistic") == "difference").to_dicts()
    expected = []
    for group in GROUPS:
        row = told_of[group]
        expected += [cell(row), ".." if row["conf_status"] != "F" else f"{row['n']:,}"]
    assert cells[:7] == [*expected, cell(difference)]
    assert expected[2] != ".."


def test_the_tables_by_age_and_by_sex_have_every_number_of_the_estimates(page_of_one, one):
    shown = 0
    for dimension, title in (("age_group", "Age group"), ("sex", "Sex")):
        lines = body(table(page_of_one, f"{LITERATE}: {title}"))
        found = rows_of(one, "4.6.1", "literacy_15_plus", f"migratory_status*{dimension}").to_dicts()
        for row in found:
            if row["statistic"] == "level" and row["migratory_status"] in ("migrant", "non_migrant"):
                label = row[dimension].replace("85_plus", "85 and over").replace("_", "–")
                assert cell(row) in lines[label[:1].upper() + label[1:]]
                shown += 1
    assert shown > 25


def test_the_headline_has_migrants_non_migrants_and_their_difference(page_of_one, one):
    text = told(next(each for each in page_of_one.all("table", class_="headline")))
    rows = rows_of(one, "7.1.1", "electricity", "migratory_status").to_dicts()
    for row in rows:
        if row["statistic"] in ("level", "difference") and row["migratory_status"] in ("_T", "migrant", "non_migrant"):
            assert cell(row) in text


def panels(page, anchor):
    section = next(each for each in page.all("section") if each[0].get("id") == anchor)
    return {told(figure.find("figcaption")): figure.find("svg") for figure in section.iter("figure")}


def test_a_dot_stands_where_its_number_is_on_the_axis(page_of_one):
    drawn = 0
    for svg in panels(page_of_one, "indicator-4-6-1-1").values():
        ticks = [each for each in svg.iter("text") if each.get("class") == "tick" and re.match(r"[\d−]", told(each))]
        known = [(float(told(each).replace("−", "-")), float(each.get("x"))) for each in ticks]
        (a, x), (b, y) = known[0], known[-1]
        for group in svg.iter("g"):
            if group.get("class") in ("migrant", "non_migrant") and group.find("g") is not None:
                value = float(told(group.findall("text")[-1]).removesuffix(" (u)"))
                shape = next(each for each in group.iter() if each.get("class") == "shape")
                at = (
                    float(shape.get("cx") or 0)
                    or sum(float(point.split(",")[0]) for point in shape.get("points").split()) / 4
                )
                assert at == pytest.approx(x + (value - a) / (b - a) * (y - x), abs=0.5)
                drawn += 1
    assert drawn > 15


def test_the_panels_of_a_series_share_their_axis(page_of_one):
    axes = [
        [told(each) for each in svg.iter("text") if each.get("class") == "tick"]
        for svg in panels(page_of_one, "indicator-4-6-1-1").values()
    ]
    assert len(axes) >= 3
    assert all(axis == axes[0] for axis in axes)


def test_charts_are_by_sex_age_and_duration_of_stay(page_of_one):
    assert {"Total", "Sex", "Age group", "Duration of stay, in years"} <= set(panels(page_of_one, "indicator-4-6-1-1"))


def test_a_suppressed_number_is_told_nowhere_even_where_the_table_would_have_it(page, one):
    hidden = pl.col("conf_status") != "F"
    numbers = ("estimate", "se", "ci_lower", "ci_upper", "cv", "deff", "population")
    planted = one.estimates.with_columns(
        [pl.when(hidden).then(SENTINEL).otherwise(pl.col(name)).alias(name) for name in numbers]
        + [pl.when(hidden).then(7776543).otherwise(pl.col(name)).alias(name) for name in ("n", "n_numerator")]
    )
    assert (planted["estimate"] == SENTINEL).sum() > 50
    text = page(replace(one, estimates=planted)).text
    assert not re.search(r"4,?321|7,?776,?543", text)


def test_what_is_suppressed_is_named_under_its_chart(page_of_one, one):
    rows = rows_of(one, "4.6.1", "literacy_15_plus", "migratory_status*age_group").to_dicts()
    hidden = [row for row in rows if row["conf_status"] != "F" and row["migratory_status"] == "migrant"
              and row["statistic"] == "level" and row["age_group"] != "unknown"]  # fmt: skip
    assert hidden
    section = next(each for each in page_of_one.all("section") if each[0].get("id") == "indicator-4-6-1-1")
    [note] = [told(each) for each in section.iter("p") if told(each).startswith("Age group: not given")]
    named = note.partition("migrants (")[2].partition(")")[0].split(", ")
    assert named == [row["age_group"].replace("85_plus", "85 and over").replace("_", "–") for row in hidden]


def test_a_count_under_the_minimum_is_told_as_run_json_has_it(page, one):
    record = {**one.record, "persons": "<10", "contradictions": [{"words": "born after the census", "persons": "<10"}]}
    text = page(replace(one, record=record)).words
    assert "<10 persons: born after the census (not changed)." in text


def test_an_axis_of_few_numbers_has_that_of_equality():
    """Of parities the line at 1 is what is looked for: it has its number where only every second one has room."""
    scale = Scale(0.85, 1.1, 0.05)
    assert [text for _, text in tick_texts(words_in("en"), scale, 150.0, 1.0)] == ["0.90", "1.00", "1.10"]
    assert [text for _, text in tick_texts(words_in("en"), scale, 150.0)] == ["0.85", "0.95", "1.05"]
