"""What the report has a chart and tables of: a series, with the samples that have it."""

from __future__ import annotations

from dataclasses import dataclass, field

from harmonize.estimate.table import COUNT
from harmonize.report.numbers import Row
from harmonize.report.release import Release
from harmonize.words import Words
from harmonize.writers.about import ADJUSTED, about_of, currencies
from harmonize.writers.workbook.blocks import BLOCK as KEY
from harmonize.writers.workbook.blocks import SERIES, Block, blocks

#: What tells a series from the one of its name that is plain.
PLAIN = {"definition": "default", "adjustment": "none"}


@dataclass
class Subject:
    """A series by one definition of a migrant, one adjustment, and whose status it is by; a block a sample.

    place: its number within the indicator, for the anchor. other: whether the person's own status stands beside.
    """

    indicator: str
    place: int
    found: list[Block] = field(default_factory=list)

    @property
    def first(self) -> Row:
        """One of its rows, for what all have in common."""
        return self.found[0].first

    @property
    def anchor(self) -> str:
        """Its id in the page."""
        return f"{anchor_of(self.indicator)}-{self.place}"

    @property
    def counts(self) -> bool:
        """Whether it is how many persons, not a share of them."""
        return bool(self.first["unit"] == COUNT)

    @property
    def parity(self) -> bool:
        """Whether it is a comparison alone."""
        return bool(self.first["statistic"] == "parity")

    @property
    def plain(self) -> bool:
        """Whether it belongs in the headline: no other definition, no adjustment, no number of persons."""
        definition = str(self.first["definition"]).startswith("default")
        return definition and self.first["adjustment"] == "none" and not self.counts


def anchor_of(indicator: str) -> str:
    """`indicator-8-6-1`."""
    return f"indicator-{indicator.replace('.', '-')}"


def subjects(release: Release) -> dict[str, list[Subject]]:
    """The subjects of each indicator, in the order of the estimates."""
    found: dict[str, list[Subject]] = {}
    for (indicator,), rows in release.estimates.group_by("indicator", maintain_order=True):
        of_it: dict[tuple[object, ...], Subject] = {}
        for block in blocks(rows):
            # the definition as the rows have it: a block that is the default one too is named by both
            counted = block.first["unit"] == COUNT
            key = tuple(counted if name == "counted" else block.first[name] for name in KEY[:SERIES])
            of_it.setdefault(key, Subject(str(indicator), len(of_it) + 1)).found.append(block)
        for subject in of_it.values():
            subject.found.sort(key=lambda block: tuple(block.first[name] for name in ("country", "year", "sample")))
        found[str(indicator)] = list(of_it.values())
    return dict(sorted(found.items(), key=lambda each: _rank(each[0])))


def about(row: Row, release: Release) -> Row:
    """What methods.csv says of the series and sample of a row of the estimates."""
    return about_of(row, release.methods)


def about_series(words: Words, entry: Row, release: Release) -> str:
    """The title of a series of run.json, whose name there may have its adjustment in it."""
    found = (
        row["title"]
        for row in release.methods.values()
        if row["indicator"] == entry["indicator"]
        and entry["series"] in (row["series"], f"{row['series']}_{row['adjustment']}")
    )
    return words(next(found, entry["series"].replace("_", " ")))


def title(words: Words, subject: Subject, release: Release) -> str:
    """The series in words, with what tells it from others of its name."""
    row = subject.first
    parts = [words(about(row, release)["title"])]
    if row["status_of"] != "self":
        parts.append(by_status_of(words, row["status_of"]))
    if row["definition"] != "default":
        parts.append(words.definition(row["definition"]))
    if row["adjustment"] in ADJUSTED:
        parts.append(words(ADJUSTED[row["adjustment"]]))
    if subject.counts:
        parts.append(words("number of persons"))
    return f"{parts[0]} ({'; '.join(parts[1:])})" if parts[1:] else parts[0]


def by_status_of(words: Words, whose: str) -> str:
    """Whose migratory status counts, where it is not the person's own."""
    if whose == "mother":
        return words("by the mother's status")
    if whose == "head":
        return words("by the status of the head of the household")
    return words("by the status of another person: {whose}", whose=whose)


def unit(words: Words, subject: Subject, release: Release) -> str:
    """The unit of its levels in words; of money with the currency."""
    row = subject.first
    told = about(row, release)
    if row["unit"] == "currency":
        money = currencies(about(block.first, release)["currency"] for block in subject.found)
        return ", ".join(sorted(money)) or words.unit("currency")
    return words.unit_of(row["unit"], told["title"])


def _rank(number: str) -> list[tuple[int, str]]:
    return [(int(part), "") if part.isdigit() else (1000, part) for part in number.split(".")]
