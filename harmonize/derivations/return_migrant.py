"""Native-born persons who lived abroad and came back.

By the question that looks back furthest of those the sample has: ever, five years ago, one year ago.
Not applicable to the foreign-born and to those too young for the question.
"""

from __future__ import annotations

from collections.abc import Set as AbstractSet

from harmonize.derivations.bounds import bounds_of
from harmonize.derivations.classify import first_of, is_
from harmonize.derivations.context import Context
from harmonize.lazily import pl
from harmonize.schema.variable import NOT_APPLICABLE, UNKNOWN

NAME = "return_migrant"
CATEGORIES = ("yes", "no", UNKNOWN, NOT_APPLICABLE)
# variable, basis, the youngest who can answer it, category of a yes, category of a no
QUESTIONS = (
    ("ever_lived_abroad", "ever", 0, "yes", "no"),
    ("residence_5_years_ago", "5 years", 5, "abroad", "same_country"),
    ("residence_1_year_ago", "1 year", 1, "abroad", "same_country"),
)
NEEDS = tuple(("nativity", question[0]) for question in QUESTIONS)


def rule(available: AbstractSet[str], context: Context) -> pl.Expr | None:
    """Enum expression, or None without nativity or without any of the three questions."""
    question = next((each for each in QUESTIONS if each[0] in available), None)
    if question is None or "nativity" not in available:
        return None
    variable, _, youngest, yes, no = question
    youngest = max(youngest, context.min_age(variable, youngest))
    native = is_("nativity", "native_born")
    too_young = pl.lit(False)
    if "age" in available and youngest > 0:
        too_young = bounds_of("age", available).high < youngest
    return first_of(
        CATEGORIES,
        [
            (is_("nativity", "foreign_born"), NOT_APPLICABLE),
            (native & too_young, NOT_APPLICABLE),
            (native & is_(variable, yes), "yes"),
            (native & is_(variable, no), "no"),
            (native & is_(variable, NOT_APPLICABLE), NOT_APPLICABLE),
        ],
    )


def notes(available: AbstractSet[str], context: Context) -> dict[str, str]:
    """`return_basis`: how far back the question looks."""
    return next(({"return_basis": basis} for name, basis, *_ in QUESTIONS if name in available), {})
