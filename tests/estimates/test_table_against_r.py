"""Rows of the estimates table carry R's numbers in the contract's units: per cent, points, plain ratios."""

from __future__ import annotations

import math
from functools import cache
from typing import Any

import numpy as np
import polars as pl
import pytest

from harmonize.estimate.table import SampleMeta, SeriesMeta, columns, estimates
from harmonize.estimate.taylor import Ratios, ratios
from harmonize.protect.hidden import Hidden
from harmonize.protect.release_log import RULE
from tests.estimates.feeding import state_of, tables_of
from tests.reference.made_samples import SERIES, read_golden, read_persons

DECIMALS = {"clustered": 2, "unclustered": 4, "singletons": 3}
OUR_NAME = {"status": "migratory_status", "sex": "sex", "region": "region"}
TABLES = (
    (), ("migratory_status",), ("sex",), ("region",), ("migratory_status", "sex"),
    ("migratory_status", "region"), ("sex", "region"),
)  # fmt: skip
LEVELS = read_golden("levels")
CONTRASTS = read_golden("contrasts")
SERIES_META = [SeriesMeta("8.5.2", "unemployment", "percent", "self", "exact", ""),
               SeriesMeta("8.6.1", "neet", "percent", "self", "proxy", "no_training")]  # fmt: skip


def nothing_of(found: Ratios) -> Hidden:
    """Nothing is hidden."""
    return Hidden(found.cells, np.zeros(found.n.shape, np.uint8))


@cache
def table(design: str, singleton: str) -> pl.DataFrame:
    persons = [
        {**person, "labels": {OUR_NAME[name]: value for name, value in person["labels"].items()}}
        for person in read_persons(design)
    ]
    tables = tables_of(persons, TABLES)
    decimals = DECIMALS[design]
    state = state_of(persons, tables, SERIES, decimals=decimals, clustered=design != "unclustered")
    about = SampleMeta("XXA", 2020, design, "nativity", 10.0**decimals, 1.0)
    found = ratios(state, design, singleton)  # type: ignore[arg-type]
    return estimates(found, tables, SERIES_META, about, ("region",), nothing_of(found)).drop(RULE)


@cache
def by_cell(design: str, singleton: str) -> dict[tuple[str, ...], dict[str, Any]]:
    rows = table(design, singleton).to_dicts()
    found = {tuple(row[n] for n in ("series", "statistic", *OUR_NAME.values())): row for row in rows}
    assert len(found) == len(rows)
    return found


def agree(ours: float | None, golden: str, factor: float = 1.0) -> bool:
    if golden == "":
        return ours is None
    return ours is not None and math.isclose(ours, factor * float(golden), rel_tol=1e-9, abs_tol=1e-10)


def name_of(row: dict[str, str]) -> str:
    keys = ("design", "singleton", "series", "status", "sex", "region", "statistic")
    return "-".join(row[key] for key in keys if key in row)


@pytest.mark.parametrize("golden", LEVELS, ids=name_of)
def test_a_level_row_is_rs_in_per_cent(golden: dict[str, str]) -> None:
    key = (golden["series"], "level", *(golden[name] for name in OUR_NAME))
    row = by_cell(golden["design"], golden["singleton"])[key]
    for name in ("n", "n_numerator", "population", "left_out_share"):
        assert agree(row[name], golden[name]), name
    if float(golden["left_out_share"]) > 0.5:
        assert row["obs_status"] == "M"
        assert row["estimate"] is None
        return
    for name in ("estimate", "se", "ci_lower", "ci_upper"):
        assert agree(row[name], golden[name], 100), name
    for name in ("df", "deff"):
        assert agree(row[name], golden[name]), name
    unsure = int(golden["n"]) < 30 or int(golden["df"]) < 8 or float(golden["left_out_share"]) > 0.1
    assert row["obs_status"] == "U" or not unsure


@pytest.mark.parametrize("golden", CONTRASTS, ids=name_of)
def test_a_contrast_row_is_rs_in_points_or_as_a_ratio(golden: dict[str, str]) -> None:
    row = by_cell(golden["design"], golden["singleton"])[
        (golden["series"], golden["statistic"], "_T", golden["sex"], "_T")
    ]
    factor = 100 if golden["statistic"] == "difference" else 1
    assert row["comparison"] == "migrant:non_migrant"
    assert row["unit"] == {"difference": "percentage_points", "ratio": "ratio"}[golden["statistic"]]
    for name in ("estimate", "se", "ci_lower", "ci_upper"):
        assert agree(row[name], golden[name], factor), name
    assert agree(row["df"], golden["df"])


def test_every_key_is_unique_and_every_column_is_there() -> None:
    frame = table("clustered", "centered")
    assert frame.columns == columns(("region",))
    key = frame.columns[: frame.columns.index("estimate")]
    assert frame.select(pl.struct(key).n_unique()).item() == frame.height


def test_a_full_count_has_no_sampling_error() -> None:
    persons = read_persons("clustered")
    tables = tables_of(persons, ((), ("status",)))
    state = state_of(persons, tables, SERIES, decimals=2)
    about = SampleMeta("XXA", 2020, "clustered", "nativity", 100.0, 1.0, sampled=False)
    found = ratios(state, "clustered")
    frame = estimates(found, tables, SERIES_META, about, ("status",), nothing_of(found))
    for name in ("se", "ci_lower", "ci_upper", "cv", "df", "deff"):
        known = frame.filter(pl.col(name).is_not_null())
        assert known.is_empty(), (
            name,
            known.select("series", "statistic", "status", "estimate", name).to_dicts(),
        )
