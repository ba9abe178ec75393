"""The common schema: every variable a mapping may name, by topic, in one order.

`VARIABLES` maps a name to its `Variable`; `TOPICS` maps a topic to its variables' names. The list of
topic modules below is the registry: a variable is added to a topic module, a topic to this list.
"""

from __future__ import annotations

from harmonize.schema import (
    demographic,
    education,
    fertility,
    health,
    housing,
    income,
    migration,
    safety,
    work,
)
from harmonize.schema.variable import NOT_APPLICABLE, UNKNOWN, Variable

TOPIC_MODULES = (demographic, migration, education, work, income, housing, fertility, health, safety)

VARIABLES: dict[str, Variable] = {variable.name: variable for module in TOPIC_MODULES for variable in module.VARIABLES}
TOPICS: dict[str, tuple[str, ...]] = {
    module.TOPIC: tuple(variable.name for variable in module.VARIABLES) for module in TOPIC_MODULES
}

__all__ = ["NOT_APPLICABLE", "TOPICS", "TOPIC_MODULES", "UNKNOWN", "VARIABLES", "Variable"]
