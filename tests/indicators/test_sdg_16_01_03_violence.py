"""16.1.3 on a few persons, the shares worked out by hand."""

from __future__ import annotations

import pytest


@pytest.mark.parametrize("form", ["physical", "psychological", "sexual"])
def test_each_form_is_of_those_asked_about_it(form, sample, persons, estimate, status):
    # One of four; one did not answer; one was not asked, and is of no concern.
    variable = f"violence_{form}_12_months"
    has = sample(variable)
    rows = persons(f"{variable}\nyes\nno\nno\nno\n?\n-")
    assert estimate(("16.1.3", f"{form}_violence"), has, rows) == (25.0, 4, 1, 0)
    assert status(has, "16.1.3", f"{form}_violence") == ("exact", [])
