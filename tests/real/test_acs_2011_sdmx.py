"""SDMX of the ACS 2011 sample: protected and unprotected, every level that has a code, by another way of counting.

The file is ../shared/real/acs-pums-2011 (US Census Bureau, public domain; not part of the project).
"""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

import polars as pl
import pytest
from polars.testing import assert_frame_equal

from harmonize import pipeline
from harmonize.writers.sdmx.dsd import DIMENSIONS, bundled
from tests.writers.sdmx_readers import READERS, table_of
from tests.writers.sdmx_schema import mistakes

ACS = Path(__file__).parents[3] / "shared" / "real" / "acs-pums-2011"
pytestmark = pytest.mark.skipif(
    not (ACS / "dpus.csv.gz").is_file(), reason=f"the ACS 2011 sample is not there: {ACS} (see shared/real/README.md)"
)
#: Of the series of the sample, those that are of the global list, and whatever standard the labour force is by.
CODES = {
    "national_poverty": "SI_POV_NAHC", "below_half_median": "SI_POV_50MI", "mean_hourly": "SL_EMP_EARN",
    "median_hourly": "SL_EMP_EARN", "mean_hourly_hours_weighted": "SL_EMP_EARN",
    "participation_15_24": "SE_ADT_EDUCTRN",
    "participation_25_64": "SE_ADT_EDUCTRN", "completion_primary": "SE_TOT_CPLR",
    "completion_lower_secondary": "SE_TOT_CPLR", "completion_upper_secondary": "SE_TOT_CPLR",
}  # fmt: skip


@dataclass(frozen=True)
class Ran:
    """A run, its folder and what protected it."""

    estimates: pl.DataFrame
    folder: Path
    protect: str


@pytest.fixture(scope="module", params=["suppress", "none"])
def ran(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Ran:
    folder = tmp_path_factory.mktemp("acs")
    done = pipeline.run(
        "usa/acs-pums", [ACS / "dpus.csv.gz"], folder, households=ACS / "dhus.csv.gz", by=("disability", "age_broad"),
        formats=("sdmx",), protect=request.param,
    )  # fmt: skip
    return Ran(done.estimates, folder, request.param)


def test_others_read_the_whole_table_back(ran: Ran):
    for read in READERS.values():
        rows = read(ran.folder / "estimates_full.sdmx.csv", ran.folder / "estimates_full.dsd.xml")
        found = table_of(rows, ran.folder / "estimates_full.dsd.xml", ran.estimates)
        assert_frame_equal(found, ran.estimates, check_exact=True)


def test_the_xml_is_valid_and_has_the_rows_of_the_csv(ran: Ran, tmp_path: Path):
    xml = ran.folder / "estimates.sdmx.xml"
    assert mistakes(xml, bundled(), tmp_path) == []
    written = pl.read_csv(ran.folder / "estimates.sdmx.csv", infer_schema=False)
    assert xml.read_text(encoding="utf-8").count("<Obs ") == written.height


def test_all_levels_with_a_code_are_written_with_their_numbers(ran: Ran):
    found = pl.read_csv(ran.folder / "estimates.sdmx.csv", infer_schema=False)
    notes = pl.read_csv(ran.folder / "sdmx_notes.csv")
    levels = ran.estimates.filter(pl.col("statistic") == "level", pl.col("series").is_in([*CODES]))
    lost = notes.filter(note="left_out", statistic="level").filter(pl.col("series").is_in([*CODES]))
    assert found.height + lost["rows"].sum() == levels.height
    assert all("the key of a row" in each or "AGE Y1" in each for each in lost["reason"])
    assert set(found["SERIES"]) == {*CODES.values()}
    for code in set(CODES.values()):
        ours = levels.filter(pl.col("series").is_in([name for name, of in CODES.items() if of == code]))
        values = {float(each) for each in found.filter(SERIES=code)["OBS_VALUE"].drop_nulls()}
        left = lost.filter(pl.col("series").is_in(ours["series"].to_list()), pl.col("reason").str.contains("AGE"))
        assert values <= set(ours["estimate"].drop_nulls())
        assert len(set(ours["estimate"].drop_nulls()) - values) <= left["rows"].sum()
    assert not found.select(*DIMENSIONS, "TIME_PERIOD").is_duplicated().any()
    for each in bundled().components:
        if each.codelist and each.name in found.columns:
            assert set(found[each.name]) <= set(bundled().lists[each.codelist])
    hidden = found.filter(OBS_STATUS="Q")
    assert hidden["OBS_VALUE"].null_count() == hidden.height
    assert found.filter(pl.col("OBS_STATUS").is_in(["A", "D", "U"]))["OBS_VALUE"].null_count() == 0
    assert set(found["SOURCE_DETAIL"]) == {"US Census Bureau, American Community Survey, Public Use Microdata Sample"}
    assert set(found.filter(SERIES="SE_TOT_CPLR")["AGE"]) == {"_T"}
    assert (hidden.height > 100) == (ran.protect == "suppress")
