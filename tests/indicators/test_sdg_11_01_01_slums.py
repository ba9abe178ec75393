"""11.1.1 on a few persons, the share worked out by hand."""

from __future__ import annotations

import pytest

SLUM = ("11.1.1", "slum")
MATERIALS = ("wall_material", "roof_material", "floor_material")
WATER = {"reaches": frozenset({"improved_on_premises", "piped", "unimproved", "surface"})}
TOILET = {"reaches": frozenset({"improved_not_shared", "improved_shared", "unimproved", "open_defecation"})}
FOUR = {"water_source": WATER, "sanitation": TOILET}

PERSONS = """
urban_rural | living_quarters   | water_source | sanitation          | household_size | rooms | wall_material | roof_material | floor_material
urban       | private_household | piped        | improved_not_shared | 6              | 2     | durable       | durable       | durable
urban       | private_household | piped        | improved_shared     | 3              | 1     | durable       | durable       | durable
urban       | private_household | surface      | improved_not_shared | 2              | 2     | durable       | durable       | durable
urban       | private_household | piped        | unimproved          | 2              | 2     | durable       | durable       | durable
urban       | private_household | piped        | improved_not_shared | 7              | 2     | durable       | durable       | durable
urban       | private_household | piped        | improved_not_shared | 2              | 2     | durable       | durable       | non_durable
urban       | private_household | unimproved   | open_defecation     | 9              | 1     | non_durable   | non_durable   | non_durable
urban       | private_household | surface      | ?                   | 2              | 2     | durable       | durable       | durable
urban       | private_household | piped        | improved_not_shared | 2              | ?     | durable       | durable       | durable
rural       | private_household | surface      | open_defecation     | 9              | 1     | non_durable   | non_durable   | non_durable
?           | private_household | surface      | open_defecation     | 9              | 1     | non_durable   | non_durable   | non_durable
urban       | institution       | surface      | open_defecation     | 9              | 1     | non_durable   | non_durable   | non_durable
"""  # noqa: E501


@pytest.fixture
def four(sample):
    return sample("urban_rural", "living_quarters", "household_size", "rooms", *MATERIALS, **FOUR)


def test_a_slum_household_lacks_at_least_one_criterion(four, persons, estimate):
    # Seven urban persons are known by all four: the first two lack nothing (three persons a room are not
    # too many, and a shared toilet may be a good one), four lack one thing each, one lacks all: 5 of 7.
    # Three are left out: two of whom a criterion is not known, also where the water would already decide it,
    # and one who may live in the country. The others are rural, or in an institution.
    assert estimate(SLUM, four, persons(PERSONS)) == (100 * 5 / 7, 7, 3, 0)


@pytest.mark.parametrize(
    ("criterion", "share", "counted", "left_out"),
    [
        # Each criterion alone needs itself only; one may be urban. Of nine urban persons
        ("lacking_water", 100 * 3 / 9, 9, 1),  # three have surface or unimproved water;
        ("lacking_sanitation", 100 * 2 / 8, 8, 2),  # the toilet of one is unknown, two lack a good one;
        ("lacking_living_area", 100 * 2 / 8, 8, 2),  # 7 in 2 rooms and 9 in 1 are over three a room;
        ("lacking_durable_structure", 100 * 2 / 9, 9, 1),  # one earth floor, one hut.
    ],
)
def test_each_criterion_has_a_series_of_its_own(four, persons, estimate, criterion, share, counted, left_out):
    assert estimate(("11.1.1", criterion), four, persons(PERSONS)) == (share, counted, left_out, 0)


def test_the_proxy_says_how_many_of_the_five_were_asked_and_which(four, resolved):
    done = resolved(four, *SLUM)
    assert (done.status, done.proxy_reason) == ("proxy", "4_of_5")
    (why,) = done.reasons
    assert why.words == (
        "4 of the 5 official criteria were asked: "
        "lacking_water, lacking_sanitation, lacking_living_area, lacking_durable_structure"
    )


def test_with_all_five_it_is_exact(sample, status):
    has = sample("urban_rural", "living_quarters", "household_size", "rooms", "secure_tenure", *MATERIALS, **FOUR)
    assert status(has, *SLUM) == ("exact", [])


def test_owned_or_rented_does_not_tell_secure_tenure(sample, status):
    has = sample("urban_rural", "living_quarters", "tenure", "household_size", "rooms")
    assert status(has, "11.1.1", "lacking_secure_tenure") == ("unavailable", ["missing_variable"])
    assert status(has, *SLUM) == ("proxy", ["1_of_5"])


def test_secure_tenure_where_it_was_asked(sample, persons, estimate):
    # One of two; the unknown one is left out.
    has = sample("urban_rural", "secure_tenure")
    rows = persons("""
    urban_rural | secure_tenure
    urban       | yes
    urban       | no
    urban       | ?
    """)
    assert estimate(("11.1.1", "lacking_secure_tenure"), has, rows) == (50.0, 2, 1, 0)


def test_the_structure_is_judged_by_the_materials_that_were_asked(sample, persons, estimate, status):
    # Without a question on floors the one with an earth floor is not found: one of two, and a reason.
    has = sample("urban_rural", "living_quarters", "wall_material", "roof_material")
    rows = persons("""
    urban_rural | living_quarters   | wall_material | roof_material
    urban       | private_household | durable       | non_durable
    urban       | private_household | durable       | durable
    urban       | private_household | non_durable   | ?
    """)
    assert estimate(("11.1.1", "lacking_durable_structure"), has, rows) == (50.0, 2, 1, 0)
    assert status(has, "11.1.1", "lacking_durable_structure") == ("proxy", ["not_all_materials"])
    assert status(has, *SLUM) == ("proxy", ["not_all_materials", "1_of_5"])


def test_without_a_question_on_materials_the_structure_is_unavailable_and_says_what_it_lacks(sample, resolved):
    done = resolved(sample("urban_rural", "living_quarters"), "11.1.1", "lacking_durable_structure")
    assert (done.status, done.missing) == ("unavailable", MATERIALS)


def test_not_piped_and_no_sewer_can_not_be_told_from_improved_so_they_leave_the_criteria(sample, status):
    has = sample(
        "urban_rural",
        "living_quarters",
        "household_size",
        "rooms",
        water_source={"reaches": {"piped", "not_piped"}},
        sanitation={"reaches": {"sewer_or_septic", "no_sewer_or_septic"}},
    )
    assert status(has, "11.1.1", "lacking_water") == ("unavailable", ["undecidable_categories"])
    assert status(has, "11.1.1", "lacking_sanitation") == ("unavailable", ["undecidable_categories"])
    assert status(has, *SLUM) == ("proxy", ["1_of_5"])


def test_rooms_in_classes_do_not_tell_how_many_persons_there_are_to_a_room(sample, status):
    # 1, 2 to 3, 4 and over: seven persons in "2 to 3" rooms may be more than three to a room or not.
    bands = ((1.0, 1.0), (2.0, 3.0), (4.0, float("inf")))
    has = sample("urban_rural", "living_quarters", "household_size", rooms={"bands": bands})
    assert status(has, "11.1.1", "lacking_living_area") == ("unavailable", ["undecidable_classes"])


def test_rooms_one_by_one_up_to_an_open_class_serve(sample, status):
    bands = (*((float(n), float(n)) for n in range(1, 9)), (9.0, float("inf")))
    has = sample("urban_rural", "living_quarters", "household_size", rooms={"bands": bands})
    assert status(has, "11.1.1", "lacking_living_area") == ("exact", [])


def test_without_urban_and_rural_there_are_no_slums(sample, resolved):
    done = resolved(sample("living_quarters", "household_size", "rooms"), *SLUM)
    assert done.status == "unavailable"
    assert "urban_rural" in done.missing
