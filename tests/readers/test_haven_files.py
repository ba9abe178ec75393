"""Files that R's haven wrote, and one of SAS: other writers than the one of the other tests."""

from __future__ import annotations

import shutil
import subprocess
from pathlib import Path

import pytest
from made_typed import texts

from harmonize.readers import open_extract

FILES = Path(__file__).parent / "haven"
INSTALLED = Path("/usr/lib/R/site-library/haven")
DAYS = ["2020-01-02", "1900-03-01", None, "1582-10-20", "1970-01-01"]
MADE = sorted(path.name for path in FILES.iterdir() if path.suffix[1:] in ("sav", "zsav", "dta", "sas7bdat"))


@pytest.mark.parametrize("name", ["byte.sav", "none.sav", "zsav.zsav"])
def test_an_spss_file_of_haven_keeps_its_declared_missing_values_and_labels(name: str) -> None:
    assert texts(FILES / name) == {
        "code": ["1", "2", "9", "-9", None],
        "rng": ["1", "97", "98.5", "99", None],
        "txt": ["é", "  b", "", "x", "ZZ"],
        "day": DAYS,
        "lng": ["é" * 300, "b" * 1000, "", "c", "d"],
    }
    with open_extract([FILES / name]) as extract:
        assert extract.labels == {"code": {"1": "one", "9": "refused"}, "txt": {"ZZ": "Zed"}}
        assert extract.codebook is not None
        assert extract.codebook.variables["code"].label == "A code"


@pytest.mark.parametrize("version", [8, 10, 12, 13, 14, 15])
def test_a_stata_file_of_haven_keeps_its_extended_missing_values_and_their_labels(version: int) -> None:
    path = FILES / f"{version}.dta"
    assert texts(path) == {
        "code": ["1", ".a", ".z", None, "2.5"],
        "whole": ["1", "2", None, "4", "100"],
        "txt": ["e", "  b", "", "x", "ZZ"],
        "day": DAYS,
    }
    with open_extract([path]) as extract:
        assert extract.labels == {"code": {"1": "one", ".a": "refused"}}


def test_a_sas_file_of_haven_keeps_its_special_missing_values_dates_and_the_label() -> None:
    path = FILES / "sas.sas7bdat"
    assert texts(path) == {
        "code": ["1", ".A", ".Z", None, "-9"],
        "dec": ["0.1", "0.3333333333333333", None, "1e-7", "123456789012"],
        "txt": ["é", "  b", "", "x", "ZZ"],
        "day": DAYS,
        "at": [
            "2020-01-02 03:04:05.000000",
            None,
            "1969-12-31 00:00:00.000000",
            "2001-09-09 01:46:40.000000",
            "1970-01-01 00:00:00.000000",
        ],
    }
    with open_extract([path]) as extract:
        assert extract.codebook is not None
        assert extract.codebook.variables["code"].label == "A code"
        assert extract.numeric == {"code", "dec"}


def test_a_sas_file_of_many_pages_has_all_its_rows_in_order() -> None:
    got = texts(FILES / "pages.sas7bdat")
    assert got["n"] == [str(i) for i in range(1, 2001)]
    assert got["t"] == [f"{i:05}" for i in range(1, 2001)]
    assert [float(cell or "nan") for cell in got["x"]] == [i / 7 for i in range(1, 2001)]


def test_a_file_that_sas_wrote_is_read() -> None:
    got = texts(FILES / "iris.sas7bdat")
    assert list(got) == ["Sepal_Length", "Sepal_Width", "Petal_Length", "Petal_Width", "Species"]
    assert len(got["Species"]) == 150
    assert [got[name][0] for name in got] == ["5.1", "3.5", "1.4", "0.2", "setosa"]
    assert got["Petal_Width"][149] == "1.8"


@pytest.mark.parametrize("name", ["pages.sas7bdat", "sas.sas7bdat", "iris.sas7bdat"])
@pytest.mark.parametrize("part", [0.1, 0.5, 0.9, 0.999])
def test_a_sas_file_that_is_cut_is_no_file(name: str, part: float, tmp_path: Path) -> None:
    from harmonize.errors import DataFileError

    content = (FILES / name).read_bytes()
    (tmp_path / name).write_bytes(content[: int(len(content) * part)])
    with pytest.raises(DataFileError, match=name):
        texts(tmp_path / name)


@pytest.mark.skipif(
    shutil.which("Rscript") is None or not INSTALLED.is_dir(), reason=f"R's haven is not at {INSTALLED}"
)
def test_the_files_are_those_that_haven_writes(tmp_path: Path) -> None:
    subprocess.run(
        ["Rscript", str(FILES / "make.R"), str(tmp_path), str(FILES.parents[2])], check=True, capture_output=True
    )
    made = sorted(path.name for path in tmp_path.iterdir() if path.suffix != ".gz")
    assert made == [name for name in MADE if name != "iris.sas7bdat"]
    for name in made:
        assert texts(tmp_path / name) == texts(FILES / name)
