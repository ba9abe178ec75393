"""The variable that a user names of a mapping, and what to say where it has none."""

from __future__ import annotations

from harmonize.derivations import DERIVATIONS
from harmonize.errors import UsageError
from harmonize.mapping.model import Mapping as MappingFile
from harmonize.rules.near import did_you_mean
from harmonize.schema import VARIABLES
from harmonize.schema.variable import Variable


def variable_of(name: str, mapping: MappingFile) -> Variable:
    """The variable of the schema. UsageError where there is none, or the mapping has no rule for it."""
    if name in mapping.variables:
        return VARIABLES[name]
    derivation = next((each for each in DERIVATIONS if name == each.NAME), None)
    if derivation is not None:
        ways = ", or of ".join(" and ".join(way) for way in derivation.NEEDS)
        raise UsageError(f"{mapping.id} does not map {name}: it is made of {ways}", "Explain those.")
    if name not in VARIABLES:
        raise UsageError(f"no variable {name!r} in the common schema", did_you_mean(name, VARIABLES, "variables"))
    raise UsageError(f"{mapping.id} does not map {name}", did_you_mean(name, mapping.variables, "variables"))
