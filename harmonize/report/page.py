"""The report as one HTML file: no script, nothing from the network, the same bytes for the same tables.

It is well-formed as XML too, so that any parser reads it.
"""

from __future__ import annotations

from collections.abc import Callable
from functools import cache
from importlib.resources import files

from harmonize.indicators import INDICATORS
from harmonize.report.about import citing_section, methods_section, reading_section
from harmonize.report.availability import availability_section
from harmonize.report.element import Html, element, joined
from harmonize.report.headline import headline
from harmonize.report.indicator import indicator_section
from harmonize.report.quality import quality_section
from harmonize.report.release import Release
from harmonize.report.samples import samples_section, short_name
from harmonize.report.subjects import anchor_of, subjects
from harmonize.words import Words

BY_NAME = 4  # samples that the title names
#: Nothing is loaded from anywhere, whatever a label says.
POLICY = "default-src 'none'; style-src 'unsafe-inline'; img-src data:"


def report(release: Release, words: Words) -> str:
    """The report of a release in the language of `words`."""
    found = subjects(release)
    parts: tuple[tuple[str, str, Callable[[], Html]], ...] = (
        ("short", words("In short"), lambda: headline(words, found, release)),
        ("migrants", words("Who is a migrant here"), lambda: samples_section(words, release)),
        ("reading", words("How to read the numbers"), lambda: reading_section(words, release)),
        ("indicators", words("The indicators"), lambda: joined(
            [indicator_section(words, number, some, release) for number, some in found.items()])),
        ("measured", words("What was measured, and what not"), lambda: availability_section(words, release)),
        ("quality", words("Quality of the data"), lambda: quality_section(words, release)),
        ("methods", words("Methods in short"), lambda: methods_section(words, release)),
        ("citing", words("How to cite"), lambda: citing_section(words, release)),
    )  # fmt: skip
    heading = words("SDG indicators by migratory status")
    sections = [
        element("section", element("h2", name, id=f"{anchor}-h"), made(), id=anchor, aria_labelledby=f"{anchor}-h")
        for anchor, name, made in parts
    ]
    contents = [element("li", element("a", name, href=f"#{anchor}")) for anchor, name, _ in parts]
    listed = element(
        "details", element("summary", words("The indicators, one by one")),
        element("ul", [_link(words, number) for number in found]),
    )  # fmt: skip
    page = element(
        "html",
        element(
            "head",
            element("meta", charset="utf-8"),
            element("meta", name="viewport", content="width=device-width, initial-scale=1"),
            element("meta", http_equiv="Content-Security-Policy", content=POLICY),
            element("meta", name="color-scheme", content="light dark"),
            element("meta", name="generator", content="harmonize"),
            element("title", words("{name}: {value}", name=heading, value=_samples(words, release))),
            element("link", rel="icon", href="data:,"),
            element("style", style()),
        ),
        element(
            "body",
            element("a", words("Skip to the content"), href="#content", class_="skip"),
            _header(words, heading, release),
            element(
                "nav", element("h2", words("Contents"), id="contents"), element("ul", contents, class_="parts"), listed,
                aria_labelledby="contents",
            ),
            element("main", sections, id="content", tabindex="-1"),
            element("footer", element("p", _made_by(words, release))),
        ),
        lang=words.lang,
    )  # fmt: skip
    return f"<!DOCTYPE html>\n{page}\n"


def _header(words: Words, heading: str, release: Release) -> Html:
    who = dict.fromkeys(words.migrants(each["basis"], each["concept"]) for each in release.samples if each["basis"])
    mappings = [record["mapping"] for record in release.records]
    read_by = dict.fromkeys(
        words("Mapping: {title} ({id}, version {version}).", title=m["title"], id=m["id"], version=m["version"])
        for m in mappings
    )
    warning = words("Not protected: numbers of few persons are in this report. Do not publish it as it is.")
    return element(
        "header",
        element("p", words("Sustainable Development Goals"), class_="over"),
        element("h1", heading),
        element("p", _samples(words, release), class_="samples"),
        [element("p", each, class_="source") for each in read_by],
        element("p", words("Migrants: {who}", who="; ".join(who)), class_="source") if any(who) else Html(),
        Html() if release.protected else element("p", warning, class_="warning", role="note"),
    )


def _samples(words: Words, release: Release) -> str:
    if len(release.samples) <= BY_NAME:
        return words.listed(short_name(words, each, release) for each in release.samples)
    years = [each["year"] for each in release.samples]
    number = words.count(len(release.samples))
    return words("{n} samples, {first} to {last}", n=number, first=str(min(years)), last=str(max(years)))


def _link(words: Words, number: str) -> Html:
    return element("li", element("a", f"{number} {words(INDICATORS[number].title)}", href=f"#{anchor_of(number)}"))


def _made_by(words: Words, release: Release) -> str:
    versions = sorted({str(each["versions"]["harmonize"]) for each in release.records})
    return words("Made with harmonize {version}.", version=", ".join(versions))


@cache
def style() -> Html:
    """The style sheet, as it is."""
    return Html((files("harmonize.report") / "style.css").read_text(encoding="utf-8"))
