"""A row of the estimates in the codes of the global SDG DSD."""

from __future__ import annotations

from dataclasses import replace

import polars as pl
import pytest

from harmonize.errors import FitError
from harmonize.indicators import INDICATORS
from harmonize.writers.sdmx.codes import CODED, FIXED, UNITS, WITH_DISABILITY, age_code, constraints
from harmonize.writers.sdmx.dsd import bundled
from harmonize.writers.sdmx.export import checked, export
from tests.writers.sdmx_rows import result_of

ELECTRICITY = ("7.1.1", "electricity")
SHOWN = [series for indicator in INDICATORS.values() for series in indicator.series if series.shown]


def one(key, row, **changed):
    (found,) = export(result_of(key, row, **changed)).observations.rows(named=True)
    return found


def reasons(result):
    notes = export(result).notes
    return list(zip(notes["note"], notes["reason"], strict=True))


def test_every_code_that_our_categories_have_is_in_the_dsd():
    for theirs, codes in CODED.values():
        assert set(codes.values()) <= set(bundled().codes(theirs))
    for fixed in FIXED.values():
        for theirs, code in fixed.items():
            assert code in bundled().codes(theirs)
    for units in UNITS.values():
        assert units <= set(bundled().codes("UNIT_MEASURE"))


def test_series_that_share_a_code_are_told_apart_or_are_one_number():
    from harmonize.writers.sdmx.codes import VARIANTS

    seen = {}
    for series in SHOWN:
        for standard, code in series.sdmx_series if series.adjustment == "none" else ():
            key = (
                standard,
                code,
                str(series.base),
                *sorted(FIXED.get(series.key, {}).items()),
                VARIANTS.get(series.key),
            )
            seen.setdefault(key, []).append(series.key)
    shared = sorted(keys for keys in seen.values() if len(keys) > 1)
    assert shared == [
        [("1.4.1", "basic_sanitation"), ("6.2.1", "basic_sanitation")],
        [("1.4.1", "basic_water"), ("6.1.1", "basic_water")],
    ]


def test_a_series_with_a_code_of_the_dsd_has_its_unit():
    for series in SHOWN:
        for _, code in series.sdmx_series:
            if code in bundled().codes("SERIES"):
                assert constraints()[code]["UNIT_MEASURE"] in UNITS[series.unit], series.key


@pytest.mark.parametrize(
    ("low", "high", "code"),
    [(15, 24, "Y15T24"), (15, None, "Y_GE15"), (None, 4, "Y0T4"), (0, 0, "Y0"), (0, None, "_T"), (None, None, "_T")],
)
def test_ages_as_the_dsd_names_them(low, high, code):
    assert age_code(low, high) == code
    assert code in bundled().codes("AGE")


def test_the_country_is_its_number_without_leading_zeros():
    assert one(ELECTRICITY, {"country": "AFG"})["REF_AREA"] == "4"


def test_migrants_and_the_rest_with_the_definition_in_words():
    migrant = one(ELECTRICITY, {"migratory_status": "migrant"})
    other = one(ELECTRICITY, {"migratory_status": "non_migrant", "basis": "citizenship"})
    assert (migrant["COMPOSITE_BREAKDOWN"], migrant["CUST_BREAKDOWN"]) == ("MS_MIGRANT", "_T")
    assert (other["COMPOSITE_BREAKDOWN"], other["CUST_BREAKDOWN"]) == ("MS_NOMIGRANT", "_T")
    assert "Migrants: foreign-born (nativity)." in migrant["COMMENT_TS"]
    assert "Migrants: foreign citizens and stateless persons (citizenship)." in other["COMMENT_TS"]


def test_a_second_definition_is_a_breakdown_of_its_own():
    found = export(
        result_of(
            ELECTRICITY,
            {"migratory_status": "migrant"},
            {"migratory_status": "migrant", "definition": "citizenship", "basis": "citizenship", "estimate": 50.0},
        )
    ).observations
    assert found["COMPOSITE_BREAKDOWN"].to_list() == ["MS_MIGRANT", "MS_MIGRANT"]
    assert found["CUST_BREAKDOWN"].to_list() == ["_T", "C88"]
    assert found["CUST_BREAKDOWN_LB"].to_list() == [None, "Definition: migrants by citizenship"]


def test_what_has_no_code_is_labelled_and_one_label_has_one_code():
    found = export(
        result_of(
            ELECTRICITY,
            {"migratory_status": "unknown"},
            {"duration_of_stay": "0_4", "sex": "female"},
            {"duration_of_stay": "0_4", "sex": "male"},
            {"urban_rural": "unknown"},
        )
    ).observations
    assert found.select("SEX", "CUST_BREAKDOWN", "CUST_BREAKDOWN_LB").rows() == [
        ("_T", "C03", "Migratory status: Unknown"),
        ("F", "C28", "Duration of stay, in years: 0–4"),
        ("M", "C28", "Duration of stay, in years: 0–4"),
        ("_T", "C01", "Urban or rural: Unknown"),
    ]


def test_a_migrant_is_a_breakdown_where_the_composite_one_is_of_the_skill():
    found = one(("4.6.1", "numeracy"), {"migratory_status": "migrant", "sex": "female"})
    assert (found["SERIES"], found["COMPOSITE_BREAKDOWN"]) == ("SE_ADT_FUNS", "SKILL_NMRCY")
    assert (found["CUST_BREAKDOWN"], found["CUST_BREAKDOWN_LB"]) == ("C09", "Migratory status: Migrant")
    assert "Migrants: foreign-born (nativity)." in found["COMMENT_TS"]
    everybody = one(("4.6.1", "numeracy"), {})
    assert (everybody["COMPOSITE_BREAKDOWN"], everybody["CUST_BREAKDOWN"]) == ("SKILL_NMRCY", "_T")


def test_an_age_group_is_cut_at_the_ages_of_its_series():
    neet = ("8.6.1", "neet")
    found = export(
        result_of(neet, {}, {"age_group": "20_24"}, {"age_broad": "15_64"}, labour_standard="icls13")
    ).observations
    # 15 to 64 of those aged 15 to 24 are all of them
    assert found["AGE"].to_list() == ["Y15T24", "Y20T24"]
    assert one(ELECTRICITY, {"age_group": "85_plus"})["AGE"] == "Y_GE85"
    assert one(ELECTRICITY, {"age_group": "unknown"})["AGE"] == "_U"


def test_an_age_group_of_whom_a_series_has_some_is_not_told_as_the_whole_group():
    primary = ("4.1.2", "completion_primary")  # of those aged 14 to 16
    result = result_of(
        primary, {}, {"age_group": "10_14"}, {"age_group": "15_19", "estimate": 50.0}, {"age_broad": "15_24"}
    )
    assert export(result).observations["AGE"].to_list() == ["_T"]
    assert [reason for note, reason in reasons(result) if note == "left_out"] == [
        "AGE Y14 is not in CL_AGE of IAEG-SDGs:SDG(1.4)",
        "AGE Y15T16 is not in CL_AGE of IAEG-SDGs:SDG(1.4)",
    ]
    dsd = bundled()
    later = replace(dsd, lists=dsd.lists | {"CL_AGE": (*dsd.lists["CL_AGE"], "Y15T16")})
    assert one(primary, {"age_group": "15_19"}, dsd=later)["AGE"] == "Y15T16"
    # all of those aged 17 to 19 are of the group 15 to 19
    assert one(("4.1.2", "completion_lower_secondary"), {"age_group": "15_19"})["AGE"] == "_T"


def test_a_series_of_women_is_of_women_once():
    result = result_of(("5.3.1", "union_before_18"), {}, {"sex": "female"})
    (row,) = export(result).observations.rows(named=True)
    assert (row["SERIES"], row["SEX"], row["AGE"]) == ("SP_DYN_MRBF18", "F", "Y20T24")
    assert reasons(result) == [("left_out", "the key of a row that is written, and no other number")]


def test_a_key_with_two_numbers_is_written_once_and_told():
    result = result_of(ELECTRICITY, {}, {"sample": "another", "estimate": 99.0})
    assert export(result).observations["OBS_VALUE"].to_list() == [12.5]
    assert reasons(result) == [("left_out", "the key of a row that is written, with another number")]


def test_slums_are_urban():
    assert one(("11.1.1", "slum"), {})["URBANISATION"] == "U"


def test_who_has_a_disability_is_not_inverted_and_unemployment_has_a_series_by_it():
    key = ("8.5.2", "unemployment")
    found = one(key, {"disability": "with_disability"}, labour_standard="icls13")
    assert (found["SERIES"], found["DISABILITY_STATUS"]) == ("SL_TLF_UEMDIS", "PD")
    found = one(key, {"disability": "without_disability"}, labour_standard="icls13")
    assert (found["SERIES"], found["DISABILITY_STATUS"]) == ("SL_TLF_UEMDIS", "PWD")
    assert one(key, {"disability": "_T"}, labour_standard="icls13")["SERIES"] == "SL_TLF_UEM"
    assert set(WITH_DISABILITY) < {code for series in SHOWN for _, code in series.sdmx_series}


@pytest.mark.parametrize("standard", ["national", ""])
def test_labour_statistics_by_no_standard_of_the_icls_are_left_out(standard):
    result = result_of(("8.6.1", "neet"), {}, labour_standard=standard)
    assert export(result).observations.is_empty()
    ((note, reason),) = reasons(result)
    assert note == "left_out"
    assert "give standard: icls13 or icls19 in the mapping" in reason


def test_a_series_of_a_later_dsd_waits_for_that_dsd():
    result = result_of(("8.6.1", "neet"), {}, labour_standard="icls19")
    assert reasons(result) == [("left_out", "SERIES SL_TLF_NEET_19ICLS is not in CL_SERIES of IAEG-SDGs:SDG(1.4)")]
    dsd = bundled()
    later = replace(
        dsd, version="1.9", lists=dsd.lists | {"CL_SERIES": (*dsd.lists["CL_SERIES"], "SL_TLF_NEET_19ICLS")}
    )
    found = one(("8.6.1", "neet"), {}, labour_standard="icls19", dsd=later)
    assert (found["STRUCTURE_ID"], found["SERIES"]) == ("IAEG-SDGs:SDG(1.9)", "SL_TLF_NEET_19ICLS")


@pytest.mark.parametrize("conf", ["C", "D"])
def test_a_suppressed_row_is_q_and_has_no_number_even_if_it_came_with_one(conf):
    found = one(ELECTRICITY, {"conf_status": conf, "obs_status": "M"})
    assert found["OBS_STATUS"] == "Q"
    assert [found[name] for name in ("OBS_VALUE", "LOWER_BOUND", "UPPER_BOUND")] == [None] * 3
    assert found["COMMENT_OBS"] == "Suppressed to protect persons"


@pytest.mark.parametrize(
    ("n", "why"), [(0, "Nobody of whom enough is known"), (40, "Too little is known for a number")]
)
def test_a_number_that_is_not_there_is_missing_and_not_one_that_cannot_exist(n, why):
    found = one(ELECTRICITY, {"obs_status": "M", "estimate": None, "ci_lower": None, "ci_upper": None, "n": n})
    assert [found[name] for name in ("OBS_STATUS", "OBS_VALUE", "LOWER_BOUND", "UPPER_BOUND")] == [
        "O",
        None,
        None,
        None,
    ]
    assert found["COMMENT_OBS"] == why


def test_an_unreliable_number_is_u_with_its_interval():
    found = one(ELECTRICITY, {"obs_status": "U"})
    assert [found[name] for name in ("OBS_STATUS", "OBS_VALUE", "LOWER_BOUND", "UPPER_BOUND")] == ["U", 12.5, 10, 15]


@pytest.mark.parametrize(
    ("row", "status"),
    [
        ({}, "D"),
        ({"obs_status": "U"}, "U"),
        ({"obs_status": "M", "estimate": None}, "O"),
        ({"conf_status": "C"}, "Q"),
        ({"measurement": "exact"}, "A"),
    ],
)
def test_a_proxy_differs_in_definition_unless_something_graver_is_to_be_said(row, status):
    assert one(ELECTRICITY, {"measurement": "proxy"} | row)["OBS_STATUS"] == status


def test_the_source_of_the_mapping_is_named_with_the_sample_where_it_tells_more():
    survey = {"citation": "Statistical Office,\n  Labour Survey.", "producer": "Statistical Office", "note": "long"}
    assert one(ELECTRICITY, {}, source=survey)["SOURCE_DETAIL"] == "Statistical Office, Labour Survey"
    found = one(ELECTRICITY, {"sample": "716201201"}, source=survey)["SOURCE_DETAIL"]
    assert found == "Statistical Office, Labour Survey. Sample 716201201"
    assert one(ELECTRICITY, {}, source={"producer": "Statistical Office"})["SOURCE_DETAIL"] == "Statistical Office"
    assert one(ELECTRICITY, {})["SOURCE_DETAIL"] == "Zimbabwe 2012"


def test_only_levels_in_the_unit_of_the_series_are_written():
    result = result_of(
        ELECTRICITY,
        {"statistic": "difference", "comparison": "migrant:non_migrant", "unit": "percentage_points"},
        {"unit": "count"},
        {"adjustment": "standardised_age"},
    )
    assert export(result).observations.is_empty()
    assert [note for note, _ in reasons(result)] == ["left_out"] * 3


def test_what_the_draft_constraints_do_not_have_is_a_warning_and_is_written():
    result = result_of(("4.1.2", "completion_primary"), {"migratory_status": "migrant"})
    assert export(result).observations.select("EDUCATION_LEV", "AGE").rows() == [("ISCED11_1", "_T")]
    ((note, reason),) = reasons(result)
    assert note == "warning"
    assert reason.startswith("SE_TOT_CPLR with COMPOSITE_BREAKDOWN MS_MIGRANT:")


def test_a_time_series_has_one_comment_that_tells_where_its_years_differ():
    found = export(
        result_of(
            ELECTRICITY,
            {"migratory_status": "migrant", "year": 2002, "sample": "ZWE_2002", "basis": "citizenship"},
            {"migratory_status": "migrant"},
        )
    ).observations
    (comment,) = found["COMMENT_TS"].unique()
    assert comment.index("2002: ") < comment.index("(citizenship)") < comment.index("2012: ")


def test_bounds_are_explained_where_there_are_any_and_not_of_a_full_count():
    words = "LOWER_BOUND, UPPER_BOUND: 95 % confidence interval."
    assert words in one(ELECTRICITY, {"ci_lower": 60.0, "ci_upper": 70.0})["COMMENT_TS"]
    assert "BOUND" not in one(ELECTRICITY, {"se": None, "ci_lower": None, "ci_upper": None})["COMMENT_TS"]


def test_a_table_with_a_wrong_code_a_lacking_component_or_a_key_twice_is_refused():
    found = export(result_of(ELECTRICITY, {})).observations
    dsd = bundled()
    for wrong, words in (
        (found.with_columns(SEX="OBS_STATUS"), "A is no code of CL_SEX"),
        (found.drop("UNIT_MULT"), "requires UNIT_MULT"),
        (found.with_columns(AGE=pl.lit(None, pl.String)), "requires AGE, which some rows lack"),
        (found.vstack(found), "two rows have one key"),
    ):
        with pytest.raises(FitError, match=words):
            checked(wrong, dsd)
    assert checked(found, dsd) is found
