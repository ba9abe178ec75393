"""The example census measured once, and its workbook read back."""

from __future__ import annotations

import io
import json
from collections.abc import Callable
from dataclasses import dataclass, replace
from pathlib import Path

import openpyxl
import polars as pl
import pytest
from click.testing import CliRunner

from harmonize.cli import main
from harmonize.mapping import mappings_dir
from harmonize.options import Options
from harmonize.writers import Result
from harmonize.writers.xlsx import write_xlsx
from tests import unprotected

CENSUS = Path(__file__).resolve().parents[2] / "examples" / "census" / "persons.csv.gz"


@dataclass(frozen=True)
class Run:
    """What a run found, and the bytes of the workbook that it wrote."""

    result: Result
    workbook: bytes


@pytest.fixture(scope="session")
def run(tmp_path_factory: pytest.TempPathFactory) -> Run:
    out = tmp_path_factory.mktemp("run")
    by = ["sex", "country_of_birth", "sex*age_broad"]
    done = unprotected.run("ipums/international", [CENSUS], out, by=by, formats=["xlsx"])
    record = json.loads((out / "run.json").read_text(encoding="utf-8"))
    result = Result(done.estimates, done.methods, record, record["notices"])
    return Run(result, (out / "estimates.xlsx").read_bytes())


@pytest.fixture(scope="session")
def by_definitions(tmp_path_factory: pytest.TempPathFactory) -> tuple[pl.DataFrame, openpyxl.Workbook]:
    """Literacy and its parity by every definition of a migrant: the estimates, and the workbook."""
    out = tmp_path_factory.mktemp("definitions")
    done = unprotected.run(
        "ipums/international", [CENSUS], out, indicators=["4.5.1", "4.6.1"], options=Options(definitions=True),
        formats=["xlsx"],
    )  # fmt: skip
    return done.estimates, openpyxl.load_workbook(out / "estimates.xlsx")


@pytest.fixture(scope="session")
def read_back(run: Run) -> openpyxl.Workbook:
    return openpyxl.load_workbook(io.BytesIO(run.workbook))


@pytest.fixture
def written(run: Run, tmp_path: Path) -> Callable[..., openpyxl.Workbook]:
    """`written(estimates=...)`: the workbook of the run with something changed."""

    def call(**changed: object) -> openpyxl.Workbook:
        path = tmp_path / "estimates.xlsx"
        write_xlsx(replace(run.result, **changed), path)
        return openpyxl.load_workbook(path)

    return call


@pytest.fixture
def electricity(run: Run) -> pl.DataFrame:
    """The estimates of 7.1.1 in one sample: a small table of every shape."""
    first = run.result.estimates["sample"][0]
    return run.result.estimates.filter((pl.col("indicator") == "7.1.1") & (pl.col("sample") == first))


@pytest.fixture(scope="session")
def icls13(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The mapping of the example, by a country whose labour statistics are by the 13th ICLS."""
    text = (mappings_dir() / "ipums" / "international.yaml").read_text(encoding="utf-8")
    assert text.count("standard: national") == 1
    path = tmp_path_factory.mktemp("mapping") / "icls13.yaml"
    path.write_text(text.replace("standard: national", "standard: icls13"), encoding="utf-8")
    return path


@pytest.fixture(scope="session")
def sdmx_out(icls13: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A protected run of four indicators in SDMX, with what the global DSD has no codes for."""
    folder = tmp_path_factory.mktemp("sdmx") / "out"
    asked = [word for number in ("4.5.1", "7.1.1", "8.5.2", "8.6.1") for word in ("--indicator", number)]
    words = ["run", icls13, CENSUS, "-o", folder, *asked, "--by", "sex*age_group", "--format", "sdmx,parquet"]
    done = CliRunner().invoke(main, [str(word) for word in words])
    assert done.exit_code == 0, done.output
    return folder
