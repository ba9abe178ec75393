"""Open SDG of the ACS 2011 sample: every value is one of the estimates, a total of each series, nothing suppressed.

The file is ../shared/real/acs-pums-2011 (US Census Bureau, public domain; not part of the project).
"""

from __future__ import annotations

from pathlib import Path

import polars as pl
import pytest

from harmonize import pipeline
from tests.writers import sdg_build_rules as rules

ACS = Path(__file__).parents[3] / "shared" / "real" / "acs-pums-2011"
pytestmark = pytest.mark.skipif(
    not (ACS / "dpus.csv.gz").is_file(), reason=f"the ACS 2011 sample is not there: {ACS} (see shared/real/README.md)"
)


def test_a_protected_release_for_a_portal(tmp_path: Path):
    of = {"households": ACS / "dhus.csv.gz", "by": ("sex", "age_broad", "disability*sex"), "formats": ("open-sdg",)}
    shown = pipeline.run("usa/acs-pums", [ACS / "dpus.csv.gz"], tmp_path / "shown", **of)
    # the same cells with their numbers: those of suppressed ones must be nowhere
    every = pipeline.run("usa/acs-pums", [ACS / "dpus.csv.gz"], tmp_path / "every", protect="none", **of).estimates
    folder = tmp_path / "shown" / "open-sdg"
    assert list(rules.findings(folder)) == []
    plain = rules.plain_columns(folder)
    ours = shown.estimates.filter(
        pl.col("statistic").is_in(["level", "parity"]), adjustment="none", definition="default"
    )
    hidden = 0
    for path in sorted((folder / "data").iterdir()):
        number = path.stem.removeprefix("indicator_").replace("-", ".")
        data, intervals = rules.read(path), rules.read(folder / "intervals" / path.name)
        rows = ours.filter(indicator=number)
        assert len(data) == len(intervals) == rows.height
        for column, theirs in (("Value", "estimate"), ("Lower bound", "ci_lower"), ("Persons counted", "n")):
            got = pl.from_pandas(intervals[column].astype(float)).fill_nan(None)
            assert got.to_list() == rows[theirs].cast(pl.Float64).to_list(), (number, column)
        assert data["Value"].equals(intervals["Value"])

        keys = ["Year", "Series", "Units", *rules.groups(data, plain)]
        assert not data.duplicated(keys).any()
        totals = rules.headline(data, plain)
        assert totals.groupby(["Series", "Units"]).size().eq(1).all()
        assert set(totals["Series"]) == set(data["Series"])

        key = shown.estimates.columns[: shown.estimates.columns.index("estimate")]
        secret = rows.filter(pl.col("conf_status") != "F").select(key).join(every, on=key, nulls_equal=True)
        public = {float(each) for each in rows["estimate"].drop_nulls()}
        text = path.read_text(encoding="utf-8") + (folder / "intervals" / path.name).read_text(encoding="utf-8")
        for value in secret["estimate"].drop_nulls():
            if value not in public and len(repr(value)) > 10:  # a shorter one, as of a median, may be another's bound
                assert repr(value) not in text
                hidden += 1
    assert hidden > 200
