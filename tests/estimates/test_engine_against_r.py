"""The engine's sums and Taylor variances equal R's survey on the made samples of tests/spec_r."""

from __future__ import annotations

import math
from functools import cache

import numpy as np
import pytest

from harmonize.estimate import intervals
from harmonize.estimate.taylor import Ratios, ratios
from tests.estimates.feeding import state_of, tables_of
from tests.reference.made_samples import DESIGNS, DIMENSIONS, SERIES, read_golden, read_persons

DECIMALS = {"clustered": 2, "unclustered": 4, "singletons": 3}
TABLES = (
    (), ("status",), ("sex",), ("region",), ("status", "sex"), ("status", "region"), ("sex", "region"),
)  # fmt: skip
LEVELS = read_golden("levels")
CONTRASTS = read_golden("contrasts")


@cache
def estimated(design: str, singleton: str) -> tuple[Ratios, dict[tuple[tuple[str, str], ...], int]]:
    """The engine's estimates of a made sample, and the position of each cell in them."""
    persons = read_persons(design)
    tables = tables_of(persons, TABLES)
    state = state_of(
        persons,
        tables,
        SERIES,
        decimals=DECIMALS[design],
        clustered=design != "unclustered",
        households_a_batch=7,
    )
    found = ratios(state, design, singleton)  # type: ignore[arg-type]
    position = {}
    for at, code in enumerate(found.cells.tolist()):
        table = next(t for t in tables if t.offset <= code < t.offset + t.size)
        position[tuple(sorted(table.label(code).items()))] = at
    return found, position


def cell(row: dict[str, str], **more: str) -> tuple[tuple[str, str], ...]:
    return tuple(sorted({d: v for d, v in {**row, **more}.items() if d in DIMENSIONS and v != "_T"}.items()))


def same(ours: float, golden: str) -> bool:
    return math.isclose(float(ours), float(golden), rel_tol=1e-9, abs_tol=1e-12)


def name_of(row: dict[str, str]) -> str:
    keys = ("design", "singleton", "series", "status", "sex", "region", "statistic")
    return "-".join(row[key] for key in keys if key in row)


@pytest.mark.parametrize("golden", LEVELS, ids=name_of)
def test_a_level_equals_svyratio(golden: dict[str, str]) -> None:
    found, position = estimated(golden["design"], golden["singleton"])
    at, s = position[cell(golden)], SERIES.index(golden["series"])
    unit = 10.0 ** DECIMALS[golden["design"]]
    assert same(found.n[at, s], golden["n"])
    assert same(found.n_numerator[at, s], golden["n_numerator"])
    assert same(found.y[at, s] / unit, golden["population"])
    assert same(found.left_out[at, s] / found.base[at, s], golden["left_out_share"])
    assert same(found.ratio[at, s], golden["estimate"])
    assert same(math.sqrt(found.variance[at, s]), golden["se"])
    assert same(found.df[at, s], golden["df"])


@pytest.mark.parametrize("golden", LEVELS, ids=name_of)
def test_the_interval_of_a_proportion_equals_rs_with_the_df_of_the_cell(golden: dict[str, str]) -> None:
    total = next(
        row for row in LEVELS
        if all(row[k] == golden[k] for k in ("design", "singleton", "series")) and cell(row) == ()
    )  # fmt: skip
    lower, upper = intervals.proportion(
        *(np.array([float(golden[name])]) for name in ("estimate", "se", "df")),
        np.array([float(golden["n"]) / float(total["deff"])]),
        95,
    )
    for ours, name in ((lower[0], "ci_lower"), (upper[0], "ci_upper")):
        if golden[name] == "":
            assert math.isnan(ours)
        else:
            assert same(ours, golden[name])


@pytest.mark.parametrize("golden", CONTRASTS, ids=name_of)
def test_a_contrast_has_the_covariance_and_df_of_svycontrast(golden: dict[str, str]) -> None:
    found, position = estimated(golden["design"], golden["singleton"])
    s = SERIES.index(golden["series"])
    first, second = position[cell(golden, status="migrant")], position[cell(golden, status="non_migrant")]
    pair = found.contrasts.first.tolist().index(first)
    assert found.contrasts.second[pair] == second
    covariance = found.contrasts.covariance[pair, s]
    assert same(covariance, golden["covariance"])
    assert same(found.contrasts.df[pair, s], golden["df"])
    p, q = found.ratio[first, s], found.ratio[second, s]
    a, b = found.variance[first, s], found.variance[second, s]
    if golden["statistic"] == "difference":
        assert same(p - q, golden["estimate"])
        assert same(math.sqrt(a + b - 2 * covariance), golden["se"])
    else:
        r = p / q
        assert same(r, golden["estimate"])
        assert same(math.sqrt(a + r * r * b - 2 * r * covariance) / q, golden["se"])


def test_the_design_counts_everybody_of_the_sample() -> None:
    for design in DESIGNS:
        found, _ = estimated(design, "centered")
        persons = read_persons(design)
        clusters = {(p["stratum"], p["cluster"]) for p in persons}
        assert found.clusters == len(clusters)
        assert found.strata == len({stratum for stratum, _ in clusters})
