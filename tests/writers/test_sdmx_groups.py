"""A group has one code of CUST_BREAKDOWN, whatever else a run shows."""

from __future__ import annotations

from dataclasses import replace
from hashlib import sha256
from pathlib import Path

import polars as pl
import pytest

from harmonize.writers.sdmx.dsd import bundled
from harmonize.writers.sdmx.export import export
from harmonize.writers.sdmx.groups import CROSSES, CROSSES_OF_MANY, FILE, code, code_of, registered
from tests.writers.sdmx_rows import result_of
from tools.build_sdmx_groups import OUT, every, usual

ELECTRICITY = ("7.1.1", "electricity")
#: Two crosses whose names have one number in DSD 1.4, the first by name first.
COLLIDING = (
    {"duration_of_stay": "10_plus", "generation": "native_background"},
    {"duration_of_stay": "unknown", "generation": "not_applicable"},
)
#: How many groups the file began with, and their hash: who changes one makes series of files out there another group.
FIRST_MADE = (2010, "a0c724e167958773")


def codes_of(*rows: dict[str, object]) -> dict[str, str]:
    found = export(result_of(ELECTRICITY, *rows)).observations
    return dict(found.select("CUST_BREAKDOWN_LB", "CUST_BREAKDOWN").rows())


def test_runs_that_show_different_groups_give_the_same_code_to_the_same_group():
    unknown = {"migratory_status": "unknown"}
    born = {"nativity": "native_born"}
    cross = {"generation": "first", "duration_of_stay": "0_4"}
    one = codes_of(unknown, born, cross)
    other = codes_of(cross, {"citizenship_status": "citizen"}, born)
    assert len({*one.values()}) == 3
    shared = one.keys() & other.keys()
    assert len(shared) == 2
    assert {label: one[label] for label in shared} == {label: other[label] for label in shared}


def test_the_order_of_a_cross_does_not_matter():
    row = {"literacy": "literate", "electricity": "yes"}
    assert codes_of(row) == codes_of(dict(reversed(row.items())))


def test_the_median_of_a_group_has_a_code_for_good_too():
    result = result_of(("8.5.1", "median_hourly"), {"nativity": "native_born", "urban_rural": "_T"})
    (found,) = export(result).observations["CUST_BREAKDOWN"]
    assert found == registered()["nativity=native_born; variant=Median"]


def test_no_code_is_given_twice_and_those_of_crosses_to_no_single_group():
    lines = OUT.read_text(encoding="utf-8").splitlines()
    assert lines[0] == "code,group"
    codes, groups = zip(*(line.split(",") for line in lines[1:]), strict=True)
    assert len({*codes}) == len(codes)
    assert len({*groups}) == len(groups)
    assert not {code(number) for number in (*CROSSES, *CROSSES_OF_MANY)} & {*codes}


def test_every_group_of_the_common_schema_has_a_code():
    lacking = [group for group in every() if group not in registered()]
    assert lacking == [], "python -m tools.build_sdmx_groups appends them"


def test_the_groups_of_every_run_have_codes_of_the_dsd_of_the_package():
    assert {registered()[group] for group in usual()} <= {*bundled().codes("CUST_BREAKDOWN")}


def test_a_run_without_further_crosses_needs_no_number_of_crosses(sdmx_out: Path):
    found = {*pl.read_csv(sdmx_out / "estimates.sdmx.csv", infer_schema=False)["CUST_BREAKDOWN"]} - {"_T"}
    assert len(found) > 30
    assert found <= {*registered().values()}


def test_codes_that_were_given_are_never_given_anew():
    number, digest = FIRST_MADE
    first = OUT.read_text(encoding="utf-8").splitlines(keepends=True)[: number + 1]
    assert sha256("".join(first).encode()).hexdigest()[:16] == digest, f"{FILE} is appended to, and not changed"


def test_a_cross_takes_its_number_of_its_name_and_a_longer_list_has_more_of_them():
    dsd = bundled()
    name = "duration_of_stay=0_4; generation=first"
    assert int(code_of(name, dsd)[1:]) in CROSSES
    longer = tuple(code(number) for number in range(1, 3287))
    later = replace(dsd, lists=dsd.lists | {"CL_CUST_BREAKDOWN": ("_T", *longer)})
    assert int(code_of(name, later)[1:]) in CROSSES_OF_MANY
    assert code_of("nativity=unknown", later) == code_of("nativity=unknown", dsd)


@pytest.mark.parametrize("rows", [COLLIDING, COLLIDING[::-1]])
def test_of_two_crosses_with_one_number_the_first_by_name_is_written_and_the_other_told(rows):
    result = result_of(ELECTRICITY, *rows)
    (label,) = codes_of(*rows)
    assert "10 or more" in label
    found = export(result).notes.filter(pl.col("note") == "left_out")["reason"].to_list()
    assert len(found) == 1
    assert found[0].endswith("is of another cross in this file")
    (alone,) = codes_of(COLLIDING[1]).values()
    assert alone == codes_of(*rows)[label]


def test_groups_whose_codes_the_list_lacks_are_left_out():
    dsd = bundled()
    few = replace(dsd, lists=dsd.lists | {"CL_CUST_BREAKDOWN": ("_T", "C12")})
    result = result_of(ELECTRICITY, {"nativity": "native_born"}, {"nativity": "foreign_born"}, dsd=few)
    assert export(result).observations["CUST_BREAKDOWN"].to_list() == ["C12"]
    words = "CUST_BREAKDOWN C13 is not in CL_CUST_BREAKDOWN of IAEG-SDGs:SDG(1.4)"
    assert export(result).notes.select("note", "reason").rows() == [("left_out", words)]
