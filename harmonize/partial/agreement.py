"""Whether states are parts of one extract, tabulated in one way; else which differ, in what, and what to do."""

from __future__ import annotations

import json
from collections.abc import Sequence
from pathlib import Path

import numpy as np

from harmonize import __version__
from harmonize.errors import FitError, UsageError
from harmonize.facts import Facts, Seen
from harmonize.options import Options, quoted
from harmonize.partial.head import Head
from harmonize.partial.state_file import StateFile
from harmonize.readers.key_set import KeySet

_SHOWN = 20


def in_one_order(states: Sequence[StateFile]) -> list[StateFile]:
    """The states in the order of the files they are of. Raises UsageError for one named twice."""
    found = [state.path.resolve() for state in states]
    for at, path in enumerate(found):
        if path in found[:at]:
            raise UsageError(f"{states[at].path}: the state is named twice", "name the state of each part once")
    return sorted(states, key=lambda state: (_files(state), str(state.path)))


def _files(state: StateFile) -> list[tuple[str, str]]:
    return [(str(each["file"]), str(each["sha256"])) for each in state.head.inputs]


def refuse_other_options(states: Sequence[StateFile]) -> None:
    """Raises FitError where versions or options of the parts differ."""
    first = states[0]
    for state in states:
        if state.head.version != __version__:
            raise FitError(
                f"{state.path} was written by harmonize {state.head.version}, this is {__version__}",
                "tabulate all parts and merge them with one version",
            )
        mine, theirs = _as_typed(first.head), _as_typed(state.head)
        differs = [option for option in mine if mine[option] != theirs[option]]
        if differs:
            raise FitError(
                "\n".join(
                    f"{first.path} was tabulated {_with(option, mine[option])}, "
                    f"{state.path} {_with(option, theirs[option])}"
                    for option in differs
                ),
                "tabulate all parts with the same options, in the same order",
            )
        if (first.head.columns, first.head.decimals) != (state.head.columns, state.head.decimals):
            columns = sorted(set(first.head.columns) ^ set(state.head.columns))
            raise FitError(
                f"{first.path} and {state.path} are of files with different columns: {', '.join(columns)}",
                "the parts of an extract must have the same columns",
            )


def _as_typed(head: Head) -> dict[str, list[str]]:
    """Each option to the words that give it on the command line, none where it was not given."""
    return {
        "--by": [f"--by {quoted(text)}" for text in head.by],
        "--indicator": [f"--indicator {number}" for number in head.indicators],
        "--allow-unmapped": ["--allow-unmapped"] if head.allow_unmapped else [],
        **Options.of(head.options).as_typed(),
    }


def _with(option: str, words: Sequence[str]) -> str:
    return f"with {' '.join(words)}" if words else f"without {option}"


def refuse_parts_twice(states: Sequence[StateFile]) -> None:
    """Raises FitError where two states are of the same file."""
    of: dict[tuple[str, str], StateFile] = {}
    for state in states:
        for file in _files(state):
            if file in of:
                raise FitError(
                    f"{of[file].path} and {state.path} are both of the file {file[0]}",
                    "its persons would be counted twice: name one state of each part",
                )
            of[file] = state


def refuse_missing_parts(states: Sequence[StateFile]) -> None:
    """Raises FitError where the parts have fewer or more rows than the files that they were cut from."""
    whole = {json.dumps(each, sort_keys=True): int(each["rows"]) for state in states for each in state.head.applied}
    told, there = sum(whole.values()), sum(int(state.head.ledger["rows"]) for state in states)
    if told != there:
        raise FitError(
            f"the parts have {there:,} rows together, what `harmonize apply` wrote has {told:,}",
            "name the state of every part once" if there < told else "is a row in two parts?",
        )


def refuse_scattered(states: Sequence[StateFile]) -> None:
    """Raises FitError where a household is in several parts, and within one of them rather than at its ends."""
    met = KeySet()
    suspects = [state for state in states if met.add_all(state.hashes(at_ends=False))]
    ends = np.unique(np.concatenate([state.hashes(at_ends=True) for state in states]))
    at_ends = states if met.add_all(ends) else ()
    for error in (
        *(_scattered(states, state, at_ends=False) for state in suspects),
        *(_scattered(states, state, at_ends=True) for state in at_ends),
    ):
        if error is not None:
            raise error


def _scattered(states: Sequence[StateFile], state: StateFile, *, at_ends: bool) -> FitError | None:
    """The error if another state has, within it, households that `state` has within it or at its ends."""
    mine = state.hashes(at_ends=at_ends)
    for other in states:
        shared = 0 if other is state else np.intersect1d(mine, other.hashes(at_ends=False)).size
        if shared:
            households = "1 household" if shared == 1 else f"{shared:,} households"
            return FitError(
                f"{other.path} and {state.path} both have persons of {households}, which no cut between rows explains",
                "name each part once; if its households are scattered, sort the extract by household before it is\n"
                "cut, or run everything at once",
            )
    return None


def refuse_cut_households(states: Sequence[StateFile], indicator: str) -> None:
    """Raises FitError where a household is in two parts: for this indicator every row must know the head's."""
    for at, state in enumerate(states):
        for other in states[at + 1 :]:
            if np.intersect1d(state.hashes(at_ends=True), other.hashes(at_ends=True)).size:
                raise FitError(
                    f"{state.path} and {other.path} have persons of one household, and {indicator} goes by its head",
                    f"cut the extract between households, or leave out {indicator} with --indicator",
                )


def households_in_all(states: Sequence[StateFile]) -> int:
    """How many households the parts have together, one that is cut counted once."""
    ends = [state.hashes(at_ends=True) for state in states]
    within = sum(state.head.ledger["households"] for state in states) - sum(map(len, ends))
    return int(within) + len(np.unique(np.concatenate(ends)))


def refuse_other_facts(states: Sequence[StateFile], facts: Facts) -> None:
    """Raises FitError where a part decided otherwise than all parts together what a sample measures.

    facts: told what all parts have seen.
    """
    lines: list[str] = []
    advice: list[str] = []
    for state in states:
        needed: dict[str, Seen] = {}
        for sample in state.head.facts:
            used, whole = state.head.signature(sample), facts.signature(sample)
            if facts.plan_by(used).definition == facts.plan_by(whole).definition:
                continue
            lacking, beyond = (used[0] - whole[0], used[1] - whole[1]), (whole[0] - used[0], whole[1] - used[1])
            if any(lacking):
                needed[sample] = lacking
                lines.append(f"{state.path}, sample {sample}: no row has {_names(lacking)}; rows of other parts have")
            if any(beyond):
                lines.append(f"{state.path}, sample {sample}: was told of {_names(beyond)}; no part here has it")
                advice.append(f"tabulate the part of {state.path} again, with --facts of parts that are merged only")
        if needed:
            from_whom = " ".join(f"--facts {path}" for path in _who_knows(states, needed))
            advice.append(f"tabulate the part of {state.path} again, with {from_whom}")
    if lines:
        more = [f"and {len(lines) - _SHOWN} more"] if len(lines) > _SHOWN else []
        raise FitError(
            "\n".join(["what a sample measures was decided differently in the parts", *lines[:_SHOWN], *more]),
            "\n".join(dict.fromkeys(advice)),
        )


def _who_knows(states: Sequence[StateFile], needed: dict[str, Seen]) -> list[Path]:
    """States that together have seen what a part lacks, by sample."""
    found: list[Path] = []
    open_ = {(sample, each) for sample, (asked, met) in needed.items() for each in (*asked, *met)}
    for state in states:
        seen = {
            (sample, each)
            for sample in state.head.facts.keys() & needed.keys()
            for each in (*state.head.seen(sample)[0], *state.head.seen(sample)[1])
        }
        if open_ & seen:
            found.append(state.path)
            open_ -= seen
    return found


def _names(seen: Seen) -> str:
    return ", ".join([*sorted(seen[0]), *(f"{variable}={category}" for variable, category in sorted(seen[1]))])
