"""The estimates table, computed slowly and plainly, one person after the other.

The reference that the engine must agree with; never to be optimised. Sums are exact fractions; only
the last square root and the quantiles are floats. Sources: linearisation of a ratio, Särndal, Swensson
and Wretman (1992), 5.6 and 5.8; the goldens of tests/spec_r say that it equals R's survey.

A person is a dict:

- `sample`, `stratum`, `cluster`: labels; clusters are nested in strata, strata in samples
- `weight`: int, Fraction or decimal text
- `labels`: {dimension: category}, every dimension known (`unknown` is a category)
- `series`: {series: flags}, flags a set of `base`, `left_out`, `universe`, `numerator`

Every person of the sample has to be there, also those in no universe: their clusters count in the
variance of all the others.
"""

from __future__ import annotations

import math
from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping
from fractions import Fraction
from typing import Any

from scipy.stats import beta, t

Person = Mapping[str, Any]
Cell = tuple[tuple[str, str], ...]
Scores = dict[tuple[str, str], Fraction]
"""(stratum, cluster) → the sum of its persons' linearised values; a cluster without one is 0."""


class Domain:
    """The persons of one sample and cell, and the sums of one series over them."""

    def __init__(self, persons: list[Person], series: str, belongs: Callable[[Person], bool]) -> None:
        self.n = 0
        self.n_numerator = 0
        self.population = Fraction(0)
        self.counted = Fraction(0)
        self.base = Fraction(0)
        self.left_out = Fraction(0)
        self.x: Scores = defaultdict(Fraction)
        self.y: Scores = defaultdict(Fraction)
        for person in persons:
            if not belongs(person):
                continue
            flags = person["series"].get(series, frozenset())
            weight = Fraction(person["weight"])
            if "base" in flags:
                self.base += weight
            if "left_out" in flags:
                self.left_out += weight
            if "universe" not in flags:
                continue
            where = (person["stratum"], person["cluster"])
            self.n += 1
            self.population += weight
            self.y[where] += weight
            if "numerator" in flags:
                self.n_numerator += 1
                self.counted += weight
                self.x[where] += weight

    @property
    def ratio(self) -> Fraction | None:
        return self.counted / self.population if self.population else None

    @property
    def left_out_share(self) -> Fraction | None:
        return self.left_out / self.base if self.base else None

    @property
    def df(self) -> int:
        """Clusters minus strata among those with a person of the universe (R: degf of the subset)."""
        return len(self.weighted) - len({stratum for stratum, _ in self.weighted})

    @property
    def weighted(self) -> set[tuple[str, str]]:
        """(stratum, cluster) with a person of the universe whose weight is not 0."""
        return {where for where, weight in self.y.items() if weight}

    def scores(self) -> Scores:
        """Linearised values of the ratio: (x − r·y) ÷ Y, summed by cluster."""
        ratio = self.ratio
        assert ratio is not None
        return {where: (self.x.get(where, Fraction(0)) - ratio * y) / self.population for where, y in self.y.items()}


def clusters_of_design(persons: Iterable[Person]) -> dict[str, set[str]]:
    """Stratum → clusters, of everybody in the sample."""
    design: dict[str, set[str]] = defaultdict(set)
    for person in persons:
        design[person["stratum"]].add(person["cluster"])
    return design


def covariance(a: Scores, b: Scores, design: Mapping[str, set[str]], singleton: str = "centered") -> Fraction:
    """Σ over strata of n/(n−1) · Σ over clusters of (a − mean a)(b − mean b).

    A stratum of one cluster: `centered` around zero, the mean of all linearised values, as survey's
    `adjust`; `certainty` adds nothing.
    """
    total = Fraction(0)
    for stratum, clusters in design.items():
        number = len(clusters)
        values = [(a.get((stratum, c), Fraction(0)), b.get((stratum, c), Fraction(0))) for c in clusters]
        if number == 1:
            if singleton == "centered":
                total += values[0][0] * values[0][1]
            continue
        mean_a = sum((v for v, _ in values), Fraction(0)) / number
        mean_b = sum((v for _, v in values), Fraction(0)) / number
        spread = sum(((v - mean_a) * (w - mean_b) for v, w in values), Fraction(0))
        total += Fraction(number, number - 1) * spread
    return total


def design_effect(domain: Domain, variance: Fraction) -> float | None:
    """Variance over that of a simple random sample with replacement, p(1−p)/(n−1)."""
    p = domain.ratio
    if p is None or p in (0, 1) or domain.n < 2:
        return None
    return float(variance * (domain.n - 1) / (p * (1 - p)))


def proportion_interval(
    domain: Domain, se: float, deff_total: float | None, level: float
) -> tuple[float | None, float | None]:
    """Logit with the cell's df; at 0 and 1 Clopper–Pearson with n ÷ deff of the table's total.

    Where the total has no design effect, or one of 0, each cluster counts once.
    """
    p = float(domain.ratio or 0)
    tail = (1 - level) / 2
    if p in (0.0, 1.0):
        effective = domain.n / deff_total if deff_total else min(domain.n, len(domain.weighted))
        if p == 0:
            return 0.0, float(beta.ppf(1 - tail, 1, effective))
        return float(beta.ppf(tail, effective, 1)), 1.0
    if domain.df <= 0:
        return None, None
    half = float(t.ppf(1 - tail, domain.df)) * se / (p * (1 - p))
    middle = math.log(p / (1 - p))
    return 1 / (1 + math.exp(half - middle)), 1 / (1 + math.exp(-half - middle))


def estimate_level(
    persons: list[Person],
    series: str,
    cell: Cell,
    *,
    singleton: str = "centered",
    level: float = 0.95,
) -> dict[str, Any] | None:
    """One row of proportions (0–1, not per cent) for one sample; None when nobody is in the universe."""
    design = clusters_of_design(persons)
    domain = Domain(persons, series, lambda person: inside(person, cell))
    if not domain.population:
        return None
    everybody = Domain(persons, series, lambda person: True)
    total_scores = everybody.scores()
    deff_total = design_effect(everybody, covariance(total_scores, total_scores, design, singleton))
    scores = domain.scores()
    variance = covariance(scores, scores, design, singleton)
    se = math.sqrt(variance)
    lower, upper = proportion_interval(domain, se, deff_total, level)
    ratio, share = domain.ratio, domain.left_out_share
    return {
        "n": domain.n,
        "n_numerator": domain.n_numerator,
        "population": float(domain.population),
        "left_out_share": None if share is None else float(share),
        "estimate": None if ratio is None else float(ratio),
        "se": se,
        "df": domain.df,
        "deff": design_effect(domain, variance),
        "ci_lower": lower,
        "ci_upper": upper,
    }


def estimate_contrast(
    persons: list[Person],
    series: str,
    first: Cell,
    second: Cell,
    *,
    singleton: str = "centered",
) -> dict[str, dict[str, Any]]:
    """Difference and ratio of two cells (first to second), with the covariance of the shared clusters.

    df is that of both cells together: clusters − strata among those with a person of either universe.
    Returns {"difference": row, "ratio": row}; the ratio is absent where a proportion is 0.
    """
    design = clusters_of_design(persons)
    a = Domain(persons, series, lambda person: inside(person, first))
    b = Domain(persons, series, lambda person: inside(person, second))
    both = Domain(persons, series, lambda person: inside(person, first) or inside(person, second))
    p, q = a.ratio, b.ratio
    if p is None or q is None:
        return {}
    scores_a, scores_b = a.scores(), b.scores()
    var_a = covariance(scores_a, scores_a, design, singleton)
    var_b = covariance(scores_b, scores_b, design, singleton)
    shared = covariance(scores_a, scores_b, design, singleton)
    rows = {
        "difference": {
            "estimate": float(p - q),
            "se": math.sqrt(max(var_a + var_b - 2 * shared, Fraction(0))),
            "covariance": float(shared),
            "df": both.df,
        }
    }
    if q:
        r = p / q
        rows["ratio"] = {
            "estimate": float(r),
            "se": math.sqrt(max(var_a + r * r * var_b - 2 * r * shared, Fraction(0))) / float(q),
            "covariance": float(shared),
            "df": both.df,
        }
    return rows


def inside(person: Person, cell: Cell) -> bool:
    """Whether the person has every label of the cell; the empty cell is everybody."""
    return all(person["labels"][dimension] == category for dimension, category in cell)


def cells_of(persons: Iterable[Person], dimensions: tuple[str, ...]) -> list[Cell]:
    """The cells of one table that hold a person, in sorted order."""
    return sorted({tuple((d, person["labels"][d]) for d in dimensions) for person in persons})


def estimates_table(
    persons: Iterable[Person],
    series: Iterable[str],
    tables: Iterable[tuple[str, ...]],
    *,
    singleton: str = "centered",
) -> list[dict[str, Any]]:
    """Level rows of every sample, series and table: keys `sample`, `series`, `cell`, and the numbers."""
    by_sample: dict[str, list[Person]] = defaultdict(list)
    for person in persons:
        by_sample[person["sample"]].append(person)
    rows = []
    series, tables = list(series), list(tables)
    for sample in sorted(by_sample):
        for name in series:
            for dimensions in tables:
                for cell in cells_of(by_sample[sample], dimensions):
                    row = estimate_level(by_sample[sample], name, cell, singleton=singleton)
                    if row is not None:
                        rows.append({"sample": sample, "series": name, "cell": cell, **row})
    return rows
