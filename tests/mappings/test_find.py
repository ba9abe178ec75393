from __future__ import annotations

import pytest

from harmonize.errors import UsageError
from harmonize.mapping import find, find_mapping
from harmonize.mapping.find import id_by_place, mappings_dir, mappings_meant, shipped_mappings


def test_every_shipped_mapping_is_found_by_its_id():
    shipped = shipped_mappings()
    assert shipped
    for name, path in shipped.items():
        assert find_mapping(name).resolve() == path.resolve()
        assert id_by_place(path) == name


def test_cases_and_lookups_are_no_mappings():
    assert not [name for name in shipped_mappings() if ".cases" in name or name.startswith("lookups/")]
    assert mappings_dir().name == "mappings"


def test_a_path_is_taken_as_a_path(tmp_path):
    path = tmp_path / "mine.yaml"
    path.write_text("mapping: mine\n")
    assert find_mapping(path) == path
    assert id_by_place(path) is None


def test_a_path_that_is_not_there_says_so():
    with pytest.raises(UsageError, match=r"^nowhere/mine\.yaml: there is no such file"):
        find_mapping("nowhere/mine.yaml")


def test_a_misspelt_id_brings_the_nearest():
    with pytest.raises(UsageError, match=r"Did you mean 'ipums/international'\?"):
        find_mapping("ipums/internatonal")


def test_a_part_of_an_id_brings_those_that_begin_so():
    with pytest.raises(
        UsageError, match=r"Ids that begin so: usa/acs-pums-2012, usa/acs-pums-5-year-2015, .*usa/acs-pums\."
    ):
        find_mapping("usa")


@pytest.mark.parametrize(
    ("name", "text", "words"),
    [
        ("m.cases.yaml", "cases: []", r"these are the cases of a mapping\n  Give the mapping, .*m\.yaml"),
        ("country.yaml", "lookup: country\nKEN: 1\n", "this is a lookup"),
        ("notes.md", "mapping: mine\n", "this is no mapping"),
    ],
)
def test_a_file_that_is_no_mapping_says_what_it_is(tmp_path, name, text, words):
    path = tmp_path / name
    path.write_text(text)
    with pytest.raises(UsageError, match=words):
        find_mapping(path)


def test_a_folder_is_no_mapping(tmp_path):
    with pytest.raises(UsageError, match="this is a folder"):
        find_mapping(tmp_path)


@pytest.mark.parametrize("empty", ["", " "])
def test_an_empty_name_is_not_the_folder_one_is_in(empty):
    with pytest.raises(UsageError, match="a mapping without a name"):
        find_mapping(*mappings_meant(empty))


def test_in_a_folder_a_folder_called_as_a_file_is_passed_by_and_yml_is_not(tmp_path):
    (tmp_path / "old.yaml").mkdir()
    (tmp_path / "mine.yml").write_text("mapping: mine\n")
    (tmp_path / "mine.cases.yml").write_text("mapping: mine\n")
    assert mappings_meant(str(tmp_path)) == [str(tmp_path / "mine.yml")]


def test_a_file_that_may_not_be_read_is_checked_as_a_mapping_and_says_so(tmp_path, monkeypatch):
    (tmp_path / "locked.yaml").write_text("mapping: mine\n")
    monkeypatch.setattr(find.os, "access", lambda path, mode: path == tmp_path)
    assert mappings_meant(str(tmp_path)) == [str(tmp_path / "locked.yaml")]
