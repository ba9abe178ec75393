"""The workbook as a whole: sheets, links, notes, print, limits, bytes."""

from __future__ import annotations

import io
import re
import shutil

import openpyxl
import polars as pl
import pytest

from harmonize.indicators import INDICATORS
from harmonize.writers import WRITERS, Result
from harmonize.writers.workbook import page
from harmonize.writers.xlsx import write_xlsx
from tests import unprotected
from tests.writers.conftest import CENSUS


def words_of(sheet):
    return [str(cell) for row in sheet.iter_rows(values_only=True) for cell in row if isinstance(cell, str)]


def test_there_is_a_sheet_for_each_indicator_with_rows_between_contents_and_data(run, read_back):
    measured = list(dict.fromkeys(run.result.estimates["indicator"]))
    assert read_back.sheetnames == ["Contents", *measured, "Data"]
    for number in measured:
        assert read_back[number]["A1"].value == f"{number}  {INDICATORS[number].title}"


def test_a_link_of_contents_leads_to_the_sheet_or_to_the_sample_of_its_series(read_back):
    contents = read_back["Contents"]
    places = {
        cell.coordinate: cell.hyperlink.location for row in contents.iter_rows() for cell in row if cell.hyperlink
    }
    assert len(places) > 20
    for at, location in places.items():
        sheet, cell = re.fullmatch(r"'(.+)'!(A\d+)", location).groups()
        target = read_back[sheet][cell].value
        if at.startswith("A"):
            assert target.startswith(contents[at].value)
        else:
            sample = contents[at].offset(column=1).value
            assert target.startswith(f"{sample}: ")
            above = [read_back[sheet].cell(row, 1).value for row in range(1, int(cell[1:]))]
            unit = contents[at].offset(column=3).value
            headings = [each for each in above if each and each.endswith((": percent", ": ratio"))]
            assert headings[-1] == f"{contents[at].value}: {unit}"


def test_universe_reasons_and_who_is_a_migrant_are_above_the_table(read_back):
    words = words_of(read_back["8.6.1"])
    assert "Migrants: foreign-born (nativity)." in words
    assert any(text.startswith("Universe: aged 15–24") for text in words)
    assert any(text.startswith("Proxy because: training outside formal education was not asked") for text in words)
    assert set(INDICATORS["8.6.1"].caveats) <= set(words)


def test_every_series_that_is_not_measured_is_on_contents_with_its_reason(run, read_back):
    rows = [row for row in read_back["Contents"].iter_rows(values_only=True) if row[0]]
    titles = [row[0] for row in rows].index("Not measured, and why")
    lines = rows[titles + 1 :]
    without = run.result.methods.filter(pl.col("measurement") == "unavailable")
    assert without.height > 20
    for row in without.iter_rows(named=True):
        assert any(
            number == row["indicator"] and reasons == row["reasons"]
            and (row["title"] in title or title == INDICATORS[number].title)
            and (samples == "every sample" or row["sample"] in samples)
            for number, title, samples, reasons, *_ in lines
        ), row["series"]  # fmt: skip


def test_a_sheet_prints_across_one_page_wide_with_headings_and_page_numbers(run, read_back):
    for number in set(run.result.estimates["indicator"]):
        sheet = read_back[number]
        assert sheet.page_setup.orientation == "landscape"
        assert sheet.sheet_properties.pageSetUpPr.fitToPage
        # an absent width is one page
        assert (sheet.page_setup.fitToWidth or 1, sheet.page_setup.fitToHeight) == (1, 0)
        assert sheet.print_title_rows == "$1:$3"
        assert sheet.freeze_panes == "B4"
        assert sheet.oddFooter.left.text == f"Indicator {number}"
        assert sheet.oddFooter.right.text == "Page &P of &N"
    assert read_back["Data"].freeze_panes == "A2"
    assert read_back["Data"].auto_filter.ref.endswith(str(run.result.estimates.height + 1))


def test_more_rows_than_a_sheet_holds_are_left_to_the_csv_and_that_is_said(run, written, monkeypatch):
    monkeypatch.setattr(page, "MOST_ROWS", 300)
    estimates = run.result.estimates.filter(pl.col("indicator").is_in(["1.4.1", "7.1.1"]))
    book = written(estimates=estimates)
    assert "Data" not in book.sheetnames
    assert any(
        f"The {estimates.height:,} rows of the estimates are more than a sheet holds" in text
        for text in words_of(book["Contents"])
    )
    words = words_of(book["1.4.1"])
    assert "The groups are more than a sheet has rows: they are in estimates.csv and .parquet." in words
    assert (
        words.count("Total")
        == run.result.estimates.filter((pl.col("indicator") == "1.4.1") & (pl.col("disaggregation") == "total")).height
    )
    assert "Urban" not in words
    assert "Urban" in words_of(book["7.1.1"])


def test_the_same_result_gives_the_same_bytes(run, tmp_path):
    for name in ("one", "two"):
        write_xlsx(run.result, tmp_path / name)
    assert (tmp_path / "one").read_bytes() == (tmp_path / "two").read_bytes()


def test_the_same_persons_in_another_order_and_file_give_the_same_workbook(tmp_path):
    rows = pl.read_csv(CENSUS, infer_schema=False)
    rows.sample(fraction=1.0, shuffle=True, seed=5).write_csv(tmp_path / "shuffled.csv")
    shutil.copy(CENSUS, tmp_path / "whole.csv.gz")
    found = []
    for name in ("whole.csv.gz", "shuffled.csv"):
        done = unprotected.run("ipums/international", [tmp_path / name], tmp_path / name[:5], formats=["xlsx"])
        found.append((tmp_path / name[:5] / "estimates.xlsx").read_bytes())
    assert any("temporary files" in notice for notice in done.run["notices"]), "the rows were to be scattered"
    assert found[0] == found[1]


def test_without_any_rows_the_workbook_says_what_is_not_measured(run, tmp_path):
    result = run.result
    unmeasured = result.methods.with_columns(pl.lit("unavailable").alias("measurement"), pl.lit("why").alias("reasons"))
    write_xlsx(Result(result.estimates.clear(), unmeasured, result.record), tmp_path / "x.xlsx")
    book = openpyxl.load_workbook(tmp_path / "x.xlsx")
    assert book.sheetnames == ["Contents", "Data"]
    assert words_of(book["Contents"]).count("why") == len(set(unmeasured["indicator"]))


@pytest.mark.parametrize("name", sorted(WRITERS))
def test_a_file_that_cannot_be_written_is_an_os_error(run, tmp_path, name):
    for write in WRITERS[name].values():
        with pytest.raises(OSError, match="nowhere"):
            write(run.result, tmp_path / "nowhere" / "file")


def test_the_bytes_are_a_workbook_without_formulas(run):
    import zipfile

    with zipfile.ZipFile(io.BytesIO(run.workbook)) as archive:
        sheets = [name for name in archive.namelist() if name.startswith("xl/worksheets/sheet")]
        assert len(sheets) > 3
        assert not any(b"<f>" in archive.read(name) for name in sheets)
