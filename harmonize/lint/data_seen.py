"""What one pass over an extract shows of a mapping: codes, shares, contradictions, and the totals it expects."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping

import polars as pl

from harmonize.counting import INCLUDED
from harmonize.distinct.memory import Memory
from harmonize.gather import CHUNK, forget_unasked, household_key, naming
from harmonize.ledger import Ledger
from harmonize.plan import Plan
from harmonize.prepared import Taken
from harmonize.readers import Extract, household_batches
from harmonize.readers.blocks import sound
from harmonize.rules.codes import CodesRule
from harmonize.rules.extract_columns import ExtractColumns
from harmonize.rules.sample_facts import check_together
from harmonize.schema import VARIABLES

BLANK = "blank"
Sums = dict[str, tuple[float, int]]  # category -> weighted persons, persons


class Seen:
    """Fed batch by batch; of the persons that the mapping includes, but for codes, of every row.

    column_of: variables by codes of one column -> that column. codes: column -> its different cells. tests: the
    contradictions that are looked for, contradictions: persons of each. totals: of each that is expected, weighted
    persons and persons.
    """

    def __init__(self, plan: Plan, extract: Extract) -> None:
        self.plan, self.facts = plan, plan.facts()
        self.ledger = Ledger()
        columns = ExtractColumns(extract.columns, extract.numeric, plan.mapping.read.decimal)
        self.column_of: dict[str, str] = {}
        for name, rule in plan.mapping.variables.items():
            body = rule.rule.body  # of several candidates a code may be another's
            if isinstance(body, CodesRule) and len(body.source.names) == 1:
                column = columns.first(body.source)
                if column is not None:
                    self.column_of[name] = column
        self.codes: dict[str, set[str]] = {column: set() for column in self.column_of.values()}
        self.tests: dict[str, pl.Expr] = {}
        self.contradictions: Counter[str] = Counter()
        self.totals = [(0.0, 0) for _ in plan.mapping.expect]
        self._shares: dict[tuple[str, str], Sums] = {}

    def begin(self) -> None:
        """Forget what was seen: the pass begins again."""
        self.facts.begin()
        self.ledger, self.contradictions = Ledger(), Counter()
        self.totals, self._shares = [(0.0, 0) for _ in self.totals], {}

    def add(self, taken: Taken) -> None:
        """Add a batch of whole households."""
        scale = (self.plan.weights.persons or 1.0) / self.plan.weights.scale
        frame = taken.frame.with_columns(_weight=taken.weight * scale)
        for column, cells in self.codes.items():
            cells |= {(cell or "").strip() or BLANK for cell in taken.batch[column].unique().to_list()}
        frame = frame.filter("_include")
        there = set(frame.columns)
        self.tests = {
            name: expr for name, expr in self.plan.whole.contradictions.items() if set(expr.meta.root_names()) <= there
        }
        persons = pl.col("_persons")
        for name, expr in self.tests.items():
            self.contradictions[name] += int(frame.select((expr.cast(pl.Int64) * persons).sum()).item())
        for name in self.plan.harmoniser.available:
            if VARIABLES[name].kind == "category":
                self._add_shares(frame, name)
        for i, each in enumerate(self.plan.mapping.expect):
            if all(name in there for name, _ in each.of):
                of = [pl.col(name).cast(pl.String) == value for name, value in each.of]
                chosen = frame.filter(pl.all_horizontal([pl.lit(True), *of]))
                weight, count = self.totals[i]
                self.totals[i] = weight + float(chosen["_weight"].sum()), count + int(chosen["_persons"].sum())

    def _add_shares(self, frame: pl.DataFrame, name: str) -> None:
        sums = frame.group_by("_sample", pl.col(name).cast(pl.String)).agg(pl.col("_weight", "_persons").sum())
        for sample, value, weight, persons in sums.iter_rows():
            own = self._shares.setdefault((str(sample), name), {})
            before = own.get(value, (0.0, 0))
            own[value] = before[0] + weight, before[1] + persons

    def shares(self) -> Mapping[str, Sums]:
        """Variable -> its categories, of the samples that asked it."""
        found: dict[str, Sums] = {}
        for (sample, name), sums in sorted(self._shares.items()):
            if self.plan.pooled and name in self.facts.absent(sample):
                continue
            own = found.setdefault(name, {})
            for value, (weight, persons) in sums.items():
                before = own.get(value, (0.0, 0))
                own[value] = before[0] + weight, before[1] + persons
        return found


def read_data(plan: Plan, extract: Extract) -> Seen:
    """One pass over an extract. Raises DataFileError and FitError as a run does, but not for unmapped codes."""
    seen, memory = Seen(plan, extract), Memory()
    seen.begin()
    with extract, sound([*extract.files, *extract.households_files]):
        for batch in household_batches(
            extract, plan.harmoniser.columns, household_key(plan, extract),
            chunk_size=CHUNK, notice=lambda _: None, restart=seen.begin,
        ):  # fmt: skip
            with naming(extract):
                taken = plan.take(batch, seen.ledger, seen.facts, memory)
            seen.ledger.add(taken.rows, INCLUDED)
            seen.ledger.rows += batch.height
            seen.add(taken)
    with naming(extract):
        check_together(plan.mapping, seen.ledger.told)
    forget_unasked(plan, seen.ledger, seen.facts)
    return seen
