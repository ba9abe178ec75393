"""16.3.1 on a few victims, the shares worked out by hand."""

from __future__ import annotations

import pytest


@pytest.mark.parametrize("form", ["physical", "psychological", "sexual"])
def test_it_is_of_the_victims_of_each_form(form, sample, persons, estimate, status):
    # One of three victims. Left out: a victim who did not say whether she told, one whom the form did not
    # ask, though it should have, and one of whom the violence is unknown. Who suffered none, or was not in
    # the module, is of no concern.
    violence, told = f"violence_{form}_12_months", f"violence_{form}_reported"
    has = sample(violence, told)
    rows = persons(f"""
    {violence} | {told}
    yes        | yes
    yes        | no
    yes        | no
    yes        | ?
    yes        | -
    ?          | yes
    no         | -
    no         | yes
    -          | -
    """)
    assert estimate(("16.3.1", f"{form}_violence_reported"), has, rows) == (100 / 3, 3, 3, 0)
    assert status(has, "16.3.1", f"{form}_violence_reported") == ("exact", [])


def test_it_takes_the_question_on_telling_of_the_same_form(sample, status):
    has = sample("violence_physical_12_months", "violence_sexual_reported")
    for form in ("physical", "sexual"):
        assert status(has, "16.3.1", f"{form}_violence_reported") == ("unavailable", ["missing_variable"])


def test_there_is_no_global_series_of_psychological_violence(resolved, sample):
    has = sample("violence_psychological_12_months", "violence_psychological_reported")
    assert resolved(has, "16.3.1", "psychological_violence_reported").series.sdmx_series == ()
