"""Rows of a measure that are hidden as the estimates hide the same persons."""

from __future__ import annotations

import numpy as np
import pytest

from harmonize.protect.hidden import Hidden
from harmonize.protect.protection import Protection
from harmonize.quality.hiding import conf_statuses
from harmonize.quality.measures import Reading
from harmonize.quality.persons import Part

COUNTS = {"_T": 660, "migrant": 200, "non_migrant": 440, "unknown": 20}


def hidden(**facts):
    return Hidden(np.zeros(0, np.int64), np.zeros((0, 1), np.uint8), **facts)


def rows(tells="", method="suppress", counts=COUNTS, **facts):
    found = {status: Reading(1.0, n, (Part(n, n, n),)) for status, n in counts.items()}
    shown = conf_statuses(found, tells, hidden(**facts), "nativity", Protection(method))
    return "".join(shown.values())


def test_where_the_estimates_hide_nothing_all_is_shown():
    assert rows() == "FFFF"


@pytest.mark.parametrize(
    ("facts", "shown"),
    [
        ({"migrants": True}, "FDDD"),
        ({"unknown": frozenset({"nativity"})}, "FDDD"),
        ({"unknown": frozenset({"literacy"})}, "FFFF"),
        ({"unknown": frozenset({"literacy"}), "tells": "literacy"}, "DDDD"),
        ({"totals": frozenset({651})}, "DFFD"),
        ({"totals": frozenset({650})}, "FFFF"),
    ],
)
def test_what_run_json_does_not_tell_quality_does_not_tell_either(facts, shown):
    assert rows(**facts) == shown


def test_a_few_are_hidden_with_the_other_statuses():
    assert rows(counts=COUNTS | {"unknown": 9}) == "FDDC"
    assert rows(counts=COUNTS | {"_T": 9, "migrant": 0, "non_migrant": 9, "unknown": 0}) == "CDCD"


def test_without_protection_nothing_is_hidden():
    assert rows(method="none", counts=COUNTS | {"unknown": 9}, migrants=True) == "FFFF"
