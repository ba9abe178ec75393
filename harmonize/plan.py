"""What a run does to each batch: harmonise, derive, then a cell code per table and a bit per series."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt
import polars as pl

from harmonize.derivations import DERIVATIONS, Context, contradictions, derivation_notes, derive
from harmonize.errors import FitError, UsageError
from harmonize.indicators import INDICATORS
from harmonize.indicators.availability import Availability, Resolved, resolve
from harmonize.indicators.catalogue import SeriesMasks, masks_of
from harmonize.ledger import Ledger
from harmonize.mapping.model import Mapping
from harmonize.readers import Extract
from harmonize.rules import Harmoniser, compile_mapping
from harmonize.rules.near import did_you_mean
from harmonize.rules.through import add_through
from harmonize.schema import VARIABLES
from harmonize.schema.variable import NOT_APPLICABLE, UNKNOWN
from harmonize.tabulate.tables import BASES, Table, status_expressions, tables_for
from harmonize.weights import Weights

MASKS = ("base", "left_out", "universe", "numerator")


@dataclass(frozen=True)
class Prepared:
    """A batch ready for the state: see State.add."""

    starts: npt.NDArray[np.int64]
    design: pl.DataFrame
    codes: npt.NDArray[np.int32]
    weight: npt.NDArray[np.int64]
    masks: list[npt.NDArray[np.uint64]]


@dataclass
class Plan:
    """Everything that the mapping, the extract and the options decide before a row is read."""

    mapping: Mapping
    harmoniser: Harmoniser
    weights: Weights
    derived: list[tuple[str, pl.Expr]]
    contradictions: dict[str, pl.Expr]
    notes: dict[str, dict[str, str]]
    resolved: list[Resolved]
    series: list[SeriesMasks]
    tables: list[Table]
    missing_tables: list[str]
    by: tuple[str, ...]

    @classmethod
    def make(cls, mapping: Mapping, extract: Extract, by: Sequence[str], indicators: Sequence[str]) -> Plan:
        """Raises FitError where the extract lacks what the mapping needs, UsageError for a wrong option."""
        unknown = [number for number in indicators if number not in INDICATORS]
        if unknown:
            near = did_you_mean(unknown[0], list(INDICATORS), "indicators")
            raise UsageError(f"--indicator {unknown[0]}: there is no such indicator", near)
        _refuse_what_is_not_done(mapping)
        harmoniser = compile_mapping(
            mapping, extract.columns, numeric=extract.numeric, decimals=extract.decimals, labels=extract.labels
        )
        wrong = [str(finding) for finding in harmoniser.findings if finding.severity == "error"]
        if wrong:
            raise FitError("\n".join([f"the codebook does not fit mapping {mapping.id}", *wrong]))
        mapping = mapping.renamed(harmoniser.renamed)
        design = mapping.design
        weights = Weights.of(design, extract.decimals.get(design.person_weight or ""))
        context = Context.of_rules(harmoniser.available, mapping.sample.territories)
        present = set(harmoniser.available) | {expr.meta.output_name() for expr in harmoniser.expressions}
        derived = derive(present, context)
        schema = {name: VARIABLES[name].dtype for name in harmoniser.available}
        types = {each.NAME: pl.Enum(each.CATEGORIES) for each in DERIVATIONS}
        schema |= {name: types[name] for name, _ in derived}
        tables, missing = tables_for(schema, by)
        wanted = [INDICATORS[number] for number in indicators] or list(INDICATORS.values())
        has = Availability.of(harmoniser)
        resolved = [resolve(series, has) for indicator in wanted for series in indicator.series]
        series = [masks_of(each, has) for each in resolved if each.numerator is not None]
        names = tuple(dict.fromkeys(part.strip() for text in by for part in text.split("*")))
        for name in names:
            if name not in VARIABLES and name not in schema and name != "migratory_status":
                near = did_you_mean(name, [*schema, "migratory_status"], "variables")
                raise UsageError(f"--by {name}: there is no such variable", near)
        return cls(
            mapping, harmoniser, weights, derived, contradictions(present, context), derivation_notes(present, context),
            resolved, series, tables, missing, names,
        )  # fmt: skip

    def notices(self, by: Sequence[str]) -> list[str]:
        """What the user asked for, or the mapping could give, and this run can't: a sentence each."""
        found = [
            f"no table by {name}: this extract and mapping lack one of its variables"
            for name in self.missing_tables
            if any(set(name.split("*")) == set(text.replace(" ", "").split("*")) for text in by)
        ]
        gone: dict[str, list[str]] = {}
        for name, why in self.harmoniser.unavailable.items():
            if why.startswith("the extract has no column"):
                gone.setdefault(why, []).append(name)
        if gone:
            columns = sorted({why.removeprefix("the extract has no column ") for why in gone})
            lost = sorted(name for names in gone.values() for name in names)
            found.append(f"not in this extract: {', '.join(columns)} (so no {', '.join(lost)})")
        return found

    @property
    def clustered(self) -> bool:
        """Whether a cluster is something else than one household."""
        cluster = self.mapping.design.cluster
        return bool(cluster) and set(cluster) != set(self.mapping.keys.household)

    def prepare(self, batch: pl.DataFrame, ledger: Ledger) -> Prepared:
        """Harmonise and derive a batch of whole households, count it, and code it for the state."""
        design = self.mapping.design
        batch = self._together(batch)
        frame = self.harmonise(batch, ledger)
        keep = (
            frame["_include"].fill_null(False)
            if "_include" in frame.columns
            else pl.repeat(True, frame.height, eager=True)
        )
        weight = self.weights.checked(batch.with_columns(self.weights.expr()), keep, ledger.rows + 1)
        bits = [pl.sum_horizontal(self._bits(name)).alias(name) for name in MASKS]
        coded = frame.lazy().with_columns(_keep=keep).select(
            *(expr.cast(pl.UInt64) * pl.col("_keep").cast(pl.UInt64) for expr in bits),
            *(table.code() for table in self.tables),
        ).collect()  # fmt: skip
        self._count(frame, keep, ledger)
        starts, heads = self._units(frame, ledger.rows + 1)
        ledger.households += int(heads["_first"].sum())
        ledger.rows += batch.height
        return Prepared(
            starts,
            heads.select("_sample", *dict.fromkeys((*design.stratum, *design.cluster))),
            np.ascontiguousarray(coded.select(pl.all().exclude(MASKS)).to_numpy(), dtype=np.int32),
            weight.to_numpy(),
            [coded[name].to_numpy() for name in MASKS],
        )

    def _together(self, batch: pl.DataFrame) -> pl.DataFrame:
        """The batch with each household's rows of one stratum and cluster in one run; most come so."""
        names = list(dict.fromkeys((*self.mapping.design.stratum, *self.mapping.design.cluster)))
        if not names:
            return batch
        same = pl.col("_hh") == pl.col("_hh").shift(1)
        changes = pl.any_horizontal(pl.col(name).ne_missing(pl.col(name).shift(1)) for name in names)
        if not batch.select((same & changes).any()).item():
            return batch
        return batch.sort("_hh", *names, maintain_order=True)

    def harmonise(self, batch: pl.DataFrame, ledger: Ledger) -> pl.DataFrame:
        """The batch with its source columns, `_sample _country _year`, the schema's and the derived columns."""
        h = self.harmoniser
        frame = h.apply(batch)
        if frame["_country"].null_count() or frame["_year"].null_count() or frame["_sample"].null_count():
            raise FitError(
                "a row's country, year or sample is blank or not in its lookup",
                "see sample: in the mapping; every row must say which sample it belongs to",
            )
        if h.unmapped:
            hit = frame.select(pl.col(f"_unmapped_{name}").any() for name in h.unmapped).row(0)
            for (name, (_, columns)), found in zip(h.unmapped.items(), hit, strict=True):
                if found:
                    ledger.add_unmapped(frame, name, columns, f"_unmapped_{name}")
        own = [name for name, rule in h.available.items() if rule.through is None and VARIABLES[name].values]
        frame = frame.with_columns(pl.col(own).fill_null(UNKNOWN))
        frame = add_through(frame, h)
        lazy = frame.lazy()
        for name, expr in self.derived:
            lazy = lazy.with_columns(expr.alias(name))
        return lazy.with_columns(status_expressions(self._columns())).collect()

    def _columns(self) -> set[str]:
        return set(self.harmoniser.available) | {name for name, _ in self.derived}

    def _bits(self, mask: str) -> list[pl.Expr]:
        each = [getattr(series, mask).cast(pl.UInt64) * (1 << at) for at, series in enumerate(self.series)]
        return each or [pl.lit(0, pl.UInt64)]

    def _units(self, frame: pl.DataFrame, first_row: int) -> tuple[npt.NDArray[np.int64], pl.DataFrame]:
        """First row of each unit (a run of one household in one stratum and cluster), and those rows."""
        design = self.mapping.design
        names = list(dict.fromkeys(("_hh", "_sample", *design.stratum, *design.cluster)))
        new = pl.any_horizontal(pl.col(name).ne_missing(pl.col(name).shift(1)) for name in names)
        marked = frame.select(
            *names,
            _new=new | (pl.int_range(pl.len()) == 0),
            _first=(pl.col("_hh").ne_missing(pl.col("_hh").shift(1))) | (pl.int_range(pl.len()) == 0),
        )
        starts = np.append(marked["_new"].arg_true().to_numpy(), frame.height).astype(np.int64)
        for name in (*design.stratum, *design.cluster):
            blank = marked[name].is_null() | (marked[name] == "")
            if blank.any():
                row = first_row + int(blank.arg_max() or 0)
                raise FitError(
                    f"{name} is blank in row {row:,}: every person needs a stratum and a cluster",
                    "mend the extract, or leave the column out of design in the mapping",
                )
        return starts, marked.filter("_new")

    def _count(self, frame: pl.DataFrame, keep: pl.Series, ledger: Ledger) -> None:
        """Counts of included persons by sample: unknowns, contradictions, persons not asked, by basis."""
        columns = self._columns()
        counts: dict[str, pl.Expr] = {f"contradiction:{name}": expr for name, expr in self.contradictions.items()}
        for name in sorted(columns):
            if name in frame.columns and isinstance(frame.schema[name], pl.Enum):
                counts[f"unknown:{name}"] = pl.col(name) == UNKNOWN
                counts[f"not_applicable:{name}"] = pl.col(name).cast(pl.String) == NOT_APPLICABLE
        for mask in self.series:
            counts[f"narrowed:{mask.key[0]}:{mask.key[1]}"] = mask.narrowed
        for basis, (column, as_status) in BASES.items():
            if column in columns:
                counts[f"known:{basis}"] = pl.col(column).cast(pl.String).is_in(list(as_status))
                migrants = [value for value, status in as_status.items() if status == "migrant"]
                counts[f"migrants:{basis}"] = pl.col(column).cast(pl.String).is_in(migrants)
        flags = frame.lazy().select(
            "_sample", "_country", "_year", keep.alias("persons"),
            *((expr.fill_null(False) & keep).alias(name) for name, expr in counts.items()),
        )  # fmt: skip
        ledger.add(flags.collect(), ["persons", *counts])


def _refuse_what_is_not_done(mapping: Mapping) -> None:
    """A mapping may say what this version does not do yet; to leave it out in silence would be wrong numbers."""
    if mapping.unit != "person":
        raise FitError("unit: dwelling is not tabulated by this version", "use an extract with a row a person")
    if mapping.design.fpc and mapping.design.fpc.column:
        raise FitError(
            "design.fpc from a column is not done by this version", "state fpc: {fraction: ...}, or leave it out"
        )
