"""Weight, strata, clusters and keys by the names and labels of columns, and country and year of the sample."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from functools import partial
from pathlib import Path

from harmonize.draft.phrases import longest
from harmonize.draft.places import place_of
from harmonize.draft.sources import Told
from harmonize.draft.words import all_words
from harmonize.draft.yaml_text import codes
from harmonize.draft.yaml_text import name as column_name
from harmonize.errors import UsageError
from harmonize.inspect.weights import weight_columns
from harmonize.plain_text import plain
from harmonize.readers.ddi import CodebookVariable
from harmonize.schema.places import PLACES

Columns = dict[str, CodebookVariable]

PARTS = "design_words.yaml"


@dataclass(frozen=True)
class Line:
    """A line of the draft: its text, and what a reader should know of it."""

    text: str
    comment: str = ""


def design_lines(columns: Columns) -> list[Line]:
    """The section `design`; that there is no weight is a guess that its comment calls one."""
    titles = {name: column.label for name, column in columns.items() if column.label}
    weights, replicates = weight_columns(list(columns), titles)
    found = [Line("design:")]
    if weights:
        persons = [name for name in weights if not _of_household(columns[name])]
        chosen = (persons or weights)[0]
        rest = [name for name in weights if name != chosen]
        about = _titled(columns[chosen]) + ("" if persons else "; TODO: a weight of households?")
        found.append(
            Line(f"  person_weight: {column_name(chosen)}", about + (f"; also: {', '.join(rest)}" if rest else ""))
        )
        if columns[chosen].decimals:
            found.append(Line(f"  weight_decimals: {columns[chosen].decimals}"))
    else:
        found.append(Line("  weight_kind: none", "TODO confirm: no column looks like a weight, so this is a guess"))
    for part in ("stratum", "cluster"):
        if name := _part(part, columns.values()):
            found.append(Line(f"  {part}: {column_name(name)}", _titled(columns[name])))
    of_persons = [names for names in replicates.values() if not _of_household(columns[names[0]])]
    if weights and of_persons:
        names = max(of_persons, key=len)
        found += [
            Line(f"  # TODO replicate weights: {names[0]}..{names[-1]}; say how they were made:"),
            Line(f"  # replicate_weights: {{columns: {names[0]}..{names[-1]}, method: TODO}}"),
        ]
    return found


def key_lines(columns: Columns) -> list[Line]:
    """The section `keys`: household with what makes it unique in a pooled file, and person; nothing without columns."""
    household, person = (_part(part, columns.values()) for part in ("household", "person"))
    if household is None:
        return []
    sample, year, month = (_part(part, columns.values()) for part in ("sample", "year", "month"))
    parts = [sample, household] if sample else [year, month if year else None, household]
    names = [column_name(name) for name in parts if name]
    written = names[0] if len(names) == 1 else f"[{', '.join(names)}]"
    lines = [Line("keys:"), Line(f"  household: {written}", _titled(columns[household]))]
    return [*lines, Line(f"  person: {column_name(person)}", _titled(columns[person]))] if person else lines


def sample_lines(told: Told, country: str | None, year: int | None, found: str | None) -> list[Line]:
    """The section `sample`. country, year: as the user says. found: the country whose parts a birthplace names.

    Raises UsageError where nothing tells the country or the year: they are not guessed.
    """
    columns = told.variables
    id_column = _part("sample", columns.values())
    lines = [Line("sample:")]
    if id_column and columns[id_column].labels and not country:
        lines.append(Line(f"  id: {{from: {id_column}}}", _titled(columns[id_column])))
    lacking = []
    for line in (partial(_country_line, columns, country, found), partial(_year_line, told, year)):
        try:
            lines.append(line())
        except UsageError as error:
            lacking.append(error)
    if lacking:  # both at once
        raise UsageError("\n".join(each.message for each in lacking), "\n".join(each.help for each in lacking))
    return lines


def _country_line(columns: Columns, country: str | None, found: str | None) -> Line:
    if country:
        return Line(f"  country: {country}")
    name = _part("country", columns.values())
    places = {each: place_of(label) for each, label in (columns[name].labels if name else {}).items()}
    found_codes: dict[str, list[str]] = {}
    for each, place in places.items():
        if place and place[0] in PLACES and PLACES[place[0]].kind == "country":
            found_codes.setdefault(place[0], []).append(each)
    if name and len(found_codes) > 1 and 2 * sum(map(len, found_codes.values())) > len(places):
        pairs = ", ".join(f"{iso}: {codes(given, columns[name].numeric)}" for iso, given in found_codes.items())
        return Line(f"  country: {{from: {column_name(name)}, codes: {{{pairs}}}}}", _titled(columns[name]))
    if found:
        return Line(f"  country: {found}", "TODO confirm: the birthplaces name its parts")
    raise UsageError(
        "no source says which country this is", "add --country with its ISO 3166-1 code, e.g. --country MEX"
    )


def _year_line(told: Told, year: int | None) -> Line:
    if year:
        return Line(f"  year: {year}")
    name = _part("year", told.variables.values())
    if name:
        return Line(f"  year: {{from: {column_name(name)}}}", _titled(told.variables[name]))
    if named := year_in_names(told.files):
        return Line(f"  year: {named}", "TODO confirm: a guess by the name of the file")
    raise UsageError("no source says of which year this is", "add --year, e.g. --year 2020")


def year_in_names(files: Iterable[Path]) -> int | None:
    """The one year that the names of the files say, None where they say none or several."""
    named = {match for path in files for match in re.findall(r"(?<!\d)(?:19|20)\d\d(?!\d)", path.name)}
    return int(named.pop()) if len(named) == 1 else None


def _part(part: str, columns: Iterable[CodebookVariable]) -> str | None:
    """The column that is the part, by its name first."""
    words = all_words(PARTS)[part]
    columns = list(columns)
    by_name = [column.name for column in columns if words.named(column.name)]
    by_label = [column.name for column in columns if longest(words.labels, plain(column.label) or plain(column.name))]
    return next(iter([*by_name, *by_label]), None)


def _of_household(column: CodebookVariable) -> bool:
    words = all_words(PARTS)["household_weight"]
    return longest(words.labels, plain(column.label)) is not None if column.label else words.named(column.name)


def _titled(column: CodebookVariable) -> str:
    return f"'{column.label}'" if column.label else "by its name"
