"""Peak memory of a state of many strata times many cells, in memory and spilled.

    python benchmarks/state_size.py --strata 5000 --limit 512      # MiB; --limit 0: everything in memory

Made persons, two a household, the households its clusters, over 2,002 cells and four series. Prints
seconds, the process's peak memory, the state's size and a checksum of the estimates: it is the same
whatever the limit.
"""

from __future__ import annotations

import argparse
import hashlib
import resource
import time

import numpy as np
import polars as pl

from harmonize.estimate.taylor import ratios
from harmonize.tabulate.state import State
from harmonize.tabulate.tables import Table

SERIES, PERSONS = 4, 65_536
STATUS = ("migrant", "non_migrant", "unknown")
ALL = np.full(PERSONS, (1 << SERIES) - 1, np.uint64)
TABLES = (
    Table((), "", (), (), 0),
    Table(
        ("status", "place"),
        "nativity",
        ("status", "place"),
        (STATUS, tuple(map(str, range(600)))),
        1,
        compared=("migrant", "non_migrant"),
    ),
    Table(("group",), "", ("group",), (tuple(map(str, range(200))),), 1801),
)


def main() -> None:
    options = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    options.add_argument("--strata", type=int, default=5_000)
    options.add_argument("--limit", type=int, default=512)
    options.add_argument("--scattered", action="store_true", help="households of a stratum do not stand together")
    given = options.parse_args()
    draw = np.random.default_rng(1)
    units = PERSONS // 2
    batches = given.strata * 2_200 // PERSONS + 1
    state = State(TABLES, SERIES, clustered=False, limit=given.limit << 20 or 1 << 60)
    started = time.perf_counter()
    for batch in range(batches):
        place = np.minimum(draw.geometric(0.004, PERSONS), 599)
        codes = (
            np.zeros(PERSONS),
            1 + draw.integers(0, 3, PERSONS) * 600 + place,
            1801 + draw.integers(0, 200, PERSONS),
        )
        strata = (np.arange(units) + batch * units) * given.strata // (batches * units)
        if given.scattered:
            strata = draw.integers(0, given.strata, units)
        state.add(
            np.arange(0, PERSONS + 1, 2),
            pl.DataFrame({"_sample": ["A"] * units, "stratum": strata.astype(str)}),
            ["stratum"],
            [],
            np.column_stack(codes).astype(np.int32),
            draw.integers(100, 5_000, PERSONS),
            [ALL, np.zeros_like(ALL), ALL, draw.integers(0, 1 << SERIES, PERSONS).astype(np.uint64)],
        )
    state.close()
    added = time.perf_counter()
    found = ratios(state, "A")
    finished = time.perf_counter()
    print(f"{batches * PERSONS:,} persons: {added - started:.1f} s to add, {finished - added:.1f} s to estimate")
    print(f"peak {resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024:,.0f} MiB; state {state.size}")
    print(hashlib.sha256(found.variance.tobytes() + found.contrasts.covariance.tobytes()).hexdigest()[:16])


if __name__ == "__main__":
    main()
