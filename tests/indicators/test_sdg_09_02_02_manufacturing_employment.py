"""9.2.2 on a few workers, the share worked out by hand."""

from __future__ import annotations

MANUFACTURING = ("9.2.2", "manufacturing")


def test_manufacturing_is_a_share_of_the_employed_whose_industry_is_known(sample, persons, estimate, status):
    # Four workers are counted, one of them in section C. An unknown industry, or one that was not asked
    # of an employed person, is left out; the unemployed have none to know; the child is too young.
    has = sample("age", "labour_force_status", "industry")
    rows = persons("""
    age | labour_force_status  | industry
    15  | employed             | isic_c
    40  | employed             | isic_a
    40  | employed             | isic_f
    40  | employed             | isic_u
    40  | employed             | ?
    40  | employed             | -
    40  | unemployed           | -
    40  | unemployed           | isic_c
    40  | outside_labour_force | ?
    14  | employed             | isic_c
    40  | ?                    | isic_c
    40  | -                    | -
    """)
    assert estimate(MANUFACTURING, has, rows) == (25.0, 4, 3, 1)
    assert status(has, *MANUFACTURING) == ("exact", [])


def test_work_asked_from_16_makes_it_the_employed_of_16_and_over(sample, status):
    has = sample("age", "industry", labour_force_status={"min_age": 16})
    assert status(has, *MANUFACTURING) == ("proxy", ["not_asked_under_16"])
