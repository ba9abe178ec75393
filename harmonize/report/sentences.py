"""The sentences that say what a chart shows: the difference and its interval, and no more than that."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from harmonize.report.numbers import SUPPRESSED, Row, is_told, number, shown
from harmonize.report.verdict import Verdict, compared, verdict
from harmonize.words import Words
from harmonize.writers.workbook.blocks import Line, Section

NAMED = 18  # groups that a sentence names: every age group, and not a batch of samples
#: What a sentence says of groups; the suppressed are named under their chart.
TOLD = (Verdict.ABOVE, Verdict.BELOW, Verdict.NONE, Verdict.UNRELIABLE)


def of_total(words: Words, line: Line, unit: str, level: float) -> str:
    """Migrants and non-migrants together, of one sample. unit: of the levels, in words."""
    row, what = compared(line), verdict(line)
    if row is not None and row["statistic"] == "parity":
        return _of_parity(words, row, what, level)
    migrants, others = line.rows.get("migrant"), line.rows.get("non_migrant")
    everybody = line.rows.get("everybody")
    if migrants is None and others is None and everybody is not None and is_told(everybody):
        told = _with_unit(words, everybody, unit)
        return words("Everybody {told}. Who is a migrant is not known here.", told=told)
    if what is Verdict.HIDDEN:
        return words("Migrants and non-migrants can't be compared here: a number is not given, to protect persons.")
    if row is None or migrants is None or others is None or what is Verdict.MISSING:
        return words("Migrants and non-migrants can't be compared here: one of the numbers is not there.")
    levels = words(
        "Migrants {migrants}, non-migrants {others}.",
        migrants=_with_unit(words, migrants, unit),
        others=_with_unit(words, others, unit),
    )
    return f"{levels} {_of_difference(words, row, what, unit, level)}"


def _with_unit(words: Words, row: Row, unit: str) -> str:
    return f"{number(words, row['estimate'], row['unit'])} {'%' if row['unit'] == 'percent' else unit}"


def _of_difference(words: Words, row: Row, what: Verdict, unit: str, level: float) -> str:
    turned = _turned(row) if what is Verdict.BELOW else row
    places = {
        "size": shown(words, turned, "estimate"),
        "difference": shown(words, row, "estimate"),
        "unit": words.unit(row["unit"], row["estimate"]) if row["unit"] != "currency" else unit,
        "interval": _interval(words, turned, level),
    }
    if what is Verdict.UNRELIABLE:
        return words("The difference is unreliable (u): too little is behind one of the numbers to draw on it.")
    if row["ci_lower"] is None:
        return _squeezed(
            words("In this full count migrants are {size} {unit} above non-migrants.", **places)
            if what is Verdict.ABOVE
            else words("In this full count migrants are {size} {unit} below non-migrants.", **places)
            if what is Verdict.BELOW
            else words("In this full count they are equal.")
        )
    if what is Verdict.ABOVE:
        return _squeezed(words("Migrants are {size} {unit} above non-migrants ({interval}).", **places))
    if what is Verdict.BELOW:
        return _squeezed(words("Migrants are {size} {unit} below non-migrants ({interval}).", **places))
    return _squeezed(words("No difference could be shown: {difference} {unit} ({interval}).", **places))


def _of_parity(words: Words, row: Row, what: Verdict, level: float) -> str:
    if not is_told(row):
        if what is Verdict.HIDDEN:
            return words("The parity of migrants to non-migrants is not given, to protect persons.")
        return words("The parity of migrants to non-migrants has no number.")
    values = {"parity": shown(words, row, "estimate"), "interval": _interval(words, row, level)}
    if what is Verdict.UNRELIABLE:
        return words("The parity of migrants to non-migrants, {parity}, is unreliable (u).", **values)
    if what is Verdict.ABOVE:
        return words("Migrants have more: the parity is {parity}, above 1 ({interval}).", **values)
    if what is Verdict.BELOW:
        return words("Migrants have less: the parity is {parity}, below 1 ({interval}).", **values)
    return words("No difference from 1 could be shown: the parity is {parity} ({interval}).", **values)


def _interval(words: Words, row: Row, level: float) -> str:
    """`95 % interval 6.8 to 37.6`; of a full count, that there is none."""
    if row["ci_lower"] is None or row["ci_upper"] is None:
        return words("a full count, without a sampling error")
    return words(
        "{level} % interval {lower} to {upper}",
        level=words.plain(level),
        lower=shown(words, row, "ci_lower"),
        upper=shown(words, row, "ci_upper"),
    )


def _turned(row: Row) -> Row:
    """The same of non-migrants less migrants: by how much migrants are below has one sign with its interval."""
    ends = {"estimate": "estimate", "ci_lower": "ci_upper", "ci_upper": "ci_lower"}
    return {**row, **{name: None if row[other] is None else -row[other] for name, other in ends.items()}}


def of_section(words: Words, section: Section) -> str:
    """In which groups migrants are above, below, or neither: `Migrants are above non-migrants in 15–19, 20–24.`."""
    dimension = section.dimensions[0]
    groups: dict[Verdict, list[str]] = {}
    for line, label in zip(section.ordered(), labels(words, section, within=True), strict=True):
        if compared(line) is not None or {"migrant", "non_migrant"} <= set(line.rows):
            groups.setdefault(verdict(line), []).append(label)
    said = [_groups_that_are(words, what, _listed(words, groups[what])) for what in TOLD if what in groups]
    if not said:
        return ""
    return words(
        "{dimension}, migrants against non-migrants: {said}.",
        dimension=words.dimension(dimension),
        said=words.listed(said),
    )


def _groups_that_are(words: Words, what: Verdict, groups: str) -> str:
    if what is Verdict.ABOVE:
        return words("above in {groups}", groups=groups)
    if what is Verdict.BELOW:
        return words("below in {groups}", groups=groups)
    if what is Verdict.NONE:
        return words("no difference could be shown in {groups}", groups=groups)
    return words("unreliable in {groups}", groups=groups)


def of_samples(words: Words, lines: Sequence[Line]) -> str:
    """How many samples have migrants above non-migrants, below, or neither."""
    found = [verdict(line) for line in lines]
    return words(
        "In {n} samples: migrants above non-migrants in {above}, below in {below}; no difference could be shown in "
        "{none}; unreliable in {unreliable}; not given or not there in {rest}.",
        n=words.count(len(found)),
        above=found.count(Verdict.ABOVE),
        below=found.count(Verdict.BELOW),
        none=found.count(Verdict.NONE),
        unreliable=found.count(Verdict.UNRELIABLE),
        rest=found.count(Verdict.HIDDEN) + found.count(Verdict.MISSING),
    )


def suppressed(words: Words, what: str, hidden: Mapping[str, Sequence[str]]) -> str:
    """Which marks a chart lacks as they are suppressed. hidden: by group of persons (`migrants`), of which lines."""
    told = [f"{group} ({_listed(words, lines)})" if any(lines) else group for group, lines in hidden.items()]
    return words(
        "{chart}: not given, to protect persons ({sign}): {groups}.", chart=what, sign=SUPPRESSED,
        groups=words.listed(told),
    )  # fmt: skip


def labels(words: Words, section: Section, within: bool = False) -> list[str]:
    """What each line of a section is called, in the order of the lines. within: within a sentence."""
    values = {id(line): key for key, line in section.lines.items()}
    name = words.within if within else words.category
    return [
        ", ".join(name(dimension, each) for dimension, each in zip(section.dimensions, values[id(line)], strict=True))
        or words("Total")
        for line in section.ordered()
    ]


def _listed(words: Words, names: Sequence[str]) -> str:
    if len(names) <= NAMED:
        return ", ".join(names)
    return words("{names} and {n} more", names=", ".join(names[:NAMED]), n=len(names) - NAMED)


def _squeezed(text: str) -> str:
    """Without the blank that a unit of no words leaves."""
    return " ".join(text.split())
