"""Named populations: the words of universes, denominators and numerators."""

from __future__ import annotations

from typing import TYPE_CHECKING

from harmonize.indicators.model import Population, join_parts

if TYPE_CHECKING:
    import polars as pl


def category(words: str, variable: str, *values: str) -> Population:
    """Persons whose `variable` (a category of the common schema) is one of `values`."""

    def build() -> pl.Expr:
        import polars as pl

        condition = pl.col(variable) == values[0]
        for value in values[1:]:
            condition = condition | (pl.col(variable) == value)
        return condition

    return Population(words, (variable,), build, categories=(variable, values))


def all_of(*parts: Population) -> Population:
    """Persons in every one of the populations."""
    return join_parts(parts, "and")


def together(words: str, *parts: Population) -> Population:
    """Those in all the parts, as one condition: it is left out whole if one of its questions was not asked."""
    condition = all_of(*parts)
    return Population(words, condition.needs, condition.expr)


def any_of(*parts: Population) -> Population:
    """Persons in at least one of the populations."""
    return join_parts(parts, "or")


def aged(lowest: int | None, highest: int | None = None) -> Population:
    """Persons of `lowest` to `highest` completed years, both included; None is open on that side."""
    if lowest is None and highest is None:
        raise ValueError("an age range needs at least one end")
    if highest is None:
        words = f"aged {lowest} and over"
    elif lowest is None:
        words = f"aged {highest} and under"
    else:
        words = f"aged {lowest}–{highest}"

    def build() -> pl.Expr:
        import polars as pl

        age = pl.col("age")
        condition = age.is_finite()
        if lowest is not None:
            condition = condition & (age >= lowest)
        if highest is not None:
            condition = condition & (age < highest + 1)
        return condition

    return Population(words, ("age",), build, ages=(lowest, highest))


def women() -> Population:
    """Women and girls."""
    return category("women", "sex", "female")


def in_union() -> Population:
    """Persons married or in a union now."""
    return category("married or in a union", "marital_status", "married", "in_union")


def urban() -> Population:
    """Residents of urban areas, by the country's own definition."""
    return category("living in urban areas", "urban_rural", "urban")


def in_private_households() -> Population:
    """Persons who live in private households: not in institutions, other collective quarters or homeless."""
    return category("living in private households", "living_quarters", "private_household")


def outside_institutions() -> Population:
    """Persons who do not live in institutions such as barracks, prisons and care homes."""
    return category(
        "not living in institutions", "living_quarters", "private_household", "other_collective", "homeless"
    )


def employed() -> Population:
    """Employed persons, members of the armed forces included (ILO)."""
    return category("employed", "labour_force_status", "employed")


def not_employed() -> Population:
    """Unemployed persons and those outside the labour force."""
    return category("not employed", "labour_force_status", "unemployed", "outside_labour_force")


def unemployed() -> Population:
    """Unemployed persons."""
    return category("unemployed", "labour_force_status", "unemployed")


def in_labour_force() -> Population:
    """The labour force: employed and unemployed persons."""
    return category("in the labour force", "labour_force_status", "employed", "unemployed")


def attending_school() -> Population:
    """Persons who attend school or another formal education."""
    return category("attending education", "school_attendance", "attending")


def not_attending_school() -> Population:
    """Persons who do not attend formal education now, or never have."""
    return category("not attending education", "school_attendance", "not_attending", "never_attended")


def in_training() -> Population:
    """Persons who took part in non-formal education or training in the last 12 months."""
    return category("in training", "training_12_months", "yes")


def not_in_training() -> Population:
    """Persons who took part in no training, those whom the form did not ask about it included."""
    return category("in no training", "training_12_months", "no", "not_applicable")
