"""With a finite population correction of each stratum, standard errors equal R's survey with `fpc = ~column`."""

from __future__ import annotations

import math
from functools import cache

import numpy as np
import pytest

from harmonize.estimate.taylor import Ratios, ratios
from tests.estimates.feeding import state_of, tables_of
from tests.reference.made_samples import SERIES, read_golden, read_persons

DECIMALS = {"clustered": 2, "unclustered": 4, "singletons": 3}
TABLES = ((), ("status",), ("sex",), ("status", "sex"))
LEVELS = read_golden("fpc_levels")
CONTRASTS = read_golden("fpc_contrasts")


def fpc_of(design: str, kind: str) -> dict[str, float]:
    """As with_fpc in spec_r/make_goldens.R: stratum h has h + 2 times the sampled clusters, the second as many."""
    clusters: dict[str, set[str]] = {}
    for person in read_persons(design):
        clusters.setdefault(person["stratum"], set()).add(person["cluster"])
    times = {stratum: 1 if stratum == "S2" else int(stratum[1:]) + 2 for stratum in clusters}
    if kind == "share":
        return {stratum: 1 / times[stratum] for stratum in clusters}
    return {stratum: float(len(names) * times[stratum]) for stratum, names in clusters.items()}


@cache
def estimated(design: str, kind: str, singleton: str, limit: int) -> tuple[Ratios, dict[tuple[str, str], int]]:
    fpc = fpc_of(design, kind)
    persons = [{**person, "fpc": fpc[person["stratum"]]} for person in read_persons(design)]
    tables = tables_of(persons, TABLES)
    state = state_of(
        persons, tables, SERIES, decimals=DECIMALS[design], clustered=design != "unclustered", households_a_batch=5,
        limit=limit,
    )  # fmt: skip
    found = ratios(state, design, singleton)  # type: ignore[arg-type]
    place = {}
    for at, code in enumerate(found.cells.tolist()):
        label = next(t for t in tables if t.offset <= code < t.offset + t.size).label(code)
        place[label.get("status", "_T"), label.get("sex", "_T")] = at
    return found, place


def same(ours: float, golden: str) -> bool:
    return math.isclose(float(ours), float(golden), rel_tol=1e-9, abs_tol=1e-12)


def name_of(row: dict[str, str]) -> str:
    return "-".join(row[key] for key in row if key in ("design", "fpc", "series", "singleton", "status", "sex"))


@pytest.mark.parametrize("golden", LEVELS, ids=name_of)
def test_the_se_of_a_level_is_rs_with_fpc(golden: dict[str, str]) -> None:
    found, place = estimated(golden["design"], golden["fpc"], golden["singleton"], 1)
    at, s = place[golden["status"], golden["sex"]], SERIES.index(golden["series"])
    assert same(found.ratio[at, s], golden["estimate"])
    assert same(math.sqrt(found.variance[at, s]), golden["se"])
    assert same(found.df[at, s], golden["df"])


@pytest.mark.parametrize("golden", CONTRASTS, ids=name_of)
def test_the_covariance_of_a_contrast_is_rs_with_fpc(golden: dict[str, str]) -> None:
    found, place = estimated(golden["design"], golden["fpc"], golden["singleton"], 1)
    pair = found.contrasts.first.tolist().index(place["migrant", golden["sex"]])
    assert same(found.contrasts.covariance[pair, SERIES.index(golden["series"])], golden["covariance"])


def test_the_share_and_the_number_of_clusters_say_the_same() -> None:
    for design in DECIMALS:
        a, b = (estimated(design, kind, "centered", 1)[0] for kind in ("population", "share"))
        np.testing.assert_allclose(a.variance, b.variance, rtol=1e-12)
        assert np.nanmax(a.variance) > 0
