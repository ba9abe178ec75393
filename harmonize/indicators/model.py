"""What an indicator is, as data: populations, needs, series, indicators.

Nothing here reads data or imports polars: a population holds a function that builds its expression
when somebody asks for it, so that `harmonize indicators` can list all of this at once.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal

if TYPE_CHECKING:
    import polars as pl

    from harmonize.indicators.asked import Availability

Contrast = Literal["difference", "ratio", "gap", "parity"]
Decided = Literal["", "half_median", "median"]
Whose = Literal["all_residents", "private_households", "non_institutional"]
Policy = Literal["no", "zero", "narrow", "error"]
Standing = Literal["named", "likely", "candidate", "extra"]
Reach = Mapping[str, Collection[str] | None]


@dataclass(frozen=True)
class Population:
    """Persons of whom something holds, in words and as a condition on harmonised columns.

    needs: the variables the condition reads. build: makes the Boolean expression; null or false where
    the condition does not hold or is not known. A population made by `all_of` or `any_of` has `parts`.
    categories: (variable, values) where the condition is "the variable is one of these values".
    ages: (lowest, highest) completed years where the condition is an age range; None is open.
    """

    words: str
    needs: tuple[str, ...] = ()
    build: Callable[[], pl.Expr] | None = None
    parts: tuple[Population, ...] = ()
    join: Literal["", "and", "or"] = ""
    categories: tuple[str, tuple[str, ...]] | None = None
    ages: tuple[int | None, int | None] | None = None

    def expr(self) -> pl.Expr:
        """The condition as a Boolean expression without nulls: what is not known does not hold."""
        if self.parts:
            joined = self.parts[0].expr()
            for part in self.parts[1:]:
                joined = joined & part.expr() if self.join == "and" else joined | part.expr()
            return joined
        if self.build is None:
            raise ValueError(f"the population '{self.words}' has no condition")
        return self.build().fill_null(False)

    def could(self) -> pl.Expr:
        """The same, true also where a category that decides it is unknown; an unknown age is in no age range."""
        import polars as pl

        if self.parts:
            joined = self.parts[0].could()
            for part in self.parts[1:]:
                joined = joined & part.could() if self.join == "and" else joined | part.could()
            return joined
        if self.categories is None:
            return self.expr()
        column = pl.col(self.categories[0])
        return self.expr() | column.is_null() | (column == "unknown").fill_null(False)

    def given(self, asked: Collection[str]) -> Population | None:
        """The population with the parts left out whose variables nobody asked; None if nothing stays."""
        if not self.parts:
            return self if set(self.needs) <= set(asked) else None
        kept = [left for part in self.parts if (left := part.given(asked)) is not None]
        return join_parts(kept, self.join) if kept else None

    def can_occur(self, reach: Reach) -> bool:
        """Whether some value that the mapping can produce fulfils it; True where that is not known."""
        if self.parts:
            each = [part.can_occur(reach) for part in self.parts]
            return all(each) if self.join == "and" else any(each)
        if self.categories is None:
            return True
        reached = reach.get(self.categories[0])
        return reached is None or bool(set(reached) & set(self.categories[1]))


def join_parts(parts: Collection[Population], join: Literal["", "and", "or"]) -> Population:
    """Several populations joined by `and` or `or`; one alone is itself."""
    listed = tuple(parts)
    if len(listed) == 1:
        return listed[0]
    # an `or` inside an `and` is put in brackets, so that the words say what the condition says
    words = [f"({part.words})" if join == "and" and part.join == "or" else part.words for part in listed]
    needs = tuple(dict.fromkeys(name for part in listed for name in part.needs))
    return Population(f" {join} ".join(words), needs, parts=listed, join=join)


@dataclass(frozen=True)
class Need:
    """A variable that a series must know of a person before the person counts in it.

    when: of whom it is needed (None: of everybody in the base); a question that the form skips for a
    person is not needed of that person. not_applicable: what "not applicable" means inside the base:
    `no` and `zero` are known answers, with `narrow` the person was not asked and leaves the base
    (counted), with `error` it is as good as unknown. optional: the series can do without the variable
    and is then a proxy for the reason `without`. undecidable: categories that lie on both sides of the
    series' definition; a sample that can produce one cannot have the series. limit: of a number, the
    highest that fulfils the definition; classes on both sides of it are as good as no question.
    single: of a number, its values must be told apart: any class of several is as good as no question.
    of_all_ages: who is outside the ages asked stays in the base, with "not applicable" for an answer.
    """

    variable: str
    when: Population | None = None
    not_applicable: Policy = "error"
    optional: bool = False
    without: str = ""
    undecidable: tuple[str, ...] = ()
    limit: float | None = None
    single: bool = False
    of_all_ages: bool = False


@dataclass(frozen=True)
class Proxy:
    """A reason for which the series only stands in for the official one.

    reason: a code of reasons.py. It holds where all that is given holds: the mapping can produce one of the
    categories `reached` (variable, categories); it states a value of an option, `only`: (variable, option,
    value); it does not state one, `unless`; it says that the number `top_coded` is; with `arrival_unknown`, it does
    not tell to the year when a person arrived. What states no option claims the schema's definition.
    """

    reason: str
    reached: tuple[str, tuple[str, ...]] | None = None
    unless: tuple[str, str, str] | None = None
    only: tuple[str, str, str] | None = None
    top_coded: str = ""
    arrival_unknown: bool = False


@dataclass(frozen=True)
class Amount:
    """What a person of a series' universe adds above the line, where that is not one or nothing.

    build: from what the sample has, a Float64 expression, not negative and never null within the universe.
    decimals: those that are kept, so that sums are exact; 0 where it counts something, such as births.
    since_arrival: migrants who arrived within the last 12 months are not among the migrants, but of unknown status.
    options: (variable, option) that the mapping must state for it. per: where a person is not one below the
    line, what stands there: like `build`; per_words and per_decimals as for the amount.
    """

    words: str
    needs: tuple[str, ...]
    build: Callable[[Availability], pl.Expr]
    decimals: int = 0
    options: tuple[tuple[str, str], ...] = ()
    per: Callable[[Availability], pl.Expr] | None = None
    per_words: str = ""
    per_decimals: int = 0


@dataclass(frozen=True)
class Series:
    """One number of an indicator: of the persons in the base, the share who are in the numerator.

    With an `amount` it is the mean of that, and the numerator those of whom there is some.

    base: the persons it is about (with the population, e.g. private households). denominator: a
    condition on known values for those of the base who count below the line; None: all of them.
    components: series that make up this one, of those that the sample has: all of them are fulfilled
    (`join` is `and`) or at least one is (`or`). official_components: how many the official definition
    has, so that a sample that asks all of them is exact; None: these are never all of them.
    otherwise: what stands in for it, under the same name, in a sample that can't have this.
    sdmx_series: SERIES codes of the global SDG list, per ICLS standard where there are two.
    contrasts: how migrants are compared with non-migrants; of a parity, also women with men and rural with
    urban residents. levels: whether its own numbers are shown, or the comparisons alone.
    status_of: whose migratory status it is by; also_by_mother: beside that of the person also by the mother's.
    adjustment: of another series, whose name is `shown_as`. of_everybody: it has no other table than the total.
    options: (variable, option) that the mapping must state. whole_base: it is nothing where not all ages of its
    base were asked. least_events: with fewer in the numerator, unweighted, there is no number.
    by_line: from what the sample has, the numerator where that takes a line which the user gives.
    decided: by what the numerator is decided when all persons were seen: `half_median`, who has less of the
    amount than half the median of everybody; with `median` the series is the median of the amount.
    from_sums: the method that makes the number of the sums.
    """

    indicator: str
    name: str
    title: str
    needs: tuple[Need, ...] = ()
    numerator: Population | None = None
    base: tuple[Population, ...] = ()
    denominator: Population | None = None
    population: Whose = "all_residents"
    unit: str = "percent"
    proxies: tuple[Proxy, ...] = ()
    components: tuple[Series, ...] = ()
    join: Literal["and", "or"] = "and"
    official_components: int | None = None
    otherwise: Series | None = None
    sdmx_series: tuple[tuple[str, str], ...] = ()
    status_of: Literal["self", "mother", "head"] = "self"
    amount: Amount | None = None
    contrasts: tuple[Contrast, ...] = ("difference", "ratio")
    levels: bool = True
    decided: Decided = ""
    by_line: Callable[[Availability], Population] | None = None
    options: tuple[tuple[str, str], ...] = ()
    also_by_mother: bool = False
    from_sums: Literal["", "under_five"] = ""
    adjustment: str = "none"
    shown_as: str = ""
    of_everybody: bool = False
    least_events: int = 0
    whole_base: bool = False
    since_arrival: bool = False

    @property
    def key(self) -> tuple[str, str]:
        """(indicator, series): `('8.6.1', 'neet')`."""
        return self.indicator, self.name

    @property
    def and_stand_ins(self) -> tuple[Series, ...]:
        """The series, what stands in for it, what stands in for that, and so on."""
        return (self, *(self.otherwise.and_stand_ins if self.otherwise else ()))

    @property
    def shown(self) -> bool:
        """Whether it is in the estimates; else it is a number that a method takes."""
        return self.levels or bool(self.contrasts)

    @property
    def variables(self) -> tuple[str, ...]:
        """Every variable that it may read, in order, without repeats."""
        names: list[str] = []
        for population in self.base:
            names.extend(population.needs)
        if self.population != "all_residents":
            names.append("living_quarters")
        for need in self.needs:
            names.extend(need.when.needs if need.when else ())
            names.append(need.variable)
        for part in (self.denominator, self.numerator, self.amount):
            names.extend(part.needs if part else ())
        for other in (*self.components, *((self.otherwise,) if self.otherwise else ())):
            names.extend(other.variables)
        return tuple(dict.fromkeys(names))


@dataclass(frozen=True)
class Indicator:
    """An SDG indicator with its series. `title` is the official one; `sources` name indicators.md's.

    custodian: who defines it at the UN. census: how far a census can measure it, in words.
    """

    number: str
    title: str
    custodian: str
    series: tuple[Series, ...]
    official_disaggregations: tuple[str, ...] = ()
    census: str = ""
    caveats: tuple[str, ...] = ()
    sources: tuple[str, ...] = ()

    @property
    def membership(self) -> Standing:
        """How sure it is that it is one of the 24: named, likely, candidate; or an extra."""
        from harmonize.indicators.membership import MEMBERSHIP

        return MEMBERSHIP[self.number].standing

    @property
    def evidence(self) -> str:
        """Why it is thought to be one of the 24, or carried beside them."""
        from harmonize.indicators.membership import MEMBERSHIP

        return MEMBERSHIP[self.number].evidence

    @property
    def sensitive(self) -> str:
        """The topic for which its numerators and complements are protected too; empty if they are not."""
        from harmonize.indicators.sensitive import SENSITIVE

        return SENSITIVE.get(self.number, "")

    @property
    def shown(self) -> tuple[Series, ...]:
        """The series that are in the estimates."""
        return tuple(series for series in self.series if series.shown)

    @property
    def goal(self) -> int:
        """The number of the Sustainable Development Goal."""
        return int(self.number.split(".")[0])
