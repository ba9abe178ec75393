"""Earnings, parities and standardised rates of the ACS 2011 sample have the standard errors of R's survey.

The file is ../shared/real/acs-pums-2011 (US Census Bureau, public domain; not part of the project); R said them in
make_acs_earnings_goldens.R.
"""

from __future__ import annotations

import subprocess
from collections import Counter
from pathlib import Path

import polars as pl
import pytest

from harmonize import pipeline
from harmonize.options import Options
from tests.estimates.test_surveys_against_r import (
    assert_equal,
    assert_said_again,
    by_key,
    goldens,
    skip_without_survey,
)
from tests.real.test_acs_2011_duckdb import HOUSEHOLDS, PERSONS

HERE = Path(__file__).parent
SAID = goldens(HERE / "goldens" / "acs_2011_earnings.csv")
GOLDENS = SAID["acs_2011", "centered"]
pytestmark = pytest.mark.skipif(
    not PERSONS.is_file(), reason=f"the ACS 2011 sample is not there: {PERSONS} (see shared/real/README.md)"
)


def test_every_number_of_r_is_that_of_the_run(tmp_path: Path) -> None:
    counts = Counter(row["statistic"] for row in GOLDENS)
    assert min(counts[name] for name in ("level", "difference", "ratio", "gap", "parity")) >= 9
    assert {row["adjustment"] for row in GOLDENS} == {"none", "standardised_age"}
    # Taylor's errors: without the replicate weights, which would win
    persons = pl.read_csv(PERSONS, infer_schema_length=0)
    persons.drop([f"PWGTP{r}" for r in range(1, 81)]).write_csv(tmp_path / "persons.csv")
    run = pipeline.run(
        "usa/acs-pums", [tmp_path / "persons.csv"], tmp_path / "out", households=HOUSEHOLDS, by=["sex"],
        options=Options(standardise=("age",)),
        indicators=["4.3.1", "4.5.1", "8.5.1"], protect="none",
    )  # fmt: skip
    assert_equal(by_key(run.estimates), GOLDENS)


def test_r_says_today_what_it_said_for_the_goldens(tmp_path: Path) -> None:
    skip_without_survey()
    script = HERE / "make_acs_earnings_goldens.R"
    subprocess.run(["Rscript", script, PERSONS, tmp_path / "now.csv"], check=True, timeout=300)
    assert_said_again(goldens(tmp_path / "now.csv"), SAID)
