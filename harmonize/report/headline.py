"""In short: of every series migrants, non-migrants and their difference, drawn too, and what can be said of them."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from harmonize.indicators import INDICATORS
from harmonize.report.element import Html, element, joined
from harmonize.report.numbers import Row, is_told, is_unreliable
from harmonize.report.release import Release
from harmonize.report.samples import short_name
from harmonize.report.scale import Scale
from harmonize.report.subjects import Subject, title, unit
from harmonize.report.tables import estimate_cell, group_words, scrolling
from harmonize.report.verdict import Verdict, verdict
from harmonize.words import Words
from harmonize.writers.workbook.blocks import Block

SIDE_BY_SIDE = 4  # samples that have their rows here; of more, how many are above and below
COMPARED = ("migrant", "non_migrant", "difference")
DRAWN, HIGH = 200.0, 18.0  # pixels of a drawn difference
EDGE = 6.0


def headline(words: Words, found: Mapping[str, Sequence[Subject]], release: Release) -> Html:
    """The sentence and the table."""
    plain = {number: [each for each in some if each.plain] for number, some in found.items()}
    if len(release.samples) > SIDE_BY_SIDE:
        return joined(_reading(words), _by_count(words, plain, release))
    said = [_sentence(words, plain, release, sample) for sample in release.samples]
    return joined(said, _reading(words), _table(words, plain, release))


def _reading(words: Words) -> Html:
    return element(
        "p",
        words(
            "Above and below say which number is larger, not which is better. What these numbers show are differences "
            "between two groups who also differ in age, schooling and place of living: not what migration does."
        ),
    )


def _sentence(words: Words, found: Mapping[str, Sequence[Subject]], release: Release, sample: Row) -> Html:
    """The series of a sample by what can be said of their differences."""
    named: dict[Verdict, list[Html]] = {}
    for some in found.values():
        for subject in some:
            for block in subject.found:
                if block.first["sample"] == sample["sample"] and not subject.parity:
                    link = element("a", title(words, subject, release), href=f"#{subject.anchor}")
                    named.setdefault(verdict(block.total), []).append(link)
    heads = (
        (Verdict.ABOVE, words("Migrants are above non-migrants in")),
        (Verdict.BELOW, words("Migrants are below non-migrants in")),
        (Verdict.NONE, words("No difference could be shown in")),
        (Verdict.UNRELIABLE, words("Too unreliable to compare")),
        (Verdict.HIDDEN, words("Not given, to protect persons")),
        (Verdict.MISSING, words("Nothing to compare in")),
    )
    items = [
        element(
            "li",
            element("strong", words("{what}: ", what=head)),
            _separated(words, named[what]),
            class_=what.value,
        )
        for what, head in heads
        if what in named
    ]
    name = short_name(words, sample, release)
    heading = element("h3", name) if len(release.samples) > 1 else Html()
    return joined(heading, element("ul", items, class_="verdicts"))


def _separated(words: Words, links: Sequence[Html]) -> Html:
    return joined(*[joined(words.listed(["", ""]) if place else "", link) for place, link in enumerate(links)])


def _table(words: Words, found: Mapping[str, Sequence[Subject]], release: Release) -> Html:
    """A row for each series and sample, with the difference drawn; percentage points share an axis."""
    several = len(release.samples) > 1
    points = [
        block.total.rows.get("difference")
        for some in found.values() for subject in some for block in subject.found
        if subject.first["unit"] == "percent"
    ]  # fmt: skip
    scale = _scale(points)
    drawn = any(row is not None and is_told(row) for row in points)
    groups = COMPARED if any(sample["basis"] for sample in release.samples) else ("everybody",)
    names = [words("Series"), *([words("Sample")] if several else [])]
    heads = [element("th", each, scope="col") for each in names]
    heads += [element("th", group_words(words, each), scope="col", class_=f"number {each}") for each in groups]
    if drawn:
        heads.append(
            element("th", words("Difference, in percentage points"), _axis(words, scale), scope="col", class_="drawn")
        )
    bodies = []
    for number, some in found.items():
        if not some:
            continue
        across = element(
            "th", element("span", number, class_="sdg"), " ", words(INDICATORS[number].title), colspan=len(heads),
            scope="rowgroup", class_="indicator",
        )  # fmt: skip
        rows = [row for each in some for row in _rows(words, each, release, groups, scale if drawn else None)]
        bodies.append(element("tbody", element("tr", across), rows))
    caption = words("Migrants and non-migrants")
    table = element(
        "table", element("caption", caption, id="headline"), element("thead", element("tr", heads)), bodies,
        class_="headline stacked",
    )  # fmt: skip
    signs = words("(u): unreliable. ..: not given, to protect persons. -: nobody, or no number.")
    if release.with_intervals:
        brackets = words("In brackets: intervals of {level} %.", level=words.plain(release.level))
        signs = f"{brackets} {signs}"
    return joined(scrolling(table, "headline"), element("p", signs, class_="note"))


def _scale(rows: Sequence[Row | None]) -> Scale:
    """Just what the differences and 0 take, with few ticks."""
    round_ = Scale.of(rows, [0.0], ticks=5)
    shown = [row for row in rows if row is not None and is_told(row)]
    sure = [row for row in shown if not is_unreliable(row)]
    ends = [row[name] for row in sure for name in ("ci_lower", "ci_upper") if row[name] is not None]
    values = [0.0, *ends, *(row["estimate"] for row in shown)]
    low, high = min(values), max(values)
    return Scale(low, high, round_.step) if high > low else round_


def _rows(words: Words, subject: Subject, release: Release, groups: Sequence[str], scale: Scale | None) -> list[Html]:
    """The rows of a series; of several samples they share the name of the series."""
    name = _name(words, subject, release)
    numbers = [_numbers(words, subject, block, groups, scale) for block in subject.found]
    if len(release.samples) == 1:
        return [element("tr", element("th", name, scope="row"), numbers[0])]
    first = element("th", name, scope="row", rowspan=len(numbers))
    samples = [element("th", short_name(words, each.first, release), scope="row") for each in subject.found]
    return [
        element("tr", Html() if place else first, sample, cells)
        for place, (sample, cells) in enumerate(zip(samples, numbers, strict=True))
    ]


def _name(words: Words, subject: Subject, release: Release) -> Html:
    """The series as a link, its unit, and whether it is a proxy in some sample."""
    what = words("migrants ÷ non-migrants") if subject.parity else unit(words, subject, release)
    link = element("a", title(words, subject, release), href=f"#{subject.anchor}")
    proxy = any(block.first["measurement"] == "proxy" for block in subject.found)
    tag = joined(" ", element("span", words("proxy"), class_="tag")) if proxy else Html()
    return joined(link, ", ", element("span", what, class_="unit"), tag)


def _numbers(words: Words, subject: Subject, block: Block, groups: Sequence[str], scale: Scale | None) -> Html:
    """The cells of a series in a sample."""
    rows = block.total.rows
    if subject.parity and groups is COMPARED:
        empty = element("td", class_="first")
        cells = [empty, empty, estimate_cell(words, rows.get("parity"), words("migrants ÷ non-migrants"))]
    else:
        cells = [estimate_cell(words, rows.get(group), group_words(words, group)) for group in groups]
    if scale is not None:
        row = rows.get("difference") if subject.first["unit"] == "percent" else None
        told = row is not None and is_told(row)
        cells.append(element("td", _difference(row, scale) if row and told else "", class_="drawn"))
    return joined(cells)


def _difference(row: Row, scale: Scale) -> Html:
    """The difference as a dot with its interval around 0. It is in the cell before it too: no reader is told twice."""
    zero, x, y = _at(scale, 0.0), _at(scale, row["estimate"]), HIGH / 2
    drawn = [element("line", x1=zero, x2=zero, y1=0, y2=HIGH, class_="zero")]
    if row["ci_lower"] is not None and row["ci_upper"] is not None:
        ends = {"x1": _at(scale, row["ci_lower"]), "x2": _at(scale, row["ci_upper"])}
        drawn.append(element("line", y1=y, y2=y, class_="interval", **ends))
    drawn.append(element("circle", cx=x, cy=y, r=4, class_="shape"))
    return element(
        "svg", drawn, viewBox=f"0 0 {DRAWN:g} {HIGH:g}", width=DRAWN, height=HIGH, aria_hidden="true",
        class_="difference unsure" if is_unreliable(row) else "difference",
    )  # fmt: skip


def _axis(words: Words, scale: Scale) -> Html:
    texts = [
        element("text", words.decimal(each, scale.decimals), x=_at(scale, each), y=12, text_anchor="middle")
        for each in scale.ticks
    ]
    return element(
        "svg", texts, viewBox=f"0 0 {DRAWN:g} 15", width=DRAWN, height=15, aria_hidden="true", class_="difference"
    )


def _at(scale: Scale, value: float) -> float:
    return scale.place(value, EDGE + 8, DRAWN - EDGE - 8)


def _by_count(words: Words, found: Mapping[str, Sequence[Subject]], release: Release) -> Html:
    """In how many samples migrants are above, below, or neither."""
    columns = (
        (words("Samples"), None),
        (words("Migrants above"), Verdict.ABOVE),
        (words("Migrants below"), Verdict.BELOW),
        (words("No difference shown"), Verdict.NONE),
        (words("Unreliable"), Verdict.UNRELIABLE),
        (words("Not given"), Verdict.HIDDEN),
        (words("Nothing to compare"), Verdict.MISSING),
    )
    rows = []
    for number, some in found.items():
        for subject in some:
            verdicts = [verdict(block.total) for block in subject.found]
            counts = [len(verdicts) if what is None else verdicts.count(what) for _, what in columns]
            link = element("a", f"{number} {title(words, subject, release)}", href=f"#{subject.anchor}")
            rows.append(
                element(
                    "tr", element("th", link, scope="row"),
                    [element("td", words.count(each), class_="number") for each in counts],
                )
            )  # fmt: skip
    head = element(
        "tr",
        element("th", words("Series"), scope="col"),
        [element("th", name, scope="col", class_="number") for name, _ in columns],
    )
    caption = element("caption", words("In how many samples migrants are above or below non-migrants"), id="headline")
    table = element("table", caption, element("thead", head), element("tbody", rows), class_="headline")
    return scrolling(table, "headline")
