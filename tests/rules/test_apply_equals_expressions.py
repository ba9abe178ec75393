"""Rules are applied to distinct codes; the outcome is that of the expressions, row by row (see conftest)."""

from __future__ import annotations

from typing import Any

import numpy as np
import polars as pl
import pytest

from harmonize.distinct.memory import Memory

RULES = """\
sex: {from: A, codes: {male: 1, female: 2, not_applicable: blank}}
age: {from: B, number: {}, missing: {not_applicable: blank}}
electricity: {from: [A, B], when: [{if: "A = 1 AND B > 3", then: yes}, {if: "A = B", then: no}]}
internet: {value: yes}
earnings: {from: C, number: {}}
"""


@pytest.mark.parametrize("rows", [0, 1, 7, 5000])
def test_for_any_number_of_rows_and_distinct_values(made: Any, rows: int) -> None:
    random = np.random.default_rng(rows)
    cells = np.array(["1", "01", "2", "", " ", "x", "5", "120", "200", None], dtype=object)
    columns = {
        "A": random.choice(cells, rows).tolist(),
        "B": random.choice(cells, rows).tolist(),
        "C": [str(i * 7) for i in range(rows)],
    }
    out = made.apply(RULES, columns)
    assert all(len(values) == rows for values in out.values())


def test_the_batch_keeps_its_own_columns(made: Any) -> None:
    harmoniser = made.harmoniser(RULES, {"A": [], "B": [], "C": []})
    frame = pl.DataFrame({"A": ["1"], "B": ["2"], "C": ["3"], "_hh": [0]})
    assert harmoniser.harmonised(frame, Memory()).names[:4] == ["A", "B", "C", "_hh"]
