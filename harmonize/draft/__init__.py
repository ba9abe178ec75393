"""`harmonize draft`: a first mapping from a codebook, a dictionary or data, to be reviewed.

Columns and codes are proposed by their names and labels alone, never by a guess that is not called one.
"""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from harmonize.draft.design import Line, design_lines, key_lines, sample_lines, year_in_names
from harmonize.draft.places import country_in
from harmonize.draft.proposal import Proposal
from harmonize.draft.propose import proposals, unlabelled
from harmonize.draft.sources import Told, read_sources
from harmonize.draft.words import all_words
from harmonize.draft.write import head, not_proposed, section, variable, without_labels
from harmonize.draft.yaml_text import name
from harmonize.errors import DataFileError
from harmonize.readers.ddi import CodebookVariable
from harmonize.readers.dictionary import TABLE


def draft(
    sources: Sequence[Path],
    mapping_id: str,
    codebook: Path | None = None,
    country: str | None = None,
    year: int | None = None,
) -> str:
    """The text of a mapping named `mapping_id`, which `harmonize check` passes.

    sources: codebooks, dictionaries or data. country: alpha-3; year: of the census; else as the sources say.
    Raises DataFileError where a source can't be read or nothing in it fits the schema, UsageError where the
    country or the year is not told.
    """
    told = read_sources(sources, codebook)
    found = country_of_births(told)
    sample = sample_lines(told, country, year, found)
    proposed = proposals(told, country or found, year or year_in_names(told.files))
    open_ones = [each for each in unlabelled(told) if each[1] not in {proposal.variable for proposal in proposed}]
    others = {variable for _, variable in open_ones}
    if not proposed and not open_ones:
        raise DataFileError(
            f"{', '.join(str(path) for path in told.files)}: no column is one of our variables by its name or label",
            "give a codebook with labels, or start from the nearest mapping: harmonize mappings"
            + (f"\n{TABLE}" if any(path.suffix.lower() == ".csv" for path in told.files) else ""),
        )
    text = head(mapping_id, [path.name for path in told.files])
    dwellings = _dwellings(proposed, others)
    text += section(
        [*([Line("unit: dwelling", "TODO confirm: no sex, no age, but persons in it")] if dwellings else [])]
    )
    design = design_lines(told.variables)
    if dwellings:
        design.append(Line(f"  size: {name(dwellings)}", "persons in the dwelling"))
    keys = key_lines(told.variables)
    lines = [*sample, *design, *keys]
    text += section([*lines, Line("variables:")])
    text += "".join(map(variable, proposed)) + without_labels(open_ones)
    return text + not_proposed(
        proposed,
        others,
        told.twice,
        _unused(told, {*(each.column.name for each in proposed), *(name for name, _ in open_ones)}, lines),
    )


def country_of_births(told: Told) -> str | None:
    """The country whose parts a birthplace names, of the first column that does; None if none does."""
    words = all_words()["country_of_birth"]
    likely = [c for c in told.variables.values() if c.labels and words.likeness(c.name, c.label)[0] > 0]
    return next((found for column in likely if (found := country_in(column.labels.values()))), None)


def _dwellings(proposed: Sequence[Proposal], others: set[str]) -> str | None:
    """The column of persons where rows seem to be dwellings: nobody's sex and age, but how many live there."""
    by_variable = {each.variable: each.column for each in proposed}
    if {"sex", "age", "relationship_to_head", "country_of_birth", "nativity"} & (by_variable.keys() | others):
        return None
    size = by_variable.get("household_size")
    return size.name if size else None


def _unused(told: Told, used: set[str], lines: Sequence[Line]) -> list[tuple[str, str]]:
    """Columns that no variable and no line of the draft names, with their labels."""
    written = " ".join(line.text for line in lines)

    def is_used(column: CodebookVariable) -> bool:
        return column.name in used or name(column.name) in written

    return [(column.name, column.label) for column in told.variables.values() if not is_used(column)]
