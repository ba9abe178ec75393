"""What the rows tell of each sample of an extract: which variables were asked there, which categories occur.

A pooled extract has columns that some of its samples lack: there every row is blank or `not applicable`.
What a sample measures is decided from that, in the same pass: the first batch of a sample nearly always
tells. Where a later one tells otherwise, the sums so far rest on a wrong decision: the pass goes on for
the facts alone and is then done again with all of them, so that the result never depends on the batches.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property

import numpy as np
import polars as pl

from harmonize.distinct.group import Group, grouped
from harmonize.distinct.rows import Rows
from harmonize.distinct.tally import Tally
from harmonize.indicators.model import Series
from harmonize.rules.extract_columns import source_column
from harmonize.rules.harmoniser import Harmoniser
from harmonize.sample_plan import SamplePlan
from harmonize.schema import VARIABLES
from harmonize.schema.variable import NOT_APPLICABLE

Category = tuple[str, str]
Signature = tuple[frozenset[str], frozenset[Category]]
Seen = tuple[frozenset[str], frozenset[Category]]  # the variables that were asked, the categories that occur


@dataclass
class Facts:
    """Facts by sample, and the plan that each sample is tabulated by.

    asked: variable -> Boolean expression, whether a row has an answer to it. watched: the (variable,
    category) of which it matters whether they occur. make: the plan of a sample given the variables
    not asked and the watched categories not met. stale: a decision of this pass has proved wrong.
    """

    asked: Mapping[str, pl.Expr]
    watched: Sequence[Category]
    make: Callable[[frozenset[str], frozenset[Category]], SamplePlan]
    stale: bool = False
    _seen: dict[str, set[str]] = field(default_factory=dict)
    _plans: dict[Signature, SamplePlan] = field(default_factory=dict)
    _used: dict[str, SamplePlan] = field(default_factory=dict)
    _told: dict[str, Seen] = field(default_factory=dict)

    def begin(self) -> None:
        """Start a pass: what was seen stays, what was decided from it is decided anew."""
        self._used.clear()
        self.stale = False

    def observe(self, rows: Rows) -> None:
        """Take in a batch of harmonised rows with `_sample`, without those that `_include` leaves out."""
        self._look(rows)
        for sample in rows.distinct("_sample", "_include"):
            plan = self.plan_of(sample)
            before = self._used.get(sample, plan)
            if before is not plan and before.definition != plan.definition:
                self.stale = True
            self._used[sample] = plan

    @cached_property
    def _looked_for(self) -> list[Group]:
        categories = [(pl.col(name) == value).alias(_called(name, value)) for name, value in self.watched]
        return grouped([*(expr.alias(name) for name, expr in self.asked.items()), *categories])

    def _look(self, rows: Rows) -> None:
        """Look for what was not yet seen of the samples: little any more, after their first batches."""
        keys, which = rows.numbered(("_sample",))
        seen = [self._seen.setdefault(str(sample), set()) for (sample,) in keys]
        tally = Tally(rows, keys, which, rows.series("_include").to_numpy().astype(np.int64))
        for group in self._looked_for:
            if not all(each.issuperset(group.names) for each in seen):
                for name, counts in tally.of(group):
                    for each, count in zip(seen, counts, strict=True):
                        each.update([name] if count else [])

    def tell(self, sample: str, seen: Seen) -> None:
        """Take in what other parts of the extract have seen of a sample."""
        asked, met = self._told.get(sample, (frozenset(), frozenset()))
        self._told[sample] = (asked | seen[0], met | seen[1])

    def seen(self, sample: str) -> Seen:
        """What the rows themselves told of a sample, without what others did."""
        seen = self._seen.get(sample, set())
        met = frozenset(pair for pair in self.watched if _called(*pair) in seen)
        return frozenset(self.asked) & seen, met

    def signature(self, sample: str) -> Signature:
        """The variables that the sample was not asked and the watched categories that it has not."""
        told = self._told.get(sample, (frozenset(), frozenset()))[1]
        return self.absent(sample), frozenset(self.watched) - self.seen(sample)[1] - told

    def plan_of(self, sample: str) -> SamplePlan:
        """The plan of a sample by all that is known of it."""
        return self.plan_by(self.signature(sample))

    def plan_by(self, signature: Signature) -> SamplePlan:
        """The plan of a sample of this signature."""
        if signature not in self._plans:
            self._plans[signature] = self.make(*signature)
        return self._plans[signature]

    def absent(self, sample: str) -> frozenset[str]:
        """The variables to which no row of the sample has an answer."""
        told = self._told.get(sample, (frozenset(), frozenset()))[0]
        return frozenset(self.asked) - self.seen(sample)[0] - told


def watched_by(series: Sequence[Series]) -> dict[str, set[str]]:
    """The categories of which it matters whether a sample has them: those that spoil a series or make it a proxy."""
    found: dict[str, set[str]] = {}
    for each in (part for one in series for part in (one, *one.components)):
        for need in each.needs:
            if need.undecidable:
                found.setdefault(need.variable, set()).update(need.undecidable)
        for proxy in each.proxies:
            if proxy.reached:
                found.setdefault(proxy.reached[0], set()).update(proxy.reached[1])
    return found


def _called(name: str, value: str) -> str:
    return f"{name}={value}"


def answers(harmoniser: Harmoniser, *, pooled: bool) -> dict[str, pl.Expr]:
    """Variable -> Boolean expression over harmonised rows, never null: the row has an answer to it.

    `unknown` is an answer, `not_applicable` is none, nor, in a pooled extract, is a blank that the
    mapping gives no meaning. Variables that are another person's follow the one they are taken from.
    """
    made = {expr.meta.output_name() for expr in harmoniser.expressions}
    found: dict[str, pl.Expr] = {}
    for name, rule in harmoniser.available.items():
        if rule.through is not None:
            continue
        if f"{name}__na" in made:
            skipped = pl.col(f"{name}__na")
        else:
            skipped = pl.col(name) == NOT_APPLICABLE if VARIABLES[name].values else pl.lit(False)
        if pooled and name in harmoniser.unmapped:
            skipped = skipped | blank_throughout(harmoniser, name)
        found[name] = ~skipped.fill_null(False)
    return found


def blank_throughout(harmoniser: Harmoniser, name: str) -> pl.Expr:
    """Boolean: the row is unmapped for the variable and all the columns it comes from are blank."""
    columns = [source_column(column) for column in harmoniser.unmapped[name][1]]
    blank = pl.all_horizontal(pl.col(c).is_null() | (pl.col(c) == "") for c in columns)
    return pl.col(f"_unmapped_{name}") & blank
