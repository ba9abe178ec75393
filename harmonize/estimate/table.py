"""The estimates table: one row a cell and series, tidy."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt
import polars as pl

from harmonize.estimate import intervals
from harmonize.estimate.taylor import Ratios
from harmonize.tabulate.tables import BASES, DEFINITIONS, DIMENSIONS, TOTAL, Table

Floats = npt.NDArray[np.float64]

KEY = ("country", "year", "sample", "indicator", "series", "unit", "statistic", "comparison", "adjustment",
       "definition", "status_of", "disaggregation")  # fmt: skip
NUMBERS = ("estimate", "se", "ci_lower", "ci_upper", "cv", "df", "deff", "n", "n_numerator", "population",
           "left_out_share")  # fmt: skip
NOTES = ("measurement", "proxy_reason", "basis", "obs_status", "conf_status")
COUNTS = ("df", "n", "n_numerator")
STATISTICS = ["level", "difference", "ratio", "gap", "parity"]
RATIOS = ("ratio", "parity")
UNITS = {"ratio": "ratio", "parity": "ratio", "gap": "percent"}  # a difference has that of the level
DEFINITION_ORDER = ["default", *DEFINITIONS]
# what a ratio is multiplied by, to be in its unit
FACTORS = {"percent": 100.0, "per_1000": 1e3, "per_10000": 1e4, "per_100000": 1e5, "currency": 1.0, "ratio": 1.0}


@dataclass(frozen=True)
class SeriesMeta:
    """What the table says of a series in one sample."""

    indicator: str
    series: str
    unit: str
    status_of: str
    measurement: str
    proxy_reason: str
    mean: bool = False  # of an amount, not a share of persons
    contrasts: tuple[str, ...] = ("difference", "ratio")
    levels: bool = True
    adjustment: str = "none"
    least_events: int = 0

    @property
    def factor(self) -> float:
        """What its ratios are multiplied by."""
        return FACTORS[self.unit]


@dataclass(frozen=True)
class SampleMeta:
    """One sample: its place and time, the basis of migratory status, and how weights become persons.

    scale: fixed-point units of one weight; persons: weighted persons of one weight, None where the
    weights do not add up to a population; sampled: False for a full count, which has no se.
    """

    country: str
    year: int
    sample: str
    basis: str
    scale: float
    persons: float | None
    sampled: bool = True
    level: float = 95.0


def columns(by: Sequence[str] = ()) -> list[str]:
    """All columns in order, with the dimensions of `--by` after the ones that are always there."""
    extra = sorted(set(by) - set(DIMENSIONS))
    return [*KEY, *DIMENSIONS, *extra, *NUMBERS, *NOTES]


def estimates(
    found: Ratios, tables: Sequence[Table], series: Sequence[SeriesMeta | None], about: SampleMeta, by: Sequence[str]
) -> pl.DataFrame:
    """The rows of one sample, in no order. `series` has None where a series is not available here.

    Percentages are 0-100, and rates per 1,000 to 100,000, with se in the same unit; cv, left_out_share and ratios are
    plain numbers. Tables that are for a standard are not shown.
    """
    frames = []
    total = next(t for t in tables if not t.dimensions)
    in_total = np.flatnonzero(found.cells == total.offset)
    for s, meta in enumerate(series):
        if meta is None or not len(in_total):
            continue
        deff_total = float(_deff(found, s)[in_total[0]])
        for table in tables:
            if table.standard or (table.basis and table.definition == "default" and table.basis != about.basis):
                continue
            mine = np.flatnonzero((found.cells >= table.offset) & (found.cells < table.offset + table.size))
            mine = mine[found.n[mine, s] + found.left_out[mine, s] > 0]
            if meta.levels:
                levels = _levels(found, mine, s, meta, deff_total, about)
                frames.append(_rows(levels, table, found.cells[mine], meta, about, by))
            pairs = np.flatnonzero(np.isin(found.contrasts.first, mine))
            pairs = pairs[found.n[found.contrasts.first[pairs], s] * found.n[found.contrasts.second[pairs], s] > 0]
            cells = found.cells[found.contrasts.first[pairs]]
            for statistic in meta.contrasts:
                values = _contrast(found, pairs, s, statistic, meta, deff_total, about)
                frames.append(_rows(values, table, cells, meta, about, by, statistic))
    frames = [frame for frame in frames if frame.height]
    return pl.concat(frames) if frames else empty(by)


def empty(by: Sequence[str] = ()) -> pl.DataFrame:
    """A table without rows."""
    return pl.DataFrame(schema={name: _dtype(name) for name in columns(by)})


def _dtype(name: str) -> pl.DataType:
    if name == "year" or name in COUNTS:
        return pl.Int64()
    return pl.Float64() if name in NUMBERS else pl.String()


def _deff(found: Ratios, s: int) -> Floats:
    """Variance over that of a simple random sample with replacement of the same persons."""
    p, n = found.ratio[:, s], found.n[:, s]
    with np.errstate(divide="ignore", invalid="ignore"):
        deff = found.variance[:, s] * (n - 1) / (p * (1 - p))
    return np.where((p > 0) & (p < 1) & (n > 1), deff, np.nan)


def _share_left_out(left_out: Floats, base: Floats) -> Floats:
    with np.errstate(divide="ignore", invalid="ignore"):
        return left_out / base


def _levels(
    found: Ratios, mine: npt.NDArray[np.int64], s: int, meta: SeriesMeta, deff_total: float, about: SampleMeta
) -> dict[str, Floats]:
    p = found.ratio[mine, s]
    n = found.n[mine, s].astype(np.float64)
    nan = np.full_like(p, np.nan)
    se = np.sqrt(found.variance[mine, s]) if about.sampled else nan
    df = found.df[mine, s].astype(np.float64) if about.sampled else nan
    if s in found.limits:
        lower, upper = (ends[mine] if about.sampled else nan for ends in found.limits[s])
    elif meta.mean:
        lower, upper = intervals.log_scale(p, se, df, about.level)
        lower, upper = (np.where(p > 0, each, np.nan) for each in (lower, upper))
    else:
        lower, upper = intervals.proportion(p, se, df, _n_effective(found, mine, s, deff_total), about.level)
    inside = (p > 0) & ((p < 1) | meta.mean)
    alone = (df < 1) & (se == 0) & inside  # one cluster tells nothing of how clusters vary
    se = np.where(alone, np.nan, se)
    with np.errstate(divide="ignore", invalid="ignore"):
        cv = np.where(p > 0, se / p, np.nan)
        relative = cv if meta.mean else se / np.minimum(p, 1 - p)
    left_out = _share_left_out(found.left_out[mine, s], found.base[mine, s])
    few = (n < 30) | (df < 8) | (left_out > 0.10)
    vague = inside & (relative > 0.30) & (meta.mean | (upper - lower > 0.20))
    missing = (n == 0) | (left_out > 0.50) | np.isnan(p) | (found.n_numerator[mine, s] < meta.least_events)
    deff = np.where(alone, np.nan, _deff(found, s)[mine]) if about.sampled and not meta.mean else nan
    if meta.adjustment != "none":
        deff = nan
    in_unit = {"estimate": p, "se": se, "ci_lower": lower, "ci_upper": upper}
    values = {name: meta.factor * value for name, value in in_unit.items()} | {"cv": cv, "df": df, "deff": deff}
    values = {name: np.where(missing, np.nan, value) for name, value in values.items()}
    return values | {
        "n": n, "n_numerator": found.n_numerator[mine, s].astype(np.float64),
        "population": _persons(found.weight[mine, s], about), "left_out_share": left_out,
        "unreliable": (few | vague).astype(np.float64), "missing": missing.astype(np.float64),
    }  # fmt: skip


def _n_effective(found: Ratios, mine: npt.NDArray[np.int64], s: int, deff_total: float) -> Floats:
    """Persons that a simple random sample would need for 0 or 100 %: n over the deff of the total.

    Where the total has no deff, being at 0 or 100 % itself, each cluster counts once.
    """
    n = found.n[mine, s].astype(np.float64)
    if np.isfinite(deff_total) and deff_total > 0:
        fewer: Floats = n / deff_total
    else:
        fewer = np.minimum(n, found.counted[mine, s].astype(np.float64))
    return fewer


def _contrast(
    found: Ratios,
    pairs: npt.NDArray[np.int64],
    s: int,
    statistic: str,
    meta: SeriesMeta,
    deff_total: float,
    about: SampleMeta,
) -> dict[str, Floats]:
    a, b = found.contrasts.first[pairs], found.contrasts.second[pairs]
    p, q = found.ratio[a, s], found.ratio[b, s]
    v, w, c = found.variance[a, s], found.variance[b, s], found.contrasts.covariance[pairs, s]
    df = found.contrasts.df[pairs, s].astype(np.float64)
    with np.errstate(divide="ignore", invalid="ignore"):
        if statistic == "difference":
            value, se = meta.factor * (p - q), meta.factor * np.sqrt(np.maximum(v + w - 2 * c, 0))
        else:
            value = np.where(q > 0, p / q, np.nan)
            se = np.sqrt(np.maximum(v - 2 * value * c + value * value * w, 0)) / q
            if statistic == "gap":  # how much less migrants have, of what non-migrants have
                value, se = 100 * (1 - value), 100 * se
        se = se if about.sampled else np.full_like(se, np.nan)
        df = df if about.sampled else np.full_like(df, np.nan)
        method = intervals.log_scale if statistic in RATIOS else intervals.linear
        lower, upper = method(value, se, df, about.level)
        if statistic == "difference" and about.sampled and not meta.mean:
            # a group at 0 or 100 %, which has no se: the difference is as uncertain as the two levels are
            certain = (v == 0) | (w == 0)
            ends = [
                intervals.proportion(
                    share, np.sqrt(variance), found.df[cell, s].astype(np.float64),
                    _n_effective(found, cell, s, deff_total), about.level,
                )
                for share, variance, cell in ((p, v, a), (q, w, b))
            ]  # fmt: skip
            limits = (meta.factor * each for pair in ends for each in pair)
            low, high = intervals.of_difference(meta.factor * p, meta.factor * q, *limits)
            lower, upper = np.where(certain, low, lower), np.where(certain, high, upper)
        cv = np.abs(se / value)
    zero = ~(value > 0) if statistic in RATIOS else np.zeros_like(value, bool)
    lower, upper, cv = (np.where(zero, np.nan, each) for each in (lower, upper, cv))
    n = (found.n[a, s] + found.n[b, s]).astype(np.float64)
    least = np.minimum(found.n[a, s], found.n[b, s])
    shares = [_share_left_out(found.left_out[c, s], found.base[c, s]) for c in (a, b)]
    worst = np.maximum(*shares)
    smallest_df = np.minimum(found.df[a, s], found.df[b, s])
    few = (least < 30) | (worst > 0.10) | ((smallest_df < 8) & about.sampled)
    if statistic in RATIOS:  # the cv of a difference says nothing: it may be near zero
        few = few | (cv > 0.30) | (value == 0)
    events = np.minimum(found.n_numerator[a, s], found.n_numerator[b, s])
    missing = np.isnan(value) | (worst > 0.50) | (events < meta.least_events)
    values = {"estimate": value, "se": se, "ci_lower": lower, "ci_upper": upper, "cv": cv, "df": df}
    values = {name: np.where(missing | ~np.isfinite(each), np.nan, each) for name, each in values.items()}
    both = _share_left_out(found.left_out[a, s] + found.left_out[b, s], found.base[a, s] + found.base[b, s])
    return values | {
        "deff": np.full_like(value, np.nan), "n": n,
        "n_numerator": (found.n_numerator[a, s] + found.n_numerator[b, s]).astype(np.float64),
        "population": _persons(found.weight[a, s] + found.weight[b, s], about), "left_out_share": both,
        "unreliable": few.astype(np.float64), "missing": missing.astype(np.float64),
    }  # fmt: skip


def _persons(weight: npt.NDArray[np.int64], about: SampleMeta) -> Floats:
    if about.persons is None:
        return np.full(weight.shape, np.nan)
    return weight.astype(np.float64) / about.scale * about.persons


def _rows(
    values: dict[str, Floats], table: Table, cells: npt.NDArray[np.int64], meta: SeriesMeta, about: SampleMeta,
    by: Sequence[str], statistic: str = "level",
) -> pl.DataFrame:  # fmt: skip
    labels = [table.label(int(code)) for code in cells]
    compared = statistic != "level"
    difference = "percentage_points" if meta.unit == "percent" else meta.unit
    unit = meta.unit if statistic == "level" else UNITS.get(statistic, difference)
    fixed = {
        "country": about.country, "year": about.year, "sample": about.sample, "indicator": meta.indicator,
        "series": meta.series, "unit": unit, "statistic": statistic,
        "comparison": ":".join(table.compared or ()) if compared else "", "adjustment": meta.adjustment,
        "definition": table.definition, "status_of": table.status_of or meta.status_of,
        "disaggregation": table.disaggregation, "measurement": meta.measurement, "proxy_reason": meta.proxy_reason,
        "basis": table.basis, "conf_status": "F",
    }  # fmt: skip
    frame = pl.DataFrame(
        {name: pl.Series(values=value, dtype=pl.Float64, nan_to_null=True) for name, value in values.items()}
        | {
            name: [TOTAL if compared and name == table.dimensions[0] else label.get(name, TOTAL) for label in labels]
            for name in columns(by)
            if name not in (*KEY, *NUMBERS, *NOTES)
        }
    )
    status = pl.when(pl.col("missing") == 1).then(pl.lit("M")).when(pl.col("unreliable") == 1).then(pl.lit("U"))
    return frame.with_columns(
        *(pl.lit(value).alias(name) for name, value in fixed.items()),
        status.otherwise(pl.lit("A")).alias("obs_status"),
    ).select(pl.col(name).cast(_dtype(name)) for name in columns(by))


def ordered(rows: pl.DataFrame, tables: Sequence[Table], series: Sequence[tuple[str, str]]) -> pl.DataFrame:
    """Rows in the order of the contract: country, year, sample, indicator, series, then as the columns, `_T` first.

    Dimensions stand in the order of their categories; series: (indicator, series) in the order
    of the indicators.
    """
    categories: dict[str, list[str]] = {}
    disaggregations: list[str] = []
    for table in tables:
        disaggregations.append(table.disaggregation)
        for name, values in zip(table.dimensions, table.categories, strict=True):
            categories[name] = [TOTAL, *values]
    by_number = list(dict.fromkeys(number for number, _ in series))
    keys: list[pl.Expr] = []
    ranks = {
        "indicator": by_number, "series": list(dict.fromkeys(name for _, name in series)),
        "statistic": STATISTICS, "definition": DEFINITION_ORDER, "disaggregation": list(dict.fromkeys(disaggregations)),
        **categories,
    }  # fmt: skip
    for name in rows.columns[: rows.columns.index("estimate")]:
        if name in ranks and name != "unit":
            places = {value: at for at, value in enumerate(ranks[name])}
            keys.append(pl.col(name).replace_strict(places, default=len(places), return_dtype=pl.Int64).alias(name))
        elif name != "unit":
            keys.append(pl.col(name))
    return rows.sort(keys, maintain_order=True)


def choose_basis(known: dict[str, int], persons: int) -> str:
    """The basis of migratory status of a sample: nativity where at least half the persons have it.

    Empty where the mapping has neither. known: persons with a known value, by basis; persons: of the whole sample.
    """
    nativity, citizenship = list(BASES)
    if nativity in known and (2 * known[nativity] >= persons or citizenship not in known):
        return nativity
    return citizenship if citizenship in known else ""
