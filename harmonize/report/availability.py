"""What was measured, exactly or as a proxy, and what was not, each with the reasons."""

from __future__ import annotations

from collections.abc import Sequence

from harmonize.indicators import INDICATORS
from harmonize.report.element import Html, element, joined
from harmonize.report.release import Release, Row
from harmonize.report.samples import short_name
from harmonize.report.tables import plain_table
from harmonize.words import Words

NAMED = 3  # samples that are told by name where a reason is not of all


def availability_section(words: Words, release: Release) -> Html:
    """Counts, the proxies with their reasons, then what is lacking."""
    rows = [*release.methods.values()]
    status = {number: {row["measurement"] for row in rows if row["indicator"] == number} for number in INDICATORS}
    asked = {number: found for number, found in status.items() if found}
    measured = [number for number, found in asked.items() if found - {"unavailable"}]
    said = words(
        "{measured} of {asked} indicators are measured, {lacking} are not.",
        measured=len(measured), asked=len(asked), lacking=len(asked) - len(measured),
    )  # fmt: skip
    doubt = words(
        "Which 24 indicators have priority for migrants is reconstructed from sources; what is measured beside them "
        "is here too."
    )
    heads = [words("SDG"), words("Series"), words("Samples"), words("Why")]
    exact = _table(words, words("Measured by the official definition"), "exact", heads[:3], rows, "exact", release)
    proxies = _table(words, words("Measured by a proxy"), "proxies", heads, rows, "proxy", release)
    lacking = _table(words, words("Not measured"), "lacking", heads, rows, "unavailable", release)
    failed = words("Not in this report, as their runs failed: {names}.", names=words.listed(release.failed))
    return joined(
        element("p", failed) if release.failed else Html(),
        element("p", f"{said} {doubt}"),
        proxies,
        exact,
        element("details", element("summary", words("Not measured, and why")), lacking, class_="data")
        if lacking
        else Html(),
    )


def _table(
    words: Words, caption: str, anchor: str, heads: Sequence[str], rows: Sequence[Row], status: str, release: Release
) -> Html:
    """A line for the series of an indicator and the samples that share the reasons; nothing where there are none."""
    shared: dict[tuple[str, str, tuple[str, ...]], list[str]] = {}
    series: dict[tuple[str, str, str], list[str]] = {}
    for row in rows:
        if row["measurement"] == status:
            series.setdefault((row["indicator"], row["title"], row["reasons"]), []).append(row["sample"])
    for (number, title, reasons), samples in series.items():
        shared.setdefault((number, reasons, tuple(dict.fromkeys(samples))), []).append(words(title))
    if not shared:
        return Html()
    ranks = {number: place for place, number in enumerate(INDICATORS)}
    lines = [
        [number, words.listed(dict.fromkeys(titles)), _samples(words, samples, release), words(reasons)][: len(heads)]
        for (number, reasons, samples), titles in sorted(shared.items(), key=lambda each: ranks[each[0][0]])
    ]
    return plain_table(caption, anchor, heads, lines)


def _samples(words: Words, samples: Sequence[str], release: Release) -> str:
    if len(samples) == len(release.samples):
        return words("all")
    names = [short_name(words, release.by_sample[each], release) for each in samples]
    if len(names) <= NAMED:
        return words.listed(names)
    return words("{names} and {n} more", names=words.listed(names[:NAMED]), n=len(names) - NAMED)
