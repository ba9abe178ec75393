"""COMMENT_TS and SOURCE_DETAIL: what a number is, who is a migrant, and which data it is from."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

import polars as pl

from harmonize.words.english import migrant_words, sample_label
from harmonize.writers.result import Result
from harmonize.writers.sdmx.dsd import SERIES, Dsd


def with_comments(rows: pl.DataFrame, dsd: Dsd, result: Result) -> pl.DataFrame:
    """Add both. One that is of a time series has, where its years differ, the words of each.

    Of bounds it tells where a sample has any: a full count has none.
    """
    concepts = {each["sample"]: each.get("concept", "") for each in result.record.get("samples", ())}
    samples = rows.select("country", "year", "sample").unique(maintain_order=True)
    sources = samples.with_columns(
        SOURCE_DETAIL=pl.Series([_source(result.source, *each) for each in samples.rows()], dtype=pl.String)
    )
    names = ("sample", "basis", "definition")
    bases = rows.select(names).unique(maintain_order=True)
    words = [
        f" Migrants: {migrant_words(basis, concepts.get(sample, ''), definition)}." if basis else ""
        for sample, basis, definition in bases.rows()
    ]
    bounds = f" LOWER_BOUND, UPPER_BOUND: {result.record.get('level', 95):g} % confidence interval."
    has_bounds = pl.col("ci_lower").is_not_null().any().over("sample")
    rows = rows.join(sources, on=["country", "year", "sample"], how="left", maintain_order="left").join(
        bases.with_columns(migrants=pl.Series(words, dtype=pl.String)), on=names, how="left", maintain_order="left"
    )
    status = pl.when(pl.col("migratory_status") != "_T").then("migrants").otherwise(pl.lit(""))
    rows = rows.with_columns(
        COMMENT_TS=pl.col("about") + status + pl.when(has_bounds).then(pl.lit(bounds)).otherwise(pl.lit(""))
    )
    for name in ("COMMENT_TS", "SOURCE_DETAIL"):
        rows = _of_series(rows, name, dsd.dimensions) if name in dsd.attached_to(SERIES) else rows
    return rows


def _source(source: Mapping[str, Any], country: str, year: int, sample: str) -> str:
    """The citation of the mapping's source, and the sample where it is not the country's only one of the year.

    The producer stands for a citation that is not there, the sample alone for both. The DSD sets no length.
    """
    cited = " ".join(str(source.get("citation") or source.get("producer") or "").split()).rstrip(".")
    if not cited:
        return sample_label(country, year, sample)
    return cited if sample in ("", f"{country}_{year}") else f"{cited}. Sample {sample}"


def _of_series(rows: pl.DataFrame, name: str, dimensions: Sequence[str]) -> pl.DataFrame:
    each = pl.format("{}: {}", "year", name)
    by_year = rows.sort("year").group_by(dimensions).agg(several=pl.col(name).n_unique() > 1, joined=each.str.join(" "))
    found = rows.join(by_year, on=dimensions, how="left", maintain_order="left")
    return found.with_columns(pl.when("several").then("joined").otherwise(name).alias(name)).drop("several", "joined")
