"""estimates.sdmx.xml: SDMX-ML by the global DSD, valid, and the same as estimates.sdmx.csv to whoever reads it."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from xml.etree import ElementTree

import polars as pl
import pytest

from harmonize.errors import FitError
from harmonize.writers import Result
from harmonize.writers.sdmx import data_xml
from harmonize.writers.sdmx.dsd import DATA_SET, OBSERVATION, SERIES, Dsd, bundled
from harmonize.writers.sdmx.export import checked
from harmonize.writers.sdmx_xml import write_sdmx_xml
from tests.writers.sdmx_readers import READERS
from tests.writers.sdmx_rows import result_of
from tests.writers.sdmx_schema import mistakes

REAL = Path(__file__).resolve().parents[3] / "shared" / "real" / "sdmx" / "sdg_dsd_2021-04_brockfanning.xml"
ELECTRICITY = ("7.1.1", "electricity")
SEVERAL_YEARS = (
    {"year": 2012, "migratory_status": "migrant", "estimate": 1.5},
    {"year": 2002, "sample": "ZWE_2002", "estimate": 2.5},
    {"year": 2002, "sample": "ZWE_2002", "migratory_status": "migrant", "conf_status": "C"},
    {"year": 2012, "estimate": 1e-17, "obs_status": "U"},
)


def tree_of(result: Result, path: Path) -> ElementTree.Element:
    write_sdmx_xml(result, path)
    return ElementTree.parse(path).getroot()


def told(result: Result, path: Path) -> list[tuple[str, list[tuple[str, str]]]]:
    """Of each series its COMPOSITE_BREAKDOWN, and of each year OBS_VALUE."""
    return [
        (
            series.get("COMPOSITE_BREAKDOWN", ""),
            [(each.get("TIME_PERIOD", ""), each.get("OBS_VALUE", "")) for each in series],
        )
        for series in tree_of(result, path).iter("Series")
    ]


def test_it_is_valid_by_the_standard_and_by_the_schema_of_the_dsd(sdmx_out: Path, tmp_path: Path):
    assert mistakes(sdmx_out / "estimates.sdmx.xml", bundled(), tmp_path) == []
    text = (sdmx_out / "estimates.sdmx.xml").read_text(encoding="utf-8")
    for right, wrong in ((' UNIT_MULT="0"', ""), ('SEX="F"', 'SEX="female"'), (' UNIT_MEASURE="PT"', "")):
        assert right in text
        (tmp_path / "wrong.xml").write_text(text.replace(right, wrong, 1), encoding="utf-8")
        assert len(mistakes(tmp_path / "wrong.xml", bundled(), tmp_path)) == 1


@pytest.mark.skipif(not REAL.is_file(), reason=f"the DSD of the registry is not there: {REAL}")
@pytest.mark.parametrize("reader", READERS)
@pytest.mark.parametrize("file", ["estimates.sdmx.csv", "estimates.sdmx.xml"])
def test_others_read_every_value_of_both_files(reader: str, file: str, sdmx_out: Path):
    written = pl.read_csv(sdmx_out / "estimates.sdmx.csv", infer_schema=False).drop(
        "STRUCTURE", "STRUCTURE_ID", "ACTION"
    )
    rows = READERS[reader](sdmx_out / file, REAL)
    assert len(rows) == written.height > 100
    found = {frozenset((name, value) for name, value in row.items() if value is not None) for row in rows}
    assert found == {
        frozenset((name, value) for name, value in row.items() if value is not None)
        for row in written.iter_rows(named=True)
    }


def test_a_series_has_its_years_in_order_and_a_missing_number_is_nan(tmp_path: Path):
    assert told(result_of(ELECTRICITY, *SEVERAL_YEARS), tmp_path / "a.xml") == [
        ("MS_MIGRANT", [("2002", "NaN"), ("2012", "1.5")]),
        ("_T", [("2002", "2.5"), ("2012", "1e-17")]),
    ]


def test_the_pieces_in_which_it_is_written_do_not_show(tmp_path: Path, monkeypatch: pytest.MonkeyPatch):
    result = result_of(ELECTRICITY, *SEVERAL_YEARS)
    write_sdmx_xml(result, tmp_path / "whole.xml")
    monkeypatch.setattr(data_xml, "ROWS", 1)
    write_sdmx_xml(result, tmp_path / "pieces.xml")
    assert (tmp_path / "whole.xml").read_bytes() == (tmp_path / "pieces.xml").read_bytes()


def test_the_header_has_no_clock_and_an_id_of_what_is_said(tmp_path: Path):
    def header(*rows: dict[str, object]) -> dict[str, str]:
        root = tree_of(result_of(ELECTRICITY, *rows), tmp_path / "a.xml")
        return {each.tag.rpartition("}")[2]: each.text or "" for each in root[0]}

    first = header({})
    assert first["Prepared"] == "1980-01-01T00:00:00Z"
    assert first == header({})
    assert first["ID"] != header({"estimate": 12.6})["ID"]


def test_words_are_escaped_and_what_xml_can_not_hold_is_replaced(tmp_path: Path):
    sample = "a & b <\"c'>\r\n\té\x0b\x00\N{PILE OF POO}"
    tree = tree_of(result_of(ELECTRICITY, {"sample": sample}), tmp_path / "a.xml")
    (obs,) = tree.iter("Obs")
    expected = sample.replace("\x0b", "\N{REPLACEMENT CHARACTER}").replace("\x00", "\N{REPLACEMENT CHARACTER}")
    assert obs.get("SOURCE_DETAIL") == f"Zimbabwe 2012 ({expected})"


def test_without_a_row_it_is_a_valid_message_too(tmp_path: Path):
    write_sdmx_xml(result_of(ELECTRICITY, {"statistic": "difference"}), tmp_path / "none.xml")
    assert mistakes(tmp_path / "none.xml", bundled(), tmp_path) == []


@pytest.mark.parametrize("conf", ["C", "D"])
def test_a_suppressed_row_has_no_number_even_if_it_came_with_one(conf: str, tmp_path: Path):
    (obs,) = tree_of(result_of(ELECTRICITY, {"conf_status": conf}), tmp_path / "a.xml").iter("Obs")
    assert (obs.get("OBS_VALUE"), obs.get("OBS_STATUS")) == ("NaN", "Q")
    assert {"UPPER_BOUND", "LOWER_BOUND"}.isdisjoint(obs.attrib)


def attaching(**to: str) -> Dsd:
    """The global DSD with attributes attached to something else."""
    return replace(
        bundled(),
        components=tuple(replace(each, attached=to.get(each.name, each.attached)) for each in bundled().components),
    )


def test_attributes_are_where_the_dsd_attaches_them(tmp_path: Path):
    dsd = attaching(SOURCE_DETAIL=SERIES, NATURE=DATA_SET, COMMENT_TS=OBSERVATION)
    result = result_of(ELECTRICITY, *SEVERAL_YEARS, dsd=dsd)
    root = tree_of(result, tmp_path / "a.xml")
    assert root[1].get("NATURE") == "C"
    assert {each.get("SOURCE_DETAIL") for each in root.iter("Series")} == {"2002: Zimbabwe 2002 2012: Zimbabwe 2012"}
    assert all("COMMENT_TS" in each.attrib and "NATURE" not in each.attrib for each in root.iter("Obs"))


@pytest.mark.parametrize(("attached", "words"), [(SERIES, "for a series"), (DATA_SET, "for a data set")])
def test_several_values_of_what_has_one_are_refused(attached: str, words: str):
    found = result_of(ELECTRICITY, *SEVERAL_YEARS).sdmx.observations
    with pytest.raises(FitError, match=f"OBS_STATUS {words}, the estimates several"):
        checked(found, attaching(OBS_STATUS=attached, UNIT_MEASURE="", COMMENT_TS="", CUST_BREAKDOWN_LB=""))
