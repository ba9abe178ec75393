"""All texts that somebody may read in a language of theirs, from where the package says them."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator
from functools import cache
from pathlib import Path

import harmonize
from harmonize.derivations import DERIVATIONS
from harmonize.harmonised.labelled import labels_of, title_of
from harmonize.harmonised.rows import DESIGN
from harmonize.indicators import INDICATORS
from harmonize.indicators.household_deaths import household_contradictions
from harmonize.indicators.model import Series
from harmonize.indicators.populations import aged, in_private_households, outside_institutions
from harmonize.indicators.reasons import PROXY_REASONS, UNAVAILABLE_REASONS
from harmonize.lacking import why_lacking
from harmonize.methods import COMPARED
from harmonize.pipeline import without
from harmonize.publishing import NO_TOTALS
from harmonize.quality.heaping import CLASSES, WORST
from harmonize.quality.measures import NOT_THERE, ONLY_IN_CLASSES
from harmonize.schema import VARIABLES
from harmonize.schema.places import PLACES, REGIONS, SUBREGIONS
from harmonize.tabulate.statuses import DEFINITIONS as ASKED
from harmonize.words import Words
from harmonize.words.names import CATEGORIES, DEFINITIONS, DIMENSIONS, MIGRANTS, ONE_OF, UNITS
from harmonize.writers.workbook.contents import WITH_PARITY
from harmonize.writers.workbook.grid import TITLES

PACKAGE = Path(harmonize.__file__).parent
#: What the sheets and reports say of a name that is a value, and no literal of a call.
MEASUREMENTS = ("exact",)


class _Noted(Words):
    """Words in English that note what is asked of them."""

    def __init__(self) -> None:
        super().__init__()
        self.__dict__["asked"] = {}

    def __call__(self, text: str, **values: object) -> str:
        self.__dict__["asked"][text] = None
        return super().__call__(text, **values)


def of_the_schema() -> list[str]:
    """Titles, categories, dimensions, units, definitions, and what mappings may state."""
    words = _Noted()
    categories = {name: each.values for name, each in VARIABLES.items()}
    categories |= {each.NAME: each.CATEGORIES for each in DERIVATIONS}
    for name, values in categories.items():
        words.dimension(name)
        for value in values:
            words.category(name, value)
    words.dimension("comparison")
    words.dimension("migratory_status")
    for pair in ("female:male", "migrant:non_migrant", "rural:urban"):
        words.category("comparison", pair)
    for definition in (*ASKED, "default_and_birth"):
        words.definition(definition)
    for basis in ("", "nativity", "citizenship"):
        for concept in ("", "birthplace", "citizenship_at_birth"):
            words.migrants(basis, concept)
    for definition in ASKED:
        words.migrants("nativity", "", definition)
    for series in measured():
        words.unit(series.unit)
        words.unit_of(series.unit, series.title)
    words.unit("count")
    words.unit("percentage_points")
    words.unit("ratio")
    stated = [each for variable in VARIABLES.values() for name in ("period", "standard")
              for each in variable.options.get(name, ())]  # fmt: skip
    for each in (*stated, "de_jure", "de_facto", "last_week"):
        words(each.replace("_", " "))
    titles = [each.title for each in VARIABLES.values()]
    return [*titles, *words.__dict__["asked"], *UNITS.values(), *ONE_OF.values(), *CATEGORIES.values(),
            *DIMENSIONS.values(), *MIGRANTS.values(),
            *(text for pair in DEFINITIONS.values() for text in pair if text)]  # fmt: skip


def of_places() -> list[str]:
    """Names of countries, areas and regions."""
    return [*(each.name for each in PLACES.values()), *SUBREGIONS, *REGIONS]


def measured() -> Iterator[Series]:
    """Every series that may be in the estimates, with what stands in for it and what it is made of."""
    for indicator in INDICATORS.values():
        for series in indicator.shown:
            yield from _all_of(series)


def _all_of(series: Series) -> Iterator[Series]:
    for each in series.and_stand_ins:
        yield each
        for part in each.components:
            yield from _all_of(part)


def of_indicators() -> list[str]:
    """Titles of indicators and series, notes, universes and numerators."""
    found = []
    for indicator in INDICATORS.values():
        found += [indicator.title, *indicator.caveats]
    for series in measured():
        found += [series.title] if series.shown else []
        parts = [*series.base, *([series.numerator] if series.numerator else [])]
        found += [each.words for each in parts]
        whose = {"private_households": [in_private_households()], "non_institutional": [outside_institutions()]}
        below = [series.denominator] if series.denominator else []
        within = [*whose.get(series.population, []), *series.base, *below]
        found += [each.words for each in within]
        found.append(", ".join(each.words for each in within) or "all residents")
        if series.amount and series.decided == "median":
            found.append(f"median of their {series.amount.words}")
    found += [aged(16, None).words, aged(None, 64).words, aged(16, 24).words]
    found += [f"{words}, 12.5 a person and day" for words in (
        "under the international poverty line", "under the national poverty line")]  # fmt: skip
    return found


def of_reasons() -> list[str]:
    """Why a series is a proxy or unavailable, alone and with what it is about."""
    numbers = {"asked": "4", "official": "5", "age": "16"}
    every = [each.format(**numbers) for each in (*PROXY_REASONS.values(), *UNAVAILABLE_REASONS.values())]
    of_names = "; ".join(
        f"{PROXY_REASONS[code].format(**numbers)}: drinking_water, electricity"
        for code in ("asked_components", "of_official")
    )
    lacking = UNAVAILABLE_REASONS["missing_variable"]
    return [
        *(each for each in every if "of the 5 official" not in each),
        of_names,
        f"{lacking}: school_attendance (the extract has no column SCH); or age",
        *(f"{UNAVAILABLE_REASONS[code]}: earnings.period" for code in (
            "undecidable_categories", "undecidable_classes", "no_poverty_line", "option_not_stated")),
    ]  # fmt: skip


def of_notices() -> list[str]:
    """Notices of a run that are about its numbers, as they come."""
    return [
        NO_TOTALS,
        without(["SEQ"]),
        without(["SEQ", "STRATA"]),
        f"no table by disability: {why_lacking(['disability'], [], {'disability': 'the extract has no column DIS'})}",
        f"no table by generation: {why_lacking(['generation'], ['sex'], {})}",
        "3.1.1: the mapping has no household key, so who is the head of a household is not known: the total alone, of "
        "the deaths on rows of heads",
        "not in this extract: ACCESSINET or ACCESS, WKWN (so no internet, weeks_worked_12_months)",
        "nothing of dwellings is in this extract; run and apply take a file of households: --households FILE",
        "no rates of migrants standardised for age and sex: 8.5.2 unemployment, 9.2.2 manufacturing (nobody of 80_84)",
        "no rates of non-migrants standardised for age: 8.5.2 unemployment (nobody of 80_84)",
        "CRI 2011: no rates of migrants standardised for age: 8.6.1 neet (nobody of 23)",
        "CRI_2011: no rates of non-migrants standardised for age: 8.6.1 neet (nobody of 23)",
        *(f"samples differ in {name.replace('_', ' ')} of 8.6.1 neet: nothing stated (CRI_2011); aged 15 and over "
          "(ZWE_2012)" for name in COMPARED),
        *(f"samples differ in living quarters of 8.6.1 neet: {told} (CRI_2011)" for told in ("told apart",
          "not told apart")),
        "samples differ in measurement of 8.6.1 neet: exact (CRI_2011); proxy (ZWE_2012)",
        "samples differ in 3 more respects: compare their rows in methods.csv",
    ]  # fmt: skip


def of_what_else_is_stated() -> list[str]:
    """What methods.csv has beside, with numbers in it."""
    names = f"{UNAVAILABLE_REASONS['missing_variable']}: "
    return [
        "450 and over, 12 persons",
        f"{names}literacy (keys gives no household, person and mother)",
        f"{names}literacy (country_of_birth is not available)",
    ]


def of_microdata() -> list[str]:
    """Titles and labels of files that `apply` writes."""
    words = _Noted()
    for column in (*DESIGN, "_include", "_persons", "_fpc", "_replicate_1", "age", "age__low", "age__high", "age__na"):
        title_of(column, words)
        labels_of(column, words)
    return [*words.__dict__["asked"]]


def of_contradictions() -> list[str]:
    """Answers that contradict each other, as run.json names them."""
    names = re.findall(r'found\["(\w+)"\]', (PACKAGE / "derivations" / "contradictions.py").read_text("utf-8"))
    names += [
        *household_contradictions(),
        "person_number_of_another_of_the_household",
        "school_attendance_answered_outside_its_universe",
    ]
    return [name.replace("_", " ") for name in names]


def of_quality() -> list[str]:
    """What quality.csv notes beside its measures."""
    cut = "60 stands for all older ages"
    return [
        *(words for _, words in CLASSES), WORST, f"{WORST}; by chance alone 17", ONLY_IN_CLASSES,
        ONLY_IN_CLASSES.replace("only", "for some"), NOT_THERE, cut, f"ages 10 to 59: {cut}",
        "ages 10 to 89; by chance alone 4", "ages 10 to 89; by chance alone at most 1.5", "within 2 of the exact ratio",
    ]  # fmt: skip


def of_calls() -> list[str]:
    """The literals that the package gives to `words(...)`, and the tables that it looks them up in."""
    found = list(MEASUREMENTS)
    shared: dict[str, ast.expr] = {}
    for path in sorted(PACKAGE.rglob("*.py")):
        shared |= _constants(path)
    for path in sorted(PACKAGE.rglob("*.py")):
        texts = shared | _constants(path)
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if isinstance(node, ast.Call) and _called(node) in ("words", "say") and node.args:
                found += _literals(node.args[0], texts)
    return [*found, *TITLES.values(), *WITH_PARITY.values()]


def _constants(path: Path) -> dict[str, ast.expr]:
    """The constants of a module."""
    assigned = [node for node in ast.parse(path.read_text(encoding="utf-8")).body if isinstance(node, ast.Assign)]
    return {each.id: node.value for node in assigned for each in node.targets if isinstance(each, ast.Name)}


def _called(node: ast.Call) -> str:
    called = node.func
    return called.attr if isinstance(called, ast.Attribute) else called.id if isinstance(called, ast.Name) else ""


def _literals(node: ast.expr, texts: dict[str, ast.expr]) -> Iterator[str]:
    """The texts of an argument: itself, either side of an `if`, a constant or a table of the module."""
    if isinstance(node, ast.Constant) and isinstance(node.value, str):
        yield node.value
    elif isinstance(node, ast.IfExp):
        yield from _literals(node.body, texts)
        yield from _literals(node.orelse, texts)
    elif isinstance(node, ast.Name) and node.id in texts:
        yield from _literals(texts[node.id], {})
    elif isinstance(node, ast.Subscript):
        yield from _literals(node.value, texts)
    elif isinstance(node, ast.Dict):
        for value in node.values:
            yield from _literals(value, {})


@cache
def every_text() -> tuple[str, ...]:
    """All of them, each once."""
    found = (
        of_the_schema, of_places, of_indicators, of_reasons, of_notices, of_what_else_is_stated, of_microdata,
        of_contradictions, of_quality, of_calls,
    )  # fmt: skip
    return tuple(dict.fromkeys(text for texts in found for text in texts() if text))
