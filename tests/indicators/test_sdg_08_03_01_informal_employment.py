"""8.3.1 on a few workers, the share worked out by hand."""

from __future__ import annotations

from harmonize.schema import VARIABLES

ALL, FARMS, ELSEWHERE = (
    ("8.3.1", name)
    for name in ("informal_employment", "informal_employment_agriculture", "informal_employment_non_agriculture")
)
WORKERS = ("age", "labour_force_status", "status_in_employment")
# a sample that tells employers from own-account workers
TOLD = {"status_in_employment": {"reaches": frozenset(VARIABLES["status_in_employment"].values) - {"self_employed"}}}
RIGHTS = ("contributes_to_social_security", "paid_leave")


def employed(rows):
    return [{"age": 30.0, "labour_force_status": "employed", **row} for row in rows]


def test_the_whole_definition(sample, persons, estimate, status):
    # Nine workers are counted. Informal: the employee without social security, the own-account worker, the
    # employer and the member of a cooperative who are not registered, and the family worker, whatever the
    # enterprise: 5. Formal: the two with social security, whatever their leave, and the registered two. The
    # employee of unknown social security is left out, though the lack of paid leave is known.
    has = sample(*WORKERS, *RIGHTS, "registered_enterprise")
    rows = employed(
        persons("""
        status_in_employment       | contributes_to_social_security | paid_leave | registered_enterprise
        employee                   | yes                            | yes        | no
        employee                   | no                             | yes        | yes
        employee                   | yes                            | no         | yes
        employee                   | ?                              | no         | yes
        own_account                | no                             | -          | yes
        own_account                | yes                            | -          | no
        employer                   | -                              | -          | no
        employer                   | -                              | -          | yes
        cooperative_member         | -                              | -          | no
        contributing_family_worker | -                              | -          | -
        """)
    )
    assert estimate(ALL, has, rows) == (100 * 5 / 9, 9, 1, 0)
    assert status(has, *ALL) == ("exact", [])


def test_it_is_of_the_employed_aged_15_and_over(sample, persons, estimate):
    # One informal worker of two counted: neither the unemployed nor the child is of them. Whoever was not
    # asked about work leaves the base, whoever did not say is left out.
    has = sample(*WORKERS, "registered_enterprise", *RIGHTS)
    rows = persons("""
    age | labour_force_status   | status_in_employment       | contributes_to_social_security | paid_leave
    15  | employed              | contributing_family_worker | -                              | -
    40  | employed              | employee                   | yes                            | yes
    40  | unemployed            | -                          | -                              | -
    40  | outside_labour_force  | -                          | -                              | -
    14  | employed              | contributing_family_worker | -                              | -
    40  | -                     | -                          | -                              | -
    40  | ?                     | employee                   | yes                            | yes
    40  | employed              | ?                          | yes                            | yes
    """)
    assert estimate(ALL, has, rows) == (50.0, 2, 2, 1)


def test_by_status_alone_own_account_and_family_workers_are_informal(sample, persons, estimate, status):
    # Two of six; employees, employers and members of cooperatives count as formal, and it says why not.
    has = sample(*WORKERS, **TOLD)
    rows = employed(
        persons("""
        status_in_employment
        employee
        employer
        own_account
        cooperative_member
        contributing_family_worker
        other
        """)
    )
    assert estimate(ALL, has, rows) == (100 * 2 / 6, 6, 0, 0)
    assert status(has, *ALL) == (
        "proxy",
        ["no_registration", "no_occupation", "no_social_security", "no_paid_leave"],
    )


def test_without_registration_own_account_professionals_are_formal(sample, persons, estimate, status):
    # The craftsman and the manager are informal, the professional is not, and an own-account worker of
    # unknown occupation is left out; the employee needs no occupation. Two of four.
    has = sample(*WORKERS, "occupation", *RIGHTS, **TOLD)
    rows = employed(
        persons("""
        status_in_employment | occupation | contributes_to_social_security | paid_leave
        own_account          | isco_7     | -                              | -
        own_account          | isco_1     | -                              | -
        own_account          | isco_2     | -                              | -
        own_account          | ?          | -                              | -
        employee             | ?          | yes                            | yes
        """)
    )
    assert estimate(ALL, has, rows) == (50.0, 4, 1, 0)
    assert status(has, *ALL) == ("proxy", ["no_registration"])


def test_with_social_security_paid_leave_is_not_asked_for(sample, persons, estimate, status):
    # Of three employees one lacks social security.
    has = sample(*WORKERS, "contributes_to_social_security", "registered_enterprise")
    rows = employed(
        persons("""
        status_in_employment | contributes_to_social_security
        employee             | no
        employee             | yes
        other                | yes
        """)
    )
    assert estimate(ALL, has, rows) == (100 * 1 / 3, 3, 0, 0)
    assert status(has, *ALL) == ("exact", [])


def test_without_social_security_paid_leave_decides(sample, persons, estimate, status):
    # Of three employees two lack paid leave; of one it is not known.
    has = sample(*WORKERS, "paid_leave", "registered_enterprise")
    rows = employed(
        persons("""
        status_in_employment | paid_leave
        employee             | no
        employee             | yes
        other                | no
        employee             | ?
        """)
    )
    assert estimate(ALL, has, rows) == (100 * 2 / 3, 3, 1, 0)
    assert status(has, *ALL) == ("proxy", ["no_social_security"])


def test_registration_serves_where_employers_are_not_told_from_own_account_workers_and_nothing_else_does(
    sample, persons, estimate, status
):
    has = sample(*WORKERS, "contributes_to_social_security", "registered_enterprise")
    rows = employed(
        persons("""
        status_in_employment | registered_enterprise
        self_employed        | no
        self_employed        | yes
        """)
    )
    assert estimate(ALL, has, rows) == (50.0, 2, 0, 0)
    assert status(sample(*WORKERS, "contributes_to_social_security"), *ALL) == (
        "unavailable",
        ["undecidable_categories"],
    )


def test_who_is_known_to_work_elsewhere_or_not_at_all_is_not_left_out_of_a_sector(sample, persons, estimate):
    # Of three who are, or may be, in agriculture two are known: one informal. The shop assistant of unknown
    # status and the unemployed are of no concern, nor is he whose work is unknown but was in a shop.
    has = sample(*WORKERS, "registered_enterprise", "industry")
    rows = persons("""
    age | labour_force_status | status_in_employment | registered_enterprise | industry
    30  | employed            | own_account          | no                    | isic_a
    30  | employed            | employer             | yes                   | isic_a
    30  | employed            | ?                    | -                     | isic_a
    30  | employed            | ?                    | -                     | isic_g
    30  | unemployed          | -                    | -                     | -
    30  | ?                   | ?                    | ?                     | isic_g
    """)
    assert estimate(FARMS, has, rows) == (50.0, 2, 1, 0)


def test_agriculture_and_the_rest_are_shares_of_their_own_employment(sample, persons, estimate):
    # Agriculture: two of three informal. Outside: one of two. The industry of one is unknown: she counts in
    # the share of all (four of six), and is left out of either sector.
    has = sample(*WORKERS, *RIGHTS, "registered_enterprise", "industry")
    rows = employed(
        persons("""
        status_in_employment       | registered_enterprise | industry
        own_account                | no                    | isic_a
        contributing_family_worker | -                     | isic_a
        employer                   | yes                   | isic_a
        own_account                | no                    | isic_g
        employer                   | yes                   | isic_c
        own_account                | no                    | ?
        """)
    )
    assert estimate(FARMS, has, rows) == (100 * 2 / 3, 3, 1, 0)
    assert estimate(ELSEWHERE, has, rows) == (50.0, 2, 1, 0)
    assert estimate(ALL, has, rows) == (100 * 4 / 6, 6, 0, 0)


def test_without_the_industry_there_is_the_share_of_all_alone(sample, status):
    has = sample(*WORKERS, **TOLD)
    assert status(has, *ALL)[0] == "proxy"
    assert status(has, *FARMS) == ("unavailable", ["missing_variable"])
    assert status(has, *ELSEWHERE) == ("unavailable", ["missing_variable"])


def test_without_the_status_in_employment_there_is_none(sample, status):
    assert status(sample("age", "labour_force_status", *RIGHTS), *ALL) == ("unavailable", ["missing_variable"])
