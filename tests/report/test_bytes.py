"""The same tables give the same report, whichever way it is asked for; what a label says stays text."""

from __future__ import annotations

import shutil
from dataclasses import replace

import polars as pl
import pytest

from harmonize.cli import main
from harmonize.report.folder import read_release
from harmonize.report.page import report
from harmonize.words import words_in
from tests.functional.conftest import as_typed
from tests.report.conftest import read, told

__all__ = ["as_typed"]
assert main
HOSTILE = "Census <script>alert('x')</script> & \"co\" <img src=x onerror=alert(1)>"


def test_report_of_the_folder_is_the_file_that_the_run_wrote(folder, as_typed, tmp_path):
    written = (folder / "report.html").read_bytes()
    result = as_typed("report", folder, "-o", tmp_path / "again.html")
    assert (result.exit_code, result.stdout) == (0, "")
    assert "again.html: 2 samples" in result.stderr
    assert (tmp_path / "again.html").read_bytes() == written
    assert [path.name for path in tmp_path.iterdir()] == ["again.html"]


def test_csv_gives_the_report_that_parquet_gives(folder, tmp_path):
    for name in ("estimates.csv", "methods.csv", "run.json"):
        shutil.copy(folder / name, tmp_path / name)
    text = report(read_release(tmp_path), words_in("en"))
    assert text.encode() == (folder / "report.html").read_bytes()


def test_how_long_the_run_took_and_where_its_files_were_is_not_in_it(page, one):
    other = {**one.record, "timings": {"read": 1.25, "total": 99.5}, "inputs": [], "state": {}, "notices": ["told"]}
    assert page(replace(one, record=other)).text == page(one).text


def test_markup_in_a_title_a_note_or_a_label_is_text(page, one):
    mapping = {**one.record["mapping"], "title": HOSTILE, "source": {"citation": HOSTILE}}
    unmapped = [{"variable": "sex", "column": "<b>", "code": "</td>", "label": HOSTILE, "persons": 12}]
    record = {**one.record, "mapping": mapping, "notes": [HOSTILE], "unmapped": unmapped}
    methods = one.methods.with_columns(
        universe=pl.lit(HOSTILE), title=pl.lit(HOSTILE), reasons=pl.lit(HOSTILE), numerator=pl.lit(HOSTILE)
    )
    found = page(replace(one, record=record, methods=methods))
    assert [*found.all("script"), *found.all("img"), *found.all("b")] == []
    assert HOSTILE in told(found.root.find("head").find("title")) or HOSTILE in found.words
    assert found.words.count(HOSTILE) > 20
    assert "<script" not in found.text


def test_an_attribute_keeps_what_a_label_says(page, one):
    samples = [{**each, "country": '"><script>'} for each in one.record["samples"]]
    estimates = one.estimates.with_columns(country=pl.lit('"><script>'))
    found = page(replace(one, estimates=estimates, record={**one.record, "samples": samples}))
    assert [*found.all("script")] == []
    assert '"><script> 2011' in found.words


@pytest.mark.parametrize("times", [2])
def test_made_twice_it_has_the_same_bytes(page, many, times):
    assert len({page(many).text for _ in range(times)}) == 1


def test_a_release_that_is_not_protected_says_so_at_the_top(page, one):
    assert "Not protected" not in told(page(one).root.find("body").find("header"))
    record = {**one.record, "protect": "none", "protection": {**one.record["protection"], "method": "none"}}
    assert "Not protected" in told(page(replace(one, record=record)).root.find("body").find("header"))


def test_it_can_be_read_back_as_xml(folder):
    assert read((folder / "report.html").read_text(encoding="utf-8")).root.tag == "html"
