"""The whole way from raw rows to the estimates table, one row after the other and in plain Python.

Written from the contract, never to be optimised. Of the package it uses what the other references use,
the table of places. Derivations, masks and estimates are those of the references beside this file.

A mapping is a `Small`, a raw row a dict column → text. `as_yaml` writes a Small as a mapping file.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from fractions import Fraction
from typing import Any

from tests.reference.derivations import Facts, derive_person, nativity
from tests.reference.estimates import Domain, cells_of, estimate_level, inside
from tests.reference.indicators import judge

Raw = dict[str, str]
Codes = dict[str, list[str]]
Cell = tuple[tuple[str, str], ...]
Series = tuple[str, str]
Key = tuple[str, str, str, str, Cell]
BLANK = "blank"

TABLES = ((), ("nativity",), ("migratory_status",), ("migratory_status", "sex"))
NEEDS = {
    ("8.6.1", "neet"): ("age", "labour_force_status", "school_attendance"),
    ("8.5.2", "unemployment"): ("age", "labour_force_status"),
    ("4.3.1", "participation_15_24"): ("age", "school_attendance"),
    ("4.3.1", "participation_25_64"): ("age", "school_attendance"),
    ("4.6.1", "literacy_15_plus"): ("age", "literacy"),
    ("4.6.1", "literacy_15_24"): ("age", "literacy"),
    ("7.1.1", "electricity"): ("electricity",),
    ("1.4.1", "electricity"): ("electricity",),
    ("1.4.1", "all_asked"): ("electricity",),
}


@dataclass(frozen=True)
class Branch:
    """If all comparisons (column, operator, codes) hold, the category."""

    comparisons: tuple[tuple[str, str, tuple[str, ...]], ...]
    then: str


@dataclass(frozen=True)
class Rule:
    """codes: category → codes of `column` (for a number only `unknown` and `not_applicable`).

    branches are tried first, over any numeric columns. min_age and others: whom the form asked;
    foreign_born: it asked only them.
    """

    column: str
    codes: Codes
    number: bool = False
    branches: tuple[Branch, ...] = ()
    min_age: int = 0
    foreign_born: bool = False
    others: str = ""


@dataclass(frozen=True)
class Small:
    """A mapping: its rules and its design. Empty names of columns: it has none."""

    variables: dict[str, Rule]
    country: str = "KEN"
    year: int = 2019
    sample: str = ""
    weight: str = ""
    household: str = ""
    stratum: str = ""
    cluster: str = ""
    include: tuple[str, str, tuple[str, ...]] | None = None


# ---- a mapping file


def as_yaml(small: Small) -> str:
    """The Small as a mapping file of the contract."""
    identity = f"{{from: {small.sample}}}" if small.sample else "MADE"
    design = {"person_weight": small.weight, "stratum": small.stratum, "cluster": small.cluster}
    parts = [f"{name}: {column}" for name, column in design.items() if column]
    parts.append("weight_decimals: 2" if small.weight else "full_count: true")
    lines = [
        "mapping: made",
        "version: 1.0.0",
        "title: made by a test",
        'source: {producer: made, citation: made, documentation: made, checked_on: "2026-11-24"}',
        f"sample: {{id: {identity}, country: {small.country}, year: {small.year}, kind: census}}",
        f"design: {{{', '.join(parts)}}}",
    ]
    if small.household:
        lines.append(f"keys: {{household: {small.household}}}")
    if small.include:
        lines.append(f'include: {{if: "{comparison(small.include)}", reason: made}}')
    lines.append("variables:")
    for name, rule in small.variables.items():
        lines += [f"  {name}:", *(f"    {line}" for line in rule_lines(rule))]
    return "\n".join(lines) + "\n"


def rule_lines(rule: Rule) -> list[str]:
    codes = f"{{{', '.join(f'{category}: {listed(given)}' for category, given in rule.codes.items())}}}"
    columns = {rule.column, *(column for branch in rule.branches for column, _, _ in branch.comparisons)}
    lines = [f"from: {rule.column}" if len(columns) == 1 else f"from: [{', '.join(sorted(columns))}]"]
    if rule.number:
        lines += ["number: {}", f"missing: {codes}"] if rule.codes else ["number: {}"]
    elif rule.branches:
        lines.append("when:")
        for branch in rule.branches:
            condition = " AND ".join(comparison(each) for each in branch.comparisons)
            lines.append(f'  - {{if: "{condition}", then: {branch.then}}}')
        lines.append(f"  - {{else: {{from: {rule.column}, codes: {codes}}}}}")
    else:
        lines.append(f"codes: {codes}")
    if rule.min_age:
        lines.append(f"universe: {{min_age: {rule.min_age}}}")
    if rule.foreign_born:
        lines.append("universe: foreign_born")
    if rule.others:
        lines.append(f"others: {rule.others}")
    return lines


def listed(codes: list[str]) -> str:
    return f"[{', '.join(code if bare(code) else f'{chr(34)}{code}{chr(34)}' for code in codes)}]"


def bare(code: str) -> bool:
    return code == BLANK or ".." in code or as_number(code) is not None


def comparison(given: tuple[str, str, tuple[str, ...]]) -> str:
    column, operator, codes = given
    if operator == "IS NULL":
        return f"{column} IS NULL"
    return f"{column} IN ({', '.join(codes)})" if operator == "IN" else f"{column} {operator} {codes[0]}"


# ---- harmonise


def as_number(text: str) -> Fraction | None:
    try:
        return Fraction(text.strip())
    except ValueError:
        return None


def category_of(cell: str, codes: Codes) -> str | None:
    """The category whose codes hold the cell; numbers as numbers if all the codes are numbers."""
    given = [code for several in codes.values() for code in several if code != BLANK]
    numeric = all(bare(code) for code in given)
    for category, several in codes.items():
        if any(same(cell, code, numeric) for code in several):
            return category
    return None


def same(cell: str, code: str, numeric: bool) -> bool:
    if not cell.strip() or code == BLANK:
        return not cell.strip() and code == BLANK
    if not numeric:
        return cell.rstrip(" ") == code.rstrip(" ")
    value = as_number(cell)
    if value is None:
        return False
    if ".." not in code:
        return value == as_number(code)
    low, high = (as_number(end) for end in code.split(".."))
    assert low is not None
    assert high is not None
    return value.denominator == 1 and low <= value <= high


def holds(raw: Raw, given: tuple[str, str, tuple[str, ...]]) -> bool:
    """One comparison of a numeric column; a missing cell fulfils none but IS NULL."""
    column, operator, codes = given
    value = as_number(raw[column]) if raw[column].strip() else None
    if operator == "IS NULL":
        return value is None
    if value is None:
        return False
    among = [as_number(code) for code in codes]
    return value in among if operator in ("=", "IN") else value not in among


def harmonised(rule: Rule, raw: Raw) -> str | float | None:
    cell = raw[rule.column]
    if rule.number:
        if category_of(cell, rule.codes):
            return None
        value = as_number(cell)
        assert value is not None, "the test made a row that its mapping does not map"
        return float(value)
    for branch in rule.branches:
        if all(holds(raw, each) for each in branch.comparisons):
            return branch.then
    category = category_of(cell, rule.codes)
    assert category, "the test made a row that its mapping does not map"
    return category


def harmonise(small: Small, raw: Raw, facts: Facts) -> dict[str, Any]:
    """The variables of one person, the derived ones included."""
    person = mapped(small, raw, facts)
    return {**person, **derive_person(person, facts)}


def mapped(small: Small, raw: Raw, facts: Facts) -> dict[str, Any]:
    """The variables that the mapping fills; a number that is not applicable is None like any other missing."""
    person: dict[str, Any] = {name: harmonised(rule, raw) for name, rule in small.variables.items() if told(rule)}
    birth = nativity(person, facts)
    if person.get("nativity") == "not_applicable" and "country_of_birth" in person:  # the birthplace tells it then
        birth = nativity({name: value for name, value in person.items() if name != "nativity"}, facts)
    for name, rule in small.variables.items():
        if rule.foreign_born and rule.others:
            if birth == "native_born":
                person[name] = rule.others
            elif person[name] == "not_applicable":
                person[name] = "unknown"
    return person


def asked(small: Small, rows: Sequence[Raw], facts: Facts) -> Small:
    """The mapping with what no row of these has an answer to left out: it was not asked in their sample."""

    def answered(name: str, rule: Rule) -> bool:
        if rule.foreign_born:  # natives did not reach the question
            reached = [raw for raw in rows if nativity(mapped(small, raw, facts), facts) != "native_born"]
            return any(harmonised(rule, raw) != "not_applicable" for raw in reached)
        if rule.number:
            return any(category_of(raw[rule.column], rule.codes) != "not_applicable" for raw in rows)
        return any(harmonised(rule, raw) != "not_applicable" for raw in rows)

    kept = {name: rule for name, rule in small.variables.items() if not told(rule) or answered(name, rule)}
    return replace(small, variables=kept)


def told(rule: Rule) -> bool:
    """Whether the variable is available: asked of all, or the mapping says what those not asked are."""
    return bool(not rule.foreign_born or rule.others)


def facts_of(small: Small) -> Facts:
    asked = {name for name, rule in small.variables.items() if rule.foreign_born}
    others = {name: rule.others for name, rule in small.variables.items() if rule.others}
    return Facts(small.country, small.year, only_foreign_born=frozenset(asked), others=others)


# ---- mask and estimate


def flags_of(series: tuple[str, str], person: dict[str, Any], small: Small) -> set[str]:
    floor = small.variables["labour_force_status"].min_age if "labour_force_status" in small.variables else 0
    verdict = judge(series, person, set(small.variables), floor)
    return {
        "left_out": {"base", "left_out"},
        "no": {"base", "universe"},
        "yes": {"base", "universe", "numerator"},
    }.get(verdict, set())


def status_of(person: dict[str, Any], basis: str) -> str:
    meant = {"native_born": "non_migrant", "foreign_born": "migrant"}
    if basis == "citizenship_status":
        meant = {"citizen": "non_migrant", "foreign_citizen": "migrant", "stateless": "migrant"}
    return meant.get(person[basis], "unknown")


def by_definition(person: dict[str, Any]) -> dict[str, str]:
    """Whether the person is a migrant, by each of the definitions whose variables there are."""
    found = {}
    if "nativity" in person:
        found["birth"] = status_of(person, "nativity")
    if "citizenship_status" in person:
        found["citizenship"] = status_of(person, "citizenship_status")
    if len(found) == 2:
        both = set(found.values())
        found["either"] = "migrant" if "migrant" in both else "unknown" if "unknown" in both else "non_migrant"
    if "nativity" in person and "duration_of_stay" in person:
        found["recent"] = found["birth"]
        if found["birth"] == "migrant" and person["duration_of_stay"] != "0_4":
            found["recent"] = (
                "unknown" if person["duration_of_stay"] in ("unknown", "not_applicable") else "non_migrant"
            )
    return found


def basis_of(persons: Sequence[dict[str, Any]]) -> str:
    """nativity if at least half have it known, else citizenship; empty if the sample has neither."""
    bases = [name for name in ("nativity", "citizenship_status") if name in persons[0]]
    known = {name: sum(status_of(each, name) != "unknown" for each in persons) for name in bases}
    if not bases:
        return ""
    if "nativity" in known and 2 * known["nativity"] >= len(persons):
        return "nativity"
    return bases[-1]


def whole(small: Small, rows: Sequence[Raw]) -> dict[Key, dict[str, Any]]:
    """(sample, indicator, series, disaggregation, cell) → the numbers of the level row."""
    found: dict[Key, dict[str, Any]] = {}
    for sample, persons, measurable in measured_samples(small, rows):
        for number, name in measurable:
            for dimensions in TABLES:
                if not set(dimensions) <= set(persons[0]["labels"]):
                    continue
                for cell in cells_of(persons, dimensions):
                    row = level_row(persons, f"{number} {name}", cell, sampled=bool(small.weight))
                    if row is not None:
                        found[sample, number, name, "*".join(dimensions) or "total", cell] = row
    return found


def measured_samples(small: Small, rows: Sequence[Raw]) -> Iterator[tuple[str, list[dict[str, Any]], list[Series]]]:
    """Each sample, its persons as tests/reference/estimates.py takes them, and the series that it measures."""
    facts = facts_of(small)
    samples: dict[str, list[tuple[int, Raw]]] = defaultdict(list)
    for place, raw in enumerate(rows):
        samples[raw[small.sample] if small.sample else "MADE"].append((place, raw))
    for sample, its_rows in samples.items():
        persons, measurable = one_sample(small, sample, its_rows, facts)
        if persons:
            yield sample, persons, [series for series in measurable if known_of_most(persons, " ".join(series))]


def known_of_most(persons: list[dict[str, Any]], series: str) -> bool:
    """Whether somebody counts in the series, and no more than half of the persons are left out of it."""
    total = Domain(persons, series, lambda person: True)
    return bool(total.n) and (total.left_out_share or 0) <= Fraction(1, 2)


def one_sample(
    small: Small, sample: str, rows: list[tuple[int, Raw]], facts: Facts
) -> tuple[list[dict[str, Any]], list[Series]]:
    """The persons of a sample, none if it has none, and the series whose variables it has."""
    included = [small.include is None or holds(raw, small.include) for _, raw in rows]
    if not any(included):
        return [], []
    if small.sample:
        small = asked(small, [raw for (_, raw), kept in zip(rows, included, strict=True) if kept], facts)
        facts = facts_of(small)
    people = [harmonise(small, raw, facts) for _, raw in rows]
    basis = basis_of([person for person, kept in zip(people, included, strict=True) if kept])
    measurable = [series for series, needs in NEEDS.items() if set(needs) <= set(small.variables)]
    persons = []
    for (place, raw), person, kept in zip(rows, people, included, strict=True):
        household = raw[small.household] if small.household else str(place)
        labels = {name: person[name] or "unknown" for name in ("nativity", "sex", "urban_rural") if name in person}
        if basis:
            labels["migratory_status"] = status_of(person, basis)
        labels |= {f"migrant by {name}": status for name, status in by_definition(person).items()}
        persons.append({
            "sample": sample,
            "stratum": raw[small.stratum].strip() if small.stratum else "",
            "cluster": raw[small.cluster].strip() if small.cluster else household,
            "weight": (raw[small.weight] if small.weight else "1") if kept else "0",
            "labels": labels,
            "series": {f"{n} {s}": flags_of((n, s), person, small) if kept else set() for n, s in measurable},
        })  # fmt: skip
    return persons, measurable


def level_row(persons: list[dict[str, Any]], series: str, cell: Cell, *, sampled: bool) -> dict[str, Any] | None:
    """A row in per cent; without an estimate where more than half of the persons are left out."""
    domain = Domain(persons, series, lambda person: inside(person, cell))
    if not domain.n and not domain.left_out:
        return None
    share = domain.left_out_share or Fraction(0)
    row: dict[str, Any] = {
        "n": domain.n, "n_numerator": domain.n_numerator, "population": float(domain.population),
        "left_out_share": float(share), "estimate": None, "se": None, "df": None,
    }  # fmt: skip
    level = estimate_level(persons, series, cell)
    if level is not None and share <= Fraction(1, 2):
        row["estimate"] = 100 * level["estimate"]
        if sampled:
            # one cluster tells nothing of how clusters vary
            alone = level["df"] < 1 and level["se"] == 0 and 0 < level["estimate"] < 1
            row |= {"se": None if alone else 100 * level["se"], "df": level["df"]}
    return row
