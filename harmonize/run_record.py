"""run.json: what a run read, found and decided, for the reader of the tables and for the next program."""

from __future__ import annotations

import hashlib
import json
import math
from collections import Counter
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path
from typing import Any

from harmonize import __version__
from harmonize.ledger import Ledger
from harmonize.measure import Measured
from harmonize.plan import Plan
from harmonize.protect.key_file import fingerprint
from harmonize.protect.left_out import share_left_out, told_share
from harmonize.shown import Shown
from harmonize.standard_errors import design_entry, variance_of
from harmonize.tabulate.statuses import BASES
from harmonize.unmapped import unmapped_entries

NOT_SHOWN = "not shown"  # a count that would give a suppressed number back


class Counts:
    """Counts as they may be printed: those from 1 to under the minimum are text, `<10`.

    base: what the others are rounded to, 0 if they are not.
    """

    def __init__(self, minimum: int, base: int = 0) -> None:
        self.minimum, self.base = minimum, base

    def __call__(self, number: int) -> int | str:
        """The count, or `<minimum`."""
        if 0 < number < self.minimum:
            return f"<{self.minimum}"
        return self.rounded(number)

    def rounded(self, number: int) -> int:
        """The count, a multiple of the base if there is one."""
        return int(number) if not self.base else self.base * round(number / self.base)

    def share(self, part: int, whole: int) -> float | None:
        """A share that doesn't give a count under the minimum back: null then."""
        if not whole or 0 < part < self.minimum:
            return None
        return round(part / whole, 2) if self.base else part / whole


@dataclass(frozen=True)
class Told:
    """All that run.json tells.

    inputs: see `inputs`; notices: sentences that were shown to the user; mark: of the key, see `mark_of`;
    notes: those of the notices that do not tell of files alone.
    """

    plan: Plan
    inputs: list[dict[str, Any]]
    labels: dict[str, dict[str, str]]
    households_without_persons: int | None
    ledger: Ledger
    measured: Sequence[Measured]
    state: dict[str, int]
    shown: Shown
    notices: Sequence[str]
    by_rule: dict[str, int]
    by_status: dict[str, int]
    mark: int | None
    notes: Sequence[str]

    def record(self, show: Counts) -> dict[str, Any]:
        """The record without its timings, counts of persons as `show` gives them."""
        mapping, ledger = self.plan.mapping, self.ledger
        persons = ledger.total("persons")
        known = sum(ledger.samples[each.key][f"known:{each.basis}"] for each in self.measured)
        hidden = show.minimum and any(each.hidden.unknown & _of_status(each.basis) for each in self.measured)
        return {
            "versions": versions(),
            "mapping": {"id": mapping.id, "version": mapping.version, "title": mapping.title}
            | ({"note": note} if (note := str(mapping.source.get("note", ""))) else {})
            | ({"source": source} if (source := _cited(mapping.source)) else {})
            | {"file": inputs([mapping.path])[0]},
            "inputs": self.inputs,
            "rows": show.rounded(ledger.rows), "persons": show(persons),
            "households": show.rounded(ledger.households) if mapping.keys.household else None,
            "households_without_persons": self.households_without_persons, "level": self.shown.level,
            "singleton": self.shown.singleton, "reliability": self.shown.reliability.as_json(),
            "totals": self.shown.totals,
            "protect": self.shown.protection.name,
            "protection": self._protection(),
            "samples": [self._sample(each, show) for each in self.measured],
            "unknown_status_share": None if hidden else show.share(persons - known, persons),
            "options": self.plan.options.as_json(),
            "include": mapping.include.reason if mapping.include else "",
            "variance": variance_of(mapping.design),
            "unmapped": unmapped_entries(ledger, self.labels, show),
            "contradictions": contradiction_entries(ledger, show),
            "left_out": left_out_entries(self.measured, self.plan, show.minimum),
            "availability": availability_entries(self.measured),
            "state": {name: show.rounded(n) if name == "clusters" else n for name, n in self.state.items()},
            "notices": list(self.notices),
            "notes": list(self.notes),
        }  # fmt: skip

    def _protection(self) -> dict[str, Any]:
        """How the tables are protected: thresholds, which key made the noise, what is hidden."""
        protection = self.shown.protection
        mark = self.mark if protection.method == "cell-key" else None
        key = {} if mark is None else {"key_fingerprint": fingerprint(mark)}
        return protection.as_json() | key | {"suppressed": self.by_status, "rules": self.by_rule}

    def _sample(self, one: Measured, show: Counts) -> dict[str, Any]:
        """One sample: persons, basis of migratory status, design, unknown values by variable, what it lacks."""
        sample, country, year = one.key
        counts = self.ledger.samples[one.key]
        told = {name.removeprefix("unknown:"): n for name, n in counts.items() if name.startswith("unknown:") and n}
        hidden = [told.get(name, 0) for name in one.hidden.unknown]
        hidden += [counts["persons"] - each for each in one.hidden.totals]

        def of(count: int) -> int | str:  # near a hidden one: most likely the same persons under another variable
            return NOT_SHOWN if any(abs(count - each) < show.minimum for each in hidden) else show(count)

        unknown = {name: of(count) for name, count in sorted(told.items())}
        missing: dict[str, dict[str, int | str]] = {}
        for name, count in sorted(counts.items()):
            if name.startswith("missing:") and count:
                _, variable, why = name.split(":")
                missing.setdefault(variable, {})[why] = of(count)
        there = {table.disaggregation for table in self.plan.tables if one.plan.has_table(table)}
        lacks = [t.disaggregation for t in self.plan.tables if t.disaggregation not in there]
        entry = {
            "sample": sample,
            "country": country,
            "year": year,
            "persons": show(counts["persons"]),
            "excluded": show(counts["excluded"]),
            "basis": one.basis,
            "concept": one.plan.concept if one.basis == "nativity" else "",
            "weight": self.plan.mapping.design.weight_called or self.plan.weights.column or "",
            "migrants": NOT_SHOWN if show.minimum and one.hidden.migrants else show(counts[f"migrants:{one.basis}"]),
            "design": design_entry(self.plan.mapping.design, one.ratios, show.rounded),
            "unknown": unknown,
            "missing": missing,
            "not_asked": _not_asked(counts, of),
            "derivations": one.plan.notes,
            "disaggregations_missing": [*self.plan.missing_tables, *dict.fromkeys(lacks)],
        }
        if one.under_five is not None:
            entry["women_of_under_five_mortality"] = one.under_five.women
        if len(self.measured) == 1 and self.plan.mapping.keys.household:
            entry["households"] = show(self.ledger.households)
        return entry


def _cited(source: Mapping[str, Any]) -> dict[str, str]:
    """What of a mapping's source says how to cite it."""
    return {name: str(source[name]) for name in ("producer", "citation") if source.get(name)}


def _of_status(basis: str) -> frozenset[str]:
    """The variables of which who is unknown has no migratory status."""
    return frozenset(BASES[basis][:1]) if basis else frozenset()


def _not_asked(counts: Counter[str], show: Callable[[int], int | str]) -> list[dict[str, Any]]:
    """Persons who would be in the base of a series, but were not asked."""
    found = [(name.split(":"), count) for name, count in sorted(counts.items()) if name.startswith("narrowed:")]
    return [
        {"indicator": indicator, "series": series, "persons": show(count)}
        for (_, indicator, series), count in found
        if count
    ]


def availability_entries(measured: Sequence[Measured]) -> list[dict[str, Any]]:
    """Every series of every indicator, per sample: exact, proxy or unavailable, and why.

    reasons: codes; words: of each, with what it is about (which variable, and what the mapping says of its lack).
    """
    return [
        {
            "sample": one.key[0], "number": each.series.indicator, "series": each.series.name, "status": each.status,
            "reasons": [reason.code for reason in each.reasons], "words": [reason.words for reason in each.reasons],
            "missing": list(each.missing),
        }
        for one in measured
        for each in one.resolved
        if each.series.shown
    ]  # fmt: skip


def contradiction_entries(ledger: Ledger, show: Counts) -> list[dict[str, Any]]:
    """Contradictions that occur, with how many persons; nothing about them was changed."""
    names = sorted({name for counts in ledger.samples.values() for name in counts if name.startswith("contradiction:")})
    return [
        {"words": name.removeprefix("contradiction:").replace("_", " "), "persons": show(ledger.total(name))}
        for name in names
        if ledger.total(name)
    ]


def left_out_entries(measured: Sequence[Measured], plan: Plan, minimum: int) -> list[dict[str, Any]]:
    """The weighted share of the base left out of each series, per sample; null where it may not be told.

    minimum: see `told_share`.
    """
    total = next(table.offset for table in plan.tables if not table.dimensions)
    shown = {each.key for each in plan.wanted if each.shown}
    entries = []
    for one in measured:
        at = [int(i) for i in (one.ratios.cells == total).nonzero()[0]]
        for s, (indicator, series) in enumerate(plan.series):
            base = int(one.ratios.base[at[0], s]) if at else 0
            if base and (indicator, series) in shown:
                exact = share_left_out([one.ratios.left_out[at[0], s]], [base])
                told = round(float(told_share(exact, [one.ratios.n[at[0], s]], minimum)[0]), 3)
                share = None if math.isnan(told) else told
                entries.append({"sample": one.key[0], "indicator": indicator, "series": series, "share": share})
    return entries


def inputs(files: Iterable[Path]) -> list[dict[str, Any]]:
    """Name, size and SHA-256 of each input file."""
    found = []
    for path in files:
        with path.open("rb") as stream:
            digest = hashlib.file_digest(stream, "sha256").hexdigest()
        found.append({"file": path.name, "bytes": path.stat().st_size, "sha256": digest})
    return found


def versions() -> dict[str, str]:
    """This program's version, and those of what computes."""
    found = {"harmonize": __version__}  # not the installed package's: in a bare checkout there is none
    for name in ("polars", "numba", "numpy", "scipy"):
        try:
            found[name] = version(name)
        except PackageNotFoundError:
            found[name] = "unknown"
    return found


def write_record(record: dict[str, Any], path: Path) -> None:
    """Write run.json: UTF-8, two spaces, keys in their order."""
    path.write_text(json.dumps(record, ensure_ascii=False, indent=2) + "\n", encoding="utf-8")
