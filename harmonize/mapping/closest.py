"""Which shipped mapping an extract was made for: advice where a run's mapping lacks columns."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from harmonize.mapping.find import find_mapping, shipped_mappings
from harmonize.mapping.load import read_mapping
from harmonize.mapping.model import Mapping
from harmonize.rules.extract_columns import ExtractColumns
from harmonize.rules.rule import Rule, Source
from harmonize.rules.source_codes import Code, number_of

WORTH_NAMING = 0.5
"""The part of a mapping's columns that makes it near: any two censuses share a column AGE and a SEX."""


@dataclass(frozen=True)
class Fit:
    """How many of a mapping's columns an extract has. lacking: of those it can't do without, how many not.

    most: at most this share. A mapping that reads nothing beside what the one it extends reads is told from it by
    codes, not by columns: the fewer of them make it no nearer.
    """

    name: str
    found: int
    wanted: int
    lacking: int
    most: float = 1.0

    @property
    def share(self) -> float:
        """The part of the mapping's columns that is there."""
        return min(self.found / self.wanted, self.most) if self.wanted else 0.0


def shipped_fits(columns: Sequence[str]) -> list[Fit]:
    """The shipped mappings that an extract with these columns fits or is near to, the best first.

    Of two that read the same columns the one of the shorter id, which the other names a variant of.
    Reads every shipped mapping.
    """
    fits = [fit for name in shipped_mappings() if (fit := _fit(name, columns))]
    near = [fit for fit in fits if fit.share >= WORTH_NAMING or not fit.lacking]
    return sorted(near, key=lambda fit: (fit.lacking > 0, -fit.share, len(fit.name)))


def closest_advice(name: str, columns: Sequence[str], otherwise: str) -> str:
    """What to do about an extract with these columns that the mapping `name`, an id or a path, can't read.

    `otherwise` is what to do with a mapping of one's own if no shipped one fits. Reads every shipped
    mapping: only for a run that fails anyway.
    """
    own = _fit(name, columns)
    if own is None:
        return otherwise
    shipped = shipped_mappings()
    lines = [f"{own.found} of the {own.wanted} columns that {name} reads are there."]
    others = [fit for each in shipped if each != name and (fit := _fit(each, columns)) and fit.share > own.share]
    best = max(others, key=lambda fit: (not fit.lacking, fit.share, -len(fit.name)), default=None)
    of = f"{best.name}: {best.found} of the {best.wanted} columns that it reads" if best else ""
    if best and not best.lacking:
        return "\n".join([*lines, f"This file fits {of}."])
    if not own.lacking:  # the columns are the mapping's own: it is a code that is amiss
        return otherwise
    if best and best.share >= WORTH_NAMING:
        lines.append(f"The nearest mapping that comes with the tool is {of}.")
    else:
        lines.append("No mapping that comes with the tool fits better.")
    lines.append("mappings/README.md says how to write one." if name in shipped else otherwise)
    return "\n".join(lines)


def told_by(name: str, columns: Sequence[str], told: tuple[str, frozenset[str]] | None) -> str | None:
    """The shipped mapping other than `name` that knows all these codes of a column, and lacks none of its own.

    told: the column and codes that tell which sample a row is of (OtherExtractError). Of two mappings, the one whose
    codes each tell a sample alone before the one whose codes stand together: it takes any part of a file.
    """
    if told is None or not told[1]:
        return None
    found: list[tuple[bool, int, str]] = []
    for other, path in shipped_mappings().items():
        mapping, _ = read_mapping(path)
        fit = _fit(str(path), columns)
        if other == name or mapping is None or fit is None or fit.lacking:
            continue
        for _, fact in mapping.sample.from_columns:
            values = [codes for _, codes in fact.codes]
            groups = values if fact.together else [[code for codes in values for code in codes]]
            if told[0] in fact.columns and any(_holds_all(codes, told[1]) for codes in groups):
                found.append((fact.together, len(other), other))
    return min(found)[2] if found else None


def _holds_all(codes: Sequence[Code], cells: Iterable[str]) -> bool:
    return all(any(_is(code, cell) for code in codes) for cell in cells)


def _is(code: Code, cell: str) -> bool:
    number = number_of(cell)
    if code.is_range:
        return code.holds_text(cell) if number is None else code.holds_number(number)
    return code.text == cell or (number is not None and code.low == number)


def _fit(name: str, columns: Sequence[str]) -> Fit | None:
    """None for a mapping with errors."""
    mapping, _ = read_mapping(find_mapping(name))
    if mapping is None:
        return None
    extract = ExtractColumns(columns)
    wanted = _wanted(mapping)
    there = {names: extract.first(Source(names)) is not None for names in wanted}
    lacking = sum(needed and not there[names] for names, needed in wanted.items())
    most = 1.0
    if mapping.extends and (path := shipped_mappings().get(mapping.extends[0])):
        base, extended = _fit(str(path), columns), read_mapping(path)[0]
        if base and extended and not base.lacking and _names(wanted) <= _names(_wanted(extended)):
            most = base.share
    return Fit(name, sum(there.values()), len(there), lacking, most)


def _names(wanted: dict[tuple[str, ...], bool]) -> set[str]:
    return {name for names in wanted for name in names}


def _wanted(mapping: Mapping) -> dict[tuple[str, ...], bool]:
    """The columns that a mapping reads, a first-list as one, and whether it can't do without."""
    wanted: dict[tuple[str, ...], bool] = {}
    for each in mapping.variables.values():
        rule = each.rule
        assert isinstance(rule, Rule)
        for source in rule.sources:
            wanted[source.names] = wanted.get(source.names, False) or not rule.optional
    for _, fact in mapping.sample.from_columns:
        wanted[fact.columns] = True
    facts = (*mapping.design.columns, *mapping.keys.household)
    person = (mapping.keys.person,) if mapping.keys.person else ()
    for column in (*facts, *person, *(mapping.include.columns if mapping.include else ())):
        wanted[column,] = column not in mapping.design.optional
    return wanted
