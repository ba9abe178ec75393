"""The estimates table: one row a cell and series, tidy."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from typing import Any

import numpy as np
import numpy.typing as npt
import polars as pl

from harmonize.estimate.about import SampleMeta, SeriesMeta
from harmonize.estimate.cells import Floats, contrast, design_effect, levels
from harmonize.estimate.taylor import Ratios
from harmonize.estimate.totals import are_told, totals
from harmonize.protect.hidden import Hidden
from harmonize.protect.release_log import RULE
from harmonize.protect.rules import CONF_STATUS
from harmonize.tabulate.tables import BASES, DEFINITIONS, DIMENSIONS, TOTAL, Table

KEY = ("country", "year", "sample", "indicator", "series", "unit", "statistic", "comparison", "adjustment",
       "definition", "status_of", "disaggregation")  # fmt: skip
NUMBERS = ("estimate", "se", "ci_lower", "ci_upper", "cv", "df", "deff", "n", "n_numerator", "population",
           "left_out_share")  # fmt: skip
NOTES = ("measurement", "proxy_reason", "basis", "obs_status", "conf_status")
COUNTS = ("df", "n", "n_numerator")
ADJUSTMENTS = ["none", "age_shift", "pf", "standardised_age", "standardised_age_sex"]
STATISTICS = ["level", "difference", "ratio", "gap", "parity"]
COUNT = "count"  # the unit of totals
UNITS = {"ratio": "ratio", "parity": "ratio", "gap": "percent"}  # a difference has that of the level
Ints = npt.NDArray[np.int64]
DEFINITION_ORDER = ["default", *DEFINITIONS]


def columns(by: Sequence[str] = ()) -> list[str]:
    """All columns in order, with the dimensions of `--by` after the ones that are always there."""
    extra = sorted(set(by) - set(DIMENSIONS))
    return [*KEY, *DIMENSIONS, *extra, *NUMBERS, *NOTES]


def estimates(
    found: Ratios,
    tables: Sequence[Table],
    series: Sequence[SeriesMeta | None],
    about: SampleMeta,
    by: Sequence[str],
    hidden: Hidden,
    standard: str = "",
) -> pl.DataFrame:
    """The rows of one sample, in no order, with the rule that hides each in RULE.

    series: with None where one is not available here. standard: what the rates are standardised for.

    Percentages are 0-100, and rates per 1,000 to 100,000, with se in the same unit; cv, left_out_share and ratios are
    plain numbers. Tables that are for a standard are not shown.
    """
    rows = _Rows(by, [table for table in tables if is_shown(table, about.basis)])
    total = next(t for t in tables if not t.dimensions)
    in_total = np.flatnonzero(found.cells == total.offset)
    shown = rows.table_of(found.cells) >= 0
    first, second = found.contrasts.first, found.contrasts.second
    for s, meta in enumerate(series):
        if meta is None or not len(in_total):
            continue
        deff_total = float(design_effect(found, s)[in_total[0]])
        if meta.levels:
            mine = np.flatnonzero(shown & (found.n[:, s] + found.left_out[:, s] > 0))
            numbers = levels(found, mine, s, meta, deff_total, about)
            cells = found.cells[mine]
            rules = hidden.rules(cells, s, standard)
            rows.add(numbers, cells, rules, meta, about, "level")
            if are_told(found, meta, about):  # a total is hidden where its share is: it is that of the population
                persons = totals(found, mine, s, numbers, meta, about)
                rows.add(persons, cells, rules, replace(meta, unit=COUNT), about, "level")
        pairs = np.flatnonzero(shown[first] & (found.n[first, s] > 0) & (found.n[second, s] > 0))
        cells = found.cells[first[pairs]]
        rules = hidden.rules_of_pairs(cells, found.cells[second[pairs]], s, standard)
        for statistic in meta.contrasts:
            values = contrast(found, pairs, s, statistic, meta, deff_total, about)
            rows.add(values, cells, rules, meta, about, statistic)
    return rows.frame()


def empty(by: Sequence[str] = ()) -> pl.DataFrame:
    """A table without rows."""
    return _Rows(by, []).frame()


def is_shown(table: Table, basis: str) -> bool:
    """Whether a sample whose migratory status rests on `basis` has rows of the table."""
    of_other_basis = table.basis and table.basis != basis and table.definition == "default"
    # of the mother only her birthplace can be known, whatever the status of the others rests on
    return not table.standard and (not of_other_basis or table.status_of == "mother")


def _dtype(name: str) -> pl.DataType:
    if name == "year" or name in COUNTS:
        return pl.Int64()
    return pl.Float64() if name in NUMBERS else pl.String()


class _Rows:
    """Rows on their way to one frame: a frame for each table and series would take longer than the estimates."""

    def __init__(self, by: Sequence[str], tables: Sequence[Table]) -> None:
        self.columns = columns(by)
        self._dimensions = [name for name in self.columns if name not in (*KEY, *NUMBERS, *NOTES)]
        self._tables = sorted(tables, key=lambda table: table.offset)
        self._starts = np.array([table.offset for table in self._tables], np.int64)
        self._ends = np.array([table.offset + table.size for table in self._tables], np.int64)
        self._common: list[dict[str, Any]] = []  # what rows of a table and series have in common
        self._which: list[Ints] = []  # of each row, which of those
        self._cells: list[Ints] = []
        self._compared: list[bool] = []
        self._rules: list[str] = []
        self._values: dict[str, list[Floats]] = {name: [] for name in (*NUMBERS, "missing", "unreliable")}

    def table_of(self, cells: Ints) -> Ints:
        """The number of the table of each cell, -1 of one that is in none of them."""
        if not self._tables:
            return np.full(len(cells), -1)
        table = np.searchsorted(self._starts, cells, side="right") - 1
        return np.where((table >= 0) & (cells < self._ends[table]), table, -1)

    def add(
        self, values: dict[str, Floats], cells: Ints, rules: Sequence[str], meta: SeriesMeta, about: SampleMeta,
        statistic: str,
    ) -> None:  # fmt: skip
        """Add the rows of some cells of a series; of a comparison, of its first cells."""
        tables, which = np.unique(self.table_of(cells), return_inverse=True)
        self._which.append(which + len(self._common))
        self._common += [_in_common(self._tables[table], meta, about, statistic) for table in tables.tolist()]
        self._cells.append(cells)
        self._compared += [statistic != "level"] * len(cells)
        self._rules += rules
        for name, own in self._values.items():
            own.append(values[name])

    def _labels(self) -> pl.DataFrame:
        """The dimensions of each row. Many rows are of one cell."""
        kinds, which = np.unique(np.concatenate(self._cells) * 2 + np.array(self._compared), return_inverse=True)
        labels = []
        for cell, compared, table in zip(*np.divmod(kinds, 2), self.table_of(kinds // 2), strict=True):
            label = self._tables[table].label(int(cell))
            if compared:
                del label[self._tables[table].dimensions[0]]
            labels.append({name: label.get(name, TOTAL) for name in self._dimensions})
        return pl.DataFrame(labels)[which]

    def frame(self) -> pl.DataFrame:
        """All of them, with RULE; of what a rule hides no number."""
        if not self._common:
            return pl.DataFrame(schema={name: _dtype(name) for name in (*self.columns, RULE)})
        numbers = {name: np.concatenate(own) for name, own in self._values.items()}
        frame = pl.concat(
            [
                pl.DataFrame(self._common)[np.concatenate(self._which)],
                pl.DataFrame({name: pl.Series(values=own, nan_to_null=True) for name, own in numbers.items()}),
                self._labels(),
                pl.DataFrame({RULE: self._rules}),
            ],
            how="horizontal",
        )
        is_hidden = pl.col(RULE) != ""
        doubt = pl.when(is_hidden | (pl.col("missing") == 1)).then(pl.lit("M")).when(pl.col("unreliable") == 1)
        return frame.with_columns(
            doubt.then(pl.lit("U")).otherwise(pl.lit("A")).alias("obs_status"),
            pl.col(RULE).replace_strict(CONF_STATUS, default="C").alias("conf_status"),
            *(pl.when(~is_hidden).then(pl.col(name)).alias(name) for name in NUMBERS),
        ).select(pl.col(name).cast(_dtype(name)) for name in (*self.columns, RULE))


def _in_common(table: Table, meta: SeriesMeta, about: SampleMeta, statistic: str) -> dict[str, Any]:
    compared = statistic != "level"
    difference = "percentage_points" if meta.unit == "percent" else meta.unit
    return {
        "country": about.country, "year": about.year, "sample": about.sample, "indicator": meta.indicator,
        "series": meta.series, "unit": UNITS.get(statistic, difference) if compared else meta.unit,
        "statistic": statistic, "comparison": ":".join(table.compared or ()) if compared else "",
        "adjustment": meta.adjustment, "definition": table.definition,
        "status_of": table.status_of or meta.status_of, "disaggregation": table.disaggregation,
        "measurement": meta.measurement,
        "proxy_reason": meta.reason_elsewhere if meta.reason_elsewhere and table.of_migrants else meta.proxy_reason,
        "basis": table.basis,
    }  # fmt: skip


def ordered(rows: pl.DataFrame, tables: Sequence[Table], series: Sequence[tuple[str, str]]) -> pl.DataFrame:
    """Rows in the order of the contract: country, year, sample, indicator, series, then as the columns, `_T` first.

    Dimensions stand in the order of their categories; series: (indicator, series) in the order
    of the indicators. The total of a share follows it, as in `rows`.
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
        "indicator": by_number, "series": list(dict.fromkeys(name for _, name in series)), "statistic": STATISTICS,
        "adjustment": ADJUSTMENTS, "definition": DEFINITION_ORDER,
        "disaggregation": list(dict.fromkeys(disaggregations)), **categories,
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
