"""The quality of the data: what run.json tells, and the demographers' measures where there is a quality.csv."""

from __future__ import annotations

from dataclasses import replace

import polars as pl

from tests.report.conftest import told

ROWS = [
    ("whipple", "", "migrant", 132.4, 900, "F"),
    ("whipple", "", "non_migrant", None, None, "C"),
    ("whipple", "", "_T", 118.0, 1000, "F"),
    ("sex_ratio", "", "_T", 96.25, 1000, "F"),
    ("unknown_share", "age", "_T", 0.015, 1000, "F"),
    ("unknown_share", "sex", "_T", 0.0, 1000, "F"),
    ("unknown_share", "sex", "migrant", 0.0, 900, "F"),
    ("digit_nine_share", "", "_T", 3.5, 1000, "F"),
]


def quality(run):
    sample = run.record["samples"][0]
    columns = ("measure", "variable", "status", "value", "n", "conf_status")
    rows = [dict(zip(columns, row, strict=True)) for row in ROWS]
    place = {name: sample[name] for name in ("country", "year", "sample")}
    return pl.DataFrame([place | row for row in rows])


def lines(page):
    [table] = [each for each in page.all("table") if each.find("caption").get("id") == "demographic"]
    return {told(row[0]): [told(each) for each in row[1:]] for row in table.find("tbody")}


def test_measures_of_quality_are_told_by_migratory_status(page, one):
    found = lines(page(replace(one, quality=quality(one))))
    assert found["Whipple's index"] == ["118.0", "132.4", ".."]
    [share] = [cells for name, cells in found.items() if name.startswith("Share unknown, %: Age")]
    assert share == ["1.5", "-", "-"]


def test_several_samples_are_told_apart(page, one, many):
    assert lines(page(replace(one, quality=quality(one)), many))["Whipple's index"][0] == "Costa Rica 2011"


def test_the_samples_of_a_measure_are_under_each_other(page, many):
    """A variable of the first sample has that of the second below it, not the first sample's next variable."""
    several = quality(many).with_columns(value=pl.when(pl.col("variable") == "sex").then(0.5).otherwise("value"))
    second = many.record["samples"][1]
    other = several.with_columns(*(pl.lit(second[name]).alias(name) for name in ("country", "year", "sample")))
    whole = page(replace(many, quality=pl.concat([several, other], how="vertical_relaxed")))
    [table] = [each for each in whole.all("table") if each.find("caption").get("id") == "demographic"]
    names = [told(row[0]) for row in table.find("tbody")]
    shares = [name for name in names if name.startswith("Share unknown")]
    assert len(shares) == 4
    assert shares == sorted(shares)


def test_what_is_known_of_everybody_is_named_in_a_sentence(page, one):
    whole = page(replace(one, quality=quality(one)))
    assert not [name for name in lines(whole) if name.startswith("Share unknown, %: Sex")]
    assert "Nothing is unknown of: sex." in whole.words
    hidden = quality(one).with_columns(
        conf_status=pl.when(pl.col("variable") == "sex").then(pl.lit("C")).otherwise("conf_status"), value=None
    )
    assert "Nothing is unknown" not in page(replace(one, quality=hidden)).words


def test_no_cell_of_a_number_has_words_in_it(page, one):
    """What is noted of an index has lines of its own; of what else is noted there is a sentence below the table."""
    index = pl.col("measure") == "whipple"
    noted = quality(one).with_columns(
        note=pl.when(index & (pl.col("status") == "migrant"))
        .then(pl.lit("rough; by chance alone 13"))
        .when(index)
        .then(pl.lit("approximate; by chance alone 12"))
        .when(pl.col("measure") == "sex_ratio")
        .then(pl.lit("too few persons for a ratio of rounded counts"))
    )
    whole = page(replace(one, quality=noted))
    found = lines(whole)
    assert found["Whipple's index"] == ["118.0", "132.4", ".."]
    assert found["Whipple's index, by chance alone"] == ["12", "13", ".."]
    assert found["Accuracy of the ages told"] == ["approximate", "rough", ".."]
    assert found["Sex ratio"] == ["96.2", "-", "-"]
    assert "Sex ratio: too few persons for a ratio of rounded counts" in whole.words
    assert whole.words.count("approximate") == 1


def test_what_is_told_coarsely_says_how_coarsely(page, one):
    index = pl.col("measure") == "whipple"
    noted = quality(one).with_columns(
        value=pl.when(pl.col("measure") == "sex_ratio").then(96.0).otherwise("value"),
        within=pl.when(pl.col("measure") == "sex_ratio").then(2.0),
        note=pl.when(index & (pl.col("status") == "_T"))
        .then(pl.lit("by chance alone at most 1.5"))
        .when(pl.col("measure") == "sex_ratio")
        .then(pl.lit("within 2 of the exact ratio")),
    )
    whole = page(replace(one, quality=noted))
    found = lines(whole)
    assert found["Sex ratio"] == ["96 ± 2", "-", "-"]
    assert found["Whipple's index, by chance alone"] == ["≤ 1.5", "-", ".."]
    assert "±: the exact sex ratio is no farther away" in whole.words
    assert "≤: at most" in whole.words
    assert "within 2" not in whole.words
    plain = page(replace(one, quality=quality(one))).words
    assert "±: the" not in plain
    assert "≤: at most" not in plain


def test_below_the_table_it_is_said_which_groups_are_hidden(page, one):
    whole = page(replace(one, quality=quality(one)))
    assert "protect the few of another group: Whipple's index (non-migrants)." in whole.words


def test_what_chance_does_to_an_index_is_explained_where_there_is_one(page, one):
    table = quality(one)
    explained = "By chance alone: how far Whipple's index"
    assert explained in page(replace(one, quality=table)).words
    without = table.filter(pl.col("measure") != "whipple")
    assert explained not in page(replace(one, quality=without)).words


def test_a_measure_that_is_not_known_here_is_told_by_its_name(page, one):
    assert lines(page(replace(one, quality=quality(one))))["digit nine share"] == ["3.5", "-", "-"]


def test_a_suppressed_measure_is_not_told(page, one):
    table = quality(one).with_columns(value=pl.col("value").fill_null(4321.98765))
    assert "4,322" not in page(replace(one, quality=table)).text


def test_without_measures_there_is_no_table_of_them(page_of_one):
    assert "Whipple" not in page_of_one.words


def test_unmapped_codes_unknown_and_contradictions_are_told(page, one):
    record = {
        **one.record,
        "unmapped": [{"variable": "sex", "column": "SEX", "code": "3", "label": "Other", "persons": 41}],
        "contradictions": [{"words": "native born abroad", "persons": 60}],
        "unknown_status_share": 0.0123,
        "left_out": [{"sample": one.record["samples"][0]["sample"], "indicator": "7.1.1", "series": "electricity",
                      "share": 0.042}],
    }  # fmt: skip
    text = told(next(page(replace(one, record=record)).all("section", id="quality")))
    for part in (
        "Codes of the data that are not in the mapping, and count as unknown: 1.", "SexSEX3Other41",
        "60 persons: native born abroad",
        "1.2 % of the persons are of unknown migratory status",
        "Living in a dwelling with electricityCosta Rica 20114.2",
    ):  # fmt: skip
        assert part in text
