"""`harmonize inspect` on files of others: keys, published sums and labels (../shared/real; not part of the project)."""

from __future__ import annotations

import json

import pytest

from tests.functional.example import CENSUS

REAL = CENSUS.parents[3] / "shared" / "real"


@pytest.fixture
def inspected(harmonize):
    """`inspected("folder/file", ...)` is the JSON record; skips where the file is not there."""

    def call(name, *options):
        path = REAL / name
        if not path.is_file():
            pytest.skip(f"{path} is not there (see shared/real/README.md)")
        result = harmonize("inspect", path, *options, "--output-format", "json")
        assert result.exit_code == 0, result.stderr
        return json.loads(result.stdout)

    return call


def of(record, name):
    return next(each for each in record["variables"] if each["variable"] == name)


def weights(record):
    return {each["variable"]: each["sum"] for each in record["weights"]}


def test_acs_2011_has_its_keys_weights_and_mapping(inspected):
    record = inspected("acs-pums-2011/dpus.csv.gz", "--households", REAL / "acs-pums-2011" / "dhus.csv.gz")
    assert (record["records"], record["household_key"]["values"]) == (6279, 2778)
    assert record["record_key"]["columns"] == ["SERIALNO", "SPORDER"]
    assert weights(record) == {"PWGTP": 645_569}
    assert record["replicate_weights"] == [{"first": "PWGTP1", "last": "PWGTP80", "columns": 80}]
    assert record["mappings"][0]["mapping"] == "usa/acs-pums"
    assert record["households"]["record_key"]["columns"] == ["SERIALNO"]
    vacant = next(each for each in record["households"]["weights"] if each["variable"] == "WGTP")
    assert vacant["zero_or_negative"] > 0


def test_acs_2024_sums_to_the_published_population(inspected):
    assert weights(inspected("acs-pums-2024/p_56.parquet")) == {"PWGTP": 587_618}


def test_puerto_rico_2012_sums_to_the_published_population(inspected):
    record = inspected("ipumspy/usa_00172.dat.gz")
    assert weights(record)["PERWT"] == 3_667_084
    assert [each["label"] for each in of(record, "SEX")["codes"]] == ["Male", "Female"]


def test_cps_has_the_labels_of_its_codebook(inspected):
    record = inspected("ipumsr/cps_00157.dat.gz")
    assert (record["records"], record["household_key"]["values"]) == (7668, 3385)
    assert record["record_key"]["columns"] == ["YEAR", "MONTH", "SERIAL", "PERNUM"]
    assert of(record, "STATEFIP")["label"] == "State (FIPS code)"
    assert [each["label"] for each in of(record, "STATEFIP")["codes"]] == [
        "Iowa", "Minnesota", "North Dakota", "South Dakota", "Wisconsin",
    ]  # fmt: skip
    assert of(record, "INCTOT")["codes"] is None
    assert set(weights(record)) == {"ASECWT", "ASECWTH"}


def test_the_same_cps_as_fixed_width_and_csv_is_the_same(inspected):
    fixed, csv = inspected("ipumsr/cps_00157.dat.gz"), inspected("ipumsr/cps_00158.csv.gz")
    assert weights(fixed) == weights(csv)
    assert (fixed["household_key"], fixed["record_key"]) == (csv["household_key"], csv["record_key"])
    for variable in fixed["variables"]:
        same = of(csv, variable["variable"])
        assert (variable["label"], variable["values"]) == (same["label"], same["values"])
        if variable["codes"]:
            told = [[(int(c["code"]), c["label"], c["records"]) for c in v["codes"]] for v in (variable, same)]
            assert told[0] == told[1]


def test_households_without_a_person_of_a_hierarchical_file_are_counted(inspected):
    record = inspected("ipumspy/cps_00421.dat.gz")
    assert (record["records"], record["household_key"]["values"]) == (201_993, 85_296)
    assert record["households_without_persons"] == 137_285 - 85_296
    assert record["household_key"]["columns"] == ["YEAR", "MONTH", "SERIAL"]


def test_a_teaching_file_without_households_has_a_key_of_persons(inspected):
    record = inspected("gbr-2011/2011-census-microdata-small.csv")
    assert (record["household_key"], record["record_key"]["columns"]) == (None, ["Person ID"])
    assert of(record, "Person ID")["values"] == 50_000
    assert record["weights"] == []


def test_a_stata_file_has_its_own_labels(inspected):
    record = inspected("mex-2015/Tr_vivienda30_001.dta")
    assert record["records"] == 1332
    assert "factor" in {name.lower() for name in weights(record)}
    assert sum(bool(variable["label"]) for variable in record["variables"]) > 80
