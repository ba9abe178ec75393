"""Groups within many samples: of more samples than can be shown in full, a table by sex, and one by urban and rural."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from harmonize.report import sentences
from harmonize.report.element import Html, element
from harmonize.report.subjects import Subject
from harmonize.report.tables import numbers_table
from harmonize.words import Words
from harmonize.writers.workbook.blocks import GROUPS

SHOWN = ("sex", "urban_rural")
MOST = 40  # samples: with the groups of more the file takes too long to open


def within_samples(
    words: Words, subject: Subject, names: Sequence[str], heading: str, head: Callable[[str], str]
) -> list[Html]:
    """A folded table for each of SHOWN, a row a sample and group. names: of the samples. head: see numbers_table."""
    if len(names) > MOST:
        return []
    found = []
    for dimension in SHOWN:
        lines = [
            (words("{name}: {value}", name=name, value=label), line)
            for name, block in zip(names, subject.found, strict=True)
            if (section := block.sections.get((dimension,)))
            for label, line in zip(sentences.labels(words, section), section.ordered(), strict=True)
        ]
        groups = [each for each in GROUPS if any(each in line.rows for _, line in lines)]
        by = words.dimension(dimension)
        if lines:
            caption = words("{name}: {value}", name=heading, value=by)
            table = numbers_table(words, caption, f"{subject.anchor}-{dimension}", words("Sample"), lines, groups, head)
            found.append(element("details", element("summary", by), table))
    return found
