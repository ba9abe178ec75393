"""States of parts joined to the state of a larger part: nothing is closed yet, so that it may be joined again."""

from __future__ import annotations

from collections.abc import Sequence

from harmonize.partial.agreement import refuse_scattered
from harmonize.partial.merging import join
from harmonize.partial.part import Part
from harmonize.partial.record_sums import record_sums_of_all
from harmonize.partial.state_file import StateFile
from harmonize.plan import Plan


def joined(plan: Plan, key: Sequence[str], files: Sequence[StateFile]) -> Part:
    """The part that these parts of one extract are together. key: the columns that tell households apart.

    Raises FitError where a household is in several of them, and within one of them rather than at its ends.
    """
    refuse_scattered(files)
    part = Part(plan, key)
    for file in files:
        join(part.body, file, "body")
        join(part.ends, file, "ends")
        if part.groups:
            join(part.groups.state, file, "groups")
        for folder, kept in (("body", part.kept), ("ends", part.kept_of_ends)):
            for content in file.kept(folder):
                kept.put_bytes(content)
        if part.replicates:
            cells, series = len(part.body.dense), part.body.series
            part.replicates.join(file.replicates(part.replicates.replicates, cells, series))
        part.add_households(file.hashes(at_ends=False), file.hashes(at_ends=True))
        file.join_evidence(part.evidence)
    part.evidence.record_sums, part.evidence.mark = record_sums_of_all(files, part.body)
    return part
