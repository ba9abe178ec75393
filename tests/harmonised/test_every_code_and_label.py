"""apply to .sav and .dta and back: every code and label equal in haven and pyreadstat, of the example and ACS 2011.

The ACS file is ../shared/real/acs-pums-2011 (US Census Bureau, public domain; not part of the project). What haven read
of the example is in tests/spec_r/goldens, for where R has no haven.
"""

from __future__ import annotations

import shutil
import subprocess
from pathlib import Path

import pytest

from harmonize.apply import apply
from tests.functional.example import CENSUS, MAPPING
from tests.harmonised.counted import Counts, as_it_must_be, as_pyreadstat_counts, from_csv

ACS = Path(__file__).parents[3] / "shared" / "real" / "acs-pums-2011"
SPEC = Path(__file__).resolve().parents[1] / "spec_r"
LABELLED = (".sav", ".dta")
needs_haven = pytest.mark.skipif(
    shutil.which("Rscript") is None or not Path("/usr/lib/R/site-library/haven").is_dir(), reason="R has no haven here"
)


@pytest.fixture(scope="module", params=["census", "acs"])
def written(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A file without its suffix: .parquet, .sav and .dta are there."""
    out: Path = tmp_path_factory.mktemp("labels") / request.param
    if request.param == "acs" and not (ACS / "dpus.csv.gz").is_file():
        pytest.skip(f"the ACS 2011 sample is not there: {ACS}")
    for suffix in (".parquet", *LABELLED):
        if request.param == "acs":
            apply("usa/acs-pums", [ACS / "dpus.csv.gz"], Path(f"{out}{suffix}"), households=ACS / "dhus.csv.gz")
        else:
            apply(MAPPING, [CENSUS], Path(f"{out}{suffix}"))
    return out


@pytest.mark.parametrize("suffix", LABELLED)
def test_pyreadstat_reads_every_code_label_title_and_missing_value(written: Path, suffix: str) -> None:
    must = as_it_must_be(Path(f"{written}.parquet"), Path(f"{written}{suffix}"))
    assert len(must) > 1000
    assert as_pyreadstat_counts(Path(f"{written}{suffix}")) == must


@needs_haven
@pytest.mark.parametrize("suffix", LABELLED)
def test_haven_reads_every_code_label_title_and_missing_value(written: Path, suffix: str, tmp_path: Path) -> None:
    found = as_haven_counts(Path(f"{written}{suffix}"), tmp_path)
    assert found == as_it_must_be(Path(f"{written}.parquet"), Path(f"{written}{suffix}"))
    if written.name == "census":
        assert {key: row for key, row in found.items() if row[3]} == golden(suffix)


@pytest.mark.parametrize("suffix", LABELLED)
def test_of_the_example_pyreadstat_reads_what_haven_read(written: Path, suffix: str) -> None:
    if written.name == "census":
        found = as_pyreadstat_counts(Path(f"{written}{suffix}"))
        assert {key: row for key, row in found.items() if row[3]} == golden(suffix)


def as_haven_counts(path: Path, folder: Path) -> Counts:
    script, out = SPEC / "labels_as_haven_counts.R", folder / "now.csv"
    subprocess.run(["Rscript", script, path, out], check=True, timeout=120)
    return from_csv(out)


def golden(suffix: str) -> Counts:
    return from_csv(SPEC / "goldens" / f"census_{suffix[1:]}.csv")
