"""`--by NAME` of what this extract and mapping can't give says what it needs; what is no dimension, what to name."""

from __future__ import annotations

import json

import click
import pytest

from harmonize.errors import UsageError
from harmonize.schema import VARIABLES
from harmonize.tabulate.tables import tables_for

MAPPING = """\
mapping: my/small
version: 1.0.0
title: Small
source: {producer: Office}
sample: {id: A, country: CHL, year: 2002}
design: {person_weight: W, weight_decimals: 0}
variables:
  age: {from: AGE, number: {}, missing: {unknown: 999}}
  nativity: {from: NAT, codes: {native_born: 1, foreign_born: 2, unknown: 9}}
  year_of_arrival: {unavailable: only the long form asks it}
  residence_5_years_ago: {from: R5, optional: true, codes: {same_country: 1, abroad: 2, unknown: 9}}
  electricity: {from: ELEC, codes: {yes: 1, no: 2, unknown: 9}}
"""


@pytest.fixture
def by(harmonize, tmp_path):
    """`by("sex")` runs with that --by; gives the exit code, stderr and the notices."""
    (tmp_path / "m.yaml").write_text(MAPPING, encoding="utf-8")
    (tmp_path / "d.csv").write_text("W,AGE,NAT,ELEC\n1,20,1,1\n1,40,2,1\n", encoding="utf-8")

    def run(text):
        out = tmp_path / "out"
        result = harmonize("run", tmp_path / "m.yaml", tmp_path / "d.csv", "-o", out, "--by", text)
        record = out / "run.json"
        notices = json.loads(record.read_text(encoding="utf-8"))["notices"] if record.exists() else []
        return result.exit_code, result.stderr, [each for each in notices if each.startswith("no table by")]

    return run


@pytest.mark.parametrize(
    ("text", "words"),
    [
        (
            "return_migrant",
            "return_migrant needs nativity and ever_lived_abroad, or nativity and residence_5_years_ago, or nativity "
            "and residence_1_year_ago; this extract and mapping lack ever_lived_abroad, residence_5_years_ago (the "
            "extract has no column R5), residence_1_year_ago",
        ),
        (
            "duration_of_stay",
            "duration_of_stay needs years_since_arrival, or year_of_arrival; this extract and mapping lack "
            "years_since_arrival, year_of_arrival (only the long form asks it)",
        ),
        ("age_group*sex", "this extract and mapping lack sex"),
    ],
)
def test_a_table_that_can_not_be_says_what_it_needs_and_what_is_lacking(by, text, words):
    code, _, notices = by(text)
    assert (code, notices) == (0, [f"no table by {text}: {words}"])


def test_a_misspelt_name_of_what_this_mapping_lacks_has_its_hint_too(by):
    code, message, _ = by("return_migrants")
    assert code == 2
    assert message.startswith("--by return_migrants: there is no such variable\n  harmonize schema lists ")
    assert message.endswith("did you mean 'return_migrant'?\n")


def test_a_name_like_no_other_is_told_where_the_names_are(by):
    code, message, _ = by("qqq")
    assert code == 2
    assert "harmonize schema lists the variables of mappings; derived from them are nativity, " in message


@pytest.mark.parametrize(
    ("name", "instead"),
    [
        ("age", "name age_group or age_broad instead"),
        ("years_since_arrival", "name duration_of_stay or duration_detail instead"),
        ("year_of_arrival", "name duration_of_stay or duration_detail instead"),
        ("household_income", "only categorical variables can be dimensions: name one of those"),
    ],
)
def test_a_number_is_told_with_what_to_name_instead(name, instead):
    schema = {each: VARIABLES[each].dtype for each in ("sex", name)}
    with pytest.raises(UsageError) as caught:
        tables_for(schema, [f"sex*{name}"])
    assert str(caught.value) == f"--by sex*{name}: {name} is a number, not categorical\n  {instead}"


@pytest.mark.parametrize(
    ("text", "wrong"),
    [
        ("nativity*", "a name is missing beside *"),
        ("*nativity", "a name is missing beside *"),
        ("nativity ** age_group", "a name is missing beside *"),
        ("", "no variable is named"),
    ],
)
def test_a_star_without_a_name_beside_it_is_refused(by, text, wrong):
    code, message, _ = by(text)
    assert code == 2
    assert message == f'--by "{text}": {wrong}\n  name a variable, or several joined by *, as "sex*age_group"\n'


@pytest.mark.parametrize("typed", ["age*sex", "sex*age", "age * sex", " sex *age"])
def test_what_to_standardise_for_is_taken_in_any_order_with_blanks(typed):
    assert standard(typed) == "age*sex"


@pytest.mark.parametrize("typed", ["age*", "sex", "age*age", ""])
def test_what_can_not_be_standardised_for_is_refused(typed):
    with pytest.raises(click.BadParameter, match="is not one of 'age', 'age\\*sex'"):
        standard(typed)


def standard(typed):
    from harmonize.cli.run import command

    option = next(each for each in command.params if each.name == "standardise")
    return option.type.convert(typed, option, None)
