"""The estimates of a sample as its release has them: with noise by cell key, with rounded counts, or as they are."""

from __future__ import annotations

from harmonize.errors import UsageError
from harmonize.estimate.taylor import Ratios
from harmonize.plan import Plan
from harmonize.protect.evidence import Evidence
from harmonize.protect.perturb import Ways, by_cell_key, by_rounding
from harmonize.protect.protection import Protection

ROUNDED_TO = 10  # counts of the whole sample in run.json, beside noise in the tables


def as_released(found: Ratios, sample: str, plan: Plan, evidence: Evidence, protection: Protection) -> Ratios:
    """What the tables show of a sample, also of its standardised rates.

    Raises UsageError where no sums of record keys were made.
    """
    if protection.method not in ("cell-key", "round"):
        return found
    ways = Ways.of(plan.coding)
    if protection.method == "round":
        return by_rounding(found, protection.base, ways, plan.weights.scale)
    if evidence.record_sums is None:
        raise UsageError("--protect cell-key: the parts have no record keys", "tabulate each with --partial --key FILE")
    return by_cell_key(found, sample, evidence.record_sums, ways, plan.weights.scale)


def counts_rounded_to(protection: Protection) -> int:
    """What counts in run.json are multiples of; 0 where they are exact."""
    return {"cell-key": ROUNDED_TO, "round": protection.base}.get(protection.method, 0)
