"""What the Python package svy says of the made samples of tests/spec_r and of the example census.

`pip install svy`, then `python -m tests.spec_svy.make_goldens`: writes svy.csv beside it, which is checked in. It is a
package of its own, with estimators in Rust: a second opinion beside R's survey.
"""

from __future__ import annotations

import csv
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import polars as pl

HERE = Path(__file__).parent
INPUTS = HERE.parent / "spec_r" / "inputs"
CENSUS = HERE.parents[1] / "examples" / "census" / "persons.csv.gz"
COLUMNS = ("source", "singleton", "indicator", "series", "statistic", "status", "sex", "estimate", "se", "df", "n")
# the columns of the design in words of svy; a clusterless person is a cluster
DESIGNS: dict[str, dict[str, Any]] = {
    "strat": {"stratum": "ST", "pop_size": "N"},
    "clus1": {"psu": "CL", "pop_size": "N"},
    "clus2_no_fpc": {"psu": "CL"},
    "lonely": {"stratum": "ST", "psu": "CL", "singleton": "center"},
    "lonely-certainty": {"stratum": "ST", "psu": "CL", "singleton": "skip"},
}
STATUS = {1: "non_migrant", 2: "migrant", 9: "unknown"}
SEX = {1: "male", 2: "female"}
Row = dict[str, Any]


def read(source: str) -> pl.DataFrame:
    """Persons with status, sex, and of each series who counts (`of_`), y, and x where it is a ratio."""
    persons = pl.read_csv(INPUTS / f"survey_{source.removesuffix('_no_fpc')}.csv", null_values="")
    paid = (pl.col("LF") == 1) & (pl.col("EARN") != 999999) & (pl.col("HRS") > 0) & (pl.col("HRS") != 999)
    weekly = pl.col("EARN") / (52 / 12)
    return persons.with_columns(
        pl.col("NAT").replace_strict(STATUS).alias("status"), pl.col("SEX").replace_strict(SEX).alias("sex"),
        of_literacy=pl.col("LIT").is_not_null(), y_literacy=(pl.col("LIT") == 2).cast(pl.Float64).fill_null(0),
        of_unemployment=pl.col("LF").is_in([1, 2]).fill_null(False),
        y_unemployment=(pl.col("LF") == 2).cast(pl.Float64).fill_null(0),
        of_paid=paid.fill_null(False),
        # four decimals of an amount, as the program keeps them
        y_hourly=pl.when(paid).then((weekly / pl.col("HRS")).round(4)).otherwise(0.0),
        y_weekly=pl.when(paid).then(weekly.round(4)).otherwise(0.0),
        x_hours=pl.when(paid).then(pl.col("HRS")).otherwise(1).cast(pl.Float64),
    )  # fmt: skip


def census() -> pl.DataFrame:
    """Costa Rica 2011 of the example census, in the same columns."""
    persons = pl.read_csv(CENSUS).filter(SAMPLE=188201101)
    aged = pl.col("AGE").is_between(15, 998)
    return persons.with_columns(
        pl.col("NATIVITY").replace_strict(STATUS).alias("status"), pl.col("SEX").replace_strict(SEX).alias("sex"),
        of_literacy=aged & pl.col("LIT").is_in([1, 2]), y_literacy=(pl.col("LIT") == 2).cast(pl.Float64),
        of_unemployment=aged & pl.col("EMPSTAT").is_in([1, 2]),
        y_unemployment=(pl.col("EMPSTAT") == 2).cast(pl.Float64),
    )  # fmt: skip


SHARES = {"literacy": ("4.6.1", "literacy_15_plus"), "unemployment": ("8.5.2", "unemployment")}


def rows_of(sample: Any, *, paid: bool) -> Iterator[Row]:
    """Levels and totals by status and by status and sex, differences and ratios, of every series."""
    from svy import col, estd

    def row(number: str, series: str, statistic: str, found: Any, factor: float, status: str = "_T", sex: str = "_T"):
        return {"indicator": number, "series": series, "statistic": statistic, "status": status, "sex": sex,
                "estimate": factor * found["est"], "se": factor * found["se"], "df": found["df"],
                "n": found.get("n", "")}  # fmt: skip

    for name, (number, series) in SHARES.items():
        asked = {"where": col(f"of_{name}")}
        everybody = sample.estimation.mean(f"y_{name}", **asked).to_polars().row(0, named=True)
        yield row(number, series, "level", everybody, 100)
        by_status = sample.estimation.mean(f"y_{name}", by="status", **asked)
        yield from (
            row(number, series, "level", found, 100, found["status"]) for found in by_status.to_polars().to_dicts()
        )
        by_both = sample.estimation.mean(f"y_{name}", by=("status", "sex"), **asked)
        for found in by_both.to_polars().to_dicts():
            yield row(number, series, "level", found, 100, found["status"], found["sex"])
        for by in ([], ["status"], ["status", "sex"]):
            total = sample.estimation.total(f"y_{name}", **asked, **({"by": tuple(by)} if by else {}))
            for found in total.to_polars().to_dicts():
                yield row(number, series, "total", found, 1, *(found[each] for each in by))
        one, other = estd("migrant"), estd("non_migrant")
        for statistic, contrast, factor in (("difference", one - other, 100), ("ratio", one / other, 1)):
            found = by_status.contrast({"it": contrast}).to_polars().row(0, named=True)
            # its df are of the whole design
            yield row(number, series, statistic, found | {"df": ""}, factor)
    if not paid:
        return
    asked = {"where": col("of_paid"), "by": "status"}
    for series, estimate in (
        ("mean_hourly", sample.estimation.mean("y_hourly", **asked)),
        ("mean_hourly_hours_weighted", sample.estimation.ratio("y_weekly", "x_hours", **asked)),
    ):
        yield from (
            row("8.5.1", series, "level", found, 1, found["status"]) for found in estimate.to_polars().to_dicts()
        )


def all_rows() -> Iterator[Row]:
    """The goldens."""
    import svy

    for design, words in DESIGNS.items():
        source, _, singleton = design.partition("-")
        sample = svy.Sample(read(source), svy.Design(wgt="W", **words))
        for row in rows_of(sample, paid=True):
            yield {"source": source, "singleton": singleton or "centered", **row}
    design = svy.Design(stratum="STRATA", psu="SERIAL", wgt="PERWT")
    for row in rows_of(svy.Sample(census(), design), paid=False):
        yield {"source": "census_188201101", "singleton": "centered", **row}


def main() -> None:
    with (HERE / "svy.csv").open("w", encoding="utf-8", newline="") as file:
        writer = csv.DictWriter(file, COLUMNS, lineterminator="\n")
        writer.writeheader()
        writer.writerows(all_rows())


if __name__ == "__main__":
    main()
