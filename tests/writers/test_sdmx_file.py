"""estimates.sdmx.csv of a run of the example census: what it says, and that others read the same of it."""

from __future__ import annotations

import csv
from pathlib import Path

import polars as pl
import pytest
from click.testing import CliRunner

from harmonize.cli import main
from harmonize.writers import WRITERS
from harmonize.writers.sdmx.dsd import DIMENSIONS, bundled

ROOT = Path(__file__).resolve().parents[2]
CENSUS = ROOT / "examples" / "census" / "persons.csv.gz"
REAL = ROOT.parent / "shared" / "real" / "sdmx" / "sdg_dsd_2021-04_brockfanning.xml"
FORMATS = "sdmx,parquet"
NUMBERS = {"OBS_VALUE": "estimate", "LOWER_BOUND": "ci_lower", "UPPER_BOUND": "ci_upper"}


def harmonize(*words: object) -> str:
    done = CliRunner().invoke(main, [str(word) for word in words])
    assert done.exit_code == 0, done.output
    return done.output


@pytest.fixture(scope="module")
def written(sdmx_out: Path) -> pl.DataFrame:
    return pl.read_csv(sdmx_out / "estimates.sdmx.csv", infer_schema=False)


def test_the_columns_are_those_of_sdmx_csv_with_the_fifteen_dimensions_in_order(sdmx_out: Path):
    with (sdmx_out / "estimates.sdmx.csv").open(encoding="utf-8", newline="") as file:
        head, first, *_ = csv.reader(file)
    assert head[:3] == ["STRUCTURE", "STRUCTURE_ID", "ACTION"]
    assert first[:3] == ["datastructure", "IAEG-SDGs:SDG(1.4)", "A"]
    assert tuple(head[3:18]) == DIMENSIONS
    assert head[18:20] == ["TIME_PERIOD", "OBS_VALUE"]


def test_every_code_is_in_the_list_of_its_component(written: pl.DataFrame):
    dsd = bundled()
    coded = [each for each in dsd.components if each.codelist and each.name in written.columns]
    assert {each.name for each in coded} == {*DIMENSIONS, "OBS_STATUS", "UNIT_MULT", "UNIT_MEASURE", "NATURE"}
    for each in coded:
        assert not written[each.name].has_nulls()
        assert set(written[each.name]) <= set(dsd.lists[each.codelist]), each.name
    assert set(written["SERIES"]) == {"EG_ACS_ELEC", "SL_TLF_UEM", "SL_TLF_NEET"}
    assert set(written["REF_AREA"]) == {"188", "716"}


def test_keys_are_unique(written: pl.DataFrame):
    assert not written.select(*DIMENSIONS, "TIME_PERIOD").is_duplicated().any()


def test_what_is_of_a_time_series_is_one_for_its_dimensions(written: pl.DataFrame):
    for name in ("UNIT_MEASURE", "COMMENT_TS", "CUST_BREAKDOWN_LB"):
        assert written.group_by(DIMENSIONS).agg(pl.col(name).n_unique())[name].max() == 1


def test_suppressed_rows_are_q_without_a_number_and_the_rest_are_as_in_the_estimates(
    written: pl.DataFrame, sdmx_out: Path
):
    hidden = written.filter(pl.col("OBS_STATUS") == "Q")
    assert hidden.height > 10
    assert hidden.select(pl.col(*NUMBERS).null_count()).row(0) == (hidden.height,) * 3
    assert written.filter(pl.col("OBS_STATUS") != "Q")["OBS_VALUE"].null_count() == 0
    levels = pl.read_parquet(sdmx_out / "estimates.parquet").filter(
        pl.col("statistic") == "level", pl.col("indicator").is_in(["7.1.1", "8.5.2", "8.6.1"])
    )
    notes = pl.read_csv(sdmx_out / "sdmx_notes.csv")
    again = notes.filter(pl.col("reason").str.contains("the key of a row"), pl.col("statistic") == "level")[
        "rows"
    ].sum()
    assert written.height == levels.height - again
    assert again < 10
    for name, ours in NUMBERS.items():
        found = sorted(float(each) for each in written[name].drop_nulls())
        assert set(found) == set(levels[ours].drop_nulls()), name


def test_migrants_by_sex_are_the_numbers_of_the_estimates(written: pl.DataFrame, sdmx_out: Path):
    codes = {"_T": "_T", "migrant": "MS_MIGRANT", "non_migrant": "MS_NOMIGRANT", "female": "F", "male": "M"}
    estimates = pl.read_parquet(sdmx_out / "estimates.parquet").filter(
        pl.col("series") == "electricity", pl.col("statistic") == "level",
        pl.col("disaggregation").is_in(["total", "migratory_status", "migratory_status*sex"]),
        pl.col("migratory_status") != "unknown",
    )  # fmt: skip
    assert estimates.height > 8
    for row in estimates.rows(named=True):
        (found,) = written.filter(
            SERIES="EG_ACS_ELEC", REF_AREA={"CRI": "188", "ZWE": "716"}[row["country"]], SEX=codes[row["sex"]],
            COMPOSITE_BREAKDOWN=codes[row["migratory_status"]], AGE="_T", CUST_BREAKDOWN="_T", URBANISATION="_T",
        ).rows(named=True)  # fmt: skip
        assert found["OBS_VALUE"] == (None if row["estimate"] is None else str(row["estimate"]))
        assert found["OBS_STATUS"] == (
            "Q" if row["conf_status"] in "CD" else {"M": "O"}.get(row["obs_status"], row["obs_status"])
        )


def test_the_notes_list_the_rest_with_the_reason(sdmx_out: Path):
    notes = pl.read_csv(sdmx_out / "sdmx_notes.csv")
    estimates = pl.read_parquet(sdmx_out / "estimates.parquet")
    written = pl.read_csv(sdmx_out / "estimates.sdmx.csv", infer_schema=False)
    assert notes.filter(pl.col("note") == "left_out")["rows"].sum() == estimates.height - written.height
    parity = notes.filter(pl.col("indicator") == "4.5.1")
    assert set(parity["reason"]) == {"comparisons have no series: they are made of the levels"}


def test_a_run_says_which_indicators_wait_for_the_mapping_to_name_a_standard(icls13: Path, tmp_path: Path):
    asked = ("--indicator", "7.1.1", "--indicator", "8.5.2", "--indicator", "8.6.1", "--format")
    said = (
        "note: 8.5.2 and 8.6.1 are not in estimates.sdmx.*: the mapping does not say that labour_force_status is by "
        "the 13th or the 19th ICLS. Where it is, write there standard: icls13 or standard: icls19"
    )
    assert said in " ".join(
        harmonize("run", "ipums/international", CENSUS, "-o", tmp_path / "national", *asked, "sdmx").split()
    )
    assert "ICLS" not in harmonize("run", "ipums/international", CENSUS, "-o", tmp_path / "csv", *asked, "csv")
    assert "ICLS" not in harmonize("run", icls13, CENSUS, "-o", tmp_path / "icls13", *asked, "sdmx")


def test_merge_writes_the_same_bytes(icls13: Path, tmp_path: Path):
    asked = ("--indicator", "7.1.1", "--indicator", "8.6.1")
    harmonize("run", icls13, CENSUS, "-o", tmp_path / "run", *asked, "--format", FORMATS)
    harmonize("apply", icls13, CENSUS, "-o", tmp_path / "all.parquet")
    harmonize("tabulate", tmp_path / "all.parquet", "-o", tmp_path / "part", *asked, "--partial")
    told = harmonize("merge", tmp_path / "part" / "state.zip", "-o", tmp_path / "merged", "--format", FORMATS)
    assert "sdmx_notes.csv tells which estimates the DSD has no codes for" in told
    for name in WRITERS["sdmx"]:
        assert (tmp_path / "run" / name).read_bytes() == (tmp_path / "merged" / name).read_bytes()


def test_each_series_has_one_row_of_everybody(written: pl.DataFrame):
    # by SERIES alone the age is that of its universe
    everybody = written.filter(pl.all_horizontal(pl.col(name) == "_T" for name in DIMENSIONS[4:] if name != "AGE"))
    ages = {"EG_ACS_ELEC": "_T", "SL_TLF_UEM": "Y_GE15", "SL_TLF_NEET": "Y15T24"}
    for area in ("188", "716"):
        for series, age in ages.items():
            assert everybody.filter(REF_AREA=area, SERIES=series, AGE=age).height == 1, (area, series)
