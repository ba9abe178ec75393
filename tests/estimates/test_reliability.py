"""Which numbers are flagged U: a rule of five thresholds, applied anew to the columns of the table."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import numpy as np
import polars as pl
import pytest

from harmonize import pipeline
from harmonize.estimate.reliability import Reliability

CENSUS = Path(__file__).resolve().parents[2] / "examples" / "census" / "persons.csv.gz"
DESIGN = {"n": 30, "df": 8, "left_out": 10.0, "cv": 30.0, "width": 20.0}  # of the contract
# each threshold so strict that it flags more, and so lenient that it flags fewer or none
STRICT = {"n": 90, "df": 60, "left_out": 1.0, "cv": 5.0}
LENIENT = {"n": 0, "df": 0, "left_out": 100.0, "cv": 1e6}
NONE = Reliability(n=0, df=0, left_out=100.0, cv=1e6)
PAIR = ["sample", "indicator", "series", "adjustment", "status_of", "disaggregation", "sex", "age_group", "urban_rural"]


def table(folder: Path, reliability: Reliability | None = None, level: float = 95) -> pl.DataFrame:
    given = {"level": level} | ({} if reliability is None else {"reliability": reliability})
    made = pipeline.run(
        "ipums/international", [CENSUS], folder, indicators=["4.6.1", "7.1.1", "8.6.1"], formats=["csv"],
        by=["sex*age_group"], protect="none", **given,
    )  # fmt: skip
    assert made.run["reliability"] == (reliability or Reliability()).as_json()
    assert made.estimates.height > 300
    return made.estimates


@pytest.fixture(scope="module")
def usual(tmp_path_factory: pytest.TempPathFactory) -> pl.DataFrame:
    return table(tmp_path_factory.mktemp("usual") / "out")


def with_least(rows: pl.DataFrame) -> pl.DataFrame:
    """With the n, df and left_out_share to judge by: a comparison's are the worse of its two groups'."""
    levels = rows.filter(statistic="level")
    compared = rows.filter(statistic="difference")
    for suffix, status in (("_a", "migrant"), ("_b", "non_migrant")):
        group = levels.filter(migratory_status=status).select(*PAIR, "n", "df", "left_out_share")
        compared = compared.join(group, on=PAIR, suffix=suffix, validate="1:1")
    compared = compared.with_columns(
        least=pl.min_horizontal("n_a", "n_b"), fewest=pl.min_horizontal("df_a", "df_b"),
        left=pl.max_horizontal("left_out_share_a", "left_out_share_b"),
    )  # fmt: skip
    own = levels.with_columns(least="n", fewest="df", left="left_out_share")
    return pl.concat([own, compared.select(own.columns)])


def flagged(rows: pl.DataFrame, at: Reliability) -> pl.DataFrame:
    """What the rule says of each row that has a number: column `expected`."""
    p, se = pl.col("estimate"), pl.col("se")
    varies = (pl.col("statistic") == "level") & (p > 0) & (p < 100)
    vague = varies & (100 * se / pl.min_horizontal(p, 100 - p) > at.cv)
    wide = pl.col("ci_upper") - pl.col("ci_lower") > at.width
    few = (pl.col("least") < at.n) | (pl.col("fewest") < at.df) | (100 * pl.col("left") > at.left_out)
    shown = with_least(rows).filter(pl.col("obs_status") != "M")
    return shown.with_columns(expected=few | (vague & wide).fill_null(False) | se.is_null())


def agree(rows: pl.DataFrame, at: Reliability) -> int:
    """Rows flagged U; all are those that the rule flags."""
    found = flagged(rows, at)
    assert found.height > 200
    wrong = found.filter((pl.col("obs_status") == "U") != pl.col("expected"))
    assert wrong.is_empty(), wrong
    return found["expected"].sum()


def test_the_thresholds_are_those_of_the_contract_unless_given() -> None:
    assert Reliability().as_json() == DESIGN


@pytest.mark.parametrize("level", [50, 99.9])
def test_the_same_numbers_are_unreliable_whatever_the_level_of_the_intervals_shown(
    usual: pl.DataFrame, tmp_path: Path, level: float
) -> None:
    found = table(tmp_path / "out", level=level)
    widths = pl.col("ci_upper") - pl.col("ci_lower")
    assert (found.select(widths > 20) != usual.select(widths > 20)).sum().item() > 20, "the widths are to differ"
    assert found["obs_status"].equals(usual["obs_status"])


def test_as_usual_the_rule_flags_some_numbers_and_not_others(usual: pl.DataFrame) -> None:
    assert 20 < agree(usual, Reliability()) < usual.height - 20


@pytest.mark.parametrize("name", STRICT)
def test_a_stricter_threshold_flags_more_numbers(name: str, usual: pl.DataFrame, tmp_path: Path) -> None:
    lenient, strict = NONE, replace(NONE, **{name: STRICT[name]})
    rows = table(tmp_path / "strict", strict)
    assert agree(rows, strict) > flagged(usual, lenient)["expected"].sum()
    numbers = rows.columns[: rows.columns.index("obs_status")]
    assert rows.select(numbers).equals(usual.select(numbers))  # the numbers themselves are as they were


def test_thresholds_that_nothing_meets_leave_only_what_has_no_standard_error(
    usual: pl.DataFrame, tmp_path: Path
) -> None:
    rows = table(tmp_path / "lenient", NONE)
    assert agree(rows, NONE) < agree(usual, Reliability())
    assert rows.filter(obs_status="U", statistic="level")["se"].is_null().all()


def test_a_narrow_interval_saves_a_share_with_a_large_cv_and_width_says_what_is_narrow(
    usual: pl.DataFrame, tmp_path: Path
) -> None:
    by_cv = replace(NONE, cv=5.0)
    counts = [agree(table(tmp_path / str(width), each), each) for width in (0.0, 20.0, 100.0)
              for each in [replace(by_cv, width=width)]]  # fmt: skip
    assert counts[0] > counts[1] > counts[2]


def test_at_a_threshold_itself_a_number_is_reliable() -> None:
    at = Reliability()
    one = np.array([1.0])
    assert not at.too_few(30 * one, 8 * one, 0.10 * one)[0]
    assert at.too_few(29 * one, 8 * one, 0.10 * one)[0]
    assert at.too_few(30 * one, 7 * one, 0.10 * one)[0]
    assert at.too_few(30 * one, 8 * one, 0.1001 * one)[0]
    assert not at.too_vague(0.30 * one)[0]
    assert at.too_vague(0.3001 * one)[0]
    assert not at.too_wide(0.0 * one, 0.20 * one)[0]
    assert at.too_wide(0.0 * one, 0.2001 * one)[0]


def test_a_full_count_has_no_degrees_of_freedom_to_be_too_few() -> None:
    assert not Reliability().too_few(np.array([30.0]), np.array([np.nan]), np.array([0.0]))[0]
