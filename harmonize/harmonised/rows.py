"""The rows of harmonised microdata: the schema's columns, then what identifies and weights a person.

`_sample _household _person _stratum _cluster _weight` are always there. Of a mapping that has them also
`_replicate_1` and so on (replicate weights), `_include`, `_persons` (of a dwelling) and `_fpc`. Beside a number
stand `<name>__na` (missing because not applicable) and, where it may be a class, `<name>__low` and `<name>__high`;
beside a category that has `others` of its universe `<name>__na` (not asked). What a sample of a pooled extract was not
asked is blank, in `<name>` of a category and in `<name>__na` of a number.
"""

from __future__ import annotations

import polars as pl

from harmonize.facts import blank_throughout
from harmonize.harmonised.replicate_columns import replicate_columns
from harmonize.plan import Plan
from harmonize.rules.extract_columns import source_column
from harmonize.sample_plan import COMPANIONS
from harmonize.schema import VARIABLES
from harmonize.tabulate.strata import plain_name
from harmonize.weights import number

DESIGN = ("_sample", "_household", "_person", "_stratum", "_cluster", "_weight")


def variables_of(plan: Plan) -> list[str]:
    """The variables that the extract fills, in the order of the schema."""
    return [name for name in VARIABLES if name in plan.harmoniser.available]


def companions_of(plan: Plan) -> list[str]:
    """The columns beside the numbers."""
    made = {expr.meta.output_name() for expr in plan.harmoniser.expressions}
    found = [f"{name}__{what}" for name in variables_of(plan) for what in COMPANIONS]
    return [name for name in found if name in made or _may_be_blank(plan, name)]


def harmonised_rows(plan: Plan, frame: pl.DataFrame, first_row: int) -> pl.DataFrame:
    """The rows of a harmonised batch (see Plan.harmonise) with `_hh` and `_include`.

    first_row: 1-based number of the batch's first row, which names a household without a key.
    """
    design, keys = plan.mapping.design, plan.mapping.keys
    made = {expr.meta.output_name() for expr in plan.harmoniser.expressions}
    row = pl.int_range(pl.len()) + first_row
    household = _joined(keys.household) if keys.household else row.cast(pl.String)
    columns: dict[str, pl.Expr] = {}
    for name in variables_of(plan):
        known = name in plan.harmoniser.unmapped and plan.pooled and VARIABLES[name].values
        blank = blank_throughout(plan.harmoniser, name) if known else pl.lit(False)
        columns[name] = pl.when(~blank).then(pl.col(name)) if known else pl.col(name)
    columns["_household"] = household
    within = pl.int_range(pl.len()).over("_hh") + 1
    columns["_person"] = pl.col(source_column(keys.person)) if keys.person else within.cast(pl.String)
    columns["_stratum"] = plain_name(design.stratum) if design.stratum else pl.lit(None, pl.String)
    columns["_cluster"] = plain_name(design.cluster) if plan.clustered else household
    columns["_weight"] = number(source_column(design.person_weight)) if design.person_weight else pl.lit(1.0)
    replicates = design.replicate.columns if design.replicate else ()
    for name, source in zip(replicate_columns(len(replicates)), replicates, strict=True):
        columns[name] = number(source_column(source))
    if plan.mapping.include:
        columns["_include"] = pl.col("_include")
    if design.size:
        columns["_persons"] = number(source_column(design.size))
    if design.fpc and design.fpc.column:
        columns["_fpc"] = number(source_column(design.fpc.column))
    for name in companions_of(plan):
        variable = name.rpartition("__")[0]
        columns[name] = pl.col(name) if name in made else pl.lit(False)
        if _may_be_blank(plan, name):
            columns[name] = pl.when(~blank_throughout(plan.harmoniser, variable)).then(columns[name])
    named = {"_sample": pl.col("_sample"), **columns}
    order = [*variables_of(plan), *DESIGN]
    order += [name for name in named if name not in order]
    return frame.select(named[name].alias(name) for name in order)


def _may_be_blank(plan: Plan, companion: str) -> bool:
    name, _, what = companion.rpartition("__")
    is_number = name in VARIABLES and VARIABLES[name].kind == "number"
    return what == "na" and is_number and plan.pooled and name in plan.harmoniser.unmapped


def _joined(columns: tuple[str, ...]) -> pl.Expr:
    return pl.concat_str([pl.col(source_column(name)) for name in columns], separator=":")
