"""A manifest says which extracts are run with which mappings; a mistake in it is told with its place."""

from __future__ import annotations

import pytest

from harmonize.batch.manifest import read_manifest
from harmonize.errors import UsageError

OPTIONS = ["by", "definitions", "totals", "indicator", "out", "dsd"]


@pytest.fixture
def manifest(tmp_path):
    """`manifest(text, files)` reads a manifest beside empty files of these names."""

    def read(text, files=()):
        for name in files:
            (tmp_path / name).parent.mkdir(parents=True, exist_ok=True)
            (tmp_path / name).touch()
        (tmp_path / "m.yaml").write_text(text)
        return read_manifest(tmp_path / "m.yaml", OPTIONS)

    return read


def test_a_pattern_is_a_run_for_each_file_that_fits(manifest, tmp_path):
    text = """\
runs:
  - name: "{country}-{year}"
    mapping: ipums/international
    data: "{country}/{year}/persons.csv"
    households: "{country}/{year}/homes.csv"
"""
    files = ["mex/2010/persons.csv", "mex/2020/persons.csv", "cri/2011/persons.csv", "cri/2011/other.csv"]
    jobs = manifest(text, files).jobs
    assert [job.name for job in jobs] == ["cri-2011", "mex-2010", "mex-2020"]
    assert jobs[0].data == (tmp_path / "cri/2011/persons.csv",)
    assert jobs[0].households == (tmp_path / "cri/2011/homes.csv",)


def test_a_pattern_may_be_a_path_from_the_root(manifest, tmp_path):
    jobs = manifest(f"runs: [{{mapping: ipums/cps, data: '{tmp_path}/{{year}}/a.csv'}}]", ["2010/a.csv"]).jobs
    assert [job.data for job in jobs] == [(tmp_path / "2010/a.csv",)]


def test_the_dsd_is_looked_for_beside_the_manifest_as_the_data_are(manifest, tmp_path):
    [job] = manifest("runs: [{mapping: ipums/cps, data: a.csv, options: {dsd: sdg/dsd.xml}}]").jobs
    assert job.arguments == ("--dsd", str(tmp_path / "sdg/dsd.xml"))


def test_a_run_without_a_name_is_called_like_its_file(manifest):
    jobs = manifest("runs: [{mapping: ipums/cps, data: '*.csv.gz'}]", ["a.csv.gz", "b.csv.gz"]).jobs
    assert [job.name for job in jobs] == ["a", "b"]


def test_options_are_those_of_run_and_those_of_a_run_are_added(manifest, tmp_path):
    text = """\
options: {by: [sex, "sex*age_group"], definitions: true, totals: false}
runs: [{mapping: ipums/cps, data: a.csv, options: {indicator: 8.6.1}}]
"""
    [job] = manifest(text).jobs
    assert job.arguments == ("--by", "sex", "--by", "sex*age_group", "--definitions", "--indicator", "8.6.1")
    assert job.command(tmp_path)[:5] == ["run", "ipums/cps", str(tmp_path / "a.csv"), "-o", str(tmp_path)]


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("runs: [{mapping: a, dat: b}]", "m.yaml:1:21 'dat' is not a key here\n"),
        ("runs: [{mapping: a}]", "m.yaml:1:8 'data' is missing"),
        ("runs: [{mapping: a, data: '{year}.csv'}]", "m.yaml:1:27 no file is called {year}.csv"),
        ("runs: [{mapping: 'm{x}', data: '{y}.csv'}]", "{x} stands for nothing in data"),
        ("runs: [{mapping: a, data: b}, {mapping: a, data: b}]", "two runs are called b"),
        ("runs: [{mapping: a, data: b, name: ../up}]", "'../up' can't be the name of a folder"),
        ("runs: [{mapping: a, data: b, options: {out: x}}]", "'out' is not an option here"),
        ("runs: [{mapping: a, data: b, options: {indicators: 1.4.1}}]", "m.yaml:1:40 run has no option --indicators"),
        ("runs: [{mapping: a, data: [b, 'c*']}]", "m.yaml:1:31 a list in data has no patterns"),
        ("runs: [{mapping: a, data: '{a b}.csv'}]", "m.yaml:1:27 '{a b}' is not part of a pattern"),
        ("runs: [{mapping: a, data: '**/c.csv'}]", "m.yaml:1:27 '**' is not part of a pattern"),
        ("out: [a]\nruns: [{mapping: a, data: b}]", "m.yaml:1:6 out is a text"),
        ("runs: {mapping: a}", "runs is a list of runs"),
        ("runs: [{mapping: a, data: b}]\nruns: []", "m.yaml:2"),
        ("", "m.yaml:1:1 Y003 the file is empty"),
    ],
)
def test_a_mistake_is_told_with_its_place(manifest, text, said):
    with pytest.raises(UsageError) as caught:
        manifest(text, ["y1.csv"] if "{y}" in text else ())
    assert said.strip() in str(caught.value)
