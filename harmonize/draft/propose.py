"""The column for each variable of the schema, and what its codes mean."""

from __future__ import annotations

from dataclasses import replace

from harmonize.derivations.arrival import ASKED
from harmonize.draft.asked import asked
from harmonize.draft.categories import category_codes, place_codes
from harmonize.draft.numbers import number_codes, pooled_years
from harmonize.draft.places import is_of_people
from harmonize.draft.proposal import Codes, Given, Proposal
from harmonize.draft.sources import Told
from harmonize.draft.words import Words, all_words
from harmonize.readers.ddi import CodebookVariable
from harmonize.schema import VARIABLES
from harmonize.schema.places import DOMESTIC

LEAST = 0.55
"""How sure a column must be to be proposed; what is less is told at the end of a draft."""
MANY = 100
"""A number up to more than this has more values than a list of classes."""
SURE_OF_PEOPLE = 0.75
LEAST_COVERAGE = 0.5
"""The share of a column's labels that must mean something to us."""


def proposals(told: Told, home: str | None, year: int | None = None) -> list[Proposal]:
    """The likeliest column for each variable, in the order of the schema; none where none is likely enough.

    home: the country of enumeration, alpha-3. year: of the census, where it is one.
    """
    found = []
    for name, words in all_words().items():
        columns = [each for each in told.variables.values() if not _may_be_classes(name, each, told)]
        fits = [fit for column in columns if (fit := _fit(name, words, column, home, year))]
        fits.sort(key=lambda fit: -fit.sure)
        if fits:
            others = tuple((fit.column.name, fit.sure) for fit in fits[1:4])
            found.append(replace(fits[0], others=others))
    order = list(VARIABLES)
    return sorted(found, key=lambda proposal: order.index(proposal.variable))


def unlabelled(told: Told) -> list[tuple[str, str]]:
    """Columns that are some variable by name or label, but nothing says what their codes are: column, variable."""
    return [
        (column.name, name)
        for column in told.variables.values()
        for name, words in all_words().items()
        if not column.labels and (VARIABLES[name].kind != "number" or _may_be_classes(name, column, told))
        if words.likeness(column.name, column.label)[0] >= LEAST
    ]


def _may_be_classes(name: str, column: CodebookVariable, told: Told) -> bool:
    """Whether few numbers without labels stand for a number that has many: ages in classes, not in years."""
    maximum = VARIABLES[name].maximum
    return column.name in told.few and maximum is not None and maximum > MANY


def _fit(name: str, words: Words, column: CodebookVariable, home: str | None, year: int | None) -> Proposal | None:
    """How the column fits the variable, None where it doesn't."""
    likely, why = words.likeness(column.name, asked(column.label, home, year))
    if likely < LEAST:
        return None
    codes = codes_of(name, column, home)
    if codes is None or codes.coverage < LEAST_COVERAGE:
        return None
    sure = likely * (0.6 + 0.4 * codes.coverage)
    if any(each.value == DOMESTIC for each in codes.given):  # a list that tells natives too is that of everybody
        sure = min(0.97, sure + 0.1)
    return Proposal(name, column, round(sure, 2), why, codes) if sure >= LEAST else None


def _with_citizens(codes: Codes, home: str) -> Codes:
    """With `citizen` for labels that are open and name the people of the country of enumeration."""
    theirs = [(code, label) for code, label in codes.unclear if is_of_people(label, home)]
    given = (*codes.given, *(Given(code, label, "citizen", SURE_OF_PEOPLE) for code, label in theirs))
    return replace(codes, given=given, unclear=tuple(each for each in codes.unclear if each not in theirs))


def codes_of(name: str, column: CodebookVariable, home: str | None) -> Codes | None:
    """What the codes of a column mean as the variable `name`, None where they are of another kind than it."""
    variable = VARIABLES[name]
    if name == ASKED:
        return pooled_years(column.labels) if column.numeric else None
    if variable.kind == "number":
        codes = number_codes(column.labels, variable)
        return codes if codes and (column.numeric or codes.bands) else None
    if not column.labels:
        return None
    codes = (
        place_codes(column.labels, home)
        if variable.kind == "place"
        else category_codes(column.labels, variable, all_words()[name])
    )
    if name == "citizenship_status" and home:
        codes = _with_citizens(codes, home)
    return codes if len({each.value for each in codes.meant}) > 1 else None
