"""Make an extract of invented persons in the layout and codes of IPUMS-International.

    python examples/make_ipums_extract.py --persons 2000 --formats csv --gzip --out examples/census

Two samples, whole households, weights with two implied decimals. The same options give the same bytes.
Twenty million persons take minutes and a few hundred MB of memory.
"""

from __future__ import annotations

import argparse
from contextlib import ExitStack
from pathlib import Path

from extract_writers import WRITERS
from made_population import made_chunks


def make(
    out: Path, persons: int, formats: list[str], seed: int, name: str = "persons", gzipped: bool = False
) -> list[Path]:
    """Write the extract into `out` in each of `formats` (dat, csv, parquet).

    The files written come back, in the order of the formats, without the codebook of dat.
    """
    out.mkdir(parents=True, exist_ok=True)
    ends = {form: f".{form}" + (".gz" if gzipped and form != "parquet" else "") for form in formats}
    paths = [out / (name + ends[form]) for form in formats]
    with ExitStack() as stack:
        writers = [stack.enter_context(WRITERS[form](path)) for form, path in zip(formats, paths, strict=True)]
        for chunk in made_chunks(persons, seed):
            for writer in writers:
                writer.write(chunk)
    return paths


def main() -> None:
    """Read the options and make the files."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--persons", type=int, default=2000, help="about so many; households stay whole")
    parser.add_argument("--formats", default="csv", help="of dat, csv, parquet, joined by commas")
    parser.add_argument("--out", type=Path, default=Path("."), help="folder for the files")
    parser.add_argument("--name", default="persons", help="name of the files, without ending")
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--gzip", action="store_true", help="compress dat and csv")
    given = parser.parse_args()
    formats = given.formats.split(",")
    unknown = [form for form in formats if form not in WRITERS]
    if unknown or given.persons < 1:
        parser.error(f"no format {unknown[0]}: {', '.join(WRITERS)}" if unknown else "--persons must be 1 or more")
    for path in make(given.out, given.persons, formats, given.seed, given.name, given.gzip):
        print(path)


if __name__ == "__main__":
    main()
