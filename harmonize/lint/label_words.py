"""What the label of a code says in plain words: that nothing is known, yes or no, a category, this or more.

Labels are English, Spanish, French, Portuguese or German, as in the codebooks of IPUMS and of national offices.
"""

from __future__ import annotations

import re

from harmonize.plain_text import letters, plain
from harmonize.schema.variable import NOT_APPLICABLE, UNKNOWN, Variable

NOT_ASKED = {
    "niu", "n i u", "not in universe", "not applicable", "notapplicable", "n a", "na", "not asked", "no aplica",
    "no aplicable", "sans objet", "non applicable", "nao se aplica", "nao aplicavel", "no corresponde",
    "does not apply", "no se aplica", "ne s applique pas",
    "fora do universo", "hors univers", "entfallt", "trifft nicht zu",
}  # fmt: skip
NOT_KNOWN = {
    "unknown", "missing", "not reported", "not stated", "not specified", "unspecified", "not ascertained",
    "not available", "not declared", "refused", "refusal", "don t know", "dont know", "do not know", "no response",
    "no answer", "response suppressed", "suppressed", "illegible", "blank", "invalid", "no especificado",
    "no especificada", "no sabe", "no responde", "no contesta", "no declarado", "no declarada", "se desconoce",
    "se ignora", "ignorado", "ignorada", "sin dato", "sin datos", "sin informacion", "ns nr", "no sabe no responde",
    "sin respuesta", "no respuesta", "sans reponse", "pas de reponse", "non declare", "non reponse", "ne sait pas",
    "inconnu", "nao declarado", "sem declaracao",
    "nao sabe", "sem informacao", "non precise", "non specifie", "nao informado", "sem resposta", "unbekannt",
    "keine angabe", "insufficient information", "not enough information", "informacion insuficiente",
}  # fmt: skip
YES = re.compile(r"(yes|si|oui|sim|ja)\b")
NO = re.compile(  # but not `no answer`
    r"(no|non|nao|nein)\b(?! (answer|data|sabe|resp|reponse|contest|declar|inform|especif|apli|appli|corresp))"
)
WORDS = {
    "yes": YES,
    "no": NO,
    "with_disability": YES,
    "without_disability": NO,
    "literate": YES,
    "attending": re.compile(rf"{YES.pattern}|currently attending|attends\b"),
    "not_attending": re.compile(
        r"(has )?attended (before|previously|formerly|in the past)|formerly attend|no longer attend|left school"
    ),
    "contributing_family_worker": re.compile(r"(unpaid|contributing) family workers?$"),
    "native_born": re.compile(r"non immigrants?$"),
    "foreign_born": re.compile(r"immigrants?$"),
    "illiterate": NO,
    "male": re.compile(r"(males?|man|men|hombres?|hommes?|homem|homens|masculin[oe]?|varon|varones|mann|mannlich)$"),
    "female": re.compile(
        r"(females?|woman|women|mujer|mujeres|femmes?|mulher|mulheres|fem[ei]nin[oae]?|frau|weiblich)$"
    ),
}
YEARS = re.compile(r"\d{4}( \d{4})?( only)?")
# what was not asked, and of whom: `N/A (less than 3 years old)`, `Not applicable - born here`
NOT_ASKED_OF = re.compile(
    r"(n/a|n\.?i\.?u\.?|not applicable|does not apply|no aplica|non applicable|sans objet|nao se aplica|nao aplicavel)"
    r"(\s*\([^()]*\)\.?|(:| -)\s.*)"
)
IN_WORDS = re.compile(
    r"(ten|eleven|twelve|(thir|four|fif|six|seven|eigh|nine)teen|(twen|thir|for|fif|six|seven|eigh|nine)ty)"
)
VAGUE = {"other", "none"}  # as labels they mean the rest of any list
OR_MORE = re.compile(
    r"\d\s*\+|\b(or|and|y|o|et|ou|e|und) (more|over|above|older|later|mas|plus|mais|mehr|alter)\b|\btop-?\s?code"
)


def missing_kind(label: str) -> str | None:
    """not_applicable or unknown where the label says that and nothing else (`Unknown/missing`), else None."""
    if NOT_ASKED_OF.fullmatch(letters(label).strip()):
        return NOT_APPLICABLE
    parts = {plain(part) for part in re.split(r"[/(),;]|\bor\b|\bo\b", letters(label))}
    parts = {part for part in parts if part and not YEARS.fullmatch(part)}
    if not parts or not parts <= NOT_ASKED | NOT_KNOWN:
        return NOT_APPLICABLE if plain(label) in NOT_ASKED else None
    return NOT_APPLICABLE if parts & NOT_ASKED else UNKNOWN


def category_of(label: str, variable: Variable) -> str | None:
    """The category of the variable, unknown or not_applicable, that the label names; None for most labels.

    It is named by the whole label, by one of two names with a slash between (`Single/never married`),
    or before a comma and `not specified`.
    """
    missing = missing_kind(label)
    if missing is not None:
        return missing
    if variable.kind != "category":
        return None
    said = plain(label)
    first, *rest = [plain(part) for part in label.split(",")]
    parts = {plain(part) for part in label.split("/")} | {said} | ({first} if rest and {*rest} <= NOT_KNOWN else set())
    named = [
        name
        for name in variable.categories
        if name not in VAGUE and (plain(name) in parts or (name in WORDS and WORDS[name].match(said)))
    ]
    return named[0] if len(named) == 1 else None


def says_or_more(label: str, number: float) -> bool:
    """Whether the label means `number` or more, in every sample: a label with other numbers in it names some."""
    said = letters(label)
    numbers = {float(digits.replace(",", "")) for digits in re.findall(r"\d[\d,]*(?:\.\d+)?", said)}
    return numbers == {number} and OR_MORE.search(said) is not None


def says_no_number(label: str, number: float) -> bool:
    """Whether a number of two digits or more is a special code, by a label that is all words: 996 'On premises'."""
    said = plain(label)
    return number >= 10 and bool(said) and not any(map(str.isdigit, said)) and not IN_WORDS.match(said)
