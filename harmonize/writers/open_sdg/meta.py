"""What the portal says of an indicator: its metadata (meta/) and how it is shown (indicator-config/).

The names of the fields are those of the data starter's metadata_schema.yml and of Open SDG's manual, "Indicator
configuration". Texts that differ between series or years are told of each.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import Any

import polars as pl

from harmonize.estimate.reliability import Reliability
from harmonize.indicators import INDICATORS
from harmonize.indicators.sources import SOURCES
from harmonize.methods import MEDIAN_OF
from harmonize.protect.words import protection_words
from harmonize.words.english import migrant_words, place_label, sample_label
from harmonize.writers.open_sdg.table import SERIES, SUPPRESSED, groups_of
from harmonize.writers.open_sdg.words import GROUPS, column_of, value_of
from harmonize.writers.result import Result

DECIMALS = {"ratio": 2, "currency": 2, "index": 2, "count": 0}  # other units: 1
Told = Mapping[str, Any]


def metadata(number: str, rows: pl.DataFrame, result: Result) -> dict[str, Any]:
    """The fields of meta/<id>.yml, those that have words. rows: of one indicator and country, see `rows_of`."""
    indicator, record = INDICATORS[number], result.record
    about = _methods(rows, result)
    samples = _samples(rows, result)
    mapping = record["mapping"]
    source = {name: str(value) for name, value in result.source.items()}
    fields = {
        "SDG_GOAL": f"Goal {indicator.goal}",
        "SDG_TARGET": f"Target {number.rpartition('.')[0]}",
        "SDG_INDICATOR": f"{number}: {indicator.title}",
        "SDG_SERIES_DESCR": _lines(rows["Series"].unique(maintain_order=True).to_list()),
        "SDG_CUSTODIAN_AGENCIES": indicator.custodian,
        "STAT_CONC_DEF": _lines([f"Migrants: {_migrants(samples)}.", _each(about, _universe)]),
        "UNIT_MEASURE": ", ".join(rows["Units"].unique(maintain_order=True)),
        "CLASS_SYSTEM": _each(about, lambda each: _plain(each["standard"])),
        "SOURCE_TYPE": mapping["title"],
        "DATA_SOURCE": ", ".join(sample_label(each["country"], each["year"], each["sample"]) for each in samples),
        "DATA_COMP": _each(
            about, lambda each: each["standard_errors"] and f"Standard errors: {each['standard_errors']}"
        ),
        "REC_USE_LIM": _lines([_each(about, _proxy), *indicator.caveats, *_protection(number, result)]),
        "QUALITY_ASSMNT": (
            (f"Intervals are of {record['level']:g} %. " if rows["ci_lower"].count() else "")
            + f"Of low reliability is a number of these. {Reliability.of(record['reliability']).words()}"
        ),
        "COVERAGE": _lines(["; ".join(groups_of(rows)), _each(about, _population)]),
        "COMPARABILITY": f"Of censuses in general: {indicator.census}",
        "DOC_METHOD": f"Made with harmonize, mapping {mapping['id']} {mapping['version']}.",
        "OTHER_DOC": _lines([SOURCES[each] for each in indicator.sources if each in SOURCES]),
        "source_active_1": True,
        "source_organisation_1": source.get("producer", ""),
        "source_geographical_coverage_1": place_label(rows["country"][0]),
        "source_earliest_available_1": str(rows["year"].min()),
        "source_url_1": _url(source.get("documentation", "")),
        "source_url_text_1": "Documentation" if _url(source.get("documentation", "")) else "",
        "source_other_info_1": source.get("citation", ""),
    }
    return {name: value for name, value in fields.items() if value}


def configuration(number: str, rows: pl.DataFrame, result: Result) -> dict[str, Any]:
    """The fields of indicator-config/<id>.yml. An indicator without one number is in progress: it has no chart."""
    indicator = INDICATORS[number]
    there = rows["Value"].null_count() < rows.height
    units = rows.select("Units", "unit").unique(maintain_order=True)
    return {
        "indicator_number": number,
        "indicator_name": indicator.title,
        "graph_title": indicator.title,
        "graph_type": "line" if rows["year"].n_unique() > 1 else "bar",
        "reporting_status": "complete" if there else "inprogress",
        "data_non_statistical": False,
        "data_show_map": False,
        "data_footnote": _footnote(rows, result),
        "data_start_values": _start(rows),
        "computation_units": units["Units"][0] if units.height == 1 else "",
        "national_geographical_coverage": place_label(rows["country"][0]),
        "expected_disaggregations": groups_of(rows),
        "precision": [{"unit": words, "decimals": DECIMALS.get(unit, 1)} for words, unit in units.rows()],
    }


def _footnote(rows: pl.DataFrame, result: Result) -> str:
    """Under chart and table: who is a migrant, what is a proxy and why, and that numbers are suppressed.

    The site prints no note at a number that is blank (github.com/open-sdg/open-sdg/issues/2152).
    """
    hidden = rows.filter(SUPPRESSED).height
    proxies = _each(_methods(rows, result), lambda each: each["reasons"], " ")
    parts = [
        f"Migrants: {_migrants(_samples(rows, result))}.",
        f"Not exactly the official definition: {proxies}." if proxies else "",
        f"{hidden:,} of {rows.height:,} numbers are blank, to protect persons." if hidden else "",
        "NOT PROTECTED: numbers of few persons are shown too." if result.record["protect"] == "none" else "",
    ]
    return " ".join(part for part in parts if part)


def _start(rows: pl.DataFrame) -> list[dict[str, str]]:
    """The portal opens with migrants and non-migrants, where both have a number."""
    column = column_of("migratory_status")
    shown = set(rows.filter(pl.col("Value").is_not_null(), disaggregation="migratory_status")[column])
    both = [value_of(*each) for each in GROUPS]
    return [{"field": column, "value": each} for each in both] if shown.issuperset(both) else []


def _methods(rows: pl.DataFrame, result: Result) -> Sequence[Told]:
    """The rows of the methods that the rows are of."""
    return result.methods.join(rows.select(SERIES), on=SERIES, how="semi", maintain_order="left").to_dicts()


def _samples(rows: pl.DataFrame, result: Result) -> Sequence[Told]:
    here = set(rows["sample"])
    return [each for each in result.record["samples"] if each["sample"] in here]


def _migrants(samples: Sequence[Told]) -> str:
    words = {each["sample"]: migrant_words(each["basis"], each["concept"]) for each in samples}
    if len(set(words.values())) == 1:
        return next(iter(words.values()))
    return "; ".join(f"{each['year']}: {words[each['sample']]}" for each in samples)


def _universe(each: Told) -> str:
    what = "The number: the" if each["numerator"].startswith(MEDIAN_OF) else "Counted of them:"
    more = _plain(f" Reference period: {each['reference_period']}." if each["reference_period"] else "")
    return f"Universe: {each['universe'] or 'all persons'}. {what} {each['numerator']}.{more}"


def _proxy(each: Told) -> str:
    return f"Proxy because: {each['reasons']}." if each["reasons"] else ""


def _protection(number: str, result: Result) -> list[str]:
    """What protects the numbers of its series."""
    return list(dict.fromkeys(protection_words(result.record["protection"], each) for each in INDICATORS[number].shown))


def _population(each: Told) -> str:
    return f"Population base: {_plain(each['population_base'])}" if each["population_base"] else ""


def _each(about: Sequence[Told], words: Callable[[Told], str], between: str = "\n\n") -> str:
    """The words where they are the same of all, else those of each series and year."""
    told: dict[str, list[Told]] = {}
    for each in about:
        told.setdefault(words(each) or "", []).append(each)
    if len(told) == 1:
        return next(iter(told))
    years = len({each["year"] for each in about}) > 1
    return between.join(
        f"{'; '.join(dict.fromkeys(_name(each, years) for each in some))}: {text}"
        for text, some in told.items()
        if text
    )


def _name(each: Told, years: bool) -> str:
    return f"{each['title']}, {each['year']}" if years else str(each["title"])


def _lines(parts: list[str]) -> str:
    """Paragraphs, as the site reads Markdown."""
    return "\n\n".join(part for part in parts if part)


def _plain(words: str) -> str:
    return (words or "").replace("_", " ")


def _url(text: str) -> str:
    """The first address in a text; empty where there is none."""
    return next((word.rstrip(".,;)") for word in text.split() if word.startswith(("https://", "http://"))), "")
