"""5.2.1 on a few women, the share worked out by hand."""

from __future__ import annotations

VIOLENCE = ("5.2.1", "partner_violence")

WOMEN = """
sex    | age | marital_status     | partner_violence_12_months
female | 15  | married            | yes
female | 40  | separated_divorced | no
female | 60  | widowed            | no
female | 30  | in_union           | ?
female | 30  | never_married      | -
female | 30  | ?                  | no
female | 14  | married            | yes
male   | 30  | married            | yes
"""


def test_it_is_of_women_of_15_and_over_who_ever_had_a_partner(sample, persons, estimate, status):
    # One of three. One did not answer, of one the marital status is unknown; who never married had no partner.
    has = sample("sex", "age", "marital_status", "partner_violence_12_months")
    assert estimate(VIOLENCE, has, persons(WOMEN)) == (100 / 3, 3, 2, 0)
    assert status(has, *VIOLENCE) == ("exact", [])


def test_without_marital_status_those_who_were_asked_had_a_partner(sample, persons, estimate):
    # Now the woman of unknown marital status counts: one of four.
    has = sample("sex", "age", "partner_violence_12_months")
    assert estimate(VIOLENCE, has, persons(WOMEN)) == (25.0, 4, 1, 0)


def test_where_psychological_violence_is_counted_too_it_is_not_the_global_series(sample, status):
    def of(forms):
        return sample("sex", "age", "marital_status", partner_violence_12_months={"options": {"forms": forms}})

    assert status(of("physical_or_sexual"), *VIOLENCE) == ("exact", [])
    assert status(of("any"), *VIOLENCE) == ("proxy", ["psychological_too"])
