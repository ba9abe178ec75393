"""A tabulation by the cell-key method up to its estimates, without the files."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from harmonize.estimate.taylor import Ratios
from harmonize.gather import CHUNK, Whole, gather
from harmonize.harmonised.reading import described
from harmonize.mapping import load_mapping
from harmonize.pipeline import opened
from harmonize.plan import Plan
from harmonize.protect.perturb import Ways, by_cell_key
from harmonize.readers import Extract, open_extract
from harmonize.second_look.look import looked
from harmonize.tabulate.record_sums import RecordSums

SECRET = bytes(range(32))


@dataclass(frozen=True)
class Keyed:
    """By sample, the estimates without noise and with it; all sums of record keys."""

    plan: Plan
    found: dict[str, Ratios]
    noisy: dict[str, Ratios]
    sums: RecordSums


def of_extract(mapping: str | Path, data: list[Path], secret: bytes = SECRET, chunk_size: int = CHUNK) -> Keyed:
    """As `run` has it."""
    read = load_mapping(str(mapping))
    extract = open_extract(data, read.read, None, None, read.keys.household)
    read, _ = read.lacking(extract.columns)
    return _gathered(Plan.make(read, extract, secret=secret), extract, chunk_size)


def of_harmonised(data: list[Path], secret: bytes = SECRET, chunk_size: int = CHUNK) -> Keyed:
    """As `tabulate` has it."""
    plan, extract = opened(described(data), data, (), ())
    plan = Plan.make(plan.mapping, extract, harmoniser=plan.harmoniser, secret=secret)
    return _gathered(plan, extract, chunk_size)


def _gathered(plan: Plan, extract: Extract, chunk_size: int) -> Keyed:
    with extract:
        whole, ledger = gather(plan, extract, plan.facts(), lambda _: Whole(plan), chunk_size, None, lambda _: None)
    whole.state.close()
    samples = {sample: 0.0 for sample, _, _ in ledger.samples}
    seen = looked(plan, whole.state, whole.kept, whole.groups, whole.replicates, samples, "centered", 95, set())
    found = {sample: each.ratios for sample, each in seen.items()}
    assert whole.evidence.record_sums is not None
    ways = Ways.of(plan.coding)
    noisy = {
        name: by_cell_key(each, name, whole.evidence.record_sums, ways, plan.weights.scale)
        for name, each in found.items()
    }
    return Keyed(plan, found, noisy, whole.evidence.record_sums)
