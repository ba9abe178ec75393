"""`left_out_share` of a protected release: it tells neither a few who did not answer nor how many were asked."""

from __future__ import annotations

import json
from pathlib import Path

import numpy as np
import openpyxl
import polars as pl
import pytest
from hypothesis import given
from hypothesis import strategies as st

from harmonize import pipeline
from harmonize.protect.left_out import share_left_out, told_share
from tests.protect.test_rules_of_suppression import MAPPING, PERSON

ASKED = MAPPING.replace('electricity: {from: ELEC, codes: {"yes": 1, "no": 2}}',
                        'electricity: {from: ELEC, codes: {"yes": 1, "no": 2, unknown: 9}}')  # fmt: skip


def told(n: int, left_out: int, minimum: int = 10) -> float:
    """Of n persons who count and some who do not, all of one weight."""
    return float(told_share(share_left_out([left_out], [n + left_out]), [n], minimum)[0])


@pytest.fixture
def silent(tmp_path: Path):
    """`silent(3)`: a release of 200 men, and of 100 women who count beside 3 of whom electricity is not known."""

    def run(women: int, protect: str = "suppress") -> pl.DataFrame:
        groups = [(200, {}), (100, {"SEX": 2}), (women, {"SEX": 2, "ELEC": 9})]
        rows = [PERSON | traits for persons, traits in groups for _ in range(persons)]
        (tmp_path / "m.yaml").write_text(ASKED)
        pl.DataFrame([row | {"HH": number} for number, row in enumerate(rows)]).write_csv(tmp_path / "p.csv")
        given = {"indicators": ["7.1.1"], "by": ["sex"], "formats": ["csv", "xlsx"], "protect": protect}
        table = pipeline.run(str(tmp_path / "m.yaml"), [tmp_path / "p.csv"], tmp_path / "out", **given).estimates
        return table.filter(statistic="level", disaggregation="sex")

    return run


def women(table: pl.DataFrame) -> dict[str, object]:
    (row,) = table.filter(sex="female").to_dicts()
    assert (row["n"], row["conf_status"]) == (100, "F")
    return row


def test_an_exact_share_gives_three_who_did_not_answer_back_and_a_protected_one_is_empty(silent):
    exact = women(silent(3, "none"))["left_out_share"]
    assert round(100 * exact / (1 - exact), 6) == 3
    row = women(silent(3))
    assert (row["left_out_share"], row["obs_status"]) == (None, "A")


def test_how_many_were_asked_can_not_be_told_to_the_minimum(silent):
    shares = {women(silent(many))["left_out_share"] for many in (10, 14, 19)}
    assert shares == {0.13}  # 15 of 115
    assert women(silent(20))["left_out_share"] == 0.2


def test_where_all_answered_it_is_0(silent):
    assert women(silent(0))["left_out_share"] == 0


def test_whether_a_number_is_reliable_is_decided_by_the_exact_share(silent):
    # 12 of 112 is above 10 %, 11 of 111 is not
    assert [women(silent(many))["obs_status"] for many in (11, 12)] == ["A", "U"]


def test_run_json_tells_no_more_than_the_estimates(silent, tmp_path):
    silent(3)
    for name, expected in (("run.json", None), ("private/run.json", 0.01)):
        (entry,) = json.loads((tmp_path / "out" / name).read_text())["left_out"]
        assert entry["share"] == expected
    silent(35)
    (entry,) = json.loads((tmp_path / "out" / "run.json").read_text())["left_out"]
    assert entry["share"] == 0.10  # 35 of 335


@pytest.mark.parametrize(("many", "words"), [(0, None), (3, "fewer than 10 persons"), (36, "10 % of the persons")])
def test_the_workbook_says_it_in_words(silent, tmp_path, many, words):
    silent(many)
    sheet = openpyxl.load_workbook(tmp_path / "out" / "estimates.xlsx")["7.1.1"]
    lines = [str(row[0]) for row in sheet.iter_rows(values_only=True) if str(row[0]).startswith("Left out")]
    expected = [f"Left out, as something about them is unknown: {words} of the universe."] if words else []
    assert lines == expected


@given(n=st.integers(10, 20_000), few=st.integers(1, 9))
def test_one_to_nine_are_told_by_no_number_of_their_own(n, few):
    if n < 2000:
        assert np.isnan(told(n, few))
    else:
        assert {told(n, many) for many in range(10)} == {0.0}


@given(n=st.integers(10, 20_000), many=st.integers(10, 30_000), minimum=st.sampled_from([5, 10, 20]))
def test_of_any_more_at_least_the_minimum_of_counts_in_a_row_are_told_alike(n, many, minimum):
    first = minimum if n < 200 * minimum else 0  # in a small group fewer are not told
    if n >= minimum and many >= first:
        near = range(max(first, many - 2 * minimum), many + 2 * minimum)
        assert sum(told(n, each, minimum) == told(n, many, minimum) for each in near) >= minimum


@given(n=st.integers(10, 20_000), many=st.integers(10, 20_000))
def test_it_is_off_by_half_the_minimum_of_persons_and_half_a_percent_at_most(n, many):
    exact = many / (n + many)
    by_class = 5 * n / (n + many) ** 2 * 1.5  # what five persons more or less change, and a little
    assert abs(told(n, many) - exact) <= 0.005 + by_class
    assert told(n, many) > 0 or exact < 0.005


def test_with_no_minimum_it_is_exact():
    assert told(100, 3, 0) == 3 / 103


def test_where_nobody_counts_all_are_left_out():
    assert told(0, 4) == 1
