"""Doubt and protection can be seen, and a label is never a formula."""

from __future__ import annotations

import polars as pl
import pytest

from harmonize.protect.protection import Protection, as_protection
from harmonize.words import words_in
from tests.writers.sheet_lines import columns_of

GREY = "FF6B6B6B"


def line_of(sheet, label):
    """group -> cells of the first line with that label."""
    columns = columns_of(sheet)
    row = next(row for row in sheet.iter_rows(min_row=4) if row[0].value == label)
    found = {}
    for cell in row[1:]:
        found.setdefault(columns[cell.column][0], []).append(cell)
    return found


def where(frame, group, sex):
    return (pl.col("disaggregation") == "migratory_status*sex") & (pl.col("sex") == sex) & (
        pl.col("migratory_status") == group
    ) & (pl.col("statistic") == "level")  # fmt: skip


@pytest.mark.parametrize("conf_status", ["C", "D"])
def test_a_suppressed_cell_is_two_points_in_every_column_and_no_number(written, electricity, conf_status):
    numbers = ["estimate", "se", "ci_lower", "ci_upper", "n", "population"]
    at = where(electricity, "migrant", "female")
    hidden = electricity.with_columns(
        *(pl.when(at).then(None).otherwise(pl.col(name)).alias(name) for name in numbers),
        pl.when(at).then(pl.lit(conf_status)).otherwise(pl.col("conf_status")).alias("conf_status"),
    )
    line = line_of(written(estimates=hidden)["7.1.1"], "Female")
    assert [cell.value for cell in line["migrant"]] == [".."] * 5
    assert all(isinstance(cell.value, float | int) for cell in line["non_migrant"])


def test_a_number_of_a_suppressed_row_is_not_shown_even_if_the_table_has_it(written, electricity):
    at = where(electricity, "migrant", "female")
    hidden = electricity.with_columns(
        pl.when(at).then(pl.lit("C")).otherwise(pl.col("conf_status")).alias("conf_status")
    )
    assert [cell.value for cell in line_of(written(estimates=hidden)["7.1.1"], "Female")["migrant"]] == [".."] * 5


def test_an_unreliable_number_is_grey_starred_and_still_a_number(written, electricity):
    at = where(electricity, "migrant", "female")
    marked = electricity.with_columns(pl.when(at).then(pl.lit("U")).otherwise(pl.lit("A")).alias("obs_status"))
    line = line_of(written(estimates=marked)["7.1.1"], "Female")
    estimate, se, lower, upper, n = line["migrant"]
    assert estimate.value == pytest.approx(electricity.filter(at)["estimate"][0])
    assert estimate.number_format == '#,##0.0"* (u)"'
    assert [cell.font.color.rgb for cell in (estimate, se, lower, upper)] == [GREY] * 4
    for cell in (n, *line["non_migrant"]):
        assert "(u)" not in cell.number_format
        assert '"' not in cell.number_format
        assert cell.font.color is None or cell.font.color.rgb != GREY


def test_nobody_is_a_dash_and_a_table_that_was_not_made_stays_empty(written, electricity):
    lacking = electricity.filter(~where(electricity, "migrant", "female") & (pl.col("disaggregation") != "sex"))
    line = line_of(written(estimates=lacking)["7.1.1"], "Female")
    assert [cell.value for cell in line["migrant"]] == ["-"] * 5
    assert [cell.value for cell in line["everybody"]] == [None] * 6


def test_a_full_count_has_dashes_for_its_errors_and_intervals(written, electricity):
    counted = electricity.with_columns(pl.lit(None, pl.Float64).alias(name) for name in ("se", "ci_lower", "ci_upper"))
    estimate, *errors, n = line_of(written(estimates=counted)["7.1.1"], "Total")["migrant"]
    assert [cell.value for cell in errors] == ["-"] * 3
    assert isinstance(estimate.value, float)
    assert isinstance(n.value, int)


@pytest.mark.parametrize("sign", "=+-@")
def test_text_that_begins_like_a_formula_stays_text(run, written, electricity, sign):
    evil = f"{sign}HYPERLINK(1)"
    result = run.result
    samples = [dict(each, sample=evil) if at == 0 else each for at, each in enumerate(result.record["samples"])]
    first = samples[0]["year"], result.record["samples"][0]["sample"]
    renamed = pl.when(pl.col("sample") == first[1]).then(pl.lit(evil)).otherwise(pl.col("sample")).alias("sample")
    methods = result.methods.with_columns(renamed, *(pl.lit(evil).alias(n) for n in ("title", "reasons", "universe")))
    book = written(
        estimates=electricity.with_columns(renamed),
        methods=methods,
        record={**result.record, "samples": samples, "mapping": {"id": evil, "version": evil, "title": evil}},
        notices=[evil],
    )
    found = set()
    for sheet in book:
        for row in sheet.iter_rows():
            for cell in row:
                assert cell.data_type != "f", f"{sheet.title} {cell.coordinate}"
                if str(cell.value).startswith(evil):
                    found.add(sheet.title)
    assert {"Contents", "Data", "7.1.1"} <= found


@pytest.mark.parametrize(
    ("lang", "said"), [("fr", "Protection\u00a0: suppression. Non diffusés"), ("es", "Protección: supresión. No se")]
)
def test_the_method_of_protection_is_told_in_the_language(run, written, electricity, lang, said):
    record = run.result.record | {"protect": "suppress", "protection": Protection().as_json()}
    book = written(estimates=electricity, record=record, words=words_in(lang))
    texts = [str(row[0]) for row in book.worksheets[0].iter_rows(values_only=True)]
    assert [text for text in texts if text.startswith(said)], [text for text in texts if text.startswith("Prot")]


def test_the_protection_and_the_marks_are_explained(run, written, electricity, read_back):
    def words(book):
        return "\n".join(str(row[0]) for row in book["Contents"].iter_rows(values_only=True))

    assert "Protection: none. Cells of few persons are in this workbook; don't publish it as it is." in words(read_back)
    assert all(mark in words(read_back) for mark in ("* (u), in grey: unreliable", "p: a proxy", "..  a number"))
    record = run.result.record | {"protect": "suppress", "protection": Protection().as_json()}
    protected = written(estimates=electricity, record=record)
    assert "Protection: suppress. Not shown, to protect persons: groups of fewer than 10 persons" in words(protected)
    assert "don't publish" not in words(protected)


@pytest.mark.parametrize(
    ("method", "sentence"),
    [
        ("suppress", "Not shown, to protect persons: groups of fewer than 10 persons or 5 households (unweighted)"),
        ("cell-key", "Every count has noise of at most 5 up or down (cell-key method), and the numbers are made of"),
        ("round:5", "Every count is rounded to a multiple of 5, and the numbers are made of these counts"),
        ("none", "Not protected: numbers of few persons are shown too."),
    ],
)
def test_under_each_table_stands_how_its_numbers_are_protected(run, written, electricity, method, sentence):
    record = run.result.record | {"protect": method, "protection": as_protection(method).as_json()}
    book = written(estimates=electricity, record=record)
    notes = [str(row[0]) for row in book["7.1.1"].iter_rows(values_only=True)]
    assert [line for line in notes[notes.index("Notes") :] if line.startswith(sentence)]
