"""Write what `--format sdmx` takes from the United Nations: harmonize/writers/sdmx/dsd_1_4.json and series.csv.

    python tools/build_sdmx.py DSD.xml CONSTRAINTS.csv

DSD.xml: IAEG-SDGs:SDG(1.4), as the SDMX Global Registry exported it on 2021-04-20 (UNSD and IAEG-SDGs; a copy is in
github.com/brockfanning/sdg-dsd-translations, dsd.xml). CONSTRAINTS.csv: the draft global content constraints of July
2021 (github.com/open-sdg/sdg-build, sdg/outputs/sdmx_global_content_constraints.csv, MIT licence).
"""

from __future__ import annotations

import csv
import json
import sys
from pathlib import Path

from harmonize.indicators import INDICATORS
from harmonize.writers.sdmx.codes import WITH_DISABILITY
from harmonize.writers.sdmx.dsd import BUNDLED, read_dsd

OUT = Path(__file__).parent.parent / "harmonize" / "writers" / "sdmx"
SOURCE = "SDMX Global Registry, IAEG-SDGs:SDG(1.4), prepared 2021-04-20 (United Nations Statistics Division, IAEG-SDGs)"
#: Codes of later versions of the DSD that have the unit and the constraints of an earlier series.
LATER = "_19ICLS"
HEAD = (
    "# Units and allowed codes of SDG series: the draft global content constraints of July 2021, from sdg-build",
    "# (github.com/open-sdg/sdg-build, MIT licence, (c) 2018 Office for National Statistics). Series of the 19th ICLS,",
    "# which are later, as those of the 13th. Written by tools/build_sdmx.py; do not edit.",
)


def main(dsd: Path, constraints: Path) -> None:
    """Write both files."""
    told = {"source": SOURCE} | read_dsd(dsd).as_json()
    (OUT / BUNDLED).write_text(json.dumps(told, indent=1) + "\n", encoding="utf-8")
    with constraints.open(encoding="utf-8", newline="") as file:
        rows = {row["SERIES"]: row for row in csv.DictReader(file)}
    ours = {code for each in INDICATORS.values() for s in each.series for _, code in s.sdmx_series}
    ours |= {WITH_DISABILITY[code] for code in ours & set(WITH_DISABILITY)}
    kept = [
        rows[code.removesuffix(LATER)] | {"SERIES": code} for code in sorted(ours) if code.removesuffix(LATER) in rows
    ]
    with (OUT / "series.csv").open("w", encoding="utf-8", newline="") as file:
        file.writelines(f"{line}\n" for line in HEAD)
        fields = [name for name in kept[0] if name != "Name"]
        writer = csv.DictWriter(file, fields, extrasaction="ignore", lineterminator="\n")
        writer.writeheader()
        writer.writerows(kept)


if __name__ == "__main__":
    main(Path(sys.argv[1]), Path(sys.argv[2]))
