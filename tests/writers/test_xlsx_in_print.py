"""The workbook as LibreOffice prints it: every sheet has pages, on which every number can be read."""

from __future__ import annotations

import re
import shutil
import subprocess
from pathlib import Path

import openpyxl
import polars as pl
import pytest

OFFICE = shutil.which("soffice") or shutil.which("libreoffice")
TO_TEXT = shutil.which("pdftotext")
printed = pytest.mark.skipif(
    not (OFFICE and TO_TEXT), reason="LibreOffice and pdftotext are not there (libreoffice-calc, poppler-utils)"
)
LARGE = 1_234_567.89  # of earnings in the currency of some countries; and persons of a full count


def pages_of(workbook: Path) -> list[str]:
    """The text of each page, as LibreOffice prints the workbook. An own profile: another one may be running."""
    profile = f"-env:UserInstallation={(workbook.parent / 'profile').as_uri()}"
    subprocess.run(
        [OFFICE, "--headless", profile, "--convert-to", "pdf", "--outdir", str(workbook.parent), str(workbook)],
        check=True, capture_output=True, timeout=300,
    )  # fmt: skip
    pdf = workbook.with_suffix(".pdf")
    done = subprocess.run([TO_TEXT, "-layout", str(pdf), "-"], check=True, capture_output=True, encoding="utf-8")
    return done.stdout.split("\f")[:-1]


@printed
def test_every_sheet_has_pages_and_no_number_is_too_wide_for_its_column(run, tmp_path):
    path = tmp_path / "estimates.xlsx"
    path.write_bytes(run.workbook)
    pages = pages_of(path)
    feet = [re.search(r"^ *(?:Indicator )?(\S+) +Page (\d+) of (\d+) *$", page, re.MULTILINE) for page in pages]
    assert all(feet), "each page says what it is of"
    assert set(openpyxl.load_workbook(path).sheetnames) == {foot[1] for foot in feet if foot}
    for page in pages:
        assert "###" not in page
        assert not re.search(r"Err:\d|#(REF|NAME|VALUE|DIV/0|N/A)", page)


@printed
def test_numbers_of_a_whole_country_and_of_a_small_currency_fit_too(electricity, written, tmp_path):
    large = electricity.with_columns(
        pl.lit("currency").alias("unit"), pl.lit("U").alias("obs_status"),
        *(pl.lit(LARGE).alias(name) for name in ("estimate", "se", "ci_upper")), pl.lit(-LARGE).alias("ci_lower"),
        pl.lit(212_583_750).cast(electricity["n"].dtype).alias("n"), pl.lit(212_583_750.0).alias("population"),
    )  # fmt: skip
    written(estimates=large)
    pages = "".join(pages_of(tmp_path / "estimates.xlsx"))
    assert "###" not in pages
    assert "1,234,567.89* (u)" in pages
    assert "-1,234,567.89" in pages
    assert "212,583,750" in pages


def test_no_page_ends_with_a_heading_and_notes_stay_together(read_back):
    for sheet in read_back.worksheets[1:-1]:
        first = [sheet.cell(row, 1) for row in range(1, sheet.max_row + 1)]
        notes = next(cell.row for cell in first if cell.value == "Notes")
        last_rows = [each.id for each in sheet.row_breaks.brk]
        assert len(last_rows) >= sheet.max_row // 80, sheet.title
        for row in last_rows:
            assert not first[row - 1].font.b, (sheet.title, first[row - 1].value)
            assert not str(first[row - 1].value).startswith(("Universe", "Migrants", "Asked", "Total")), sheet.title
            assert row < notes, sheet.title


@printed
def test_a_page_holds_what_is_laid_out_for_it(run, read_back, tmp_path):
    """Pages end where the workbook says, and nowhere else: no program takes more or wider rows than were counted."""
    path = tmp_path / "estimates.xlsx"
    path.write_bytes(run.workbook)
    feet = re.findall(r"^ *Indicator (\S+) +Page", "".join(pages_of(path)), re.MULTILINE)
    for sheet in read_back.worksheets[1:-1]:
        assert feet.count(sheet.title) == len(sheet.row_breaks.brk) + 1, sheet.title


def test_each_sheet_prints_what_is_on_it_on_pages_one_wide(read_back):
    for sheet in read_back:
        assert sheet.print_area.endswith(f"${sheet.max_row}"), sheet.title
        assert sheet.sheet_properties.pageSetUpPr.fitToPage
        assert (sheet.page_setup.fitToWidth or 1, sheet.page_setup.fitToHeight) == (1, 0)
        assert sheet.freeze_panes or sheet.title == "Contents"
