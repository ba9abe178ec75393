"""The sheet of parities, and the blocks of other definitions of a migrant."""

from __future__ import annotations

import polars as pl
import pytest

from tests.writers.sheet_lines import lines_of_sheet

COSTA_RICA, ZIMBABWE = "Costa Rica 2011 (188201101)", "Zimbabwe 2012 (716201201)"
LITERACY = "Literate, persons aged 15 and over"
PARITY = f"Parity of: l{LITERACY[1:]}"
SECTIONS = {"One group to another", "Sex", "Age group", "Urban or rural", "Sex × Urban or rural"}
DEFINITIONS = {
    "birth": "migrants by birth, the default here",
    "citizenship": "migrants by citizenship",
    "either": "migrants by birth or citizenship",
    "recent": "recent migrants",
}


def lines_of(sheet, title):
    """The lines of a series in Costa Rica."""
    headings = [str(row[0]) for row in sheet.iter_rows(values_only=True)]
    every = {text.rpartition(":")[0] for text in headings if text.endswith((": percent", ": ratio"))}
    found = list(lines_of_sheet(sheet, every, {COSTA_RICA, ZIMBABWE}, SECTIONS))
    return [line for line in found if line.sample == COSTA_RICA and line.series.startswith(title)]


def row_of(estimates, **wanted):
    rows = estimates.filter(sample="188201101", series="literacy_15_plus", **wanted)
    return rows.row(0, named=True) if rows.height == 1 else pytest.fail(f"{rows.height} rows of {wanted}")


@pytest.fixture
def block(by_definitions):
    """The lines of the parity of literacy by the default definition."""
    title = f"{PARITY} ({DEFINITIONS['birth']})"
    return [line for line in lines_of(by_definitions[1]["4.5.1"], PARITY) if line.series == title]


def test_a_parity_sheet_starts_with_migrants_over_non_migrants_then_the_other_groups(block):
    assert [(line.section, line.label) for line in block[:5]] == [
        ("", "Total"),
        ("One group to another", "Female to male"),
        ("One group to another", "Rural to urban"),
        ("Sex", "Male"),
        ("Sex", "Female"),
    ]


def test_the_groups_compared_are_lines_and_all_migrants_and_non_migrants_columns(by_definitions, block):
    estimates, _ = by_definitions
    for label, comparison, dimension in (
        ("Female to male", "female:male", "sex"),
        ("Rural to urban", "rural:urban", "urban_rural"),
    ):
        (line,) = (line for line in block if line.label == label)
        assert set(line.cells) - {"unknown"} == {"everybody", "migrant", "non_migrant"}
        for group, wanted in (
            ("everybody", {"disaggregation": dimension}),
            ("migrant", {"migratory_status": "migrant"}),
            ("non_migrant", {"migratory_status": "non_migrant"}),
        ):
            row = row_of(estimates, comparison=comparison, **wanted)
            for name, cell in line.cells[group].items():
                assert cell.value == pytest.approx(row[name], rel=1e-15), (label, group, name)
            assert {"estimate", "ci_lower", "ci_upper", "n"} <= set(line.cells[group])


def test_migrants_over_non_migrants_have_a_column_of_their_own_and_no_cell_of_it_is_elsewhere(by_definitions, block):
    for line in block:
        if line.section == "One group to another":
            assert "parity" not in line.cells
        else:
            assert set(line.cells) == {"parity"}, "an empty cell: there is no such table"
    row = row_of(by_definitions[0], comparison="migrant:non_migrant", disaggregation="migratory_status",
                 definition="default", statistic="parity")  # fmt: skip
    assert block[0].cells["parity"]["estimate"].value == pytest.approx(row["estimate"], rel=1e-15)
    assert block[0].cells["parity"]["estimate"].number_format.startswith("#,##0.00")


def test_a_parity_sheet_has_no_difference_and_the_others_have_no_parity(by_definitions, read_back):
    titles = {sheet.title: {cell.value for cell in sheet[2]} for sheet in (*by_definitions[1], *read_back)}
    parity, difference = "Parity: migrants ÷ non-migrants", "Difference: migrants − non-migrants"
    assert parity in titles["4.5.1"]
    assert difference not in titles["4.5.1"]
    for name in set(titles) - {"Contents", "Data", "4.5.1"}:
        assert difference in titles[name], name
        assert parity not in titles[name], name


def test_a_parity_that_cannot_be_computed_is_a_dash_with_the_persons_counted(written, by_definitions):
    estimates, _ = by_definitions
    none = estimates.filter(pl.col("definition") == "default").with_columns(
        *(pl.lit(None, pl.Float64).alias(name) for name in ("estimate", "se", "ci_lower", "ci_upper")),
        obs_status=pl.lit("M"),
    )
    line = next(line for line in lines_of(written(estimates=none)["4.5.1"], PARITY) if line.label == "Female to male")
    assert [line.cells["migrant"][name].value for name in ("estimate", "ci_lower", "ci_upper")] == ["-"] * 3
    assert line.cells["migrant"]["n"].value > 0


def test_what_a_parity_is_is_said_under_its_table(by_definitions):
    words = [row[0] for row in by_definitions[1]["4.5.1"].iter_rows(values_only=True) if row[0]]
    assert any(text.startswith("Parity: the share of the group named first over that of the other.") for text in words)
    assert not any(str(row[0]).startswith("Parity: ") for row in by_definitions[1]["4.6.1"].iter_rows(values_only=True))


def test_each_definition_is_a_block_whose_title_says_who_is_a_migrant(by_definitions):
    estimates, book = by_definitions
    lines = lines_of(book["4.6.1"], LITERACY)
    titles = list(dict.fromkeys(line.series for line in lines))
    assert titles == [f"{LITERACY} ({words})" for words in DEFINITIONS.values()]
    for definition, words in DEFINITIONS.items():
        total, *rest = (line for line in lines if line.series.endswith(f"({words})"))
        assert [line.label for line in rest if line.section == "Sex"] == ["Male", "Female"]
        # by birth the numbers are those of the default definition, whose other groups are in the same block
        assert (len(rest) > 2) == (definition == "birth")
        for group in ("migrant", "non_migrant"):
            row = row_of(estimates, definition=definition, disaggregation="migratory_status", statistic="level",
                         indicator="4.6.1", migratory_status=group)  # fmt: skip
            assert total.cells[group]["estimate"].value == pytest.approx(row["estimate"], rel=1e-15)
            assert total.cells[group]["n"].value == row["n"]


def test_the_definition_that_is_the_default_one_stands_once_and_the_sheet_data_has_both(by_definitions):
    estimates, book = by_definitions
    head, *rows = book["Data"].iter_rows(values_only=True)
    assert [row[head.index("definition")] for row in rows] == estimates["definition"].to_list()
    assert {"default", "birth"} <= set(estimates["definition"])
    headings = [row[0] for row in book["4.6.1"].iter_rows(values_only=True) if str(row[0]).endswith(": percent")]
    assert f"{LITERACY}: percent" not in headings
    assert f"{LITERACY} (migrants by birth): percent" not in headings


def test_a_definition_whose_numbers_differ_from_the_default_ones_is_a_block_of_its_own(written, by_definitions):
    estimates, _ = by_definitions
    other = estimates.with_columns(n=pl.col("n") + (pl.col("definition") == "birth").cast(pl.Int64))
    titles = {line.series for line in lines_of(written(estimates=other)["4.6.1"], LITERACY)}
    assert {LITERACY, f"{LITERACY} (migrants by birth)"} <= titles


def test_the_words_under_a_definition_say_who_is_a_non_migrant_where_that_is_not_plain(by_definitions):
    words = [row[0] for row in by_definitions[1]["4.6.1"].iter_rows(values_only=True) if row[0]]
    for text in (
        "Migrants: foreign-born (nativity).",
        "Migrants: foreign citizens and stateless persons (citizenship).",
        "Migrants: foreign-born who arrived under 5 years ago. Non-migrants are all others, born abroad or not, unless "
        "their birth or arrival is unknown.",
    ):
        assert text in words


def test_contents_names_the_unit_and_the_definition_of_each_line(by_definitions, read_back):
    head, *lines = [
        row for row in by_definitions[1]["Contents"].iter_rows(values_only=True) if row[0] == "Indicator" or row[2]
    ]
    assert head[:5] == ("Indicator", "Series", "Sample", "Measured", "Unit")
    units = {row[1]: row[4] for row in lines if row[2] == COSTA_RICA}
    assert {units[f"{title} ({DEFINITIONS['birth']})"] for title in (LITERACY, PARITY)} == {"percent", "ratio"}
    assert {f"{LITERACY} ({words})" for words in DEFINITIONS.values()} <= set(units)
    everywhere = [row[4] for row in read_back["Contents"].iter_rows(values_only=True) if row[2] == COSTA_RICA]
    assert set(everywhere) == {"percent", "ratio"}


def test_contents_says_that_a_parity_is_no_difference_and_only_where_there_is_one(written, by_definitions, electricity):
    def titles(book):
        return {cell for row in book["Contents"].iter_rows(values_only=True) for cell in row}

    assert "Migrants − non-migrants; parity: ÷" in titles(by_definitions[1])
    assert "Difference: migrants − non-migrants" in titles(written(estimates=electricity))
