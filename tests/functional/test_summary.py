"""The summary of a run, from made results: headline, doubt, what is missing, where the files are."""

from __future__ import annotations

import io
from pathlib import Path

import polars as pl
import pytest

from harmonize.cli.summary import print_summary
from harmonize.publishing import RunResult

SAMPLE = {
    "sample": "USA_2011", "country": "USA", "year": 2011, "persons": 6279, "households": 2778,
    "weight": "PWGTP", "basis": "nativity", "concept": "citizenship_at_birth", "migrants": 743,
}  # fmt: skip

MONEY = dict.fromkeys(("sample", "indicator", "series", "currency"), pl.String)
AVAILABILITY = [
    {"number": "8.5.2", "status": "exact", "reasons": []},
    {"number": "7.1.1", "status": "unavailable", "reasons": ["missing_variable"]},
    {"number": "1.1.1", "status": "unavailable", "reasons": ["no_poverty_line"]},
]


def level(indicator, series, group, estimate, low, high, **changed):
    return {
        "sample": "USA_2011", "indicator": indicator, "series": series, "unit": "percent",
        "statistic": "level", "comparison": None, "adjustment": "none", "definition": "default",
        "status_of": "self",
        "disaggregation": "migratory_status", "migratory_status": group, "estimate": estimate,
        "ci_lower": low, "ci_upper": high, "measurement": "exact", "obs_status": "A", "conf_status": "F",
        **changed,
    }  # fmt: skip


ROWS = [
    level("8.5.2", "unemployment", "migrant", 11.23, 7.81, 15.7),
    level("8.5.2", "unemployment", "non_migrant", 9.7, 8.4, 11.2),
    level("8.6.1", "neet", "migrant", 37.1, 20.0, 60.1, measurement="proxy", obs_status="U"),
    level("8.6.1", "neet", "non_migrant", 14.9, 11.0, 18.1, measurement="proxy"),
    level("8.6.1", "neet", "unknown", 50.0, 1.0, 99.0, measurement="proxy"),
    level("8.6.1", "neet", "migrant", 1.0, 0.0, 2.0, disaggregation="migratory_status*sex"),
]


@pytest.fixture
def summary(monkeypatch):
    def call(rows=ROWS, columns=80, samples=(SAMPLE,), typed="usa/acs-pums", quality=None, methods=(), **changed):
        monkeypatch.setenv("COLUMNS", str(columns))
        run = {
            "mapping": {"id": "usa/acs-pums", "version": "1.0.0"}, "level": 95, "samples": list(samples),
            "availability": AVAILABILITY,
            "unmapped": [], "contradictions": [], "unknown_status_share": 0.004, "timings": {"total": 2.13},
            **changed,
        }  # fmt: skip
        files = [Path("out/estimates.csv"), Path("out/run.json")]
        stream = io.StringIO()
        result = RunResult(
            pl.DataFrame(rows, infer_schema_length=None), pl.DataFrame(methods, schema=MONEY), run, files, quality
        )
        print_summary(result, typed, stream=stream)
        return "\n".join(line.rstrip() for line in stream.getvalue().splitlines())

    return call


@pytest.mark.parametrize(("stated", "shown"), [("earnings: USD", "(USD)"), ("", "(currency)")])
def test_money_is_told_in_the_currency_that_the_mapping_states(summary, stated, shown):
    pay = level("8.5.1", "mean_hourly", "migrant", 19.5, 16.5, 23.0, unit="currency")
    methods = [{"sample": "USA_2011", "indicator": "8.5.1", "series": "mean_hourly", "currency": stated}]
    assert f" 8.5.1  mean hourly {shown}" in summary([pay], methods=methods)


def test_the_whole_summary_at_eighty_columns(summary):
    assert summary(contradictions=[{"persons": 60, "words": "native by code, born abroad"}]) == (
        "usa/acs-pums 1.0.0   USA 2011   6,279 persons, 2,778 households, weights PWGTP\n"
        "migrant = foreign-born (nativity, citizenship at birth)   743 of 6,279 persons\n"
        "\n"
        "        percent [95 % CI]  migrants               non-migrants\n"
        " 8.5.2  unemployment        11.2  [7.8, 15.7]       9.7  [8.4, 11.2]\n"
        " 8.6.1  neet                37.1  [20.0, 60.1] u   14.9  [11.0, 18.1]  p\n"
        "   p proxy: see methods.csv   u unreliable: see below\n"
        "\n"
        " u unreliable: fewer than 30 persons or 8 degrees of freedom, more than 10 % of\n"
        "   the persons left out, no standard error where there should be one, a mean or\n"
        "   ratio of 0, or a standard error of more than 30 % of the number (of a\n"
        "   percentage: of the smaller of it and what it lacks to 100, where its 95 %\n"
        "   interval is also wider than 20 points)\n"
        " 1 indicator measured, 2 not with this extract\n"
        " what the others lack here is in methods.csv; what each needs:\n"
        "   harmonize indicators --mapping usa/acs-pums\n"
        " 0 unmapped codes     0.4 % of unknown migratory status\n"
        " 60 persons: native by code, born abroad (not changed)\n"
        "\n"
        " " + str(Path("out/estimates.csv")) + "  run.json   2.1 s"
    )


def test_what_makes_a_number_unreliable_is_said_once_with_the_thresholds_of_the_run(summary):
    text = summary(reliability={"n": 50, "df": 12, "left_out": 2.5, "cv": 20.0, "width": 10.0}, columns=400)
    assert "u unreliable: fewer than 50 persons or 12 degrees of freedom, more than 2.5 % of the persons" in text
    assert "more than 20 % of the number" in text
    assert "wider than 10 points" in text
    assert summary(samples=[SAMPLE, SAMPLE]).count("persons or 8 degrees of freedom") == 1
    assert "unreliable" not in summary([level("8.5.2", "unemployment", "migrant", 11.2, 7.8, 15.7)])


EVERYBODY = level("8.5.2", "unemployment", "_T", None, None, None, disaggregation="total", conf_status="D")
UNKNOWN = level("8.5.2", "unemployment", "unknown", None, None, None, conf_status="C")


def test_why_the_total_of_everybody_is_suppressed_is_said_with_what_to_do(summary):
    (line,) = [line for line in summary([*ROWS, EVERYBODY, UNKNOWN], columns=500).splitlines() if "everybody" in line]
    assert "the total of everybody is suppressed in 1 of 2 series" in line
    assert "would give back the suppressed numbers of unknown migratory status" in line
    assert "settle who is of unknown status, or take --protect cell-key (docs/disclosure.md says more)" in line


@pytest.mark.parametrize(
    "rows",
    [
        [EVERYBODY | {"conf_status": "F"}, UNKNOWN],
        [EVERYBODY, UNKNOWN | {"conf_status": "F"}],
        [EVERYBODY],
        [EVERYBODY | {"unit": "count"}, UNKNOWN | {"unit": "count"}],
    ],
)
def test_where_that_is_not_why_nothing_is_said_of_it(summary, rows):
    assert "everybody" not in summary([*ROWS, *rows])


def test_totals_are_told_by_number_and_how_many_of_them_are_suppressed(summary):
    total = level("8.5.2", "unemployment", "migrant", 1000.0, 900.0, 1100.0, unit="count")
    hidden = level("8.5.2", "unemployment", "unknown", None, None, None, unit="count", conf_status="C")
    told = "totals, how many persons a share is of, are the rows of unit count"
    assert f" 2 {told}, 1 of them suppressed as their shares are\n" in summary([*ROWS, total, hidden], columns=200)
    assert f" 1 {told}\n" in summary([*ROWS, total], columns=200)
    assert told not in summary(columns=200)


def test_the_command_to_copy_names_the_mapping_as_it_was_typed_on_one_line(summary):
    typed = "census of 2011/a rather long folder name for a mapping/2011.yaml"
    assert f"\n   harmonize indicators --mapping '{typed}'\n" in summary(typed=typed, columns=60)


def test_where_all_is_measured_nothing_is_said_of_needs(summary):
    text = summary(availability=AVAILABILITY[:1])
    assert " 1 indicator measured\n" in text
    assert "needs" not in text


def test_on_a_narrow_terminal_each_group_has_a_line(summary):
    text = summary(columns=60)
    assert (
        "        percent [95 % CI]\n"
        " 8.5.2  unemployment\n"
        "          migrants       11.2  [7.8, 15.7]\n"
        "          non-migrants    9.7  [8.4, 11.2]\n"
        " 8.6.1  neet  p\n"
        "          migrants       37.1  [20.0, 60.1] u\n"
        "          non-migrants   14.9  [11.0, 18.1]\n"
    ) in text
    assert max(len(line) for line in text.splitlines() if "harmonize indicators" not in line) <= 60


LONG = level("8.5.1", "mean_hourly_hours_weighted", "migrant", 18.49, 16.34, 20.92, unit="currency", obs_status="U")


@pytest.mark.parametrize("columns", [40, 60, 72, 80, 120])
def test_no_line_is_wider_than_the_terminal_but_the_command_to_be_copied(summary, columns):
    hidden = level("5.3.1", "ever_in_union_15_17", "migrant", None, None, None, conf_status="C", measurement="proxy")
    text = summary([*ROWS, LONG, hidden], columns=columns)
    lines = [line for line in text.splitlines() if "harmonize indicators" not in line]
    assert max(map(len, lines)) <= columns
    assert "18.49  [16.34, 20.92] u" in text


def test_a_long_name_takes_two_lines_before_each_group_gets_its_own(summary):
    text = summary([*ROWS, LONG])
    assert ("\n 8.5.1  mean hourly hours      18.49  [16.34, 20.92] u      -\n          weighted (currency)\n") in text


def test_a_letter_of_the_legend_stands_beside_its_words(summary):
    hidden = level("5.3.1", "ever_in_union_15_17", "migrant", None, None, None, conf_status="C", measurement="proxy")
    assert ("   p proxy: see methods.csv\n   .. suppressed\n   u unreliable: see below\n") in summary(
        [*ROWS, hidden], columns=40
    )


QUALITY = {
    "sample": "USA_2011", "measure": "whipple", "variable": "age", "status": "_T", "value": 168.2, "heaped": True,
}  # fmt: skip


def quality(*changed):
    return pl.DataFrame([QUALITY | each for each in changed], infer_schema_length=None)


def test_rough_ages_are_said_in_the_words_of_the_united_nations(summary):
    told = quality(
        {}, {"status": "migrant", "value": 190.4}, {"status": "non_migrant", "value": 120.0, "heaped": False}
    )
    assert " age heaping: Whipple 168, rough, 190 of migrants\n" in summary(quality=told)


@pytest.mark.parametrize(
    "changed",
    [
        {"heaped": False},
        {"value": None, "heaped": None},
        {"status": "unknown"},
    ],
)
def test_ages_that_are_fair_or_of_few_persons_are_not_worth_a_line(summary, changed):
    assert "heaping" not in summary(quality=quality(changed))


def test_an_index_that_is_told_as_less_than_it_is_is_said_to_be_rough(summary):
    assert " age heaping: Whipple 125, rough\n" in summary(quality=quality({"value": 120.0}))


def test_what_many_did_not_answer_is_said(summary):
    told = quality(
        {"measure": "unknown_share", "variable": "labour_force_status", "value": 0.14},
        {"measure": "unknown_share", "variable": "literacy", "value": 0.09},
        {"measure": "unknown_share", "variable": "industry", "value": 0.5, "status": "migrant"},
    )
    assert " unknown of those asked: 14 % labour force status\n" in summary(quality=told)
    both = pl.concat([told, told.with_columns(sample=pl.lit("USA_2012"))])
    assert " unknown of those asked in USA_2012: 14 % labour force status\n" in summary(quality=both)


def test_a_wide_terminal_has_the_difference_too(summary):
    difference = level(
        "8.5.2", "unemployment", "_T", 1.5, -2.4, 5.5, statistic="difference",
        comparison="migrant:non_migrant", disaggregation="total", unit="percentage_points",
    )  # fmt: skip
    assert "1.5  [-2.4, 5.5]" in summary([*ROWS, difference], columns=120)
    assert "1.5  [-2.4, 5.5]" not in summary([*ROWS, difference], columns=80)
    assert "difference" not in summary(columns=120)


def difference(indicator, series, *numbers, **changed):
    comparison = {"statistic": "difference", "comparison": "migrant:non_migrant", "disaggregation": "total"}
    return level(indicator, series, "_T", *numbers, unit="percentage_points", **comparison, **changed)


@pytest.mark.parametrize(
    ("differences", "line"),
    [
        ([("8.6.1", "neet", 22.2, 8.1, 40.3)], " higher among migrants: 8.6.1 (+22.2) (95 %)\n"),
        (
            [("8.5.2", "unemployment", 1.5, -2.4, 5.5), ("8.6.1", "neet", -3.21, -5.0, -1.0)],
            " lower among migrants: 8.6.1 (-3.2); the other differences may be chance (95 %)\n",
        ),
        (
            [("8.5.2", "unemployment", 1.5, 0.1, 5.5), ("8.6.1", "neet", -3.21, -5.0, -1.0)],
            " higher among migrants: 8.5.2 (+1.5); lower among migrants: 8.6.1 (-3.2) (95 %)\n",
        ),
        ([("8.6.1", "neet", -3.21, -5.0, 1.0)], " each difference may be chance (95 %)\n"),
    ],
)
def test_a_narrow_terminal_names_the_series_in_which_migrants_differ_by_more_than_chance(summary, differences, line):
    rows = [*(row | {"obs_status": "A"} for row in ROWS), *(difference(*each) for each in differences)]
    assert line in summary(rows, columns=100)
    assert line not in summary(rows, columns=120)


@pytest.mark.parametrize("unreliable", [("migrant",), ("non_migrant",), ("difference",), ("migrant", "difference")])
def test_a_difference_is_not_named_where_it_or_a_number_it_is_of_is_unreliable(summary, unreliable):
    flags = {
        name: {"obs_status": "U"} if name in unreliable else {} for name in ("migrant", "non_migrant", "difference")
    }
    rows = [
        level("4.3.1", "participation_15_24", "migrant", 91.1, 66.3, 98.2, **flags["migrant"]),
        level("4.3.1", "participation_15_24", "non_migrant", 100.0, 97.4, 100.0, **flags["non_migrant"]),
        difference("4.3.1", "participation_15_24", -8.9, -33.7, -1.4, **flags["difference"]),
    ]
    text = summary(rows, columns=100)
    assert "lower among migrants" not in text
    assert " each difference is unreliable (95 %)\n" in text
    neet = level("8.6.1", "neet", "migrant", 11.7, 10.0, 13.5), difference("8.6.1", "neet", -3.21, -5.0, -1.0)
    both = " ".join(summary([*rows, *neet], columns=100).split())
    chance = difference("8.5.2", "unemployment", 1.5, -2.4, 5.5)
    three = " ".join(summary([*ROWS[:2], *rows, *neet, chance], columns=100).split())
    assert "; the other differences may be chance or are unreliable (95 %)" in three
    assert " lower among migrants: 8.6.1 (-3.2); the other differences are unreliable (95 %)" in both


@pytest.mark.parametrize("changed", [{"ci_lower": None, "ci_upper": None}, {"conf_status": "C", "ci_lower": None}])
def test_where_no_difference_has_an_interval_nothing_is_said_of_chance(summary, changed):
    assert "chance" not in summary([*ROWS, difference("8.6.1", "neet", 22.2, 8.1, 40.3) | changed], columns=100)


def test_of_an_indicator_with_several_series_the_one_that_differs_is_named(summary):
    rows = [
        level("4.3.1", "participation_15_24", "migrant", 36.5, 23.7, 51.6),
        level("4.3.1", "participation_25_64", "migrant", 8.2, 5.5, 12.0),
        difference("4.3.1", "participation_15_24", -29.5, -44.0, -14.0),
    ]
    assert " lower among migrants: 4.3.1 participation 15-24 (-29.5) (95 %)\n" in summary(rows, columns=100)


def test_an_indicator_that_is_a_comparison_is_named_as_it_is_not_in_the_table(summary):
    parity = level("4.5.1", "parity", "_T", 1.02, 0.98, 1.05, statistic="parity")
    measured = [*AVAILABILITY, {"number": "4.5.1", "status": "exact", "reasons": []}]
    text = summary([*ROWS, parity], availability=measured, columns=100)
    assert " 2 indicators measured (4.5.1 by comparisons alone, in estimates.csv), 2 not with this extract\n" in text


def test_a_suppressed_cell_and_an_empty_one_are_never_blank(summary):
    rows = [
        level("8.5.2", "unemployment", "migrant", None, None, None, conf_status="C"),
        level("8.5.2", "unemployment", "non_migrant", 9.7, 8.4, 11.2),
        level("8.6.1", "neet", "non_migrant", 14.9, 11.0, 18.1),
    ]
    lines = summary(rows).splitlines()
    assert next(line for line in lines if "8.5.2" in line).split()[2] == ".."
    assert next(line for line in lines if "8.6.1" in line).split()[2] == "-"


def test_a_full_count_has_no_interval(summary):
    text = summary([level("8.5.2", "unemployment", "migrant", 11.2, None, None)])
    assert "[" not in text
    assert " percent " in text


def test_citizenship_as_the_basis_is_said(summary):
    text = summary(samples=[{**SAMPLE, "basis": "citizenship", "concept": ""}])
    assert "migrant = foreign citizens and stateless (citizenship)" in text


def test_a_sample_where_nobodys_status_is_known_says_so_and_has_the_numbers_of_everybody(summary):
    total = level("8.5.2", "unemployment", "_T", 9.9, 8.6, 11.3, disaggregation="total")
    text = summary([*ROWS, total], samples=[{**SAMPLE, "basis": ""}])
    assert "nobody's migratory status is known: no table is by it" in text
    assert ("        percent [95 % CI]  everybody\n 8.5.2  unemployment         9.9  [8.6, 11.3]\n") in text
    assert "migrants" not in text


@pytest.mark.parametrize(
    ("excluded", "shown"),
    [([12, 1300], "1,312"), (["<10"], "<10"), (["<10", 20], "over 20"), (["<10", "<10"], "<10")],
)
def test_persons_whom_the_mapping_leaves_out_are_told_with_its_reason(summary, excluded, shown):
    samples = [{**SAMPLE, "excluded": count} for count in excluded]
    text = summary(samples=samples, include="usual residents")
    assert f" {shown} persons are left out: the mapping includes usual residents\n" in text


def test_where_nobody_is_left_out_nothing_is_said_of_it(summary):
    assert "persons are left out" not in summary(samples=[{**SAMPLE, "excluded": 0}], include="usual residents")


@pytest.mark.parametrize(
    ("variance", "design", "line"),
    [
        (
            "taylor", {"strata": 200, "clusters": 2000},
            "standard errors: Taylor linearisation, 200 strata, 2,000 clusters",
        ),
        ("taylor", {"strata": 1, "clusters": 1}, "standard errors: Taylor linearisation, 1 stratum, 1 cluster"),
        (
            "replicate weights (sdr, 80)",
            {"strata": 1, "clusters": 2778, "replicates": {"method": "sdr", "number": 80, "dropped": 0}},
            "standard errors: 80 replicate weights, sdr",
        ),
        (
            "none: a full count has no sampling error", {"strata": 1, "clusters": 900},
            "standard errors: none, a full count",
        ),
    ],
)  # fmt: skip
def test_it_says_which_standard_errors_these_are(summary, variance, design, line):
    text = summary(samples=[{**SAMPLE, "design": design}], variance=variance)
    assert text.splitlines()[1:4] == [
        "migrant = foreign-born (nativity, citizenship at birth)   743 of 6,279 persons", line, "",
    ]  # fmt: skip


def test_many_samples_get_a_line_each_after_the_first_three(summary):
    samples = [{**SAMPLE, "sample": f"USA_{year}", "year": year} for year in range(2001, 2011)]
    text = summary(samples=samples)
    assert text.count("migrant = ") == 3
    assert "USA 2010   6,279 persons" in text


def test_counts_under_the_minimum_stay_as_they_are(summary):
    assert "<10 of 6,279 persons" in summary(samples=[{**SAMPLE, "migrants": "<10"}])


def test_unmapped_codes_that_were_allowed_are_named_by_variable(summary):
    entry = {"variable": "sex", "column": "SEX", "code": "7", "label": "", "persons": 12}
    assert "1 unmapped code counted as unknown (sex; see run.json)" in summary(unmapped=[entry])
