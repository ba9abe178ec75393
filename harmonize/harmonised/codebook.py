"""What each column of a harmonised file is and came from: the codebook that every format and description tells.

No counts: of persons' records none are told, of whatever category.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

from harmonize.harmonised.description import Description
from harmonize.harmonised.labelled import ENGLISH, MISSING, category_codes, label_of, title_of
from harmonize.harmonised.lineage import Lineage, lineage
from harmonize.harmonised.replicate_columns import REPLICATE
from harmonize.mapping.model import Mapping
from harmonize.plan import Plan
from harmonize.schema import VARIABLES
from harmonize.schema.variable import Variable
from harmonize.words import Words

_NUMBERS = ("_weight", "_persons", "_fpc")
STATED = {"icls13": "ICLS 13", "icls19": "ICLS 19", "national": "national"}


@dataclass(frozen=True)
class Category:
    """A code as the file has it, the category (or reason why there is none) it stands for, its label."""

    code: str
    means: str
    label: str

    @property
    def missing(self) -> str:
        """Why there is no value; empty where there is one."""
        return MISSING.get(self.means, "")


@dataclass(frozen=True)
class Column:
    """One column. name: as the file has it. variable, lineage: None of the columns of the design.

    numeric: its cells are numbers, or codes that are. measured: they count or weigh something.
    """

    name: str
    title: str
    numeric: bool
    measured: bool
    categories: tuple[Category, ...]
    variable: Variable | None
    lineage: Lineage | None
    about: str = ""

    @property
    def kind(self) -> str:
        """category, number or text."""
        return "number" if self.measured else "category" if self.categories else "text"

    @property
    def unit(self) -> str:
        """The unit of a number, with the currency and period that the mapping states."""
        if self.variable is None or not self.measured:
            return ""
        options = self.lineage.options if self.lineage else {}
        unit = options.get("currency", self.variable.unit)
        return f"{unit} per {options['period']}" if "period" in options else unit

    @property
    def standard(self) -> str:
        """The standard that the mapping states, else those that the variable may be by."""
        if self.variable is None:
            return ""
        stated = self.lineage.options.get("standard", "") if self.lineage else ""
        return STATED.get(stated, self.variable.standard)

    @property
    def universe(self) -> str:
        """Whom it is about by the schema, and whom the form asked by the mapping."""
        if self.variable is None:
            return ""
        asked = self.lineage.asked if self.lineage else ""
        return "; asked of ".join(words for words in (self.variable.universe, asked) if words)

    @property
    def sources(self) -> tuple[str, ...]:
        """The columns of the extract that it was made of."""
        return self.lineage.sources if self.lineage else ()


@dataclass(frozen=True)
class Codebook:
    """The columns of a file in their order, and what the mapping and its description say of all of them.

    words: of titles and labels.
    """

    told: Description
    mapping: Mapping
    columns: tuple[Column, ...]
    words: Words = ENGLISH

    @property
    def title(self) -> str:
        """`Mexico, Population and Housing Census 2020: harmonised microdata`."""
        return f"{self.mapping.title}: harmonised microdata"

    @property
    def made_by(self) -> str:
        """`mex/2020-census 1.0.0`: the mapping and its version."""
        return f"{self.mapping.id} {self.mapping.version}"


def codebook_of(plan: Plan, told: Description, columns: Sequence[str], words: Words = ENGLISH) -> Codebook:
    """The codebook of a file that has these columns of harmonised microdata."""
    return Codebook(told, plan.mapping, tuple(_column(plan, told, name, words) for name in columns), words)


def _column(plan: Plan, told: Description, name: str, words: Words) -> Column:
    of, _, end = name.partition("__")
    variable = VARIABLES.get(of)
    codes = told.content["codes"].get(name) or {means: means for means in category_codes(name)}
    number = variable is not None and variable.kind == "number" and end != "na"
    measured = number or name in _NUMBERS or name.startswith(REPLICATE)
    return Column(
        name=told.named(name),
        title=title_of(name, words),
        numeric=measured or name in told.content["codes"],
        measured=measured,
        categories=tuple(Category(code, means, label_of(means, words)) for code, means in codes.items()),
        variable=variable,
        lineage=_lineage(plan, of, end) if variable is not None else None,
        about=_about(plan, name),
    )


def _lineage(plan: Plan, name: str, end: str) -> Lineage:
    """Of a column beside a variable, `age__na`, without the rule, which is the variable's."""
    found = lineage(plan, name)
    return replace(found, made={}, rule="") if end else found


def _about(plan: Plan, name: str) -> str:
    """Where a column of the design came from."""
    design, keys = plan.mapping.design, plan.mapping.keys
    columns = {
        "_household": keys.household,
        "_person": (keys.person,) if keys.person else (),
        "_stratum": design.stratum,
        "_cluster": design.cluster if plan.clustered else keys.household,
        "_weight": (design.person_weight,) if design.person_weight else (),
        "_persons": (design.size,) if design.size else (),
        "_fpc": (design.fpc.column,) if design.fpc and design.fpc.column else (),
    }.get(name, ())
    if name.startswith(REPLICATE) and design.replicate:
        columns = (design.replicate.columns[int(name.removeprefix(REPLICATE)) - 1],)
    if name == "_sample":
        columns = plan.mapping.sample.columns
    return ", ".join(str(column) for column in columns)
