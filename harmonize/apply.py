"""From an extract to harmonised microdata: load, scan, harmonise, write. Nothing is tabulated."""

from __future__ import annotations

import os
import shutil
import tempfile
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

import polars as pl

from harmonize.counting import INCLUDED
from harmonize.distinct.memory import Memory
from harmonize.errors import FitError, OutputError
from harmonize.facts import Facts
from harmonize.gather import CHUNK, forget_unasked, household_key, naming
from harmonize.harmonised import ddi, description, dictionary
from harmonize.harmonised.codebook import codebook_of
from harmonize.harmonised.description import Description, describe
from harmonize.harmonised.files import format_of
from harmonize.harmonised.rows import harmonised_rows
from harmonize.ledger import Ledger
from harmonize.mapping import load_mapping
from harmonize.pipeline import Notices, without
from harmonize.plan import Plan
from harmonize.plan_notices import notices
from harmonize.readers import Extract, household_batches, open_extract
from harmonize.readers.blocks import sound
from harmonize.rules.sample_facts import check_together
from harmonize.run_record import Counts
from harmonize.unmapped import unmapped_message
from harmonize.words.words import ENGLISH, words_in
from harmonize.writers.delivery import refuse_what_is_read


@dataclass(frozen=True)
class Applied:
    """What `apply` wrote: the data, the files beside it, its description, the notices."""

    data: Path
    beside: list[Path]
    description: Description
    rows: int
    notices: list[str]


def apply(
    mapping_id: str,
    data: Sequence[Path],
    out: Path,
    *,
    households: Path | Sequence[Path] | None = None,
    codebook: Path | None = None,
    min_count: int = 10,
    allow_unmapped: bool = False,
    lang: str = ENGLISH,
    progress: Callable[[int, float], None] | None = None,
    tell: Callable[[str], None] | None = None,
    chunk_size: int = CHUNK,
) -> Applied:
    """Write the harmonised persons of an extract to the file `out`, and what it is beside it.

    That is `out`.meta.json, which `tabulate` needs, `out`.ddi.xml, and of a .csv `out`.dictionary.csv.
    lang: the language of titles and labels, see LANGUAGES; names and codes are the same in all.

    Raises a HarmonizeError with the exit code of the contract; then nothing was written.
    """
    made = format_of(out)
    mapping = load_mapping(mapping_id)
    extract = open_extract([Path(path) for path in data], mapping.read, codebook, households, mapping.keys.household)
    mapping, gone = mapping.lacking(extract.columns)
    with naming(extract):
        plan = Plan.make(mapping, extract)
    beside = [out.with_name(out.name + suffix) for suffix in made.beside]
    refuse_what_is_read([out, *beside], [*extract.all_files, mapping.path])
    notice = Notices(tell, [*([without(gone)] if gone else []), *notices(plan, ())])
    with extract:
        stage = _stage(out)
        try:
            ledger = _parts(plan, extract, out, stage, chunk_size, progress, notice)
            if ledger.unmapped and not allow_unmapped:
                what = ", ".join(path.name for path in extract.files)
                raise FitError(unmapped_message(ledger, extract.labels, plan, Counts(min_count), what))
            with _writing(out):
                parts = pl.scan_parquet(sorted(stage.glob("part-*.parquet")), glob=False)
                names = parts.collect_schema().names()
                columns = {name: made.name_of(name) for name in names if made.name_of(name) != name}
                told = describe(plan, extract, ledger, Counts(min_count), made.codes(names), columns)
                book = codebook_of(plan, told, made.kept(names), words_in(lang))
                made.write(parts, stage / out.name, book)
                ddi.write(book, out.name, stage / f"{out.name}{ddi.SUFFIX}")
                if dictionary.SUFFIX in made.beside:
                    dictionary.write(book, stage / f"{out.name}{dictionary.SUFFIX}")
                told.write(stage / f"{out.name}{description.SUFFIX}")
                _deliver(stage, out, beside)
        finally:
            shutil.rmtree(stage, ignore_errors=True)
    return Applied(out, beside, told, ledger.rows, notice.texts)


def _deliver(stage: Path, out: Path, beside: Sequence[Path]) -> None:
    """Give the files their names: what tells of earlier data goes first, what `tabulate` cannot do without comes last.

    So data are never beside the description of others, whenever the work is ended; without theirs they are refused.
    """
    for path in reversed(beside):
        path.unlink(missing_ok=True)
    for path in (out, *beside):
        os.replace(stage / path.name, path)


def _stage(out: Path) -> Path:
    """A folder beside the output, for what is not yet whole."""
    with _writing(out):
        out.parent.mkdir(parents=True, exist_ok=True)
        return Path(tempfile.mkdtemp(prefix=".harmonize-", dir=out.parent))


@contextmanager
def _writing(out: Path) -> Iterator[None]:
    """Turn what may happen on writing into an OutputError: polars makes a full disk a ComputeError."""
    try:
        yield
    except (OSError, pl.exceptions.ComputeError) as error:
        reason = getattr(error, "strerror", None) or error
        raise OutputError(f"{out}: can't be written ({reason})", "give another file") from error


def _parts(
    plan: Plan,
    extract: Extract,
    out: Path,
    stage: Path,
    chunk_size: int,
    progress: Callable[[int, float], None] | None,
    notice: Callable[[str], None],
) -> Ledger:
    """Write each batch of harmonised rows as a part; count what does not fit."""
    facts: Facts = plan.facts()
    ledger = Ledger()
    number = 0

    def restart() -> None:
        nonlocal ledger, number
        ledger, number = Ledger(regrouped=True), 0
        for part in stage.glob("part-*.parquet"):
            part.unlink()

    key, memory = household_key(plan, extract), Memory()
    with sound([*extract.files, *extract.households_files]):
        for batch in household_batches(
            extract, plan.harmoniser.columns, key, chunk_size=chunk_size, notice=notice, restart=restart
        ):
            with naming(extract, ledger):
                taken = plan.take(batch, ledger, facts, memory)
            ledger.add(taken.rows, INCLUDED)
            frame = taken.frame
            rows = harmonised_rows(plan, frame, ledger.rows + 1)
            ledger.rows += batch.height
            with _writing(out):
                rows.write_parquet(stage / f"part-{number:06}.parquet", compression="lz4", statistics=False)
            number += 1
            if progress:
                progress(ledger.rows, extract.progress)
    with naming(extract):
        check_together(plan.mapping, ledger.told)
    forget_unasked(plan, ledger, facts)
    return ledger
