"""The whole story: load, scan, harmonise, derive, tabulate, estimate, write."""

from __future__ import annotations

import time
from collections.abc import Callable, Sequence
from pathlib import Path

from harmonize import run_record as record
from harmonize.errors import UsageError
from harmonize.estimate.reliability import USUAL, Reliability
from harmonize.estimate.taylor import Singleton
from harmonize.gather import CHUNK, Whole, forget_unasked, gather, naming
from harmonize.harmonised.description import Description
from harmonize.harmonised.reading import described, harmoniser_of, mapping_of
from harmonize.mapping import load_mapping
from harmonize.mapping.todo import todo_findings
from harmonize.options import PLAIN, Options
from harmonize.plan import Plan
from harmonize.plan_notices import notices
from harmonize.protect.protection import Protection, as_protection
from harmonize.publishing import Found, RunResult, publish
from harmonize.readers import Extract, open_extract
from harmonize.shown import Shown, refuse_totals_with_noise
from harmonize.words.words import ENGLISH
from harmonize.writers import WRITERS
from harmonize.writers.delivery import Delivery
from harmonize.writers.sdmx.dsd import dsd_of


def run(
    mapping_id: str,
    data: Sequence[Path],
    out: Path,
    *,
    households: Path | Sequence[Path] | None = None,
    codebook: Path | None = None,
    by: Sequence[str] = (),
    indicators: Sequence[str] = (),
    options: Options = PLAIN,
    formats: Sequence[str] = ("csv", "parquet"),
    protect: Protection | str = "suppress",
    singleton: Singleton = "centered",
    level: float = 95,
    reliability: Reliability = USUAL,
    totals: bool = False,
    dsd: Path | None = None,
    lang: str = ENGLISH,
    allow_unmapped: bool = False,
    progress: Callable[[int, float], None] | None = None,
    tell: Callable[[str], None] | None = None,
    chunk_size: int = CHUNK,
) -> RunResult:
    """Measure the indicators of an extract and write them to the folder `out`.

    dsd: the SDMX-ML structure file of the DSD for the format sdmx, None for the one of the package.
    lang: the language of the workbook, see LANGUAGES; the data are the same in all.
    progress: called with the rows read and the share of the extract they are. tell: called with each
    notice as soon as it is known; all are in the record too.

    Raises a HarmonizeError with the exit code of the contract; then nothing was written.
    """
    check_formats(formats)
    definition = dsd_of(formats, dsd)
    protection = as_protection(protect)
    refuse_totals_with_noise(totals, protection)
    plan, extract, said = planned(
        mapping_id, [Path(p) for p in data], households, codebook, by, indicators, options, protection.secret
    )
    shown = Shown(formats, protection, singleton, level, allow_unmapped, reliability, totals, definition, lang)
    return deliver(plan, extract, Path(out), said, shown, progress, tell, chunk_size)


def planned(
    mapping_id: str,
    data: Sequence[Path],
    households: Path | Sequence[Path] | None,
    codebook: Path | None,
    by: Sequence[str],
    indicators: Sequence[str],
    options: Options,
    secret: bytes | None,
) -> tuple[Plan, Extract, list[str]]:
    """What `run` does to an extract, the extract, and the notices so far. secret: see Plan."""
    mapping = load_mapping(mapping_id)
    extract = open_extract(data, mapping.read, codebook, households, mapping.keys.household)
    mapping, gone = mapping.lacking(extract.columns)
    with naming(extract):
        plan = Plan.make(mapping, extract, by, indicators, options=options, secret=secret)
    return (
        plan,
        extract,
        [*([without(gone)] if gone else []), *map(str, todo_findings(mapping.path)), *notices(plan, by)],
    )


def without(columns: Sequence[str]) -> str:
    """The notice of columns of the design that an extract lacks."""
    if len(columns) == 1 and " to " not in columns[0]:
        return f"the extract has no column {columns[0]}: the standard errors do without it"
    return f"the extract has no columns {', '.join(columns)}: the standard errors do without them"


def tabulate(
    data: Sequence[Path],
    out: Path,
    *,
    by: Sequence[str] = (),
    indicators: Sequence[str] = (),
    options: Options = PLAIN,
    formats: Sequence[str] = ("csv", "parquet"),
    protect: Protection | str = "suppress",
    singleton: Singleton = "centered",
    level: float = 95,
    reliability: Reliability = USUAL,
    totals: bool = False,
    dsd: Path | None = None,
    lang: str = ENGLISH,
    allow_unmapped: bool = False,
    progress: Callable[[int, float], None] | None = None,
    tell: Callable[[str], None] | None = None,
    chunk_size: int = CHUNK,
) -> RunResult:
    """The same as `run` of files that `apply` wrote, which have their description beside them."""
    check_formats(formats)
    definition = dsd_of(formats, dsd)
    protection = as_protection(protect)
    refuse_totals_with_noise(totals, protection)
    told = described([Path(path) for path in data])
    plan, extract = opened(told, data, by, indicators, options, protection.secret)
    shown = Shown(formats, protection, singleton, level, allow_unmapped, reliability, totals, definition, lang)
    return deliver(plan, extract, Path(out), notices(plan, by), shown, progress, tell, chunk_size)


def opened(
    told: Description,
    data: Sequence[Path],
    by: Sequence[str],
    indicators: Sequence[str],
    options: Options = PLAIN,
    secret: bytes | None = None,
) -> tuple[Plan, Extract]:
    """Harmonised files, and what a tabulation does to them. told: their description; secret: see Plan."""
    mapping = mapping_of(told)
    extract = open_extract([Path(path) for path in data], mapping.read, None, None, mapping.keys.household)
    return Plan.make(mapping, extract, by, indicators, harmoniser_of(told, extract), options, secret), extract


_RECORDS = "tables are written as csv, parquet or xlsx, which it reads; records of persons by harmonize apply -o FILE{}"
ELSEWHERE = {
    **dict.fromkeys(("excel", "xls"), "a workbook is xlsx"), "pdf": "html, which a browser prints to PDF",
    **dict.fromkeys(("stata", "dta"), _RECORDS.format(".dta")),
    **dict.fromkeys(("spss", "sav"), _RECORDS.format(".sav")),
}  # fmt: skip
"""What to ask for instead of formats that are no tables' here."""


def check_formats(formats: Sequence[str]) -> None:
    """Raises UsageError for a format of the estimates that is not written."""
    for name in formats:
        if name not in WRITERS:
            listed = f"formats: {', '.join(WRITERS)}"
            raise UsageError(f"--format {name}: there is no such format", ELSEWHERE.get(name.lower(), listed))


class Notices:
    """Sentences for the user: told as they arise, kept for the record."""

    def __init__(self, tell: Callable[[str], None] | None, said: Sequence[str]) -> None:
        self.texts: list[str] = []
        self._tell = tell
        for text in said:
            self(text)

    def __call__(self, text: str) -> None:
        """Tell and keep one."""
        self.texts.append(text)
        if self._tell:
            self._tell(text)


def deliver(
    plan: Plan,
    extract: Extract,
    out: Path,
    said: Sequence[str],
    shown: Shown,
    progress: Callable[[int, float], None] | None,
    tell: Callable[[str], None] | None,
    chunk_size: int,
) -> RunResult:
    """Tabulate, estimate and write: what `run` and `tabulate` have in common. said: notices so far."""
    started = time.perf_counter()
    notice = Notices(tell, said)
    about_numbers = [*notice.texts]  # what the readers will say of the order of the rows is not
    with extract, Delivery(out, extract.all_files) as delivery:
        facts = plan.facts()
        whole, ledger = gather(plan, extract, facts, lambda _: Whole(plan), chunk_size, progress, notice)
        with naming(extract):
            whole.state.close()
        forget_unasked(plan, ledger, facts)
        found = Found(
            plan, whole.state, whole.kept, whole.groups, whole.replicates, whole.evidence, ledger, facts,
            record.inputs(extract.all_files), extract.labels, extract.households_without_persons,
        )  # fmt: skip
        return publish(found, delivery, shown, notice.texts, about_numbers, started)
