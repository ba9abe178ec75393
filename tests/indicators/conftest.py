"""What the tests of the indicators share: how to say what a sample has."""

from __future__ import annotations

import importlib.util
import sys
from pathlib import Path
from types import ModuleType

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
