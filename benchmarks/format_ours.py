"""harmonize as a reader: batches of whole households, as a run takes them."""

from __future__ import annotations

from collections import defaultdict
from pathlib import Path

from format_reading import Pieces, Reader, tell

# the household key of ipums/international
KEY = ("SAMPLE", "SERIAL")


def batches(path: Path, columns: list[str]) -> Pieces:
    """The batches that `harmonize run` gets: each household whole, each record checked."""
    import polars as pl

    from harmonize.gather import CHUNK
    from harmonize.readers import household_batches, open_extract

    with open_extract([path], household_key=KEY) as extract:
        for batch in household_batches(extract, columns, KEY, chunk_size=CHUNK, restart=_scattered):
            yield batch.height, int(batch["AGE"].cast(pl.Int64).sum())


def _scattered() -> None:
    raise RuntimeError("the made extract has each household in one place: the file is another's")


OURS = Reader("harmonize", ("polars", "harmonize.gather", "harmonize.readers"), batches)

if __name__ == "__main__":
    tell(defaultdict(lambda: [OURS]))
