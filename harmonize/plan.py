"""What a run does to each batch: harmonise, derive, then a cell code per table and a bit per series."""

from __future__ import annotations

from collections.abc import Sequence
from contextlib import AbstractContextManager
from dataclasses import dataclass, field
from functools import cached_property

import polars as pl

from harmonize.coding import Coded, Coding
from harmonize.counting import Beside, count_unmapped
from harmonize.derivations import DERIVATIONS
from harmonize.distinct.group import grouped
from harmonize.distinct.memory import Memory
from harmonize.distinct.rows import Rows
from harmonize.errors import FitError, UsageError
from harmonize.facts import Facts, answers, watched_by
from harmonize.indicators import INDICATORS
from harmonize.indicators.listed import called_here, refuse_unmeasured
from harmonize.indicators.model import Series
from harmonize.lacking import instead_of, is_known
from harmonize.ledger import Ledger
from harmonize.mapping.model import Mapping
from harmonize.options import PLAIN, Options
from harmonize.prepared import Prepared, Taken
from harmonize.protect.record_keys import keys_of_batch, refuse_unnamed_persons
from harmonize.quality.households_of import households_of
from harmonize.readers.as_numbers import AsNumbers
from harmonize.readers.header import Header
from harmonize.replicate_weights import replicate_weights, replicates_times_persons
from harmonize.rules.harmoniser import Harmoniser, compile_mapping
from harmonize.rules.sample_facts import check_facts, codes_told
from harmonize.sample_plan import SamplePlan
from harmonize.schema import VARIABLES
from harmonize.steps import Steps, by_steps
from harmonize.tables_of_run import tables_of_run
from harmonize.tabulate.single_age import single_age
from harmonize.tabulate.statuses import status_steps
from harmonize.tabulate.table import Table
from harmonize.units import drawn_by, fpc_of, together, units_of
from harmonize.weights import Weights, persons_of, times_persons

_ONE_PERSON = grouped([pl.lit(1, pl.Int64).alias("_persons")])
_INCLUDED = grouped([pl.lit(True).alias("_include")])
_NOT_LEFT_OUT = grouped([pl.col("_include").fill_null(False)])


@dataclass
class Plan:
    """Everything that the mapping, the extract and the options decide before a row is read.

    whole: the plan of a sample that has all that the mapping has. series: (indicator, series) that some
    sample may measure, in the order of their bits. secret: of the cell-key method, see read_key.
    """

    mapping: Mapping
    harmoniser: Harmoniser
    weights: Weights
    wanted: list[Series]
    whole: SamplePlan
    series: list[tuple[str, str]]
    tables: list[Table]
    missing_tables: list[str]
    by: tuple[str, ...]
    options: Options = PLAIN
    secret: bytes | None = field(default=None, repr=False)
    _steps: dict[int, tuple[SamplePlan, Steps]] = field(default_factory=dict, repr=False)

    @classmethod
    def make(
        cls,
        mapping: Mapping,
        extract: Header,
        by: Sequence[str] = (),
        indicators: Sequence[str] = (),
        harmoniser: Harmoniser | None = None,
        options: Options = PLAIN,
        secret: bytes | None = None,
    ) -> Plan:
        """Raises FitError where the extract lacks what the mapping needs, UsageError for a wrong option.

        harmoniser: of an extract that is harmonised already; else the mapping is compiled.
        """
        if secret is not None:
            refuse_unnamed_persons(mapping)
        refuse_unmeasured(indicators)
        numbers = [called_here(number) for number in indicators]
        if harmoniser is None:
            harmoniser = compile_mapping(
                mapping, extract.columns, numeric=extract.numeric, decimals=extract.decimals, labels=extract.labels
            )
        wrong = [str(finding) for finding in harmoniser.findings if finding.severity == "error"]
        if wrong:
            raise FitError("\n".join([f"the codebook does not fit mapping {mapping.id}", *wrong]))
        mapping = mapping.renamed(harmoniser.renamed)
        weights = Weights.of(mapping.design, extract.decimals.get(mapping.design.person_weight or ""))
        chosen = [each for number, each in INDICATORS.items() if number in numbers or not numbers]
        wanted = [series for indicator in chosen for series in indicator.series]
        lines = dict(options.lines)
        whole = SamplePlan.make(harmoniser, mapping.sample.territories, wanted, lines=lines)
        lenient = whole
        if mapping.sample.columns:  # what spoils a series of one sample need not occur in another
            never = frozenset((name, value) for name, values in watched_by(wanted).items() for value in values)
            lenient = SamplePlan.make(
                harmoniser, mapping.sample.territories, wanted, unmet=never, pooled=True, lines=lines
            )
        schema = {name: VARIABLES[name].dtype for name in harmoniser.available} | _derived_types(whole)
        keys = list(lenient.masks)
        keyed = bool(mapping.keys.household)
        tables, missing = tables_of_run(schema, by, wanted, keys, options, keyed=keyed)
        names = tuple(dict.fromkeys(part.strip() for text in by for part in text.split("*") if part.strip()))
        for name in names:
            if not is_known(name):
                raise UsageError(f"--by {name}: there is no such variable", instead_of(name, schema))
        return cls(mapping, harmoniser, weights, wanted, whole, keys, tables, missing, names, options, secret)

    def facts(self) -> Facts:
        """Where a run gathers what it sees of each sample, to decide what that sample measures."""
        pooled = self.pooled
        there = self.harmoniser.available
        watched = [
            (name, v) for name, values in watched_by(self.wanted).items() if name in there for v in sorted(values)
        ]

        def make(absent: frozenset[str], unmet: frozenset[tuple[str, str]]) -> SamplePlan:
            return SamplePlan.make(
                self.harmoniser,
                self.mapping.sample.territories,
                self.wanted,
                absent,
                unmet,
                pooled=pooled,
                lines=dict(self.options.lines),
            )

        return Facts(answers(self.harmoniser, pooled=pooled), watched if pooled else (), make)

    @cached_property
    def coding(self) -> Coding:
        """How rows become bits, amounts and cell codes."""
        return Coding(self.series, self.wanted, self.tables, with_stay=self.whole.stay is not None)

    @cached_property
    def by_head(self) -> list[tuple[str, str]]:
        """The series by the status of the head of the household: 3.1.1, of the deaths that households tell of."""
        return [each.key for each in self.wanted if each.status_of == "head" and each.key in self.series]

    @property
    def named_by(self) -> tuple[tuple[str, ...], str | None]:
        """The columns of the extract that name a household, and the one that names a person in it."""
        keys = self.mapping.keys
        return keys.household, self.harmoniser.renamed.get(keys.person, keys.person) if keys.person else None

    @cached_property
    def derived_types(self) -> dict[str, pl.DataType]:
        """The variables that are derived from others here."""
        return _derived_types(self.whole)

    @cached_property
    def as_numbers(self) -> AsNumbers:
        """How the columns of the extract may come: as texts those that name something and are reckoned with too."""
        design, replicate = self.mapping.design, self.mapping.design.replicate
        names = frozenset((*self.mapping.keys.household, *design.stratum, *design.cluster))
        reckoned = frozenset((*design.reckoned, *(replicate.columns if replicate else ())))
        codes = frozenset(self.harmoniser.columns) - names - reckoned
        return AsNumbers(codes, names - reckoned, reckoned - names - self.harmoniser.read)

    @property
    def pooled(self) -> bool:
        """Whether the rows tell which sample they are of."""
        return bool(self.mapping.sample.columns)

    @property
    def clustered(self) -> bool:
        """Whether a cluster is something else than one household."""
        cluster = self.mapping.design.cluster
        return bool(cluster) and set(cluster) != set(self.mapping.keys.household)

    def take(self, batch: pl.DataFrame, ledger: Ledger, facts: Facts, memory: Memory) -> Taken:
        """Harmonise a batch of whole households, check its weights, and note what its rows tell.

        memory: of what was met in earlier batches.
        """
        batch = together(batch, self.mapping.design)
        return self._note(batch, self.harmonise(batch, memory), ledger, facts)

    def _note(self, batch: pl.DataFrame, rows: Rows, ledger: Ledger, facts: Facts) -> Taken:
        design = self.mapping.design
        ledger.told |= codes_told(self.mapping, rows)
        include = rows.series("_include")
        weight = self.weights.checked(batch, include, ledger.rows + 1)
        persons = replicates = None
        if design.replicate:
            columns = design.replicate.columns
            replicates = replicate_weights(batch, columns, self.weights, include, ledger.rows + 1)
        if design.size:
            persons = persons_of(batch, design.size, include, ledger.rows + 1)
            weight = times_persons(weight, persons)
            if replicates is not None:
                replicates = replicates_times_persons(replicates, persons)
            rows.put("_persons", persons)
        else:
            rows.add(_ONE_PERSON)
        facts.observe(rows)
        count_unmapped(rows, self.harmoniser, ledger)
        return Taken(batch, rows, weight, persons, replicates)

    def prepare(
        self,
        batch: pl.DataFrame,
        ledger: Ledger,
        facts: Facts,
        memory: Memory,
        noting: AbstractContextManager[None],
        counting: AbstractContextManager[None],
    ) -> Prepared | None:
        """Take a batch, count it, and code it for the state.

        Batches may be prepared at once. They change the ledger and the facts in their order: noting and counting are
        the turns of this one.

        None once the facts are stale: the pass then goes on for them alone.
        """
        design = self.mapping.design
        batch = together(batch, design)
        rows = self.harmonise(batch, memory)
        with noting:
            batch, rows, weight, persons, replicates = self._note(batch, rows, ledger, facts)
            first_row = ledger.rows + 1
            ledger.rows += batch.height
            stale = facts.stale
            steps = {sample: self._steps_of(facts.plan_of(sample)) for sample in rows.distinct("_sample")}
        starts, heads = units_of(batch.with_columns(rows.series("_sample")), design, first_row)
        if stale:
            return None
        beside = Beside(ledger, weight.to_numpy(), households_of(batch, self.mapping.keys.household))
        parts = by_steps(rows, steps, beside)
        counted = [(one, one.steps.work_out(one.rows)) for one in parts]
        with counting:
            ledger.households += int(heads["_first"].sum())
            for one, counts in counted:
                one.beside.count(one.rows, counts)
        coded = Coded.together(
            rows.height, [(one.at, self.coding.arrays(one.rows, one.steps.coding(one.rows))) for one in parts]
        )
        keys = None
        if self.secret is not None:
            keys = keys_of_batch(self.secret, self.named_by, rows, first_row)
        return Prepared(
            starts,
            heads.select("_sample", *drawn_by(design)),
            coded.codes,
            weight.to_numpy(),
            coded.masks,
            None if persons is None else persons.to_numpy(),
            fpc_of(heads, design),
            coded.amounts,
            coded.values,
            coded.stay,
            replicates,
            keys,
        )

    def _steps_of(self, plan: SamplePlan) -> Steps:
        """Made once for each plan."""
        if id(plan) not in self._steps:
            heads = bool(self.by_head)
            statuses = status_steps(self.whole.columns, heads=heads, definitions=self.options.definitions)
            if self.options.standardise and "age" in self.whole.columns:
                made = {expr.meta.output_name() for expr in self.harmoniser.expressions}
                statuses.append([single_age(made | {link.variable for link in self.harmoniser.through})])
            self._steps[id(plan)] = plan, Steps(
                plan, self.harmoniser, self.coding.groups(plan), self.derived_types, statuses,
                by_head=heads, keyed=bool(self.mapping.keys.household),
            )  # fmt: skip
        return self._steps[id(plan)][1]

    def harmonise(self, batch: pl.DataFrame, memory: Memory) -> Rows:
        """The batch with its source columns (see `source_column`), `_sample _country _year`, `_include` and the
        schema's."""
        rows = self.harmoniser.harmonised(batch, memory)
        check_facts(self.mapping, rows)
        rows.add(_NOT_LEFT_OUT if "_include" in rows else _INCLUDED)
        return rows


def _derived_types(plan: SamplePlan) -> dict[str, pl.DataType]:
    types = {each.NAME: pl.Enum(each.CATEGORIES) for each in DERIVATIONS}
    return {name: types[name] for name, _ in plan.derived if name in types}
