"""From the estimates to observations by the DSD. What can't be said in its codes is left out, and listed with why."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import polars as pl

from harmonize.errors import FitError
from harmonize.schema.places import PLACES
from harmonize.writers.result import Result
from harmonize.writers.sdmx.breakdowns import with_breakdowns
from harmonize.writers.sdmx.codes import WITH_DISABILITY, constraints
from harmonize.writers.sdmx.dsd import DATA_SET, MEASURE, SERIES, TIME, Dsd, bundled
from harmonize.writers.sdmx.groups import one_group_a_code, with_codes
from harmonize.writers.sdmx.series import KEY, series_table
from harmonize.writers.sdmx.words import with_comments

NOTES = ("note", "indicator", "series", "statistic", "unit", "adjustment", "rows", "reason")
COUNTED = ("indicator", "series", "statistic", "unit", "adjustment")
HIDDEN = ("C", "D")
SUPPRESSED = "Suppressed to protect persons"
MISSING = "O"
"""Missing, for whatever reason. M of CL_OBS_STATUS says that data can't exist: a row is of persons, so they could."""
PROXY = "D"
"""Definition differs: "slight deviations from the established methodology", as CL_OBS_STATUS describes it."""
NOBODY, NO_NUMBER = "Nobody of whom enough is known", "Too little is known for a number"
CONSTANT = {"FREQ": "A", "REPORTING_TYPE": "N", "UNIT_MULT": "0", "NATURE": "C"}
TOTAL = "_T"


@dataclass(frozen=True)
class Export:
    """observations: columns as in SDMX-CSV 2.0. notes: columns NOTES, what is left out and what is unusual, and why."""

    observations: pl.DataFrame
    notes: pl.DataFrame


def export(result: Result) -> Export:
    """The levels of a run as observations of the global SDG DSD.

    Raises FitError where the DSD asks for more than estimates tell.
    """
    dsd = result.dsd or bundled()
    rows = result.estimates.with_row_index("at").join(series_table(result), on=KEY, how="left", maintain_order="left")
    rows = with_codes(with_breakdowns(rows, result.estimates), dsd).with_columns(
        SERIES=pl.when(pl.col("DISABILITY_STATUS") == TOTAL)
        .then("SERIES")
        .otherwise(pl.col("SERIES").replace(WITH_DISABILITY)),
        REF_AREA=pl.col("country").replace_strict(
            {code: str(place.numeric) for code, place in PLACES.items() if place.numeric is not None},
            default=None, return_dtype=pl.String,
        ),
        **{name: pl.lit(value) for name, value in CONSTANT.items()},
        OBS_STATUS=_status(),
    )  # fmt: skip
    rows = rows.with_columns(pl.lit(TOTAL).alias(name) for name in dsd.dimensions if name not in rows.columns)
    rows = rows.with_columns(reason=pl.coalesce(_no_level(), "no_series", _no_area()))
    rows = _once(one_group_a_code(_only_codes(rows, dsd)), dsd)
    written = with_comments(rows.filter(pl.col("reason").is_null()), dsd, result).select(
        pl.lit("datastructure").alias("STRUCTURE"),
        pl.lit(dsd.id).alias("STRUCTURE_ID"),
        pl.lit("A").alias("ACTION"),
        *COUNTED, *dsd.dimensions,
        pl.col("year").cast(pl.String).alias(TIME),
        _number("estimate").alias(MEASURE),
        "OBS_STATUS", "UNIT_MULT", "UNIT_MEASURE", "NATURE",
        _comment().alias("COMMENT_OBS"),
        _number("ci_upper").alias("UPPER_BOUND"), _number("ci_lower").alias("LOWER_BOUND"),
        "SOURCE_DETAIL", "COMMENT_TS", "CUST_BREAKDOWN_LB",
    )  # fmt: skip
    notes = pl.concat([_left_out(rows), _unusual(written, dsd.dimensions)])
    known = {each.name for each in dsd.components}
    kept = [name for name in written.columns if name in known or name in ("STRUCTURE", "STRUCTURE_ID", "ACTION")]
    return Export(checked(written.select(kept), dsd), notes)


def checked(observations: pl.DataFrame, dsd: Dsd) -> pl.DataFrame:
    """The same table.

    Raises FitError for a code not in the DSD, a required component not there, a key twice, an attribute of a series or
    of the data set that is not one there.
    """
    for each in dsd.components:
        if each.required and each.name not in observations.columns:
            raise FitError(f"{dsd.id} requires {each.name}, which estimates do not tell", "give another DSD with --dsd")
        if each.name not in observations.columns:
            continue
        column = observations[each.name]
        if each.required and each.name != MEASURE and column.has_nulls():
            raise FitError(f"{dsd.id} requires {each.name}, which some rows lack", "leave sdmx out of --format")
        codes = dsd.lists.get(each.codelist)
        if codes and (wrong := sorted(set(column.drop_nulls()) - set(codes))):
            raise FitError(f"{wrong[0]} is no code of {each.codelist} in {dsd.id}", "leave sdmx out of --format")
    if observations.select(*dsd.dimensions, TIME).is_duplicated().any():
        raise FitError(f"two rows have one key of {dsd.id}", "leave sdmx out of --format")
    for what, key in ((SERIES, dsd.dimensions), (DATA_SET, ())):
        if names := [name for name in dsd.attached_to(what) if name in observations.columns]:
            several = observations.select(*key, *names).unique()
            if several.select(key).is_duplicated().any() if key else several.height > 1:
                raise FitError(
                    f"{dsd.id} has one {' or '.join(names)} for a {what}, the estimates several",
                    "leave sdmx out of --format",
                )
    return observations


def _hidden() -> pl.Expr:
    return pl.col("conf_status").is_in(HIDDEN)


def _status() -> pl.Expr:
    """One code a row: why there is no number, then how unreliable it is, then that it is a proxy."""
    plain = pl.col("obs_status") == "A"
    return (
        pl.when(_hidden())
        .then(pl.lit("Q"))
        .when(plain & (pl.col("measurement") == "proxy"))
        .then(pl.lit(PROXY))
        .otherwise(pl.col("obs_status").replace("M", MISSING))
    )


def _comment() -> pl.Expr:
    missing = pl.col("OBS_STATUS") == MISSING
    return (
        pl.when(_hidden())
        .then(pl.lit(SUPPRESSED))
        .when(missing & (pl.col("n") == 0))
        .then(pl.lit(NOBODY))
        .when(missing)
        .then(pl.lit(NO_NUMBER))
    )


def _number(name: str) -> pl.Expr:
    return pl.when(~_hidden()).then(name)


def _no_level() -> pl.Expr:
    return (
        pl.when(pl.col("statistic") != "level")
        .then(pl.lit("comparisons have no series: they are made of the levels"))
        .when(pl.col("adjustment") != "none")
        .then(pl.lit("a standardised or adjusted rate is another number than the series"))
        .when(pl.col("unit") == "count")
        .then(pl.lit("totals of persons are not written"))
    )


def _no_area() -> pl.Expr:
    return (
        pl.when(pl.col("REF_AREA").is_null())
        .then(pl.format("country {} has no number of M49", pl.col("country")))
        .when(pl.col("SERIES").is_null())
        .then(pl.lit("no series of the global list is this number"))
    )


def _only_codes(rows: pl.DataFrame, dsd: Dsd) -> pl.DataFrame:
    """Rows with a value that is no code of the DSD are left out, for the first such."""
    for each in dsd.components:
        if each.name in rows.columns and (codes := dsd.codes(each.name)):
            wrong = pl.col("reason").is_null() & ~pl.col(each.name).is_in(codes).fill_null(False)
            value = pl.col(each.name).fill_null("(none)")
            words = pl.format(f"{each.name} {{}} is not in {each.codelist} of {dsd.id}", value)
            rows = rows.with_columns(reason=pl.when(wrong).then(words).otherwise("reason"))
    return rows


def _once(rows: pl.DataFrame, dsd: Dsd) -> pl.DataFrame:
    """Of rows with one key the first is written, one with a number before those without."""
    key = [*dsd.dimensions, "year"]
    order = rows.sort(pl.col("reason").is_not_null(), _hidden(), "at")
    first = pl.col("at").first().over(key)
    same = (pl.col("estimate").eq_missing(pl.col("estimate").first().over(key))) | pl.col("estimate").is_null()
    again = pl.col("reason").is_null() & (pl.col("at") != first)
    words = pl.when(same).then(
        pl.lit("the key of a row that is written, and no other number")
    ).otherwise(pl.lit("the key of a row that is written, with another number"))  # fmt: skip
    return order.with_columns(reason=pl.when(again).then(words).otherwise("reason")).sort("at")


def _left_out(rows: pl.DataFrame) -> pl.DataFrame:
    out = rows.filter(pl.col("reason").is_not_null())
    found = out.group_by(*COUNTED, "reason", maintain_order=True).agg(rows=pl.len().cast(pl.Int64))
    return found.select(pl.lit("left_out").alias("note"), *COUNTED, "rows", "reason")


def _unusual(written: pl.DataFrame, dimensions: Sequence[str]) -> pl.DataFrame:
    """The codes that the draft constraints of 2021 don't have for the series: a warning, they are older than most."""
    found = [
        written.clear().select(
            pl.lit("").alias("note"), *COUNTED, pl.lit(0, pl.Int64).alias("rows"), pl.lit("").alias("reason")
        )
    ]
    allowed = constraints()
    for name in dimensions:
        pairs = written.select("SERIES", name).unique(maintain_order=True).rows() if name != "SERIES" else []
        wrong = [
            (series, code, values)
            for series, code in pairs
            if (values := allowed.get(series, {}).get(name, "ALL")) != "ALL" and code not in values.split(";")
        ]
        for series, code, values in wrong:
            rows = written.filter((pl.col("SERIES") == series) & (pl.col(name) == code))
            words = f"{series} with {name} {code}: the draft constraints of 2021 have {values.replace(';', ', ')}"
            counts = rows.group_by(COUNTED, maintain_order=True).agg(rows=pl.len().cast(pl.Int64))
            found.append(
                counts.select(pl.lit("warning").alias("note"), *COUNTED, "rows", pl.lit(words).alias("reason"))
            )
    return pl.concat(found)
