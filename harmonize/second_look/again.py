"""A state of rows that are looked at again, with sums by replicate weight beside it where the design has such."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
import numpy.typing as npt

from harmonize.estimate.replication import replicated
from harmonize.estimate.taylor import Ratios, Singleton, ratios
from harmonize.plan import Plan
from harmonize.second_look.kept import Batch, feed, replicates_in, starts_of
from harmonize.tabulate.replicates import ReplicateSums
from harmonize.tabulate.state import State
from harmonize.tabulate.table import Table


class Again:
    """Sums of one or a few series: fed batch by batch, then closed, then read sample by sample."""

    def __init__(
        self,
        plan: Plan,
        tables: Sequence[Table],
        series: int,
        fpc: str,
        *,
        to_total: Sequence[int] | None = None,
    ) -> None:
        """fpc, to_total: see State."""
        self.plan = plan
        self.state = State(tables, series, clustered=plan.clustered, fpc_column=fpc, to_total=to_total)
        self._design = plan.mapping.design.replicate
        self._replicates: ReplicateSums | None = None
        if self._design:
            self._replicates = ReplicateSums(tables, series, len(self._design.columns))

    def feed(
        self,
        batch: Batch,
        masks: Sequence[npt.NDArray[np.uint64]],
        codes: npt.NDArray[np.int32],
    ) -> None:
        """Add a batch. masks: as State.add has them; codes: (rows, tables)."""
        feed(self.state, self.plan, batch, masks, codes)
        if self._replicates:
            codes = np.ascontiguousarray(codes)
            self._replicates.add(starts_of(batch), batch.units, codes, masks, replicates_in(batch))

    def close(self) -> None:
        """Say that there are no more batches."""
        self.state.close()

    def ratios(self, sample: str, singleton: Singleton, fraction: float, halves: Sequence[int] = ()) -> Ratios:
        """The ratios of a sample. halves: see estimate.taylor; replicates are compared with the sums."""
        found = ratios(self.state, sample, singleton, fraction, halves)
        if not (self._replicates and self._design):
            return found
        return replicated(
            found, self._replicates, sample, self._design.factors, self.state.amount_scale, self.state.kinds.other
        )
