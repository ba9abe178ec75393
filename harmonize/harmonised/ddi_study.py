"""What a DDI codebook says of the study: title, producer, samples, sampling, weights, terms."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any
from xml.etree.ElementTree import Element

from harmonize.harmonised.codebook import Codebook
from harmonize.harmonised.ddi_element import add
from harmonize.harmonised.replicate_columns import REPLICATE
from harmonize.listing import first_of
from harmonize.schema.places import PLACES


def _titled(parent: Element, title: str, book: Codebook) -> Element:
    citation = add(parent, "citation")
    named = add(citation, "titlStmt")
    add(named, "titl", title)
    add(named, "IDNo", f"{book.mapping.id}@{book.mapping.version}", agency="harmonize")
    return citation


def _software(made: Element, book: Codebook) -> None:
    add(made, "software", "harmonize", version=str(book.told.content["versions"]["harmonize"]))


def document(root: Element, book: Codebook) -> None:
    """Add what the XML itself is."""
    citation = _titled(add(root, "docDscr"), f"Codebook of: {book.title}", book)
    _software(add(citation, "prodStmt"), book)


def study(root: Element, book: Codebook) -> None:
    """Add what the data are: source, samples, design, terms."""
    source, content = book.mapping.source, book.told.content
    about = add(root, "stdyDscr")
    citation = _titled(about, book.title, book)
    producer = source.get("producer")
    if producer:
        add(add(citation, "rspStmt"), "AuthEnty", producer)
    made = add(citation, "prodStmt")
    if producer:
        add(made, "producer", producer, role="of the source data")
    _software(made, book)
    series = add(citation, "serStmt")
    add(series, "serName", "Harmonised microdata", abbr="harmonize")
    add(series, "serInfo", "Census microdata in one common schema, by mappings that are reviewed.")
    add(add(citation, "verStmt"), "version", book.made_by, type="mapping")
    if source.get("citation"):
        add(citation, "biblCit", source["citation"])
    _scope(about, book)
    _method(about, book)
    use = add(add(about, "dataAccs"), "useStmt")
    add(use, "confDec", "Records of persons: confidential as the source data are.")
    add(use, "citReq", f"Cite the source: {source.get('citation') or source.get('producer') or book.mapping.title}")
    add(use, "conditions", "The terms of the producer of the source data hold for this file.")
    for key in ("note", "documentation", "release", "checked_on"):
        if source.get(key):
            add(about, "notes", source[key], type=key)
    if content["include"] is not None:
        add(
            about, "notes", f"Persons tabulated, in {book.told.named('_include')}: {content['include']}", type="include"
        )


def _scope(about: Element, book: Codebook) -> None:
    content, samples = book.told.content, book.told.samples
    scope = add(about, "stdyInfo")
    described = add(scope, "sumDscr")
    for year in sorted({year for _, year in samples.values()}):
        add(described, "timePrd", year, event="single", date=f"{year:04}")
    if book.mapping.sample.reference_date:
        add(described, "collDate", book.mapping.sample.reference_date, date=str(book.mapping.sample.reference_date))
    for country in sorted({country for country, _ in samples.values()}):
        add(described, "nation", PLACES[country].name if country in PLACES else country, abbr=country)
    add(described, "anlyUnit", content["unit"])
    base = str(content["population_base"] or "").replace("_", " ")
    add(described, "universe", f"population {base}" if base else "population as the source data define it")
    add(described, "dataKind", f"{book.mapping.sample.kind or 'census'} microdata, harmonised")
    for sample, (country, year) in samples.items():
        add(scope, "notes", f"{country} {year}: {sample}", type="sample")


def _method(about: Element, book: Codebook) -> None:
    source, design = book.mapping.source, book.told.content["design"]
    collected = add(add(about, "method"), "dataColl")
    add(collected, "sampProc", _sampling(design, book.told.named))
    origin = source.get("citation") or source.get("producer")
    if origin:
        add(add(collected, "sources"), "dataSrc", origin)
    add(collected, "weight", _weighting(design, book.told.named))


def _sampling(design: dict[str, Any], named: Callable[[str], str]) -> str:
    """named: what a column is called in the file."""
    if design["full_count"]:
        return "full count: no sampling error"
    parts = [
        f"{what}: {', '.join(design[key]) if design[key] else none}"
        for what, key, none in (
            (f"strata (in {named('_stratum')})", "stratum", "none"),
            (f"clusters (in {named('_cluster')})", "cluster", "the household"),
        )
    ]
    fraction = design["fraction"] or design["fpc"]
    return "; ".join([*parts, *([f"finite population correction: {fraction}"] if fraction else [])])


def _weighting(design: dict[str, Any], named: Callable[[str], str]) -> str:
    replicates, weight = design["replicates"], named("_weight")
    words = f"{design['weight']}, in {weight} ({design['weight_kind']})" if design["weight"] else f"none: {weight} is 1"
    if not replicates:
        return words
    called, method = replicates["called"], replicates["method"]
    first, last = named(f"{REPLICATE}1"), named(f"{REPLICATE}{len(called)}")
    return f"{words}; replicate weights ({method}): {first_of(called, 3)}, in {first} to {last}"
