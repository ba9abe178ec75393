"""How a language writes numbers and joins phrases, and the signs that stand apart from what they follow.

Decimal comma and a narrow no-break space between thousands: Imprimerie nationale and INSEE for French; for Spanish
the Real Academia's Ortografía (2010), which keeps four digits together and leaves the point, of which some countries
make a decimal sign, to nobody. A no-break space before % in both (ISO 80000-1); in French before : ; ? ! too.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field

NARROW, WIDE = "\u202f", "\u00a0"
#: What joins texts in English, from the loosest on: sentences, lists, parts of a universe, conditions.
SEPARATORS = (r"(?<=\.) ", r"; or |; ", r", ", r" and | or ")


@dataclass(frozen=True)
class Language:
    """name: in itself. grouped_from: the least number with a sign between thousands. after_space: signs before which a
    space does not break. plural_from: the least number of things that takes a plural. joins: English joint -> this
    language's.
    """

    name: str
    decimal: str = "."
    thousands: str = ","
    grouped_from: int = 1_000
    after_space: str = ""
    plural_from: float = 0.0
    joins: dict[str, str] = field(default_factory=dict)

    def spaced(self, text: str) -> str:
        """The text with spaces that do not break: between thousands, and before the signs."""
        text = re.sub(r"(?<=\d) (?=\d{3}(?!\d))", NARROW, text)
        return re.sub(rf" (?=[{self.after_space}])", WIDE, text) if self.after_space else text

    def joined(self, joint: str) -> str:
        """What stands here for the joint of texts in English."""
        return self.spaced(self.joins[joint])

    def number(self, text: str) -> str:
        """`1,234.5` as this language writes it."""
        digits = text.replace(",", "")
        if self.grouped_from > 1_000 and len(re.sub(r"\D.*", "", digits.lstrip("<−-"))) <= 4:
            text = digits
        return text.translate({ord(","): self.thousands, ord("."): self.decimal})


LANGUAGES = {
    "en": Language("English"),
    "fr": Language(
        "français", ",", NARROW, after_space=":;?!%»", plural_from=2.0,
        joins={"; or ": " ; ou ", "; ": " ; ", ", ": ", ", " and ": " et ", " or ": " ou ", " ": " "},
    ),
    "es": Language(
        "español", ",", NARROW, 10_000, "%",
        joins={"; or ": "; o ", "; ": "; ", ", ": ", ", " and ": " y ", " or ": " o ", " ": " "},
    ),
}  # fmt: skip
