"""The code of CUST_BREAKDOWN of a group: the same in every run, whatever else occurs in it.

groups.csv has those of the groups that every run may have and of every category of the common schema, given once and
for good (tools/build_sdmx_groups.py). A cross of several has a number that its name alone decides. Two crosses may have
one number: of those in one file the first by name is written.
"""

from __future__ import annotations

import csv
from functools import cache
from hashlib import sha256
from importlib.resources import files

import polars as pl

from harmonize.writers.sdmx.dsd import Dsd

FILE = "groups.csv"
#: The numbers of crosses: in DSD 1.4, which ends with C999, and in those that go as far as the second.
CROSSES = range(850, 1000)
CROSSES_OF_MANY = range(2500, 3250)
TOTAL = "_T"


def with_codes(rows: pl.DataFrame, dsd: Dsd) -> pl.DataFrame:
    """Add CUST_BREAKDOWN and CUST_BREAKDOWN_LB, of the columns `group` and `label`."""
    codes = {name: code_of(name, dsd) for name in rows["group"].drop_nulls().unique()}
    found = pl.col("group").replace_strict(codes, default=None, return_dtype=pl.String)
    return rows.with_columns(CUST_BREAKDOWN=found.fill_null(TOTAL), CUST_BREAKDOWN_LB="label")


def one_group_a_code(rows: pl.DataFrame) -> pl.DataFrame:
    """Of the groups with one code, all but the first by name are left out."""
    written = rows.filter(pl.col("reason").is_null(), pl.col("group").is_not_null())
    firsts = dict(written.group_by("CUST_BREAKDOWN").agg(pl.col("group").min()).rows())
    first = pl.col("CUST_BREAKDOWN").replace_strict(firsts, default=None, return_dtype=pl.String)
    again = pl.col("reason").is_null() & (pl.col("group") != first)
    words = pl.format("CUST_BREAKDOWN {} is of another cross in this file", "CUST_BREAKDOWN")
    return rows.with_columns(reason=pl.when(again).then(words).otherwise("reason"))


def code_of(group: str, dsd: Dsd) -> str:
    """The code of a group by its name, as `group_name` gives it."""
    if group in registered():
        return registered()[group]
    numbers = CROSSES_OF_MANY if code(CROSSES_OF_MANY[-1]) in dsd.codes("CUST_BREAKDOWN") else CROSSES
    return code(numbers[int(sha256(group.encode()).hexdigest(), 16) % len(numbers)])


def code(number: int) -> str:
    """`C01`, `C999`."""
    return f"C{number:02d}"


@cache
def registered() -> dict[str, str]:
    """Group -> its code."""
    text = files("harmonize.writers.sdmx").joinpath(FILE).read_text(encoding="utf-8")
    return {row["group"]: row["code"] for row in csv.DictReader(text.splitlines())}
