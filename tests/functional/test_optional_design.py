"""An extract may lack a column of the design that the mapping calls optional."""

from __future__ import annotations

from pathlib import Path

import polars as pl

from tests import unprotected

CENSUS = Path(__file__).resolve().parents[2] / "examples" / "census" / "persons.csv.gz"


def test_without_strata_the_run_says_so_and_estimates_stay_the_same(tmp_path: Path) -> None:
    bare = pl.read_csv(CENSUS, infer_schema=False).drop("STRATA")
    bare.write_csv(tmp_path / "bare.csv")
    whole = unprotected.run("ipums/international", [CENSUS], tmp_path / "whole")
    lacking = unprotected.run("ipums/international", [tmp_path / "bare.csv"], tmp_path / "lacking")
    assert "the extract has no column STRATA: the standard errors do without it" in lacking.run["notices"]
    assert [sample["design"]["strata"] for sample in lacking.run["samples"]] == [1, 1]
    assert lacking.estimates["estimate"].equals(whole.estimates["estimate"])
    assert not lacking.estimates["se"].equals(whole.estimates["se"])
