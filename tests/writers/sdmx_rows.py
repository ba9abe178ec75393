"""Estimates written by hand for the tests of SDMX, and the structure file of a DSD."""

from __future__ import annotations

from dataclasses import astuple
from pathlib import Path
from xml.sax.saxutils import quoteattr

import polars as pl

from harmonize.estimate.table import empty
from harmonize.indicators import INDICATORS
from harmonize.indicators.availability import Resolved
from harmonize.writers import Result
from harmonize.writers.sdmx.dsd import DATA_SET, OBSERVATION, SERIES, Dsd

TOTALS = (
    "migratory_status", "nativity", "citizenship_status", "generation", "duration_of_stay", "reason_for_migration",
    "region_of_birth", "return_migrant", "sex", "age_group", "urban_rural",
)  # fmt: skip
PLAIN = dict.fromkeys(TOTALS, "_T") | {
    "country": "ZWE", "year": 2012, "sample": "ZWE_2012", "unit": "percent", "statistic": "level", "comparison": "",
    "adjustment": "none", "definition": "default", "status_of": "self", "disaggregation": "total", "estimate": 12.5,
    "ci_lower": 10.0, "ci_upper": 15.0, "measurement": "exact", "basis": "nativity", "obs_status": "A",
    "conf_status": "F",
}  # fmt: skip
ATTACHED = {
    OBSERVATION: "<s:PrimaryMeasure/>", SERIES: '<s:Dimension><Ref id="FREQ"/></s:Dimension>', DATA_SET: "<s:None/>",
}  # fmt: skip


def result_of(key: tuple[str, str], *rows: dict[str, object], **changed: object) -> Result:
    """A result of one series whose rows are totals of Zimbabwe 2012, but for what is given."""
    series = next(each for each in INDICATORS[key[0]].series if each.key == key)
    base = series.base or tuple(part for component in series.components for part in component.base)
    asked = Resolved(series, "exact", base=base, needs=series.needs, numerator=series.numerator)
    further = {name: pl.String() for row in rows for name in row if name not in empty(()).columns}
    plain = PLAIN | dict.fromkeys(further, "_T") | {"indicator": key[0], "series": key[1]}
    told = [plain | row for row in rows]
    schema = {name: dtype for name, dtype in empty(()).schema.items() if not name.startswith("_")}
    at = list(schema).index("estimate")
    names = [*list(schema)[:at], *further, *list(schema)[at:]]
    table = pl.DataFrame(told, schema={name: (schema | further)[name] for name in names})
    samples = dict.fromkeys(table["sample"], (asked,))
    record = {"samples": [{"sample": sample, "concept": "birthplace"} for sample in samples], "level": 95.0}
    return Result(table, pl.DataFrame(), record, resolved=samples, **changed)


def structure_file(dsd: Dsd, path: Path) -> Path:
    """Write the DSD as an SDMX-ML 2.1 structure file."""

    def component(name: str, kind: str, required: bool, codelist: str, attached: str) -> str:
        tag = {"dimension": "Dimension", "time": "TimeDimension", "measure": "PrimaryMeasure"}.get(kind, "Attribute")
        ref = f'<s:Enumeration><Ref id="{codelist}" class="Codelist"/></s:Enumeration>' if codelist else ""
        status = f' assignmentStatus="{"Mandatory" if required else "Conditional"}"' if tag == "Attribute" else ""
        to = f"<s:AttributeRelationship>{ATTACHED[attached]}</s:AttributeRelationship>" if attached else ""
        return (
            f"<s:{tag} id={quoteattr(name)}{status}><s:LocalRepresentation>{ref}</s:LocalRepresentation>{to}</s:{tag}>"
        )

    lists = "".join(
        f'<s:Codelist id="{name}">{"".join(f"<s:Code id={quoteattr(code)}/>" for code in codes)}</s:Codelist>'
        for name, codes in dsd.lists.items()
    )
    body = "".join(component(*astuple(each)) for each in dsd.components)
    path.write_text(
        f'<m:Structure xmlns:m="urn:m" xmlns:s="urn:s">{lists}<s:DataStructure agencyID="{dsd.agency}" id="{dsd.name}" '
        f'version="{dsd.version}">{body}</s:DataStructure></m:Structure>',
        encoding="utf-8",
    )
    return path
