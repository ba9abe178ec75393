"""A pooled extract whose samples asked different things: each has the quality of a run of it alone."""

from __future__ import annotations

import polars as pl
import pytest

from harmonize import pipeline
from tests.quality.conftest import MAPPING, SINGLE, persons

POOLED = MAPPING.replace(
    "sample: {{id: S, country: CHL, year: 2020}}", "sample: {{id: {{from: SMP}}, country: CHL, year: 2020}}"
).format(age=SINGLE)
CODES = {"A": {"NAT": 1, "ELEC": 1}, "B": {"NAT": [1, 2], "ELEC": ""}}


@pytest.fixture
def extract():
    """Persons of A and B in turn; B was not asked about electricity."""
    of = {
        name: persons(
            600, W=[1, 3, 2] if name == "A" else [5, 2], AGE=[20, 25, 31, 60, 70], SEX=[1, 2, 2, 1, 9], **codes
        )
        for name, codes in CODES.items()
    }
    rows = [
        row | {"SMP": name} for pair in zip(of["A"], of["B"], strict=True) for name, row in zip("AB", pair, strict=True)
    ]
    return pl.DataFrame([row | {"HH": i // 3} for i, row in enumerate(rows)], infer_schema_length=None)


@pytest.mark.parametrize("protect", ["none", "suppress"])
def test_each_sample_has_the_quality_of_a_run_of_it_alone(extract, tmp_path, protect):
    (tmp_path / "m.yaml").write_text(POOLED, encoding="utf-8")

    def made(name, rows):
        rows.write_csv(tmp_path / f"{name}.csv")
        out = tmp_path / name
        pipeline.run(str(tmp_path / "m.yaml"), [tmp_path / f"{name}.csv"], out, protect=protect, chunk_size=250)
        return pl.read_csv(out / "quality.csv", infer_schema_length=None)

    pooled = made("pooled", extract)
    for name in "AB":
        alone = made(name, extract.filter(SMP=name))
        assert pooled.filter(sample=name).equals(alone), name
        assert ("electricity" in alone["variable"].to_list()) == (name == "A")
