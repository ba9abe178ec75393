"""The year of a row from a code of the extract, and what is said of a row that has none."""

from __future__ import annotations

from typing import Any

import polars as pl
import pytest

from harmonize.distinct.memory import Memory
from harmonize.distinct.rows import Rows
from harmonize.errors import FitError, MappingError
from harmonize.rules.harmoniser import compile_mapping
from harmonize.rules.sample_facts import check_facts, check_together, codes_told

SEX = "sex: {from: SEX, codes: {male: 1, female: 2}}"
DESIGN = "design: {weight_kind: none}\n"
CODED = (
    "sample: {country: USA, year: {from: {first: [FACTOR, SERIAL]}, "
    "codes: {2011: 1018237, 2024: [1015250, 2024GQ001..2024HU999]}}}\n" + DESIGN
)
TOGETHER = (
    "sample: {country: USA, year: {from: FACTOR, together: true, "
    "codes: {2022: [1042311, 1113261], 2023: [1019518, 1085308]}}}\n" + DESIGN
)
POOLED = "sample: {id: {from: S}, country: {from: C, codes: {USA: 840, MEX: 484}}, year: {from: Y}}\n" + DESIGN


def facts(made: Any, rest: str, rows: dict[str, list[str | None]], **about: Any) -> dict[str, list[Any]]:
    out = made.apply(SEX, {"SEX": ["1"] * len(next(iter(rows.values()))), **rows}, rest, **about)
    return {name: out[name] for name in ("_sample", "_country", "_year")}


def batch(columns: dict[str, Any]) -> Rows:
    return Rows(pl.DataFrame(columns), Memory())


def refused(made: Any, rest: str, rows: dict[str, list[str | None]]) -> FitError:
    mapping = made.mapping(SEX, rest)
    rows = {"SEX": ["1"] * len(next(iter(rows.values()))), **rows}
    mapping, _ = mapping.lacking(rows)
    frame = pl.DataFrame(rows, schema=dict.fromkeys(rows, pl.String))
    harmonised = compile_mapping(mapping, list(rows)).harmonised(frame, Memory())
    with pytest.raises(FitError) as error:
        check_facts(mapping, harmonised)
    return error.value


def test_codes_tell_the_year_and_the_sample_is_named_after_it(made: Any) -> None:
    found = facts(made, CODED, {"FACTOR": ["1018237", "1015250"]})
    assert found == {"_sample": ["USA_2011", "USA_2024"], "_country": ["USA", "USA"], "_year": [2011, 2024]}


def test_a_factor_in_a_numeric_column_is_the_same_code(made: Any) -> None:
    assert facts(made, CODED, {"FACTOR": ["1018237.0"]}, numeric={"FACTOR"})["_year"] == [2011]


def test_the_second_column_tells_the_year_where_the_first_is_absent(made: Any) -> None:
    assert facts(made, CODED, {"SERIAL": ["2024HU123", "2024GQ001"]})["_year"] == [2024, 2024]


def test_the_first_column_decides_though_the_second_would_tell_a_year(made: Any) -> None:
    rows: dict[str, list[str | None]] = {"FACTOR": ["999", "1018237"], "SERIAL": ["2024HU123", "2024HU123"]}
    assert facts(made, CODED, rows)["_year"] == [None, 2011]


def test_codes_tell_the_country_of_a_pooled_extract(made: Any) -> None:
    found = facts(made, POOLED, {"S": ["a", "b"], "C": ["840", "484"], "Y": ["2010", "2011"]})
    assert found == {"_sample": ["a", "b"], "_country": ["USA", "MEX"], "_year": [2010, 2011]}


def test_an_extract_with_neither_column_does_not_fit(made: Any) -> None:
    with pytest.raises(FitError) as error:
        made.harmoniser(SEX, {"SEX": []}, CODED)
    assert "no column FACTOR or SERIAL (for sample)" in error.value.message


def test_a_year_that_the_mapping_does_not_know_names_the_column_and_the_codes_it_knows(made: Any) -> None:
    error = refused(made, CODED, {"FACTOR": ["1018237", "1016787", None]})
    assert error.message == (
        "FACTOR holds a code that sample.year does not know; "
        "it knows 2011 (1018237), 2024 (1015250, 2024GQ001..2024HU999)"
    )
    assert error.help == "another file or year? Compare its codebook with the mapping, then add its code to sample.year"
    assert error.exit_code == 4


def test_a_serial_number_that_tells_no_year_is_not_shown_and_the_absent_column_is_named(made: Any) -> None:
    error = refused(made, CODED, {"SERIAL": ["2023HU777"]})
    assert error.message.startswith("SERIAL (the extract has no FACTOR) holds a code that sample.year does not know;")
    assert "777" not in str(error)


def test_each_fact_that_a_row_lacks_has_its_line(made: Any) -> None:
    error = refused(made, POOLED, {"S": [None], "C": ["124"], "Y": ["soon"]})
    assert error.message.splitlines() == [
        "S gives a row no id: it is blank",
        "C holds a code that sample.country does not know; it knows USA (840), MEX (484)",
        "Y gives a row no year: it is blank, or not a number",
    ]


def test_rows_that_all_have_their_facts_pass(made: Any) -> None:
    mapping = made.mapping(SEX, POOLED)
    check_facts(mapping, batch({"_sample": ["a"], "_country": ["USA"], "_year": [2010]}))


@pytest.mark.parametrize(
    "rows", [["1042311", "1113261"], [" 1042311.0", "1113261", "1019518", "1085308", None], [None]]
)
def test_an_extract_with_all_codes_that_stand_together_passes(made: Any, rows: list[str | None]) -> None:
    mapping = made.mapping(SEX, TOGETHER)
    check_together(mapping, codes_told(mapping, batch({"FACTOR": pl.Series(rows, dtype=pl.String)})))


def test_codes_that_stand_together_are_counted_over_all_batches(made: Any) -> None:
    mapping = made.mapping(SEX, TOGETHER)
    batches = [batch({"FACTOR": ["1042311"]}), batch({"FACTOR": ["1113261"]})]
    check_together(mapping, set().union(*(codes_told(mapping, each) for each in batches)))


def test_an_extract_with_some_of_the_codes_that_stand_together_is_refused(made: Any) -> None:
    mapping = made.mapping(SEX, TOGETHER)
    told = codes_told(mapping, batch({"FACTOR": ["1042311", "1113261", "1019518"]}))
    with pytest.raises(FitError) as error:
        check_together(mapping, told)
    assert error.value.message == (
        "FACTOR holds 1019518, and not all of the 2 codes that stand together for sample.year 2023: 1019518, 1085308"
    )
    assert "a file of one year" in str(error.value.help)
    assert error.value.exit_code == 4


def test_together_without_codes_is_a_mistake_of_the_mapping(made: Any) -> None:
    with pytest.raises(MappingError) as error:
        made.mapping(SEX, "sample: {country: USA, year: {from: Y, together: true}}\n" + DESIGN)
    assert [finding.message for finding in error.value.findings] == [
        "sample.year: together is of codes, and there are none"
    ]
