"""Make the extract of invented persons in the layout of IPUMS, of every size and format that is asked for.

    python benchmarks/make_data.py                                            1 and 10 million persons
    python benchmarks/make_data.py --rows 100000000 --formats dat,csv,parquet

Each file is made once, into benchmarks/data/formats. All but .sav and .dta are written piece by piece; those two take
the persons into memory, so above LARGEST_TYPED they are left out.
"""

from __future__ import annotations

import argparse

from format_files import MAKERS, made

ROWS = "1000000,10000000"
FORMATS = "dat,dat.gz,csv,csv.gz,parquet,sav,dta"
TYPED = ("sav", "dta")
LARGEST_TYPED = 20_000_000


def main() -> None:
    """Make the files and print where each is, and its size."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("--rows", default=ROWS, help=f"persons, joined by commas ({ROWS})")
    parser.add_argument("--formats", default=FORMATS, help=f"joined by commas ({FORMATS})")
    options = parser.parse_args()
    forms = options.formats.split(",")
    if unknown := [form for form in forms if form not in MAKERS]:
        parser.error(f"no format {unknown[0]}: {', '.join(MAKERS)}")
    for rows in map(int, options.rows.split(",")):
        for form in forms:
            if form in TYPED and rows > LARGEST_TYPED:
                print(f"{form} of {rows:,} persons is left out: its writer would take them all into memory")
                continue
            path = made(form, rows)
            print(f"{path}  {path.stat().st_size / 1e6:,.0f} MB", flush=True)


if __name__ == "__main__":
    main()
