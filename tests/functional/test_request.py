"""`harmonize request` orders from IPUMS what a run reads, and nothing else."""

from __future__ import annotations

import json

import polars as pl
import pytest
from click.testing import CliRunner
from ipumspy.api.extract import define_extract_from_json

from harmonize import pipeline
from harmonize.cli import main
from harmonize.mapping import load_mapping
from harmonize.request import source_columns
from tests.functional.example import CENSUS, MAPPING

#: of what the example census can measure, each indicator that has rows
MEASURED = ("1.4.1", "4.3.1", "4.5.1", "4.6.1", "5.3.1", "7.1.1", "8.5.2", "8.6.1", "17.8.1")


def ordered(*arguments: str) -> dict:
    """The definition that the command prints."""
    result = CliRunner().invoke(main, ["request", *arguments])
    assert result.exit_code == 0, result.output
    return json.loads(result.stdout)


@pytest.mark.parametrize("number", MEASURED)
def test_a_run_with_what_was_ordered_gives_the_same_numbers(tmp_path, number):
    whole = pl.read_csv(CENSUS, infer_schema=False)
    columns = set(source_columns(load_mapping(MAPPING), [number]))
    part = whole.select(name for name in whole.columns if name in columns)
    assert part.width < whole.width
    part.write_csv(tmp_path / "part.csv")
    numbers = [
        pipeline.run(MAPPING, [data], tmp_path / "out", indicators=[number]).estimates
        for data in (CENSUS, tmp_path / "part.csv")
    ]
    assert numbers[0].height > 50
    assert numbers[0].equals(numbers[1])


def test_ipumspy_reads_it_back(tmp_path):
    path = tmp_path / "extract.json"
    asked = ["request", MAPPING, "mx2010a", "cr2011a", "--indicator", "8.6.1", "-o", str(path)]
    assert CliRunner().invoke(main, asked).exit_code == 0
    extract = define_extract_from_json(str(path))
    written = json.loads(path.read_text())
    assert extract.collection == written["collection"] == "ipumsi"
    assert [sample.id for sample in extract.samples] == ["mx2010a", "cr2011a"]
    assert [variable.name for variable in extract.variables] == list(written["variables"])
    submitted = extract.build()
    assert {key: submitted[key] for key in ("dataFormat", "dataStructure", "version")} == {
        key: written[key] for key in ("dataFormat", "dataStructure", "version")
    }


def test_what_an_indicator_does_not_need_is_not_ordered():
    variables = ordered(MAPPING, "mx2010a", "--indicator", "7.1.1")["variables"]
    assert {"ELECTRIC", "PERWT", "SERIAL", "SEX", "AGE", "NATIVITY"} <= set(variables)
    assert not {"LIT", "EMPSTAT", "SCHOOL", "WATSUP"} & set(variables)


def test_a_further_table_orders_its_variable():
    without, with_it = (
        ordered(MAPPING, "mx2010a", "--indicator", "7.1.1", *more)["variables"]
        for more in ((), ("--by", "educational_attainment"))
    )
    assert set(with_it) - set(without) == {"EDATTAIND"}


def test_general_versions_are_ordered_which_come_with_the_detailed_ones():
    variables = ordered("ipums/usa", "us2022a", "--by", "status_in_employment")["variables"]
    assert {"BPL", "EDUC", "CLASSWKR"} <= set(variables)
    assert not {"BPLD", "EDUCD", "CLASSWKRD"} & set(variables)


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (["usa/acs-pums", "us2022a"], "not a mapping of IPUMS"),
        ([MAPPING, "mx2010a", "--indicator", "16.2.1"], "none of these indicators can be measured"),
        ([MAPPING, "mx2010a", "--indicator", "99.9.9"], "99.9.9"),
        ([MAPPING, "mx2010a", "--by", "shoe_size"], "shoe_size"),
        ([MAPPING, "mx2010a,cr2011a"], "not the id of a sample"),
    ],
)
def test_what_cannot_be_ordered_is_refused(arguments, said):
    result = CliRunner().invoke(main, ["request", *arguments])
    assert result.exit_code == 2
    assert said in result.stderr
