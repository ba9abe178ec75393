"""What standard errors by replicate weights cost: harmonize beside point estimates alone, and R's survey.

    python benchmarks/replicates.py                                    1 million persons, 80 replicate weights
    python benchmarks/replicates.py --rows 200000 --replicates 40      a small one; --without R leaves R out

The persons are those of standard_errors.py, with replicate weights of successive differences, by household. The ways
are as there: each a process of its own, R one table of one series of a tenth of the persons, and all must come to the
same estimate and standard error of electricity by migratory status, or the benchmark ends.
"""

from __future__ import annotations

import argparse
import os
import platform
import shutil
import sys
import tempfile
from pathlib import Path

import numpy as np
import polars as pl
from format_files import made
from measure import DATA, measure
from standard_errors import HERE, NEEDED, Told, refuse_other, take

# A column of a Hadamard matrix gives +1 or -1; the difference of two rows of it 0 or 2, over 2^1.5 (Fay and Train).
_LESS = (1 - 2**-0.5, 1.0, 1 + 2**-0.5)
HEAD = """\
| persons | what | tables | series | seconds | CPU s | peak | CPU ns a person, table, series and replicate |
|---:|---|---:|---:|---:|---:|---:|---:|"""


def replicated_extract(rows: int, replicates: int) -> Path:
    """The generated extract with REPWT1, REPWT2, ...; made if it is not there."""
    path = DATA / f"persons_{rows}_{replicates}.parquet"
    if not path.exists():
        persons = pl.read_parquet(made("parquet", rows))
        household = persons.select(pl.struct("SAMPLE", "SERIAL").hash(seed=1) % 100_003).to_series().to_numpy()
        weight = persons["PERWT"].cast(pl.Float64).to_numpy()
        factors = np.random.default_rng(1).choice(_LESS, size=(100_003, replicates), p=(0.25, 0.5, 0.25))
        weights = {f"REPWT{r + 1}": np.round(weight * factors[household, r], 2) for r in range(replicates)}
        persons.with_columns(pl.Series(name, values) for name, values in weights.items()).write_parquet(path)
    return path


def mapping_of(folder: Path, replicates: int) -> Path:
    """The mapping of the extract, with the design by replicate weights."""
    path = folder / "replicates.yaml"
    path.write_text(
        "mapping: replicates\nextends: ipums/international\nversion: 1.0.0\n"
        "title: Made persons with replicate weights\n"
        "source: {producer: made, citation: none, documentation: none, checked_on: '2026-11-28'}\n"
        f"design: {{replicate_weights: {{columns: REPWT1..REPWT{replicates}, method: sdr}}}}\n"
    )
    return path


def tenth_of(path: Path, replicates: int) -> tuple[Path, Path]:
    """The first tenth of the persons, as parquet and as the csv that R reads; made if they are not there."""
    small, text = DATA / f"{path.stem}_tenth.parquet", DATA / f"{path.stem}_tenth.csv"
    if not text.exists():
        persons = pl.read_parquet(path)
        persons = persons.head(persons.height // 10)
        persons.write_parquet(small)
        persons.select(*NEEDED, *(f"REPWT{r + 1}" for r in range(replicates))).write_csv(text)
    return small, text


def report(what: str, found: Told, replicates: int) -> None:
    """Print one row of the table. replicates: 0 where they are not used."""
    each = f"{found.each / replicates:,.3f}" if replicates else ""
    print(
        f"| {found.rows:,} | {what} | {found.tables or ''} | {found.series or ''} | {found.seconds:.1f} "
        f"| {found.cpu:.1f} | {found.peak_bytes / 1e6:,.0f} MB | {each} |",
        flush=True,
    )


def main() -> None:
    """Measure every way and print the table."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("--rows", type=int, default=1_000_000, help="persons (1000000)")
    parser.add_argument("--replicates", type=int, default=80, help="replicate weights (80)")
    parser.add_argument("--without", default="", choices=["", "R"], help="R: not the peer")
    options = parser.parse_args()
    count = options.replicates
    path, first = replicated_extract(options.rows, count), replicated_extract(2_000, count)
    with tempfile.TemporaryDirectory() as folder:
        mapping = mapping_of(Path(folder), count)
        ways = {
            way: [sys.executable, str(HERE / "errors_ways.py"), way, str(mapping)]
            for way in ("errors", "points", "nothing")
        }
        take(ways["errors"], first)  # the first time, the loops are compiled
        print(f"{os.cpu_count()} cores, Python {platform.python_version()}, {platform.system()}\n\n{HEAD}")
        whole = take(ways["errors"], path)
        report(f"harmonize, estimates with standard errors by {count} replicates", whole, count)
        points = take(ways["points"], path)
        refuse_other("points", points, whole)
        report("the same persons, weighted sums alone: point estimates", points, 0)
        report("the same persons, read and harmonised alone", take(ways["nothing"], path), 0)
        command = [sys.executable, "-m", "harmonize", "run", str(mapping), str(path), "--quiet", "--protect", "none"]
        ran = measure([*command, "-o", str(Path(folder) / "out")])
        print(f"|  | harmonize run, with all files | | | {ran.seconds:.1f} | | {ran.peak_bytes / 1e6:,.0f} MB | |")
        r = shutil.which("Rscript")
        if options.without == "R" or r is None:
            print("R is left out", file=sys.stderr)
            return
        small, text = tenth_of(path, count)
        tenth = take(ways["errors"], small)
        report("harmonize, of a tenth of the persons", tenth, count)
        found = take([r, str(HERE / "errors_survey.R")], text)
        refuse_other("survey", found, tenth)
        report("R survey (svrepdesign), one table of one series", found, count)


if __name__ == "__main__":
    main()
