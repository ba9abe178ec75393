"""The record key of each person for the cell-key method: a keyed hash of sample, household and person.

Equal for the same person on every machine, in every table and release that is made with the same secret.
Source: Fraser & Wooton (2005), A proposed method for confidentialising tabular output to protect against
differencing (ABS); R package cellKey draws its record keys at random and stores them with the microdata.
"""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
import numpy.typing as npt
import polars as pl

from harmonize.distinct.rows import Rows
from harmonize.errors import FitError, UsageError
from harmonize.mapping.model import Mapping
from harmonize.protect.siphash import KEY_BYTES, siphashes
from harmonize.rules.extract_columns import source_column

Keys = npt.NDArray[np.uint32]
_BETWEEN = "\x1f"  # of sample, household and person: a character that no data file has in a cell
_UNLIKE_PLAIN = r"(^|:)-?0[0-9]|[ .]"


def refuse_unnamed_persons(mapping: Mapping) -> None:
    """Raises UsageError where the mapping doesn't say how each person is named."""
    lacking = [] if mapping.keys.household else ["household"]
    if not mapping.keys.person and not mapping.design.size:  # a dwelling is a row, its household
        lacking.append("person")
    if lacking:
        needs = " and ".join(f"keys.{name}" for name in lacking)
        raise UsageError(
            f"--protect cell-key: mapping {mapping.id} has no {needs}, and the noise of a cell comes from who is in it",
            "give the columns that number households, and persons in them, under keys in the mapping (of harmonised "
            "files: then run `harmonize apply` again), or choose --protect suppress",
        )


def keys_of_batch(secret: bytes, named_by: tuple[Sequence[str], str | None], rows: Rows, first_row: int) -> Keys:
    """The record key of each row. named_by: columns of the batch, that rows are of, with `_sample` and `_include`."""
    household, person = named_by
    return record_keys(
        secret, rows.series("_sample"), [rows.series(source_column(name)) for name in household],
        rows.series(source_column(person)).alias(person) if person else None, rows.series("_include"), first_row,
    )  # fmt: skip


def record_keys(
    secret: bytes,
    sample: pl.Series,
    household: Sequence[pl.Series],
    person: pl.Series | None,
    needed: pl.Series,
    first_row: int,
) -> Keys:
    """The record key of each row, (rows).

    sample, household (its columns), person: texts as the files have them. needed: whether the row counts anywhere.
    first_row: 1-based number of the batch's first row, for messages. Raises FitError for a blank person key.
    """
    if person is not None:
        blank = needed & (person.is_null() | (person.str.strip_chars(" ") == ""))
        if blank.any():
            raise FitError(
                f"{person.name} is blank in row {first_row + int(blank.arg_max() or 0):,}, and --protect cell-key "
                "needs to know who each person is",
                "mend the extract, or choose --protect suppress",
            )
    columns = [part.fill_null("").alias(f"{i}") for i, part in enumerate(household)]
    joined = pl.DataFrame(columns).select(pl.concat_str(pl.all(), separator=":")).to_series()
    persons = pl.lit("") if person is None else _plain(person.fill_null(""))
    named = pl.concat_str(sample, _plain(joined), persons, separator=_BETWEEN)
    names = pl.select(named.alias("name")).to_series()
    letters = np.frombuffer((names.str.join("").item() or "").encode(), np.uint8)
    ends = np.cumsum(names.str.len_bytes().to_numpy().astype(np.int64))
    return (_both(secret, letters, ends) & np.uint64(0xFFFFFFFF)).astype(np.uint32)


def _both(secret: bytes, letters: npt.NDArray[np.uint8], ends: npt.NDArray[np.int64]) -> npt.NDArray[np.uint64]:
    """All 256 bits of the secret count: a hash with each half of it, the first with its own halves turned.

    Not bit by bit: a secret of two equal halves would give every person the same key.
    """
    first, second = (siphashes(half, letters, ends) for half in (secret[:KEY_BYTES], secret[KEY_BYTES:]))
    half = np.uint64(32)
    return ((first << half) | (first >> half)) + second


def _plain(text: pl.Series) -> pl.Series:
    """Each part of a name between colons as `plain_name` writes it: `apply` has joined them already."""
    if not text.str.contains(_UNLIKE_PLAIN).any():  # most are, and to look is fast
        return text
    apart = text.str.replace_all(":", "::", literal=True)  # each part between two colons of its own
    apart = apart.str.replace_all(r"(^|:) *(-?)0*([0-9]+)(?:\.0*)? *(:|$)", "${1}${2}${3}${4}")
    apart = apart.str.replace_all(r"(^|:) +", "${1}").str.replace_all(r" +(:|$)", "${1}")
    return apart.str.replace_all("::", ":", literal=True)
