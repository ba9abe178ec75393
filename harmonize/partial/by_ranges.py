"""A run of one large file by ranges of its rows, which may be read anywhere: the same tables to the last byte.

    ranges_of(asked, size) -> state_of(asked, range) of each -> joined_states, as a tree -> write_run

What a range can't tell (households that are scattered, a row that does not fit) raises NotInRanges: then the file is to
be run whole, which says what there is to say.
"""

from __future__ import annotations

import tempfile
import time
from collections.abc import Iterator, Mapping, Sequence
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np

from harmonize import __version__
from harmonize import run_record as record
from harmonize.errors import HarmonizeError
from harmonize.facts import Seen
from harmonize.gather import CHUNK, forget_unasked, gather, household_key, naming
from harmonize.ledger import Ledger
from harmonize.options import PLAIN
from harmonize.partial.head import FORMAT, Head
from harmonize.partial.joining import joined
from harmonize.partial.merging import added_up, counted
from harmonize.partial.part import Part
from harmonize.partial.state_file import StateFile, write_state
from harmonize.pipeline import Notices, check_formats, planned
from harmonize.plan import Plan
from harmonize.protect.protection import as_protection
from harmonize.publishing import Found, publish
from harmonize.readers import Extract
from harmonize.readers.formats import codebook_path
from harmonize.readers.ranges import Cutting, NotCut, Range
from harmonize.remote import input_of, is_there, name_of, read_text, told_of
from harmonize.rules.sample_facts import check_together
from harmonize.shown import Shown, refuse_totals_with_noise
from harmonize.writers.delivery import Delivery
from harmonize.writers.sdmx.dsd import dsd_of


@dataclass(frozen=True)
class Asked:
    """What `run` is asked of an extract in one file, a path or URL. options: further arguments of pipeline.run."""

    mapping: str
    data: Path | str
    codebook: Path | str | None
    options: Mapping[str, Any]

    def book(self, folder: Path) -> Path | None:
        """The codebook, None where there is none; that of a URL is fetched to the folder."""
        data, book = self.data, self.codebook
        if book is None:
            name = codebook_path(Path(name_of(data))).name
            book = data.removesuffix(name_of(data)) + name if isinstance(data, str) else data.with_name(name)
            if not (is_there(book) if isinstance(book, str) else book.is_file()):
                return None
        if isinstance(book, str):
            (folder / name_of(book)).write_text(read_text(book) or "", encoding="utf-8")
            return folder / name_of(book)
        return book


@dataclass(frozen=True)
class RangeState:
    """The state of some ranges, as the bytes of a state file. told: see Ledger."""

    state: bytes
    told: frozenset[tuple[str, str, str]]


class NotInRanges(Exception):
    """The file is to be run whole."""


def ranges_of(asked: Asked, size: float) -> list[Range]:
    """Ranges of about `size` bytes of the file, all of it together. Raises NotInRanges."""
    with _in_ranges():
        count = int(_size(asked.data) // size)
        if count < 2:
            raise NotInRanges
        cutting = Cutting(asked.data)
        with _opened(asked, cutting, cutting.start()) as (plan, extract, _):
            if extract.households_without_persons is not None:
                raise NotInRanges
            key = household_key(plan, extract)

        @contextmanager
        def opened(rows: Range) -> Iterator[Extract]:
            with _opened(asked, cutting, rows) as (_, near, _):
                yield near

        found = cutting.ranges(count, key, opened)
    if len(found) < 2:
        raise NotInRanges
    return found


def state_of(asked: Asked, rows: Range, told: Mapping[str, Seen]) -> RangeState:
    """The state of a range. told: what other ranges have seen of each sample. Raises NotInRanges."""
    with _in_ranges(), _opened(asked, Cutting(asked.data), rows) as (plan, extract, _):
        facts = plan.facts()
        for sample, seen in told.items():
            facts.tell(sample, seen)
        part, ledger = gather(
            plan, extract, facts, lambda _: Part(plan, household_key(plan, extract)), CHUNK, None, _not_in_ranges
        )  # fmt: skip
        part.finish()
        return _saved(part, ledger, Head.decided(ledger, facts), part.body.largest_sum + part.ends.largest_sum)


def seen_in(state: RangeState) -> dict[str, tuple[Seen, Seen]]:
    """Of each sample of a range: what its rows told, and what it was tabulated by as lacking."""
    with _files([state]) as (file,):
        return {sample: (file.head.seen(sample), file.head.signature(sample)) for sample in file.head.facts}


def to_do_again(asked: Asked, seen: Sequence[Mapping[str, tuple[Seen, Seen]]]) -> tuple[list[int], dict[str, Seen]]:
    """The ranges that decided otherwise than all together what a sample measures, and what all have seen."""
    with _first(asked) as (plan, _, _):
        facts = plan.facts()
        for each in seen:
            for sample, (told, _) in each.items():
                facts.tell(sample, told)

        def differs(sample: str, used: Seen) -> bool:
            return facts.plan_by(used).definition != facts.plan_of(sample).definition

        again = [n for n, each in enumerate(seen) if any(differs(sample, used) for sample, (_, used) in each.items())]
        all_seen: dict[str, Seen] = {}
        for each in seen:
            for sample, ((asked_, met), _) in each.items():
                before = all_seen.get(sample, (frozenset(), frozenset()))
                all_seen[sample] = (before[0] | asked_, before[1] | met)
        return again, all_seen


def joined_states(asked: Asked, states: Sequence[RangeState]) -> RangeState:
    """One state of several neighbours. Raises NotInRanges where households are scattered over them."""
    with _in_ranges(), _first(asked) as (plan, extract, _), _files(states) as files:
        households = [file.hashes(at_ends=at_ends) for file in files for at_ends in (False, True)]
        if np.unique(np.concatenate(households)).size < sum(map(len, households)):
            raise NotInRanges  # ranges end with households, so it has come again; its persons may point to each other
        part = joined(plan, household_key(plan, extract), files)
        ledger = counted(files)
        ledger.told = {each for state in states for each in state.told}
        seen: dict[str, dict[str, list[Any]]] = {}
        for file in files:
            for sample, facts in file.head.facts.items():
                found = seen.setdefault(sample, {name: [] for name in facts})
                for name in ("asked", "met"):
                    found[name] += [each for each in facts[name] if each not in found[name]]
        return _saved(part, ledger, seen, sum(file.head.weight for file in files))


def write_run(asked: Asked, state: RangeState, out: Path) -> None:
    """Write what `run` writes, from the state of all ranges. Raises a HarmonizeError as `run` does."""
    started = time.perf_counter()
    given = dict(asked.options)
    protection = as_protection(given["protect"])
    refuse_totals_with_noise(given["totals"], protection)
    shown = Shown(
        given["formats"], protection, given["singleton"], given["level"], given["allow_unmapped"],
        given["reliability"], given["totals"], dsd_of(given["formats"], given["dsd"]), given["lang"],
    )  # fmt: skip
    check_formats(given["formats"])
    with _first(asked) as (plan, extract, said), _files([state]) as files, Delivery(out) as delivery:
        notice = Notices(None, said)
        ledger = counted(files)
        facts = plan.facts()
        for sample in files[0].head.facts:
            facts.tell(sample, files[0].head.seen(sample))
        with naming(extract):
            check_together(plan.mapping, set(state.told))
            sums = added_up(plan, files, None)
        forget_unasked(plan, ledger, facts)
        inputs = [input_of(asked.data)] if isinstance(asked.data, str) else record.inputs([asked.data])
        if extract.codebook is not None:
            inputs += record.inputs([extract.codebook.path])
        found = Found(plan, *sums, ledger, facts, inputs, extract.labels, None)
        publish(found, delivery, shown, notice.texts, notice.texts, started)


def _saved(part: Part, ledger: Ledger, facts: dict[str, dict[str, list[Any]]], weight: float) -> RangeState:
    """A part in the form of a state file, without a description: its plan is the mapping's. facts, weight: see Head."""
    head = Head(
        state=FORMAT, version=__version__, description={}, columns=[], decimals={}, by=[], indicators=[],
        options=PLAIN.as_json(), allow_unmapped=False, inputs=[], applied=[], weight=weight,
        ledger=Head.counts(ledger), facts=facts,
    )  # fmt: skip
    with tempfile.TemporaryDirectory(prefix="harmonize-") as folder:
        path = Path(folder) / "state.zip"
        write_state(path, head, part)
        return RangeState(path.read_bytes(), frozenset(ledger.told))


@contextmanager
def _opened(asked: Asked, cutting: Cutting, rows: Range) -> Iterator[tuple[Plan, Extract, list[str]]]:
    """A range as an extract, with what a run does to it and the notices so far."""
    given = asked.options
    with tempfile.TemporaryDirectory(prefix="harmonize-") as folder:
        path = Path(folder) / name_of(asked.data)
        cutting.write(rows, path)
        plan, extract, said = planned(
            asked.mapping, [path], None, asked.book(Path(folder)), given["by"], given["indicators"], given["options"],
            as_protection(given["protect"]).secret,
        )  # fmt: skip
        with extract:
            yield plan, extract, said


@contextmanager
def _first(asked: Asked) -> Iterator[tuple[Plan, Extract, list[str]]]:
    """The first rows in place of the file, for what is the same of all: its columns, labels and plan."""
    cutting = Cutting(asked.data)
    with _opened(asked, cutting, cutting.start()) as found:
        yield found


@contextmanager
def _files(states: Sequence[RangeState]) -> Iterator[list[StateFile]]:
    with tempfile.TemporaryDirectory(prefix="harmonize-") as folder, ExitStack() as stack:
        files = []
        for number, state in enumerate(states):
            path = Path(folder) / f"{number}.zip"
            path.write_bytes(state.state)
            files.append(stack.enter_context(StateFile(path)))
        yield files


def _size(place: Path | str) -> int:
    """The bytes of a file; 0 where it is not there, which the run will say."""
    if isinstance(place, str):
        return int(told_of(place)["bytes"])
    return place.stat().st_size if place.is_file() else 0


@contextmanager
def _in_ranges() -> Iterator[None]:
    """An error in a range has the places of the range: the whole file will say it with its own."""
    try:
        yield
    except (HarmonizeError, NotCut) as error:
        raise NotInRanges from error


def _not_in_ranges(_: str) -> None:
    raise NotInRanges
