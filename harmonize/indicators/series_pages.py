"""A series in words, for docs/indicators.md: of whom, above and below the line, which answers, when a proxy."""

from __future__ import annotations

from collections.abc import Iterator

from harmonize.indicators.model import Need, Proxy, Series
from harmonize.indicators.reasons import reason
from harmonize.schema import VARIABLES

UNITS = {
    "percent": "per cent of persons",
    "per_1000": "per 1,000",
    "per_10000": "per 10,000",
    "per_100000": "per 100,000",
    "ratio": "a ratio",
    "index": "an index",
    "currency": "amount in the country's currency of the time, which `currency` in methods.csv names",
    "years": "years",
    "count": "number of persons",
}
WHOSE = {
    "all_residents": "",
    "private_households": "living in private households",
    "non_institutional": "not living in institutions",
}
NOT_PUT = {
    "no": "the answer is no",
    "zero": "the answer is none (0)",
    "narrow": "the person is not in the series (a proxy)",
    "error": "as good as unknown",
}
TABLE = (
    "| answers it takes | of whom | if it was not put to a person | notes |",
    "|---|---|---|---|",
)
STATUS_OF = {
    "self": "",
    "mother": "by the mother's migratory status",
    "head": "by the migratory status of the head of the household",
}


def series_lines(series: Series) -> Iterator[str]:
    """The series with what stands in for it, as lines of Markdown."""
    yield f"### {series.indicator} `{series.name}`: {series.title}"
    yield ""
    if series.shown_as:
        yield f"- **In the tables**: series `{series.shown_as}`, adjustment `{series.adjustment}`"
    yield from _about(series)
    yield from _codes(series)
    if series.needs:
        yield ""
        yield from TABLE
        yield from _answers(series)
    for place, stand_in in enumerate(series.and_stand_ins[1:], 1):
        yield ""
        yield from _stand_in(series, stand_in, place)


def unit_in_words(unit: str) -> str:
    """`per cent of persons`; a unit that has no words here is its own name."""
    return UNITS.get(unit, unit.replace("_", " "))


def _about(series: Series) -> Iterator[str]:
    yield f"- **Unit**: {unit_in_words(series.unit if series.levels else 'ratio')}"
    alike = (series, *series.components)  # what is made of others is about whom they are about
    whom = [WHOSE[series.population], *dict.fromkeys(each.words for one in alike for each in one.base)]
    of = f"; {STATUS_OF[series.status_of]}" if STATUS_OF[series.status_of] else ""
    yield f"- **Of whom**: {', '.join(word for word in whom if word) or 'all residents'}{of}"
    if series.components:
        parts = ", ".join(f"`{part.name}`" for part in series.components)
        which = "every one" if series.join == "and" else "at least one"
        yield f"- **Numerator**: who fulfils {which}, of those that the sample asks about, of {parts}"
        official = series.official_components
        if official is None:
            yield f"- **A proxy** always: {reason('asked_components').words}"
        else:
            yield f"- **A proxy** where a sample asks fewer than the official {official}"
    yield from _fraction(series)
    if stated := dict.fromkeys([*series.options, *(series.amount.options if series.amount else ())]):
        yield f"- **The mapping must state**: {', '.join(f'`{option}` of `{variable}`' for variable, option in stated)}"
    if series.by_line:
        yield f"- **The user gives the line**: `--poverty-line {series.indicator}=AMOUNT/day`; {_without_line(series)}"
    yield from _compared(series)
    yield from _proxies(series)


def _without_line(series: Series) -> str:
    """What there is where the user gives no line: what stands in and takes none, if anything."""
    asked = [f"`{need.variable}`" for each in series.and_stand_ins if not each.by_line for need in each.needs]
    return f"without it {' and '.join(asked)} of the data, else unavailable" if asked else "without it unavailable"


def _fraction(series: Series) -> Iterator[str]:
    """What stands below and above the line, or of what the number is the median."""
    amount, below = series.amount, series.denominator.words if series.denominator else ""
    if amount and amount.per_words:
        below = f"{amount.per_words}, of those {below}" if below else amount.per_words
    if below:
        yield f"- **Denominator**: {below}"
    if amount and series.decided == "median":
        yield f"- **The number**: the median of their {amount.words}"
    elif series.numerator:
        words = series.numerator.words
        if amount:  # what compares persons with each other, or what is added up of them
            words = f"{words}, by {amount.words}" if series.decided else f"{amount.words}, of those {words}"
        yield f"- **Numerator**: {words}"


def _compared(series: Series) -> Iterator[str]:
    contrasts = ", ".join(name.replace("_", " ") for name in series.contrasts)
    if contrasts:
        alone = "" if series.levels else " alone; its own numbers are not shown"
        yield f"- **Comparisons**: {contrasts}{alone}"


def _proxies(series: Series) -> Iterator[str]:
    for proxy in series.proxies:
        yield f"- **A proxy** {_where(proxy)}: {reason(proxy.reason).words} (`{proxy.reason}`)"


def _where(proxy: Proxy) -> str:
    """`always`, or on what it depends."""
    found = []
    if proxy.reached:
        variable, categories = proxy.reached
        found.append(f"where `{variable}` can be {_or(categories)}")
    if proxy.only:
        variable, option, value = proxy.only
        found.append(f"where the mapping says `{option}: {value}` of `{variable}`")
    if proxy.unless:
        variable, option, value = proxy.unless
        found.append(f"where the mapping does not say `{option}: {value}` of `{variable}`")
    if proxy.top_coded:
        found.append(f"where `{proxy.top_coded}` has a highest code that holds all above it")
    if proxy.arrival_unknown:
        found.append("where a sample does not tell to the year when a person arrived")
    return " and ".join(found) or "always"


def _codes(series: Series) -> Iterator[str]:
    if series.sdmx_series:
        codes = [f"`{code}`{f' ({standard.upper()})' if standard else ''}" for standard, code in series.sdmx_series]
        yield f"- **SDMX series**: {', '.join(codes)}"


def _answers(series: Series) -> Iterator[str]:
    for name in _of_the_base(series):
        unknown = "not in the series, as of unknown age" if name == "age" else NOT_PUT["error"]
        yield f"| {_named(name)} | everybody | {unknown} | it tells whom the series is about |"
    if series.population != "all_residents":
        without = reason("institutions_not_separated")
        note = f"optional; without it everybody is in the series, a proxy: {without.words} (`{without.code}`)"
        yield f"| {_named('living_quarters')} | everybody | as good as unknown | {note} |"
    for need in series.needs:
        whom = need.when.words if need.when else "all of them"
        yield f"| {_named(need.variable)} | {whom} | {NOT_PUT[need.not_applicable]} | {'; '.join(_notes(need))} |"


def _of_the_base(series: Series) -> list[str]:
    asked = {need.variable for need in series.needs}
    return [name for name in dict.fromkeys(n for part in series.base for n in part.needs) if name not in asked]


def _notes(need: Need) -> Iterator[str]:
    if need.optional:
        proxy = f"; without it a proxy: {reason(need.without).words} (`{need.without}`)" if need.without else ""
        yield f"optional{proxy}"
    if need.undecidable:
        yield f"unavailable where it can be {_or(need.undecidable)}, which is on both sides of the definition"
    if need.limit is not None:
        yield f"classes will do if none holds both {need.limit:g} and more"
    if need.single:
        yield "in single values, not in classes"


def _stand_in(series: Series, stand_in: Series, place: int) -> Iterator[str]:
    """What is measured under the same name where the series can't be had: in what it differs from it."""
    held, rows = set(_about(series)), set(_answers(series))
    without = [f"`{name}`" for name in series.variables if name not in stand_in.variables]
    yield f"**Where that can't be had ({place})** it is, under the same name, as above but:"
    yield ""
    yield from (line for line in _about(stand_in) if line not in held)
    if without:
        yield f"- **Without**: {', '.join(without)}"
    if stand_in.sdmx_series != series.sdmx_series:
        yield from list(_codes(stand_in)) or ["- **SDMX series**: none"]
    if new := [row for row in _answers(stand_in) if row not in rows]:
        yield from ("", *TABLE, *new)


def _or(categories: tuple[str, ...]) -> str:
    named = [f"`{name}`" for name in categories]
    return " or ".join([", ".join(named[:-1]), named[-1]]) if len(named) > 1 else named[0]


def _named(variable: str) -> str:
    """`` `literacy` (able to read and write a short simple statement)``."""
    title = VARIABLES[variable].title.partition(";")[0]
    return f"`{variable}`: {title[0].lower()}{title[1:]}"
