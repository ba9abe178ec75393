"""What to order from IPUMS: the extract definition of its API with the variables that a mapping and indicators need.

Format: version 2 of the IPUMS API, as ipumspy (api/extract.py, MicrodataExtract.build) submits it and reads it back.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from harmonize.errors import UsageError
from harmonize.indicators.catalogue import needed_columns
from harmonize.mapping.model import Mapping as MappingFile
from harmonize.mapping.model import VariableRule
from harmonize.plan import Plan

#: Collections by the id of the mapping, or of one that it extends. Names: ipumsr, vignettes/ipums-api-micro.Rmd.
COLLECTIONS = {"ipums/international": "ipumsi", "ipums/usa": "usa", "ipums/cps": "cps"}
#: Detailed versions of IPUMS USA, which come with the general one that is ordered: mappings/ipums/usa.yaml.
GENERAL = {"BPLD": "BPL", "MBPLD": "MBPL", "FBPLD": "FBPL", "EDUCD": "EDUC", "CLASSWKRD": "CLASSWKR"}
VERSION = 2


@dataclass(frozen=True)
class _AllThere:
    """An extract that has all columns which a mapping may read."""

    columns: Sequence[str]
    files: Sequence[Path] = ()
    numeric: set[str] | None = None
    decimals: dict[str, int] = field(default_factory=dict)
    labels: dict[str, dict[str, str]] = field(default_factory=dict)


def request(
    mapping: MappingFile, samples: Sequence[str], indicators: Sequence[str] = (), by: Sequence[str] = ()
) -> dict[str, Any]:
    """The definition, to be written as JSON. samples: ids as IPUMS lists them, `mx2010a`.

    indicators: UN numbers, none for all that the mapping can measure. by: as of pipeline.run. Raises UsageError where
    the mapping is not of IPUMS, or nothing can be measured.
    """
    collection = collection_of(mapping)
    odd = next((name for name in samples if not re.fullmatch(r"[a-z0-9_]+", name)), None)
    if odd is not None:
        raise UsageError(f"{odd}: not the id of a sample", "IPUMS writes them as mx2010a or us2022a, one a word.")
    numbers = f" for {', '.join(indicators)}" if indicators else ""
    return {
        "description": f"harmonize, {mapping.id} {mapping.version}{numbers}",
        "dataFormat": "fixed_width",
        "dataStructure": {"rectangular": {"on": "P"}},
        "samples": {name: {} for name in samples},
        "variables": {name: {} for name in _ordered(source_columns(mapping, indicators, by))},
        "collection": collection,
        "version": VERSION,
    }


def collection_of(mapping: MappingFile) -> str:
    """The IPUMS collection that a mapping reads; UsageError for another producer's."""
    for name in (mapping.id, *mapping.extends):
        found = next((code for start, code in COLLECTIONS.items() if name.startswith(start)), None)
        if found:
            return found
    known = ", ".join(COLLECTIONS)
    raise UsageError(f"{mapping.id}: not a mapping of IPUMS", f"A request is made of {known}, or what extends one.")


def source_columns(mapping: MappingFile, indicators: Sequence[str], by: Sequence[str] = ()) -> list[str]:
    """The source columns that a run of these indicators reads: of `first:` candidates the first."""
    extract = _AllThere(_every_column(mapping))
    plan = Plan.make(mapping, extract, by, indicators)
    if not plan.series:
        raise UsageError("none of these indicators can be measured", f"harmonize indicators --mapping {mapping.id}")
    columns = [*_of_sections(mapping), *([mapping.keys.person] if mapping.keys.person else [])]
    for name in _needed(plan, mapping.variables):
        rule = mapping.variables[name]
        columns += [source.names[0] for source in rule.rule.sources]
        pointer = getattr(mapping.keys, rule.through[0]) if rule.through else None
        columns += [pointer.column] if pointer else []
    return list(dict.fromkeys(columns))


def _of_sections(mapping: MappingFile) -> list[str]:
    """What a run reads besides the variables, and the persons they point to."""
    replicate, include = mapping.design.replicate, mapping.include
    return [
        *mapping.design.columns,
        *(fact.columns[0] for _, fact in mapping.sample.from_columns),
        *mapping.keys.household,
        *(include.columns if include else ()),
        *(replicate.columns if replicate else ()),
    ]


def _every_column(mapping: MappingFile) -> list[str]:
    """First candidates alone: what else could be read instead is not there."""
    of_variables = (source.names[0] for rule in mapping.variables.values() for source in rule.rule.sources)
    return list(dict.fromkeys([*_of_sections(mapping), *mapping.keys.columns, *of_variables]))


def _needed(plan: Plan, rules: Mapping[str, VariableRule]) -> list[str]:
    """The variables of the mapping that masks, tables and what they are derived from read, in its order."""
    wanted = set(needed_columns(plan.whole.masks.values()))
    for table in plan.tables:
        wanted |= {*table.columns, *table.needs, *table.dimensions}
    wanted |= {"nativity", "citizenship_status", "age", "relationship_to_head"}
    before = [(expr.meta.output_name(), expr) for expr in plan.whole.before]
    for name, expr in reversed([*before, *plan.whole.derived]):
        if name in wanted:
            wanted |= set(expr.meta.root_names())
    wanted = {name.partition("__")[0] for name in wanted}
    while True:
        more = {each for name in wanted & rules.keys() for each in _rests_on(rules[name])} - wanted
        if not more:
            return [name for name in rules if name in wanted]
        wanted |= more


def _rests_on(rule: VariableRule) -> Iterable[str]:
    """The variables that a rule takes besides its columns."""
    if rule.through:
        yield rule.through[1]
    for key in rule.universe:
        yield "age" if key in ("min_age", "max_age") else key


def _ordered(columns: Sequence[str]) -> list[str]:
    """Names as they are ordered: general versions, numbered columns of replicate weights by their common name."""
    return list(dict.fromkeys(GENERAL.get(name, _numbered(name)) for name in columns))


def _numbered(name: str) -> str:
    """REPWTP of REPWTP1 to REPWTP80."""
    return name.rstrip("0123456789") if name.upper().startswith("REPWT") else name
