"""What is made to be read in French and Spanish: the workbook, the report, labels, the schema. Data are the same."""

from __future__ import annotations

import html
import re
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import openpyxl
import pyreadstat
import pytest

from harmonize.apply import apply
from harmonize.mapping import load_mapping
from harmonize.words import LANGUAGES, words_in
from tests import unprotected
from tests.functional.conftest import as_typed
from tests.functional.example import CENSUS

__all__ = ["as_typed"]
ACS = Path(__file__).parents[3] / "shared" / "real" / "acs-pums-2011"
DATA = ("estimates.csv", "estimates.parquet", "methods.csv", "estimates.sdmx.csv")
#: Words of English that no sentence does without, and that are none of French or Spanish.
ENGLISH = re.compile(
    r"\b(the|of|and|or|with|without|who|where|are|is|aged|persons|women|men|by|from|which|sample|unknown|born|"
    r"migrants and|share|standard|weights?|years?|under|over|total of|native|group|proxy|not|samples|how|read|why|"
    r"measured|unit|indicators?|contents|estimates?|rows?|sheet|numbers?|differences?|intervals?)\b",
    re.IGNORECASE,
)
#: What is no sentence of ours: names of columns, variables, options and files.
NAMES = re.compile(r"`[^`]+`|--[\w-]+(=[\w./]+)?|\b\w+_\w+\b|\b\w+\.(csv|json)\b|harmonize \w+|\b[A-Z]{2,}\b")


def said_by(mapping_id: str) -> list[str]:
    """What a mapping says in its own words: its title, and why it has no such variable."""
    mapping = load_mapping(mapping_id)
    said = [mapping.title, *(rule.unavailable for rule in mapping.variables.values() if rule.unavailable)]
    return sorted(said, key=len, reverse=True)


@dataclass(frozen=True)
class Run:
    """What a run wrote, and its workbook."""

    folder: Path
    book: openpyxl.Workbook

    @property
    def sentences(self) -> list[str]:
        """All texts of the workbook but those of the sheet of data."""
        rows = (row for sheet in self.book.worksheets[:-1] for row in sheet.values)
        return [cell for row in rows for cell in row if isinstance(cell, str)]


def made(folder: Path, lang: str, **options: Any) -> Run:
    """A run of the example census in a language."""
    formats = ["csv", "parquet", "xlsx", "sdmx", "html"]
    unprotected.run("ipums/international", [CENSUS], folder, formats=formats, lang=lang, **options)
    return Run(folder, openpyxl.load_workbook(folder / "estimates.xlsx"))


@pytest.fixture(scope="module")
def runs(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Run]:
    """All indicators, in each language."""
    return {lang: made(tmp_path_factory.mktemp(lang), lang) for lang in LANGUAGES}


@pytest.fixture(scope="module")
def asked_for_more(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Run]:
    """One indicator with all that can be asked for beside it."""
    from harmonize.options import Options

    more = {
        "indicators": ["8.6.1"], "totals": True, "by": ["sex*age_broad", "country_of_birth", "disability"],
        "options": Options(definitions=True, standardise=("age",)),
    }  # fmt: skip
    return {lang: made(tmp_path_factory.mktemp(lang), lang, **more) for lang in LANGUAGES}


def english_in(texts: Iterable[str], mapping_id: str = "ipums/international") -> list[str]:
    """The texts that have English in them, less what the mapping says itself."""
    found, own = [], said_by(mapping_id)
    for text in dict.fromkeys(texts):
        ours = text
        for each in own:
            ours = ours.replace(each, "")
        if ENGLISH.search(NAMES.sub("", ours)):
            found.append(text)
    return found


@pytest.mark.parametrize("lang", ["fr", "es"])
def test_no_sentence_of_the_workbook_is_left_in_english(runs, asked_for_more, lang):
    for run in (runs, asked_for_more):
        found = run[lang].sentences
        assert len(found) > 200
        assert english_in(found) == []
        # the list finds English where it is
        assert len(english_in(run["en"].sentences)) > 20


@pytest.mark.parametrize("lang", ["fr", "es"])
def test_no_sentence_of_the_report_is_left_in_english(runs, lang):
    page = (runs[lang].folder / "report.html").read_text("utf-8")
    assert f'<html lang="{lang}">' in page
    shown = re.sub(r"<style>.*?</style>", "", page, flags=re.DOTALL)
    texts = [html.unescape(each).strip() for each in re.split(r"<[^>]+>", shown)]
    assert len(texts) > 200
    assert english_in(texts) == []


@pytest.mark.parametrize("lang", ["fr", "es"])
def test_the_data_are_the_same_in_every_language(runs, asked_for_more, lang):
    for run in (runs, asked_for_more):
        for name in DATA:
            assert (run[lang].folder / name).read_bytes() == (run["en"].folder / name).read_bytes(), name
        texts = [(run[each].folder / "run.json").read_text("utf-8") for each in ("en", lang)]
        untimed = [re.sub(r'"timings": \{[^}]*\}', "", text) for text in texts]
        assert untimed[0] == untimed[1]
        assert [*run["en"].book.worksheets[-1].values] == [*run[lang].book.worksheets[-1].values]


def test_the_numbers_of_the_sheets_are_the_same(runs):
    def numbers(lang: str) -> list[list[tuple[Any, ...]]]:
        book = runs[lang].book
        return [[tuple(cell for cell in row if not isinstance(cell, str)) for row in sheet.values] for sheet in book]

    assert numbers("en") == numbers("fr") == numbers("es")


def test_links_of_a_workbook_lead_to_sheets_that_are_there(runs):
    for lang in LANGUAGES:
        book = runs[lang].book
        cells = [cell for sheet in book.worksheets[:-1] for row in sheet.iter_rows() for cell in row if cell.hyperlink]
        assert cells
        assert {cell.hyperlink.location.partition("!")[0].strip("'") for cell in cells} <= set(book.sheetnames)
        assert book.sheetnames[0] == words_in(lang)("Contents")


@pytest.mark.parametrize(
    ("lang", "birth", "native"),
    [("fr", "Pays de naissance", "Nés dans le pays"), ("es", "País de nacimiento", "Nacidos en el país")],
)
@pytest.mark.parametrize("suffix", [".sav", ".dta"])
def test_labels_of_microdata_are_in_the_language_and_codes_are_not(tmp_path, lang, birth, native, suffix):
    read = pyreadstat.read_sav if suffix == ".sav" else pyreadstat.read_dta
    apply("ipums/international", [CENSUS], tmp_path / f"en{suffix}")
    apply("ipums/international", [CENSUS], tmp_path / f"{lang}{suffix}", lang=lang)
    english, inside = read(tmp_path / f"en{suffix}", output_format="polars")
    data, own = read(tmp_path / f"{lang}{suffix}", output_format="polars")
    assert data.equals(english)
    assert own.column_names == inside.column_names
    assert own.column_names_to_labels["country_of_birth"] == birth
    assert own.variable_value_labels["nativity"][1] == native
    assert (
        own.variable_value_labels["country_of_birth"].keys() == inside.variable_value_labels["country_of_birth"].keys()
    )
    titles = [title for title in own.column_labels if title]
    assert english_in(titles) == []
    assert english_in([label for labels in own.variable_value_labels.values() for label in labels.values()]) == []


def test_harmonised_files_of_any_language_are_tabulated_alike(tmp_path, as_typed):
    for lang in ("en", "es"):
        as_typed("apply", "ipums/international", CENSUS, "-o", tmp_path / f"{lang}.sav", "--lang", lang, "-q")
        made = as_typed("tabulate", tmp_path / f"{lang}.sav", "-o", tmp_path / lang, "--indicator", "4.6.1", "-q")
        assert made.exit_code == 0, made.output
    assert (tmp_path / "es" / "estimates.csv").read_bytes() == (tmp_path / "en" / "estimates.csv").read_bytes()


def test_the_schema_has_titles_in_the_language(as_typed):
    assert "Situation au regard de la main-d’œuvre" not in as_typed("schema").output
    french = as_typed("schema", "--lang", "fr").output
    assert re.search(r"country_of_birth +Pays de naissance\n", french)
    assert as_typed("schema", "literacy", "--lang", "es").output.startswith("literacy: Sabe leer y escribir un texto")
    assert "country_of_birth  " in as_typed("schema").output


def test_the_report_of_a_folder_is_in_the_language_asked_for(runs, tmp_path, as_typed):
    done = as_typed("report", runs["en"].folder, "--lang", "es", "-o", tmp_path / "informe.html")
    assert done.exit_code == 0, done.output
    assert (tmp_path / "informe.html").read_text("utf-8") == (runs["es"].folder / "report.html").read_text("utf-8")


def test_a_language_that_is_not_there_is_refused(as_typed, tmp_path):
    done = as_typed("run", "ipums/international", CENSUS, "-o", tmp_path / "x", "--lang", "de")
    assert done.exit_code == 2
    assert "'de' is not one of 'en', 'fr', 'es'" in done.output
    assert not (tmp_path / "x").exists()


@pytest.mark.skipif(not (ACS / "dpus.csv.gz").is_file(), reason="the ACS 2011 sample is not there")
@pytest.mark.parametrize("lang", ["fr", "es"])
def test_a_survey_with_replicate_weights_is_told_in_the_language(tmp_path, lang):
    unprotected.run(
        "usa/acs-pums", [ACS / "dpus.csv.gz"], tmp_path, households=ACS / "dhus.csv.gz", formats=["xlsx"], lang=lang
    )
    found = Run(tmp_path, openpyxl.load_workbook(tmp_path / "estimates.xlsx"))
    assert english_in(found.sentences, "usa/acs-pums") == []
