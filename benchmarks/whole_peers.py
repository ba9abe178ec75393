"""Who makes the tables of whole.py, of which formats, by which command, and what each needs."""

from __future__ import annotations

import shutil
import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path

from measure import MAPPING
from whole_tables import REGIONS

HERE = Path(__file__).resolve().parent
FIXED = ("dat", "dat.gz")
CSV = ("csv", "csv.gz")
TYPED = ("sav", "dta")

VERSIONS = """
import sys
from importlib import metadata
for name in sys.argv[1:]:
    try:
        print(name, metadata.version(name))
    except metadata.PackageNotFoundError:
        print(name, "-")
"""


@dataclass(frozen=True)
class Peer:
    """Someone who makes the tables. formats: those it reads. script: its file here, with words before FILE and OUT.

    packages: what it needs, of its language. apart: it runs in the Python that has the peers, else in this one.
    slow: of more than whole.ALL_ROWS persons it takes a tenth. floor: it makes no tables.
    """

    name: str
    formats: tuple[str, ...]
    script: tuple[str, ...]
    packages: tuple[str, ...]
    apart: bool = False
    slow: bool = False
    floor: bool = False

    @property
    def is_r(self) -> bool:
        """Whether it is a script of R."""
        return self.script[0].endswith(".R")

    def command(self, path: Path, out: Path, python: str) -> list[str]:
        """What makes the tables of `path` into the csv `out`; python: the one that has the peers."""
        script, *words = self.script
        if self.is_r:
            return ["Rscript", str(HERE / script), str(path), str(out), str(REGIONS)]
        return [python if self.apart else sys.executable, str(HERE / script), *words, str(path), str(out)]


def _pandas(name: str, source: str, formats: tuple[str, ...], *packages: str, slow: bool = False) -> Peer:
    return Peer(name, formats, ("whole_pandas.py", source), ("pandas", *packages), apart=True, slow=slow)


PEERS = (
    Peer(
        "polars, the columns read and summed",
        (*FIXED, *CSV, "parquet", *TYPED),
        ("whole_polars.py", "columns"),
        ("polars",),
        floor=True,
    ),
    Peer("polars", (*FIXED, *CSV, "parquet", *TYPED), ("whole_polars.py", "tables"), ("polars",)),
    Peer("DuckDB", (*CSV, "parquet"), ("whole_duckdb.py",), ("duckdb",)),
    Peer("R data.table", ("csv",), ("whole_datatable.R",), ("data.table",)),
    _pandas("pandas.read_csv in chunks", "read_csv", CSV),
    _pandas("ipumspy in chunks, pandas", "ipumspy", FIXED, "ipumspy", slow=True),
    _pandas("pandas.read_fwf in chunks", "read_fwf", FIXED, "ipumspy", slow=True),
    _pandas("pyreadstat, pandas", "pyreadstat", TYPED, "pyreadstat"),
)


def run_command(path: Path, out: Path) -> list[str]:
    """All of harmonize: every estimate with its standard error, nothing protected, as the peers protect nothing."""
    return [
        sys.executable,
        "-m",
        "harmonize",
        "run",
        MAPPING,
        str(path),
        "-o",
        str(out),
        "--protect",
        "none",
        "--quiet",
    ]


def points_command(path: Path, told: Path) -> list[str]:
    """harmonize as far as the weighted sums that point estimates are made of; what it came to is in `told`."""
    return [sys.executable, str(HERE / "errors_ways.py"), "points", MAPPING, str(path), str(told)]


def versions(python: str) -> dict[str, str]:
    """Package to its version, of all peers; those that are not installed are not in it."""
    found: dict[str, str] = {}
    for apart, runs in ((False, sys.executable), (True, python)):
        wanted = {name for peer in PEERS if not peer.is_r and peer.apart == apart for name in peer.packages}
        asked = subprocess.run([runs, "-c", VERSIONS, *sorted(wanted)], capture_output=True, text=True, check=True)
        found |= dict(line.split() for line in asked.stdout.splitlines())
    if r := shutil.which("Rscript"):
        asked = subprocess.run([r, "-e", 'cat(format(packageVersion("data.table")))'], capture_output=True, text=True)
        found["data.table"] = asked.stdout.strip() or "-"
    return {name: version for name, version in found.items() if version != "-"}
