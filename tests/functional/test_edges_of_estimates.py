"""Estimates at the edges: all or nobody, weights of zero, a single cluster, nobody left."""

from __future__ import annotations

import polars as pl
import pytest

from tests import unprotected

MAPPING = """
mapping: my/edges
version: 1.0.0
title: Edges
source: {producer: Office}
sample: {id: S, country: CHL, year: 2020}
design: {person_weight: W, weight_decimals: 0, cluster: PSU}
variables:
  nativity: {from: NAT, codes: {native_born: 1, foreign_born: 2}}
  electricity: {from: ELEC, codes: {yes: 1, no: 2}}
  internet: {from: NET, codes: {yes: 1, no: 2}}
"""


@pytest.fixture
def run(tmp_path):
    """`run(frame)` is the result of the mapping on these rows; W is 10 where it is not given."""

    def call(frame):
        (tmp_path / "m.yaml").write_text(MAPPING, encoding="utf-8")
        frame = frame if "W" in frame.columns else frame.with_columns(W=pl.lit(10))
        frame.write_csv(tmp_path / "data.csv")
        return unprotected.run(str(tmp_path / "m.yaml"), [tmp_path / "data.csv"], tmp_path / "out")

    return call


def row(result, **wanted):
    """The one row of 7.1.1 electricity that has these values, a level of the total unless said."""
    wanted = {"indicator": "7.1.1", "statistic": "level", "disaggregation": "total", **wanted}
    found = result.estimates.filter(pl.all_horizontal(pl.col(name) == value for name, value in wanted.items()))
    return found.row(0, named=True)


def persons(count=240, clusters=24, electricity=1):
    """Persons in clusters, every third foreign-born."""
    return pl.DataFrame({"PSU": [i % clusters for i in range(count)]}).with_columns(
        NAT=pl.int_range(pl.len()).mod(3).eq(0).cast(pl.Int64) + 1, ELEC=pl.lit(electricity), NET=pl.lit(1)
    )


def test_two_groups_at_0_percent_differ_by_no_more_than_their_intervals_tell(run):
    result = run(persons(electricity=2))
    low, high = (row(result, disaggregation="migratory_status", migratory_status=g) for g in ("migrant", "non_migrant"))
    difference = row(result, disaggregation="migratory_status", statistic="difference")
    assert (difference["estimate"], difference["se"]) == (0, 0)
    # Newcombe: from the other's upper end below to one's own above
    assert difference["ci_upper"] == pytest.approx(low["ci_upper"])
    assert difference["ci_lower"] == pytest.approx(-high["ci_upper"])


def test_a_group_at_0_percent_makes_the_difference_as_uncertain_as_the_two_intervals(run):
    # Nobody of the migrants has electricity, half of the others: the zero has an interval, though no se.
    frame = persons().with_columns(ELEC=pl.when(pl.col("NAT") == 2).then(2).otherwise(1 + pl.int_range(pl.len()) % 2))
    result = run(frame)
    none, half = (
        row(result, disaggregation="migratory_status", migratory_status=g) for g in ("migrant", "non_migrant")
    )
    difference = row(result, disaggregation="migratory_status", statistic="difference")
    assert none["estimate"] == 0
    assert none["ci_upper"] > 1
    assert 0 < half["estimate"] < 100
    assert difference["se"] == pytest.approx(half["se"])
    # Newcombe's square root of the two squared distances, from the published limits
    up = ((none["ci_upper"] - 0) ** 2 + (half["estimate"] - half["ci_lower"]) ** 2) ** 0.5
    down = ((half["ci_upper"] - half["estimate"]) ** 2) ** 0.5
    assert difference["ci_upper"] == pytest.approx(difference["estimate"] + up)
    assert difference["ci_lower"] == pytest.approx(difference["estimate"] - down)
    ratio = row(result, disaggregation="migratory_status", statistic="ratio")
    assert (ratio["estimate"], ratio["ci_upper"], ratio["obs_status"]) == (0, None, "U")


def test_where_all_have_it_the_interval_counts_each_cluster_once(run):
    # Clopper-Pearson with 24 of 24: the lower end is 0.025 ^ (1/24)
    assert row(run(persons()))["ci_lower"] == pytest.approx(100 * 0.025 ** (1 / 24))


def test_a_cluster_of_persons_of_weight_0_makes_no_degree_of_freedom(run):
    frame = persons().with_columns(ELEC=pl.int_range(pl.len()).mod(5).eq(0).cast(pl.Int64) + 1)
    frame = frame.with_columns(W=pl.when(pl.col("PSU") < 4).then(0).otherwise(10))
    assert row(run(frame))["df"] == 20 - 1


def test_one_cluster_alone_has_no_standard_error(run):
    frame = persons(clusters=1).with_columns(ELEC=pl.int_range(pl.len()).mod(5).eq(0).cast(pl.Int64) + 1)
    found = row(run(frame))
    assert found["estimate"] == pytest.approx(80)
    assert [found[name] for name in ("se", "ci_lower", "cv", "deff")] == [None] * 4
    assert found["obs_status"] == "U"


def test_nobody_of_any_weight_is_nobody_in_the_universe(run):
    result = run(persons().with_columns(W=pl.lit(0)))
    assert result.estimates.is_empty()
    (reasons,) = {tuple(each["reasons"]) for each in result.run["availability"] if each["number"] == "7.1.1"}
    assert reasons == ("nobody_in_universe",)
