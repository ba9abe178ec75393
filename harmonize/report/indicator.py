"""The section of an indicator: what is measured of whom, charts, sentences, and a table under each chart."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from harmonize.indicators import INDICATORS
from harmonize.methods import MEDIAN_OF
from harmonize.protect.words import protection_words
from harmonize.report import sentences
from harmonize.report.charts import DRAWN, by_sample, panels_of, points
from harmonize.report.dots import Panel, draw
from harmonize.report.element import Html, element, joined
from harmonize.report.numbers import Row
from harmonize.report.release import Release
from harmonize.report.samples import short_name
from harmonize.report.square import draw_square, points_of
from harmonize.report.subjects import Subject, about, anchor_of, title, unit
from harmonize.report.tables import numbers_table
from harmonize.report.within import within_samples
from harmonize.words import Words
from harmonize.writers.workbook.blocks import COMPARISON, Block
from harmonize.writers.workbook.reading import PARITY

IN_FULL = 8  # samples whose groups are shown; of more see within
IN_SQUARE = 2  # from so many points on there is a square


def indicator_section(words: Words, number: str, found: Sequence[Subject], release: Release) -> Html:
    """The section. found: the subjects of the indicator."""
    indicator = INDICATORS[number]
    notes = [words(each) for each in indicator.caveats]
    if any(subject.parity for subject in found):
        notes.append(words(PARITY))
    protected = dict.fromkeys(
        protection_words(record["protection"], each, words) for record in release.records for each in indicator.shown
    )
    return element(
        "section",
        element("h3", f"{number}  {words(indicator.title)}"),
        [_subject(words, subject, release) for subject in found],
        element(
            "div",
            element("h4", words("Notes to {number}", number=number)),
            element("ul", [element("li", each) for each in (*notes, *protected)]),
            class_="notes",
        ),
        id=anchor_of(number),
        class_="indicator",
    )


def _subject(words: Words, subject: Subject, release: Release) -> Html:
    heading = title(words, subject, release)
    what = unit(words, subject, release)
    several = len(release.samples) > 1
    body = _several if several else _one
    return element(
        "section",
        element("h4", heading, id=subject.anchor),
        _definition(words, subject, release),
        body(words, subject, release, heading, what),
        class_="series",
    )


def _one(words: Words, subject: Subject, release: Release, heading: str, what: str) -> Html:
    return _block(words, subject, subject.found[0], release, subject.anchor, heading, what)


def _several(words: Words, subject: Subject, release: Release, heading: str, what: str) -> Html:
    """The samples side by side, then each by itself where they are few."""
    lines = [block.total for block in subject.found]
    names = [short_name(words, block.first, release) for block in subject.found]
    said: list[str] = []
    if len(lines) > IN_FULL and not subject.counts:
        said = [sentences.of_samples(words, lines)]
    elif not subject.counts:  # of numbers of persons there is no difference
        said = [
            words("{name}: {value}", name=name, value=sentences.of_total(words, line, what, release.level))
            for name, line in zip(names, lines, strict=True)
        ]
    panel = by_sample(words, subject.found, names)
    drawn = [] if subject.counts else draw(words, [panel], f"{subject.anchor}-s", what, heading)
    at = points(subject.found, release)
    currencies = {about(block.first, release)["currency"] for block in subject.found}
    if not subject.counts and len(points_of(at)) >= IN_SQUARE and len(currencies) == 1:
        drawn.append(draw_square(words, at, f"{subject.anchor}-q", what, heading))
    groups = _groups(subject.found)
    table = numbers_table(
        words, heading, f"{subject.anchor}-all", words("Sample"), list(zip(names, lines, strict=True)), groups,
        _headings(words, subject.found, what, release),
    )  # fmt: skip
    parts: list[Html] = []
    if len(subject.found) <= IN_FULL:
        beside = [] if subject.counts else [each for block in subject.found for each in panels_of(words, block)]
        for place, (name, block) in enumerate(zip(names, subject.found, strict=True), 1):
            inside = _block(
                words, subject, block, release, f"{subject.anchor}-{place}", f"{heading}, {name}", what, beside
            )
            parts.append(element("details", element("summary", name), inside, class_="sample"))
    else:
        parts += within_samples(words, subject, names, heading, _headings(words, subject.found, what, release))
        told = words("Further groups within the samples are in estimates.csv.")
        parts.append(
            element("p", told if parts else words("Groups within the samples are in estimates.csv."), class_="note")
        )
    return joined(
        element("ul", [element("li", each) for each in said], class_="said") if said else Html(),
        _drawn(drawn),
        _named_below(words, [panel]),
        element("details", element("summary", words("Table of the samples")), table, class_="data"),
        parts,
    )


def _block(
    words: Words, subject: Subject, block: Block, release: Release, anchor: str, heading: str, what: str,
    beside: Sequence[Panel] = (),
) -> Html:  # fmt: skip
    """A series in one sample: sentences, charts, tables. beside: the charts of the other samples."""
    panels = [] if subject.counts else panels_of(words, block)
    said = [sentences.of_total(words, block.total, what, release.level)] if not subject.counts else []
    by_group = [
        sentences.of_section(words, block.sections[(name,)])
        for name in DRAWN
        if (name,) in block.sections and not subject.counts
    ]
    drawn = draw(words, panels, anchor, what, heading, beside)
    head = _headings(words, [block], what, release)
    near: list[tuple[str, Html]] = []
    far: list[tuple[str, Html]] = []
    for section in block.ordered():
        place = f"{anchor}-t{len(near) + len(far)}"
        names = sentences.labels(words, section)
        by = " × ".join(words.dimension(name) for name in section.dimensions)
        table = numbers_table(
            words, words("{name}: {value}", name=heading, value=by) if by else heading, place, by or words("Group"),
            list(zip(names, section.ordered(), strict=True)), section.groups, head,
        )  # fmt: skip
        charted = not section.dimensions or section.dimensions[0] == COMPARISON or section.dimensions[0] in DRAWN
        (near if charted and len(section.dimensions) < 2 else far).append((by, table))
    others = ", ".join(by for by, _ in far)
    return joined(
        [element("p", each, class_="said") for each in said],
        [element("p", each) for each in by_group if each],
        _drawn(drawn),
        _named_below(words, panels, words.inside),
        element(
            "details", element("summary", words("Table of these numbers")), [table for _, table in near],
            class_="data",
        ),
        element(
            "details", element("summary", words("Further groups: {groups}", groups=others)),
            [table for _, table in far],
        ) if far else Html(),
    )  # fmt: skip


def _definition(words: Words, subject: Subject, release: Release) -> Html:
    """Universe, numerator, who is a migrant by this definition, and why it is a proxy: each with its samples."""
    alike = len({(each["basis"], each["concept"]) for each in release.samples}) == 1
    told: dict[tuple[str, str], list[str]] = {}
    for block in subject.found:
        row = about(block.first, release)
        sample = release.by_sample[block.first["sample"]]
        name = short_name(words, block.first, release)
        for entry in _facts(words, row, block, sample, alike):
            told.setdefault(entry, []).append(name)
    every = len(subject.found)
    near: list[Html] = []
    far: list[Html] = []
    for (term, text), names in told.items():
        where = "" if len(names) == every else f" ({_first(words, names)})"
        pair = joined(element("dt", term), element("dd", text, where))
        (far if term in _further(words).values() else near).append(pair)
    more = element(
        "details",
        element("summary", words("Reference period and standards")),
        element("dl", far, class_="facts"),
        class_="data",
    )
    return joined(element("dl", near, class_="facts"), more if far else Html())


def _further(words: Words) -> dict[str, str]:
    """Columns of methods.csv that are told where somebody asks for them."""
    return {
        "reference_period": words("Reference period"), "currency": words("Currency"), "standard": words("Standard"),
        "age_floor": words("Counted from age"), "top_codes": words("Top codes"),
    }  # fmt: skip


def _facts(words: Words, row: Row, block: Block, sample: Row, alike: bool) -> list[tuple[str, str]]:
    counted = words("The number") if row["numerator"].startswith(MEDIAN_OF) else words("Counted of them")
    found = [
        (words("Universe"), words(row["universe"]) if row["universe"] else words("all persons")),
        (counted, words(row["numerator"])),
    ]
    if block.first["definition"] != "default" or not alike:
        who = words.migrants(block.basis, sample["concept"], block.first["definition"])
        found.append((words("Migrants"), who))
    if row["reasons"]:
        found.append((words("Proxy because"), words(row["reasons"])))
    for column, term in _further(words).items():
        if row[column]:
            found.append((term, words.stated(row[column])))
    return found


def _headings(words: Words, found: Sequence[Block], what: str, release: Release) -> Callable[[str], str]:
    """What the numbers of each group of columns are: `what`, but that of percentages a difference is in points."""

    def heading(group: str) -> str:
        units = (line.rows[group]["unit"] for block in found for section in block.sections.values()
                 for line in section.lines.values() if group in line.rows)  # fmt: skip
        unit = next(units, "")
        of = words.unit(unit) if unit in ("percentage_points", "ratio") else what
        if not release.with_intervals:
            return of
        return words("{unit} [{level} % interval]", unit=of, level=words.plain(release.level))

    return heading


def _drawn(figures: Sequence[Html]) -> Html:
    return element("div", figures, class_="panels") if figures else Html()


def _named_below(words: Words, panels: Sequence[Panel], named: Callable[[str], str] = str) -> Html:
    """The suppressed marks of the charts by name. named: a label as it is within a sentence."""
    hidden = [
        (panel.title, {group: [named(each) for each in labels] for group, labels in panel.suppressed.items()})
        for panel in panels
    ]
    lines = [sentences.suppressed(words, what, marks) for what, marks in hidden if marks]
    return joined([element("p", line, class_="note") for line in lines])


def _groups(found: Sequence[Block]) -> list[str]:
    order = ("everybody", "migrant", "non_migrant", "difference", "parity", "unknown")
    return [name for name in order if any(name in block.total.rows for block in found)]


def _first(words: Words, names: Sequence[str]) -> str:
    if len(names) <= 3:
        return words.listed(names)
    return words("{names} and {n} more", names=words.listed(names[:3]), n=len(names) - 3)
