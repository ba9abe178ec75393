"""`--definitions`: migrants by birth, by citizenship, by either, and recent ones, beside the default."""

from __future__ import annotations

from pathlib import Path

import polars as pl
import pytest

from harmonize.estimate.table import KEY, columns
from harmonize.options import Options
from tests import unprotected
from tests.functional.example import CENSUS, MAPPING

ASKED = Options(definitions=True)
DEFINITIONS = ("birth", "citizenship", "either", "recent")

SMALL = """
mapping: my/persons
version: 1.0.0
title: Persons
source: {producer: Office}
sample: {id: S, country: CHL, year: 2020, kind: census}
design: {full_count: true}
variables:
  electricity: {from: ELEC, codes: {yes: y, no: n}}
"""
RULES = {
    "nativity": "{from: nativity, codes: {native_born: native, foreign_born: foreign, unknown: '?'}}",
    "citizenship_status": "{from: citizen, codes: {citizen: c, foreign_citizen: f, stateless: s, unknown: '?'}}",
    "years_since_arrival": "{from: years, number: {}, missing: {unknown: '?', not_applicable: '-'}}",
    "sex": "{from: sex, codes: {female: f, male: m}}",
}


@pytest.fixture(scope="module")
def folders(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, Path]:
    """The example census with the flag and without."""
    with_flag, without = (tmp_path_factory.mktemp(name) for name in ("with", "without"))
    unprotected.run(MAPPING, [CENSUS], with_flag, options=ASKED)
    unprotected.run(MAPPING, [CENSUS], without)
    return with_flag, without


@pytest.fixture(scope="module")
def table(folders: tuple[Path, Path]) -> pl.DataFrame:
    return pl.read_parquet(folders[0] / "estimates.parquet")


@pytest.fixture
def small(tmp_path):
    """`small(persons, *variables)`: the rows of persons of the full count of a mapping with these variables."""

    def call(text: str, *variables: str) -> pl.DataFrame:
        head, *lines = [[cell.strip() for cell in line.split("|")] for line in text.strip().splitlines()]
        pl.DataFrame(lines, schema=head, orient="row").write_csv(tmp_path / "persons.csv")
        rules = "".join(f"  {name}: {RULES[name]}\n" for name in variables)
        (tmp_path / "m.yaml").write_text(SMALL + rules, encoding="utf-8")
        data = [tmp_path / "persons.csv"]
        return unprotected.run(str(tmp_path / "m.yaml"), data, tmp_path / "out", options=ASKED).estimates.filter(
            indicator="7.1.1"
        )

    return call


def counts(table: pl.DataFrame, definition: str) -> dict[str, int]:
    """Status -> persons, by this definition."""
    rows = table.filter(definition=definition, disaggregation="migratory_status", statistic="level")
    return dict(rows.select("migratory_status", "n").iter_rows())


def test_all_definitions_stand_side_by_side_and_the_key_is_unique(table):
    assert list(dict.fromkeys(table["definition"])) == ["default", *DEFINITIONS]
    key = [name for name in columns() if name not in columns()[columns().index("estimate") :]]
    assert key[: len(KEY)] == list(KEY)
    assert table.select(key).is_duplicated().sum() == 0


def test_each_definition_has_status_and_status_by_sex_compared(table):
    for indicator, series in (("7.1.1", "electricity"), ("4.6.1", "literacy_15_plus")):
        rows = table.filter(indicator=indicator, series=series)
        for definition in DEFINITIONS:
            mine = rows.filter(definition=definition)
            assert set(mine["disaggregation"]) == {"migratory_status", "migratory_status*sex"}
            assert set(mine["statistic"]) == {"level", "difference", "ratio"}
            assert set(mine.filter(pl.col("statistic") != "level")["comparison"]) == {"migrant:non_migrant"}
    parities = table.filter(indicator="4.5.1").filter(pl.col("definition") != "default")
    assert set(parities["statistic"]) == {"parity"}
    assert set(parities["definition"]) == set(DEFINITIONS)


def test_each_definition_says_what_it_rests_on(table):
    assert dict(table.filter(pl.col("definition") != "default").select("definition", "basis").unique().iter_rows()) == {
        "birth": "nativity",
        "citizenship": "citizenship",
        "either": "nativity_or_citizenship",
        "recent": "nativity",
    }


def test_the_flag_does_not_change_a_byte_of_the_default_rows(folders):
    with_flag, without = (
        (folder / "estimates.csv").read_text(encoding="utf-8").splitlines(keepends=True) for folder in folders
    )
    at = with_flag[0].split(",").index("definition")
    assert [line for line in with_flag if line.split(",")[at] in ("definition", "default")] == without
    assert len(with_flag) > len(without)
    assert (folders[0] / "methods.csv").read_bytes() == (folders[1] / "methods.csv").read_bytes()


def test_where_the_default_is_by_birth_both_have_the_same_numbers(table):
    shared = [name for name in table.columns if name != "definition"]
    rows = table.filter(pl.col("disaggregation").is_in(["migratory_status", "migratory_status*sex"]))
    rows = rows.filter(pl.col("comparison").is_in(["", "migrant:non_migrant"]))
    assert set(rows.filter(definition="default")["basis"]) == {"nativity"}
    by_birth = rows.filter(definition="birth").select(shared)
    assert by_birth.height > 400
    assert by_birth.equals(rows.filter(definition="default").select(shared))


def test_every_definition_adds_up_to_everybody(table):
    total = table.filter(disaggregation="total", statistic="level").select("sample", "indicator", "series", "n")
    for definition in DEFINITIONS:
        rows = table.filter(definition=definition, disaggregation="migratory_status", statistic="level")
        added = rows.group_by("sample", "indicator", "series", maintain_order=True).agg(pl.col("n").sum())
        assert added.sort(added.columns).equals(total.sort(total.columns)), definition


PERSONS = """
nativity | citizen | years | ELEC | sex
foreign  | c       | 12    | y    | f
foreign  | f       | 3     | y    | f
foreign  | f       | ?     | n    | f
foreign  | ?       | 40    | n    | m
native   | c       | -     | y    | m
native   | f       | -     | y    | f
native   | ?       | -     | n    | m
native   | s       | -     | y    | m
?        | c       | -     | n    | f
?        | f       | ?     | y    | m
?        | ?       | 2     | y    | m
"""
ALL = ("nativity", "citizenship_status", "years_since_arrival", "sex")


def test_who_is_a_migrant_by_each_definition_worked_by_hand(small):
    table = small(PERSONS, *ALL)
    # By birth four are, four are not, of three it is not known.
    assert counts(table, "birth") == {"migrant": 4, "non_migrant": 4, "unknown": 3}
    # By citizenship the first is not, who was born abroad; the four foreign citizens and the stateless one are.
    assert counts(table, "citizenship") == {"migrant": 5, "non_migrant": 3, "unknown": 3}
    # By either: the four born abroad; the native-born foreigner and stateless one; the foreigner of unknown birth.
    # Not one: the native-born citizen alone. The native-born of unknown citizenship may be, as may the citizen
    # of unknown birth, and the one of whom nothing is known.
    assert counts(table, "either") == {"migrant": 7, "non_migrant": 1, "unknown": 3}
    # Recent: of those born abroad the one of 3 years is, those of 12 and 40 are not, of one it is not known, and the
    # four native-born are not. Whose birth is unknown stays so, however short the stay.
    assert counts(table, "recent") == {"migrant": 1, "non_migrant": 6, "unknown": 4}


@pytest.mark.parametrize(
    ("person", "statuses"),
    [
        # A citizen born abroad is a migrant by birth and by either, not by citizenship.
        ("foreign | c | 12", ("migrant", "non_migrant", "migrant", "non_migrant")),
        # One who came 3 years ago is recent, as is one of under a year and one of 4.
        ("foreign | f | 3", ("migrant", "migrant", "migrant", "migrant")),
        ("foreign | c | 0", ("migrant", "non_migrant", "migrant", "migrant")),
        ("foreign | f | 4", ("migrant", "migrant", "migrant", "migrant")),
        # One of 5 years is a non-migrant there.
        ("foreign | f | 5", ("migrant", "migrant", "migrant", "non_migrant")),
        # Of unknown duration is unknown under recent alone.
        ("foreign | f | ?", ("migrant", "migrant", "migrant", "unknown")),
        # The native-born are not recent, whatever their citizenship.
        ("native | f | -", ("non_migrant", "migrant", "migrant", "non_migrant")),
        ("native | s | -", ("non_migrant", "migrant", "migrant", "non_migrant")),
        ("native | ? | -", ("non_migrant", "unknown", "unknown", "non_migrant")),
        ("? | c | -", ("unknown", "non_migrant", "unknown", "unknown")),
        ("? | f | 3", ("unknown", "migrant", "migrant", "unknown")),
    ],
)
def test_the_status_of_one_person_by_each_definition(small, person, statuses):
    # a native and a foreigner beside the person, so that everything is asked in the sample
    others = "native | c | - | n | f\nforeign | f | 7 | n | f\n"
    both = ("migrant", "non_migrant"), ("migrant", "non_migrant"), ("migrant", "non_migrant"), ("non_migrant",) * 2
    table = small(f"nativity | citizen | years | ELEC | sex\n{person} | y | m\n{others}", *ALL)
    for definition, status, rest in zip(DEFINITIONS, statuses, both, strict=True):
        expected = {each: [status, *rest].count(each) for each in (status, *rest)}
        assert counts(table, definition) == expected, definition
        ones = table.filter(definition=definition, disaggregation="migratory_status*sex", sex="male", statistic="level")
        assert ones["migratory_status"].to_list() == [status], definition


def test_the_numbers_of_a_definition_are_those_of_its_persons(small):
    table = small(PERSONS, *ALL)
    rows = table.filter(definition="citizenship", disaggregation="migratory_status")
    # Of the five foreign and stateless all but the one of unknown duration have electricity; of three citizens two.
    values = dict(rows.filter(statistic="level").select("migratory_status", "estimate").iter_rows())
    assert values == {
        "migrant": pytest.approx(80),
        "non_migrant": pytest.approx(200 / 3),
        "unknown": pytest.approx(100 / 3),
    }
    (difference,), (ratio,) = (rows.filter(statistic=name)["estimate"] for name in ("difference", "ratio"))
    assert difference == pytest.approx(80 - 200 / 3)
    assert ratio == pytest.approx(1.2)


def test_a_mapping_without_a_question_has_no_rows_of_the_definitions_that_take_it(small):
    def definitions(*variables: str) -> list[str]:
        return list(dict.fromkeys(small(PERSONS, *variables)["definition"]))

    assert definitions("nativity", "years_since_arrival") == ["default", "birth", "recent"]
    assert definitions("nativity", "citizenship_status") == ["default", "birth", "citizenship", "either"]
    assert definitions("citizenship_status") == ["default", "citizenship"]
    assert definitions("sex") == ["default"]


def test_without_sex_a_definition_still_has_its_status(small):
    rows = small(PERSONS, "nativity").filter(definition="birth")
    assert set(rows["disaggregation"]) == {"migratory_status"}


POOLED = """
mapping: my/pool
version: 1.0.0
title: Two censuses
source: {producer: Office}
sample: {id: {from: SAMPLE}, country: CHL, year: 2020, kind: census}
design: {full_count: true}
variables:
  electricity: {from: ELEC, codes: {yes: y, no: n}}
  nativity: {from: nativity, codes: {native_born: native, foreign_born: foreign}}
  citizenship_status: {from: citizen, codes: {citizen: c, foreign_citizen: f, not_applicable: blank}}
"""


def test_in_a_pooled_extract_each_sample_has_the_definitions_of_what_it_asked(tmp_path):
    persons = [("old", "native", "", "y"), ("old", "foreign", "", "n")]
    persons += [("new", "native", "f", "y"), ("new", "foreign", "c", "n")]
    pl.DataFrame(persons, schema=["SAMPLE", "nativity", "citizen", "ELEC"], orient="row").write_csv(tmp_path / "p.csv")
    (tmp_path / "m.yaml").write_text(POOLED, encoding="utf-8")
    table = unprotected.run(str(tmp_path / "m.yaml"), [tmp_path / "p.csv"], tmp_path / "out", options=ASKED).estimates
    found = {name: set(table.filter(sample=name)["definition"]) for name in ("old", "new")}
    assert found == {"old": {"default", "birth"}, "new": {"default", "birth", "citizenship", "either"}}


def test_the_command_line_has_the_flag(harmonize, tmp_path):
    out = tmp_path / "out"
    done = harmonize(
        "run", MAPPING, CENSUS, "-o", out, "--definitions", "--indicator", "7.1.1",
        "--protect", "none", "--format", "csv",
    )  # fmt: skip
    assert done.exit_code == 0, done.output
    assert set(pl.read_csv(out / "estimates.csv")["definition"]) == {"default", *DEFINITIONS}
