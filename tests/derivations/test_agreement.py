"""The expressions and the plain reference agree on generated samples."""

from __future__ import annotations

import importlib.util
import math
import sys
from pathlib import Path
from typing import Any

import polars as pl
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from harmonize.derivations import DERIVATIONS, Context, contradictions, derive
from harmonize.schema import VARIABLES


def _load_reference() -> Any:
    path = Path(__file__).parents[1] / "reference" / "derivations.py"
    spec = importlib.util.spec_from_file_location("reference_derivations", path)
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    sys.modules[spec.name] = module
    spec.loader.exec_module(module)
    return module


reference = _load_reference()

# Places near each other, so that generated samples meet the border cases.
SOME_PLACES = (
    *(
        "MEX",
        "KAZ",
        "RUS",
        "SRB",
        "XKX",
        "SVK",
        "DEU",
        "ETH",
        "ERI",
        "USA",
        "PRI",
        "GUM",
        "ATA",
        "YUG",
        "CUW",
    ),
    *("SUN", "SCG", "CSK", "DDR", "ETH+ERI", "ANT", "PCI", "EGY+SDN", "ALB+BGR+CSK+HUN+ROU+YUG"),
    *("M49:014", "M49:151", "M49:202", "M49:419", "M49:150", "domestic", "foreign_unspecified"),
    *("unknown", "not_applicable"),
)
COUNTRIES = ("MEX", "KAZ", "RUS", "SRB", "XKX", "SVK", "DEU", "ETH", "ERI", "USA", "ATA", "YUG", "CSK")
CATEGORICAL = (
    *("nativity", "nativity_mother", "nativity_father", "generation", "citizenship_status"),
    *("citizenship_detail", "residence_1_year_ago", "residence_5_years_ago", "ever_lived_abroad"),
    "reason_for_migration",
)
PLACES = ("country_of_birth", "country_of_birth_mother", "country_of_birth_father")
NUMBERS = {
    "age": st.integers(0, 110),
    "years_since_arrival": st.integers(-3, 90),
    "year_of_arrival": st.integers(1930, 2030),
}
PARENTS = tuple(name for name in (*CATEGORICAL, *PLACES) if name.endswith(("mother", "father")))
MAYBE_ASKED = ("citizenship_status", "country_of_citizenship")


def _values(name: str) -> st.SearchStrategy[Any]:
    if name in PLACES:
        return st.sampled_from(SOME_PLACES)
    if name == "country_of_citizenship":
        return st.sampled_from((*SOME_PLACES, "stateless"))
    return st.sampled_from(VARIABLES[name].values)


@st.composite
def _number(draw: st.DrawFn, name: str, classed: bool, marked: bool) -> dict[str, Any]:
    low = draw(st.none() | NUMBERS[name])
    cells: dict[str, Any] = {name: None if low is None else float(low)}
    if classed:
        width = draw(st.sampled_from((0, 0, 1, 4, 9, math.inf)))
        cells[f"{name}__high"] = None if low is None else low + width
        cells[f"{name}__low"] = cells[name]
        if low is not None and draw(st.sampled_from((False, False, True))):
            # "1950 or before": open below, and so is the value itself.
            cells |= {name: -math.inf, f"{name}__low": -math.inf, f"{name}__high": float(low)}
    if marked:
        cells[f"{name}__na"] = low is None and draw(st.booleans())
    return cells


@st.composite
def samples(draw: st.DrawFn) -> tuple[list[dict[str, Any]], Any]:
    """Persons of one sample, all with the same variables, and the facts of the sample."""
    names = draw(st.sets(st.sampled_from((*CATEGORICAL, *PLACES, "country_of_citizenship"))))
    numbers = draw(st.sets(st.sampled_from(tuple(NUMBERS))))
    classed = {name: draw(st.booleans()) for name in sorted(numbers)}
    marked = {name: draw(st.booleans()) for name in sorted(numbers)}
    others = draw(
        st.fixed_dictionaries(
            {},
            optional={
                "citizenship_status": st.just("citizen"),
                "country_of_citizenship": st.just("domestic"),
            },
        )
    )
    facts = reference.Facts(
        country=draw(st.sampled_from(COUNTRIES)),
        year=2020,
        territories=draw(st.sampled_from(((), ("PRI", "GUM"), ("ERI", "CUW")))),
        concept=draw(st.sampled_from(("birthplace", "citizenship_at_birth"))),
        through=frozenset(draw(st.sets(st.sampled_from(PARENTS)))),
        min_age=draw(
            st.dictionaries(st.sampled_from(("ever_lived_abroad", "residence_5_years_ago")), st.integers(0, 20))
        ),
        only_foreign_born=frozenset(draw(st.sets(st.sampled_from(MAYBE_ASKED)))),
        others=others,
    )
    persons = []
    for _ in range(draw(st.integers(1, 6))):
        person: dict[str, Any] = {name: draw(_values(name)) for name in sorted(names)}
        for name in sorted(numbers):
            person |= draw(_number(name, classed[name], marked[name]))
        persons.append(person)
    return persons, facts


def _frame(persons: list[dict[str, Any]], facts: Any) -> pl.DataFrame:
    schema: dict[str, Any] = {}
    for name in persons[0]:
        variable = VARIABLES.get(name)
        marks = pl.Boolean() if name.endswith("__na") else pl.Float64()
        schema[name] = variable.dtype if variable is not None else marks
    frame = pl.DataFrame({"_row": range(len(persons))})
    if schema:
        frame = frame.hstack(pl.DataFrame(persons, schema=schema))
    return frame.with_columns(_country=pl.lit(facts.country), _year=pl.lit(facts.year, dtype=pl.Int32))


def _context(facts: Any) -> Context:
    universes: dict[str, dict[str, Any]] = {name: {"min_age": age} for name, age in facts.min_age.items()}
    for name in facts.only_foreign_born:
        universes.setdefault(name, {})["nativity"] = "foreign_born"
    for name, others in facts.others.items():
        universes.setdefault(name, {})["others"] = others
    return Context(
        territories=facts.territories,
        universes=universes,
        options={"nativity": {"concept": facts.concept}},
        through=facts.through,
    )


@settings(max_examples=400, suppress_health_check=[HealthCheck.too_slow])
@given(samples())
def test_expressions_and_the_row_by_row_reference_derive_the_same(sample: Any) -> None:
    persons, facts = sample
    frame, context = _frame(persons, facts), _context(facts)
    found = contradictions(set(persons[0]), context)
    conflicts = frame.select("_row", *(expression.alias(name) for name, expression in found.items()))
    derived = derive(set(persons[0]), context)
    for name, expression in derived:
        frame = frame.with_columns(expression)
        assert frame[name].null_count() == 0
        assert frame[name].dtype == pl.Enum(_categories(name))
    frame = frame.select("_row", *(name for name, _ in derived))
    assert frame.rows(named=True) == [
        {"_row": row, **reference.derive_person(person, facts)} for row, person in enumerate(persons)
    ]
    assert conflicts.rows(named=True) == [
        {"_row": row, **reference.contradictions(person, facts)} for row, person in enumerate(persons)
    ]


def _categories(name: str) -> tuple[str, ...]:
    return next(each.CATEGORIES for each in DERIVATIONS if name == each.NAME)
