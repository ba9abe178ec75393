"""Under-five mortality of migrants: mothers who had surely arrived before the date that their number is of.

The date of each age group of mothers comes from the parities of everybody, which are known when all persons were
seen. Who came later, and migrants of whom it is not known, are then of unknown migratory status: their children were
in part born, and died, elsewhere.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import numpy as np
import numpy.typing as npt

from harmonize.derivations.arrival import NOT_KNOWN
from harmonize.estimate.taylor import Ratios, Singleton, ratios, with_cells
from harmonize.plan import Plan
from harmonize.second_look.kept import Batch, Kept, bit, feed, starts_of, tables_of
from harmonize.tabulate.groups import GroupedSums, bits_of
from harmonize.tabulate.state import State
from harmonize.tabulate.table import Table
from harmonize.tabulate.tables import STATUS

Ints = npt.NDArray[np.int64]
_MIGRANT, _UNKNOWN = STATUS.index("migrant"), STATUS.index("unknown")
_SUMS = ("n", "households", "n_numerator", "x", "y", "weight", "left_out", "base")


class Arrived:
    """The sums of the series by age of mother, and of the headline, with migrants by when they came."""

    def __init__(self, plan: Plan, kept: Kept, times: Mapping[str, Mapping[int, float]]) -> None:
        """times: by sample and number of a series, the years before the census that it is of."""
        self.plan, self.times = plan, times
        self.series = plan.coding.by_arrival
        self.tables = tables_of(plan, self.series[0])
        fpc, count = plan.mapping.design.fpc, len(self.series)
        means = {i: plan.coding.means[s] for i, s in enumerate(self.series)}
        tables = list(self.tables.values())
        self._state = State(
            tables, count, clustered=plan.clustered, fpc_column=(fpc.column if fpc else None) or "", means=means
        )
        places = np.arange(count)
        self._groups = GroupedSums(tables, range(count), means, places, count + places)
        for batch in kept.batches():
            self._add(batch)
        self._state.close()

    def _add(self, batch: Batch) -> None:
        stay, least = batch.array("stay"), self._least(batch)
        codes = np.column_stack(
            [_unknown_where(stay, least, batch.array(f"code{t}"), table) for t, table in self.tables.items()]
        ).astype(np.int32)
        masks = [bits_of(batch.words(mask), self.series) for mask in ("base", "left_out", "universe", "numerator")]
        kinds = self.plan.coding.kinds
        places = [int(kinds.above[s]) for s in self.series] + [int(kinds.below[s]) for s in self.series]
        amounts = np.column_stack([batch.rows[f"amount{place}"].to_numpy() for place in places])
        feed(self._state, self.plan, batch, masks, codes, amounts)
        persons = batch.array("persons") if "persons" in batch.rows.columns else None
        self._groups.add(starts_of(batch), batch.units, codes, batch.array("weight"), masks, persons, amounts)

    def _least(self, batch: Batch) -> npt.NDArray[np.float64]:
        """The years since arrival that each row must have at least, by its sample and its age."""
        names = list(self.times)
        of_sample = batch.samples(names)  # -1, the last of `least`, of samples that do not tell
        found = np.full(batch.rows.height, -np.inf)
        for s in self.series:
            least = np.array([self.times[name].get(s, -np.inf) for name in names] + [-np.inf])
            found = np.where(bit(batch, "base", s), np.fmax(found, least[of_sample]), found)
        return found

    def put(self, found: Ratios, sample: str, singleton: Singleton, fraction: float) -> Ratios:
        """The ratios of a sample with these sums in the place of the series, and cells that were not there before."""
        again = ratios(self._state, sample, singleton, fraction)
        found = with_cells(found, again.cells)
        mine, there = np.searchsorted(found.cells, again.cells), self._cells(found.cells)
        for name in _SUMS:
            sums = getattr(found, name)
            sums[there[:, None], self.series] = 0
            sums[mine[:, None], self.series] = getattr(again, name)
        return found

    def put_groups(self, series: Sequence[int], sums: tuple[Ints, Ints], sample: str, cells: Ints) -> None:
        """The same for sums by groups of clusters, (groups, cells, series). series: their numbers in the run."""
        place = [list(series).index(s) for s in self.series]
        there = self._cells(cells)
        for all_sums, own in zip(sums, self._groups.sums(sample, cells), strict=True):
            all_sums[:, there[:, None], place] = own[:, there]

    def _cells(self, cells: Ints) -> Ints:
        """The places of the cells of these tables."""
        within = [(cells >= table.offset) & (cells < table.offset + table.size) for table in self.tables.values()]
        return np.flatnonzero(np.logical_or.reduce(within))


def _unknown_where(stay: Ints, least: npt.NDArray[np.float64], codes: Ints, table: Table) -> Ints:
    """The cell codes with those of unknown migratory status who came later, and migrants who do not say.

    A non-migrant by citizenship, or by another definition, may have come later too.
    """
    if "migratory_status" not in table.dimensions or table.status_of:
        return codes
    place = table.dimensions.index("migratory_status")
    step = int(np.prod([len(values) for values in table.categories[place + 1 :]], dtype=np.int64))
    status = (codes - table.offset) // step % len(STATUS)
    later = (stay < least) & ((status == _MIGRANT) | (stay != NOT_KNOWN))
    return np.where(later, codes + (_UNKNOWN - status) * step, codes)
