"""The files of words name what there is, once each, in the form that labels are compared in."""

from __future__ import annotations

from importlib.resources import files

import pytest
import yaml

from harmonize.mapping.located import load_located_text
from harmonize.plain_text import plain
from harmonize.schema import VARIABLES
from harmonize.schema.places import PLACES

FILES = ("words.yaml", "design_words.yaml", "place_words.yaml")


def text(name):
    return files("harmonize.draft").joinpath(name).read_text(encoding="utf-8")


@pytest.mark.parametrize("name", FILES)
def test_no_key_is_written_twice(name):
    assert load_located_text(text(name), name)[1] == []


def test_words_are_of_variables_and_categories_of_the_schema():
    for variable, given in yaml.safe_load(text("words.yaml")).items():
        assert variable in VARIABLES
        assert {*given.get("categories", {})} <= {*VARIABLES[variable].values}, variable


@pytest.mark.parametrize("name", ["words.yaml", "design_words.yaml"])
def test_words_have_no_capitals_accents_or_marks_but_those_of_phrases(name):
    for part, given in yaml.safe_load(text(name)).items():
        lists = [given["labels"], given.get("not", []), *given.get("categories", {}).values()]
        for phrase in (each for phrases in lists for each in phrases):
            bare = " ".join(word.strip("^$*") for word in phrase.split() if word != "...")
            assert plain(bare) == bare, (part, phrase)


def test_places_are_those_of_the_schema_and_a_name_is_of_one_alone():
    words = yaml.safe_load(text("place_words.yaml"))
    named = [*words["names"], *words["areas"], *words["renamed"]]
    assert [code for code in named if code not in PLACES] == []
    for section in ("names", "areas"):
        names = [name for given in words[section].values() for name in given]
        assert sorted({name for name in names if names.count(name) > 1}) == []
