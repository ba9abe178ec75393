"""Pages of what is wrong with the cases beside a mapping: C001 to C005."""

from __future__ import annotations

from harmonize.lint.page import Page

PAGES = (
    Page(
        "C001",
        "no-cases",
        "warning",
        "The mapping has no cases file beside it; an error of a mapping that is shipped.",
        "Nobody has worked a row by hand: a wrong category would be noticed by nobody.",
        "my.yaml   # and no my.cases.yaml beside it",
        "Write one: `cases: [{name: a man at work, raw: {SEX: 1, EMPSTAT: 1}, harmonised: {sex: male, "
        "labour_force_status: employed}}]`.",
    ),
    Page(
        "C002",
        "unreadable-case",
        "error",
        "A cases file holds something else than cases.",
        "A case that can't be read is not run.",
        "cases:\n  - {raw: {SEX: 1}, harmonised: {sex: male}}",
        "Give each a sentence for a name, what is read, and what must come out: `name`, `raw`, `harmonised`.",
    ),
    Page(
        "C003",
        "case-of-nothing",
        "error",
        "A case names a column, variable or category that doesn't exist.",
        "It would compare nothing, and hold for ever.",
        "cases: [{name: a woman, raw: {SEXE: 2}, harmonised: {sex: female}}]",
        "Use a column that the mapping reads, and a variable and category of the schema.",
    ),
    Page(
        "C004",
        "case-fails",
        "error",
        "A case comes out otherwise than written.",
        "Either the mapping or the case is wrong: one of them would be believed.",
        "cases: [{name: a woman, raw: {SEX: 2}, harmonised: {sex: male}}]",
        "Look at the codebook, and mend the rule or the case.",
    ),
    Page(
        "C005",
        "variable-in-no-case",
        "warning",
        "A variable that this file maps occurs in no case.",
        "Its rule has not been worked by hand.",
        "cases: [{name: a woman, raw: {SEX: 2}, harmonised: {sex: female}}]   # age is mapped too",
        "Add a case that shows it: `raw: {SEX: 2, AGE: 34}, harmonised: {age: 34}`.",
    ),
)
