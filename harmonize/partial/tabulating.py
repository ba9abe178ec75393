"""From a part of a harmonised extract to a state file: `tabulate --partial`. Nothing is estimated."""

from __future__ import annotations

import time
from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

from harmonize import run_record as record
from harmonize.errors import FitError
from harmonize.gather import CHUNK, forget_unasked, gather, household_key, naming
from harmonize.harmonised.description import SUFFIX, read_description
from harmonize.harmonised.reading import one_description
from harmonize.ledger import Ledger
from harmonize.options import PLAIN, Options
from harmonize.partial.head import Head
from harmonize.partial.part import Part, ends_of
from harmonize.partial.state_file import StateFile, write_state
from harmonize.pipeline import Notices, opened
from harmonize.plan import Plan
from harmonize.plan_notices import notices
from harmonize.protect.record_keys import refuse_unnamed_persons
from harmonize.run_record import Counts
from harmonize.unmapped import unmapped_entries, unmapped_message
from harmonize.writers.delivery import LAST, Delivery

STATE = "state.zip"


@dataclass(frozen=True)
class PartResult:
    """What `tabulate --partial` made: the state file, the record of run.json."""

    state: Path
    run: dict[str, Any]


def tabulate_part(
    data: Sequence[Path],
    out: Path,
    *,
    by: Sequence[str] = (),
    indicators: Sequence[str] = (),
    options: Options = PLAIN,
    facts: Sequence[Path] = (),
    secret: bytes | None = None,
    min_count: int = 10,
    allow_unmapped: bool = False,
    progress: Callable[[int, float], None] | None = None,
    tell: Callable[[str], None] | None = None,
    chunk_size: int = CHUNK,
) -> PartResult:
    """Write the state of harmonised files that are a part of an extract to the folder `out`.

    facts: states of other parts, of what each sample was asked there. secret: of the cell-key method, see read_key.

    Raises a HarmonizeError with the exit code of the contract; then nothing was written.
    """
    started = time.perf_counter()
    told = [read_description(Path(path)) for path in data]
    plan, extract = opened(one_description(told), data, by, indicators, options)
    if secret is not None:
        refuse_unnamed_persons(plan.mapping)
    most = plan.harmoniser.rows
    plan = replace(plan, harmoniser=replace(plan.harmoniser, rows=None), secret=secret)
    known = plan.facts()
    for path in facts:
        with StateFile(Path(path)) as other:
            for sample in other.head.facts:
                known.tell(sample, other.head.seen(sample))
    notice = Notices(tell, notices(plan, by))
    key = household_key(plan, extract)
    with extract, Delivery(Path(out), extract.all_files) as delivery:
        part, ledger = gather(
            plan, extract, known, lambda scattered: Part(plan, key, ends_of(extract, key) if scattered else None),
            chunk_size, progress, notice,
        )  # fmt: skip
        part.finish()
        if most is not None and ledger.rows > most:
            with naming(extract):
                raise FitError(
                    f"{ledger.rows:,} rows, where {SUFFIX} tells of {most:,}",
                    "the data are not what `harmonize apply` wrote, nor a part of it: run it again",
                )
        unmapped = replace(ledger, unmapped=Counter(ledger.unmapped))
        forget_unasked(plan, unmapped, known)
        if unmapped.unmapped and not allow_unmapped:
            what = ", ".join(path.name for path in extract.files)
            raise FitError(unmapped_message(unmapped, extract.labels, plan, Counts(min_count), what))
        weight = part.body.largest_sum + part.ends.largest_sum
        head = Head.of(told, extract, plan, ledger, known, weight, by, indicators, allow_unmapped=allow_unmapped)
        write_state(delivery.path(STATE), head, part)
        summary = _record(head, plan, unmapped, extract.labels, notice.texts, Counts(min_count))
        summary["timings"] = {"total": round(time.perf_counter() - started, 3)}
        record.write_record(summary, delivery.path(LAST))
        files = delivery.finish()
    return PartResult(files[0], summary)


def _record(
    head: Head, plan: Plan, ledger: Ledger, labels: dict[str, dict[str, str]], notices: Sequence[str], show: Counts
) -> dict[str, Any]:
    """The run.json of a part: it has no estimates."""
    mapping = head.description["mapping"]
    return {
        "partial": STATE,
        "versions": record.versions(),
        "mapping": {name: mapping[name] for name in ("id", "version", "title")}
        | {"file": record.inputs([plan.mapping.path])[0]},
        "inputs": head.inputs,
        "rows": ledger.rows,
        "persons": show(ledger.total("persons")),
        "households": show(ledger.households),
        "samples": [
            {"sample": sample, "country": country, "year": year, "persons": show(counts["persons"])}
            for (sample, country, year), counts in sorted(ledger.samples.items())
        ],
        "unmapped": unmapped_entries(ledger, labels, show),
        "notices": list(notices),
    }
