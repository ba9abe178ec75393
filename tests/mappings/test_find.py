from __future__ import annotations

import pytest

from harmonize.errors import UsageError
from harmonize.mapping import find_mapping
from harmonize.mapping.find import id_by_place, mappings_dir, shipped_mappings


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
