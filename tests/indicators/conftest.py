"""What the tests of the indicators share: how to say what a sample has."""

from __future__ import annotations

import importlib.util
import sys
from pathlib import Path
from types import ModuleType

import polars as pl
import pytest

HERE = Path(__file__).parent


def load(path: Path, name: str) -> ModuleType:
    """A module from its file, so that it is found whatever the import mode."""
    spec = importlib.util.spec_from_file_location(name, path)
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    sys.modules[name] = module
    spec.loader.exec_module(module)
    return module


@pytest.fixture(scope="session")
def sample_of() -> ModuleType:
    """The builders of samples and persons."""
    return load(HERE / "sample_of.py", "indicator_sample_of")


@pytest.fixture(scope="session")
def sample(sample_of: ModuleType):
    """`sample("age", literacy={"min_age": 10})`: an Availability."""
    return sample_of.sample


@pytest.fixture(scope="session")
def masked(sample_of: ModuleType):
    """`masked(key, availability, rows)`: for each person what the masks say, as the set of those true."""
    from harmonize.indicators import measured_series, series_masks

    def judge(key, has, rows):
        mask = series_masks(measured_series(), has)[key]
        found = sample_of.people(rows, has).with_columns(**mask.named).select(list(mask.named))
        return [{name for name, true in row.items() if true} for row in found.iter_rows(named=True)]

    return judge


@pytest.fixture(scope="session")
def persons(sample_of: ModuleType):
    """`persons("a | b ...")`: persons written as a table."""
    return sample_of.table


@pytest.fixture(scope="session")
def estimate(sample_of: ModuleType):
    """`estimate(key, availability, rows)`: (percent, persons counted, persons left out, persons not asked)."""
    from harmonize.indicators import measured_series, series_masks

    def share(key, has, rows):
        masks = series_masks(measured_series(), has)[key].named
        found = sample_of.people(rows, has).select(weight=pl.Series([row.get("weight", 1.0) for row in rows]), **masks)
        weighted = found.select(pl.col("weight").filter(name).sum().alias(name) for name in masks).row(0, named=True)
        percent = 100 * weighted["numerator"] / weighted["universe"]
        return percent, *(int(found[name].sum()) for name in ("universe", "left_out", "narrowed"))

    return share


@pytest.fixture(scope="session")
def mean(sample_of: ModuleType):
    """`mean(key, availability, rows)`: of a series that is a mean, perhaps per another amount: (mean, persons counted,
    left out, not asked)."""
    from harmonize.indicators import measured_series, series_masks

    def judge(key, has, rows):
        mask = series_masks(measured_series(), has)[key]
        assert mask.amount is not None
        people = sample_of.people(rows, has)
        weight = pl.Series("weight", [row.get("weight", 1.0) for row in rows])
        per = pl.lit(1.0) if mask.per is None else mask.per
        found = people.select(weight, amount=mask.amount, per=per, **mask.named)
        assert found["amount"].null_count() == found["per"].null_count() == 0
        inside = found.filter("universe")
        value = (inside["weight"] * inside["amount"]).sum() / (inside["weight"] * inside["per"]).sum()
        return value, *(int(found[name].sum()) for name in ("universe", "left_out", "narrowed"))

    return judge


@pytest.fixture(scope="session")
def resolved():
    """`resolved(availability, "8.6.1", "neet")`: the series as the sample can measure it."""
    from harmonize.indicators import INDICATORS, resolve

    return lambda has, number, name: resolve(next(s for s in INDICATORS[number].series if s.name == name), has)


@pytest.fixture(scope="session")
def status(resolved):
    """`status(availability, "8.6.1", "neet")`: ("proxy", the codes of its reasons)."""

    def judge(has, number, name):
        done = resolved(has, number, name)
        return done.status, [each.code for each in done.reasons]

    return judge
