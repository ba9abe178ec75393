"""Migratory status: on each basis, by other definitions of a migrant, and as the mother's or the head's."""

from __future__ import annotations

from collections.abc import Iterable

import polars as pl

#: Migratory status on each basis: the harmonised column, and its categories as migrant or not.
BASES: dict[str, tuple[str, dict[str, str]]] = {
    "nativity": ("nativity", {"foreign_born": "migrant", "native_born": "non_migrant"}),
    "citizenship": (
        "citizenship_status",
        {"foreign_citizen": "migrant", "stateless": "migrant", "citizen": "non_migrant"},
    ),
}
STATUS = ("migrant", "non_migrant", "unknown")

#: Other definitions of a migrant: the variables that decide it, and what column `basis` says of it. `recent` has
#: arrived under 5 years ago; everybody else, foreign-born or not, is then a non-migrant.
DEFINITIONS: dict[str, tuple[tuple[str, ...], str]] = {
    "birth": (("nativity",), "nativity"),
    "citizenship": (("citizenship_status",), "citizenship"),
    "either": (("nativity", "citizenship_status"), "nativity_or_citizenship"),
    "recent": (("nativity", "duration_of_stay"), "nativity"),
}


def status_column(basis: str) -> str:
    """The working column that holds migratory status on this basis."""
    return f"_status_by_{basis}"


def status_expressions(available: Iterable[str]) -> list[pl.Expr]:
    """Migratory status (Enum of STATUS) on every basis whose column there is."""
    have = set(available)
    return [
        pl.col(column)
        .cast(pl.String)
        .replace_strict(categories, default="unknown", return_dtype=pl.Enum(STATUS))
        .alias(status_column(basis))
        for basis, (column, categories) in BASES.items()
        if column in have
    ]


def definition_expressions(available: Iterable[str]) -> list[pl.Expr]:
    """Migratory status (Enum of STATUS) by every one of DEFINITIONS whose variables there are."""
    have = set(available)
    known = {basis: pl.col(column).cast(pl.String) for basis, (column, _) in BASES.items() if column in have}
    status = {
        basis: text.replace_strict(BASES[basis][1], default="unknown", return_dtype=pl.String)
        for basis, text in known.items()
    }
    found = {"birth": status.get("nativity"), "citizenship": status.get("citizenship")}
    if len(status) == len(BASES):
        each = list(status.values())
        found["either"] = (
            pl.when(pl.any_horizontal(one == "migrant" for one in each))
            .then(pl.lit("migrant"))
            .when(pl.all_horizontal(one == "non_migrant" for one in each))
            .then(pl.lit("non_migrant"))
            .otherwise(pl.lit("unknown"))
        )
    if {"nativity", "duration_of_stay"} <= have:
        stay = pl.col("duration_of_stay").cast(pl.String)
        recent = (
            pl.when(stay == "0_4")
            .then(pl.lit("migrant"))
            .when(stay.is_in(["unknown", "not_applicable"]))
            .then(pl.lit("unknown"))
        )
        of_migrants = recent.otherwise(pl.lit("non_migrant"))
        found["recent"] = pl.when(status["nativity"] == "migrant").then(of_migrants).otherwise(status["nativity"])
    return [
        expr.cast(pl.Enum(STATUS)).alias(definition_column(name)) for name, expr in found.items() if expr is not None
    ]


def definition_column(definition: str) -> str:
    """The working column that holds migratory status by this definition."""
    return f"_status_if_{definition}"


def settled_column(status: str) -> str:
    """The working column that holds this status, unknown of migrants who arrived within the last 12 months."""
    return f"{status}_of_settled"


def settled(status: str) -> pl.Expr:
    """That status; the frame has the column `status` and `duration_detail`."""
    just_arrived = (pl.col("duration_detail").cast(pl.String) == "under_1").fill_null(False)
    return (
        pl.when(just_arrived & (pl.col(status) == "migrant"))
        .then(pl.lit("unknown", dtype=pl.Enum(STATUS)))
        .otherwise(pl.col(status))
        .alias(settled_column(status))
    )


def mother_column() -> str:
    """The working column that holds the migratory status of a person's mother, by nativity."""
    return "_status_of_mother"


def mothers(available: Iterable[str]) -> list[pl.Expr]:
    """Migratory status (Enum of STATUS) of the mother, where it can be known."""
    if "nativity_of_mother" not in set(available):
        return []
    mother = pl.col("nativity_of_mother").cast(pl.String)
    status = mother.replace_strict(BASES["nativity"][1], default="unknown", return_dtype=pl.Enum(STATUS))
    return [status.alias(mother_column())]


def head_column(status: str) -> str:
    """The working column that holds this status of the head of a person's household."""
    return f"{status}_of_head"


def of_head(status: str) -> pl.Expr:
    """That status, of the first where there are several heads, unknown where there is none.

    The frame has the column `status`, `relationship_to_head`, and `_hh`, the number of the household.
    """
    is_head = (pl.col("relationship_to_head") == "head").fill_null(False)
    head = pl.col(status).filter(is_head).first().over("_hh")
    return head.fill_null(pl.lit("unknown", dtype=pl.Enum(STATUS))).alias(head_column(status))


def status_steps(available: Iterable[str], *, heads: bool, definitions: bool) -> list[list[pl.Expr]]:
    """All working columns of migratory status, to be added with `with_columns` one list after the other.

    heads: also those of the head; the frame then has `_hh`. definitions: also those by DEFINITIONS.
    """
    have = set(available)
    own = status_expressions(have) + (definition_expressions(have) if definitions else [])
    names = [expr.meta.output_name() for expr in own]
    further = mothers(have)
    if "duration_detail" in have:
        further += [settled(name) for name in names]
    if heads and "relationship_to_head" in have:
        further += [of_head(name) for name in names]
    return [own, further]
