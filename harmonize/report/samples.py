"""Who is in the samples, and who is a migrant here."""

from __future__ import annotations

from harmonize.report.element import Html, element, joined
from harmonize.report.release import Release, Row, told_apart
from harmonize.report.tables import plain_table
from harmonize.standard_errors import error_words
from harmonize.words import Words


def samples_section(words: Words, release: Release) -> Html:
    """What migratory status is by, a table of the samples, and who is left out."""
    heads = [
        words("Sample"), words("A migrant is"), words("Weights"), words("Standard errors"), words("Persons"),
        words("Migrants"),
    ]  # fmt: skip
    caption = words("The samples, with the number of persons in them, unweighted")
    table = plain_table(caption, "samples-table", heads, [_row(words, each) for each in release.samples], 4)
    known = [each for each in release.samples if each["basis"]]
    lines = [
        words(
            "Migratory status is by place of birth where a census has it, else by citizenship. Here a migrant is:"
            " {who}.",
            who=words.listed(dict.fromkeys(words.migrants(each["basis"], each["concept"]) for each in known)),
        )
        if known
        else words("Nobody's migratory status is known: the numbers are of everybody."),
        *(_left_out(words, each, release) for each in release.samples if each["excluded"]),
    ]
    return joined([element("p", line) for line in lines], table)


def name_of(words: Words, sample: Row) -> str:
    """The sample in full: `Costa Rica 2011 (188201101)`."""
    return words.sample(sample["country"], sample["year"], sample["sample"])


def short_name(words: Words, of: Row, release: Release) -> str:
    """The same without the id, unless there are several of that country and year: `Costa Rica 2011`.

    Of one sample in several runs the name of the run tells which: `Costa Rica 2011 (first)`. of: a row with its sample.
    """
    sample = release.by_sample[of["sample"]]
    alike = [each for each in release.samples if (each["country"], each["year"]) == (sample["country"], sample["year"])]
    if len(alike) == 1:
        return words.sample(sample["country"], sample["year"], "")
    if all(each["sample"] == told_apart(sample["id"], each["run"]) for each in alike):
        return words.sample(sample["country"], sample["year"], sample["run"].name)
    return name_of(words, sample)


def count(words: Words, number: int | str | None) -> str:
    """A count with thousands, `<10`, or that it is not shown."""
    if number is None:
        return "-"
    return words("not shown") if number == "not shown" else words.count(number)


def _row(words: Words, sample: Row) -> list[str]:
    return [
        name_of(words, sample),
        words.migrants(sample["basis"], sample["concept"]),
        sample["weight"] or words("none"),
        error_words(str(sample["run"].record["variance"]), sample["design"], words),
        count(words, sample["persons"]),
        count(words, sample["migrants"]),
    ]


def _left_out(words: Words, sample: Row, release: Release) -> str:
    return words(
        "{sample}: {n} persons are in none of the numbers. The mapping includes: {whom}.",
        sample=short_name(words, sample, release),
        n=count(words, sample["excluded"]),
        whom=words(sample["run"].record["include"]),
    )
