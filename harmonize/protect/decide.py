"""Which numbers of a sample a release shows, by the method that was asked for."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from typing import Any

import numpy as np
import numpy.typing as npt

from harmonize.estimate.about import SeriesMeta
from harmonize.estimate.table import is_shown
from harmonize.estimate.taylor import Ratios
from harmonize.protect.evidence import Evidence
from harmonize.protect.hidden import Hidden
from harmonize.protect.protection import Protection
from harmonize.protect.relations import Cell
from harmonize.protect.rules import CODE, of_cells, of_persons
from harmonize.protect.suppress import suppressed
from harmonize.tabulate.statuses import BASES, status_column
from harmonize.tabulate.table import Table

Ints = npt.NDArray[np.int64]


def decide(
    found: Ratios,
    tables: Sequence[Table],
    metas: Sequence[SeriesMeta | None],
    sample: str,
    basis: str,
    evidence: Evidence,
    protection: Protection,
    parts: Mapping[int, Sequence[int]],
    counts: Mapping[str, int],
) -> Hidden:
    """What to hide of a sample. tables: all that it has; metas: by series, None for one without rows.

    parts: series that are made of others, whose numbers would give theirs back. counts: the ledger's, of which
    run.json tells those of everybody.
    """
    nothing = Hidden(found.cells, np.zeros(found.n.shape, np.uint8))
    if protection.method == "none":
        return nothing
    shown = [table for table in tables if is_shown(table, basis)]
    with_rows = [meta if meta and (meta.levels or meta.contrasts) else None for meta in metas]
    largest = evidence.largest.of(sample, found.cells)
    if protection.method != "suppress":
        return replace(nothing, rule=_of_what_has_no_noise(found, with_rows, largest, protection))
    hidden = suppressed(
        found, shown, with_rows, evidence.support.of(sample), protection, largest, status_column(basis),
        [each for each in _told(counts, basis) if each[1] >= protection.min_count],
    )  # fmt: skip
    rule = hidden.rule.copy()
    for whole, of in parts.items():
        of_hidden = (rule[:, list(of)] > 0).any(axis=1) & (rule[:, whole] == 0)
        rule[of_hidden, whole] = CODE["rests_on_another"]
    hidden = replace(hidden, rule=rule)
    hidden = replace(hidden, **_told_of_everybody(found, shown, hidden, counts, basis))
    return replace(hidden, standardised=_standardised(found, tables, basis, hidden, protection))


def _of_what_has_no_noise(
    found: Ratios,
    metas: Sequence[SeriesMeta | None],
    largest: Mapping[int, npt.NDArray[np.uint64]],
    protection: Protection,
) -> npt.NDArray[np.uint8]:
    """(cells, series) the rules of means of money and of modelled rates: beside counts with noise they have none."""
    rule = of_cells(found, largest, protection)
    for s, meta in enumerate(metas):
        if meta is not None and not (meta.unit == "currency" or meta.modelled):
            rule[:, s] = 0
    return rule


def _told_of_everybody(
    found: Ratios, shown: Sequence[Table], hidden: Hidden, counts: Mapping[str, int], basis: str
) -> dict[str, Any]:
    """What run.json may not tell of the whole sample, as a hidden cell is of the same persons."""
    unknown: set[str] = set()
    migrants = False
    totals: set[int] = set()
    for table in shown:
        if not table.dimensions and table.offset in found.cells:
            hidden_total = hidden.rules_of(np.array([table.offset]), slice(None))[0] > 0
            totals.update(found.n[np.searchsorted(found.cells, table.offset), hidden_total].tolist())
        if len(table.dimensions) != 1:
            continue
        for code in found.cells[(found.cells >= table.offset) & (found.cells < table.offset + table.size)]:
            category = table.label(int(code))[table.dimensions[0]]
            rules = hidden.rules_of(np.array([code]), slice(None))[0] > 0
            if not rules.any():
                continue
            if category == "unknown":
                unknown.update(BASES[table.basis][:1] if table.basis in BASES else table.needs or table.dimensions)
            if category == "migrant" and table.columns == (status_column(basis),):
                at = np.searchsorted(found.cells, code)
                migrants |= bool((found.n[at, rules] == counts.get(f"migrants:{basis}", 0)).any())
    return {"unknown": frozenset(unknown), "migrants": migrants, "totals": frozenset(totals)}


def _told(counts: Mapping[str, int], basis: str) -> Iterator[tuple[Cell, int]]:
    """The cells of the whole sample that run.json tells, with their counts."""
    yield (), counts.get("persons", 0)
    yield ((status_column(basis), "migrant"),), counts.get(f"migrants:{basis}", 0)


def _standardised(
    found: Ratios, tables: Sequence[Table], basis: str, hidden: Hidden, protection: Protection
) -> dict[tuple[str, int], frozenset[int]]:
    """(standard, series) -> the cells whose standardised rate rests on an age that may not be shown.

    The rate is a sum over ages with known weights: with all other ages shown it would give the hidden one.
    """
    few = of_persons(found.n, found.households, protection) > 0
    by_age = _groups_hidden_by_age(tables, basis, hidden)
    found_hidden: dict[tuple[str, int], frozenset[int]] = {}
    for table in tables:
        if not table.standard or table.basis != basis:
            continue
        mine = (found.cells >= table.offset) & (found.cells < table.offset + table.size)
        codes = found.cells[mine]
        for s in table.series or ():
            groups = {table.label(int(code))["migratory_status"] for code in codes[few[mine, s]]}
            groups |= by_age.get(s, set())
            cells = {
                int(code)
                for shown in tables
                if shown.dimensions == ("migratory_status",) and is_shown(shown, basis) and shown.has(s)
                for code in found.cells
                if 0 <= code - shown.offset < shown.size and shown.label(int(code))["migratory_status"] in groups
            }
            key = (table.standard, s)
            found_hidden[key] = found_hidden.get(key, frozenset()) | cells
    return found_hidden


def _groups_hidden_by_age(tables: Sequence[Table], basis: str, hidden: Hidden) -> dict[int, set[str]]:
    """Series -> the groups of migratory status of which an age group is hidden."""
    found: dict[int, set[str]] = {}
    for table in tables:
        if table.dimensions != ("migratory_status", "age_group") or not is_shown(table, basis):
            continue
        mine = hidden.cells[(hidden.cells >= table.offset) & (hidden.cells < table.offset + table.size)]
        for s in range(hidden.rule.shape[1]):
            if table.has(s):
                own = mine[hidden.rules_of(mine, s) > 0]
                found.setdefault(s, set()).update(table.label(int(code))["migratory_status"] for code in own)
    return found
