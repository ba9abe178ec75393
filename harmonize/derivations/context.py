"""What the derivations must know of a sample beside its columns."""

from __future__ import annotations

from collections.abc import Mapping
from collections.abc import Set as AbstractSet
from dataclasses import dataclass, field
from typing import Any, Protocol

from harmonize.lazily import pl

BIRTHPLACE = "birthplace"


class RuleFacts(Protocol):
    """The part of a mapping's variable rule that derivations look at."""

    @property
    def universe(self) -> Mapping[str, Any]:
        """Whom the questionnaire asked."""

    @property
    def options(self) -> Mapping[str, str]:
        """What the mapping states about the variable."""

    @property
    def through(self) -> tuple[str, str] | None:
        """(pointer, variable) where the value is another person's."""


@dataclass(frozen=True)
class Context:
    """Facts of the sample, and of how the mapping fills its variables.

    country: String expression, the alpha-3 code of the country of enumeration.
    year: integer expression, the census year.
    territories: places that also count as domestic.
    universes: variable -> whom the questionnaire asked, e.g. {"min_age": 5} or
        {"nativity": "foreign_born", "others": "citizen"}.
    options: variable -> what the mapping states of it, e.g. {"concept": "birthplace"}.
    through: variables that tell only of parents in the same household.
    """

    country: pl.Expr = field(default_factory=lambda: pl.col("_country"))
    year: pl.Expr = field(default_factory=lambda: pl.col("_year"))
    territories: tuple[str, ...] = ()
    universes: Mapping[str, Mapping[str, Any]] = field(default_factory=dict)
    options: Mapping[str, Mapping[str, str]] = field(default_factory=dict)
    through: AbstractSet[str] = frozenset()

    @classmethod
    def of_rules(cls, rules: Mapping[str, RuleFacts], territories: tuple[str, ...] = ()) -> Context:
        """The context of a mapping's variable rules, with the columns `_country` and `_year`."""
        return cls(
            territories=territories,
            universes={name: rule.universe for name, rule in rules.items()},
            options={name: rule.options for name, rule in rules.items()},
            through=frozenset(
                name
                for name, rule in rules.items()
                if rule.through is not None or rule.options.get("parents") == "coresident"
            ),
        )

    def concept(self) -> str:
        """`birthplace` or `citizenship_at_birth`: what the sample's nativity means."""
        return self.options.get("nativity", {}).get("concept", BIRTHPLACE)

    def min_age(self, variable: str, default: int) -> int:
        """The youngest age asked about the variable."""
        return int(self.universes.get(variable, {}).get("min_age", default))

    def others(self, variable: str) -> str | None:
        """What the mapping says of those who were not asked about the variable."""
        value = self.universes.get(variable, {}).get("others")
        return None if value is None else str(value)

    def only_foreign_born(self, variable: str) -> bool:
        """Whether only the foreign-born were asked about the variable."""
        return self.universes.get(variable, {}).get("nativity") == "foreign_born"
