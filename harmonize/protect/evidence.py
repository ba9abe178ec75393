"""What a run gathers for disclosure control beside its sums: what occurs together, and who contributes most."""

from __future__ import annotations

from harmonize.plan import Plan
from harmonize.prepared import Prepared
from harmonize.tabulate.largest import Largest
from harmonize.tabulate.support import Support


class Evidence:
    """Of all samples of a run, fed batch by batch; parts are joined by the `join` of both."""

    def __init__(self, plan: Plan) -> None:
        self.support = Support(plan.tables, len(plan.series))
        above = plan.coding.kinds.above
        # a mean of amounts; what counts events has no person who could dominate it
        places = {s: int(above[s]) for s in plan.coding.in_money}
        self.largest = Largest(places, max((table.offset + table.size for table in plan.tables), default=0))

    def add(self, prepared: Prepared) -> None:
        """Add a batch."""
        sample = prepared.design["_sample"]
        self.support.add(prepared.starts, sample, prepared.codes, prepared.masks)
        self.largest.add(prepared.starts, sample, prepared.codes, prepared.weight, prepared.masks[2], prepared.amounts)
