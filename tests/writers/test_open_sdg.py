"""The folder for Open SDG: by sdg-build's rules, with the numbers of the estimates, and nothing suppressed."""

from __future__ import annotations

import importlib
import json
from dataclasses import replace
from pathlib import Path

import pandas as pd
import polars as pl
import pytest
import yaml
from pandas._libs.parsers import STR_NA_VALUES

from harmonize import pipeline
from harmonize.derivations import DERIVATIONS
from harmonize.schema import VARIABLES
from harmonize.schema.places import PLACES
from harmonize.writers import Result
from harmonize.writers.delivery import Delivery
from harmonize.writers.open_sdg.folder import write_open_sdg
from harmonize.writers.open_sdg.settings import ATTRIBUTE, PLAIN
from harmonize.writers.open_sdg.table import INTERVAL
from harmonize.writers.open_sdg.words import column_of, value_of
from tests.writers import sdg_build_rules as rules
from tests.writers.conftest import CENSUS

LEFT, LEFT_OF = "open-sdg/data/indicator_99-9-9.csv", "open-sdg/KEN/meta/99-9-9.yml"


@pytest.fixture(scope="module")
def protected(tmp_path_factory: pytest.TempPathFactory) -> tuple[pl.DataFrame, Path, dict]:
    """The example's two countries, protected: the estimates, the folder, the record."""
    out = tmp_path_factory.mktemp("open_sdg")
    done = pipeline.run("ipums/international", [CENSUS], out, formats=["open-sdg"])
    return done.estimates, out / "open-sdg", done.run


@pytest.fixture
def folder_of(run, tmp_path):
    """`folder_of(estimates)`: the folder of the run with other estimates."""

    def call(estimates: pl.DataFrame, **changed: object) -> Path:
        path = tmp_path / "open-sdg"
        path.mkdir()
        write_open_sdg(replace(run.result, estimates=estimates, **changed), path)
        return path

    return call


def of_portal(estimates: pl.DataFrame) -> pl.DataFrame:
    return estimates.filter(pl.col("statistic").is_in(["level", "parity"]), definition="default", adjustment="none")


def files(folder: Path) -> list[str]:
    return sorted(path.relative_to(folder).as_posix() for path in folder.rglob("*") if path.is_file())


def one_country(estimates: pl.DataFrame) -> pl.DataFrame:
    return estimates.filter(country=estimates["country"][0])


def test_each_country_has_a_folder_that_keeps_all_rules_of_sdg_build(protected):
    _, folder, _ = protected
    assert sorted(path.name for path in folder.iterdir()) == ["CRI", "ZWE"]
    for country in folder.iterdir():
        assert len(list(country.glob("data/indicator_*.csv"))) > 5
        assert list(rules.findings(country)) == []


def test_one_country_is_the_folder_itself_with_a_file_an_indicator_in_each_part(run, folder_of):
    estimates = one_country(run.result.estimates)
    folder = folder_of(estimates)
    numbers = {number.replace(".", "-") for number in of_portal(estimates)["indicator"]}
    expected = [f"{part}/{number}.yml" for part in ("meta", "indicator-config") for number in numbers]
    expected += [f"{part}/indicator_{number}.csv" for part in ("data", "intervals") for number in numbers]
    assert files(folder) == sorted([*expected, "config_data.harmonize.yml", "metadata_schema.harmonize.yml"])
    assert list(rules.findings(folder)) == []


def test_sdg_build_itself_checks_and_builds_the_folder(protected, monkeypatch):
    sdg = pytest.importorskip("sdg", reason="sdg-build is on no package index: pip install from its repository")
    if importlib.util.find_spec("sdg.open_sdg") is None:
        pytest.skip("the package sdg is another one")
    monkeypatch.chdir(protected[1] / "CRI")
    assert importlib.import_module("sdg.open_sdg").open_sdg_check(config="config_data.harmonize.yml")
    assert sdg.open_sdg.open_sdg_build(config="config_data.harmonize.yml")


def test_the_rules_find_what_is_wrong_in_a_folder(run, folder_of):
    """Each rule is broken once."""
    folder = folder_of(one_country(run.result.estimates))
    path = folder / "data" / "indicator_7-1-1.csv"
    head, *lines = path.read_text(encoding="utf-8").splitlines()
    (folder / "meta" / "7-1-1.yml").write_text("source_active_1: maybe\n", encoding="utf-8")
    (folder / "indicator-config" / "7-1-1.yml").write_text("reporting_status: done\n", encoding="utf-8")
    empty = "," * (pl.read_csv(path).width - 1)
    broken = [head.replace("Units", " Units"), empty, f"{lines[0].replace('Percent', ' Percent')}c"]
    path.write_text("\n".join(broken), encoding="utf-8")
    found = list(rules.findings(folder))
    for words in (
        "white space at",
        "Value is not numeric",
        "an empty row",
        "white space in",
        "no option",
        "not of the type",
    ):
        assert any(words in each for each in found), words


def test_the_values_are_those_of_the_estimates_and_no_suppressed_number_is_among_them(protected):
    estimates, folder, _ = protected
    shown = of_portal(estimates)
    hidden = 0
    for country in folder.iterdir():
        for path in country.glob("data/*.csv"):
            number = path.stem.removeprefix("indicator_").replace("-", ".")
            ours = shown.filter(indicator=number, country=country.name)
            data, intervals = (pl.read_csv(country / part / path.name) for part in ("data", "intervals"))
            assert data["Value"].cast(pl.Float64).to_list() == ours["estimate"].to_list()
            assert intervals["Persons counted"].to_list() == ours["n"].to_list()
            assert intervals["Lower bound"].cast(pl.Float64).to_list() == ours["ci_lower"].to_list()
            suppressed = data["Observation status"] == "Missing value; suppressed"
            assert suppressed.to_list() == (ours["conf_status"] != "F").to_list()
            told = intervals.filter(suppressed).select(*INTERVAL, "Value")
            assert all(column.null_count() == told.height for column in told)
            hidden += told.height
    assert hidden > 100
    assert sum(len(pl.read_csv(path)) for path in folder.glob("*/data/*.csv")) == shown.height


def test_a_number_in_a_suppressed_row_would_not_be_written(protected, run, folder_of):
    estimates, _, record = protected
    leaky = one_country(estimates).with_columns(pl.col("estimate", "se", "ci_lower", "ci_upper").fill_null(77.125))
    folder = folder_of(leaky, record=record)
    for part in ("data", "intervals"):
        data = pl.read_csv(folder / part / "indicator_8-6-1.csv", infer_schema=False)
        hidden = data.filter(pl.col("Observation status") == "Missing value; suppressed")
        assert hidden.height > 10
        assert not any((hidden[name] == "77.125").any() for name in hidden.columns)


def test_rows_are_told_apart_by_year_series_units_and_groups_and_each_series_has_one_headline(protected):
    _, folder, _ = protected
    for country in folder.iterdir():
        plain = rules.plain_columns(country)
        for path in country.glob("data/*.csv"):
            data = rules.read(path)
            key = ["Year", "Series", "Units", *rules.groups(data, plain)]
            assert not data.duplicated(key).any(), path
            rows = rules.headline(data, plain).groupby(["Year", "Series", "Units"]).size()
            series = data.groupby(["Year", "Series", "Units"]).size()
            assert (rows == 1).all(), path
            assert len(rows) == len(series), path


def test_only_the_choice_of_migratory_status_opens_others(protected):
    """By sdg-build's edges: a table of sex within migratory status, without one of sex alone."""
    for country in protected[1].iterdir():
        for path in country.glob("data/*.csv"):
            pairs = rules.children(rules.read(path), rules.plain_columns(country))
            assert {parent for parent, _ in pairs} <= {"Migratory status"}, path


def test_the_footnote_says_how_many_numbers_are_hidden_as_the_site_marks_no_blank(protected):
    _, folder, _ = protected
    for path in folder.glob("*/data/*.csv"):
        number = path.stem.removeprefix("indicator_")
        config = yaml.safe_load((path.parents[1] / "indicator-config" / f"{number}.yml").read_text(encoding="utf-8"))
        data = pl.read_csv(path)
        hidden = data.filter(pl.col("Observation status") == "Missing value; suppressed").height
        assert f"{hidden:,} of {data.height:,} numbers are blank, to protect persons." in config["data_footnote"]
        there = data["Value"].null_count() < data.height
        assert config["reporting_status"] == ("complete" if there else "inprogress")


def test_years_of_a_country_stack_and_samples_of_one_year_are_series_of_their_own(run, folder_of):
    first = one_country(run.result.estimates)
    sample = first["sample"][0]
    later = first.with_columns(pl.col("year") + 10, sample=pl.lit("later"))
    twice = first.with_columns(sample=pl.lit("twice"))
    of = pl.col("sample") == sample
    methods = pl.concat(
        [
            run.result.methods,
            *(run.result.methods.filter(of).with_columns(sample=pl.lit(n)) for n in ("later", "twice")),
        ]
    )
    samples = {each["sample"]: each for each in run.result.record["samples"]}
    told = [{**samples[sample], "sample": name, "year": samples[sample]["year"] + (10 if name == "later" else 0)}
            for name in (sample, "later", "twice")]  # fmt: skip
    record = {**run.result.record, "samples": told}
    folder = folder_of(pl.concat([first, later, twice]), methods=methods, record=record)
    data = rules.read(folder / "data" / "indicator_7-1-1.csv")
    year = first["year"][0]
    assert {name.rpartition(" (")[2] for name in data["Series"][data["Year"] == year]} == {f"{sample})", "twice)"}
    assert {name.rpartition(" (")[2] for name in data["Series"][data["Year"] == year + 10]}.isdisjoint({"later)"})
    assert not data.duplicated(["Year", "Series", "Units", *rules.groups(data, rules.plain_columns(folder))]).any()
    config = yaml.safe_load((folder / "indicator-config" / "7-1-1.yml").read_text(encoding="utf-8"))
    assert config["graph_type"] == "line"


def test_no_category_reads_as_a_gap_or_a_number_and_no_two_of_a_dimension_are_the_same():
    derived = {each.NAME: each.CATEGORIES for each in DERIVATIONS}
    known = {name: each.values for name, each in VARIABLES.items() if each.values} | derived
    known |= {"country_of_birth": ["domestic", "foreign_unspecified", "unknown", *PLACES]}
    assert len(known) > 30
    for dimension, categories in known.items():
        words = [value_of(dimension, each) for each in categories]
        assert len(set(words)) == len(words), dimension
        read = pd.read_csv(pd.io.common.StringIO("x\n" + "\n".join(f'"{each}"' for each in words)))["x"]
        assert list(read) == words, dimension
    assert value_of("sanitation", "none") not in STR_NA_VALUES
    columns = [column_of(name) for name in known]
    assert len(set(columns)) == len(columns)
    assert not {*columns} & {*PLAIN, ATTRIBUTE, *INTERVAL}


def test_metadata_says_universe_migrants_proxies_custodian_and_source(run, folder_of):
    source = {
        "producer": "=HYPERLINK(1)",
        "documentation": "see https://example.org/census.",
        "citation": "Office: Census",
    }
    folder = folder_of(one_country(run.result.estimates), source=source)
    meta = yaml.safe_load((folder / "meta" / "8-6-1.yml").read_text(encoding="utf-8"))
    assert meta["SDG_TARGET"] == "Target 8.6"
    assert meta["SDG_CUSTODIAN_AGENCIES"] == "International Labour Organization"
    assert "Universe: aged 15–24" in meta["STAT_CONC_DEF"]
    assert "Migrants: foreign-born (nativity)." in meta["STAT_CONC_DEF"]
    assert "Proxy because: training outside formal education was not asked" in meta["REC_USE_LIM"]
    assert meta["source_organisation_1"] == source["producer"]
    assert meta["source_url_1"] == "https://example.org/census"
    config = yaml.safe_load((folder / "indicator-config" / "8-6-1.yml").read_text(encoding="utf-8"))
    assert config["indicator_number"] == "8.6.1"
    assert [each["value"] for each in config["data_start_values"]] == ["Migrants", "Non-migrants"]
    assert "NOT PROTECTED" in config["data_footnote"]


def test_the_same_estimates_give_the_same_bytes(run, tmp_path):
    for name in "ab":
        (tmp_path / name).mkdir()
        write_open_sdg(run.result, tmp_path / name)
    assert files(tmp_path / "a") == files(tmp_path / "b")
    for name in files(tmp_path / "a"):
        assert (tmp_path / "a" / name).read_bytes() == (tmp_path / "b" / name).read_bytes()
        assert b"\r" not in (tmp_path / "a" / name).read_bytes()


def test_files_of_an_earlier_run_go_and_those_of_others_stay(tmp_path):
    for name in (LEFT, LEFT_OF, "open-sdg/.git/config", "open-sdg/data/notes.txt"):
        (tmp_path / name).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / name).write_text("old")
    with Delivery(tmp_path) as delivery:
        (delivery.path("open-sdg/") / "data").mkdir()
        (delivery.stage / "open-sdg" / "data" / "indicator_8-6-1.csv").write_text("new")
        delivery.path("run.json").write_text("{}")
        delivery.finish()
    assert files(tmp_path) == [
        "open-sdg/.git/config", "open-sdg/data/indicator_8-6-1.csv", "open-sdg/data/notes.txt", "run.json",
    ]  # fmt: skip
    assert not (tmp_path / "open-sdg" / "KEN").exists()


def test_a_run_that_fails_leaves_an_earlier_folder_as_it_is(tmp_path):
    (tmp_path / LEFT).parent.mkdir(parents=True)
    (tmp_path / LEFT).write_text("old")

    def fail() -> None:
        with Delivery(tmp_path) as delivery:
            (delivery.path("open-sdg/") / "new.csv").write_text("new")
            raise RuntimeError

    with pytest.raises(RuntimeError):
        fail()
    assert files(tmp_path) == [LEFT]


def test_a_run_without_the_format_takes_the_folder_of_an_earlier_one_away(tmp_path):
    (tmp_path / LEFT).parent.mkdir(parents=True)
    (tmp_path / LEFT).write_text("old")
    done = pipeline.run("ipums/international", [CENSUS], tmp_path, indicators=["7.1.1"], formats=["csv"])
    assert not (tmp_path / "open-sdg").exists()
    assert json.loads((tmp_path / "run.json").read_text(encoding="utf-8"))["rows"] == done.run["rows"]


def test_without_any_rows_there_are_settings_alone_or_nothing(run, folder_of):
    empty = Result(run.result.estimates.clear(), run.result.methods, run.result.record)
    assert files(folder_of(empty.estimates)) == []


def test_intervals_are_told_of_where_there_are_any_and_not_of_a_full_count(run, folder_of):
    counted = run.result.estimates.with_columns(
        pl.lit(None, pl.Float64).alias(name) for name in ("se", "ci_lower", "ci_upper")
    )
    told = [path.read_text(encoding="utf-8") for path in folder_of(counted).rglob("meta/*.yml")]
    assert told
    assert not [each for each in told if "Intervals are of" in each]


def test_the_level_of_the_intervals_is_in_the_metadata(run, folder_of):
    told = [path.read_text(encoding="utf-8") for path in folder_of(run.result.estimates).rglob("meta/7-1-1.yml")]
    assert told
    assert all("Intervals are of 95 %" in each for each in told)
