"""What a mapping file says, once read and checked: plain frozen data for the parts that do the work."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import TYPE_CHECKING, Any, Literal

from harmonize.mapping.located import Block, Text

if TYPE_CHECKING:
    from harmonize.mapping.expect import Expected
    from harmonize.rules.source_codes import Code

WeightKind = Literal["expansion", "normalised", "none"]


@dataclass(frozen=True)
class ReadOptions:
    """How the text of an extract is read; never guessed. `blank` are cells that mean a missing cell."""

    encoding: str = "utf-8"
    separator: str = ","
    decimal: str = "."
    blank: tuple[str, ...] = ("",)


@dataclass(frozen=True)
class FromColumn:
    """A fact of the sample that a column of the extract gives: as it is, through a lookup, or by codes.

    columns: candidates, of which the first that the extract has is read. codes: (our value, its source codes).
    absent: candidates before the one that is read, once the extract is known. together: an extract with one code of
    a value has all of them.
    """

    columns: tuple[str, ...]
    lookup: Text | None = None
    codes: tuple[tuple[str, tuple[Code, ...]], ...] = ()
    absent: tuple[str, ...] = ()
    together: bool = False


@dataclass(frozen=True)
class Sample:
    """Which country and census year the persons belong to.

    `id` None means COUNTRY_YEAR. `country` is ISO alpha-3 (through `lookup` from a column), `year` a whole
    number. `territories` are places beside the country that count as domestic.
    """

    country: str | FromColumn
    year: int | FromColumn
    id: str | FromColumn | None = None
    reference_date: str | None = None
    population_base: str | None = None
    kind: str | None = None
    territories: tuple[str, ...] = ()

    @property
    def columns(self) -> tuple[str, ...]:
        """Source columns that the facts may come from, first-lists with all their candidates."""
        return tuple(dict.fromkeys(name for _, fact in self.from_columns for name in fact.columns))

    @property
    def from_columns(self) -> tuple[tuple[str, FromColumn], ...]:
        """The facts that columns give, by name: id, country, year."""
        facts = (("id", self.id), ("country", self.country), ("year", self.year))
        return tuple((name, fact) for name, fact in facts if isinstance(fact, FromColumn))


@dataclass(frozen=True)
class Include:
    """The persons tabulated: a domain, not a deletion. `condition` is its text, `columns` those it names.

    `path` is the file it stands in.
    """

    condition: Text
    reason: str
    columns: tuple[str, ...] = ()
    path: str = ""


@dataclass(frozen=True)
class Replicates:
    """Replicate weights: columns in order, method (sdr jk1 jkn brr fay bootstrap), scale, rscales, Fay's rho."""

    columns: tuple[str, ...]
    method: str
    scale: float | None = None
    rscales: tuple[float, ...] = ()
    rho: float | None = None

    @property
    def factors(self) -> tuple[float, ...]:
        """What the squared deviation of each replicate is multiplied by: scale times rscale.

        What the mapping does not give is that of the method. Source: R package survey, svrepdesign.
        """
        count = len(self.columns)
        by_method = {
            "sdr": 4 / count, "jk1": (count - 1) / count, "jkn": 1.0, "brr": 1 / count,
            "fay": 1 / (count * (1 - (self.rho or 0.0)) ** 2), "bootstrap": 1 / max(count - 1, 1),
        }  # fmt: skip
        scale = by_method[self.method] if self.scale is None else self.scale
        each = self.rscales or (1.0,)
        return tuple(scale * one for one in (each * count if len(each) == 1 else each))

    @property
    def words(self) -> str:
        """`PWGTP1 to PWGTP80`."""
        return f"{self.columns[0]} to {self.columns[-1]}" if len(self.columns) > 1 else self.columns[0]


@dataclass(frozen=True)
class Fpc:
    """Finite population correction: the sampled fraction, or the column that holds it by stratum."""

    fraction: float | None = None
    column: str | None = None


@dataclass(frozen=True)
class Design:
    """How the persons were sampled.

    `stratum` and `cluster` are the columns whose values together make one, nested in the sample.
    `weight_factor` is how many persons a weight of 1 stands for (100 for an unweighted one per cent
    sample); `weight_decimals` the decimals that matter. `size` is the column of persons in a row of a
    dwelling file. `weight_called`: the name of the weight where it is not that of its column.
    """

    person_weight: str | None = None
    weight_called: str = ""
    stratum: tuple[str, ...] = ()
    cluster: tuple[str, ...] = ()
    optional: tuple[str, ...] = ()
    weight_kind: WeightKind = "expansion"
    weight_factor: float | None = None
    weight_decimals: int | None = None
    fpc: Fpc | None = None
    full_count: bool = False
    size: str | None = None
    replicate: Replicates | None = None

    @property
    def columns(self) -> tuple[str, ...]:
        """Source columns the Taylor variance needs; the columns of `replicate` are not among them."""
        return tuple(dict.fromkeys((*self.reckoned, *self.stratum, *self.cluster)))

    @property
    def reckoned(self) -> tuple[str, ...]:
        """Of these the columns that are numbers, not names."""
        return tuple(name for name in (self.person_weight, self.size, self.fpc and self.fpc.column) if name)


@dataclass(frozen=True)
class KeyRef:
    """A pointer to another person of the household. `none` are codes, or ranges a..b, for nobody."""

    column: str
    none: tuple[str, ...] = ()


@dataclass(frozen=True)
class Keys:
    """Columns that identify households and persons. No `household`: each row is its own."""

    household: tuple[str, ...] = ()
    person: str | None = None
    mother: KeyRef | None = None
    father: KeyRef | None = None

    @property
    def columns(self) -> tuple[str, ...]:
        """Source columns the keys need."""
        one = [self.person, *(ref.column for ref in (self.mother, self.father) if ref)]
        return tuple(dict.fromkeys((*self.household, *(name for name in one if name))))


@dataclass(frozen=True)
class VariableRule:
    """How one variable of the common schema comes from the extract.

    kind: the rule kind (codes, lookup, number, bands, when, value, through, unavailable).
    columns: source columns needed (each first-of list with all its candidates).
    universe: whom the questionnaire asked: min_age, max_age, nativity, sex, and `others`, the category of
    everybody else; as harmonize.rules.rule.Rule has it.
    options: what the schema lets a mapping state about the variable: concept, period, standard, ...
    through: (pointer, variable) where the value is another person's.
    rule: the rule itself, of harmonize.rules. body: its YAML, with positions. path: the file it stands in.
    """

    name: str
    kind: str
    columns: tuple[str, ...] = ()
    optional: bool = False
    universe: dict[str, Any] = field(default_factory=dict)
    options: dict[str, str] = field(default_factory=dict)
    reference: dict[str, str] = field(default_factory=dict)
    unavailable: str | None = None
    through: tuple[str, str] | None = None
    line: int = 1
    column: int = 1
    path: str = ""
    rule: Any = None
    body: Block = field(default_factory=Block, repr=False)

    @property
    def position(self) -> tuple[int, int]:
        """Line and column of the variable's name in `path`."""
        return self.line, self.column


@dataclass(frozen=True)
class Mapping:
    """A whole mapping file, with what it takes by `extends` merged in.

    unit: `person`, or `dwelling` (then design.size is the column of persons in it).
    """

    id: str
    version: str
    title: str
    source: dict[str, str]
    path: Path
    sample: Sample
    design: Design
    unit: Literal["person", "dwelling"] = "person"
    read: ReadOptions = ReadOptions()
    include: Include | None = None
    keys: Keys = Keys()
    variables: dict[str, VariableRule] = field(default_factory=dict)
    extends: tuple[str, ...] = ()
    expect: tuple[Expected, ...] = ()

    def lacking(self, columns: Iterable[str]) -> tuple[Mapping, tuple[str, ...]]:
        """The mapping for an extract of these columns, and the optional columns of the design that it lacks.

        Of a fact's candidate columns the first that the extract has is kept. Replicate weights go together, and are
        told together.
        """
        names = set(columns)
        there = {name.lower() for name in names}
        gone = [name for name in self.design.optional if name.lower() not in there]
        stratum, cluster = (
            tuple(name for name in names if name not in gone) for names in (self.design.stratum, self.design.cluster)
        )
        replicate = self.design.replicate
        if replicate is not None:
            lost = set(replicate.columns) <= set(gone)
            gone = [name for name in gone if name not in replicate.columns]
            if lost:
                gone.append(replicate.words)
                replicate = None
        facts: dict[str, Any] = {}
        for name, fact in self.sample.from_columns:
            exact = next((column for column in fact.columns if column in names), None)
            found = exact or next((column for column in fact.columns if column.lower() in there), None)
            if found is not None:
                before = fact.columns[: fact.columns.index(found)]
                facts[name] = replace(fact, columns=(found,), absent=(*fact.absent, *before))
        design = replace(self.design, stratum=stratum, cluster=cluster, replicate=replicate)
        return replace(self, design=design, sample=replace(self.sample, **facts)), tuple(gone)

    def renamed(self, names: dict[str, str]) -> Mapping:
        """The mapping with the design's, the household's and the sample's columns called as in the extract."""

        def of(columns: tuple[str, ...]) -> tuple[str, ...]:
            return tuple(names.get(name, name) for name in columns)

        weight, size, fpc = self.design.person_weight, self.design.size, self.design.fpc
        replicate = self.design.replicate
        design = replace(
            self.design,
            stratum=of(self.design.stratum),
            cluster=of(self.design.cluster),
            person_weight=names.get(weight, weight) if weight else None,
            size=names.get(size, size) if size else None,
            fpc=replace(fpc, column=names.get(fpc.column, fpc.column)) if fpc and fpc.column else fpc,
            replicate=replace(replicate, columns=of(replicate.columns)) if replicate else None,
        )
        facts: dict[str, Any] = {
            name: replace(fact, columns=of(fact.columns)) for name, fact in self.sample.from_columns
        }
        sample = replace(self.sample, **facts)
        return replace(self, design=design, sample=sample, keys=replace(self.keys, household=of(self.keys.household)))
