"""FILE.meta.json: what a harmonised file is, and all that a tabulation must know of the mapping it came from."""

from __future__ import annotations

import json
from collections.abc import Mapping as MappingOf
from dataclasses import asdict, dataclass, field
from pathlib import Path
from typing import Any

from harmonize.errors import DataFileError
from harmonize.indicators.asked import Availability
from harmonize.ledger import Ledger
from harmonize.mapping.model import Replicates
from harmonize.plan import Plan
from harmonize.readers import Extract
from harmonize.rules.number import top_code
from harmonize.run_record import Counts, contradiction_entries, inputs, versions
from harmonize.schema import NOT_APPLICABLE, VARIABLES
from harmonize.unmapped import unmapped_entries

FORMAT = 2
SUFFIX = ".meta.json"
# what may differ between the files of one harmonised extract
OF_ONE_FILE = ("versions", "inputs", "samples", "rows", "unmapped", "contradictions")


@dataclass(frozen=True)
class Description:
    """The content of FILE.meta.json.

    samples: id -> [country, year]. variables: name -> what its rule says. codes: column -> code in the
    file -> category, of a format that stores categories as labelled codes. columns: those that are called
    otherwise in the file, with that name.
    """

    content: dict[str, Any]
    path: Path = field(compare=False, default=Path())

    @property
    def samples(self) -> dict[str, tuple[str, int]]:
        """Sample -> (country, year)."""
        return {name: (str(country), int(year)) for name, (country, year) in self.content["samples"].items()}

    def named(self, column: str) -> str:
        """What a column of harmonised microdata is called in the file."""
        return str(self.content["columns"].get(column, column))

    def has_reasons(self, name: str) -> bool:
        """Whether a number's cells themselves say why they have none; else `<name>__na` does."""
        return VARIABLES[name].kind == "number" and NOT_APPLICABLE in self.content["codes"].get(name, {}).values()

    @property
    def common(self) -> dict[str, Any]:
        """What the files of one harmonised extract must agree in."""
        return {name: value for name, value in self.content.items() if name not in OF_ONE_FILE}

    def write(self, path: Path) -> None:
        """Write it as JSON."""
        path.write_text(json.dumps(self.content, ensure_ascii=False, indent=1) + "\n", encoding="utf-8")


def describe(
    plan: Plan,
    extract: Extract,
    ledger: Ledger,
    show: Counts,
    codes: MappingOf[str, MappingOf[str, str]],
    columns: MappingOf[str, str],
) -> Description:
    """The description of a file that `apply` wrote."""
    mapping, design = plan.mapping, plan.mapping.design
    content = {
        "harmonised": FORMAT,
        "versions": versions(),
        "mapping": {
            "id": mapping.id,
            "version": mapping.version,
            "title": mapping.title,
            "source": {name: str(value) for name, value in mapping.source.items()},
            **inputs([mapping.path])[0],
        },
        "inputs": inputs(extract.all_files),
        "rows": ledger.rows,
        "unit": mapping.unit,
        "pooled": plan.pooled,
        "samples": {sample: [country, year] for sample, country, year in sorted(ledger.samples)},
        "population_base": mapping.sample.population_base,
        "territories": list(mapping.sample.territories),
        "include": mapping.include.reason if mapping.include else None,
        "household_key": bool(mapping.keys.household),
        "person_key": bool(mapping.keys.person),
        "design": {
            "weight": design.person_weight,
            "weight_kind": design.weight_kind,
            "weight_factor": design.weight_factor,
            "weight_decimals": plan.weights.decimals,
            "full_count": design.full_count,
            "stratum": list(design.stratum),
            "cluster": list(design.cluster) if plan.clustered else [],
            "fraction": design.fpc.fraction if design.fpc else None,
            "fpc": (design.fpc.column if design.fpc else None),
            "size": design.size,
            "replicates": _replicates(design.replicate),
        },
        "variables": {name: _variable(plan, name) for name in sorted(plan.harmoniser.available)},
        "unavailable": dict(sorted(plan.harmoniser.unavailable.items())),
        "codes": {name: dict(listed) for name, listed in codes.items()},
        "columns": dict(columns),
        "unmapped": unmapped_entries(ledger, extract.labels, show),
        "contradictions": contradiction_entries(ledger, show),
    }
    # through JSON and back, so that what is compared is what a file can hold
    return Description(json.loads(json.dumps(content)))


def _replicates(replicates: Replicates | None) -> dict[str, Any] | None:
    """How the columns `_replicate_1` to the last one were made, and what each squared deviation is multiplied by."""
    if replicates is None:
        return None
    told = asdict(replicates)
    return told | {"columns": len(replicates.columns), "called": list(replicates.columns)}


def _variable(plan: Plan, name: str) -> dict[str, Any]:
    rule = plan.harmoniser.available[name]
    asked = Availability.of(plan.harmoniser).variables[name]
    source = next((link.source for link in plan.harmoniser.through if link.variable == name), None)
    body = getattr(rule, "body", None)
    return {
        "title": rule.variable.title,
        "universe": rule.universe,
        "options": rule.options,
        "reaches": None if rule.reaches is None else sorted(rule.reaches),
        "not_applicable": rule.not_applicable,
        "bands": [[_end(low), _end(high)] for low, high in asked.bands],
        "top_code": top_code(body),
        "through": source,
    }


def _end(value: float) -> float | None:
    return None if value in (float("inf"), float("-inf")) else value


def has_description(data: Path) -> bool:
    """Whether FILE.meta.json is beside a data file."""
    return data.with_name(data.name + SUFFIX).is_file()


def read_description(data: Path) -> Description:
    """The description of a harmonised file. Raises DataFileError where it has none or it is not one."""
    path = data.with_name(data.name + SUFFIX)
    if not path.is_file():
        raise DataFileError(
            f"{data}: there is no {path.name} beside it, so it is not known what its columns are",
            f"a state is joined with others by `harmonize merge {data}`"
            if data.suffix == ".zip"
            else "tabulate takes what `harmonize apply` wrote; for an extract it is `harmonize run MAPPING DATA`",
        )
    try:
        content = json.loads(path.read_text(encoding="utf-8"))
        good = isinstance(content, dict) and content["harmonised"] == FORMAT
    except (ValueError, KeyError, OSError):
        good = False
    if not good:
        raise DataFileError(f"{path}: this is no description of a harmonised file", "run `harmonize apply` again")
    return Description(content, path)
