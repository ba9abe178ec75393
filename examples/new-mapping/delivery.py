"""Print a delivery with the codes of dictionary.csv: the persons of the example census as an invented office has them.

    python examples/new-mapping/delivery.py > persons.csv

As deliveries do, it has a code that the dictionary does not tell of: 9 in P31.
"""

from __future__ import annotations

import csv
import gzip
import sys
from pathlib import Path

CENSUS = Path(__file__).resolve().parents[1] / "census" / "persons.csv.gz"
SAMPLE = "716201201"
COLUMNS = ("HHNO", "LINE", "STRAT", "WEIGHT", "H01", "H07", "P03", "P04", "P09", "P20", "P31")
ABROAD = ("2", "2", "3", "8")  # countries of birth, by the number of the household
AREA = {"1": "2", "2": "1"}
SCHOOL = {"0": "", "1": "1", "9": "9"}
ACTIVITY = {"0": "", "1": "1", "2": "2", "9": "9"}


def delivered(row: dict[str, str]) -> tuple[str, ...]:
    """A person of the census with other codes."""
    household = int(row["SERIAL"]) // 1000
    area, school = AREA[row["URBAN"]], SCHOOL.get(row["SCHOOL"], "2")
    lighting = "1" if row["ELECTRIC"] == "1" else "2" if household % 5 == 0 else "3"
    birth = {"1": "1", "2": ABROAD[household % len(ABROAD)]}.get(row["NATIVITY"], "9")
    activity = ACTIVITY.get(row["EMPSTAT"], "3" if school == "1" else "4")
    told = (area, lighting, row["SEX"], row["AGE"], birth, school, activity)
    return (str(household), row["PERNUM"], row["STRATA"], row["PERWT"], *told)


def main() -> None:
    """To stdout."""
    out = csv.writer(sys.stdout, lineterminator="\n")
    out.writerow(COLUMNS)
    with gzip.open(CENSUS, "rt", encoding="utf-8", newline="") as census:
        out.writerows(delivered(row) for row in csv.DictReader(census) if row["SAMPLE"] == SAMPLE)


if __name__ == "__main__":
    main()
