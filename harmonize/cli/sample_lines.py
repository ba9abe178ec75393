"""What the summary of a run says of a sample above its numbers: who is in it, who is a migrant, which errors."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

from harmonize.standard_errors import error_words

if TYPE_CHECKING:
    from harmonize.publishing import RunResult

BASIS = {"nativity": "foreign-born", "citizenship": "foreign citizens and stateless"}


def sample_line(result: RunResult, sample: Mapping[str, Any]) -> str:
    """Which mapping, country and year, how many persons and households, by which weights."""
    mapping = result.run.get("mapping", {})
    name = f"{mapping.get('id', '')} {mapping.get('version', '')}".strip()
    facts = [f"{count(sample.get('persons'))} persons"]
    if sample.get("households") is not None:
        facts.append(f"{count(sample['households'])} households")
    facts.append(f"weights {sample['weight']}" if sample.get("weight") else "no weights")
    place = f"{sample.get('country', '')} {sample.get('year', '')}".strip()
    return f"{name}   {place}   {', '.join(facts)}"


def migrant_line(sample: Mapping[str, Any]) -> str:
    """Who counts as a migrant in this sample, and how many persons that are."""
    basis = sample.get("basis")
    if not basis:
        return "nobody's migratory status is known: no table is by it"
    how = str(basis).replace("_", " ")
    if sample.get("concept") and sample["concept"] != "birthplace":
        how += f", {str(sample['concept']).replace('_', ' ')}"
    line = f"migrant = {BASIS.get(str(basis), str(basis))} ({how})"
    if sample.get("migrants") is not None:
        line += f"   {count(sample['migrants'])} of {count(sample.get('persons'))} persons"
    return line


def errors_line(run: Mapping[str, Any], sample: Mapping[str, Any]) -> str:
    """What the standard errors of a sample come from; empty where run.json does not tell."""
    words = error_words(str(run.get("variance", "")), sample.get("design", {}))
    return words and f"standard errors: {words}"


def count(number: Any) -> str:
    """A count with thousands; one under the minimum is text already, `<10`."""
    return f"{number:,}" if isinstance(number, int) else str(number)
