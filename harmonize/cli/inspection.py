"""What `harmonize inspect` found, as text for a terminal: what it looks like first, then variable by variable."""

from __future__ import annotations

import shutil
import textwrap
from collections.abc import Iterable, Mapping, Sequence
from pathlib import PurePath
from typing import Any

WIDEST = 100
"""Columns that the text takes at most: a count far from its label is hard to read."""
NARROWEST = 40
MAPPINGS = 3
"""Mappings that are named of those that fit."""
NEARLY_AS_GOOD = 0.75
"""Of the best mapping's part of columns that are there: what has less is not named."""
TYPES = {"whole": "whole numbers", "decimal": "numbers", "text": "text", "blank": "always blank"}


def full_text(record: Mapping[str, Any]) -> str:
    """The record of `harmonize.inspect` as lines that fit the terminal."""
    width = min(max(shutil.get_terminal_size().columns, NARROWEST), WIDEST)
    lines = _wrapped(_head(record), width, 0)
    if looks := list(_looks(record)):
        lines += ["", "looks like"]
        aside = max(len(what) for what, _ in looks) + 4
        for what, text in looks:
            lines += _beside(f"  {what}", text, aside, width)
    for variable in record["variables"]:
        lines += ["", *_variable(variable, record, width)]
    if "households" in record:
        lines += ["", "", full_text(record["households"])]
    return "\n".join(lines)


def _head(record: Mapping[str, Any]) -> str:
    names = ", ".join(PurePath(path).name for path in record["files"])
    codebook = "no codebook"
    if record["codebook"]:
        inside = record["codebook"] in record["files"]
        codebook = "labels in the file" if inside else f"codebook {PurePath(record['codebook']).name}"
    records = _many(record["records"], "record")
    if vacant := record["households_without_persons"]:
        records += f", {_many(vacant, 'household')} without a person"
    return f"{names}   {records}, {_many(record['columns'], 'variable')}, {codebook}"


def _looks(record: Mapping[str, Any]) -> Iterable[tuple[str, str]]:
    """What keys, weights and mappings there seem to be, each with its evidence."""
    if "record_key" in record:
        household = record["household_key"]
        if household:
            stand = f"each of {_many(household['values'], 'value')} stands in one run of records"
            yield "household", f"{' + '.join(household['columns'])}: {stand}{_unchecked(household)}"
        else:
            yield "household", "no key is found: no column's values each stand in one run of records"
        if key := record["record_key"]:
            yield "record", f"{' + '.join(key['columns'])}: no two records have the same{_unchecked(key)}"
        else:
            yield "record", "no key of the records is found"
    for weight in record["weights"]:
        yield "weight", _weight(weight)
    for group in record["replicate_weights"]:
        yield "weight", f"{group['first']} to {group['last']}: {group['columns']} columns, like replicate weights"
    if record.get("harmonised"):
        yield "harmonised", f"by `harmonize apply`: harmonize tabulate {' '.join(record['files'])} -o out/"
    elif "mappings" in record:
        fitting = [fit for fit in record["mappings"] if not fit["lacking"]]
        share = max((fit["found"] / fit["wanted"] for fit in fitting), default=0)
        # one of the same family has the key columns too, and would misread the codes
        fitting = [fit for fit in fitting if fit["found"] / fit["wanted"] > NEARLY_AS_GOOD * share]
        for fit in fitting[:MAPPINGS]:
            yield "mapping", f"{fit['mapping']}: {fit['found']} of the {fit['wanted']} columns that it reads"
        if not fitting:
            yield "mapping", "none that comes with the tool fits; mappings/README.md says how to write one"


def _unchecked(key: Mapping[str, Any]) -> str:
    return "" if key["checked"] else " (too many to check all)"


def _weight(weight: Mapping[str, Any]) -> str:
    parts = [f"sum {weight['sum']:,.{min(weight['decimals'], 2)}f}"]
    if weight["decimals"]:
        parts.append(_many(weight["decimals"], "decimal"))
    if weight["no_number"]:
        parts.append(f"no number in {_many(weight['no_number'], 'record')}")
    if weight["zero_or_negative"]:
        parts.append(f"zero or negative in {_many(weight['zero_or_negative'], 'record')}")
    return f"{weight['variable']}: {', '.join(parts)}"


def _variable(variable: Mapping[str, Any], record: Mapping[str, Any], width: int) -> list[str]:
    name = variable["variable"]
    if variable["label"]:
        lines = [*_beside(name, variable["label"], len(name) + 3, width), *_wrapped(_cells(variable, record), width, 2)]
    else:
        lines = _beside(name, _cells(variable, record), len(name) + 3, width)
    if variable["codes"] is None:
        return lines
    rows = [(each["code"], each["label"], each["records"], each["share"]) for each in variable["codes"]]
    if others := variable["others"]:
        rows.append(("", f"{_many(others['values'], 'other value')}, not shown", others["records"], None))
    if variable["missing"]:
        rows.append(("", "blank", variable["missing"], variable["missing_share"]))
    return lines + _table(rows, width)


def _cells(variable: Mapping[str, Any], record: Mapping[str, Any]) -> str:
    """What the cells are: `whole numbers of up to 9 digits, about 1,900 different, 12 blank`."""
    kind = variable["type"]
    if kind == "blank":
        return TYPES[kind]
    listed = variable["codes"] is not None
    what = TYPES[kind]
    if kind == "text" and variable["some_numbers"]:
        what = "numbers and text"
    if not listed:
        letters = "character" if kind == "text" else "digit"
        length = variable["length"] - (1 + variable["decimals"] if kind == "decimal" else 0)
        what += f" of up to {_many(length, letters)}"
    if kind == "decimal":
        what += f" with {_many(variable['decimals'], 'decimal')}"
    stated = variable["stated"]
    if stated and (stated == "text") != (kind == "text"):
        what += f", {'declared as text' if stated == 'text' else 'though declared as numbers'}"
    different = f"{'' if variable['values_exact'] else 'about '}{variable['values']:,} different"
    if variable["values_exact"] and variable["values"] == 1:
        different = "the same in all" if not variable["missing"] else "the same in all that have it"
    blank = "" if listed or not variable["missing"] else f", {_count(variable['missing'])} blank"
    return f"{what}, {different}{blank}"


def _table(rows: Sequence[tuple[str, str, int | str, float | None]], width: int) -> list[str]:
    """Code, label, records, share; a long label goes on in the next line, under itself."""
    if max(len(code) for code, *_ in rows) > width // 3:  # texts rather than codes: they wrap as labels do
        rows = [("", f"{code} {label}".strip(), records, share) for code, label, records, share in rows]
    numbers = [(_count(records), "" if share is None else f"{100 * share:5.1f} %") for _, _, records, share in rows]
    code_width = max(len(code) for code, *_ in rows)
    count_width = max(len(count) for count, _ in numbers)
    room = width - code_width - count_width - 17  # blanks between, and the share
    labels = [textwrap.wrap(label, max(room, 10)) or [""] for _, label, *_ in rows]
    label_width = max(len(line) for label in labels for line in label)
    lines = []
    for (code, *_), (first, *more), (count, share) in zip(rows, labels, numbers, strict=True):
        label = f"  {first:<{label_width}}" if label_width else ""
        lines.append(f"    {code:<{code_width}}{label}  {count:>{count_width}}  {share}".rstrip())
        lines += [f"    {'':<{code_width}}  {line}" for line in more]
    return lines


def _beside(name: str, text: str, indent: int, width: int) -> list[str]:
    """The name and, beside it, the text; under it where the name leaves too little room."""
    if indent > width // 2:
        return [name, *_wrapped(text, width, 4)]
    first, *more = _wrapped(text, width, indent)
    return [name.ljust(indent) + first.strip(), *more]


def _wrapped(text: str, width: int, indent: int) -> list[str]:
    blanks = " " * indent
    # a long path stays whole: it is there to be copied
    return textwrap.wrap(
        text, width, initial_indent=blanks, subsequent_indent=blanks, break_on_hyphens=False, break_long_words=False
    )


def _many(number: int | str, noun: str) -> str:
    return f"{_count(number)} {noun}{'' if number == 1 else 's'}"


def _count(number: int | str) -> str:
    """A count with thousands; one under the minimum is text already, `<10`."""
    return f"{number:,}" if isinstance(number, int) else number
