"""What a run gathers for disclosure control beside its sums: what occurs together, who contributes most, keys."""

from __future__ import annotations

from harmonize.plan import Plan
from harmonize.prepared import Prepared
from harmonize.protect.key_file import mark_of
from harmonize.tabulate.largest import Largest
from harmonize.tabulate.record_sums import RecordSums
from harmonize.tabulate.state import State
from harmonize.tabulate.support import Support


class Evidence:
    """Of all samples of a run, fed batch by batch; parts are joined by the `join` of each.

    record_sums, mark: of record keys, and of the secret that made them; None without one.
    """

    def __init__(self, plan: Plan, state: State) -> None:
        """state: of the run, for how its series add up."""
        self.support = Support(plan.tables, len(plan.series))
        # a mean of amounts; what counts events has no person who could dominate it
        places = {s: int(state.kinds.above[s]) for s in plan.coding.in_money}
        self.largest = Largest(places, len(state.dense))
        self.record_sums = None if plan.secret is None else RecordSums(len(state.dense), state.kinds)
        self.mark = None if plan.secret is None else mark_of(plan.secret)

    def add(self, prepared: Prepared) -> None:
        """Add a batch."""
        sample = prepared.design["_sample"]
        self.support.add(prepared.starts, sample, prepared.codes, prepared.masks)
        self.largest.add(prepared.starts, sample, prepared.codes, prepared.weight, prepared.masks[2], prepared.amounts)
        if self.record_sums is not None and prepared.record_keys is not None:
            self.record_sums.add(
                prepared.starts, sample, prepared.codes, prepared.masks, prepared.persons, prepared.amounts,
                prepared.record_keys,
            )  # fmt: skip
