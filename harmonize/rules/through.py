"""Rule kind `through`: the value of another person of the household.

country_of_birth_mother: {through: mother, variable: country_of_birth}
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from harmonize.errors import Finding
from harmonize.mapping.located import Text
from harmonize.rules.near import did_you_mean
from harmonize.rules.source_codes import Code, parse_code
from harmonize.schema import VARIABLES

if TYPE_CHECKING:
    from harmonize.rules.parts import Parts

POINTERS = ("mother", "father")


def parse_through(parts: Parts) -> tuple[tuple[str, str] | None, list[Finding]]:
    """(pointer, variable); the variable has the same values as the one it fills."""
    pointer, source = parts.get("through"), parts.get("variable")
    if not isinstance(pointer, Text) or pointer not in POINTERS:
        where = pointer or parts.where
        help = did_you_mean(str(pointer), POINTERS, "pointers")
        return None, [parts.find(where, "M025", "through names a pointer of keys: mother or father", help)]
    if not isinstance(source, Text):
        return None, [parts.find(pointer, "M025", "through needs variable", "variable: country_of_birth")]
    known = VARIABLES.get(str(source))
    if known is None:
        help = did_you_mean(source, VARIABLES, "variables")
        return None, [parts.find(source, "M025", f"'{source}' is not a variable of the schema", help)]
    variable = parts.variable
    if known.kind != variable.kind or known.values != variable.values:
        return None, [parts.find(source, "M025", f"{source} does not have the same categories")]
    return (str(pointer), str(source)), []


def pointer_codes(none: tuple[str, ...]) -> list[Code]:
    """The codes of a pointer that mean nobody; `keys` has checked how they are written."""
    codes = (parse_code(Text(text), "")[0] for text in none)
    return [code for code in codes if code is not None]
