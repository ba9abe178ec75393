"""Finding codes of the rules in a mapping, one line each; `harmonize explain` starts from here."""

from __future__ import annotations

RULE_FINDINGS: dict[str, str] = {
    "M010": "a variable that the common schema does not have",
    "M011": "a rule with no kind, or with two kinds that do not go together",
    "M012": "a category that the variable does not have",
    "M013": "one source code is given to two categories",
    "M014": "a source code or range that can't be read",
    "M015": "a lookup lists a code that the rule's own codes give too",
    "M016": "a lookup that is not found",
    "M017": "a lookup file that can't be read, or gives one code to two targets",
    "M018": "a key that a rule does not have",
    "M019": "`from` is missing, or names more columns than the rule reads",
    "M020": "a condition that is not one of the allowed comparisons",
    "M021": "a chained comparison, such as 1 < X < 3",
    "M022": "a condition names a column that is not in `from`",
    "M023": "a `number` or `bands` rule with a wrong bound, interval or band",
    "M024": "an option of the variable with a value that it does not have",
    "M025": "`through` a pointer or a variable that the mapping does not have",
    "M026": "a universe that can't be read",
    "M027": "a `when` that is not a list of if/then with one else at the end",
    "M028": "a rule kind that this variable can't have",
    "M029": "a label in the codebook that differs from the lookup's",
    "M030": "a column in `from` that no condition or branch reads",
    "M031": "a column whose name differs from the mapping's in upper and lower case alone",
}
"""Code to description. Section findings of the mapping file (M1xx) are in harmonize.mapping."""
