"""How to read the report, how its numbers are made and protected, and how to cite them."""

from __future__ import annotations

from harmonize import __version__
from harmonize.estimate.reliability import Reliability
from harmonize.protect.words import protection_words
from harmonize.report.element import Html, element, joined
from harmonize.report.numbers import MISSING, SUPPRESSED
from harmonize.report.release import Release
from harmonize.report.samples import name_of, short_name
from harmonize.standard_errors import error_words
from harmonize.words import Words


def reading_section(words: Words, release: Release) -> Html:
    """The signs, what an interval says, and what is not shown."""
    unreliable = dict.fromkeys(Reliability.of(each["reliability"]).words(words) for each in release.records)
    protection = dict.fromkeys(protection_words(each["protection"], words=words) for each in release.records)
    terms = [
        ("(u)", words(
            "unreliable, in grey, with a hollow mark. {why} Sentences call a comparison so too where one of its two "
            "numbers is.", why=" ".join(unreliable),
        )),
        (words("proxy"), words("stands in for the official definition; why is said under the title of the series.")),
        (SUPPRESSED, words("not given, to protect persons. {what}", what=" ".join(protection))),
        (MISSING, words("nobody in the group, or nobody of whom enough is known; or no number can be computed.")),
        (words("persons"), words("persons counted, unweighted.")),
        (
            words("interval"),
            words("a full count, without a sampling error") if not release.with_intervals else
            words(
                "of {level} %. Where that of a difference has 0 in it, no difference could be shown, which is not to "
                "say that there is none. Of twenty differences that are all 0, one such interval of 95 % is expected "
                "to leave 0 out by chance. The interval of a difference is its own: migrants and non-migrants share "
                "households and clusters.",
                level=words.plain(release.level),
            ),
        ),
        (
            words("charts"),
            " ".join([
                words("migrants have circles, non-migrants diamonds, everybody and parities squares."),
                *([words("A line is the interval, and ends in an arrow where it goes beyond the axis.")]
                  if release.with_intervals else []),
                words("Axes begin where the numbers do: look at their ends."),
            ]),
        ),
    ]  # fmt: skip
    return element("dl", [joined(element("dt", term), element("dd", text)) for term, text in terms], class_="facts")


def methods_section(words: Words, release: Release) -> Html:
    """The methods in short."""
    errors = dict.fromkeys(
        words(
            "{name}: {value}",
            name=short_name(words, each, release),
            value=error_words(str(each["run"].record["variance"]), each["design"], words),
        )
        for each in release.samples
        if each["design"]
    )
    texts = [
        words(
            "Numbers are weighted ratio estimates for groups of the population. A person counts in a series only if "
            "all that it needs of this person is known; who is left out is told above."
        ),
        words("Standard errors are by the design of the sample. {errors}.", errors=words.listed(errors)),
        words(
            "Intervals of shares are on the logit scale, of 0 and 100 % by Clopper and Pearson with the effective "
            "number of persons; of rates, means and ratios on the log scale; differences are linear, with the "
            "covariance of the two groups, but where a share is 0 or 100 %: there of both intervals."
        ),
        words(
            "methods.csv beside the estimates says of every series whom it is about, its reference period, standard "
            "and notes; estimates.csv has every number of this report, and ratios and gaps that are not in it."
        ),
    ]
    notes = [words(note) for record in release.records for note in record.get("notes", [])]
    return joined(
        [element("p", text) for text in texts],
        element("h3", words("Notes on the numbers")) if notes else Html(),
        element("ul", [element("li", note) for note in dict.fromkeys(notes)]) if notes else Html(),
    )


def citing_section(words: Words, release: Release) -> Html:
    """A line for the source of each mapping, and one for the computation."""
    lines: dict[str, None] = {}
    for record in release.records:
        mapping = record["mapping"]
        source = mapping.get("source", {})
        lines[words("Data: {citation}.", citation=_stopped(source.get("citation") or mapping["title"]))] = None
    for record in release.records:
        mapping = record["mapping"]
        lines[
            words(
                "Mapping: {title} ({id}, version {version}).",
                title=mapping["title"],
                id=mapping["id"],
                version=mapping["version"],
            )
        ] = None
    versions = sorted({str(each["versions"]["harmonize"]) for each in release.records})
    names = [name_of(words, each) for each in release.samples]
    shown = words.listed(names if len(names) <= 12 else [*names[:12], words("and {n} more", n=len(names) - 12)])
    lines[words("Samples: {samples}.", samples=shown)] = None
    lines[
        words(
            "Computation: harmonize {version}, SDG indicators by migratory status.",
            version=", ".join(versions) or __version__,
        )
    ] = None
    return element("ul", [element("li", line) for line in lines])


def _stopped(text: str) -> str:
    return text.rstrip(". ")
