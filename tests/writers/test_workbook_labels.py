"""Names of the tables become words that a reader expects."""

from __future__ import annotations

import pytest

from harmonize.derivations import DERIVATIONS
from harmonize.indicators import measured_series
from harmonize.schema import VARIABLES
from harmonize.tabulate.statuses import DEFINITIONS
from harmonize.words import words_in
from harmonize.words.languages import LANGUAGES
from harmonize.writers.workbook.contents import contents_widths
from harmonize.writers.workbook.indicator import status_words
from harmonize.writers.workbook.page import lines_of

ENGLISH = words_in("en")


@pytest.mark.parametrize(
    ("dimension", "category", "words"),
    [
        ("age_group", "55_59", "55–59"),
        ("age_group", "85_plus", "85 and over"),
        ("duration_of_stay", "10_plus", "10 or more"),
        ("duration_detail", "under_1", "Under 1"),
        ("generation", "second_both_parents", "Second generation, both parents"),
        ("region_of_birth", "Eastern Africa", "Eastern Africa"),
        ("region_of_birth", "foreign_unspecified", "Abroad, place not specified"),
        ("country_of_birth", "MEX", "Mexico"),
        ("country_of_birth", "M49:014", "Eastern Africa"),
        ("country_of_birth", "YUG", "Yugoslavia"),
        ("occupation", "isco_9", "ISCO 9"),
        ("industry", "isic_a", "ISIC A"),
        ("sex", "female", "Female"),
        ("sex", "unknown", "Unknown"),
        ("comparison", "female:male", "Female to male"),
        ("comparison", "migrant:non_migrant", "Migrant to non migrant"),
    ],
)
def test_a_category_in_words(dimension, category, words):
    assert ENGLISH.category(dimension, category) == words


@pytest.mark.parametrize("lang", LANGUAGES)
def test_how_far_a_series_is_the_official_one_is_a_line_of_the_contents(lang, run):
    words = words_in(lang)
    measured = contents_widths(run.result.estimates, words)[3]
    for each in ("exact", "proxy"):
        assert lines_of(status_words(each, words), measured) == 1


def test_no_dimension_has_two_categories_of_one_label():
    categories = {name: variable.values for name, variable in VARIABLES.items() if variable.values}
    categories |= {each.NAME: each.CATEGORIES for each in DERIVATIONS}
    for dimension, values in categories.items():
        labels = [ENGLISH.category(dimension, value) for value in values]
        assert len(set(labels)) == len(labels), f"{dimension}: {[x for x in labels if labels.count(x) > 1]}"
        assert not [x for x in labels if "_" in x], dimension


def test_no_two_dimensions_have_one_label():
    names = {*VARIABLES, *(each.NAME for each in DERIVATIONS)}
    labels = {name: ENGLISH.dimension(name) for name in names}
    shared = [name for name, words in labels.items() if list(labels.values()).count(words) > 1]
    assert shared == []


def test_a_sample_a_unit_and_who_is_a_migrant_in_words():
    assert ENGLISH.sample("USA", 2011, "USA_2011") == "United States of America 2011"
    assert ENGLISH.sample("CRI", 2011, "188201101") == "Costa Rica 2011 (188201101)"
    assert ENGLISH.unit("percentage_points") == "percentage points"
    assert ENGLISH.migrants("nativity", "citizenship_at_birth") == "foreign-born (nativity, citizenship at birth)"
    assert ENGLISH.migrants("citizenship") == "foreign citizens and stateless persons (citizenship)"
    assert ENGLISH.migrants("") == "nobody's migratory status is known"


def test_every_definition_of_a_migrant_has_words_of_its_own():
    assert [ENGLISH.definition(each) for each in DEFINITIONS] == [
        "migrants by birth",
        "migrants by citizenship",
        "migrants by birth or citizenship",
        "recent migrants",
    ]
    words = {each: ENGLISH.migrants(basis, "", each) for each, (_, basis) in DEFINITIONS.items()}
    assert words["birth"] == "foreign-born (nativity)"
    assert words["citizenship"] == "foreign citizens and stateless persons (citizenship)"
    assert words["either"].endswith("Non-migrants are the native-born who are citizens")
    assert words["recent"].startswith("foreign-born who arrived under 5 years ago. Non-migrants are all others")


def test_what_nativity_means_is_no_word_of_a_status_by_citizenship():
    concept = "citizenship_at_birth"
    assert ENGLISH.migrants("citizenship", concept, "citizenship") == ENGLISH.migrants("citizenship")
    assert ENGLISH.migrants("nativity", concept, "birth") == "foreign-born (nativity, citizenship at birth)"


def test_the_unit_of_a_rate_says_of_whom_it_is():
    assert ENGLISH.unit_of("percent", "Literate, persons aged 15 and over") == "percent"
    assert ENGLISH.unit_of("currency", "Mean earnings an hour") == "currency"
    shown = [series for series in measured_series() if series.levels and "per_" in series.unit]
    rates = {series.key: ENGLISH.unit_of(series.unit, series.title) for series in shown}
    assert rates["3.7.2", "births_15_19"] == "per 1,000 women"
    assert rates["8.8.1", "occupational_injuries"] == "per 100,000 employed"
    assert not [key for key, words in rates.items() if not words.split(",000 ")[1:]], "its title says of whom"
    assert (
        ENGLISH.unit_of("per_1000", "Deaths before age 5 per 1,000 live births (recent migrants)")
        == "per 1,000 live births"
    )
    assert ENGLISH.unit_of("per_1000", "Children who died") == "per 1,000"
