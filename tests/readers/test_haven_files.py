"""Files that R's haven wrote: another writer than the one of the other tests, with its missing values."""

from __future__ import annotations

import shutil
import subprocess
from pathlib import Path

import pytest
from made_typed import texts

from harmonize.readers import open_extract

HAVEN = Path("/usr/lib/R/site-library/haven")
pytestmark = pytest.mark.skipif(
    shutil.which("Rscript") is None or not HAVEN.is_dir(), reason=f"R's haven is not at {HAVEN}"
)

SCRIPT = """
library(haven)
setwd(commandArgs(TRUE)[1])
spss <- data.frame(
  code = labelled_spss(c(1, 2, 9, -9, NA), labels = c(one = 1, refused = 9), na_values = c(9, -9), label = "A code"),
  rng = labelled_spss(c(1, 97, 98.5, 99, NA), na_range = c(97, 99)),
  txt = labelled_spss(c("\\u00e9 ", "  b", "", "x", "ZZ"), labels = c(Zed = "ZZ"), na_values = "ZZ"),
  day = as.Date(c("2020-01-02", "1900-03-01", NA, "1582-10-20", "1970-01-01")),
  lng = c(strrep("\\u00e9", 300), strrep("b", 1000), "", "c", "d"))
for (how in c("byte", "none", "zsav")) write_sav(spss, paste0(how, if (how == "zsav") ".zsav" else ".sav"), how)
stata <- data.frame(
  code = labelled(c(1, tagged_na("a"), tagged_na("z"), NA, 2.5), labels = c(one = 1, refused = tagged_na("a"))),
  whole = c(1L, 2L, NA, 4L, 100L),
  txt = c("e", "  b", "", "x", "ZZ"),
  day = as.Date(c("2020-01-02", "1900-03-01", NA, "1582-10-20", "1970-01-01")))
for (version in c(8, 10, 12, 13, 14, 15)) write_dta(stata, paste0(version, ".dta"), version)
"""


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("haven")
    (folder / "make.R").write_text(SCRIPT, encoding="utf-8")
    subprocess.run(["Rscript", str(folder / "make.R"), str(folder)], check=True, capture_output=True)
    return folder


@pytest.mark.parametrize("name", ["byte.sav", "none.sav", "zsav.zsav"])
def test_an_spss_file_of_haven_keeps_its_declared_missing_values_and_labels(name: str, folder: Path) -> None:
    assert texts(folder / name) == {
        "code": ["1", "2", "9", "-9", None],
        "rng": ["1", "97", "98.5", "99", None],
        "txt": ["é", "  b", "", "x", "ZZ"],
        "day": ["2020-01-02", "1900-03-01", None, "1582-10-20", "1970-01-01"],
        "lng": ["é" * 300, "b" * 1000, "", "c", "d"],
    }
    with open_extract([folder / name]) as extract:
        assert extract.labels == {"code": {"1": "one", "9": "refused"}, "txt": {"ZZ": "Zed"}}
        assert extract.codebook is not None
        assert extract.codebook.variables["code"].label == "A code"


@pytest.mark.parametrize("version", [8, 10, 12, 13, 14, 15])
def test_a_stata_file_of_haven_keeps_its_extended_missing_values_and_their_labels(version: int, folder: Path) -> None:
    path = folder / f"{version}.dta"
    assert texts(path) == {
        "code": ["1", ".a", ".z", None, "2.5"],
        "whole": ["1", "2", None, "4", "100"],
        "txt": ["e", "  b", "", "x", "ZZ"],
        "day": ["2020-01-02", "1900-03-01", None, "1582-10-20", "1970-01-01"],
    }
    with open_extract([path]) as extract:
        assert extract.labels == {"code": {"1": "one", ".a": "refused"}}
